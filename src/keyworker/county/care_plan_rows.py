"""Care plans and education plans of looked after children."""

from __future__ import annotations

from datetime import date

import numpy as np

from keyworker.county import days, lags, words
from keyworker.county.care_episodes import Episodes
from keyworker.county.care_review_rows import about_care
from keyworker.county.followed import Promise, follow
from keyworker.county.kept import Kept, typed
from keyworker.county.life import Life
from keyworker.county.people_rows import BLOCK, child_ids
from keyworker.county.steps import Steps

IN_WRITING = Promise(10, late=0.16, never=0.02, slack=10.0)
BEGUN = Promise(10, late=0.25, never=0.03, slack=12.0)
TERMS = (((1, 6), (3, 28)), ((4, 20), (7, 20)), ((9, 5), (12, 18)))
"""The first and last day of each school term, near enough."""
REVIEWED_IN_TERM = 0.86
SCHOOL_AGE, LEAVES_SCHOOL = 3, 18
PLANS = ('{"LTFOST18": "Y"}', '{"ADOPTION": "Y"}')


def care_plans(life: Life, made: Episodes, steps: Steps) -> Kept:
    """Care plans, in writing within ten working days for most; education plans go to the steps."""
    _education(life, made, steps)
    care = life.care
    about = about_care(life, made, care.start)
    start, written = follow(life.chance, "care plans", care.start, IN_WRITING, about.hard)
    end = np.where(care.end >= life.horizon, days.STILL_OPEN, care.end)
    which = np.flatnonzero(written & (start < np.minimum(care.end, life.horizon)))
    frame = typed(
        "cla_care_plan",
        {
            "cla_care_plan_id": words.numbered("CA", which + life.chance.block * BLOCK, 9),
            "child_id": child_ids(life, life.stays.child[care.stay[which]]),
            "from_on": words.dates(start[which]),
            "to_on": words.dates(end[which]),
            "cla_care_plan_json": words.pick(PLANS, (care.adopted[which] > 0).astype(np.int64)),
        },
        len(which),
    )
    return Kept(
        "cla_care_plan",
        frame,
        lags.entered(life.chance, "care plans", start[which], lags.USUAL),
        lags.entered(life.chance, "care plans over", np.where(end < days.STILL_OPEN, end, 0), lags.USUAL)[which],
        ("to_on",),
    )


def _education(life: Life, made: Episodes, steps: Steps) -> None:
    """An education plan within ten working days, and a review in each term after, as far as there was one."""
    care = life.care
    about = about_care(life, made, care.start)
    birth = life.families.birth[life.stays.child[care.stay]]
    of_age = care.start >= days.birthday(birth, SCHOOL_AGE)
    new = np.flatnonzero(of_age)
    begun, _ = steps.follow(
        "education plan", care.start[new], BEGUN, about.of(new), by_whom="virtual school", early=True
    )
    since = np.maximum(care.start, days.birthday(birth, SCHOOL_AGE))
    since[new] = begun
    stop = np.minimum(np.minimum(care.end, life.horizon), days.birthday(birth, LEAVES_SCHOOL))
    rng = life.chance.stream("education plan reviews")
    for low, high in _terms(int(care.start.min(initial=life.first)), life.horizon):
        there = np.flatnonzero((since < low) & (stop > low))
        when = days.on_a_working_day(low + (rng.random(len(there)) * (high - low)).astype(np.int64))
        held = (rng.random(len(there)) < REVIEWED_IN_TERM) & (when < stop[there])
        steps.on("education plan review", when[held], about.of(there[held]), by_whom="virtual school")


def _terms(first: int, horizon: int) -> list[tuple[int, int]]:
    """The first and last day of every school term that overlaps a stretch of time."""
    years = range(days.day(first).year, days.day(horizon).year + 1)
    spans = [(days.number(date(year, *low)), days.number(date(year, *high))) for year in years for low, high in TERMS]
    return [(low, high) for low, high in spans if high > first and low < horizon]
