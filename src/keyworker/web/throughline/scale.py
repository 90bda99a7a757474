"""Where a day falls along the picture, and which days are ticked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property


@dataclass(frozen=True)
class Scale:
    """Days to points along one line; `backwards` puts the latest day first.

    Takes   from_on, to_on (exclusive); start and length in points.
    """

    from_on: date
    to_on: date
    start: float
    length: float
    backwards: bool = False

    @cached_property
    def per_day(self) -> float:
        """Points a day."""
        return self.length / max((self.to_on - self.from_on).days, 1)

    def at(self, day: date) -> float:
        """The point at which a day begins, held inside the picture."""
        share = ((day - self.from_on).days) * self.per_day
        share = min(max(share, 0.0), self.length)
        return round(self.start + (self.length - share if self.backwards else share), 1)

    def middle(self, day: date) -> float:
        """The point at the middle of a day."""
        half = self.per_day / 2
        edge = self.at(day)
        far = self.start if self.backwards else self.start + self.length
        return round(max(edge - half, far) if self.backwards else min(edge + half, far), 1)

    def span(self, from_on: date, to_on: date) -> tuple[float, float]:
        """The first point and the length of a stretch of days."""
        one, other = self.at(from_on), self.at(to_on)
        return min(one, other), round(abs(other - one), 1)


@dataclass(frozen=True)
class Tick:
    """One ticked day: its words, and whether it opens a year."""

    on: date
    says: str
    opens_year: bool


def ticks(scale: Scale, room: float) -> list[Tick]:
    """The months (or quarters, or years) that open inside the picture, no closer than `room` points."""
    step = next((months for months in (1, 3, 6, 12) if months * 30.4 * scale.per_day >= room), 12)
    day = date(scale.from_on.year, 1, 1)
    found = []
    while day < scale.to_on:
        if day >= scale.from_on:
            says = (
                f"{day:%b} {day.year}" if day.month == 1 and step < 12 else str(day.year) if step == 12 else f"{day:%b}"
            )
            found.append(Tick(day, says, day.month == 1))
        day = _months_on(day, step)
    return found


def _months_on(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)
