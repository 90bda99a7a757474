"""Everything that is due to one child: where each duty stands, why, and why the child was not seen in time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from keyworker.clocks.engine import Reading
from keyworker.clocks.missed import Missed
from keyworker.clocks.readings import State
from keyworker.web.tables import Cell, Table, Tabled, heads
from keyworker.web.words import due as when
from keyworker.web.words import in_words, plural, sentence, spoken

Address = Callable[[str], str]
Door = Callable[[Reading], str]
"""From an open duty to the form by which an exception from it is agreed; empty where there can be none."""
OPEN = (State.OVERDUE, State.RUNNING)


@dataclass(frozen=True)
class Step:
    """One thing that coincided, in words."""

    what: str
    says: str


@dataclass(frozen=True)
class Chain:
    """One visit that was not made in time, and what the record shows of the days in which it could have been."""

    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class DutiesPage(Tabled):
    """The answer, the duties parted by where they stand, and the visits that were missed."""

    answer: str
    tables: tuple[Table, ...]
    chains: tuple[Chain, ...]


def duties_page(
    readings: Sequence[Reading],
    missed: Sequence[Missed],
    at: date,
    rule: Address,
    exceptions: Table | None = None,
    door: Door | None = None,
    time: Door | None = None,
    asked: Table | None = None,
    planned: Door | None = None,
) -> DutiesPage:
    """One child's duties. Nothing here says who is to blame.

    Takes   exceptions, those that were agreed; door, to agreeing one from an open duty, for whoever may; time, to
            asking for time for one, for whoever may; asked, the times that this was done; planned, whether a visit
            that is due is planned, in words, empty for what no visit meets.
    """
    held = [one for one in readings if one.started_on is not None]
    running = [one for one in held if one.state in OPEN]
    unsaid = [one for one in held if one.state is State.CANNOT_TELL]
    over = sorted(
        (one for one in held if one.state not in (*OPEN, State.CANNOT_TELL)),
        key=lambda one: one.met_on or one.stopped_on or one.due_on or date.min,
        reverse=True,
    )
    unknowable = sorted(
        {one.title: one for one in readings if one.started_on is None}.values(), key=lambda one: one.title
    )
    return DutiesPage(
        answer=_answer(running, at),
        tables=(
            _table(
                "open",
                "Due, and past its date",
                running,
                at,
                rule,
                "Nothing is due.",
                door=door,
                time=time,
                planned=planned,
            ),
            *([exceptions] if exceptions else []),
            *([asked] if asked and asked.rows else []),
            _table(
                "cannot-tell", "Cannot be told", unsaid, at, rule, "Everything can be told.", folded=len(unsaid) > 10
            ),
            _table(
                "over", "Done, ended, or not asked for", over, at, rule, "Nothing is over yet.", folded=len(over) > 10
            ),
            _needs(unknowable, rule),
        ),
        chains=tuple(_chain(one) for one in missed),
    )


def _answer(running: Sequence[Reading], at: date) -> str:
    past = [one for one in running if one.state is State.OVERDUE]
    coming = sorted(one.due_on for one in running if one.state is State.RUNNING and one.due_on)
    if past:
        is_past = "thing is past its date" if len(past) == 1 else "things are past their date"
        return f"{in_words(len(past))} {is_past}, and {plural(len(coming), 'is', 'are')} still to come."
    if coming:
        return f"Nothing is past its date. Next: {coming[0]:%A} {spoken(coming[0])}, {when(coming[0], at)}."
    return "Nothing is due to this child."


def _table(
    id: str,
    caption: str,
    rows: Sequence[Reading],
    at: date,
    rule: Address,
    empty: str,
    *,
    folded: bool = False,
    door: Door | None = None,
    time: Door | None = None,
    planned: Door | None = None,
) -> Table:
    doors = [*(["Exception"] if door else []), *(["In time?"] if time else [])]
    return Table(
        id=id,
        caption=caption,
        headings=heads("^Duty", "^Due", "Where it stands", "Why", *doors),
        rows=tuple(
            (
                *_row(one, at, rule, planned),
                *([_exception(one, door)] if door else []),
                *([_time(one, time)] if time else []),
            )
            for one in rows
        ),
        empty=empty,
        folded=folded,
    )


def _row(one: Reading, at: date, rule: Address, planned: Door | None = None) -> tuple[Cell, ...]:
    notes = ("the rule is unconfirmed in part",) if one.unconfirmed else ()
    due = Cell("No date")
    if one.due_on:
        said = when(one.due_on, at) if one.state in OPEN else spoken(one.due_on)
        tone = "past" if one.state is State.OVERDUE else "due" if one.state is State.RUNNING else ""
        plan = planned(one) if planned else ""
        told = tuple(filter(None, (spoken(one.due_on), plan))) if one.state in OPEN else ()
        due = Cell(said, notes=told, tone=tone, sort=one.due_on.toordinal())
    if one.understood_due_on:
        due = replace(due, notes=(f"understood on the day as {spoken(one.understood_due_on)}",))
    ended = one.met_on or one.stopped_on
    return (
        Cell(one.title, rule(one.rule), notes=notes),
        due,
        Cell(sentence(one.said), notes=(f"on {spoken(ended)}",) if ended else ()),
        Cell(one.reason, notes=(f"Source: {one.source.rstrip('.')}.",)),
    )


def _exception(one: Reading, door: Door) -> Cell:
    if one.agreed:
        return Cell("Agreed")
    href = door(one)
    return Cell("Agree one", href) if href else Cell("Nothing is asked")


def _time(one: Reading, time: Door) -> Cell:
    href = "" if one.agreed else time(one)
    return Cell("I cannot do this by then", href) if href else Cell("–")


def _needs(rows: Sequence[Reading], rule: Address) -> Table:
    return Table(
        id="needs",
        caption="Timescales that the record cannot speak of yet",
        headings=heads("^Duty", "Why"),
        rows=tuple((Cell(one.title, rule(one.rule)), Cell(one.reason)) for one in rows),
        empty="The record holds what every timescale needs.",
        folded=True,
    )


def _chain(one: Missed) -> Chain:
    reading = one.reading
    due = f"due {spoken(reading.due_on)}" if reading.due_on else "due"
    done = f"made {spoken(reading.met_on)}" if reading.met_on else "none recorded since"
    return Chain(
        f"{reading.title}: {due}, {done}", tuple(Step(sentence(link.what.value), link.words) for link in one.chain)
    )
