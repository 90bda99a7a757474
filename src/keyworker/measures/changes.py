"""Changes of worker: how many, for how many months of children's lives, and why.

Source  the day-weighted measures and the ten published causes described in the manual's page on continuity.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from keyworker.measures.pictures import Figure

DAYS_IN_MONTH = 365.25 / 12
NOT_RECORDED = "not recorded"


@dataclass(frozen=True)
class Hold:
    """One worker held one child as the main worker, touching rows merged; `to_on` is exclusive."""

    child_id: str
    worker_id: str
    from_on: date
    to_on: date | None
    cause: str | None


@dataclass(frozen=True)
class ChangeOfWorker:
    """A child's main worker became somebody else on a day, for a cause."""

    child_id: str
    on: date
    cause: str


@dataclass(frozen=True)
class OpenDays:
    """A child was open to the service from a day up to, not including, another."""

    child_id: str
    from_on: date
    to_on: date | None


def changes_of_worker(holds: Iterable[Hold], since: date, until: date) -> list[ChangeOfWorker]:
    """Every change of main worker on a day from `since` up to, not including, `until`.

    The first worker of all is no change; the same worker again after a pause is none either.
    The cause is the one recorded when the earlier hold ended.
    """
    by_child: dict[str, list[Hold]] = defaultdict(list)
    for hold in holds:
        by_child[hold.child_id].append(hold)
    found = []
    for child_id, held in by_child.items():
        ordered = sorted(held, key=lambda hold: (hold.from_on, hold.worker_id))
        for before, after in itertools.pairwise(ordered):
            if before.worker_id != after.worker_id and since <= after.from_on < until:
                found.append(ChangeOfWorker(child_id, after.from_on, before.cause or NOT_RECORDED))
    return found


def child_months(spells: Iterable[OpenDays], since: date, until: date) -> float:
    """Months of children's lives open to the service between two days, the second not included."""
    days = sum(max(0, (min(spell.to_on or until, until) - max(spell.from_on, since)).days) for spell in spells)
    return days / DAYS_IN_MONTH


def rate_figure(changes: Sequence[ChangeOfWorker], months: float, period: str) -> Figure:
    """Changes of worker for every 100 months of children's lives: numerator changes, denominator hundreds of months."""
    base = "hundreds of months of children's lives open to the service"
    return Figure("Changes of worker", len(changes), round(months / 100, 4) or None, base, period)


def causes(changes: Iterable[ChangeOfWorker]) -> tuple[tuple[str, int], ...]:
    """How many changes each cause gave, most first; `not recorded` is a cause by name."""
    return tuple(sorted(Counter(change.cause for change in changes).items(), key=lambda one: (-one[1], one[0])))


def by_child(changes: Iterable[ChangeOfWorker]) -> Mapping[str, int]:
    """How many changes each child had."""
    return Counter(change.child_id for change in changes)
