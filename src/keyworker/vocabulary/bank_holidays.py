"""Bank holidays of England and Wales: past and announced ones as published, later ones worked out.

A holiday that falls by rule is taken as known all along. One that was moved or added has the day on which that was
announced, so that a due date worked out before then can be worked out again as it was.

Source  GOV.UK bank holidays; beyond the published years the rules as the `holidays` library keeps them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from keyworker.vocabulary.late import Late
from keyworker.vocabulary.shipped import rows

if TYPE_CHECKING:
    import holidays
else:
    holidays = Late("holidays")

SATURDAY = 5


@dataclass(frozen=True)
class BankHoliday:
    """One bank holiday.

    Takes   announced, whether it stands in the published list (False: worked out by rule, and may yet change);
            announced_on, the day on which it was moved here or added (None: it falls by rule);
            withdrawn_on, the day on which it was moved away (None: it was kept).
    """

    day: date
    title: str
    announced: bool = True
    announced_on: date | None = None
    withdrawn_on: date | None = None

    def known_on(self, known: date | None) -> bool:
        """Whether somebody who knew all that was known at the end of that day (None: now) kept it as a holiday."""
        if known is None:
            return self.withdrawn_on is None
        announced = self.announced_on is None or self.announced_on <= known
        return announced and (self.withdrawn_on is None or self.withdrawn_on > known)


def bank_holidays(year: int, known: date | None = None) -> tuple[BankHoliday, ...]:
    """The bank holidays of a year, in order of day, as known at the end of a day (None: all that is known now)."""
    return tuple(one for one in _of_year(year) if one.known_on(known))


@cache
def published_years() -> tuple[int, int]:
    """The first and the last year whose bank holidays are shipped as published."""
    years = [one.day.year for one in _published()]
    return min(years), max(years)


@cache
def _of_year(year: int) -> tuple[BankHoliday, ...]:
    first, last = published_years()
    if first <= year <= last:
        return tuple(one for one in _published() if one.day.year == year)
    found = sorted(holidays.country_holidays("GB", subdiv="ENG", years=year).items())
    # The library also lists a holiday that falls on a weekend beside the weekday that stands in for it.
    return tuple(BankHoliday(day, title, announced=False) for day, title in found if day.weekday() < SATURDAY)


@cache
def _published() -> tuple[BankHoliday, ...]:
    return tuple(
        BankHoliday(
            date.fromisoformat(row["day"]),
            row["title"],
            announced_on=_day(row["announced_on"]),
            withdrawn_on=_day(row["withdrawn_on"]),
        )
        for row in rows("bank_holidays.csv")
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
