"""What the plain twins of derived events and spans are built of: rows told as events, days joined into stretches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta

from keyworker.clocks.plain.events import Happened, Span
from keyworker.facts.reference import Reference, Row

DAY = timedelta(days=1)
MONTHS_A_YEAR = 12


def told(row: Row, subject: str, day: date, at: time | None = None) -> Happened:
    """An event that a row of the record tells."""
    return Happened(subject, day, at, row["entered_at"], (row["entry_id"], "event"))


def steps(facts: Reference, kind: str) -> list[Row]:
    """The steps of one kind, in order of their day."""
    found = [row for row in facts.rows("step") if row["kind"] == kind]
    return sorted(found, key=lambda row: (row["happened_on"], row["entry_id"]))


def of_child(rows: Iterable[Row], child: str | None) -> list[Row]:
    """The rows about one child."""
    return [row for row in rows if row["child_id"] is not None and row["child_id"] == child]


def of_worker(rows: Iterable[Row], worker: str | None) -> list[Row]:
    """The rows about one worker."""
    return [row for row in rows if row["worker_id"] is not None and row["worker_id"] == worker]


def in_force(row: Row, day: date) -> bool:
    """Whether a period holds a day."""
    return row["from_on"] <= day and (row["to_on"] is None or row["to_on"] > day)


def later(day: date, months: int) -> date:
    """So many months later: the same day number, or the last day of a month that has none such."""
    whole = day.year * MONTHS_A_YEAR + day.month - 1 + months
    number = day.day
    while True:
        try:
            return date(whole // MONTHS_A_YEAR, whole % MONTHS_A_YEAR + 1, number)
        except ValueError:
            number -= 1


def earliest(*days: date | None) -> date | None:
    """The earliest of the days that are known."""
    return min((day for day in days if day is not None), default=None)


def joined(inside: Iterable[Span], outside: Iterable[Span] = ()) -> Iterator[Span]:
    """The stretches of days inside any of some spans and outside all of others."""
    held: dict[str, tuple[list[Span], list[Span]]] = defaultdict(lambda: ([], []))
    for place, spans in enumerate((inside, outside)):
        for span in spans:
            if span.to_on is None or span.to_on > span.from_on:
                held[span.subject][place].append(span)
    for subject, (ins, outs) in held.items():
        turns = sorted({day for span in (*ins, *outs) for day in (span.from_on, span.to_on) if day is not None})
        begun: date | None = None
        for day in turns:
            is_inside = any(span.holds(day) for span in ins) and not any(span.holds(day) for span in outs)
            if is_inside and begun is None:
                begun = day
            elif not is_inside and begun is not None:
                yield Span(subject, begun, day)
                begun = None
        if begun is not None:
            yield Span(subject, begun, None)


def periods(rows: Iterable[Row], subject: str = "child_id") -> Iterator[Span]:
    """Rows of a period table as spans."""
    return (Span(row[subject], row["from_on"], row["to_on"]) for row in rows)
