"""The four rules by which a point is more than usual variation, each computed within one section of a chart.

Source: NHS England, Making Data Count, as its R package computes them. A missing point is on neither side: it breaks
every run, because nobody knows on which side it would have lain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from keyworker.measures.charts.words import Side, Signal
from keyworker.vocabulary.errors import KeyworkerError

ALL_RULES = (Signal.OUTSIDE, Signal.TREND, Signal.TWO_OF_THREE, Signal.SHIFT)

Figure = Fraction | float


@dataclass(frozen=True)
class Rules:
    """Which rules a chart uses, and how long a run must be; printed on the chart.

    Takes   shift and trend, points in a row (some material says 8 and 6); screened, whether moving ranges that are
            themselves out of line are dropped once before they set the limits.
    """

    shift: int = 7
    trend: int = 7
    screened: bool = True
    used: tuple[Signal, ...] = ALL_RULES

    def __post_init__(self) -> None:
        if self.shift < 2 or self.trend < 2:
            raise KeyworkerError("A run is of two points or more.", remedy="Use 7 unless your partners use another.")


MAKING_DATA_COUNT = Rules()


@dataclass(frozen=True)
class Bounds:
    """The limits at one point, and the two thirds beyond which a point is near them; None where there is no limit."""

    lower: Figure | None
    upper: Figure | None
    near_lower: Figure | None
    near_upper: Figure | None


NO_BOUNDS = Bounds(None, None, None, None)


def sides(values: Sequence[Figure | None], centre: Figure | None) -> list[int]:
    """On which side of the centre each point lies: 1 above, -1 below, 0 on it or missing."""
    if centre is None:
        return [0] * len(values)
    return [0 if value is None else (value > centre) - (value < centre) for value in values]


def shift_ends(side: Sequence[int], length: int = 7) -> list[int]:
    """Where a run of points on one side is long enough: the side, at each point that ends such a run."""
    found, run = [], 0
    for before, now in zip([0, *side], side, strict=False):
        run = run + 1 if now and now == before else abs(now)
        found.append(now if run >= length else 0)
    return found


def trend_ends(values: Sequence[Figure | None], length: int = 7) -> list[int]:
    """Where points rise or fall long enough: 1 or -1 at each point that ends a trend. A tie breaks it."""
    steps = [
        0 if before is None or now is None else (now > before) - (now < before) for before, now in pairwise(values)
    ]
    return [0, *shift_ends(steps, length - 1)] if values else []


def whole_run(ends: Sequence[int], length: int) -> list[int]:
    """Each point of a run that ends at or after it, not only the point that completes it."""
    found = [0] * len(ends)
    for at, direction in enumerate(ends):
        if direction:
            found[at - length + 1 : at + 1] = [direction] * length
    return found


def in_window(near: Sequence[bool], side: Sequence[int]) -> list[bool]:
    """Each point within three in a row that are all on one side and of which at least two are near the limit."""
    found = [False] * len(near)
    for at in range(len(near) - 2):
        if sum(near[at : at + 3]) >= 2 and abs(sum(side[at : at + 3])) == 3:
            found[at : at + 3] = [True] * 3
    return found


def signals(
    values: Sequence[Figure | None], centre: Figure | None, bounds: Sequence[Bounds], rules: Rules
) -> list[dict[Signal, Side]]:
    """Every rule that each point meets, and on which side, the winning one first."""
    side = sides(values, centre)
    outside = [_outside(value, one) for value, one in zip(values, bounds, strict=True)]
    near = [not out and _near(value, one) for out, value, one in zip(outside, values, bounds, strict=True)]
    window = in_window(near, side)
    by_rule = {
        Signal.OUTSIDE: outside,
        Signal.TREND: whole_run(trend_ends(values, rules.trend), rules.trend),
        Signal.TWO_OF_THREE: [
            at if close and three else 0 for at, close, three in zip(side, near, window, strict=True)
        ],
        Signal.SHIFT: whole_run(shift_ends(side, rules.shift), rules.shift),
    }
    return [
        {
            rule: Side.HIGH if by_rule[rule][at] > 0 else Side.LOW
            for rule in Signal
            if rule in rules.used and by_rule[rule][at]
        }
        for at in range(len(values))
    ]


def _outside(value: Figure | None, bounds: Bounds) -> int:
    """1 strictly above the upper limit, -1 strictly below the lower, else 0: a point on a limit is inside it."""
    if value is None:
        return 0
    above = bounds.upper is not None and value > bounds.upper
    below = bounds.lower is not None and value < bounds.lower
    return above - below


def _near(value: Figure | None, bounds: Bounds) -> bool:
    if value is None:
        return False
    above = bounds.near_upper is not None and value > bounds.near_upper
    return above or (bounds.near_lower is not None and value < bounds.near_lower)
