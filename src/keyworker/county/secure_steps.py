"""Secure accommodation: hours without an order, orders one after another, and reviews by a panel."""

from __future__ import annotations

import numpy as np

from keyworker.county import days, lags
from keyworker.county.care_episodes import SECURE, Placements
from keyworker.county.life import Life
from keyworker.county.placement_rows import about_placements
from keyworker.county.steps import About, Steps

WITHOUT_ORDER_TOO_LONG = 0.08
FIRST_ORDER, LATER_ORDER = 90, 180
NOT_RENEWED_IN_TIME = 0.1


def secure(life: Life, placed: Placements, steps: Steps) -> None:
    """The court's authority within 72 hours for most; reviews after a month, then every three."""
    which = np.flatnonzero(placed.kind == SECURE)
    if not len(which):
        return
    rng = life.chance.stream("secure accommodation")
    about = about_placements(life, placed, placed.start, placed.end).of(which)
    start, stop = placed.start[which], np.minimum(placed.end[which], life.horizon)
    time = rng.integers(9 * 60, 22 * 60, len(which)) * 60
    steps.on("secure placement", start, about, time=time, by_whom="team manager", habit=lags.AT_ONCE)
    hours = np.where(rng.random(len(which)) < WITHOUT_ORDER_TOO_LONG, 80, rng.integers(18, 70, len(which)))
    ordered = start * lags.DAY + time + hours * 3600
    day, limit = ordered // lags.DAY, FIRST_ORDER
    live = np.flatnonzero(day < stop)
    at: np.ndarray | None = ordered[live] % lags.DAY // 3600 * 3600
    while len(live):
        steps.on("secure order", day[live], about.of(live), time=at, by_whom="the court", habit=lags.PROMPT)
        late = np.where(rng.random(len(which)) < NOT_RENEWED_IN_TIME, rng.integers(1, 9, len(which)), 0)
        day = days.on_a_working_day(day + limit - rng.integers(2, 12, len(which))) + late * 2
        live, at, limit = live[day[live] < stop[live]], None, LATER_ORDER
    over = np.flatnonzero(placed.end[which] < days.STILL_OPEN)
    for kind in ("secure order ended", "secure placement ended"):
        steps.on(kind, placed.end[which[over]] - 1, about.of(over), time=time[over], habit=lags.PROMPT)
    _reviewed(steps, start, stop, about, rng)


def _reviewed(steps: Steps, start: np.ndarray, stop: np.ndarray, about: About, rng: np.random.Generator) -> None:
    live, day, limit = np.arange(len(start)), start, 29
    while len(live):
        late = np.where(rng.random(len(live)) < 0.15, rng.integers(4, 20, len(live)), 0)
        day = days.on_a_working_day(day + limit - rng.integers(0, 6, len(live))) + late
        held = day < stop[live]
        live, day, limit = live[held], day[held], 89
        steps.on("secure review", day, about.of(live), by_whom="secure review panel")
