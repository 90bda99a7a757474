"""Children who came into care in an emergency: police protection for hours, an emergency protection order for days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from keyworker.county import lags
from keyworker.county.chance import Ints
from keyworker.county.lags import DAY
from keyworker.county.life import Life
from keyworker.county.steps import Steps

SHARE = 0.11
POLICE_ONLY, POLICE_THEN_ORDER, ORDER_ONLY = range(3)
KINDS = (0.4, 0.2, 0.4)
LONGEST_POLICE = 72 * 3600
LONGEST_ORDER = 8


@dataclass(frozen=True)
class Emergencies:
    """How each period of care began: the nights of police protection, the days of an order, nought for neither.

    Takes   police_from and police_to, in seconds since 1970; extended, the day on which the court let the order run
            on, or nought.
    """

    start: Ints
    police: Ints
    order: Ints
    police_from: Ints
    police_to: Ints
    extended: Ints

    @property
    def police_until(self) -> Ints:
        """The day on which police protection was over."""
        return self.start + self.police

    @property
    def order_until(self) -> Ints:
        """The day on which the emergency order was over; where there was none, police protection."""
        return self.start + self.police + self.order


def emergencies(life: Life) -> Emergencies:
    """About one in ten who came into care; a few were held by the police for longer than the law allows."""
    rng = life.chance.stream("emergencies")
    care = life.care
    many = len(care.start)
    length = np.minimum(care.end, life.horizon) - care.start
    urgent = (rng.random(many) < SHARE) & (care.start >= life.first) & (care.adopted == 0) & (length > 24)
    kind = np.where(urgent, rng.choice(3, many, p=KINDS), -1)
    hours = np.where(rng.random(many) < 0.06, 73 + rng.exponential(9, many), 6 + rng.random(many) * 62)
    taken = care.start * DAY + (rng.integers(14 * 60, 24 * 60, many) * 60)
    over = taken + (hours * 3600).astype(np.int64)
    police = np.isin(kind, (POLICE_ONLY, POLICE_THEN_ORDER))
    order = np.isin(kind, (POLICE_THEN_ORDER, ORDER_ONLY))
    extended = order & (rng.random(many) < 0.25)
    first_days = np.where(rng.random(many) < 0.04, LONGEST_ORDER + 2, rng.integers(3, LONGEST_ORDER + 1, many))
    more = np.where(rng.random(many) < 0.06, 9, rng.integers(2, 8, many))
    nights = np.where(police, np.maximum(over // DAY - care.start, 1), 0)
    asked = care.start + nights + LONGEST_ORDER - 1 - rng.integers(0, 2, many)
    return Emergencies(
        care.start,
        nights,
        np.where(extended, LONGEST_ORDER + more, np.where(order, first_days, 0)),
        np.where(police, taken, 0),
        np.where(police, over, 0),
        np.where(extended, asked, 0),
    )


def emergency_steps(life: Life, steps: Steps, urgent: Emergencies) -> None:
    """Police protection from hour to hour."""
    police = np.flatnonzero(urgent.police)
    child = life.stays.child[life.care.stay[police]]
    for kind, when in (("police protection", urgent.police_from), ("police protection ended", urgent.police_to)):
        shown = when[police] // DAY < life.horizon
        steps.add(
            kind, (when[police] // DAY)[shown], child=child[shown], time=(when[police] % DAY)[shown],
            by_whom="police", habit=lags.AT_ONCE,
        )  # fmt: skip
