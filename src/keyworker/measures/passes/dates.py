"""A series of dates as bits of whole numbers, so that one pass over the spans answers for all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

BITS = 60
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Dates:
    """The dates of a series, in order and each once.

    The n-th date is the n-th bit; beyond 60 dates a second number follows, and so on. A day stands for the power of
    two of the first date on or after it, so that the bits of a span are the power at its end less that at its start.
    """

    days: tuple[date, ...]

    @property
    def first(self) -> date:
        """The first date asked about."""
        return self.days[0]

    @property
    def last(self) -> date:
        """The last date asked about."""
        return self.days[-1]

    @property
    def end(self) -> date:
        """The day after the last: where spans that go on are cut."""
        return self.last + DAY

    @cached_property
    def words(self) -> range:
        """The numbers that hold the bits."""
        return range((len(self.days) + BITS - 1) // BITS)

    def held(self, word: int) -> int:
        """How many dates one of the numbers holds."""
        return min(BITS, len(self.days) - word * BITS)

    @cached_property
    def places(self) -> list[tuple[int, int, date]]:
        """For each date the number and the bit that stand for it."""
        return [(place // BITS, place % BITS, day) for place, day in enumerate(self.days)]

    def table(self) -> dict[str, list[date] | list[int]]:
        """Each day from the first date to the day after the last, with its power of two in each number."""
        days = [self.first + DAY * count for count in range((self.end - self.first).days + 1)]
        places = [bisect_left(self.days, day) for day in days]
        powers: dict[str, list[date] | list[int]] = {"day": days}
        for word in self.words:
            held = self.held(word)
            powers[f"up{word}"] = [1 << min(max(place - word * BITS, 0), held) for place in places]
        return powers


def dates(days: Sequence[date]) -> Dates:
    """The dates of a series, each once, in order. Raises ValueError when there is none."""
    if not days:
        raise ValueError("a measure needs at least one date")
    return Dates(tuple(sorted(set(days))))
