"""Counting tables: from each day the first day after a window, so that no SQL counts days, months or working days.

`{within 20 working days}` gives `day` and `until`: a thing due within 20 working days of `day` is in time up to, not
including, `until`. `{past 12 months}` gives `until`, the first day on which 12 months have passed: a thing that
happened on `day` counts in the 12 months that end with any day before `until`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from keyworker.facts.days import london_day
from keyworker.vocabulary.working_days import Calendar

FIRST = date(1980, 1, 1)
DAY = timedelta(days=1)
Until = Callable[[date], date]
Table = tuple[list[date], list[date]]
Ends = tuple[int, npt.NDArray[np.int32]]
_WINDOW = re.compile(r"^(within|past) (\d+) (working days|days|months|years)$")


def is_window(name: str) -> bool:
    """Whether a name in braces is that of a window."""
    return _WINDOW.match(name) is not None


@dataclass(frozen=True)
class Windows:
    """How windows are counted: the calendar of working days as known at an instant, and windows of a special kind.

    Takes   special, for a window's name another way to count it, such as for a comparison with somebody else's count.
    """

    known_at: datetime | None = None
    special: Mapping[str, Until] = field(default_factory=dict)
    _told: dict[tuple[str, date], Table] = field(default_factory=dict, init=False, repr=False, compare=False)
    _ends: dict[tuple[str, date], Ends] = field(default_factory=dict, init=False, repr=False, compare=False)

    def table(self, name: str, last: date) -> Table:
        """Every day from 1 January 1980 to the end of `last`'s year, and when the window begun then is over."""
        end = date(last.year, 12, 31)
        if name in self.special:
            if (name, end) not in self._told:
                days = _days(end)
                self._told[name, end] = days, [self.special[name](day) for day in days]
            return self._told[name, end]
        return counted(name, end, london_day(self.known_at) if self.known_at else None)

    def ends(self, name: str, last: date) -> Ends:
        """The same as days since 1970: the first day, and for each day from then on when its window is over."""
        if name not in self.special:
            return _ends(name, date(last.year, 12, 31), london_day(self.known_at) if self.known_at else None)
        if (name, last) not in self._ends:
            self._ends[name, last] = _numbered(self.table(name, last))
        return self._ends[name, last]


@lru_cache(maxsize=64)
def counted(name: str, end: date, known: date | None = None) -> Table:
    """A window's days and the days on which it is over.

    Takes   known, the day at whose end the calendar was known; None is all that is known now.
    Raises  KeyError for a name that is no window's.
    """
    found = _WINDOW.match(name)
    if found is None:
        raise KeyError(name)
    how, count, unit = found.group(1), int(found.group(2)), found.group(3)
    days = _days(end)
    more = DAY if how == "within" else timedelta()
    if unit == "working days":
        return days, [day + more for day in _working(days, count, Calendar(known))]
    if unit == "days":
        return days, [day + DAY * count + more for day in days]
    return days, [months_later(day, count * (12 if unit == "years" else 1)) + more for day in days]


@lru_cache(maxsize=64)
def _ends(name: str, end: date, known: date | None) -> Ends:
    return _numbered(counted(name, end, known))


def _numbered(table: Table) -> Ends:
    days, until = table
    return int(np.datetime64(days[0]).astype(int)), np.array(until, "datetime64[D]").astype(np.int32)


def _days(end: date) -> list[date]:
    return [date.fromordinal(number) for number in range(FIRST.toordinal(), end.toordinal() + 1)]


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the first of the next month where that month has no such day.

    29 February plus 12 months is 1 March: a year from it is over when 28 February has passed.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:
        year, month = divmod(year * 12 + month + 1, 12)
        return date(year, month + 1, 1)


def _working(days: list[date], count: int, calendar: Calendar) -> list[date]:
    """For each day in a row the working day that is `count` after it, without counting anew from each."""
    working = []
    day = days[0]
    last = calendar.add(days[-1], count)
    while day <= last:
        if calendar.is_working_day(day):
            working.append(day)
        day += DAY
    found, place = [], 0
    for day in days:
        while place < len(working) and working[place] <= day:
            place += 1
        found.append(working[place + count - 1] if count else day)
    return found
