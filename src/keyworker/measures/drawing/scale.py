"""Round numbers along an axis, and where a figure falls on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, log10


@dataclass(frozen=True)
class Scale:
    """Figures to points along one line; `last` may lie before `first`, as it does going up.

    Takes   low and high, the figures at the ends; step, between ticks.
    """

    low: float
    high: float
    step: float
    first: float
    last: float

    def at(self, value: float) -> float:
        """The point at which a figure lies."""
        return self.first + (value - self.low) / (self.high - self.low) * (self.last - self.first)

    @property
    def ticks(self) -> list[float]:
        """The round figures to be named, low to high."""
        return [self.low + number * self.step for number in range(round((self.high - self.low) / self.step) + 1)]

    def says(self, value: float) -> str:
        """A figure with as many places as the ticks have."""
        return said(value, places(self.step))


def places(step: float) -> int:
    """How many decimal places tell ticks apart."""
    return max(0, -floor(log10(step) + 1e-9))


def said(value: float, decimals: int) -> str:
    """A figure in words, never a nought with a minus sign."""
    rounded = f"{value:,.{decimals}f}"
    return rounded.lstrip("-") if float(rounded.replace(",", "")) == 0 else rounded


def scale(values: Iterable[float], first: float, last: float, *, most: int = 5, floor_at: float | None = None) -> Scale:
    """A scale of round numbers that holds every value.

    Takes   most, about how many steps; floor_at, a figure that the axis never goes below, such as nought.
    """
    known = list(values) or [0.0, 1.0]
    low, high = min(known), max(known)
    if floor_at is not None:
        low = max(low, floor_at)
    if low >= 0 and low < 0.5 * high:
        low = 0.0
    if high <= low:
        low, high = (low - 1, high + 1) if low else (0.0, 1.0)
    step = _round(high - low, most)
    return Scale(floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step, step, first, last)


def _round(span: float, most: int) -> float:
    rough = span / most
    size = 10.0 ** floor(log10(rough))
    return next(size * one for one in (1, 2, 5, 10) if size * one >= rough * (1 - 1e-9))
