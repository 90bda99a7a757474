"""Counting: the day by which something is due, from the day it is counted from. Every due date is made here.

Source  the conventions of the catalogue of timescales: the start is day 0 unless a rule says that it is day 1; what
        starts on a day that is no working day is counted from the next one; a month ends on the same day number, or on
        the month's last day where there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from keyworker.vocabulary.bank_holidays import bank_holidays
from keyworker.vocabulary.working_days import LONDON

Days = npt.NDArray[np.datetime64]
HOURS_A_DAY = 24
FIRST_YEAR, LAST_YEAR = 1991, 2061


class Unit(StrEnum):
    """What a limit is counted in."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    HOURS = "hours"
    MONTHS = "months"


@dataclass(frozen=True)
class Method:
    """How a due day is counted.

    Takes   n, how many; before, whether it is counted back; day_one, whether the start itself is day 1.
    """

    n: int
    unit: Unit
    before: bool = False
    day_one: bool = False

    @property
    def words(self) -> str:
        """How it is counted, for whoever asks why something is due."""
        units = {
            Unit.WORKING_DAYS: "working day",
            Unit.CALENDAR_DAYS: "calendar day",
            Unit.HOURS: "hour",
            Unit.MONTHS: "calendar month",
        }
        many = "" if self.n == 1 else "s"
        way = "before" if self.before else "after"
        start = "that day being day 1" if self.day_one else "that day being day 0"
        return (
            f"{self.n} {units[self.unit]}{many} {way}, {start}"
            if self.unit is not Unit.HOURS
            else (f"{self.n} {units[self.unit]}{many} {way}")
        )


def due_days(starts: Days, method: Method, known: date | None = None) -> Days:
    """The due day of each start.

    Takes   starts, days; known, the day at whose end the bank holidays are known, None for all known now.
    Gives   days in the same order. An hours limit gives the last day on which it can fall when no time is known.
    """
    n = method.n - 1 if method.day_one else method.n
    if method.unit is Unit.WORKING_DAYS:
        return _working(starts, n, method, known)
    if method.unit is Unit.MONTHS:
        return _months(starts, -method.n if method.before else method.n) - np.timedelta64(int(method.day_one), "D")
    days = -(-method.n // HOURS_A_DAY) if method.unit is Unit.HOURS else n
    moved: Days = starts + np.timedelta64(-days if method.before else days, "D")
    return moved


def due_day(start: date, method: Method, known: date | None = None) -> date:
    """The due day of one start."""
    found: date = due_days(np.array([start], "datetime64[D]"), method, known)[0].item()
    return found


def units_between(days: Days, until: Days, unit: Unit, known: date | None = None) -> npt.NDArray[np.int64]:
    """How many working days, or days for any other unit, from each day to another; negative where the other is earlier.

    Takes   days and until, of one length; known, the day at whose end the bank holidays are known.
    """
    if unit is not Unit.WORKING_DAYS:
        return (until - days).astype(np.int64)
    return _working_days_to(until, known) - _working_days_to(days, known)


def _working_days_to(days: Days, known: date | None) -> npt.NDArray[np.int64]:
    """How many working days lie from the first that is known up to and with each day."""
    first = np.datetime64(f"{FIRST_YEAR}-01-01", "D")
    counted: npt.NDArray[np.int64] = np.busday_count(first, days + np.timedelta64(1, "D"), busdaycal=_calendar(known))
    return counted


def due_instant(start: date, at: time, hours: int) -> datetime:
    """The instant by which something is due, so many real hours after a time of day in London.

    Two of the year's days have 23 or 25 hours; an hour that comes twice is taken as the first.
    """
    return datetime.combine(start, at, LONDON).astimezone(UTC) + timedelta(hours=hours)


def _working(starts: Days, n: int, method: Method, known: date | None) -> Days:
    calendar = _calendar(known)
    if method.before:
        return np.busday_offset(starts, -n, roll="forward", busdaycal=calendar)
    return np.busday_offset(starts, n, roll="forward" if method.day_one else "backward", busdaycal=calendar)


@lru_cache(maxsize=64)
def _calendar(known: date | None) -> np.busdaycalendar:
    closed = [one.day for year in range(FIRST_YEAR, LAST_YEAR) for one in bank_holidays(year, known)]
    return np.busdaycalendar(holidays=np.array(closed, "datetime64[D]"))


def _months(starts: Days, n: int) -> Days:
    months = starts.astype("datetime64[M]")
    number = (starts - months.astype("datetime64[D]")).astype(np.int64)
    target = months + np.timedelta64(n, "M")
    first = target.astype("datetime64[D]")
    longest = ((target + np.timedelta64(1, "M")).astype("datetime64[D]") - first).astype(np.int64) - 1
    return first + np.minimum(number, longest).astype("timedelta64[D]")
