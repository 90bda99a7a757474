"""Laney's correction: how much more points vary from month to month than their bases alone would make them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from keyworker.measures.charts.limits import Setting, mean, setting_ranges
from keyworker.measures.charts.rules import Figure

D2 = 1.128
"""The mean range of two standard normal values, as the published tables round it."""


def sigma_of(section: Setting, centre: Fraction, deviations: Sequence[float | None]) -> float | None:
    """The mean moving range of z over 1.128, from the points that set the limits; None where there is no range."""
    z: list[Figure | None] = [
        None if value is None or not deviation else (float(value) - float(centre)) / deviation
        for value, deviation in zip(section.values, deviations, strict=True)
    ]
    ranges = setting_ranges(z, section.sets)
    return float(mean(ranges)) / D2 if ranges else None
