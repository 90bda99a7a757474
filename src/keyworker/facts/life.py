"""One child's whole time with the service: statuses, workers, gaps, visits and everything else at its day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

import psycopg

from keyworker.facts import people
from keyworker.facts.lens import Lens
from keyworker.facts.pictures import Mark, Outcome, Status, VisitMark, WorkerRef
from keyworker.facts.rows import fetch

_STATUSES = """select kind, from_on, to_on, detail from {status} s where from_on <= %(at)s
order by from_on, kind, to_on nulls last"""

_HOLDS = """select worker_id, role, role_said, team_id, from_on, to_on, cause, recorded_at from {holding} h
order by from_on, role, worker_id"""

_VISITS = """select v.kind, v.happened_on, v.outcome, v.worker_id, v.entered_at, a.known_after, a.known_by,
    v.recorded_at, v.reason, v.cancelled_by, v.entry_id
from {visit} v left join record.act a on a.act_id = v.act_id
order by v.happened_on, v.kind, v.entry_id"""

_MARKS = """select 'contact' as kind, happened_on, coalesce(source_desc, source_code) as says,
    cast(null as date) as due_on, recorded_at, entry_id from {contacts} c
union all select 'referral', from_on, coalesce(referral_source_desc, referral_source_code), null, recorded_at,
    entry_id from {cin_episodes} e
union all select 'initial child protection conference', happened_on, cast(null as text), target_on, recorded_at,
    entry_id from {initial_cp_conference} i
union all select 'child protection review', happened_on, cast(null as text), due_on, recorded_at, entry_id
    from {cp_reviews} r
union all select 'looked after review', v.happened_on, cast(null as text), v.due_on, v.recorded_at, v.entry_id
    from {cla_reviews} v
    where v.cancelled is not true and v.care_period_id in (select care_period_id from {cla_episodes} l)
union all select 'case supervision', happened_on, outcome, null, recorded_at, entry_id from {case_supervision} s
union all select 'missing', from_on, episode_type, null, recorded_at, entry_id from {missing} m
union all select 'placement', from_on, type, null, recorded_at, entry_id from {cla_placement} p
union all select 'legal status', from_on, legal_status, null, recorded_at, entry_id from {legal_status} g
union all select kind, happened_on, outcome, null, recorded_at, entry_id from {step} t
"""

_SAYS = {
    "initial child protection conference": "Initial child protection conference",
    "child protection review": "Child protection review",
    "looked after review": "Looked after review",
}


class Held(NamedTuple):
    """One holding as the record gives it."""

    worker_id: str
    role: str
    role_said: str | None
    team_id: str | None
    from_on: date
    to_on: date | None
    cause: str | None
    recorded_at: datetime


class Visited(NamedTuple):
    """One visit as the record gives it."""

    kind: str
    happened_on: date
    outcome: str
    worker_id: str | None
    entered_at: datetime | None
    known_after: datetime | None
    known_by: datetime | None
    recorded_at: datetime
    reason: str | None
    cancelled_by: str | None
    entry_id: int

    def mark(self, worker: WorkerRef | None) -> VisitMark:
        """The visit as people see it. When the source says when it was entered, no interval is needed."""
        between = self.entered_at is None
        return VisitMark(
            kind=self.kind,
            happened_on=self.happened_on,
            outcome=Outcome(self.outcome),
            worker=worker,
            entered_at=self.entered_at,
            known_after=self.known_after if between else None,
            known_by=self.known_by if between else None,
            recorded_at=self.recorded_at,
            reason=self.reason,
            cancelled_by=self.cancelled_by,
            entry_id=self.entry_id,
        )


def statuses(connection: psycopg.Connection, lens: Lens) -> tuple[Status, ...]:
    """Every status of the lens's one child, earliest first."""
    return tuple(Status(*row) for row in fetch(connection, lens, _STATUSES))


def holds(connection: psycopg.Connection, lens: Lens) -> list[Held]:
    """Every holding of the lens's one child, earliest first."""
    return [Held(*row) for row in fetch(connection, lens, _HOLDS)]


def visits(connection: psycopg.Connection, lens: Lens) -> list[Visited]:
    """Every visit to the lens's one child, earliest first."""
    return [Visited(*row) for row in fetch(connection, lens, _VISITS)]


def marks(connection: psycopg.Connection, lens: Lens) -> tuple[Mark, ...]:
    """Everything else that happened, at its day, earliest first."""
    rows = fetch(connection, lens, _MARKS)
    found = (
        Mark(kind, on, says or _SAYS.get(kind, ""), due_on, recorded_at, entry_id)
        for kind, on, says, due_on, recorded_at, entry_id in rows
    )
    return tuple(sorted((mark for mark in found if mark.on), key=lambda mark: (mark.on, mark.kind, mark.says)))


def is_known(connection: psycopg.Connection, lens: Lens) -> bool:
    """Whether anything was known of the lens's one child: who they are, or anything that happened."""
    return people.is_named(connection, lens) or any(read(connection, lens) for read in (statuses, holds, visits, marks))


def worker_ids(held: Iterable[Held], visited: Iterable[Visited]) -> set[str]:
    """Every worker who appears in a child's time with the service."""
    return {one.worker_id for one in held} | {one.worker_id for one in visited if one.worker_id}
