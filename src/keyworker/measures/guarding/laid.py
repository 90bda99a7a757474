"""The counts behind a measure's rows of one day, laid out by place and by whatever else parts them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import combinations

from keyworker.measures.guarding.blocks import Atom, Block
from keyworker.measures.guarding.reader import Reader
from keyworker.measures.passes.councils import COUNCIL
from keyworker.measures.registry import shipped
from keyworker.measures.registry.definition import Belongs, Counts, Definition
from keyworker.measures.rows import MeasureRow, Number

WITH, WITHOUT, OF, ABOVE, BELOW = "with", "without", "of", "numerator", "denominator"
_FIRST = (COUNCIL, "district")


@cache
def places() -> tuple[str, ...]:
    """The groups that part by place, of which a reader could put one beside another: the council, those of teams."""
    of_teams = [name for name, group in shipped().groups.items() if group.of is Belongs.TEAM]
    return tuple(sorted({COUNCIL, *of_teams}, key=lambda name: (name not in _FIRST, name)))


def reached(definition: Definition) -> tuple[str, ...]:
    """The places by which a measure can be parted, but for the council."""
    linked = definition.belongs_to is Belongs.TEAM or (definition.belongs_to, Belongs.TEAM) in shipped().links
    return tuple(name for name in places() if linked and name != COUNCIL)


def parts_of(definition: Definition, row: MeasureRow) -> dict[str, Number]:
    """The counts that a row shows, by kind."""
    numerator, denominator = row.numerator or 0, row.denominator
    if denominator is None:
        return {ABOVE: numerator}
    if definition.counts is Counts.SHARE and not definition.bands:
        return {WITH: numerator, WITHOUT: denominator - numerator}
    return {ABOVE: numerator} if definition.bands or _public(definition) else {ABOVE: numerator, BELOW: denominator}


def _public(definition: Definition) -> bool:
    """Whether the denominator is of the whole area and published, not of people here."""
    return definition.counts is Counts.RATIO and definition.belongs_to == "nobody"


def scale_of(definition: Definition, rows: Iterable[MeasureRow]) -> int:
    """How many small parts stand for one, so that decimals too are whole."""
    numbers = (number for row in rows for number in parts_of(definition, row).values())
    return 10 ** max((_decimals(number) for number in numbers), default=0)


def _decimals(number: Number) -> int:
    return max(-int(number.normalize().as_tuple().exponent), 0) if isinstance(number, Decimal) else 0


@dataclass(frozen=True)
class Laid:
    """Counts of one day.

    Takes   names, of places, and other, of what else parts them; counts, by place, by the other and by kind; scale, of
            how many small parts one is made.
    """

    names: tuple[str, ...]
    other: tuple[str, ...]
    counts: Mapping[tuple[Atom, Atom], Mapping[str, int]]
    scale: int

    def by_place(self, kinds: Collection[str]) -> dict[Atom, dict[str, int]]:
        """The counts of each place, whatever else parts them."""
        return self._along(0, kinds)

    def by_other(self, kinds: Collection[str]) -> dict[Atom, dict[str, int]]:
        """The counts of each other group, wherever."""
        return self._along(1, kinds)

    def _along(self, axis: int, kinds: Collection[str]) -> dict[Atom, dict[str, int]]:
        found: dict[Atom, dict[str, int]] = defaultdict(lambda: dict.fromkeys(kinds, 0))
        for key, counts in self.counts.items():
            for kind in kinds:
                found[key[axis]][kind] += counts.get(kind, 0)
        return dict(found)

    def without(self, own: Collection[Atom]) -> Laid:
        """The same without some places."""
        left = {key: counts for key, counts in self.counts.items() if key[0] not in own}
        return Laid(self.names, self.other, left, self.scale)

    def own(self, reader: Reader) -> frozenset[Atom]:
        """The places that a reader answers for."""
        atoms = {place for place, _ in self.counts}
        return frozenset(one for one in atoms if reader.answers_for(dict(zip(self.names, one, strict=True))))

    def placed(self, group: Mapping[str, str | None]) -> Block:
        """The finest places within a group; all of them within one that names none."""
        wanted = [(at, group[name]) for at, name in enumerate(self.names) if name in group]
        return frozenset(place for place, _ in self.counts if all(place[at] == value for at, value in wanted))

    def adds_up_to(self, group: Mapping[str, str | None], shown: Mapping[str, Number]) -> bool:
        """Whether what is shown of a group is the sum of the finest counts within it."""
        places, other = self.placed(group), tuple(group.get(name) for name in self.other)
        parted = any(name in group for name in self.other)
        found = [counts for key, counts in self.counts.items() if key[0] in places and (not parted or key[1] == other)]
        return all(sum(one.get(kind, 0) for one in found) == number * self.scale for kind, number in shown.items())

    def values(self, name: str) -> set[str | None]:
        """The values of a group of which there is anybody."""
        axis, at = (0, self.names.index(name)) if name in self.names else (1, self.other.index(name))
        return {key[axis][at] for key, counts in self.counts.items() if any(counts.values())}

    def askable(self) -> set[Block]:
        """Every set of places that a question by one group of place, or by two, speaks of."""
        found: dict[tuple[object, ...], set[Atom]] = defaultdict(set)
        kept = [*((at,) for at in range(len(self.names))), *combinations(range(len(self.names)), 2)]
        for place, _ in self.counts:
            for some in kept:
                found[(some, *(place[at] for at in some))].add(place)
        atoms = {frozenset({place}) for place, _ in self.counts}
        return atoms | {frozenset(one) for one in found.values()}


def laid(definition: Definition, rows: Sequence[MeasureRow]) -> Laid:
    """The rows of one day, laid out. What the record cannot tell counts for nothing."""
    names = tuple(name for name in places() if any(name in row.group for row in rows))
    other = tuple(dict.fromkeys(name for row in rows for name in row.group if name not in names))
    scale = scale_of(definition, rows)
    found: dict[tuple[Atom, Atom], dict[str, int]] = {}
    for row in rows:
        if not row.reason:
            key = tuple(row.group[name] for name in names), tuple(row.group[name] for name in other)
            found[key] = {kind: int(number * scale) for kind, number in parts_of(definition, row).items()}
    return Laid(names, other, found, scale)
