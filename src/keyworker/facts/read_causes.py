"""Why a worker changed, where the case system does not say: read from what HR and the organisation recorded.

A cause that is read is always shown as read, never as recorded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.remembered import shared_of
from keyworker.facts.rows import fetch
from keyworker.record.sessions import figures_in_sight

AROUND = timedelta(days=14)
LONG = timedelta(days=14)  # a shorter absence is no reason to hand a child over

LEFT, REORGANISED, AWAY = "LEFTRL", "ORGRST", "ABSENC"


@dataclass(frozen=True)
class CauseRead:
    """A published cause, and where it was read."""

    cause: str
    read_from: str


@dataclass(frozen=True)
class Around:
    """What HR and the organisation recorded of some workers and teams."""

    appointments: dict[str, list[tuple[date, date | None]]]
    absences: dict[str, list[tuple[date, date | None]]]
    successions: dict[str, list[date]]

    def cause(self, worker_id: str, team_id: str | None, ended_on: date) -> CauseRead | None:
        """The cause of a hold's ending, when something about its worker or team explains the day."""
        if self._left(worker_id, ended_on):
            return CauseRead(LEFT, "HR leaving date")
        if team_id and any(abs(day - ended_on) <= AROUND for day in self.successions.get(team_id, ())):
            return CauseRead(REORGANISED, "team succession")
        if any(_is_away(from_on, to_on, ended_on) for from_on, to_on in self.absences.get(worker_id, ())):
            return CauseRead(AWAY, "absence")
        return None

    def _left(self, worker_id: str, ended_on: date) -> bool:
        held = self.appointments.get(worker_id, ())
        stays = any(to_on is None or to_on > ended_on + AROUND for _, to_on in held)
        return not stays and any(to_on and abs(to_on - ended_on) <= AROUND for _, to_on in held)


def around(connection: psycopg.Connection, lens: Lens, worker_ids: Iterable[str], team_ids: Iterable[str]) -> Around:
    """Read what is known of these workers' appointments and absences, and of these teams' succession."""
    workers, teams = list(worker_ids), list(team_ids)
    found = Around(defaultdict(list), defaultdict(list), defaultdict(list))
    for worker_id, from_on, to_on in fetch(
        connection,
        lens,
        "select worker_id, from_on, to_on from {appointment} a where worker_id = any(%(workers)s::text[])",
        workers=workers,
    ):
        found.appointments[worker_id].append((from_on, to_on))
    # A row of it says why somebody was away, so that no person's session sees it: it is read as the service, of those
    # whose figures whoever asks may see.
    shared = shared_of(connection)
    of = workers if shared is connection else sorted(figures_in_sight(connection, workers))
    for worker_id, from_on, to_on in fetch(
        shared,
        lens,
        "select worker_id, from_on, to_on from {absence} a where worker_id = any(%(workers)s::text[])",
        workers=of,
    ):
        found.absences[worker_id].append((from_on, to_on))
    for team_id, day in fetch(
        connection,
        lens,
        "select from_team_id, happened_on from {team_succession} s where from_team_id = any(%(teams)s::text[])",
        teams=teams,
    ):
        found.successions[team_id].append(day)
    return found


def _is_away(from_on: date, to_on: date | None, ended_on: date) -> bool:
    long = to_on is None or to_on - from_on >= LONG
    return long and from_on - AROUND <= ended_on and (to_on is None or ended_on <= to_on + AROUND)
