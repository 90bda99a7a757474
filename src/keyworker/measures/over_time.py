"""Counts from day to day: how many stretches were in force on each day, and what that makes of a month."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate

from keyworker.facts.stories import Count

DAY = timedelta(days=1)
Span = tuple[date, date | None]
"""Days from one to another, the second not included; None while it goes on."""


@dataclass(frozen=True)
class Level:
    """A number that holds from each of some days until the next; before the first it is `before`."""

    counts: tuple[Count, ...]
    before: float | None = 0

    def on(self, day: date) -> float | None:
        """The number at the end of a day."""
        return self._number(bisect_right(self._days, day))

    def runs(self, from_on: date, to_on: date) -> list[tuple[date, date, float | None]]:
        """Each stretch of a span on which the number stayed the same."""
        if from_on >= to_on:
            return []
        first, last = bisect_right(self._days, from_on), bisect_left(self._days, to_on)
        days = self._days[first:last]
        numbers = map(self._number, range(first, last + 1))
        return list(zip([from_on, *days], [*days, to_on], numbers, strict=True))

    def most(self, from_on: date, to_on: date) -> float:
        """The largest number of a span; where it is not known it counts for none."""
        return max((count or 0 for _, _, count in self.runs(from_on, to_on)), default=0)

    def _number(self, place: int) -> float | None:
        """The number after so many of the days."""
        return self.counts[place - 1].number if place else self.before

    @cached_property
    def _days(self) -> list[date]:
        return [one.from_on for one in self.counts]


def counted(spans: Iterable[Span]) -> Level:
    """How many of these spans were in force at the end of each day."""
    moves: Counter[date] = Counter()
    for from_on, to_on in spans:
        moves[from_on] += 1
        if to_on is not None:
            moves[to_on] -= 1
    days = sorted(day for day, move in moves.items() if move)
    sums = accumulate(moves[day] for day in days)
    return Level(tuple(Count(day, count) for day, count in zip(days, sums, strict=True)))


def summed(amounts: Iterable[tuple[date, date | None, float | None]]) -> Level:
    """The sum of the amounts in force at the end of each day; not known where none of them is known."""
    held = list(amounts)
    days = sorted({day for from_on, to_on, _ in held for day in (from_on, to_on) if day})
    found: list[Count] = []
    for day in days:
        known = [amount for begun, ended, amount in held if amount is not None and _on(begun, ended, day)]
        total = round(sum(known), 4) if known else None
        if not found or found[-1].number != total:
            found.append(Count(day, total))
    return Level(tuple(found), before=None)


def days_above(level: Level, limit: Level, from_on: date, to_on: date) -> int | None:
    """On how many days of a span a number was above its limit; None where the limit is known on none of them."""
    above, known = 0, False
    for begun, ended, most in limit.runs(from_on, to_on):
        if most is None:
            continue
        known = True
        above += sum((b - a).days for a, b, count in level.runs(begun, ended) if (count or 0) > most)
    return above if known else None


def days_within(spans: Iterable[Span], from_on: date, to_on: date) -> int:
    """How many days of a span at least one of these spans covers."""
    level = counted(spans)
    return sum((ended - begun).days for begun, ended, count in level.runs(from_on, to_on) if count)


def months(from_on: date, at: date) -> list[tuple[date, date]]:
    """The months from one day to another as spans, the last of them up to and with the day.

    Gives   spans whose end is exclusive: its last day is the month's last, or `at`.
    """
    found: list[tuple[date, date]] = []
    day = from_on.replace(day=1)
    while day <= at:
        after = (day + timedelta(days=32)).replace(day=1)
        found.append((max(day, from_on), min(after, at + DAY)))
        day = after
    return found


def _on(from_on: date, to_on: date | None, day: date) -> bool:
    return from_on <= day and (to_on is None or to_on > day)
