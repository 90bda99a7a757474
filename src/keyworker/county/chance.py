"""Drawing lots so that a small county and a large one both meet their figures.

Every part of a life draws from a stream of its own, named and seeded, so that adding a draw to one part
leaves every other part as it was.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Chance:
    """The source of every random choice of one block of the county: the same seed gives the same county."""

    seed: int
    block: int = 0

    def stream(self, name: str) -> np.random.Generator:
        """A generator of its own for one named purpose."""
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence([self.seed, self.block, _number(name)])))


def whole(amount: float, rng: np.random.Generator) -> int:
    """A whole number whose average is the amount: 2.3 gives 2 seven times in ten and 3 three times."""
    return int(np.floor(amount + rng.random())) if amount > 0 else 0


def spread(shares: Sequence[float] | Floats, count: int, rng: np.random.Generator) -> Ints:
    """A category for each of `count` things, in the given shares as exactly as whole numbers allow, in random order."""
    weights = np.asarray(shares, dtype=np.float64)
    edges = np.cumsum(weights) / max(weights.sum(), 1e-12)
    points = (rng.permutation(count) + rng.random()) / max(count, 1)
    return np.minimum(np.searchsorted(edges, points, side="right"), len(weights) - 1).astype(np.int64)


def choose(weights: Floats, sizes: Ints, quota: int, rng: np.random.Generator) -> Ints:
    """Positions drawn without return, likelier where the weight is larger, until their sizes fill the quota.

    The last one that would overfill is passed over for the next that fits, so that the quota is met
    exactly wherever a single is at hand. A weight of nought is never drawn.
    """
    possible = np.flatnonzero(weights > 0)
    if quota <= 0 or not len(possible):
        return np.zeros(0, dtype=np.int64)
    keys = np.log(weights[possible]) + rng.gumbel(size=len(possible))
    order = possible[np.argsort(-keys, kind="stable")]
    filled = np.cumsum(sizes[order])
    fits = int(np.searchsorted(filled, quota, side="right"))
    taken = order[:fits]
    short = quota - (int(filled[fits - 1]) if fits else 0)
    if short and fits < len(order):
        rest = order[fits:]
        small = np.flatnonzero(np.cumsum(np.where(sizes[rest] == 1, 1, 0)) <= short)
        taken = np.concatenate([taken, rest[small][sizes[rest[small]] == 1]])
    return taken


def between(low: Ints, high: Ints, rng: np.random.Generator) -> Ints:
    """A whole number in each closed-open range; the low end where the range is empty."""
    width = np.maximum(high - low, 1)
    return low + (rng.random(len(low)) * width).astype(np.int64)


def begins_run(*columns: Ints) -> Bools:
    """Where any of the columns differs from the row before; the first row always does."""
    new = np.zeros(len(columns[0]), dtype=bool)
    new[:1] = True
    for column in columns:
        new[1:] |= column[1:] != column[:-1]
    return new


def columns(rows: Sequence[Sequence[int]], width: int) -> list[Ints]:
    """Rows of whole numbers as columns; that many empty ones where there are no rows."""
    table = np.array(rows, dtype=np.int64).reshape(-1, width)
    return [table[:, place] for place in range(width)]


def _number(name: str) -> int:
    return zlib.crc32(name.encode())
