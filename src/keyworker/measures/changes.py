"""Changes of worker: how many, for how many months of children's lives, and why.

A change is counted as a child's row counts it: the main worker, the lead where there is one and else the accountable
worker, becomes somebody else. Source: the day-weighted measures and the ten published causes.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from keyworker.facts.holds import Held, main_workers, merged
from keyworker.measures.pictures import Figure

DAYS_IN_MONTH = 365.25 / 12
NOT_RECORDED = "not recorded"
FAR = date.max


class Hold(NamedTuple):
    """One worker held one child in one main role; `to_on` is exclusive."""

    worker_id: str
    role: str
    from_on: date
    to_on: date | None
    team_id: str | None
    cause: str | None


@dataclass(frozen=True)
class ChangeOfWorker:
    """A child's main worker became somebody else on a day, for a cause, away from a team."""

    child_id: str
    on: date
    cause: str
    team_id: str | None


@dataclass
class Moved:
    """What moved in a period: every change, and the days of children's lives that each team's workers held."""

    changes: list[ChangeOfWorker] = field(default_factory=list)
    held_days: dict[str | None, int] = field(default_factory=lambda: defaultdict(int))


def moved(children: Iterable[tuple[str, Sequence[Hold]]], since: date, until: date) -> Moved:
    """Every change of main worker from `since` up to, not including, `until`, and the days held by team.

    The first worker of all is no change; the same worker again after a pause is none either.
    The cause is the one recorded when the earlier worker's hold ended.
    """
    found = Moved()
    for child_id, holds in children:
        stretches = main_workers(merged(Held(*hold[:4]) for hold in holds))
        for from_on, to_on, worker_id in stretches:
            days = (min(to_on or until, until) - max(from_on, since)).days
            if days > 0:
                found.held_days[_latest(holds, worker_id, to_on).team_id] += days
        for (_, _, before), (on, _, after) in itertools.pairwise(stretches):
            if before != after and since <= on < until:
                left = _latest(holds, before, on)
                found.changes.append(ChangeOfWorker(child_id, on, left.cause or NOT_RECORDED, left.team_id))
    return found


def _latest(holds: Sequence[Hold], worker_id: str, until: date | None) -> Hold:
    """The hold with which a worker's stretch ended: the last begun before it did, with a cause if any has one."""
    mine = [hold for hold in holds if hold.worker_id == worker_id and hold.from_on < (until or FAR)]
    return max(mine, key=lambda hold: (hold.to_on or FAR, hold.cause is not None, hold.from_on))


def rate_figure(changes: Sequence[object], held_days: int, period: str) -> Figure:
    """Changes of worker for each month of children's lives with a worker; times 100, per 100 child-months."""
    base = "months of children's lives with a worker"
    return Figure("Changes of worker", len(changes), round(held_days / DAYS_IN_MONTH, 2) or None, base, period)


def causes(changes: Iterable[ChangeOfWorker]) -> tuple[tuple[str, int], ...]:
    """How many changes each cause gave, most first; `not recorded` is a cause by name."""
    return tuple(sorted(Counter(change.cause for change in changes).items(), key=lambda one: (-one[1], one[0])))
