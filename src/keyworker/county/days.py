"""Days as whole numbers, counted from 1970, so that a million of them can be moved at once."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import numpy as np

from keyworker.county.chance import Ints
from keyworker.vocabulary.bank_holidays import bank_holidays

EPOCH = date(1970, 1, 1)
STILL_OPEN = 2**30
"""The end of what has not ended; later than any day."""

_FIRST = (date(1985, 1, 1) - EPOCH).days
_LAST = (date(2075, 1, 1) - EPOCH).days
YEAR = 365.25


def number(day: date) -> int:
    """The whole number of a day."""
    return (day - EPOCH).days


def day(number: int) -> date:
    """The day of a whole number."""
    return EPOCH + timedelta(days=int(number))


@cache
def _working() -> tuple[Ints, Ints]:
    every = np.arange(_FIRST, _LAST)
    open_days = (every + 3) % 7 < 5  # 1 January 1970 was a Thursday
    shut = np.array([number(one.day) for year in range(1985, 2075) for one in bank_holidays(year)])
    open_days[shut - _FIRST] = False
    return np.cumsum(open_days) - 1, every[open_days]


def add_working_days(days: Ints, count: Ints | int) -> Ints:
    """The working day that many working days after each day; a day off counts from the working day before it."""
    position, working = _working()
    return working[position[np.asarray(days) - _FIRST] + count]


def working_days_between(start: Ints, end: Ints) -> Ints:
    """Working days after the first day up to and including the second."""
    position, _ = _working()
    return position[np.asarray(end) - _FIRST] - position[np.asarray(start) - _FIRST]


def on_a_working_day(days: Ints) -> Ints:
    """Each day, or the last working day before it."""
    return add_working_days(days, 0)


def financial_year(numbers: Ints) -> Ints:
    """The year to 31 March that each day falls in, named by the year in which it ends."""
    months = numbers.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return (months + 9) // 12 + 1970


def birthday(births: Ints, years: int) -> Ints:
    """The day on which each child reaches an age. A leap-day birthday falls on 1 March in other years."""
    days = births.astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    into = (days - months.astype("datetime64[D]")).astype(np.int64)
    later = months + np.timedelta64(12 * years, "M")
    return later.astype("datetime64[D]").astype(np.int64) + into
