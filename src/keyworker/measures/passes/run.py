"""Ask a measure of a source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from keyworker.facts.lens import FAR
from keyworker.facts.moment import Moment
from keyworker.measures.passes.asked import Asked, chains, stretches
from keyworker.measures.passes.assemble import Collected
from keyworker.measures.passes.compose import Chain, Composer
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
    ways = chains(known, definition, asked.by)
    found = Collected(definition, [*asked.by, *(["band"] if definition.bands else [])])
    for moment, days in stretches(source, asked):
        if lacking := lacks(source, definition, moment.known_at):
            found.lacks(days, moment.known_at, lacking)
            continue
        on = dates(days)
        ready = prepared(source, known.relations, definition, ways, moment, on, windows)
        found.take(on, moment.known_at, source.fetch(ready.sql, source.lens(moment), ready.parameters))
    return found.rows()


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
    relations: Mapping[str, str],
    definition: Definition,
    ways: Sequence[Chain],
    moment: Moment,
    on: Dates,
    windows: Windows | None = None,
    *,
    behind: bool = False,
) -> Ready:
    """The statement that answers for a run of dates: what is run, and what is shown to whoever asks for the SQL."""
    text = Text(source, relations, windows or Windows(moment.known_at), on.end)
    day, parameters = source.table("day_bits", on.table())
    composer = Composer(definition, on, ways, day)
    sql = text.whole(composer.behind() if behind else composer.statement())
    bounds = {"first": on.first, "last": on.last, "end": on.end}
    return Ready(sql, {**parameters, **text.parameters, **bounds})
