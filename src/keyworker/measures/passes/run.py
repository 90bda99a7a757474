"""Ask a measure of a source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from keyworker.facts.lens import FAR
from keyworker.facts.moment import Moment
from keyworker.measures.passes.asked import Asked, chains, stretches
from keyworker.measures.passes.assemble import assembled
from keyworker.measures.passes.compose import Composer
from keyworker.measures.passes.dates import Dates, dates
from keyworker.measures.passes.source import Source
from keyworker.measures.passes.text import Text
from keyworker.measures.passes.windows import Windows
from keyworker.measures.registry.definition import Definition
from keyworker.measures.registry.loaded import Registry, shipped
from keyworker.measures.rows import MeasureRow
from keyworker.vocabulary import TABLES


def measured(
    source: Source,
    name: str,
    asked: Asked,
    *,
    registry: Registry | None = None,
    windows: Windows | None = None,
) -> list[MeasureRow]:
    """The measure for every date and group, in order of group and date; a group that is not known comes last.

    Takes   registry, other definitions than those shipped; windows, another way to count working days.
    Raises  KeyworkerError for a name that no measure or group has.
    """
    known = registry or shipped()
    definition = known.definition(name)
    found: list[MeasureRow] = []
    for moment, days in stretches(source, asked):
        found += _stretch(source, known, definition, moment, dates(days), asked.by, windows)
    return sorted(found, key=_place)


def _place(row: MeasureRow) -> tuple[Any, ...]:
    return tuple((value is None, value or "") for value in row.group.values()), row.at


def _stretch(
    source: Source,
    registry: Registry,
    definition: Definition,
    moment: Moment,
    on: Dates,
    by: Sequence[str],
    windows: Windows | None,
) -> list[MeasureRow]:
    lens = source.lens(moment)
    if lacking := lacks(source, definition, moment.known_at):
        return [
            MeasureRow(definition.name, {}, day, moment.known_at, None, None, None, reason=lacking) for day in on.days
        ]
    ready = prepared(source, registry, definition, moment, on, by, windows)
    rows = source.fetch(ready.sql, lens, ready.parameters)
    names = [*by, *(["band"] if definition.bands else [])]
    return assembled(definition, on, names, moment.known_at, rows)


def lacks(source: Source, definition: Definition, known_at: datetime | None) -> str:
    """Why the number cannot be told: a table that it needs has no row at all, whatever its dates. Empty when it can."""
    always = source.lens(Moment(FAR, known_at))
    empty = [name for name in definition.needs if not source.fetch(f"select 1 from {{{name}}} t limit 1", always, {})]
    titles = ", ".join(TABLES[name].title.lower() for name in empty)
    return f"cannot tell: the record holds no row of: {titles}" if empty else ""


@dataclass(frozen=True)
class Ready:
    """A statement over named tables, with its parameters."""

    sql: str
    parameters: dict[str, Any]


def prepared(
    source: Source,
    registry: Registry,
    definition: Definition,
    moment: Moment,
    on: Dates,
    by: Sequence[str],
    windows: Windows | None = None,
    *,
    behind: bool = False,
) -> Ready:
    """The statement that answers for a run of dates: what is run, and what is shown to whoever asks for the SQL."""
    counting = windows or Windows(moment.known_at)
    text = Text(source, registry.relations, counting, on.end)
    day, parameters = source.table("day_bits", on.table())
    composer = Composer(definition, on, chains(registry, definition, by), day)
    sql = text.whole(composer.behind() if behind else composer.statement())
    bounds = {"first": on.first, "last": on.last, "end": on.end}
    return Ready(sql, {**parameters, **text.parameters, **bounds})
