"""What is due to a worker's, a team's or a district's children, and of its workers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import psycopg

from keyworker.actions.whole import of_team, of_worker, whole_at
from keyworker.clocks.engine import Reading, open_readings, rows_of
from keyworker.clocks.readings import State
from keyworker.clocks.rules import Rulebook, RuleKind, Subject
from keyworker.facts.handles import HandleKind
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import ChildRow, TeamRef, WorkerRow

SOON = timedelta(days=14)
_PRESSING = (State.OVERDUE.value, State.CANNOT_TELL.value, State.RUNNING.value)


@dataclass(frozen=True)
class Due:
    """One line of a worklist: a duty, whom it is owed to, and who holds the work.

    Takes   child, the child it is about; worker, the worker it is about (one of the two, or neither for the council's).
    """

    reading: Reading
    child: ChildRow | None = None
    worker: WorkerRow | None = None

    @property
    def team(self) -> TeamRef | None:
        """The team with which the work is."""
        about = self.child or self.worker
        return about.team if about else None


@dataclass(frozen=True)
class Whose:
    """Whose worklist: a worker's, a team's, a district's, or everybody's when none is named."""

    worker_id: str | None = None
    team_id: str | None = None
    district: str | None = None


def due_to(connection: psycopg.Connection, moment: Moment, whose: Whose, *, within: timedelta = SOON) -> list[Due]:
    """What is overdue, and what is due within some days: by how long it is overdue, then by when it is due.

    What cannot be told is listed only where its date has passed. Windows and gates ask nobody for anything.
    """
    children, workers = people(connection, moment, whose)
    by_child = {row.child_id: row for row in children}
    by_worker = {row.worker.worker_id: row for row in workers}
    found, rulebook = open_readings(connection, moment, child_ids=list(by_child), worker_ids=list(by_worker))
    rows = (row for row in rows_of(found, rulebook) if _is_listed(row, rulebook, moment.at + within))
    listed = [
        Due(row, by_child.get(row.subject), by_worker.get(row.subject) if row.subject_kind is Subject.WORKER else None)
        for row in rows
    ]
    return sorted(listed, key=_order)


def people(connection: psycopg.Connection, moment: Moment, whose: Whose) -> tuple[list[ChildRow], list[WorkerRow]]:
    """The open children and the workers of somebody's worklist."""
    if whose.worker_id is not None:
        mine = of_worker(connection, moment, whose.worker_id)
        return mine.children, mine.workers
    if whose.team_id is not None:
        team = of_team(connection, moment, whose.team_id)
        return team.children, team.workers
    whole = whole_at(connection, moment)
    return (
        [row for row in whole.children if _in(row.team, whose.district)],
        [row for row in whole.workers if _in(row.team, whose.district)],
    )


def _in(team: TeamRef | None, district: str | None) -> bool:
    return district is None or (team is not None and team.district == district)


def _is_listed(reading: Reading, rulebook: Rulebook, until: date) -> bool:
    if reading.state.value not in _PRESSING or reading.due_on is None:
        return False
    if rulebook[reading.rule].binding.kind in (RuleKind.WINDOW, RuleKind.GATE):
        return False
    return reading.passed_due or (reading.state is State.RUNNING and reading.due_on <= until)


def _order(one: Due) -> tuple[int, date, str, str]:
    reading = one.reading
    return (_PRESSING.index(reading.state.value), reading.due_on or date.max, reading.subject, reading.rule)


def seen_in(dues: Iterable[Due]) -> dict[HandleKind, list[str]]:
    """The handles of the children and of the workers of a worklist."""
    listed = list(dues)
    return {
        HandleKind.CHILD: [one.child.handle for one in listed if one.child],
        HandleKind.WORKER: [one.worker.worker.handle for one in listed if one.worker],
    }
