"""What each area gives the people who work in it, side by side: supervision, load, cover, learning, vacancies."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import psycopg

from keyworker.facts.moment import Moment
from keyworker.facts.remembered import remembered
from keyworker.measures.guarding import reached
from keyworker.measures.passes.asked import Asked
from keyworker.measures.passes.run import measured
from keyworker.measures.registry import Definition, shipped
from keyworker.measures.rows import MeasureRow, record
from keyworker.measures.sources.extract import extracted

ASPECTS: Mapping[str, tuple[str, ...]] = {
    "Supervision": ("supervised-in-time", "days-since-personal-supervision", "case-supervision-in-time"),
    "Load": ("caseload", "cases-per-fte-available", "above-agreed-capacity"),
    "Cover": ("unallocated", "days-without-a-worker", "agency-rate", "sickness-absence-rate"),
    "Learning": ("learning-offered", "learning-attended"),
    "Vacancies": ("vacancy-rate", "vacancies-covered"),
}
"""What a worker can count on, and the measures that say how far."""
AREA = "district"


@dataclass(frozen=True)
class Areas:
    """Some measures in each area.

    Takes   moment, of which they are told; rows, by measure and area; area None stands for the whole service.
    """

    moment: Moment
    names: tuple[str, ...]
    rows: Mapping[tuple[str, str | None], MeasureRow]

    def row(self, measure: str, area: str | None) -> MeasureRow | None:
        """What a measure says of an area, or of the whole service."""
        return self.rows.get((measure, area))


Guard = Callable[[Definition, Asked, Sequence[MeasureRow]], list[MeasureRow]]
"""What keeps small numbers from whoever is not responsible for a group."""


def areas_at(connection: psycopg.Connection, moment: Moment, guard: Guard) -> Areas:
    """Every aspect in every area at a moment, and in the whole service."""
    found: dict[tuple[str, str | None], MeasureRow] = {}
    names: set[str] = set()
    for name, asked, rows in count_areas(connection, moment):
        for row in guard(definition_of(name), asked, rows):
            area = (row.group[AREA] or "") if asked.by else None
            found[name, area] = row
            names |= {area} if area is not None else set()
    return Areas(moment, tuple(sorted(names - {""})) + (("",) if "" in names else ()), found)


def count_areas(connection: psycopg.Connection, moment: Moment) -> list[tuple[str, Asked, list[MeasureRow]]]:
    """What the areas are told from, whoever asks. Counted once until an act touches what it is counted from."""
    return remembered(connection, "areas", moment, lambda on: _counted(on, moment), of=tables_counted())


@cache
def tables_counted() -> frozenset[str]:
    """The tables from which the areas are counted, beside those on which hangs how a moment is looked at."""
    return frozenset(table for name in _every() for table in shipped().tables_for(name, (AREA,)))


def by_every_place(connection: psycopg.Connection, moment: Moment) -> Mapping[str, Sequence[MeasureRow]]:
    """Every aspect by the finest places, from which it is known what would give a small number of an area away."""
    read = frozenset(table for name in _every() for table in shipped().tables_for(name, _places_of(name)))

    def counted(on: psycopg.Connection) -> dict[str, list[MeasureRow]]:
        with extracted(on, read) as source:
            return {
                name: measured(source, name, Asked((moment.at,), _places_of(name), moment.known_at))
                for name in _every()
            }

    return remembered(connection, "areas by every place", moment, counted, of=read)


def _places_of(measure: str) -> tuple[str, ...]:
    return reached(definition_of(measure))


def definition_of(measure: str) -> Definition:
    """The definition of a measure of the page."""
    return shipped().definition(measure)


def _counted(connection: psycopg.Connection, moment: Moment) -> list[tuple[str, Asked, list[MeasureRow]]]:
    questions = [Asked((moment.at,), by, moment.known_at) for by in ((AREA,), ())]
    with extracted(connection, tables_counted()) as source:
        return [(name, asked, measured(source, name, asked)) for name in _every() for asked in questions]


def _every() -> list[str]:
    return [name for names in ASPECTS.values() for name in names]


def areas_records(areas: Areas) -> list[dict[str, Any]]:
    """The same as flat rows: one for each aspect, measure and area; the whole service last."""
    return [
        {"aspect": aspect, "area": "all" if area is None else area or "unmapped", **_plain(row)}
        for aspect, names in ASPECTS.items()
        for name in names
        for area in (*areas.names, None)
        if (row := areas.row(name, area)) is not None
    ]


def _plain(row: MeasureRow) -> dict[str, Any]:
    return {name: value for name, value in record(row).items() if name != AREA}
