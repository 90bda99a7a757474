"""Workers who are away or have left, and what was decided for each child of theirs: who covers, or why nobody does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch

_AWAY = """select worker_id, absence_id, from_on, expected_return_on from {absence:in_force} a
order by worker_id, from_on, entry_id"""
_AHEAD = """select worker_id, absence_id, from_on, expected_return_on from {absence} a
where from_on > %(today)s and from_on <= %(last)s order by worker_id, from_on, entry_id"""
_DECIDED = """select d.decision_id, d.child_id, d.worker_id, d.away_since_on, d.covered_by, d.happened_on, d.from_on,
    d.until_on, d.why, a.author, a.recorded_at
from {cover_decision} d join record.act a on a.act_id = d.act_id
order by d.happened_on, d.entry_id"""
_COVERED = """select distinct child_id from {involvements:in_force} i
where lower(role) = 'covering worker'"""


@dataclass(frozen=True, slots=True)
class AwayNow:
    """A worker who is away, or will be. Takes back_on, when they are expected back; None where nobody knows."""

    worker_id: str
    from_on: date
    back_on: date | None

    def has_begun(self, today: date) -> bool:
        """Whether they are away already, and not only from a day to come."""
        return self.from_on <= today

    def is_long(self, days: int, today: date) -> bool:
        """Whether they are away for more days than may pass without a decision; of an end that nobody knows it is."""
        return self.back_on is None or (max(self.back_on, today) - self.from_on).days > days


@dataclass(frozen=True, slots=True)
class CoverDecision:
    """What was decided for one child while the worker is away.

    Takes   away_since_on, the first day of that absence; covered_by, who covers, None where nobody does and `why` says
            why not; from_on and until_on, the first and the last day for which it was decided.
    """

    decision_id: str
    child_id: str
    worker_id: str
    away_since_on: date
    covered_by: str | None
    decided_on: date
    from_on: date | None
    until_on: date | None
    why: str | None
    decided_by: str
    decided_at: datetime

    def holds(self, away: AwayNow, today: date) -> bool:
        """Whether it is for this absence and not over, but for whether whoever covers still does."""
        is_of_it = (self.worker_id, self.away_since_on) == (away.worker_id, away.from_on)
        return is_of_it and (self.until_on is None or self.until_on >= today)

    def needs_nobody(self, today: date) -> bool:
        """Whether nobody need work with the child today by it: nobody covers, or somebody will from a later day."""
        return self.covered_by is None or (self.from_on is not None and self.from_on > today)


def away_now(connection: psycopg.Connection, lens: Lens) -> dict[str, AwayNow]:
    """Everybody who is away at the lens's moment, since the first day of the absence that began first."""
    found: dict[str, AwayNow] = {}
    for worker_id, _, from_on, back_on in fetch(connection, lens, _AWAY):
        found.setdefault(worker_id, AwayNow(worker_id, from_on, back_on))
    return found


def away_ahead(connection: psycopg.Connection, later: Lens, today: date, last: date) -> dict[str, AwayNow]:
    """Everybody of whom it is written down that they will be away from a day after today on, by their first absence.

    Takes   later, a lens on a day by which every absence has begun; last, the day after which nobody looks.
    """
    found: dict[str, AwayNow] = {}
    for worker_id, _, from_on, back_on in fetch(connection, later, _AHEAD, today=today, last=last):
        found.setdefault(worker_id, AwayNow(worker_id, from_on, back_on))
    return found


def cover_decisions(connection: psycopg.Connection, lens: Lens) -> list[CoverDecision]:
    """What was decided for the lens's children, the oldest first."""
    return [CoverDecision(*row) for row in fetch(connection, lens, _DECIDED)]


def covered(connection: psycopg.Connection, lens: Lens) -> frozenset[str]:
    """The lens's children whom somebody covers at its moment."""
    return frozenset(row[0] for row in fetch(connection, lens, _COVERED))
