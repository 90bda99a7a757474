"""How long after it happened a thing was recorded, where the source says when it was typed in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import quantiles


def lag_quartiles(lags: Sequence[int]) -> tuple[int, ...]:
    """The lower quartile, the median and the upper quartile of lags in days; empty when none is known."""
    if not lags:
        return ()
    if len(lags) == 1:
        return (lags[0],) * 3
    return tuple(round(value) for value in quantiles(lags, n=4, method="inclusive"))


def known_and_unknown(lags: Iterable[int | None]) -> tuple[list[int], int]:
    """The lags that are known, and how many are not. Not known is never counted as late, nor as none."""
    found = list(lags)
    known = [lag for lag in found if lag is not None]
    return known, len(found) - len(known)
