"""Visits made, tried and called off, each by the worker who led that day; those that nobody made leave no row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from keyworker.county import absence, allocation, days
from keyworker.county.absence import Absences
from keyworker.county.allocation import Holds
from keyworker.county.chance import Chance, Ints, begins_run
from keyworker.county.posts import NOBODY

SEEN_ALONE, SEEN, NOT_SEEN, CANCELLED, NO_ACCESS = range(5)
OUTCOMES = ("seen alone", "seen", "not seen", "cancelled", "no access")
NO_ONE_SAID, FAMILY, WORKER, SERVICE = range(4)
CALLED_OFF_BY = (None, "family", "worker", "service")
REASONS = (
    None,
    "no worker allocated",
    "worker away",
    "worker called to court",
    "family asked to change the day",
    "child at school",
    "child asleep",
    "nobody at home",
    "child did not want to talk",
)
NONE, NO_WORKER, AWAY, COURT, ASKED, SCHOOL, ASLEEP, NOBODY_HOME, DID_NOT_WANT = range(9)


@dataclass(frozen=True)
class Times:
    """Stretches of time in which a family, or a child in care, is to be visited every so many working days."""

    stage_before: Ints  # the stage that leads the work, and the one that does once `turns` has come
    stage_after: Ints
    turns: Ints
    start: Ints
    end: Ints
    every: Ints
    strain: np.ndarray


@dataclass(frozen=True)
class Calls:
    """Visits to a family or child: made, tried or called off."""

    of: Ints  # which stretch of time
    day: Ints
    worker: Ints
    outcome: Ints
    by: Ints
    reason: Ints


def calls(times: Times, holds: Holds, away: Absences, chance: Chance, name: str, first: int, horizon: int) -> Calls:
    """Every visit in those stretches of time."""
    of, day = _planned(times, chance.stream(f"visits planned {name}"), first, horizon)
    return _attempted(times, of, day, holds, away, chance, name)


def on_days(times: Times, day: Ints, holds: Holds, away: Absences, chance: Chance, name: str, first: int = 0) -> Calls:
    """One visit to each family, on its day; of those before the first day nobody knows any more who made them."""
    return _attempted(times, np.arange(len(day)), day, holds, away, chance, name, first)


def together(regular: Calls, of: Ints, more: Calls) -> Calls:
    """Regular visits and others as one, in order; of two to the same on one day the regular one is kept.

    Takes   of, whose the others were, as the regular ones count.
    """
    both = {
        name: np.concatenate([getattr(regular, name), of if name == "of" else getattr(more, name)])
        for name in Calls.__dataclass_fields__
    }
    extra = np.arange(len(both["of"])) >= len(regular.of)
    order = np.lexsort((extra, both["day"], both["of"]))
    kept = order[begins_run(both["of"][order], both["day"][order])]
    return Calls(**{name: column[kept] for name, column in both.items()})


def _attempted(
    times: Times, of: Ints, day: Ints, holds: Holds, away: Absences, chance: Chance, name: str, first: int = 0
) -> Calls:
    rng = chance.stream(f"visits {name}")
    stage = np.where(day >= times.turns[of], times.stage_after[of], times.stage_before[of])
    worker = np.where(stage >= 0, allocation.at(holds, np.maximum(stage, 0), day), NOBODY)
    missing = (worker == NOBODY) & (day >= first)
    gone = (worker != NOBODY) & absence.away(away, np.maximum(worker, 0), day)
    made = rng.random(len(day)) < np.where(missing, 0.25, np.where(gone, 0.2, 1.0))
    told = ~made & (rng.random(len(day)) < 0.5)
    kept = made | told
    of, day, worker, told, gone, missing = of[kept], day[kept], worker[kept], told[kept], gone[kept], missing[kept]
    worker = np.where(gone & ~told, NOBODY, worker)
    return _outcomes(times, (of, day, worker), told, missing, rng)


def _planned(times: Times, rng: np.random.Generator, first: int, horizon: int) -> tuple[Ints, Ints]:
    start = np.maximum(times.start, first)
    length = np.maximum(np.minimum(times.end, horizon) - start, 0)
    mean = times.every * 1.4 * 0.86
    many = (length / (mean * 0.7)).astype(np.int64) + 2
    many = np.where(length > 0, many, 0)
    of = np.repeat(np.arange(len(start)), many)
    noise = np.exp(rng.normal(-0.03, 0.24, len(of)))
    late = rng.random(len(of)) < 0.07 * times.strain[of]
    gap = mean[of] * np.clip(noise, 0.3, 2.2) * np.where(late, 1.2 + rng.random(len(of)) * 1.4, 1.0)
    gap = gap * (0.92 + 0.08 * times.strain[of])
    begins = np.cumsum(many) - many
    opening = begins[many > 0]
    gap[opening] = gap[opening] * rng.uniform(0.1, 0.8, len(opening))
    run = np.cumsum(gap)
    before = np.where(begins > 0, run[np.maximum(begins - 1, 0)], 0.0)
    day = days.on_a_working_day(start[of] + (run - before[of]).astype(np.int64))
    kept = (day < np.minimum(times.end, horizon)[of]) & (day >= start[of])
    first_of_day = np.ones(len(day), dtype=bool)
    first_of_day[1:] = (of[1:] != of[:-1]) | (day[1:] != day[:-1])
    kept &= first_of_day
    return of[kept], day[kept]


def _outcomes(
    times: Times, made: tuple[Ints, Ints, Ints], told: np.ndarray, missing: np.ndarray, rng: np.random.Generator
) -> Calls:
    of, day, worker = made
    draw = rng.random(len(of))
    strain = times.strain[of]
    called_off, nobody_home = 0.05 * strain, 0.035
    outcome = np.where(draw < called_off, CANCELLED, np.where(draw < called_off + nobody_home, NO_ACCESS, SEEN))
    outcome = np.where(told, CANCELLED, outcome)
    who = rng.choice([FAMILY, WORKER, SERVICE], len(of), p=[0.55, 0.3, 0.15])
    by = np.where(outcome == CANCELLED, np.where(told, SERVICE, who), NO_ONE_SAID)
    why = np.select(
        [told & missing, told, by == FAMILY, by == WORKER, by == SERVICE], [NO_WORKER, AWAY, ASKED, COURT, COURT], NONE
    )
    why = np.where(outcome == NO_ACCESS, NOBODY_HOME, why)
    return Calls(of, day, worker, outcome, by, why)


def seen_by_child(outcome: Ints, ages: np.ndarray, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """What a visit came to for each child of the family, with the reason where the child was not seen (alone)."""
    made = outcome == SEEN
    draw = rng.random(len(outcome))
    alone = made & (draw < np.where(ages < 3, 0.35, 0.68))
    missed = made & (draw > 0.955)
    result = np.select([alone, missed], [SEEN_ALONE, NOT_SEEN], outcome)
    why = rng.choice([SCHOOL, DID_NOT_WANT, ASLEEP], len(outcome), p=[0.6, 0.2, 0.2])
    said = rng.random(len(outcome)) < 0.7
    reason = np.select(
        [missed & said, made & ~alone & ~missed & (ages >= 3) & (draw > 0.9)],
        [np.where(why == ASLEEP, SCHOOL, why), DID_NOT_WANT],
        NONE,
    )
    return result, np.where((ages < 3) & (reason == DID_NOT_WANT), ASLEEP, reason)
