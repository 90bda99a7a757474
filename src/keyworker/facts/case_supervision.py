"""A child's case supervision: what was decided, who says that it was so, and what somebody undertook to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch

_COLUMNS = """select coalesce(s.supervision_id, n.supervision_id), coalesce(s.child_id, n.child_id),
    coalesce(s.happened_on, n.happened_on), s.worker_id, s.supervisor_id, s.outcome, s.decision, n.form, n.present,
    n.why, n.cancelled_by, n.confirmed, n.answered_on, n.answer, coalesce(n.withdrawn, false), n.changed_why,
    written.author, written.recorded_at, last.author, last.recorded_at, s.entry_id, n.entry_id"""
_NOTE = "{case_supervision_note} n on n.supervision_id = s.supervision_id and n.child_id = s.child_id"
_WRITTEN = """left join record.act last on last.act_id = n.act_id
left join lateral (
    select b.author, b.recorded_at from record.case_supervision_note e join record.act b on b.act_id = e.act_id
    where e.supervision_id = n.supervision_id and e.child_id = n.child_id and e.source = n.source
    order by e.entry_id limit 1
) written on true"""
# A withdrawn one has no row of its own that is still reported, so its note stands alone.
_SUPERVISIONS = f"""{_COLUMNS}
from {{case_supervision}} s full join {_NOTE} and n.source = s.source
{_WRITTEN}
order by 3 desc, 1"""
_UNCONFIRMED = f"""{_COLUMNS}
from {{case_supervision}} s join {_NOTE} and n.source = s.source
{_WRITTEN}
where s.worker_id = %(worker)s and n.confirmed is null and not coalesce(n.withdrawn, false)
order by 3, 1"""
_ACTIONS = """select action_id, supervision_id, child_id, happened_on, what, worker_id, due_on, ended_on, done, outcome,
    entry_id
from {supervision_action} a order by due_on, action_id"""
_UNDERTAKEN = _ACTIONS.replace(" a order", " a where worker_id = %(worker)s and ended_on is null order")


@dataclass(frozen=True, slots=True)
class CaseSupervision:
    """One supervision of a child's case.

    Takes   outcome, None where it was withdrawn; form, None where it came with an extract, which says no more of it;
            confirmed, whether the worker says that it was so, None while they have not said; entry_id and
            note_entry_id, the entries of its own row and of the note beside it.
    """

    supervision_id: str
    child_id: str
    happened_on: date
    worker_id: str | None
    supervisor_id: str | None
    outcome: str | None
    decision: str | None
    form: str | None
    present: str | None
    why: str | None
    cancelled_by: str | None
    confirmed: bool | None
    answered_on: date | None
    answer: str | None
    is_withdrawn: bool
    changed_why: str | None
    written_by: str | None
    written_at: datetime | None
    changed_by: str | None
    changed_at: datetime | None
    entry_id: int | None
    note_entry_id: int | None

    @property
    def is_ours(self) -> bool:
        """Whether it was recorded here."""
        return self.note_entry_id is not None


@dataclass(frozen=True, slots=True)
class SupervisionAction:
    """What somebody undertook to do for a child. Takes done, no where it was given up, None while it is open."""

    action_id: str
    supervision_id: str
    child_id: str
    undertaken_on: date
    what: str
    worker_id: str
    due_on: date
    ended_on: date | None
    done: bool | None
    outcome: str | None
    entry_id: int

    @property
    def is_open(self) -> bool:
        """Whether nothing has come of it yet."""
        return self.ended_on is None


def case_supervisions(connection: psycopg.Connection, lens: Lens) -> list[CaseSupervision]:
    """The supervisions of the lens's children's cases, the latest first."""
    return [CaseSupervision(*row) for row in fetch(connection, lens, _SUPERVISIONS)]


def supervision_actions(connection: psycopg.Connection, lens: Lens) -> list[SupervisionAction]:
    """What was undertaken for the lens's children in supervision, by the day on which it is due."""
    return [SupervisionAction(*row) for row in fetch(connection, lens, _ACTIONS)]


def unconfirmed(connection: psycopg.Connection, lens: Lens, worker_id: str) -> list[CaseSupervision]:
    """The supervisions of which a worker has not yet said whether they were so, the oldest first."""
    return [CaseSupervision(*row) for row in fetch(connection, lens, _UNCONFIRMED, worker=worker_id)]


def undertaken(connection: psycopg.Connection, lens: Lens, worker_id: str) -> list[SupervisionAction]:
    """What a worker undertook in supervision of which nothing has come yet, by the day on which it is due."""
    return [SupervisionAction(*row) for row in fetch(connection, lens, _UNDERTAKEN, worker=worker_id)]
