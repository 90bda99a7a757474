"""Due days counted a day at a time."""

from __future__ import annotations

from datetime import date, timedelta

from keyworker.clocks.counting import Method, Unit
from keyworker.vocabulary.working_days import Calendar

DAY = timedelta(days=1)
DECEMBER = 12


def due(start: date, method: Method, known: date | None) -> date:
    """The day by which something is due, by stepping from day to day or from month to month."""
    if method.unit is Unit.MONTHS:
        day = _month_step(start, method.n, back=method.before)
        return day - DAY if method.day_one else day
    if method.unit is Unit.HOURS:
        return start + DAY * -(-method.n // 24)
    step = -DAY if method.before else DAY
    day, left = (start - step if method.day_one else start), method.n
    calendar = Calendar(known)
    while left:
        day += step
        if method.unit is Unit.CALENDAR_DAYS or calendar.is_working_day(day):
            left -= 1
    return day


def _month_step(start: date, months: int, *, back: bool) -> date:
    year, month = start.year, start.month
    for _ in range(months):
        month += -1 if back else 1
        if month == 0:
            year, month = year - 1, DECEMBER
        elif month > DECEMBER:
            year, month = year + 1, 1
    day = start.day
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1
