"""What is promised to workers in their first year: one worker's promises, and everybody's by district."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from keyworker.measures.first_year import FirstYear, Kept, Promise, What
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import plural, sentence, spoken

PROMISES = (
    "These are promises of the service to the worker. One that is not kept is the service’s, never the worker’s: "
    "nobody is put in an order by them, and no file of them is given."
)


def promises_table(found: FirstYear) -> Table:
    """One worker's promises, each with where it comes from."""
    return Table(
        "first-year",
        f"What is promised in the first year, which began on {spoken(found.year.from_on)}",
        heads("Promise", "How it stands", "Next", "Where it is promised"),
        tuple(
            (
                Cell(one.title, notes=(sentence(one.what.value),), why=one.why),
                Cell(stands(one), tone="past" if one.kept is Kept.NOT_KEPT else ""),
                Cell(f"By {spoken(one.due_on)}" if one.due_on else "No day"),
                Cell(sentence(one.source or "not set")),
            )
            for one in found.promises
        ),
        "Nothing is promised that the record knows of.",
        PROMISES,
        stays=True,
    )


def stands(one: Promise) -> str:
    """How a promise stands, in words."""
    since = f" since {spoken(one.since)}" if one.since else ""
    match one.kept:
        case Kept.KEPT if one.what is What.REVIEW and one.since:
            return f"Kept, on {spoken(one.since)}"
        case Kept.LATE if one.since:
            return f"Kept late, on {spoken(one.since)}"
        case Kept.KEPT | Kept.NOT_KEPT:
            return f"{sentence(one.kept.value)}{since}"
        case _:
            return sentence(one.kept.value)


def first_years_answer(found: Sequence[FirstYear]) -> str:
    """How many workers have a promise that is not kept, in a sentence."""
    if not found:
        return "Nobody of whom you answer is in their first year."
    late = sum(1 for one in found if one.not_kept)
    who = f"{plural(len(found), 'worker is', 'workers are')} in their first year"
    if not late:
        return f"{who}, and no promise to them is known not to be kept."
    return f"{who}; a promise to {late} of them is not kept."


def first_years_tables(found: Sequence[FirstYear], address: Callable[[str], str]) -> list[Table]:
    """A table for each district, by team and name."""
    by_district = groupby(found, key=lambda one: one.row.team.district if one.row.team else "")
    return [_district(place, name, list(rows), address) for place, (name, rows) in enumerate(by_district, 1)]


def _district(place: int, name: str, rows: Sequence[FirstYear], address: Callable[[str], str]) -> Table:
    return Table(
        f"first-years-{place}",
        name or "In no district",
        heads("Worker", "Team", "Began", "Load", "Supervision", "Reviews", "Protected time"),
        tuple(_row(one, address) for one in rows),
        "Nobody is in their first year.",
        stays=True,
    )


def _row(one: FirstYear, address: Callable[[str], str]) -> tuple[Cell, ...]:
    worker, team = one.row.worker, one.row.team
    return (
        Cell(worker.name, address(worker.handle)),
        Cell(team.name if team else "No team"),
        Cell(spoken(one.year.from_on)),
        *(_cell(one, what) for what in (What.LOAD, What.SUPERVISION, What.REVIEW, What.TIME)),
    )


def _cell(one: FirstYear, what: What) -> Cell:
    """The promises of one kind: those not kept first, else how the last stands."""
    theirs = [promise for promise in one.promises if promise.what is what]
    if not theirs:
        return Cell("Nothing promised")
    broken = [promise for promise in theirs if promise.kept is Kept.NOT_KEPT]
    shown = broken or theirs[-1:]
    notes = tuple(promise.title for promise in shown)
    return Cell("; ".join(dict.fromkeys(map(stands, shown))), notes=notes, tone="past" if broken else "")
