"""A measure of many councils: each is worked out by itself, as its own record would, and what they come to is added up.

A council's words, sources, settings and time limits are its own, so one query over all of them would be wrong; and one
council at a time needs no more memory than the largest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime

from keyworker.measures.passes.asked import Asked
from keyworker.measures.passes.assemble import Collected
from keyworker.measures.passes.run import collected
from keyworker.measures.passes.source import Source
from keyworker.measures.passes.windows import Windows
from keyworker.measures.registry.loaded import Registry, shipped
from keyworker.measures.rows import MeasureRow
from keyworker.measures.told_from import telling, told_by, whole_from

COUNCIL = "council"
Opening = Callable[[str, Collection[str]], AbstractContextManager[Source]]
"""Opens one council's tables: takes its code and the described tables that will be read."""


@dataclass(frozen=True)
class Council:
    """What a measure came to in one council, and for each instant of knowledge from which day on it is whole there."""

    code: str
    came_to: Collected
    whole: Mapping[datetime | None, date | None]


def of_councils(
    councils: Sequence[str],
    opening: Opening,
    name: str,
    asked: Asked,
    *,
    registry: Registry | None = None,
    windows: Windows | None = None,
) -> list[MeasureRow]:
    """The measure of several councils, by `council` among other groups, or of all of them together.

    Of all together nothing is told on a date on which one of them cannot tell: a part is not the whole. It is whole
    from the day on which the last of them is, and where one does not say from when, nothing says.

    Takes   registry, other definitions than those shipped; windows, another way to count working days.
    """
    known = registry or shipped()
    within = replace(asked, by=tuple(one for one in asked.by if one != COUNCIL))
    definition = known.definition(name)
    tables = known.tables_for(name, within.by) | telling(definition, within.by)
    found: list[Council] = []
    for council in councils:
        with opening(council, tables) as source:
            came_to = collected(source, [name], within, registry=known, windows=windows)[name]
            told = told_by(source)
            moments = set(came_to.known.values())
            whole = {known_at: whole_from(definition, within.by, known_at, told) for known_at in moments}
            found.append(Council(council, came_to, whole))
    if COUNCIL in asked.by:
        return _by_council(asked, found)
    return _together(found)


def _by_council(asked: Asked, found: Iterable[Council]) -> list[MeasureRow]:
    rows = []
    for council in found:
        for row in council.came_to.rows():
            bands = {key: value for key, value in row.group.items() if key not in asked.by}
            group = {key: council.code if key == COUNCIL else row.group[key] for key in asked.by}
            rows.append(replace(row, group={**group, **bands}, whole_from=council.whole[row.known_at]))
    return sorted(rows, key=lambda row: ([(part is None, part or "") for part in row.group.values()], row.at))


def _together(found: Sequence[Council]) -> list[MeasureRow]:
    cannot = Counter(day for one in found for day in one.came_to.lacking)
    first, *others = (one.came_to for one in found)
    for other in others:
        first.add(other)
    first.lacking = {
        day: f"{reason} (in {cannot[day]} of {len(found)} councils)" for day, reason in first.lacking.items()
    }
    return [replace(row, whole_from=_last(one.whole[row.known_at] for one in found)) for row in first.rows()]


def _last(days: Iterable[date | None]) -> date | None:
    """The last of some days; none where one of them is not told."""
    told = list(days)
    known = [day for day in told if day is not None]
    return max(known) if len(known) == len(told) else None
