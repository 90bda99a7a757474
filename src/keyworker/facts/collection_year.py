"""The year that a statutory return speaks for: 1 April to 31 March, named by the year in which it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class CollectionYear:
    """1 April to 31 March, named by the year in which it ends."""

    ends: int

    @property
    def first(self) -> date:
        """1 April."""
        return date(self.ends - 1, 4, 1)

    @property
    def last(self) -> date:
        """31 March."""
        return date(self.ends, 3, 31)

    @property
    def after(self) -> date:
        """The first day that it no longer holds."""
        return date(self.ends, 4, 1)


def year_of(day: date) -> CollectionYear:
    """The year, 1 April to 31 March, in which a day lies."""
    return CollectionYear(day.year + (1 if (day.month, day.day) >= (4, 1) else 0))
