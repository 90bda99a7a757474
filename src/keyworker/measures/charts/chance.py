"""How often a chart cries wolf: signals that come by chance alone, by how many points it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from keyworker.measures.charts.limits import FEWEST
from keyworker.measures.charts.rules import MAKING_DATA_COUNT, Rules
from keyworker.measures.charts.words import Signal
from keyworker.measures.intervals import Interval, wilson

RUNS, SEED = 20_000, 20_260_101

Flags = NDArray[np.bool_]
Values = NDArray[np.float64]


@dataclass(frozen=True)
class ByChance:
    """The share of charts with nothing going on that have a signal, by rule and by any of them.

    Takes   points; runs and seed of the simulation; follows, the autocorrelation that it gave the points.
    """

    points: int
    by_rule: Mapping[Signal, float]
    any_rule: float
    interval: Interval
    runs: int
    seed: int
    follows: float

    def expected(self, charts: int) -> float:
        """How many of so many charts would have a signal by chance."""
        return charts * self.any_rule


@lru_cache(maxsize=64)
def by_chance(
    points: int, rules: Rules = MAKING_DATA_COUNT, *, follows: float = 0.0, runs: int = RUNS, seed: int = SEED
) -> ByChance:
    """The share of charts of so many points that would have a signal though nothing happened.

    Takes   follows, how far each point follows the one before (0 for chance alone, towards 1 for a stock).
    Gives   shares by simulation, the same for the same seed, with the interval of the number of runs.
    """
    values = _made(points, follows, runs, np.random.default_rng(seed))
    found = {rule: flags.any(axis=1) for rule, flags in _flags(values, rules).items() if rule in rules.used}
    hits = int(np.logical_or.reduce(list(found.values())).sum()) if found else 0
    interval = wilson(hits, runs)
    assert isinstance(interval, Interval)
    return ByChance(
        points, {rule: float(one.mean()) for rule, one in found.items()}, hits / runs, interval, runs, seed, follows
    )


def _made(points: int, follows: float, runs: int, source: np.random.Generator) -> Values:
    steps = source.standard_normal((runs, max(points, FEWEST)))
    for at in range(1, steps.shape[1]):
        steps[:, at] = follows * steps[:, at - 1] + np.sqrt(1 - follows**2) * steps[:, at]
    return steps


def _flags(values: Values, rules: Rules) -> dict[Signal, Flags]:
    """The four rules of `rules.signals`, for many charts at once; floats, where ties have no probability."""
    mean = values.mean(axis=1, keepdims=True)
    ranges = np.abs(np.diff(values, axis=1))
    whole = ranges.mean(axis=1, keepdims=True)
    kept = ranges < 3.267 * whole if rules.screened else np.ones_like(ranges, dtype=bool)
    reach = 2.66 * (ranges * kept).sum(axis=1, keepdims=True) / kept.sum(axis=1, keepdims=True)
    apart = values - mean
    outside = np.abs(apart) > reach
    near = ~outside & (np.abs(apart) > reach * 2 / 3)
    side = np.sign(apart)
    trend = np.sign(np.diff(values, axis=1))
    return {
        Signal.OUTSIDE: outside,
        Signal.TREND: _run(trend, rules.trend - 1),
        Signal.TWO_OF_THREE: _two_of_three(near, side),
        Signal.SHIFT: _run(side, rules.shift),
    }


def _run(side: Values, length: int) -> Flags:
    if side.shape[1] < length:
        return np.zeros_like(side, dtype=bool)
    windows = np.lib.stride_tricks.sliding_window_view(side, length, axis=1).sum(axis=2)
    return np.asarray(np.abs(windows) == length)


def _two_of_three(near: Flags, side: Values) -> Flags:
    three = np.lib.stride_tricks.sliding_window_view
    return np.asarray((three(near, 3, axis=1).sum(axis=2) >= 2) & (np.abs(three(side, 3, axis=1).sum(axis=2)) == 3))
