"""The children behind a number of the service: a number is a door, and this is the room behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from keyworker.facts.pictures import ChildRow
from keyworker.measures.counted import Counted
from keyworker.web.presenters.children import Address, children_table, most_urgent_first
from keyworker.web.tables import Table
from keyworker.web.words import in_words, inside, plural, sentence

SHOWN = 200  # a page of more is no list that anybody reads; the file holds all
TITLES = {
    Counted.OPEN: "Open children",
    Counted.PAST: "Children past the day to be seen",
    Counted.CANNOT_TELL: "Children with no interval set, or of whom it cannot be told",
    Counted.NO_WORKER: "Children with no worker",
    Counted.CHANGED: "Open children whose worker changed in 12 months",
}
NOTES = {
    Counted.CHANGED: (
        "Each child stands here once, however often the worker changed. The number of changes on the service’s page is "
        "another: it counts every change, also of children who are no longer open, where the change began."
    ),
    Counted.CANNOT_TELL: "“Why” beside each child says what is missing.",
}


@dataclass(frozen=True)
class CountedPage:
    """The answer and the list."""

    title: str
    answer: str
    more: str
    table: Table
    whole: Table
    number: int
    pages: int


def counted_page(
    rows: Sequence[ChildRow], what: Counted, where: str, at: date, address: Address, number: int = 1
) -> CountedPage:
    """The children whom one number counts, 200 to a page.

    Takes   where, the district or team in words, empty for the whole service; number, the page wanted, of which the
            nearest that there is is given.
    """
    ordered = most_urgent_first(rows)
    if what is Counted.CHANGED:
        ordered.sort(key=lambda row: -row.changes_in_12_months)
    pages = max(-(-len(ordered) // SHOWN), 1)
    number = min(max(number, 1), pages)
    first = (number - 1) * SHOWN
    shown = ordered[first : first + SHOWN]
    return CountedPage(
        TITLES[what],
        _answer(len(ordered), what, where),
        _more(first, len(shown), len(ordered)) if pages > 1 else "",
        _table(shown, what, at, address),
        _table(ordered, what, at, address),
        number,
        pages,
    )


def _more(first: int, shown: int, whole: int) -> str:
    return f"Here are the {first + 1:,} to {first + shown:,} of {whole:,}; the download holds all of them."


def _table(rows: Sequence[ChildRow], what: Counted, at: date, address: Address) -> Table:
    return children_table(
        "children",
        TITLES[what],
        rows,
        at,
        address,
        empty="No child is counted here at this moment.",
        note=NOTES.get(what, ""),
        who=True,
        late=what is Counted.PAST,
        ordered=True,
        changes=what is Counted.CHANGED,
    )


def _answer(count: int, what: Counted, where: str) -> str:
    place = {"": " in the whole service", "no team": " with no team", "county-wide": " in county-wide teams"}.get(
        where, f" in {where}"
    )
    children = plural(count, "child", "children")
    many = sentence(f"{in_words(count).lower()} {children.split(' ', 1)[1]}")
    are, have = ("is", "has") if count == 1 else ("are", "have")
    match what:
        case Counted.PAST:
            return f"{many}{place} {have} not been seen when they should have been."
        case Counted.CANNOT_TELL:
            return f"Of {inside(many)}{place} it cannot be told whether they have been seen in time."
        case Counted.NO_WORKER:
            return f"{many}{place} {have} no worker."
        case Counted.CHANGED:
            return f"{many}{place} {have} had a change of worker in the last 12 months."
    return f"{many}{place} {are} open."
