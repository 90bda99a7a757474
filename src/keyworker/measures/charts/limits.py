"""The points that set a section's limits, and what a chart's own formula makes of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from keyworker.measures.about import CannotTell
from keyworker.measures.charts.rules import NO_BOUNDS, Bounds, Figure

FEWEST, FIRM = 5, 12
"""Fewer points than the first set no limits; fewer than the second set trial limits."""

ROOM = Fraction(266, 100)
"""Three standard deviations over 1.128, rounded as the published rules round it."""

SCREEN = Fraction(3267, 1000)
"""A moving range not below this many times their mean is out of line."""


@dataclass(frozen=True)
class Setting:
    """The points of one section: all their values, and which of them set the limits."""

    values: tuple[Figure | None, ...]
    numerators: tuple[Fraction | None, ...]
    denominators: tuple[Fraction | None, ...]
    sets: tuple[bool, ...]
    per: int

    @property
    def setting(self) -> list[Figure]:
        """The values that set the limits."""
        return [value for value, sets in zip(self.values, self.sets, strict=True) if sets and value is not None]

    def pooled(self) -> Fraction:
        """All numerators over all denominators of the points that set the limits."""
        used = [at for at, sets in enumerate(self.sets) if sets and self.values[at] is not None]
        tops = sum((self.numerators[at] or Fraction(0) for at in used), Fraction(0))
        return tops / sum((self.denominators[at] or Fraction(0) for at in used), Fraction(0))


@dataclass(frozen=True)
class Limited:
    """What a formula makes of a section: its centre, the limits at each point, and what else the chart shows."""

    centre: Figure | None
    bounds: tuple[Bounds, ...]
    cannot: CannotTell | None = None
    mean_moving_range: Figure | None = None
    sigma_z: float | None = None


def without_limits(section: Setting, centre: Figure | None, why: str, sigma_z: float | None = None) -> Limited:
    """A section that has a line and perhaps a centre, but no limits, and why."""
    return Limited(centre, (NO_BOUNDS,) * len(section.values), CannotTell(why), sigma_z=sigma_z)


def moving_ranges(values: Sequence[Figure | None]) -> list[Figure | None]:
    """The size of each step from the point before; None for the first, and beside a missing point."""
    found: list[Figure | None] = [None] if values else []
    for before, now in itertools.pairwise(values):
        step = None if before is None or now is None else now - before
        found.append(-step if step is not None and step < 0 else step)
    return found


def setting_ranges(values: Sequence[Figure | None], sets: Sequence[bool]) -> list[Figure]:
    """The moving ranges between neighbours that both set the limits."""
    kept = [value if one else None for value, one in zip(values, sets, strict=True)]
    return [size for size in moving_ranges(kept) if size is not None]


def mean_range(ranges: Sequence[Figure], screened: bool) -> Figure | None:
    """The mean moving range; screened, those not below 3.267 times the mean are dropped once and the rest averaged."""
    if not ranges:
        return None
    whole = mean(ranges)
    kept = [size for size in ranges if size < SCREEN * whole] if screened else ranges
    return mean(kept) if kept else Fraction(0)


def mean(values: Iterable[Figure]) -> Figure:
    """The mean of what is surely there; exact for fractions."""
    found = list(values)
    total: Figure = sum(found, Fraction(0))
    return total / len(found)


def cut(bounds: Bounds, floor: Figure, ceiling: Figure | None = None) -> Bounds:
    """Limits that do not pass what the figure can be; where a limit is cut, points near it are judged by the uncut."""
    lower = None if bounds.lower is None else max(bounds.lower, floor)
    upper = bounds.upper if bounds.upper is None or ceiling is None else min(bounds.upper, ceiling)
    return Bounds(lower, upper, bounds.near_lower, bounds.near_upper)


def around(centre: Figure, reach: Figure) -> Bounds:
    """Limits at one distance on both sides, and the two thirds of it."""
    return Bounds(centre - reach, centre + reach, centre - reach * 2 / 3, centre + reach * 2 / 3)
