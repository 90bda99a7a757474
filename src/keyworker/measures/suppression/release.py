"""What is shown of a table to one kind of reader, and why the rest is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from keyworker.measures.about import About
from keyworker.measures.suppression.ranges import Range
from keyworker.measures.suppression.rounding import between, nearest, per_cent
from keyworker.measures.suppression.rule import Rule, Symbol, Why
from keyworker.measures.suppression.table import Cell, Table


@dataclass(frozen=True)
class Exposed:
    """A cell that suppression can no longer protect, because of what was shown before or what the reader knows."""

    cell: Cell
    could_be: Range


@dataclass(frozen=True)
class Release:
    """A table as it is shown.

    Takes   suppressed, each cell that is not shown, with why; rounded, cells that are shown to the nearest so many;
            exposed, what could not be protected: do not publish while there is any.
    """

    table: Table
    rule: Rule
    suppressed: Mapping[Cell, Why]
    rounded: Mapping[Cell, int]
    exposed: tuple[Exposed, ...]
    about: About

    def shown(self, cell: Cell) -> int | Symbol:
        """The number that stands in a cell, or what stands in its place."""
        if cell in self.suppressed:
            return Symbol.CONFIDENTIAL
        count, step = self.table.counts[cell], self.rounded.get(cell)
        if step is None:
            return count
        number = nearest(count, step)
        return Symbol.LOW if count and not number else number

    def known_between(self, cell: Cell) -> Range | None:
        """Between which counts a shown cell is known to lie; None where it is suppressed."""
        if cell in self.suppressed:
            return None
        return between(self.table.counts[cell], self.rounded.get(cell))

    def percentage(self, part: Cell, base: Cell) -> float | Symbol:
        """A share to one decimal place, where both its counts are shown as they are: hiding one alone hides nothing."""
        counts = self.table.counts
        if {part, base} & self.suppressed.keys() or {part, base} & self.rounded.keys():
            return Symbol.CONFIDENTIAL
        if not counts[base]:
            return Symbol.NOT_APPLICABLE
        return per_cent(counts[part], counts[base])
