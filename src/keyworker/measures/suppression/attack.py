"""What anyone can work out of a suppressed cell from everything that is shown, by integer linear programming."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from scipy.optimize import Bounds as Box
from scipy.optimize import LinearConstraint, milp

from keyworker.measures.suppression.ranges import Range
from keyworker.measures.suppression.release import Release
from keyworker.measures.suppression.system import Bounds, System, seen, system
from keyworker.measures.suppression.table import Cell


def attack(release: Release, *, earlier: Sequence[Release] = (), knowing: Collection[Cell] = ()) -> dict[Cell, Range]:
    """Between which counts each suppressed cell is known to lie, to whoever sees all this and knows those cells too."""
    equations = system([release.table, *(one.table for one in earlier)])
    counts = release.table.counts
    bounds = seen(equations, [release, *earlier]).knowing(equations.at(knowing, counts), equations.counts)
    left = [cell for cell in release.suppressed if cell not in set(knowing)]
    return {cell: could_be(equations, bounds, equations.places[(cell, counts[cell])]) for cell in left}


def could_be(equations: System, bounds: Bounds, place: int) -> Range:
    """The whole numbers that one number could be, over every table that fits what is known."""
    if bounds.low[place] == bounds.high[place]:
        return Range(int(bounds.low[place]), int(bounds.high[place]))
    # No bound at all makes a solver's answer hard to trust: far beyond every count stands for none.
    far = 2 * equations.counts.max(initial=0) + 1000
    box = Box(bounds.low, np.minimum(bounds.high, far))
    low, high = (_end(equations, box, place, sign) for sign in (1.0, -1.0))
    return Range(low, None if high > far / 2 else high)


def _end(equations: System, box: Box, place: int, sign: float) -> int:
    aim = np.zeros(len(equations.numbers))
    aim[place] = sign
    held = [LinearConstraint(equations.sums, 0, 0)] if equations.sums.shape[0] else []
    found = milp(aim, constraints=held, bounds=box, integrality=np.ones(len(equations.numbers), dtype=np.int64))
    if found.x is None:
        raise RuntimeError(f"the attack on a table did not finish: {found.message}")
    return round(float(found.x[place]))
