"""The figures published for Cambridgeshire, which the made-up county is held to."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from importlib import resources

FIRST_YEAR, LAST_YEAR = 2013, 2024

BANDS = ("0-3m", "3-6m", "6-12m", "1-2y", "2y+")
BAND_DAYS = ((0, 91), (91, 182), (182, 365), (365, 730), (730, 3650))
ASSESSMENT_BANDS = ("0", "1-10", "11-20", "21-30", "31-40", "41-45", "46-50", "51-60", "61+")
CONFERENCE_BANDS = ("0-10", "11-15", "16-20", "21+")
SOURCES = (
    "individual",
    "schools",
    "education_services",
    "health_services",
    "housing",
    "la_services",
    "police",
    "other_legal_agency",
    "other",
    "anonymous",
    "unknown",
)


@cache
def series() -> dict[str, dict[int, float]]:
    """Every published figure by name and year.

    Source  the Department for Education and the Office for National Statistics, under the Open Government
            Licence v3.0, as the head of the data file says.
    """
    found: dict[str, dict[int, float]] = {}
    text = resources.files("keyworker.county").joinpath("data/published.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        found.setdefault(row["figure"], {})[int(row["year"])] = float(row["value"])
    return found


def figure(name: str, year: int) -> float:
    """A figure for a year; for a year not published, the nearest year that was."""
    known = series().get(name)
    if not known:
        return 0.0
    return known[min(known, key=lambda one: (abs(one - year), one))]


def published(name: str, year: int) -> float | None:
    """A figure as published, or None where that year was not published or was withheld."""
    return series().get(name, {}).get(year)


def shares(prefix: str, parts: Sequence[str], year: int) -> list[float]:
    """How a total was divided among its parts in a year; a part withheld as too small counts as three."""
    years = {y for part in parts for y in series().get(f"{prefix}.{part}", {})}
    nearest = min(years, key=lambda one: (abs(one - year), one))
    found = [published(f"{prefix}.{part}", nearest) for part in parts]
    return [3.0 if one is None else one for one in found]


def _carried_short(year: int) -> float:
    """How many more open episodes a year's census reports than the next one starts from."""
    if year >= LAST_YEAR:
        return 250.0
    carried = figure("cin.at_any_point", year + 1) - figure("cin.started", year + 1)
    return max(figure("cin.at_31_march", year) - carried, 0.0)


def pending(year: int) -> float:
    """Children reported as in need on 31 March who were still being assessed, and turned out not to be.

    They are among the year's episodes started and open, and in nobody's count of the next year.
    """
    days = figure("assessments.median_days", max(year, 2015)) * 2.0
    return min(_carried_short(year), figure("referrals.not_in_need", year) * days / 365)


def late_closings(year: int) -> float:
    """Closings in a year that nobody had recorded when the year's census was cut: what else was carried short."""
    return _carried_short(year) - pending(year)


def closings(year: int) -> float:
    """Closings that happened in a year. Before the second published year and after the last the county is held steady.

    The first year's figures have 650 more episodes started than ended, which is the series beginning, not a county.
    """
    if year > LAST_YEAR:
        return figure("cin.started", LAST_YEAR) - pending(LAST_YEAR)
    if year <= FIRST_YEAR:
        return figure("cin.started", FIRST_YEAR) - pending(FIRST_YEAR)
    return figure("cin.ended", year) + late_closings(year)


def open_at(year: int, passed: float) -> float:
    """Episodes of need open when a share of a year has passed, read along a straight line."""
    start, end = _open_at_start(year), _open_at_start(year + 1)
    return start + (end - start) * passed


def _open_at_start(year: int) -> float:
    if year > LAST_YEAR:
        return figure("cin.at_31_march", LAST_YEAR) - _carried_short(LAST_YEAR)
    if year <= FIRST_YEAR:
        return figure("cin.at_31_march", FIRST_YEAR)
    return figure("cin.at_any_point", year) - figure("cin.started", year)
