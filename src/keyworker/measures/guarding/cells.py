"""The counts behind a measure's rows as a table with every margin, as a reader could put it together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from keyworker.measures.registry.definition import Counts, Definition
from keyworker.measures.rows import MeasureRow, Number
from keyworker.measures.suppression import OF, WITH, WITHOUT, Cell, Sum, Table

Leaves = Mapping[tuple[str, ...], int]
ABOVE, BELOW = "numerator", "denominator"


def kinds(definition: Definition, rows: Iterable[MeasureRow]) -> tuple[dict[str, dict[Cell, int]], int]:
    """The counts of some rows of one day by kind: those with, those without and of how many; or numerator, denominator.

    Gives   the counts, which are whole, and how many of them stand for one: decimals are counted in small parts.
    """
    listed = [row for row in rows if not row.reason]
    parts: list[tuple[Cell, dict[str, Number]]] = [(named(row.group), _parts(definition, row)) for row in listed]
    places = max((_places(one) for _, some in parts for one in some.values()), default=0)
    scale = 10**places
    found: dict[str, dict[Cell, int]] = defaultdict(dict)
    for cell, some in parts:
        for kind, number in some.items():
            found[kind][cell] = int(number * scale)
    return dict(found), scale


def _parts(definition: Definition, row: MeasureRow) -> dict[str, Number]:
    numerator, denominator = row.numerator or 0, row.denominator
    if denominator is None:
        return {ABOVE: numerator}
    if definition.counts is Counts.SHARE and not definition.bands:
        return {WITH: numerator, WITHOUT: denominator - numerator, OF: denominator}
    return {ABOVE: numerator} if definition.bands or _public(definition) else {ABOVE: numerator, BELOW: denominator}


def _public(definition: Definition) -> bool:
    """Whether the denominator is of the whole area and published, not of people here."""
    return definition.counts is Counts.RATIO and definition.belongs_to == "nobody"


def _places(number: Number) -> int:
    return max(-int(number.normalize().as_tuple().exponent), 0) if isinstance(number, Decimal) else 0


def named(group: Mapping[str, str | None]) -> Cell:
    """A group's own name in a table: the same whichever other groups it is asked with."""
    return tuple(f"{name}={'' if value is None else value}" for name, value in sorted(group.items()))


def group_of(cell: Cell) -> dict[str, str]:
    """The group of a cell's name."""
    return {name: value for name, _, value in (one.partition("=") for one in cell)}


def table(counts: Mapping[str, Leaves], names: Sequence[str]) -> Table:
    """The counts with the sums over each group, over several and over all, and of parts to their base.

    A group of which there is nobody is left out: nought is shown, and must not change with the dates asked about.
    """
    every: dict[Cell, int] = {}
    sums: list[Sum] = []
    for kind, leaves in counts.items():
        held = {cell: number for cell, number in leaves.items() if number}
        whole: dict[Cell, int] = {}
        for size in range(len(names) + 1):
            for kept in combinations(sorted(names), size):
                for cell, number in held.items():
                    margin = _margin(cell, kept)
                    whole[margin] = whole.get(margin, 0) + number
        whole.setdefault((), 0)
        every |= {(kind, *cell): number for cell, number in whole.items()}
        sums += [Sum((kind, *total), tuple((kind, *one) for one in parts)) for total, parts in _sums(whole)]
    for cell in [cell[1:] for cell in every if cell[0] == OF]:
        parts = tuple((kind, *cell) for kind in (WITH, WITHOUT) if (kind, *cell) in every)
        sums.append(Sum((OF, *cell), parts))
    return Table(every, tuple(sums))


def _margin(cell: Cell, kept: Sequence[str]) -> Cell:
    return tuple(one for one in cell if one.partition("=")[0] in kept)


def _sums(whole: Mapping[Cell, int]) -> list[tuple[Cell, list[Cell]]]:
    """Each margin is the sum, over one more group, of the cells below it."""
    below: dict[tuple[Cell, str], list[Cell]] = defaultdict(list)
    for cell in whole:
        for one in cell:
            below[tuple(other for other in cell if other != one), one.partition("=")[0]].append(cell)
    return [(total, sorted(parts)) for (total, _), parts in sorted(below.items())]
