"""A measure of many councils: each is worked out by itself, as its own record would, and what they come to is added up.

A council's words, sources, settings and time limits are its own, so one query over all of them would be wrong; and one
council at a time needs no more memory than the largest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

from keyworker.measures.passes.asked import Asked
from keyworker.measures.passes.assemble import Collected
from keyworker.measures.passes.run import collected
from keyworker.measures.passes.source import Source
from keyworker.measures.registry.loaded import Registry, shipped
from keyworker.measures.rows import MeasureRow

COUNCIL = "council"
Opening = Callable[[str, Collection[str]], AbstractContextManager[Source]]
"""Opens one council's tables: takes its code and the described tables that will be read."""


def of_councils(
    councils: Sequence[str], opening: Opening, name: str, asked: Asked, *, registry: Registry | None = None
) -> list[MeasureRow]:
    """The measure of several councils, by `council` among other groups, or of all of them together.

    Of all together nothing is told on a date on which one of them cannot tell: a part is not the whole.
    """
    known = registry or shipped()
    within = replace(asked, by=tuple(one for one in asked.by if one != COUNCIL))
    tables = known.tables_for(name, within.by)
    found: list[tuple[str, Collected]] = []
    for council in councils:
        with opening(council, tables) as source:
            found.append((council, collected(source, [name], within, registry=known)[name]))
    if COUNCIL in asked.by:
        return _by_council(asked, found)
    return _together(found)


def _by_council(asked: Asked, found: Iterable[tuple[str, Collected]]) -> list[MeasureRow]:
    rows = []
    for council, one in found:
        for row in one.rows():
            bands = {key: value for key, value in row.group.items() if key not in asked.by}
            group = {key: council if key == COUNCIL else row.group[key] for key in asked.by}
            rows.append(replace(row, group={**group, **bands}))
    return sorted(rows, key=lambda row: ([(part is None, part or "") for part in row.group.values()], row.at))


def _together(found: Sequence[tuple[str, Collected]]) -> list[MeasureRow]:
    cannot = Counter(day for _, one in found for day in one.lacking)
    (_, first), *others = found
    for _, other in others:
        first.add(other)
    first.lacking = {
        day: f"{reason} (in {cannot[day]} of {len(found)} councils)" for day, reason in first.lacking.items()
    }
    return first.rows()
