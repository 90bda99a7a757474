"""All that one reader can see, as equations and bounds: the ground on which an attack and a defence are worked out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from keyworker.measures.suppression.release import Release
from keyworker.measures.suppression.table import Cell, Table
from keyworker.vocabulary.late import Late

if TYPE_CHECKING:
    from scipy import sparse
else:
    sparse = Late("scipy.sparse")

Number = tuple[Cell, int]
"""A cell with its count. Where a cell keeps its count from one release to the next it is one number, because whoever
knows that nothing changed there knows both or neither."""

Counts = NDArray[np.float64]


@dataclass(frozen=True)
class System:
    """Numbers and the sums between them, over every table that a reader has seen.

    Takes   numbers, in a fixed order; sums, a row for each: 1 for its total, -1 for its parts, adding to nought.
    """

    numbers: tuple[Number, ...]
    sums: sparse.csr_array

    @cached_property
    def counts(self) -> Counts:
        """The true count of each number."""
        return np.array([count for _, count in self.numbers], dtype=float)

    @cached_property
    def places(self) -> dict[Number, int]:
        """The position of each number."""
        return {number: at for at, number in enumerate(self.numbers)}

    def at(self, cells: Iterable[Cell], counts: Mapping[Cell, int]) -> list[int]:
        """The positions of some cells of one table."""
        return [self.places[(cell, counts[cell])] for cell in cells]


def system(tables: Sequence[Table]) -> System:
    """The equations of all the tables that one reader has seen."""
    numbers = tuple(dict.fromkeys((cell, count) for table in tables for cell, count in table.counts.items()))
    places = {number: at for at, number in enumerate(numbers)}
    equations: dict[tuple[int, tuple[int, ...]], None] = {}
    for table in tables:
        for one in table.sums:
            parts = tuple(sorted(places[(cell, table.counts[cell])] for cell in one.parts))
            equations[(places[(one.total, table.counts[one.total])], parts)] = None
    terms = [
        (row, place, sign)
        for row, (total, parts) in enumerate(equations)
        for place, sign in ((total, 1.0), *((part, -1.0) for part in parts))
    ]
    rows, columns, signs = zip(*terms, strict=True) if terms else ((), (), ())
    return System(
        numbers, sparse.csr_array(sparse.coo_array((signs, (rows, columns)), shape=(len(equations), len(numbers))))
    )


@dataclass(frozen=True)
class Bounds:
    """Between which counts each number is known to lie, before any sum is done; nothing above is infinity."""

    low: Counts
    high: Counts

    def knowing(self, places: Sequence[int], counts: Counts) -> Bounds:
        """The bounds for somebody who also knows some numbers exactly."""
        low, high = self.low.copy(), self.high.copy()
        at = list(places)  # a tuple would be taken for one place in several dimensions
        low[at], high[at] = counts[at], counts[at]
        return Bounds(low, high)


def seen(equations: System, releases: Iterable[Release]) -> Bounds:
    """What releases say of each number: its count, the ends of its rounding, or only that it is nought or more."""
    low, high = np.zeros(len(equations.numbers)), np.full(len(equations.numbers), np.inf)
    for release in releases:
        for cell, count in release.table.counts.items():
            between = release.known_between(cell)
            if between is not None and between.high is not None:
                at = equations.places[(cell, count)]
                low[at], high[at] = max(low[at], between.low), min(high[at], between.high)
    return Bounds(low, high)
