"""Groups put together until what is told of them is too large to show anybody.

Everything that a reader is told is a sum of whole blocks. So whatever they add or subtract, in whatever order they ask,
they come to sums of whole blocks and no further: nothing that is small can be what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Atom = tuple[str | None, ...]
"""A finest group, by the values of its names."""
Block = frozenset[Atom]
Fits = Callable[[Block], bool]
Column = Any


@dataclass(frozen=True)
class Blocks:
    """Blocks that part some groups among them.

    Takes   all; fit, those of which may be told.
    """

    all: tuple[Block, ...]
    fit: frozenset[Block]

    def tell(self, wanted: Collection[Atom]) -> bool:
        """Whether some groups together are whole blocks, each of which may be told."""
        asked = frozenset(wanted)
        return all(one in self.fit and one <= asked for one in self.all if one & asked)

    def told_of(self, wanted: Block) -> tuple[Block, ...]:
        """The blocks that lie wholly within some groups."""
        return tuple(one for one in self.all if one <= wanted)


def joined(start: Sequence[Block], fits: Fits, near: Callable[[Block, Block], Any]) -> tuple[Block, ...]:
    """Blocks, each of those that do not fit put together with its nearest, until all fit or one is left."""
    blocks = sorted(start, key=_name)
    held: dict[Block, bool] = {}
    while len(blocks) > 1:
        held |= {one: fits(one) for one in blocks if one not in held}
        unfit = [one for one in blocks if not held[one]]
        if not unfit:
            break
        one = min(unfit, key=lambda block: (near(block, block), _name(block)))
        others = [other for other in blocks if other != one]
        other = min(others, key=lambda block: (near(one, block), _name(block)))
        blocks = sorted([*(left for left in others if left != other), one | other], key=_name)
    return tuple(blocks)


def _name(block: Block) -> Any:
    return sorted(tuple((part is None, part or "") for part in atom) for atom in block)


def nearest(counts: Mapping[Atom, int], weight: int) -> Callable[[Block, Block], Any]:
    """How near another block is: of the same first name (a district) before another; of the smallest; then the smaller.

    Takes   weight, how many of the names an atom begins with are tried, the first before the second.
    """
    whole: dict[tuple[int, str | None], int] = {}
    for atom, count in counts.items():
        for place in range(min(weight, len(atom))):
            whole[place, atom[place]] = whole.get((place, atom[place]), 0) + count

    def near(one: Block, other: Block) -> Any:
        size = sum(counts[atom] for atom in other)
        if not weight:
            return (size,)
        apart = [not {atom[place] for atom in one} & {atom[place] for atom in other} for place in _places(one, weight)]
        first = {atom[0] for atom in other}
        return (apart, sum(whole[0, name] for name in first), size)

    return near


def _places(block: Block, weight: int) -> range:
    return range(min(weight, len(next(iter(block)))))


@dataclass(frozen=True)
class Crossed:
    """Counts of groups parted by something else, beside what is known of each group as a whole.

    Takes   sheets, each a mapping of atom and column to a count: in each the columns add up to what is known already;
            known, the blocks of which that is told; columns, which are told of only together; cells, every group that a
            reader could ask for; largest, up to which a count is small.
    """

    sheets: Sequence[Mapping[Atom, Mapping[Column, int]]]
    known: Blocks
    columns: Sequence[frozenset[Column]]
    cells: Collection[Block]
    largest: int

    def blocks(self, near: Callable[[Block, Block], Any]) -> Blocks:
        """The fewest groups put together so that nothing small can be found from both."""
        found = joined(self.known.all, lambda block: self._large(block) and self._unknown(block), near)
        whole = all(one in self.known.fit for one in self.known.all)
        return Blocks(found, frozenset(one for one in found if whole and self._large(one)))

    def _large(self, block: Block) -> bool:
        """Whether nobody, or more than a few, are in each column."""
        totals = (self._sum(sheet, block, column) for sheet in self.sheets for column in self.columns)
        return all(not total or total > self.largest for total in totals)

    def _unknown(self, block: Block) -> bool:
        """Whether each small part of the block could still be nought, for all that is known of rows and columns."""
        for sheet in self.sheets:
            totals = {column: self._sum(sheet, block, column) for column in self.columns}
            whole = sum(totals.values())
            for cell, column in self._small[id(sheet)]:
                inside = cell & block
                if inside and inside != block:
                    known = [atom for one in self.known.told_of(inside) for atom in one]
                    if sum(sum(sheet[atom].values()) for atom in known) + totals[column] > whole:
                        return False
        return True

    @cached_property
    def _small(self) -> dict[int, list[tuple[Block, frozenset[Column]]]]:
        """In each sheet the small counts. A column that is told of only with others may be nought whatever is known."""
        alone = [column for column in self.columns if len(column) == 1]
        return {
            id(sheet): [
                (cell, column)
                for cell in self.cells
                for column in alone
                if 0 < self._sum(sheet, cell, column) <= self.largest
            ]
            for sheet in self.sheets
        }

    @staticmethod
    def _sum(sheet: Mapping[Atom, Mapping[Column, int]], block: Block, column: frozenset[Column]) -> int:
        return sum(sheet[atom].get(one, 0) for atom in block for one in column)


def large_blocks(counts: Mapping[Atom, int], largest: int, near: Callable[[Block, Block], Any]) -> Blocks:
    """Groups put together until each block is of more than a few. A group of nobody stands in none."""

    def large(block: Block) -> bool:
        return sum(counts[atom] for atom in block) > largest

    found = joined([frozenset({atom}) for atom, count in counts.items() if count], large, near)
    return Blocks(found, frozenset(one for one in found if large(one)))
