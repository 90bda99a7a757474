"""Readings: where each duty stands at the end of a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum

import polars as pl

from keyworker.clocks.counting import HOURS_A_DAY, Unit, due_instant
from keyworker.clocks.due import editions_of
from keyworker.clocks.rules import Rulebook, RuleKind
from keyworker.facts.days import LONDON, london_day

LAST_MINUTE = time(23, 59, 59)


class State(StrEnum):
    """Where a duty stands."""

    RUNNING = "running"
    MET_IN_TIME = "met_in_time"
    MET_LATE = "met_late"
    OVERDUE = "overdue"
    STOPPED = "stopped"
    NOT_APPLICABLE = "not_applicable"
    CANNOT_TELL = "cannot_tell"


class Why(StrEnum):
    """The reason of a state, as a code; `clocks.words` has its sentence."""

    NOT_YET_DUE = "not yet due"
    NO_DATE = "no date is set"
    MET = "met"
    MET_AFTER = "met after its date"
    PAST = "past its date"
    ENDED_FIRST = "ended first"
    WINDOW_CLOSED = "window closed"
    IN_WINDOW = "in the window"
    TOO_SOON = "too soon"
    WAITED = "waited"
    UNSAID = "a word is missing"
    HOUR_DECIDES = "the hour decides"
    NOT_COUNTED = "cannot be counted"
    NOT_HELD = "not held"
    NOT_ENTERED = "no entry time"
    EXCEPTION = "agreed exception"


def judged(duties: pl.DataFrame, rulebook: Rulebook, at: date, *, unheld: Iterable[str] = ()) -> pl.DataFrame:
    """The state of each duty at the end of a day, and the reason as a code.

    Takes   duties with `due_on`, as `due.with_due` gives them; unheld, the rules whose completion no source supplies.
    Gives   the same rows with `state`, `why`, `passed_due` and `recorded_late`, met_on and stopped_on told apart: what
            ended a duty before it was met hides what came later. The last two are empty where nobody can tell.
    """
    kinds = pl.DataFrame(
        {
            "rule": range(len(rulebook)),
            "kind": [rule.binding.kind.value for rule in rulebook],
            "by_row": [rule.binding.by_row for rule in rulebook],
            "unheld": [rule.id in set(unheld) for rule in rulebook],
            "countable": [bool(rule.binding.due_at) or _is_countable(rulebook, rule.id) for rule in rulebook],
        },
        schema_overrides={"rule": pl.Int32},
    )
    joined = duties.join(kinds, on="rule", how="left", maintain_order="left")
    return _reasoned(_hours(_ended(_own_entry(joined)), rulebook), at).drop("kind", "by_row", "unheld", "countable")


def _is_countable(rulebook: Rulebook, rule_id: str) -> bool:
    """Whether every edition either counts days or asks for no date at all."""
    return all(one.first is not None or not one.unit for one in editions_of(rulebook[rule_id]))


def _own_entry(duties: pl.DataFrame) -> pl.DataFrame:
    """A duty that its own row's entry meets is met when that was typed in."""
    entered = pl.col("met_entered_at").dt.convert_time_zone("Europe/London")
    return duties.with_columns(
        pl.when("by_row").then(entered.dt.date()).otherwise("met_on").alias("met_on"),
        pl.when("by_row").then(entered.dt.time()).otherwise("met_time").alias("met_time"),
        entered.dt.date().alias("entered_on"),
    )


def _ended(duties: pl.DataFrame) -> pl.DataFrame:
    """Tell what was met from what ended first; on one day, having been met counts."""
    met = pl.col("met_on").is_not_null() & (pl.col("stopped_on").is_null() | (pl.col("met_on") <= pl.col("stopped_on")))
    return duties.with_columns(
        pl.when(met).then("met_on").alias("met_on"),
        pl.when(~met).then("stopped_on").alias("stopped_on"),
    )


def _hours(duties: pl.DataFrame, rulebook: Rulebook) -> pl.DataFrame:
    """Whether what met a duty, and its entry, came late: true, false, or empty where the hour of a limit decides."""
    hours = {
        (number, edition): method.n
        for number, rule in enumerate(rulebook)
        for edition, one in enumerate(editions_of(rule))
        if (method := one.first) is not None and method.unit is Unit.HOURS
    }
    late = (
        (pl.col("met_on") > pl.col("due_on")).alias("late"),
        (pl.col("entered_on") > pl.col("due_on")).alias("entered_late"),
    )
    if not hours:
        return duties.with_columns(late)
    rules = sorted({number for number, _ in hours})
    plain = duties.filter(~pl.col("rule").is_in(rules)).with_columns(late)
    timed = duties.filter(pl.col("rule").is_in(rules))
    moved = (pl.col("agreed").is_not_null() & ~pl.col("excused")).alias("moved")
    rows = [
        _timed(None if row["moved"] else hours.get((row["rule"], row["edition"])), row)
        for row in timed.select(
            "rule", "edition", "started_on", "start_time", "met_on", "met_time", "met_entered_at", "due_on", moved
        ).iter_rows(named=True)
    ]
    timed = timed.with_columns(
        pl.Series("due_on", [due for due, _, _ in rows], pl.Date),
        pl.Series("late", [one for _, one, _ in rows], pl.Boolean),
        pl.Series("entered_late", [one for _, _, one in rows], pl.Boolean),
    )
    return pl.concat([plain, timed])


def _timed(hours: int | None, row: dict[str, object]) -> tuple[date | None, bool | None, bool | None]:
    """The day on which an hours limit falls, and whether it was passed before it was met, and before that was entered.

    Takes   hours, None where a day is the limit: of another edition, or that was agreed in their place.
    """
    started, met, due, entered = row["started_on"], row["met_on"], row["due_on"], row["met_entered_at"]
    if hours is None or not isinstance(started, date):
        if not isinstance(due, date):
            return None, None, None
        entered_late = london_day(entered) > due if isinstance(entered, datetime) else None
        return due, met > due if isinstance(met, date) else None, entered_late
    first, last = _between(started, row["start_time"])
    earliest = due_instant(first.date(), first.time(), hours)
    latest = due_instant(last.date(), last.time(), hours)
    day = london_day(latest)
    if row["start_time"] is None:
        day = started + timedelta(days=-(-hours // HOURS_A_DAY))
    if not isinstance(met, date):
        return day, None, None
    soonest, latest_met = (one.replace(tzinfo=LONDON) for one in _between(met, row["met_time"]))
    entered_late = _after(entered, entered, earliest, latest) if isinstance(entered, datetime) else None
    return day, _after(soonest, latest_met, earliest, latest), entered_late


def _after(soonest: datetime, last: datetime, earliest: datetime, latest: datetime) -> bool | None:
    """Whether what happened between two instants came after a limit that fell between two; None: nobody can tell."""
    if last <= earliest:
        return False
    return True if soonest > latest else None


def _between(day: date, said: object) -> tuple[datetime, datetime]:
    """The first and last instant of a day at which something can have happened, in London's own time."""
    if isinstance(said, time):
        instant = datetime.combine(day, said)
        return instant, instant
    return datetime.combine(day, time.min), datetime.combine(day, LAST_MINUTE)


def _reasoned(duties: pl.DataFrame, at: date) -> pl.DataFrame:
    today = pl.lit(at)
    met, stopped = pl.col("met_on").is_not_null(), pl.col("stopped_on").is_not_null()
    due, late = pl.col("due_on"), pl.col("late")
    past = due < today
    unsaid = pl.col("may_on") <= due
    window, gate = pl.col("kind") == RuleKind.WINDOW.value, pl.col("kind") == RuleKind.GATE.value
    chosen: list[tuple[pl.Expr, State, Why]] = [
        (pl.col("excused") & ~(met & ~late), State.NOT_APPLICABLE, Why.EXCEPTION),
        (pl.col("unheld"), State.CANNOT_TELL, Why.NOT_HELD),
        (pl.col("by_row") & ~met, State.CANNOT_TELL, Why.NOT_ENTERED),
        (window & met & (pl.col("met_on") <= due), State.MET_IN_TIME, Why.IN_WINDOW),
        (window & past, State.NOT_APPLICABLE, Why.WINDOW_CLOSED),
        (gate & met & (pl.col("met_on") < due), State.STOPPED, Why.TOO_SOON),
        (gate & past, State.MET_IN_TIME, Why.WAITED),
        (met & due.is_null(), State.MET_IN_TIME, Why.NO_DATE),
        (met & late.is_null(), State.CANNOT_TELL, Why.HOUR_DECIDES),
        (met & ~late, State.MET_IN_TIME, Why.MET),
        (met & unsaid, State.CANNOT_TELL, Why.UNSAID),
        (met, State.MET_LATE, Why.MET_AFTER),
        (stopped, State.STOPPED, Why.ENDED_FIRST),
        (due.is_null() & ~pl.col("countable"), State.CANNOT_TELL, Why.NOT_COUNTED),
        (due.is_null(), State.RUNNING, Why.NO_DATE),
        (past & unsaid, State.CANNOT_TELL, Why.UNSAID),
        (past, State.OVERDUE, Why.PAST),
    ]
    state: pl.Expr = pl.lit(State.RUNNING.value)
    why: pl.Expr = pl.lit(Why.NOT_YET_DUE.value)
    for condition, is_state, because in reversed(chosen):
        state = pl.when(condition).then(pl.lit(is_state.value)).otherwise(state)
        why = pl.when(condition).then(pl.lit(because.value)).otherwise(why)
    undated = due.is_null() & pl.col("countable")
    passed = pl.when(undated).then(False).when(stopped).then(pl.col("stopped_on") > due).when(met).then(late)
    return duties.with_columns(
        state.alias("state"),
        why.alias("why"),
        passed.otherwise(past).alias("passed_due"),
        pl.when(met & due.is_not_null()).then("entered_late").alias("recorded_late"),
    )
