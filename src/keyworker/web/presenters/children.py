"""Children as rows of any list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from keyworker.facts.pictures import ChildRow, Standing
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.throughline.spark import spark
from keyworker.web.throughline.statuses import status_words
from keyworker.web.words import days, days_ago, due, plural, sentence, spoken, spoken_or

Address = Callable[[str], str]
Planned = Callable[[ChildRow], Cell]
FAR = 10**6
NO_DAYS: Mapping[str, date] = {}


def most_urgent_first(rows: Iterable[ChildRow]) -> list[ChildRow]:
    """Children past their day first, then by the day that comes next, then those of whom it cannot be told."""
    return sorted(rows, key=lambda row: (row.standing is not Standing.PAST, row.due_on or date.max, row.name))


def past(rows: Iterable[ChildRow]) -> list[ChildRow]:
    """The children who have not been seen when they should have been."""
    return [row for row in rows if row.standing is Standing.PAST]


def children_table(
    id: str,
    caption: str,
    rows: Sequence[ChildRow],
    at: date,
    address: Address,
    *,
    empty: str,
    note: str = "",
    who: bool = False,
    late: bool = False,
    leads: bool = False,
    ordered: bool = False,
    changes: bool = False,
    folded: bool = False,
    visit: Address | None = None,
    planned: Planned | None = None,
) -> Table:
    """A list of children.

    Takes   address, from a child's handle to the child's page;
            who, whether the holder has a column, in place of what must be known before the door;
            late, whether they are listed for being late, so that who holds each stays on the page;
            leads, whether to say beside the child who leads;
            ordered, whether the rows stand in their order already, else the most pressing come first;
            changes, whether to say beside the worker how often that changed;
            folded, whether the list waits behind its caption;
            visit, from a handle to where a visit is written down, where it may be;
            planned, from a row to the visit that is planned next, or to planning one.
    """
    listed = rows if ordered else most_urgent_first(rows)
    holder = "~Worker" if late else "^Worker"
    headings = ["^Child", *([holder] if who else []), "^Due", "^Last seen", "^Seen alone", "Last attempted"]
    headings += ["Last 12 months"] if who else ["Before the door", "Last 12 months"]
    cells = [tuple(_cells(row, at, address, who, leads, changes)) for row in listed]
    if planned:
        headings.append("Next visit")
        cells = [(*found, planned(row)) for row, found in zip(listed, cells, strict=True)]
    if visit:
        headings.append("Visit")
        cells = [(*found, _write(row, visit)) for row, found in zip(listed, cells, strict=True)]
    return Table(
        id,
        caption,
        heads(*headings),
        tuple(cells),
        empty,
        note,
        folded=folded,
    )


def waiting_table(
    id: str,
    caption: str,
    rows: Sequence[ChildRow],
    at: date,
    address: Address,
    allocate_by: Mapping[str, date] = NO_DAYS,
    allocate: Address | None = None,
) -> Table:
    """Children with neither a lead nor an accountable worker, and how many days they have waited.

    Takes   allocate_by, by child, the day by which each should have a worker; allocate, from a child's handle to where
            the child is allocated, where that may be.
    """
    ordered = sorted(rows, key=lambda row: (row.unallocated_since or at, row.name))
    return Table(
        id,
        caption,
        heads("^Child", "^Days with no worker", "^Last seen", "Due", *(("Allocate",) if allocate else ())),
        tuple(
            (
                child_cell(row, address),
                _waiting(row, at, allocate_by.get(row.child_id)),
                _seen(row, at),
                due_cell(row, at),
                *((Cell("Allocate", allocate(row.handle)),) if allocate else ()),
            )
            for row in ordered
        ),
        "Every child here has a worker.",
    )


def child_cell(row: ChildRow, address: Address) -> Cell:
    """A child's name, age, and why the service is involved."""
    age = plural(row.age_years, "year") if row.age_years else "under one" if row.age_years == 0 else "age not recorded"
    why = "; ".join(status_words(status) for status in row.statuses) or "No open status recorded"
    also = (
        f"{plural(row.siblings_open, 'brother or sister', 'brothers or sisters')} also open"
        if row.siblings_open
        else ""
    )
    return Cell(row.name, address(row.handle), tuple(filter(None, (sentence(age), why, also))))


def due_cell(row: ChildRow, at: date) -> Cell:
    """When a child should next be seen, in words, with why one step away."""
    if row.standing is Standing.PAST and row.due_on:
        gone = (at - row.due_on).days
        return Cell(
            sentence(due(row.due_on, at)),
            "",
            (f"Should have been seen by {spoken(row.due_on)}",),
            row.why_due,
            "past",
            -gone,
        )
    if row.standing is Standing.IN_TIME and row.due_on:
        left = (row.due_on - at).days
        return Cell(
            sentence(due(row.due_on, at)),
            "",
            (f"By {spoken(row.due_on)}",),
            row.why_due,
            "due" if left <= 2 else "",
            left,
        )
    says = "No interval set" if row.standing is Standing.NO_INTERVAL else "Cannot tell yet"
    return Cell(says, "", (), row.why_due, "quiet", FAR)


def _write(row: ChildRow, visit: Address) -> Cell:
    return Cell("Record a visit", visit(row.handle))


def _cells(row: ChildRow, at: date, address: Address, who: bool, leads: bool, changes: bool) -> Iterable[Cell]:
    named = child_cell(row, address)
    holder = holder_cell(row)
    held = " ".join((holder.text, *holder.notes))
    yield replace(named, notes=(*named.notes, held)) if leads else named
    if who:
        often = (plural(row.changes_in_12_months, "change") + " in 12 months",) if changes else ()
        yield replace(holder, notes=(*holder.notes, *often))
    yield due_cell(row, at)
    yield _seen(row, at)
    yield _day(row.last_seen_alone_on, at, "Not recorded")
    yield _day(row.last_attempted_on, at, "Not recorded")
    if not who:
        yield Cell(row.before_the_door[0] if row.before_the_door else "Nothing recorded", notes=row.before_the_door[1:])
    yield Cell("", picture=spark(row, at))


def holder_cell(row: ChildRow) -> Cell:
    """Who holds a child, and how."""
    if row.lead:
        return Cell(row.lead.name, notes=("leads",))
    if row.accountable:
        return Cell(row.accountable.name, notes=("is accountable, nobody leads",))
    if row.unmapped_roles:
        return Cell(row.unmapped_roles[0].name, notes=("holds a role without a meaning yet",))
    return Cell("No worker", tone="past")


def _seen(row: ChildRow, at: date) -> Cell:
    if row.last_seen_on is None:
        return Cell("No visit recorded", sort=FAR, tone="quiet")
    lag = row.last_seen_lag_days
    typed = (
        "Day of typing in not known"
        if lag is None
        else "Typed in the same day"
        if lag == 0
        else f"Typed in {days(lag)} later"
    )
    notes = (sentence(days_ago(row.last_seen_on, at)), typed)
    return Cell(spoken(row.last_seen_on), notes=notes, sort=(at - row.last_seen_on).days)


def _day(day: date | None, at: date, otherwise: str) -> Cell:
    if day is None:
        return Cell(otherwise, tone="quiet", sort=FAR)
    return Cell(spoken_or(day), notes=(sentence(days_ago(day, at)),), sort=(at - day).days)


def _waiting(row: ChildRow, at: date, by: date | None = None) -> Cell:
    since = row.unallocated_since
    if since is None:
        notes = ("The extracts do not go back so far",) if row.perhaps_unallocated_before else ()
        return Cell("Cannot tell yet", notes=notes, tone="quiet", sort=0)
    count = (at - since).days + 1
    if row.perhaps_unallocated_before:
        note = f"At least since {spoken(since)}, when the extracts begin"
        return Cell(f"{days(count)} or more", notes=(note,), tone="past", sort=-count)
    gone = f", {days_ago(by, at)}" if by and by < at else ""
    clock = (f"To be allocated by {spoken(by)}{gone}",) if by else ()
    return Cell(days(count), notes=(f"Since {spoken(since)}", *clock), tone="past", sort=-count)
