"""Ask a measure of a source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from keyworker.facts.lens import FAR
from keyworker.facts.moment import Moment
from keyworker.measures.passes import readings
from keyworker.measures.passes.asked import Asked, chains, stretches
from keyworker.measures.passes.assemble import Collected, ToCount
from keyworker.measures.passes.compose import Composer
from keyworker.measures.passes.dates import Dates, dates
from keyworker.measures.passes.source import Columnar, Rows, Source
from keyworker.measures.passes.statement import Statement
from keyworker.measures.passes.steps import Chain
from keyworker.measures.passes.text import Text
from keyworker.measures.passes.windows import Windows
from keyworker.measures.registry.definition import Definition
from keyworker.measures.registry.loaded import Registry, shipped
from keyworker.measures.rows import MeasureRow
from keyworker.vocabulary import TABLES

_SET = "select 1 from {{setting}} t where {{key_of name}} = '{name}' limit 1"
Held = dict[tuple[str, datetime | None], bool]
"""For a table, as known at an instant, whether it holds any row."""
Counting = Callable[[Sequence[ToCount], Moment, Dates], None]
"""Counts definitions on a run of dates, and puts what each comes to into what is collected of it."""


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
    return collected(source, [name], asked, registry=registry, windows=windows)[name].rows()


def measured_together(
    source: Source,
    names: Sequence[str],
    asked: Asked,
    *,
    registry: Registry | None = None,
    windows: Windows | None = None,
) -> dict[str, list[MeasureRow]]:
    """Several measures of the same dates and groups; on a source of columns, links and groups are read once for all."""
    found = collected(source, names, asked, registry=registry, windows=windows)
    return {name: one.rows() for name, one in found.items()}


def collected(
    source: Source,
    names: Sequence[str],
    asked: Asked,
    *,
    registry: Registry | None = None,
    windows: Windows | None = None,
) -> dict[str, Collected]:
    """What measures come to for every date and group, before anything is divided, so that it can be added up."""
    known = registry or shipped()
    counting = _counting(source, known.relations, windows)
    found: dict[str, Collected] = {}
    ways: dict[str, list[Chain]] = {}
    runs: list[tuple[Moment, tuple[date, ...], str]] = []
    held: Held = {}
    for name in names:
        definition = known.definition(name)
        ways[name] = chains(known, definition, asked.by)
        found[name] = Collected(definition, [*asked.by, *(["band"] if definition.bands else [])])
        runs += [(*run, name) for run in stretches(source, asked, known.rules_of(definition.sql))]
    try:
        for (moment, days), some in groupby(sorted(runs, key=lambda run: (run[0].at, run[1])), lambda run: run[:2]):
            asked_now = []
            for _, _, name in some:
                if lacking := _lacking(source, found[name].definition, known, moment, held):
                    found[name].lacks(days, moment.known_at, lacking)
                else:
                    asked_now.append(ToCount(found[name].definition, ways[name], found[name]))
            if asked_now:
                counting(asked_now, moment, dates(days))
    finally:
        if isinstance(source, Columnar):
            source.forget()
    return found


def _lacking(source: Source, definition: Definition, known: Registry, moment: Moment, held: Held) -> str:
    """Why the number cannot be told at a moment; empty when it can."""
    rules = known.rules_of(definition.sql)
    return lacks(source, definition, moment.known_at, held) or readings.lacking(source, moment, rules)


def _counting(source: Source, relations: Mapping[str, str], windows: Windows | None) -> Counting:
    """How a run of dates is counted: where the source gives columns in memory, else in its own SQL."""
    if isinstance(source, Columnar):
        from keyworker.measures.kernel.taken import InMemory  # what it compiles with takes a moment to load

        return InMemory(source, relations, windows)

    def in_sql(asked: Sequence[ToCount], moment: Moment, on: Dates) -> None:
        own = windows or Windows(moment.known_at)
        for one in asked:
            told = answers(source, relations, one.definition, one.ways, moment, on, own)
            one.found.take(on, moment.known_at, told)

    return in_sql


def lacks(source: Source, definition: Definition, known_at: datetime | None, held: Held | None = None) -> str:
    """Why the number cannot be told: a table that it needs has no row, or a setting was never set. Empty when it can.

    Takes   held, of which tables it was looked up already, by whoever asks for several measures.
    """
    known = {} if held is None else held
    always = source.lens(Moment(FAR, known_at))
    for name in definition.needs:
        if (name, known_at) not in known:
            known[name, known_at] = bool(source.fetch(f"select 1 from {{{name}}} t limit 1", always, {}))
    titles = ", ".join(TABLES[name].title.lower() for name in definition.needs if not known[name, known_at])
    if titles:
        return f"cannot tell: the record holds no row of: {titles}"
    return unset(name for name in definition.settings if not source.fetch(_SET.format(name=name), always, {}))


def unset(names: Iterable[str]) -> str:
    """Why the number cannot be told where the council never set what it rests on; empty where nothing is unset."""
    wanted = ", ".join(names)
    return f"cannot tell: the council has set nothing for: {wanted}" if wanted else ""


def answers(
    source: Source,
    relations: Mapping[str, str],
    definition: Definition,
    ways: Sequence[Chain],
    moment: Moment,
    on: Dates,
    windows: Windows,
) -> Rows:
    """The rows of the statement for a run of dates, a number for each date."""
    ready = prepared(source, relations, definition, ways, on, windows, moment)
    return source.fetch(ready.sql, source.lens(moment), ready.parameters)


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
    on: Dates,
    windows: Windows,
    moment: Moment,
    *,
    behind: str = "",
) -> Ready:
    """The statement that answers for a run of dates: what is run, and what is shown to whoever asks for the SQL.

    Takes   behind, a part whose rows are wanted in place of its numbers.
    """
    text = Text(source, relations, windows, on.end, moment)
    day, parameters = source.table("day_bits", on.table())
    composer = Composer(definition, on, ways, day)
    last = text.whole(composer.behind(behind) if behind else composer.query())
    steps = [(name, text.whole(sql)) for name, sql in composer.steps.out.steps]
    sql = Statement(steps).sql(last, before=text.steps.items())
    bounds = {"first": on.first, "last": on.last, "end": on.end}
    return Ready(sql, {**parameters, **text.parameters, **bounds})
