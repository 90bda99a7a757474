"""Working days of England and Wales: days that are neither Saturday nor Sunday nor a bank holiday.

The day from which somebody counts is day 0, also when it is no working day: the first day counted is the next
working day. What a bank holiday was known to be can be asked for: `calendar_known_at`.

Source  "working day" in the Care Planning, Placement and Case Review (England) Regulations 2010, reg. 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from keyworker.vocabulary.bank_holidays import SATURDAY, bank_holidays

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """Working days as known at the end of a day; None is all that is known now."""

    known: date | None = None

    def is_working_day(self, day: date) -> bool:
        """Whether people work on that day."""
        return day.weekday() < SATURDAY and day not in _on_weekdays(day.year, self.known)

    def add(self, start: date, count: int) -> date:
        """The working day that is `count` working days after the start; before it when `count` is below 0.

        Gives   the start itself, working day or not, when `count` is 0.
        """
        step = DAY if count > 0 else -DAY
        day, left = start, abs(count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days there are after the start, up to and with the end.

        Gives   a number below 0 when the end lies before the start: working days before it, back to and with the end.
        """
        if end < start:
            return -self._in(end, start)
        return self._in(start + DAY, end + DAY)

    def _in(self, first: date, to: date) -> int:
        closed = (day for year in range(first.year, to.year + 1) for day in _on_weekdays(year, self.known))
        return _weekdays(to) - _weekdays(first) - sum(first <= day < to for day in closed)


_NOW = Calendar()


def calendar_known_at(known_at: date | datetime) -> Calendar:
    """The calendar as it was known at an instant, or at the end of a day: without holidays announced later.

    Raises  ValueError for an instant without a time zone.
    """
    if not isinstance(known_at, datetime):
        return Calendar(known_at)
    if known_at.tzinfo is None:
        raise ValueError("known_at needs a time zone; give one, such as 2026-03-01T09:00+00:00")
    return Calendar(known_at.astimezone(LONDON).date())


def is_working_day(day: date) -> bool:
    """Whether people work on that day."""
    return _NOW.is_working_day(day)


def add_working_days(start: date, count: int) -> date:
    """The working day that is `count` working days after the start, which is day 0; before it when below 0."""
    return _NOW.add(start, count)


def working_days_between(start: date, end: date) -> int:
    """How many working days there are after the start, up to and with the end; below 0 when the end comes first."""
    return _NOW.between(start, end)


def spoken(day: date) -> str:
    """A date as people say it: 5 January 2026."""
    return f"{day.day} {day:%B} {day.year}"


@cache
def _on_weekdays(year: int, known: date | None) -> frozenset[date]:
    return frozenset(one.day for one in bank_holidays(year, known) if one.day.weekday() < SATURDAY)


def _weekdays(day: date) -> int:
    weeks, past = divmod(day.toordinal() - 1, 7)
    return weeks * 5 + min(past, 5)
