"""Agreed exceptions: a duty that somebody, by name of role and for a reason, has let come later or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from keyworker.clocks.due import Exempted, Local
from keyworker.clocks.rules import Rulebook
from keyworker.vocabulary.working_days import spoken

_BY = "; granted by "
_DAY = timedelta(days=1)
Pair = tuple[str, str]
"""A subject and a rule."""


@dataclass(frozen=True)
class Duty:
    """One duty of a subject and a rule, as an agreement sees it; over_on, the day on which it was done or ended."""

    due_on: date
    started_on: date
    over_on: date | None = None

    def is_same(self, other: Duty) -> bool:
        """Whether both fell due and began on the same days: nothing that was agreed tells such two apart."""
        return (self.due_on, self.started_on) == (other.due_on, other.started_on)


Known = Mapping[Pair, Sequence[Duty]]


def with_exceptions(duties: pl.DataFrame, rulebook: Rulebook, local: Local, known: Known | None = None) -> pl.DataFrame:
    """The same duties with `agreed`, the words of an exception, `excused`, and the later date where one was agreed.

    An exception that asks for nothing speaks for all duties of its rule and subject that are due while it stands; one
    that gives a later date speaks for one of them.

    Takes   known, as `known_of` gives it, also of duties that were done or ended; None where `duties` are all.
    """
    if not local.exceptions:
        return duties.with_columns(pl.lit(None, pl.String).alias("agreed"), pl.lit(False).alias("excused"))
    known = known_of(duties, rulebook, local) if known is None else known
    agreed: list[str | None] = []
    excused: list[bool] = []
    due: list[date | None] = []
    for rule, subject, due_on, started_on in duties.select("rule", "subject", "due_on", "started_on").iter_rows():
        pair = (subject, rulebook.ids[rule])
        found = local.exceptions.get(pair) if due_on is not None else None
        one = standing(found, Duty(due_on, started_on), known.get(pair, ())) if found else None
        agreed.append(_words(one) if one else None)
        excused.append(one is not None and one.new_due_on is None)
        due.append(one.new_due_on if one and one.new_due_on else due_on)
    return duties.with_columns(
        pl.Series("agreed", agreed, pl.String),
        pl.Series("excused", excused, pl.Boolean),
        pl.Series("due_on", due, pl.Date),
    )


def moved(local: Local) -> frozenset[Pair]:
    """The subjects and rules of which a later date was agreed for one duty."""
    return frozenset(pair for pair, found in local.exceptions.items() if any(one.new_due_on for one in found))


def standing(exceptions: Sequence[Exempted], duty: Duty, every: Sequence[Duty]) -> Exempted | None:
    """The exception that speaks for a duty, the last of several.

    Takes   exceptions, of its rule and subject, the oldest first; every, the duties of the two.
    """
    found = [one for one in exceptions if _speaks(one, duty, every)]
    return found[-1] if found else None


def _speaks(one: Exempted, duty: Duty, every: Sequence[Duty]) -> bool:
    if one.new_due_on is None:
        return _holds(one, duty.due_on)
    meant = _meant(one, every)
    return meant is not None and meant.is_same(duty)


def _meant(one: Exempted, every: Sequence[Duty]) -> Duty | None:
    """The one duty to which a later date was given, if the date is later than its own.

    It is the one that falls due on the last of the exception's days, as it is written by hand, and otherwise the first
    that falls due in them. What was over before they began had no need of it.
    """
    found = [
        duty
        for duty in every
        if _holds(one, duty.due_on)
        and duty.due_on < (one.new_due_on or date.min)
        and (duty.over_on is None or duty.over_on >= one.from_on)
    ]
    last = [duty for duty in found if one.to_on is not None and duty.due_on == one.to_on - _DAY]
    return min(last or found, default=None, key=lambda duty: (duty.due_on, duty.started_on))


def _holds(one: Exempted, day: date) -> bool:
    return one.from_on <= day and (one.to_on is None or one.to_on > day)


def known_of(every: pl.DataFrame, rulebook: Rulebook, local: Local) -> Known:
    """The duties of those subjects and rules of which a later date was agreed, from duties that have their own date."""
    pairs = moved(local)
    found: dict[Pair, list[Duty]] = defaultdict(list)
    if pairs:
        numbers = {rule_id: number for number, rule_id in enumerate(rulebook.ids)}
        wanted = pl.DataFrame(
            [(numbers[rule_id], subject) for subject, rule_id in pairs if rule_id in numbers],
            schema={"rule": pl.Int32, "subject": pl.String},
            orient="row",
        )
        theirs = every.join(wanted, on=["rule", "subject"]).filter(pl.col("due_on").is_not_null())
        over = pl.min_horizontal("met_on", "stopped_on").alias("over_on")
        for rule, subject, *days in theirs.select("rule", "subject", "due_on", "started_on", over).iter_rows():
            found[subject, rulebook.ids[rule]].append(Duty(*days))
    return found


def without_who(agreed: str) -> str:
    """The same words of an exception without who granted it, which somebody wrote freely."""
    return agreed.partition(_BY)[0] + "."


def _words(one: Exempted) -> str:
    """What was agreed and by whom. Why stands with the exception alone: it is free text about a child and a family."""
    later = f"the date was moved to {spoken(one.new_due_on)}" if one.new_due_on else "not asked for this time"
    return f"Agreed exception: {later}{_BY}{one.granted_by}."
