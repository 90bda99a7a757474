"""The rows behind a number: by the very SQL that counts, whom or what a measure counted on one day, part by part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from keyworker.facts.moment import Moment
from keyworker.measures.passes import readings
from keyworker.measures.passes.asked import Asked, chains, stretches
from keyworker.measures.passes.compose import Composer
from keyworker.measures.passes.dates import dates
from keyworker.measures.passes.run import lacks, prepared
from keyworker.measures.passes.source import Source
from keyworker.measures.passes.steps import Chain
from keyworker.measures.passes.windows import Windows
from keyworker.measures.registry.definition import Belongs, Counts, Definition
from keyworker.measures.registry.loaded import Registry, shipped

NUMERATOR, DENOMINATOR, VALUE = "numerator", "denominator", "value"
Row = dict[str, Any]


@dataclass(frozen=True)
class Behind:
    """One row that a number counts.

    Takes   part, of which it is; group, where it is counted; subject_id, what is counted once; whose, the child, worker
            or team that it belongs to (None: nobody's); weight, how much it counts for; band, where there are bands.
    """

    measure: str
    belongs_to: Belongs
    part: str
    group: Mapping[str, str | None]
    at: date
    known_at: datetime | None
    subject_id: str
    whose: str | None
    weight: Any
    band: str | None


def behind_record(one: Behind) -> dict[str, Any]:
    """A row behind a number as a flat mapping."""
    whose = {} if one.belongs_to is Belongs.NOBODY else {one.belongs_to.column: one.whose}
    weight = float(one.weight) if isinstance(one.weight, Decimal) else one.weight
    return {
        "measure": one.measure,
        "at": one.at,
        "known_at": one.known_at,
        "part": one.part,
        **one.group,
        "subject_id": one.subject_id,
        **whose,
        "weight": weight,
        "band": one.band,
    }


def behind(source: Source, name: str, asked: Asked, *, registry: Registry | None = None) -> list[Behind]:
    """Every row behind every number that the same question gives, in order of date, part, group and subject.

    A number of which nothing can be told has no rows. A limit of a distribution is no row of it.
    """
    known = registry or shipped()
    definition = known.definition(name)
    ways = chains(known, definition, asked.by)
    rules = known.rules_of(definition.sql)
    found: list[Behind] = []
    for moment, days in stretches(source, asked, rules):
        if lacks(source, definition, moment.known_at) or readings.lacking(source, moment, rules):
            continue
        for day in days:
            told = {part: _rows(source, known, definition, ways, moment, day, part) for part in _parts(definition)}
            counted = _counted(definition, told)
            found += [_behind(definition, asked, part, row, day, moment.known_at) for part, row in counted]
    return sorted(found, key=_order)


def _parts(definition: Definition) -> tuple[str, ...]:
    if definition.counts in (Counts.DISTRIBUTION, Counts.DAYS):
        return (VALUE,)
    return (NUMERATOR, DENOMINATOR) if definition.divided else (NUMERATOR,)


def _rows(
    source: Source,
    known: Registry,
    definition: Definition,
    ways: Sequence[Chain],
    moment: Moment,
    day: date,
    part: str,
) -> list[Row]:
    on = dates([day])
    ready = prepared(source, known.relations, definition, ways, on, Windows(moment.known_at), moment, behind=part)
    names = Composer(definition, on, ways, "").shown()
    rows = source.fetch(ready.sql, source.lens(moment), ready.parameters)
    return [dict(zip(names, row, strict=True)) for row in rows]


def _counted(definition: Definition, told: Mapping[str, list[Row]]) -> list[tuple[str, Row]]:
    """The rows that count: of a share, numerators whose subject is in the denominator, in the denominator's groups."""
    every = [(part, row) for part, rows in told.items() for row in rows]
    if definition.counts not in (Counts.SHARE, Counts.EACH):
        return every
    of: dict[str, list[Row]] = defaultdict(list)
    for row in told[DENOMINATOR]:
        of[row["subject_id"]].append(row)
    kept = [
        (NUMERATOR, {**row, **{name: base[name] for name in base if name.startswith("by_")}})
        for row in told[NUMERATOR]
        for base in of[row["subject_id"]]
    ]
    return [*kept, *((DENOMINATOR, row) for row in told[DENOMINATOR])]


def _behind(definition: Definition, asked: Asked, part: str, row: Row, day: date, known_at: datetime | None) -> Behind:
    since = row.get("since_on")
    return Behind(
        measure=definition.name,
        belongs_to=definition.belongs_to,
        part=part,
        group={name: row[f"by_{place}"] for place, name in enumerate(asked.by)},
        at=day,
        known_at=known_at,
        subject_id=str(row["subject_id"]),
        whose=row.get(definition.belongs_to.column),
        weight=(day - since).days if definition.counts is Counts.DAYS and since else row.get("weight", 1),
        band=row.get("band") if part == NUMERATOR else None,
    )


def _order(one: Behind) -> tuple[Any, ...]:
    groups = tuple((value is None, value or "") for value in one.group.values())
    return (one.at, one.part, groups, one.subject_id, one.whose or "", one.band or "")
