"""Posts, appointments, vacancies and absence as a personnel system holds them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from keyworker.county import days, lags, words
from keyworker.county.chance import Ints, begins_run, columns
from keyworker.county.kept import Kept, typed
from keyworker.county.life import Life
from keyworker.county.posts import ADVISER, HOLDER, NOBODY, PRACTITIONER, Post, teams_of
from keyworker.county.worker_rows import ROLE_CLASSES, TITLES, team_ids, titles, worker_ids

POSTS_A_BLOCK = 100_000
ABSENCE_CODES = ("SIC", "MAT", "OTH", "TRN")
STEPS = ("approved", "advertised", "shortlisted", "interviewed", "offered", "checked", "started")
STEP_DAYS = (140, 128, 98, 88, 84, 35, 0)
HOURS = 37.0
WORKED_HERE_BEFORE = 0.12
"""The share of agency workers whom the council employed at some time before."""


@dataclass(frozen=True)
class Stretches:
    """Each worker's time in one team, in order of worker and first day; `end` is exclusive."""

    worker: Ints
    team: Ints
    start: Ints
    end: Ints
    last: Ints  # 1 for the worker's last


def stretches(life: Life) -> Stretches:
    """Every worker's time in every team."""
    posts = life.people.posts
    rows: list[tuple[int, int, int, int, int]] = []
    for number, spell in enumerate(life.people.spells):
        parts = teams_of(posts[spell.post], spell.first, spell.to)
        rows += [(number, team, low, high, place == len(parts) - 1) for place, (team, low, high) in enumerate(parts)]
    worker, team, start, end, last = columns(rows, 5)
    end = np.where(end >= life.horizon, days.STILL_OPEN, end)
    kept = start < life.horizon
    return Stretches(worker[kept], team[kept], start[kept], end[kept], last[kept])


def appointment_ids(life: Life, numbers: Ints) -> pl.Series:
    """The identifiers of appointments by their place among the stretches."""
    return words.numbered("AP", numbers + life.chance.block * POSTS_A_BLOCK * 10, 9)


def staff(life: Life) -> list[Kept]:
    """The tables about posts and the people in them."""
    made = stretches(life)
    return [
        _posts(life),
        _appointments(life, made),
        _earlier_appointments(life, made),
        _vacancies(life),
        _absence(life),
    ]


def post_ids(life: Life, numbers: Ints) -> pl.Series:
    """The identifiers of posts by number."""
    return words.numbered("PO", numbers + life.chance.block * POSTS_A_BLOCK, 7)


def _posts(life: Life) -> Kept:
    rows: list[tuple[int, int, int, int]] = []
    posts = life.people.posts
    for post in posts:
        rows += [
            (post.number, team, low, high)
            for team, low, high in teams_of(post, post.first, min(post.to, days.STILL_OPEN))
        ]
    number, team, start, end = columns(rows, 4)
    end = np.where(end >= life.horizon, days.STILL_OPEN, end)
    kept = start < life.horizon
    number, team, start, end = number[kept], team[kept], start[kept], end[kept]
    kind = np.array([posts[n].kind for n in number], dtype=np.int64)
    frame = typed(
        "post",
        {
            "post_id": post_ids(life, number),
            "title": words.pick(TITLES, kind),
            "role_class": words.pick(ROLE_CLASSES, kind),
            "team_id": team_ids(life, team),
            "fte": pl.Series([posts[n].fte for n in number], dtype=pl.Float64),
            "holds_cases": words.flags(np.isin(kind, (HOLDER, PRACTITIONER, ADVISER))),
            "from_on": words.dates(start),
            "to_on": words.dates(end),
        },
        len(number),
    )
    return Kept(
        "post", frame, lags.at_nine(start), lags.at_nine(np.where(end < days.STILL_OPEN, end, 0)), ("to_on",), says=True
    )


def _appointments(life: Life, made: Stretches) -> Kept:
    rng = life.chance.stream("appointments")
    spells = life.people.spells
    worker, team, start, end, last = made.worker, made.team, made.start, made.end, made.last
    title = titles(life)[worker]
    fte = np.array([spells[n].fte for n in worker])
    agency = np.array([spells[n].agency for n in worker])
    asye = np.array([spells[n].newly_qualified for n in worker]) & (
        start - np.array([spells[n].first for n in worker]) < 365
    )
    registered = ~np.isin(title, (PRACTITIONER, ADVISER))
    left = (last == 1) & (end < days.STILL_OPEN) & ~agency & registered
    holds = np.array([spells[n].kind in (HOLDER, PRACTITIONER) for n in worker])
    fixed = (rng.random(len(worker)) < 0.05).astype(np.int64)
    agreed = np.round((np.where(asye, 12, 17) + rng.integers(-2, 4, len(worker))) * fte)
    frame = typed(
        "appointment",
        {
            "appointment_id": appointment_ids(life, np.arange(len(worker))),
            "worker_id": worker_ids(life, worker),
            "post_id": post_ids(life, np.array([spells[n].post for n in worker], dtype=np.int64)),
            "team_id": team_ids(life, team),
            "job_title": words.pick(TITLES, title),
            "role_class": words.pick(ROLE_CLASSES, title),
            "employment": words.pick(("permanent", "agency", "fixed term"), np.where(agency, 1, 2 * fixed)),
            "fte": pl.Series(fte),
            "hours_per_week": pl.Series(np.round(fte * HOURS, 1)),
            "agreed_capacity": words.where(holds, pl.Series(agreed)),
            "first_year": words.flags(asye),
            "covers_vacancy": words.flags(np.array([spells[n].covers for n in worker]), agency),
            "start_origin": words.where(registered & ~agency, pl.Series([str(spells[n].origin) for n in worker])),
            "leaving_destination": words.where(left, pl.Series([str(spells[n].left_for) for n in worker])),
            "leaving_reason": words.where(left, pl.Series([str(spells[n].reason) for n in worker])),
            "from_on": words.dates(start),
            "to_on": words.dates(end),
        },
        len(worker),
    )  # fmt: skip
    return Kept(
        "appointment",
        frame,
        lags.entered(life.chance, "appointments", start, lags.PROMPT),
        lags.entered(life.chance, "appointments over", np.where(end < days.STILL_OPEN, end, 0), lags.PROMPT),
        ("to_on", "leaving_destination", "leaving_reason"),
        says=True,
    )


def _earlier_appointments(life: Life, made: Stretches) -> Kept:
    """A few agency workers were employed here before: some left lately, some had stayed less than three years."""
    rng = life.chance.stream("earlier appointments")
    first = np.flatnonzero(begins_run(made.worker))
    agency = np.array([life.people.spells[n].agency for n in made.worker[first]], dtype=bool)
    first = first[agency & (rng.random(len(first)) < WORKED_HERE_BEFORE)]
    worker = made.worker[first]
    end = made.start[first] - rng.integers(20, 500, len(first))
    start = end - rng.integers(300, 3000, len(first))
    numbers = np.arange(len(first)) + (life.chance.block * 10 + 5) * POSTS_A_BLOCK
    frame = typed(
        "appointment",
        {
            "appointment_id": words.numbered("AE", numbers, 9),
            "worker_id": worker_ids(life, worker),
            "job_title": TITLES[HOLDER],
            "employment": "permanent",
            "fte": pl.Series(np.ones(len(first))),
            "first_year": words.flags(np.zeros(len(first), dtype=bool)),
            "from_on": words.dates(start),
            "to_on": words.dates(end),
        },
        len(first),
    )
    known = lags.at_nine(made.start[first])
    return Kept("appointment", frame, known, known, ("to_on", "leaving_destination", "leaving_reason"), says=True)


def _vacancies(life: Life) -> Kept:
    """The steps by which each post was filled, and those begun for posts that are empty still."""
    rng = life.chance.stream("vacancy steps")
    rows: list[tuple[int, int, int, int, int]] = []
    for spell in life.people.spells:
        if not spell.agency and spell.first >= life.first + 60:
            rows += _steps_to(spell.post, spell.worker, spell.first, spell.vacant_from, rng)
    for post in life.people.posts:
        if post.kind == HOLDER and post.holder == NOBODY and post.to == days.STILL_OPEN:
            rows += _steps_so_far(post, life.horizon, rng)
    rows = sorted({row for row in rows if row[2] < life.horizon})
    number, kind, day, worker, none = columns(rows, 5)
    kept = begins_run(number, kind, day)
    number, kind, day, worker, none = number[kept], kind[kept], day[kept], worker[kept], none[kept]
    frame = typed(
        "vacancy_step",
        {
            "post_id": post_ids(life, number),
            "kind": words.pick(STEPS, kind),
            "happened_on": words.dates(day),
            "outcome": words.where(none == 1, pl.Series(["no applicants"]).new_from_index(0, len(none))),
            "worker_id": words.where(worker != NOBODY, worker_ids(life, np.maximum(worker, 0))),
        },
        len(number),
    )
    return Kept("vacancy_step", frame, lags.entered(life.chance, "vacancy steps", day, lags.USUAL), says=True)


def _steps_to(
    post: int, worker: int, start: int, vacant: int, rng: np.random.Generator
) -> list[tuple[int, int, int, int, int]]:
    begun = start - int(140 * (0.7 + 0.6 * rng.random()))
    begun = max(begun, vacant - 30) if vacant else begun
    length = max(start - begun, 7)
    found = []
    for kind, before in enumerate(STEP_DAYS):
        day = start - int(before / 140 * length)
        found.append((post, kind, day, worker if kind >= 4 else NOBODY, 0))
    if vacant and start - vacant > 220:
        found += [(post, 0, vacant + 10, NOBODY, 0), (post, 1, vacant + 24, NOBODY, 1)]
    return found


def _steps_so_far(post: Post, horizon: int, rng: np.random.Generator) -> list[tuple[int, int, int, int, int]]:
    found, day = [], post.vacant_since + 8
    for kind, wait in enumerate((14, 30, 12, 6, 40)):
        if day >= horizon or rng.random() < 0.12:
            break
        found.append((post.number, kind, day, NOBODY, int(kind == 1 and rng.random() < 0.25)))
        day += wait + int(rng.integers(0, 20))
    return found


def _absence(life: Life) -> Kept:
    away = life.away
    many = len(away.worker)
    known = away.end < days.STILL_OPEN
    expected = np.where(known, away.end, np.maximum(away.start + 42, life.horizon + 14))
    frame = typed(
        "absence",
        {
            "absence_id": words.numbered("AB", np.arange(many) + life.chance.block * POSTS_A_BLOCK * 10, 9),
            "worker_id": worker_ids(life, away.worker),
            "reason_class": words.pick(ABSENCE_CODES, away.reason),
            "working_days_lost": pl.Series(np.round(away.lost, 1)),
            "expected_return_on": words.where(away.end - away.start > 5, words.dates(expected)),
            "from_on": words.dates(away.start),
            "to_on": words.dates(away.end),
        },
        many,
    )
    return Kept(
        "absence",
        frame,
        lags.entered(life.chance, "absence", away.start, lags.PROMPT),
        lags.entered(life.chance, "absence over", np.where(known, away.end, 0), lags.PROMPT),
        ("to_on", "working_days_lost"),
        says=True,
    )
