"""A figure out of line with its neighbours in time: challenge the series before anyone relies on it."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

TOLERANCE = 0.3
"""How far from the middle of its neighbours a figure may lie, as a share of it, before it is challenged."""


def implausible(series: Sequence[float | None], tolerance: float = TOLERANCE) -> list[int]:
    """The positions whose figure leaps away from its neighbours and whose neighbours agree with one another.

    Takes   figures in time order, None where there is none.
    Gives   positions, from 0. A lasting change of level is not challenged: its neighbours do not agree.
    """
    return [at for at in range(1, len(series) - 1) if _leaps(series, at, tolerance)]


def _leaps(series: Sequence[float | None], at: int, tolerance: float) -> bool:
    value = series[at]
    around = [one for one in (*series[max(0, at - 2) : at], *series[at + 1 : at + 3]) if one is not None]
    before = [one for one in series[max(0, at - 2) : at] if one is not None]
    after = [one for one in series[at + 1 : at + 3] if one is not None]
    if value is None or not before or not after:
        return False
    middle = median(around)
    agree = middle > 0 and abs(median(before) - median(after)) <= tolerance * middle
    return agree and abs(value - middle) > tolerance * middle
