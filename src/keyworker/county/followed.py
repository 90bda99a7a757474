"""What has to follow something by a limit: mostly in time, sometimes late, sometimes not at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from keyworker.county import absence, allocation, days
from keyworker.county.chance import Bools, Chance, Floats, Ints
from keyworker.county.life import Life
from keyworker.county.posts import NOBODY

NOBODY_THERE = 1.8
"""How much likelier a thing is to be late where no worker was there to do it that day."""


@dataclass(frozen=True)
class Promise:
    """What follows, by when, and how often it does not.

    Takes   limit, in working days or in days; late and never, the shares that come late and that never come where
            nobody is pressed; slack, the mean number of days by which the late are late; before, whether it is to
            come that long before the thing rather than after it.
    """

    limit: int
    late: float
    never: float
    slack: float = 6.0
    working: bool = True
    before: bool = False


def follow(
    chance: Chance, name: str, start: Ints, promise: Promise, pressed: Floats | float = 1.0
) -> tuple[Ints, Bools]:
    """When each thing came that was to follow, and whether it did.

    Takes   start, the day from which the limit counts; pressed, how hard the time was: it makes more late.
    Gives   a day for each start, and whether anything happened on it. What was to come after never comes before.
    """
    rng = chance.stream(f"followed {name}")
    many = len(start)
    draw = rng.random(many)
    hard = np.minimum(np.asarray(pressed, dtype=np.float64) * np.ones(many), 4.0)
    never = draw < np.minimum(promise.never * hard, 0.5)
    late = ~never & (draw < np.minimum((promise.never + promise.late) * hard, 0.9))
    in_time = (rng.beta(2.2, 1.4, many) * (promise.limit + 1)).astype(np.int64)
    over = 1 + rng.exponential(promise.slack, many).astype(np.int64)
    if promise.before:
        ahead = np.where(late, np.maximum(promise.limit - over, -5), promise.limit + rng.integers(0, 4, many))
        return _moved(start, -ahead, promise.working), ~never
    taken = np.where(late, promise.limit + over, np.minimum(in_time, promise.limit))
    return np.maximum(_moved(start, taken, promise.working), start), ~never


def _moved(start: Ints, by: Ints, working: bool) -> Ints:
    return days.add_working_days(start, by) if working else days.on_a_working_day(start + by)


def pressed(life: Life, spell: Ints, day: Ints, stay: Ints | None = None) -> Floats:
    """How hard it was to be on time for each family on each day: its district's strain, more where nobody was there.

    Nobody was there while the post was vacant, the family waited for a worker, or the worker was away.

    Takes   stay, for children in care: it says from when the children in care team leads.
    """
    worker = led_by(life, spell, day, stay)
    gone = (worker == NOBODY) | absence.away(life.away, np.maximum(worker, 0), day)
    return life.strain[life.spells.family[spell]] * np.where(gone, NOBODY_THERE, 1.0)


def led_by(life: Life, spell: Ints, day: Ints, stay: Ints | None = None) -> Ints:
    """The worker who led each spell's work on each day, or NOBODY; without a stay the children in care team aside."""
    stage = life.stage_on(spell, day)
    if stay is not None:
        cared = (day >= life.paths.care_from[stay]) & (life.care_stage[spell] != NOBODY)
        stage = np.where(cared, life.care_stage[spell], stage)
    return np.where(stage >= 0, allocation.at(life.holds, np.maximum(stage, 0), day), NOBODY)


def repeated(start: Ints, stop: Ints, gaps: tuple[int, ...], first: int) -> tuple[Ints, Ints]:
    """Due days after a start: the given gaps in days one after another, the last for ever. Gives whose, and when."""
    parts: list[tuple[Ints, Ints]] = []
    due, live, turn = start.copy(), np.arange(len(start)), 0
    while len(live):
        due = due + gaps[min(turn, len(gaps) - 1)]
        kept = due < stop[live]
        live, due, turn = live[kept], due[kept], turn + 1
        parts.append((live[due >= first], due[due >= first]))
    whose = np.concatenate([part[0] for part in parts]) if parts else live
    return whose, np.concatenate([part[1] for part in parts]) if parts else live
