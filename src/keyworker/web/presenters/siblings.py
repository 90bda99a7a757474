"""Brothers and sisters on a child's page: their strips on one scale, and the same as a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from keyworker.facts.stories import Together
from keyworker.web.over_time.siblings import (
    days_without,
    description,
    finding,
    key_lines,
    sibling_lanes,
    statuses_on,
    untold_words,
)
from keyworker.web.presenters.picture import Address, Drawn, drawn
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.throughline.statuses import status_words
from keyworker.web.words import days, days_ago, plural, sentence, spoken


def siblings_drawn(family: Sequence[Together], at: date, edge: str) -> Drawn | None:
    """The strips of a family; nothing where nobody else of it is known or may be named."""
    if len(family) < 2:
        return None
    lanes = sibling_lanes(family, at, edge)
    return drawn(
        "kin",
        lanes,
        finding(family, at),
        description(family, at),
        key_lines(family),
        "together",
        names=[hold.worker.name for one in family for hold in one.holds],
    )


def siblings_table(family: Sequence[Together], at: date, child: Address) -> Table:
    """The same as a table, in the order of the strips.

    Takes   child, from a child's handle to the child's page.
    """
    first = family[0] if family else None
    rows = tuple(_row(one, at, child, place == 0, first) for place, one in enumerate(family))
    return Table(
        "together",
        "Brothers and sisters",
        heads("Child", "Why involved", "Worker", "Last seen", "Workers in all", "Days with no worker"),
        rows if len(family) > 1 else (),
        "No brother or sister is known to the service, or may be named here.",
        row_ids=tuple(f"kin-{place + 1}" for place in range(len(family))) if len(family) > 1 else (),
    )


def _row(one: Together, at: date, child: Address, is_this: bool, first: Together | None) -> tuple[Cell, ...]:
    age = plural(one.age_years, "year") if one.age_years else "under one" if one.age_years == 0 else "age not recorded"
    why = [status_words(status) for status in statuses_on(one, at)]
    workers = {hold.worker.worker_id: hold.worker.name for hold in one.holds}
    without = days_without(one, at)
    seen = (
        Cell(spoken(one.last_seen_on), notes=(sentence(days_ago(one.last_seen_on, at)),))
        if one.last_seen_on
        else Cell("No visit recorded", tone="quiet")
    )
    return (
        Cell(one.name, "" if is_this else child(one.handle), (sentence(age), *(("this child",) if is_this else ()))),
        Cell(why[0], notes=tuple(why[1:])) if one.is_open and why else Cell("Not open now", tone="quiet"),
        _worker(one, at, is_this, first),
        seen,
        Cell(str(len(workers)), notes=tuple(workers.values())),
        Cell(days(without) if without else "None", notes=tuple(filter(None, (sentence(untold_words(one)),)))),
    )


def _worker(one: Together, at: date, is_this: bool, first: Together | None) -> Cell:
    who = one.holder(at)
    if who is None:
        return Cell("No worker", tone="past") if one.is_open else Cell("None now", tone="quiet")
    theirs = first.holder(at) if first and not is_this else None
    if theirs is None:
        return Cell(who.name)
    return Cell(who.name, notes=("the same worker" if theirs.worker_id == who.worker_id else "another worker",))
