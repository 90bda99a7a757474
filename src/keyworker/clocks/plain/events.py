"""The events of places, row by row, without SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from keyworker.clocks.events import calendar_days
from keyworker.clocks.places import VISITS, Place, PlaceKind
from keyworker.clocks.rules import Subject
from keyworker.facts.reference import Reference, Row
from keyworker.vocabulary import TABLES, Table, Type

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Happened:
    """One event: whose, when, when it was typed in, and which row and column told it."""

    subject: str
    day: date
    at: time | None
    entered_at: datetime | None
    row: tuple[Any, ...]


@dataclass(frozen=True)
class Span:
    """Days on which a subject is inside something; `to_on` is exclusive, None while it goes on."""

    subject: str
    from_on: date
    to_on: date | None

    def holds(self, day: date) -> bool:
        """Whether a day lies inside."""
        return self.from_on <= day and (self.to_on is None or self.to_on > day)


Events = Callable[[Reference], Iterator[Happened]]
Spans = Callable[[Reference], Iterator[Span]]


@dataclass(frozen=True)
class Derived:
    """The plain twins of the derived events and spans, by name."""

    events: Mapping[str, Events]
    spans: Mapping[str, Spans]


def happened(facts: Reference, one: Place, subject: Subject, derived: Derived) -> Iterator[Happened]:
    """The events of a place."""
    if one.kind is PlaceKind.EVENT:
        yield from derived.events[one.what](facts)
    elif one.kind in (PlaceKind.SPAN, PlaceKind.SPAN_END):
        yield from _span_ends(facts, one, derived)
    elif one.kind is PlaceKind.CALENDAR:
        workers = [row["worker_id"] for row in facts.rows("professionals")] if subject is Subject.WORKER else [""]
        for worker in workers:
            for day in calendar_days(one, facts.moment.at):
                yield Happened(worker, day, None, None, ("calendar", day))
    elif one.kind is PlaceKind.VISIT:
        yield from _visits(facts, one)
    elif one.kind is not PlaceKind.ENTERED:
        yield from _rows(facts, one, subject)


def _rows(facts: Reference, one: Place, subject: Subject) -> Iterator[Happened]:
    table = TABLES[one.table]
    for row in facts.rows(table.name):
        if one.kind is PlaceKind.STEP and row["kind"] != one.what:
            continue
        if not all(_holds(table, row, name, values) for name, values in one.only):
            continue
        day = row[one.column]
        whose = _whose(facts, table, row, subject)
        if day is not None and whose is not None:
            at = row.get(f"{one.column.removesuffix('_on')}_time")
            yield Happened(
                whose, day - DAY if one.is_ending else day, at, row["entered_at"], (row["entry_id"], one.slot)
            )


def _holds(table: Table, row: Row, name: str, values: tuple[str, ...]) -> bool:
    said = row[name]
    if said is None:
        return "" in values
    if table.column(name).type is Type.FLAG:
        return str(said).lower() in values
    return str(said).lower() in {value.lower() for value in values if value}


def _whose(facts: Reference, table: Table, row: Row, subject: Subject) -> str | None:
    if subject is Subject.COUNCIL:
        return ""
    column = "child_id" if subject is Subject.CHILD else "worker_id"
    if table.has(column):
        found: str | None = row[column]
        return found
    for link in (column_ for column_ in table.columns if column_.refers):
        parent, _, key = link.refers.partition(".")
        for above in facts.rows(parent):
            if row[link.name] is not None and above[key] == row[link.name]:
                owner = _whose(facts, TABLES[parent], above, subject)
                if owner is not None:
                    return owner
    return None


def _visits(facts: Reference, one: Place) -> Iterator[Happened]:
    for row in facts.visits():
        if row["outcome"] in VISITS[one.column] and one.what in ("any", row["kind"], f"other/{row['kind']}"):
            yield Happened(row["child_id"], row["happened_on"], None, row["entered_at"], (row["entry_id"], one.slot))


def _span_ends(facts: Reference, one: Place, derived: Derived) -> Iterator[Happened]:
    for number, span in enumerate(derived.spans[one.what](facts)):
        day = span.from_on if one.kind is PlaceKind.SPAN else span.to_on
        if day is not None:
            ended = one.kind is PlaceKind.SPAN_END
            yield Happened(span.subject, day - DAY if ended else day, None, None, ("span", one.slot, number))
