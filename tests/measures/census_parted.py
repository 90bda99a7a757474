"""Children in need measures that are published in bands, as the Department for Education counts them, nothing of ours.

Every function takes the census of a year and gives how many fall into each band, and of how many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

from tests.measures.census import Census, Plan
from tests.measures.census_counted import ended_episodes, open_episodes, open_plans, referrals_made

Parted = tuple[dict[str, int], int]

CATEGORIES = {
    "NEG": "Neglect",
    "PHY": "Physical abuse",
    "SAB": "Sexual abuse",
    "EMO": "Emotional abuse",
    "MUL": "Multiple",
}
"""What the made-up county's extract writes for each category of abuse of the census."""


def _parted(bands: Iterable[str]) -> Parted:
    each = list(bands)
    return dict(Counter(each)), len(each)


def _months_on(day: date, months: int) -> date:
    """The same day number so many months on; where there is none, the first day of the month after."""
    years, month = divmod(day.month - 1 + months, 12)
    try:
        return day.replace(year=day.year + years, month=month + 1)
    except ValueError:
        return date(day.year + years, month + 2, 1)


def referrals_by_source(census: Census) -> Parted:
    """Table C5: who made each referral of the year."""
    return _parted(one.source or "not recorded" for _, one in referrals_made(census))


def _need_band(referred: date, day: date) -> str:
    for months, name in ((3, "under 3 months"), (6, "3 to 6 months"), (12, "6 to 12 months"), (24, "1 to 2 years")):
        if day < _months_on(referred, months):
            return name
    return "2 years or more"


def duration_of_open(census: Census) -> Parted:
    """Table B4: how long before the end of the year the referral of each open episode came."""
    return _parted(_need_band(one.referred, census.last) for one in open_episodes(census))


def duration_of_ended(census: Census) -> Parted:
    """LAIT 266: how long after its referral each episode of the year was closed."""
    return _parted(_need_band(one.referred, one.closed) for one in ended_episodes(census) if one.closed)


def factors(census: Census) -> Parted:
    """Table C3: of the episodes of which an assessment of the year names a factor, those with each."""
    found = [
        {
            code
            for one in episode.assessments
            if one.authorised and census.within(one.authorised) and one.authorised >= one.began
            for code in one.factors
        }
        for episode in census.episodes
    ]
    named = [codes for codes in found if codes]
    return dict(Counter(code for codes in named for code in codes)), len(named)


def _plan_band(plan: Plan, day: date) -> str:
    if day <= _months_on(plan.began, 3):
        return "up to 3 months"
    if day <= _months_on(plan.began, 6):
        return "over 3 to 6 months"
    if day < _months_on(plan.began, 12):
        return "over 6 months to under 1 year"
    return "1 to under 2 years" if (day - plan.began).days + 1 <= 729 else "2 years or more"


def duration_of_plans(census: Census) -> Parted:
    """Table D5: how long the plans open at the end of the year had run. Two years are more than 729 days."""
    return _parted(_plan_band(one, census.last) for one in open_plans(census))


def categories_of_started(census: Census) -> Parted:
    """Table D2: for what each plan of the year began."""
    return _parted(CATEGORIES[one.category] for one in census.plans if census.within(one.began))


def categories_of_open(census: Census) -> Parted:
    """Table D4: the latest category of each plan open at the end of the year."""
    return _parted(CATEGORIES[one.latest_category] for one in open_plans(census))


PARTED: dict[str, Callable[[Census], Parted]] = {
    "referrals-by-source": referrals_by_source,
    "episodes-of-need-duration": duration_of_open,
    "episodes-of-need-duration-ended": duration_of_ended,
    "assessment-factors": factors,
    "plans-open-duration": duration_of_plans,
    "plans-started-by-category": categories_of_started,
    "plans-open-by-category": categories_of_open,
}
"""By the name of our definition: one published measure may be two of ours."""
