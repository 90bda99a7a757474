"""Which further cells to suppress, so that every suppressed cell stays as unknown as its rule demands.

For each need two other tables are found that fit all that is shown: in one the cell is low enough, in the other high
enough. A cell that differs from the truth in either must be suppressed; the least costly choice of such cells is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from keyworker.measures.suppression.system import Bounds, Counts, System
from keyworker.vocabulary.late import Late

if TYPE_CHECKING:
    from scipy import optimize, sparse
else:
    optimize, sparse = Late("scipy.optimize"), Late("scipy.sparse")

Flags = NDArray[np.bool_]

LARGEST = 4_000
"""So many unknowns are solved at once, for the least that can be suppressed; above it one need after another."""


@dataclass(frozen=True)
class Need:
    """What must stay possible for one number.

    Takes   low and high, counts that must both be possible; or width, how far apart two possible counts must lie, for a
            cell that is suppressed only for the sake of another; knowing, what one reader knows besides what is shown.
    """

    place: int
    low: int
    high: int
    width: int = 0
    knowing: tuple[int, ...] = ()


@dataclass(frozen=True)
class Choice:
    """What can be chosen.

    Takes   known, what is known of each number whatever is chosen; shown, what is known of it if it is shown now; may,
            which numbers may be suppressed; cost, of suppressing each.
    """

    known: Bounds
    shown: Bounds
    may: Flags
    cost: Counts


class Witnesses:
    """Other tables that fit all that is shown. What fits goes on fitting when more is suppressed, so none is lost."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts
        self._tables = counts[np.newaxis]

    def add(self, *tables: Counts) -> None:
        """More tables that fit."""
        self._tables = np.vstack([self._tables, *tables])

    def meet(self, need: Need) -> bool:
        """Whether two of them show that a need is met. If none do, it may be met all the same."""
        fit = self._tables
        if need.knowing:
            known = list(need.knowing)
            fit = fit[(fit[:, known] == self._counts[known]).all(axis=1)]
        low, high = fit[:, need.place].min(), fit[:, need.place].max()
        return bool(high - low >= need.width) if need.width else bool(low <= need.low and high >= need.high)


def suppress_more(
    equations: System, suppressed: Flags, choice: Choice, needs: Sequence[Need], fitting: Witnesses
) -> Flags:
    """The numbers to be suppressed in all, meeting every need that can be met; what shows it goes to `fitting`."""
    unknowns = len(equations.numbers) * (2 * len(needs) + 1)
    if len(needs) > 1 and unknowns <= LARGEST:
        together = _solved(equations, suppressed, choice, needs, fitting)
        if together is not None:
            return together
    for need in needs:
        found = None if fitting.meet(need) else _solved(equations, suppressed, choice, [need], fitting)
        suppressed = suppressed if found is None else found
    return suppressed


def _solved(
    equations: System, suppressed: Flags, choice: Choice, needs: Sequence[Need], fitting: Witnesses
) -> Flags | None:
    """The least costly suppression that meets all these needs at once; None where there is none."""
    n, copies = len(equations.numbers), 2 * len(needs)
    reach = 4.0 * max(need.high + need.width for need in needs) + 4
    price = np.where(suppressed, 0.0, choice.cost)
    least, most = np.zeros(n * (copies + 1)), np.ones(n * (copies + 1))
    least[:n], most[:n] = suppressed, suppressed | choice.may
    for copy in range(copies):
        ends = _apart(equations, choice.known, needs[copy // 2], reach, bool(copy % 2))
        if (ends.low > ends.high).any():
            return None
        here = slice(n * (copy + 1), n * (copy + 2))
        least[here], most[here] = ends.low, ends.high
    found = optimize.milp(
        np.concatenate([price, np.zeros(n * copies)]),
        constraints=[
            *_sums_hold(equations, copies),
            *_as_shown(equations, choice, reach, copies),
            *_wide_enough(n, needs),
        ],
        bounds=optimize.Bounds(least, most),
        integrality=np.ones(n * (copies + 1), dtype=np.int64),
    )
    if found.status == 2:  # infeasible
        return None
    if found.x is None:
        raise RuntimeError(f"the suppression of a table did not finish: {found.message}")
    chosen = np.rint(found.x).reshape(copies + 1, n)
    fitting.add(chosen[1:] + equations.counts)
    return np.asarray(chosen[0] > 0)


def _apart(equations: System, known: Bounds, need: Need, reach: float, upper: bool) -> Bounds:
    """How far each number of one other table may lie from the truth."""
    counts = equations.counts
    inside = known.knowing(need.knowing, counts)
    down, up = np.maximum(inside.low - counts, -reach), np.minimum(inside.high - counts, reach)
    if not need.width:
        apart = (need.high if upper else need.low) - counts[need.place]
        if upper:
            down[need.place] = max(down[need.place], apart)
        else:
            up[need.place] = min(up[need.place], apart)
    return Bounds(down, up)


def _beside(first: sparse.csr_array, block: sparse.csr_array, copies: int) -> sparse.csr_array:
    """The rows of one constraint for every copy: what it says of the choice, and of that copy alone."""
    left = sparse.kron(np.ones((copies, 1)), first)
    return sparse.csr_array(sparse.block_array([[left, sparse.kron(sparse.eye_array(copies), block)]]))


def _sums_hold(equations: System, copies: int) -> list[optimize.LinearConstraint]:
    """In every other table every sum holds: the differences from the truth add up to nought."""
    rows, n = equations.sums.shape
    return (
        [optimize.LinearConstraint(_beside(sparse.csr_array((rows, n)), equations.sums, copies), 0, 0)] if rows else []
    )


def _as_shown(equations: System, choice: Choice, reach: float, copies: int) -> list[optimize.LinearConstraint]:
    """A number differs from the truth by no more than it is shown to, unless it is suppressed."""
    counts, one = equations.counts, sparse.csr_array(sparse.eye_array(len(equations.numbers)))
    up, down = np.minimum(choice.shown.high - counts, reach), np.maximum(choice.shown.low - counts, -reach)
    above = _beside(sparse.csr_array(sparse.diags_array(up - reach)), one, copies)
    below = _beside(sparse.csr_array(sparse.diags_array(down + reach)), one, copies)
    return [
        optimize.LinearConstraint(above, -np.inf, np.tile(up, copies)),
        optimize.LinearConstraint(below, np.tile(down, copies), np.inf),
    ]


def _wide_enough(n: int, needs: Sequence[Need]) -> list[optimize.LinearConstraint]:
    """The two tables of a need lie so far apart at its number."""
    wide = [(at, need) for at, need in enumerate(needs) if need.width]
    if not wide:
        return []
    upper = [n * (2 * at + 2) + need.place for at, need in wide]
    lower = [n * (2 * at + 1) + need.place for at, need in wide]
    rows, signs = [*range(len(wide))] * 2, [1.0] * len(wide) + [-1.0] * len(wide)
    block = sparse.csr_array(
        sparse.coo_array((signs, (rows, upper + lower)), shape=(len(wide), n * (2 * len(needs) + 1)))
    )
    return [optimize.LinearConstraint(block, [need.width for _, need in wide], np.inf)]
