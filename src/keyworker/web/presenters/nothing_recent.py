"""Children of whom nothing is recent: neither anything recorded nor case supervision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from keyworker.actions.nothing_recent import NothingRecent, Unheard
from keyworker.web.presenters.children import Address, child_cell, due_cell, holder_cell
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import days_ago, in_words, plural, sentence, spoken

SHOWN = 200
FAR = 10**6
MEANT = (
    "Listed are open children of whom no visit (also one that found nobody), conference, review, contact or step "
    "happened in the 28 days up to and with the day, whose case was not opened in those days, and of whom no case "
    "supervision was held in the last two months. Both limits are Keyworker’s own and no law.",
    "Nothing recorded is not the same as not done: until an entry arrives, this page knows no more than its sources.",
)


@dataclass(frozen=True)
class NothingRecentPage:
    """The answer and the list: the page of it that is shown, and the whole for a file."""

    answer: str
    more: str
    table: Table
    whole: Table
    number: int
    pages: int


def nothing_recent_page(
    found: NothingRecent, whose: str, at: date, address: Address, number: int = 1
) -> NothingRecentPage:
    """The children of a list, 200 to a page, those longest without any record first.

    Takes   whose, whose children they are in words: yours, of Fenwick 2; number, the page wanted, of which the nearest
            that there is is given.
    """
    pages = max(-(-len(found.children) // SHOWN), 1)
    number = min(max(number, 1), pages)
    first = (number - 1) * SHOWN
    shown = found.children[first : first + SHOWN]
    more = ""
    if pages > 1:
        more = (
            f"Here are the {first + 1:,} to {first + len(shown):,} of {len(found.children):,}; the download holds all."
        )
    return NothingRecentPage(
        _answer(found, whose),
        more,
        _table(shown, at, address),
        _table(found.children, at, address),
        number,
        pages,
    )


def _answer(found: NothingRecent, whose: str) -> str:
    if not found.of:
        return f"No child {whose} is open at this moment."
    many, count = plural(found.of, "open child", "open children"), len(found.children)
    if not count:
        return f"Of {many} {whose} each has a recent record or recent case supervision."
    have = "has" if count == 1 else "have"
    return f"{in_words(count)} of {many} {whose} {have} neither a recent record nor recent case supervision."


def _table(rows: Sequence[Unheard], at: date, address: Address) -> Table:
    return Table(
        "children",
        "Nothing recent",
        heads("^Child", "~Worker", "^Last recorded", "^Case supervision", "^Last seen", "^Due"),
        tuple(_row(one, at, address) for one in rows),
        "No child is listed here at this moment.",
    )


def _row(one: Unheard, at: date, address: Address) -> tuple[Cell, ...]:
    child = one.child
    return (
        child_cell(child, address),
        holder_cell(child),
        _day(one.last_recorded_on, at, "Nothing ever recorded"),
        _day(child.last_case_supervision_on, at, "None recorded"),
        _day(child.last_seen_on, at, "No visit recorded"),
        due_cell(child, at),
    )


def _day(day: date | None, at: date, otherwise: str) -> Cell:
    if day is None:
        return Cell(otherwise, sort=FAR)
    return Cell(spoken(day), notes=(sentence(days_ago(day, at)),), sort=(at - day).days)
