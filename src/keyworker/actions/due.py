"""What is due to a worker's, a team's or a district's children, and of its workers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

import polars as pl
import psycopg

from keyworker.actions.remembered import at_hand, remembered
from keyworker.actions.whole import of_team, of_worker, whole_at
from keyworker.clocks.due import editions_of
from keyworker.clocks.engine import Reading, open_readings, rows_of
from keyworker.clocks.readings import State
from keyworker.clocks.rules import Rulebook, RuleKind, Subject
from keyworker.clocks.stored import People, is_kept, keep_all, kept_open
from keyworker.facts.handles import HandleKind
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import ChildRow, TeamRef, WorkerRow
from keyworker.facts.reach import holders_told_from
from keyworker.vocabulary.working_days import spoken

SOON = timedelta(days=14)
_PRESSING = (State.OVERDUE.value, State.CANNOT_TELL.value, State.RUNNING.value)


Open = tuple[pl.DataFrame, Rulebook]
"""Readings as columns, and the rules whose places `rule` numbers."""


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

    What cannot be told is listed only where its date has passed. Windows and gates ask nobody for anything. What was
    asked about a moment is remembered until the next act.
    """
    read = partial(_due_to, connection, moment, whose, within)
    return remembered(connection, "due", moment, read, of=f"{whose} {within}")


def _due_to(connection: psycopg.Connection, moment: Moment, whose: Whose, within: timedelta) -> list[Due]:
    children, workers = people(connection, moment, whose)
    by_child = {row.child_id: row for row in children}
    by_worker = {row.worker.worker_id: row for row in workers}
    found, rulebook = open_of(connection, moment, list(by_child), list(by_worker))
    told = holders_told_from(connection, moment)
    listed = rows_of(_listed(found, rulebook, moment.at + within), rulebook)
    dues = [
        Due(row, by_child.get(row.subject), by_worker.get(row.subject) if row.subject_kind is Subject.WORKER else None)
        for row in (_as_told(one, rulebook, told) for one in listed)
    ]
    return sorted(dues, key=_order)


def every_open(connection: psycopg.Connection, moment: Moment) -> Open:
    """What nothing has met or stopped of every open child's and every worker's duties, read anew after an act."""

    def read() -> Open:
        return _read_open(connection, moment, _everybody(connection, moment))

    return remembered(connection, "open duties", moment, read)


def keep_open(connection: psycopg.Connection, today: date) -> None:
    """Keep the open duties of today in the database, where they are not kept already.

    Takes   connection, in a transaction that sees one state of the record throughout and may write.
    """
    if not is_kept(connection, today):
        keep_all(connection, today, _everybody(connection, Moment(today)))


def _everybody(connection: psycopg.Connection, moment: Moment) -> People:
    whole = whole_at(connection, moment)
    return People([row.child_id for row in whole.children], [row.worker.worker_id for row in whole.workers])


def _read_open(connection: psycopg.Connection, moment: Moment, theirs: People) -> Open:
    """What is kept of today, where it is believed; what is worked out otherwise."""
    kept = None if moment.is_known_then else kept_open(connection, moment.at, theirs)
    return kept or open_readings(connection, moment, child_ids=theirs.child_ids, worker_ids=theirs.worker_ids)


def open_of(connection: psycopg.Connection, moment: Moment, child_ids: list[str], worker_ids: list[str]) -> Open:
    """The same of some people: a part of everybody's when those are at hand."""
    every: Open | None = at_hand(connection, "open duties", moment)
    if every is None:
        return _read_open(connection, moment, People(child_ids, worker_ids))
    found, rulebook = every
    kept = [
        pl.col("rule").is_in(_numbers(rulebook, kind)) & pl.col("subject").is_in(subjects)
        for kind, subjects in ((Subject.CHILD, child_ids), (Subject.WORKER, worker_ids))
    ]
    return found.filter(kept[0] | kept[1]), rulebook


def _numbers(rulebook: Rulebook, kind: Subject) -> list[int]:
    return [number for number, rule in enumerate(rulebook) if rule.binding.subject is kind]


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


def _listed(found: pl.DataFrame, rulebook: Rulebook, until: date) -> pl.DataFrame:
    asked_of_nobody = [
        number for number, rule in enumerate(rulebook) if rule.binding.kind in (RuleKind.WINDOW, RuleKind.GATE)
    ]
    is_soon = (pl.col("state") == State.RUNNING.value) & (pl.col("due_on") <= until)
    return found.filter(
        pl.col("state").is_in(_PRESSING)
        & pl.col("due_on").is_not_null()
        & ~pl.col("rule").is_in(asked_of_nobody)
        & (pl.col("passed_due") | is_soon)
    )


def _as_told(reading: Reading, rulebook: Rulebook, told_from: date | None) -> Reading:
    """A duty as the extracts can tell it: what was to be done once, before them, may have been done and be in none.

    What is to be done again and again stays overdue: nothing has met it since they begin either.
    """
    if told_from is None or reading.due_on is None or reading.due_on >= told_from:
        return reading
    if reading.state is not State.OVERDUE or any(one.again for one in editions_of(rulebook[reading.rule])):
        return reading
    why = f"What the extracts hold is whole from {spoken(told_from)}: what was done before that day is not told."
    return replace(reading, state=State.CANNOT_TELL, reason=f"{reading.reason} {why}")


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
