"""What one reader is told of a measure on one day: the same of each number, whichever question it is asked with.

The places are put together first, the finest of them at once, and every grouping by place is read off what that comes
to. Whatever else parts the measure is put together by itself, and then crossed with the places as they stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from keyworker.measures.guarding.blocks import Atom, Blocks, Crossed, large_blocks, nearest
from keyworker.measures.guarding.laid import ABOVE, BELOW, OF, WITH, WITHOUT, Laid
from keyworker.measures.passes.councils import COUNCIL
from keyworker.measures.suppression import PUBLIC

Sheet = Mapping[Atom, Mapping[str, int]]


@dataclass(frozen=True)
class _Axis:
    """Along places, or along another group: the blocks of the counts, and of their parts where they are a share's."""

    base: Blocks
    parts: Blocks


class Released:
    """What is told of the counts of one day.

    Takes   counts, the finest that there are; own, the places that the reader answers for, who knows them.
    """

    def __init__(self, counts: Laid, own: frozenset[Atom]) -> None:
        self._all = counts
        self._left = counts.without(own)
        self._largest = PUBLIC.largest * counts.scale
        self._weight = 2 if COUNCIL in counts.names else 1
        kinds = {kind for one in counts.counts.values() for kind in one}
        systems = (some for some in ((WITH, WITHOUT), (ABOVE,), (BELOW,)) if set(some) <= kinds)
        self._crossed = {some: self._told(some) for some in systems}

    def hidden(self, group: Mapping[str, str | None]) -> frozenset[str]:
        """The kinds of count of a group that are not told."""
        places = self._left.placed(group)
        other = tuple(group.get(name) for name in self._all.other)
        parted = any(name in group for name in self._all.other)
        found: set[str] = set()
        for some, (by_place, by_other, both) in self._crossed.items():
            if not parted:
                told, base = by_place.parts.tell(places), by_place.base.tell(places)
            else:
                told, base = by_other.parts.tell({other}), by_other.base.tell({other})
                if any(name in group for name in self._all.names):
                    told = base = told and both.tell(places)
            found |= set() if told else set(some)
            if some == (WITH, WITHOUT) and not base:
                found.add(OF)
        return frozenset(found)

    def _told(self, kinds: tuple[str, ...]) -> tuple[_Axis, _Axis, Blocks]:
        by_place, by_other = self._left.by_place(kinds), self._left.by_other(kinds)
        cells = self._left.askable()
        places = self._axis(by_place, cells, self._weight, kinds)
        others = self._axis(by_other, {frozenset({one}) for one in by_other}, 0, kinds)
        sheets = [
            {place: {other: self._count(place, other, kind) for other in by_other} for place in by_place}
            for kind in kinds
        ]
        if not self._all.other:
            return places, others, places.parts
        known, near = places.parts, nearest(_summed(by_place), self._weight)
        return places, others, Crossed(sheets, known, others.parts.all, cells, self._largest).blocks(near)

    def _count(self, place: Atom, other: Atom, kind: str) -> int:
        return self._left.counts.get((place, other), {}).get(kind, 0)

    def _axis(self, counts: Sheet, cells: set[frozenset[Atom]], weight: int, kinds: tuple[str, ...]) -> _Axis:
        whole = _summed(counts)
        near = nearest(whole, weight)
        base = large_blocks(whole, self._largest, near)
        if len(kinds) == 1:
            return _Axis(base, base)
        columns = [frozenset({kind}) for kind in kinds]
        return _Axis(base, Crossed([counts], base, columns, cells, self._largest).blocks(near))


def _summed(counts: Sheet) -> dict[Atom, int]:
    return {atom: sum(some.values()) for atom, some in counts.items()}
