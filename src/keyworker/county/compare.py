"""The made-up county's figures beside the published ones, counted as the censuses count them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import sqrt

from keyworker.county import counts, published
from keyworker.county.counts import Counted
from keyworker.county.county import County
from keyworker.county.kept import Frames, seconds

CENSUS_TABLES = (
    "cin_episodes", "cin_assessments", "cin_plans", "s47_enquiry", "initial_cp_conference", "cp_plans", "cp_reviews",
    "cla_episodes", "cla_placement", "legal_status", "disability", "involvements",
)  # fmt: skip
WORK_TABLES = ("post", "appointment", "absence", "involvements", "professionals", "cin_episodes")

TOLERANCES: dict[str, float] = {
    "referrals": 0.03, "referrals.no_further_action": 0.05, "referrals.not_in_need": 0.05,
    "referrals.again_within_12_months": 0.12, "referrals.children": 0.08, "referrals.month": 0.10,
    "cin.started": 0.03, "cin.ended": 0.06, "cin.at_31_march": 0.05, "cin.at_any_point": 0.05,
    "cin.disabled_at_31_march": 0.50, "cin.need.N1": 0.15, "cin.need.N2": 0.40, "cin.closed.RC7": 0.10,
    "cin.open_for.0-3m": 0.25, "cin.open_for.2y+": 0.25,
    "cin.ended_after.0-3m": 0.10, "cin.ended_after.3-6m": 0.15, "cin.ended_after.6-12m": 0.15,
    "cin.ended_after.1-2y": 0.20, "cin.ended_after.2y+": 0.25,
    "cinplan.started": 0.10, "cinplan.ended": 0.20, "cinplan.at_31_march": 0.35,
    "assessments": 0.06, "assessments.0": 0.25, "assessments.1-10": 0.20, "assessments.11-20": 0.20,
    "assessments.21-30": 0.20, "assessments.31-40": 0.20, "assessments.41-45": 0.20, "assessments.46-50": 0.25,
    "assessments.51-60": 0.25, "assessments.61+": 0.25,
    "s47": 0.10, "icpc": 0.05, "icpc.0-10": 0.30, "icpc.11-15": 0.15, "icpc.16-20": 0.40, "icpc.21+": 0.40,
    "cpp.started": 0.04, "cpp.ended": 0.06, "cpp.at_31_march": 0.08, "cpp.second_or_later": 0.25,
    "cpp.initial.neglect": 0.12, "cpp.initial.physical": 0.35, "cpp.initial.emotional": 0.15,
    "cpp.ended_after.0-3m": 0.20, "cpp.ended_after.6-12m": 0.20, "cpp.ended_after.1-2y": 0.20,
    "cpp.reviewed_in_time": 0.15,
    "cla.started": 0.08, "cla.ceased": 0.08, "cla.at_31_march": 0.06,
    "cla.three_placements_in_year": 0.35, "cla.three_workers_in_year": 0.30,
    "workforce.in_post_fte": 0.05, "workforce.leavers_fte": 0.12, "workforce.starters_fte": 0.25,
    "workforce.turnover_percent": 0.15, "workforce.agency_fte": 0.20, "workforce.agency_percent": 0.20,
    "workforce.vacancies_fte": 0.25, "workforce.vacancy_percent": 0.25, "workforce.case_holders_fte": 0.20,
    "workforce.cases": 0.15, "workforce.cases_per_fte": 0.20, "workforce.absence_percent": 0.25,
}  # fmt: skip
"""How far each figure may lie from the published one, as a share of it."""

RATES = frozenset(
    f"workforce.{name}"
    for name in ("turnover_percent", "agency_percent", "vacancy_percent", "cases_per_fte", "absence_percent")
)
"""Figures that do not grow with the county."""


@dataclass(frozen=True)
class Compared:
    """One figure of one year: as published, and in the made-up county, brought to the real county's size."""

    figure: str
    year: int
    published: float
    county: float
    tolerance: float
    allowed: float

    @property
    def difference(self) -> float:
        """How far the county is off, as a share of what was published."""
        return (self.county - self.published) / self.published if self.published else 0.0

    @property
    def within(self) -> bool:
        """Whether it is as near as was promised."""
        return abs(self.county - self.published) <= self.allowed


def compare(county: County, years: Iterable[int]) -> list[Compared]:
    """Every figure of every year that was published and lies wholly inside the county's time."""
    found = []
    for year in years:
        for name, value in _counted(county, year):
            told = published.published(name, year)
            tolerance = TOLERANCES.get(name, TOLERANCES.get(name.rsplit(".", 1)[0]))
            if told and tolerance is not None:
                found.append(_compared(name, year, told, value, tolerance, county.scale))
    return sorted(found, key=lambda one: (list(TOLERANCES).index(_family(one.figure)), one.figure, one.year))


def _family(name: str) -> str:
    return name if name in TOLERANCES else name.rsplit(".", 1)[0]


def _compared(name: str, year: int, told: float, value: float, tolerance: float, scale: float) -> Compared:
    """Small counts scatter: three times the root of what is expected is always allowed."""
    if name in RATES:
        return Compared(name, year, told, value, tolerance, told * tolerance)
    scatter = 3 * sqrt(told * scale) / scale
    return Compared(name, year, told, value / scale, tolerance, max(told * tolerance, scatter))


def _counted(county: County, year: int) -> Iterator[Counted]:
    if county.first <= date(year - 1, 4, 1) and county.end >= date(year, 7, 31):
        frames = _known(county, CENSUS_TABLES, date(year, 7, 31))
        yield from counts.children(frames, year)
    if county.first <= date(year - 1, 10, 1) and county.end >= date(year, 12, 1):
        frames = _known(county, WORK_TABLES, date(year, 11, 30))
        yield from counts.workforce(frames, year)


def _known(county: County, tables: Iterable[str], day: date) -> Frames:
    """What was known at the end of a day: a census holds what had been entered when it was cut."""
    instant = seconds(datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1))
    return {name: county.tables[name].known(instant) for name in tables}
