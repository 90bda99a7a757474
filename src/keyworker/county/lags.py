"""When things were typed in: mostly within days, some after months, and a rush once an inspection is announced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from keyworker.county import days
from keyworker.county.chance import Chance, Ints

DAY = 86_400
SOONEST = 900
"""Seconds within which nobody has anything typed in."""

INSPECTIONS = tuple(
    days.number(day)
    for day in (date(2018, 3, 5), date(2019, 1, 7), date(2022, 3, 7), date(2024, 2, 26), date(2026, 9, 7))
)
"""The days on which an inspection of the made-up county was announced."""

SHARE_PUT_RIGHT_AT_ONCE = 0.8
HARD_YEARS = {2017: 1.3, 2018: 1.6, 2021: 1.3, 2022: 1.5, 2023: 1.2}


@dataclass(frozen=True)
class Habit:
    """How promptly one kind of thing is typed in.

    Takes   typical, the median in days; tail, the share that waits much longer; wait, the mean of that wait in days.
    """

    typical: float
    tail: float
    wait: float = 45.0


AT_ONCE = Habit(0.3, 0.005, 10.0)
PROMPT = Habit(1.2, 0.03, 25.0)
USUAL = Habit(2.2, 0.07, 40.0)
SLOW = Habit(6.0, 0.15, 70.0)


def entered(chance: Chance, name: str, happened: Ints, habit: Habit, strain: np.ndarray | float = 1.0) -> Ints:
    """When things that happened on days were typed in, in seconds since 1970.

    Takes   strain, how pressed the team was: it lengthens the tail.
    """
    rng = chance.stream(f"entered {name}")
    many = len(happened)
    year = np.clip((happened / days.YEAR + 1970).astype(np.int64), 2000, 2099)
    pressed = np.ones(100)
    for hard, factor in HARD_YEARS.items():
        pressed[hard - 2000] = factor
    pressure = np.asarray(strain) * pressed[year - 2000]
    lag = np.exp(rng.normal(np.log(habit.typical + 0.01), 0.9, many))
    slow = rng.random(many) < habit.tail * pressure
    lag = np.where(slow, 8 + rng.exponential(habit.wait, many) * pressure, lag)
    day = _in_the_rush(happened, happened + np.minimum(lag, 400).astype(np.int64), rng)
    weekend = (day + 3) % 7 >= 5
    day = np.where(weekend & (rng.random(many) < 0.93), day + 2 - ((day + 3) % 7 - 5), day)
    return day * DAY + 8 * 3600 + (rng.beta(2.0, 1.6, many) * 11 * 3600).astype(np.int64)


def _in_the_rush(happened: Ints, typed: Ints, rng: np.random.Generator) -> Ints:
    """What was waiting to be typed in when an inspection was announced is mostly typed in within the week."""
    for announced in INSPECTIONS:
        waiting = (happened < announced) & (typed > announced + 5) & (rng.random(len(typed)) < SHARE_PUT_RIGHT_AT_ONCE)
        typed = np.where(waiting, announced + rng.integers(0, 6, len(typed)), typed)
    return typed


def at_nine(day: Ints) -> Ints:
    """Nine in the morning of each day, in seconds since 1970."""
    return day * DAY + 9 * 3600
