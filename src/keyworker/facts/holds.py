"""Who held a child when: rows of a case system made into holdings, and what follows from them.

The SQL relation `holding` says the same; this is the way for lists, where a row of SQL costs more than a row here.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

ALWAYS = date.max


class Held(NamedTuple):
    """One worker held a child in one role; `to_on` is exclusive, None while it goes on."""

    worker_id: str
    role: str
    from_on: date
    to_on: date | None

    def on(self, day: date) -> bool:
        """Whether it was in force at the end of a day."""
        return self.from_on <= day and (self.to_on is None or self.to_on > day)


def merged(rows: Iterable[Held]) -> list[Held]:
    """Touching and overlapping rows of one worker and role made one, earliest first."""
    by_hold: dict[tuple[str, str], list[Held]] = {}
    for row in rows:
        by_hold.setdefault(row[:2], []).append(row)
    found: list[Held] = []
    for held in by_hold.values():
        found += held if len(held) == 1 else _runs(held)
    if len(found) > 1:
        found.sort(key=_order)
    return found


def _order(one: Held) -> tuple[date, date, str, str]:
    return (one.from_on, one.to_on or ALWAYS, one.worker_id, one.role)


def _runs(rows: list[Held]) -> list[Held]:
    rows.sort(key=lambda one: one.from_on)
    runs: list[Held] = []
    first = rows[0]
    from_on, until = first.from_on, first.to_on or ALWAYS
    for row in rows[1:]:
        if row.from_on > until:
            runs.append(Held(first.worker_id, first.role, from_on, until))
            from_on, until = row.from_on, row.to_on or ALWAYS
        else:
            until = max(until, row.to_on or ALWAYS)
    runs.append(Held(first.worker_id, first.role, from_on, None if until == ALWAYS else until))
    return runs


def main_workers(holds: Sequence[Held]) -> list[tuple[date, date | None, str]]:
    """Each stretch in which one worker was a child's main worker: the lead where there is one, else the accountable.

    Takes   merged holdings of lead and accountable workers. Where two leads overlap, the later one is the main worker.
    """
    days = sorted({day for hold in holds for day in (hold.from_on, hold.to_on) if day})
    found: list[tuple[date, date | None, str]] = []
    for day, until in itertools.zip_longest(days, days[1:]):
        now = [hold for hold in holds if hold.on(day)]
        if not now:
            continue
        worker = max(now, key=lambda hold: (hold.role == "lead", hold.from_on, hold.worker_id)).worker_id
        if found and found[-1][2] == worker and found[-1][1] == day:
            found[-1] = (found[-1][0], until, worker)
        else:
            found.append((day, until, worker))
    return found


def changes(holds: Sequence[Held], since: date, until: date) -> int:
    """How often a child's main worker became somebody else, from a day up to, not including, another.

    The first worker of all is no change, and the same worker again after a pause is none.
    """
    if not any(since <= hold.from_on < until or (hold.to_on and since <= hold.to_on < until) for hold in holds):
        return 0
    stretches = main_workers(holds)
    return sum(
        1 for before, after in itertools.pairwise(stretches) if before[2] != after[2] and since <= after[0] < until
    )
