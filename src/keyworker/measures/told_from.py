"""From which day on a measure's numbers are whole: before it an extract holds only survivors, and counts fall short.

No number is changed by it. It stands beside each number, so that a month before the extracts is not taken for a
service that was smaller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from keyworker.facts.lens import FAR
from keyworker.facts.moment import Moment
from keyworker.facts.reach import APPOINTED, EPISODES, INVOLVED, begins, question
from keyworker.measures.passes.source import Source
from keyworker.measures.passes.windows import months_later
from keyworker.measures.registry.definition import Belongs, Definition
from keyworker.measures.registry.loaded import shipped
from keyworker.measures.rows import MeasureRow
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.working_days import spoken

Told = Callable[[str, datetime | None], date | None]
"""The first day of which a table's counts are whole, as known at an instant; None where nothing says."""

DAY = timedelta(days=1)


def telling(definition: Definition, by: Sequence[str]) -> frozenset[str]:
    """The tables that say from when on a measure's numbers are whole.

    Who held children is told as far back as involvements are, who was in post as far back as appointments, and whatever
    happened to children as far back as their episodes of need: a child whose last one had ended is in no table.
    """
    read = shipped().tables_for(definition.name, by)
    found = read & {INVOLVED, APPOINTED}
    if any(column.name == "child_id" for table in read for column in TABLES[table].columns):
        found |= {EPISODES}
    if not found and definition.belongs_to in (Belongs.WORKER, Belongs.TEAM):
        found |= {APPOINTED}
    return found


def whole_from(definition: Definition, by: Sequence[str], known_at: datetime | None, told: Told) -> date | None:
    """The first day on which a measure's number is whole; None where nothing says how far back the record goes.

    A measure of 12 months is whole only once the first 12 months that are told have passed.
    """
    firsts = [day for table in telling(definition, by) if (day := told(table, known_at)) is not None]
    if not firsts:
        return None
    back = definition.looks_back.months
    return months_later(max(firsts), back) - DAY if back else max(firsts)


def with_reach(definition: Definition, by: Sequence[str], rows: Iterable[MeasureRow], told: Told) -> list[MeasureRow]:
    """The same rows, each with the first day on which its number is whole."""
    found: dict[datetime | None, date | None] = {}
    given = []
    for row in rows:
        if row.known_at not in found:
            found[row.known_at] = whole_from(definition, by, row.known_at, told)
        given.append(replace(row, whole_from=found[row.known_at]))
    return given


def told_by(source: Source) -> Told:
    """How far back the tables of a snapshot go."""

    def told(table: str, known_at: datetime | None) -> date | None:
        rows = source.fetch(question(table), source.lens(Moment(FAR, known_at)), {})
        return begins((day, ended) for day, ended in rows)

    return told


def in_words(rows: Sequence[MeasureRow]) -> str:
    """From when on a measure is whole, and how many of the days asked about lie before; empty where none is told."""
    known = [row for row in rows if not row.reason]
    if not known:
        return ""
    first = known[-1].whole_from
    if first is None:
        return (
            "Nothing says how far back the record goes for this measure: no row that it counts is known to have ended."
        )
    earlier = len(days_before(known))
    said = f"The record is whole for this measure from {spoken(first)}."
    if not earlier:
        return said
    count = (
        "1 of the days here is earlier and counts"
        if earlier == 1
        else f"{earlier} of the days here are earlier and count"
    )
    return f"{said} {count} only what had not ended before the extracts begin."


def days_before(rows: Iterable[MeasureRow]) -> frozenset[date]:
    """The days of some rows that lie before their measure is whole."""
    return frozenset(row.at for row in rows if row.is_whole is False)
