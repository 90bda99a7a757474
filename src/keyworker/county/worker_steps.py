"""What workers and those who employ them must do by a day: the assessed year, registration, learning and notice."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from keyworker.county import days, lags
from keyworker.county.absence import LONG
from keyworker.county.chance import Bools, Ints
from keyworker.county.life import Life
from keyworker.county.posts import REGISTERED
from keyworker.county.staff_rows import Stretches, appointment_ids, stretches
from keyworker.county.steps import Steps
from keyworker.county.worker_rows import worker_ids

REVIEWS = ((91, "three months"), (182, "six months"), (273, "nine months"), (362, "twelve months"))
ENDS_AFTER = 364
REVIEW_LATE, REVIEW_NEVER = 0.3, 0.06
PROTECTED = 0.75
"""The share of assessed years in which the workload was found to have stayed protected."""
EXPERIENCE_TOLD, TOO_LITTLE_EXPERIENCE = 0.85, 0.08
REGULATOR_SINCE, LEARNING_SINCE = 2020, 2022
"""The years from which registration is renewed every November, and from which two pieces of learning are asked for."""
RENEWED_LATE, NOT_RENEWED = 0.02, 0.01
TOO_LITTLE_LEARNING = 0.12
AGENCY_RULES = days.number(date(2024, 10, 31))
NOTICE_SINCE, NOTICE_BEFORE = 28, 7
SHORT_NOTICE = 0.2


def worker_steps(life: Life, steps: Steps) -> None:
    """Every step about a worker."""
    made = stretches(life)
    _assessed_years(life, made, steps)
    for year in range(REGULATOR_SINCE, days.day(life.horizon).year + 1):
        _registered(life, made, steps, year)
    _notice(life, made, steps)
    _elsewhere(life, made, steps)


def _add(
    life: Life, steps: Steps, kind: str, when: Ints, made: Stretches, rows: Ints, outcome: str | None = None
) -> None:
    """Steps about some stretches, from before the county's time too: a worker's own history comes with them."""
    shown = when < life.horizon
    rows, when = rows[shown], when[shown]
    said = None if outcome is None else pl.Series([outcome]).new_from_index(0, len(rows))
    steps.add(
        kind, when, worker=worker_ids(life, made.worker[rows]), belongs_to="appointment",
        belongs_to_id=appointment_ids(life, rows), outcome=said, habit=lags.SLOW,
    )  # fmt: skip


def _assessed_years(life: Life, made: Stretches, steps: Steps) -> None:
    """Newly qualified workers' first year: its beginning, its reviews, its end; paused while a worker is long away."""
    new = np.array([life.people.spells[n].newly_qualified for n in made.worker], dtype=bool)
    begun = np.array([life.people.spells[n].first for n in made.worker], dtype=np.int64)
    rows = np.flatnonzero(new & (made.start == begun))
    start = begun[rows]
    to = np.array([life.people.spells[n].to for n in made.worker[rows]], dtype=np.int64)
    rng = life.chance.stream("assessed years")
    _add(life, steps, "assessed year began", start, made, rows)
    paused, resumed = _long_away(life, made.worker[rows], start)
    stopped = paused < days.STILL_OPEN
    _add(life, steps, "assessed year paused", paused[stopped], made, rows[stopped])
    back = stopped & (resumed < to)
    _add(life, steps, "assessed year resumed", resumed[back], made, rows[back])
    lost = np.where(stopped, np.minimum(resumed, life.horizon) - paused, 0)
    for after, said in REVIEWS:
        when = start + after - rng.integers(0, 18, len(rows))
        when = np.where(rng.random(len(rows)) < REVIEW_LATE, start + after + rng.integers(2, 40, len(rows)), when)
        when = days.on_a_working_day(np.where(when > paused, when + lost, when))
        held = (when < to) & (rng.random(len(rows)) > REVIEW_NEVER)
        _add(life, steps, "assessed year review", when[held], made, rows[held], said)
    when = start + ENDS_AFTER - rng.integers(0, 14, len(rows)) + lost
    when = np.where(rng.random(len(rows)) < REVIEW_LATE, when + rng.integers(16, 60, len(rows)), when)
    done = when < to
    when = days.on_a_working_day(when)
    _add(life, steps, "assessed year ended", when[done], made, rows[done])
    kept = done & (rng.random(len(rows)) < PROTECTED)
    _add(life, steps, "protected workload kept", when[kept], made, rows[kept])


def _long_away(life: Life, worker: Ints, start: Ints) -> tuple[Ints, Ints]:
    """The first long absence of each worker in the year after a day: from when, until when; STILL_OPEN without one."""
    away = life.away
    paused = np.full(len(worker), days.STILL_OPEN, dtype=np.int64)
    resumed = paused.copy()
    for n, (who, day) in enumerate(zip(worker.tolist(), start.tolist(), strict=True)):
        low, high = np.searchsorted(away.worker, [who, who + 1])
        for place in range(low, high):
            if day < away.start[place] < day + 300 and away.end[place] - away.start[place] >= LONG:
                paused[n], resumed[n] = away.start[place], away.end[place]
                break
    return paused, resumed


def _in_post(life: Life, made: Stretches, day: int) -> Ints:
    """The stretches of registered workers in post on a day."""
    kinds = np.array([life.people.spells[n].kind for n in made.worker], dtype=np.int64)
    there: Bools = (made.start <= day) & (day < made.end) & np.isin(kinds, REGISTERED)
    return np.flatnonzero(there)


def _registered(life: Life, made: Stretches, steps: Steps, year: int) -> None:
    """Registration renewed between September and November, and learning recorded in the twelve months before."""
    last = days.number(date(year, 11, 30))
    if last - 91 >= life.horizon:
        return
    rng = life.chance.stream(f"registration {year}")
    rows = _in_post(life, made, min(last, life.horizon - 1))
    draw = rng.random(len(rows))
    when = last - (rng.beta(1.2, 2.2, len(rows)) * 90).astype(np.int64)
    when = np.where(draw < RENEWED_LATE, last + rng.integers(1, 25, len(rows)), when)
    done = draw < 1 - NOT_RENEWED
    _add(life, steps, "registration renewed", when[done], made, rows[done])
    if year < LEARNING_SINCE:
        return
    pieces = np.where(
        rng.random(len(rows)) < TOO_LITTLE_LEARNING, rng.integers(0, 2, len(rows)), rng.integers(2, 5, len(rows))
    )
    for piece in range(4):
        mine = np.flatnonzero(pieces > piece)
        late = last - (rng.beta(1.0, 3.0, len(mine)) * 330).astype(np.int64)
        late = np.maximum(late, made.start[rows[mine]])
        _add(
            life, steps, "learning recorded", late, made, rows[mine], "with peer reflection" if piece == 1 else "alone"
        )


def _notice(life: Life, made: Stretches, steps: Steps) -> None:
    """Notice before the end: weeks from those employed; from agencies one week, and four since the rules of 2024."""
    rng = life.chance.stream("notice")
    rows = np.flatnonzero((made.last == 1) & (made.end < days.STILL_OPEN))
    agency = np.array([life.people.spells[n].agency for n in made.worker[rows]], dtype=bool)
    ruled = made.end[rows] > AGENCY_RULES + NOTICE_SINCE
    short = rng.random(len(rows)) < SHORT_NOTICE
    weeks = np.where(agency, np.where(ruled & ~short, NOTICE_SINCE, NOTICE_BEFORE), rng.integers(28, 90, len(rows)))
    when = np.maximum(made.end[rows] - weeks - rng.integers(0, 4, len(rows)), made.start[rows])
    _add(life, steps, "notice given", when, made, rows)
    still = np.flatnonzero(made.end == days.STILL_OPEN)
    still = still[np.array([life.people.spells[n].agency for n in made.worker[still]], dtype=bool)]
    leaving = still[rng.random(len(still)) < 0.08]
    _add(life, steps, "notice given", life.horizon - rng.integers(1, 26, len(leaving)), made, leaving)


def _elsewhere(life: Life, made: Stretches, steps: Steps) -> None:
    """Since when those who come through an agency have worked directly for councils, where they said so."""
    rng = life.chance.stream("direct experience")
    rows = np.flatnonzero(made.last == 1)
    agency = np.array([life.people.spells[n].agency for n in made.worker[rows]], dtype=bool)
    rows = rows[agency & (rng.random(len(rows)) < EXPERIENCE_TOLD)]
    short = rng.random(len(rows)) < TOO_LITTLE_EXPERIENCE
    years = np.where(short, 0.8 + rng.random(len(rows)) * 1.9, 3.3 + rng.exponential(5.0, len(rows)))
    when = made.start[rows] - (np.minimum(years, 30) * days.YEAR).astype(np.int64)
    steps.add(
        "direct experience began", when, worker=worker_ids(life, made.worker[rows]), belongs_to="appointment",
        belongs_to_id=appointment_ids(life, rows), by_whom="agency",
        entered=lags.entered(life.chance, "experience told", made.start[rows], lags.PROMPT),
    )  # fmt: skip
