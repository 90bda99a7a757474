"""What the council as a whole must do by a day: returns, the agency rules, and what an inspection asks for."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from keyworker.county import days, lags
from keyworker.county.life import Life
from keyworker.county.steps import Steps

CIN_CENSUS, WORK_CENSUS, AGENCY_RETURN = "cin", "workforce", "agency"
"""What a step of the kind "return submitted" belongs to."""
LATE_YEARS = {CIN_CENSUS: (2021,), WORK_CENSUS: (2017, 2022)}
"""The years in which a return went in after its last day."""
RETURNS_SINCE, AGENCY_RETURNS_SINCE = 2010, 2025
RULES_MET_ON = days.number(date(2025, 9, 16))
STANDARDS_ADOPTED_ON = days.number(date(2027, 4, 12))
GRADED = tuple(days.number(day) for day in (date(2019, 1, 7), date(2024, 2, 26)))
"""The announcements of inspections that gave a grade; the others were focused visits."""


def council_steps(life: Life, steps: Steps) -> None:
    """Every step about the council, with its history; a county in several parts has one council."""
    if life.chance.block:
        return
    for year in range(RETURNS_SINCE, days.day(life.horizon).year + 1):
        _returned(life, steps, CIN_CENSUS, days.number(date(year, 7, 31)), year)
        _returned(life, steps, WORK_CENSUS, days.number(date(year, 10, 31)), year)
        if year >= AGENCY_RETURNS_SINCE:
            for number, (month, day) in enumerate(((5, 31), (8, 31), (11, 30))):
                _returned(life, steps, AGENCY_RETURN, days.number(date(year, month, day)), year * 4 + number)
            _returned(life, steps, AGENCY_RETURN, days.number(date(year + 1, 2, 28)), year * 4 + 3)
    _once(life, steps, "agency rules met", [RULES_MET_ON], "workforce")
    _once(life, steps, "career standards adopted", [STANDARDS_ADOPTED_ON], "learning")
    announced = list(lags.INSPECTIONS)
    _once(life, steps, "inspection notice", announced, "the inspectorate")
    _once(life, steps, "inspection lists sent", [day + 1 + n % 3 for n, day in enumerate(announced)], "performance")
    _once(life, steps, "inspection", [day + 14 for day in announced if day in GRADED], "the inspectorate")


def _returned(life: Life, steps: Steps, what: str, last: int, number: int) -> None:
    """One return: most go in within the last three weeks, a few after their last day."""
    late = number in LATE_YEARS.get(what, ()) or (what == AGENCY_RETURN and number % 5 == 0)
    day = last + 9 if late else last - (number * 7) % 19
    day = int(days.on_a_working_day(np.array([day]))[0])
    if day < life.horizon:
        steps.add(
            "return submitted", np.array([day]), belongs_to=what, belongs_to_id=pl.Series([str(number)]),
            by_whom="performance", habit=lags.AT_ONCE,
        )  # fmt: skip


def _once(life: Life, steps: Steps, kind: str, on: list[int], by_whom: str) -> None:
    shown = np.array([day for day in on if day < life.horizon], dtype=np.int64)
    steps.add(kind, shown, by_whom=by_whom, habit=lags.AT_ONCE)
