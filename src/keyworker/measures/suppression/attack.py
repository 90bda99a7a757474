"""What anyone can work out of a suppressed cell from everything that is shown, by integer linear programming."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import numpy as np

from keyworker.measures.suppression.ranges import Range
from keyworker.measures.suppression.release import Release
from keyworker.measures.suppression.system import Bounds, Counts, System, seen, system
from keyworker.measures.suppression.table import Cell
from keyworker.vocabulary.late import Late

if TYPE_CHECKING:
    from scipy import optimize
else:
    optimize = Late("scipy.optimize")


def attack(release: Release, *, earlier: Sequence[Release] = (), knowing: Collection[Cell] = ()) -> dict[Cell, Range]:
    """Between which counts each suppressed cell is known to lie, to whoever sees all this and knows those cells too."""
    equations = system([release.table, *(one.table for one in earlier)])
    counts = release.table.counts
    bounds = seen(equations, [release, *earlier]).knowing(equations.at(knowing, counts), equations.counts)
    left = [cell for cell in release.suppressed if cell not in set(knowing)]
    return {cell: could_be(equations, bounds, equations.places[(cell, counts[cell])]) for cell in left}


def could_be(equations: System, bounds: Bounds, place: int) -> Range:
    """The whole numbers that one number could be, over every table that fits what is known."""
    return range_of(equations, place, *extremes(equations, bounds, place))


def range_of(equations: System, place: int, lowest: Counts, highest: Counts) -> Range:
    """From the lowest to the highest that one number is in two tables."""
    high = int(highest[place])
    return Range(int(lowest[place]), None if high > _far(equations) / 2 else high)


def extremes(equations: System, bounds: Bounds, place: int) -> tuple[Counts, Counts]:
    """Two tables that fit what is known: in one a number is as low as it could be, in the other as high."""
    if bounds.low[place] == bounds.high[place]:
        return equations.counts, equations.counts
    box = optimize.Bounds(bounds.low, np.minimum(bounds.high, _far(equations)))
    return _end(equations, box, place, 1.0), _end(equations, box, place, -1.0)


def _far(equations: System) -> float:
    """Far beyond every count: it stands for no bound at all, which would make a solver's answer hard to trust."""
    return float(2 * equations.counts.max(initial=0) + 1000)


def _end(equations: System, box: optimize.Bounds, place: int, sign: float) -> Counts:
    aim = np.zeros(len(equations.numbers))
    aim[place] = sign
    held = [optimize.LinearConstraint(equations.sums, 0, 0)] if equations.sums.shape[0] else []
    found = optimize.milp(
        aim, constraints=held, bounds=box, integrality=np.ones(len(equations.numbers), dtype=np.int64)
    )
    if found.x is None:
        raise RuntimeError(f"the attack on a table did not finish: {found.message}")
    return np.rint(found.x)
