"""What a child's plan asks, of whom and by when, with what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch

_COLUMNS = """select a.action_id, a.child_id, a.happened_on, a.plan, a.need, a.what, a.agency, a.worker_id, a.relation,
    a.account, a.told_as, a.due_on, a.first_due_on, a.moved_why, a.ended_on, a.done, a.outcome, written.author,
    written.recorded_at, last.author, last.recorded_at, a.entry_id
from {plan_action} a
join record.act last on last.act_id = a.act_id
join lateral (
    select b.author, b.recorded_at from record.plan_action e join record.act b on b.act_id = e.act_id
    where e.action_id = a.action_id and e.source = a.source order by e.entry_id limit 1
) written on true"""
_ORDER = "order by a.due_on, a.action_id"
_OF_CHILDREN = f"{_COLUMNS} {_ORDER}"
_GIVEN = f"{_COLUMNS} where a.account is not null {_ORDER}"
_OF_SOMEBODY = f"""{_COLUMNS}
where (a.worker_id = %(worker)s or a.account = %(account)s) and (a.ended_on is null or %(ended)s) {_ORDER}"""


@dataclass(frozen=True, slots=True)
class PlanAction:
    """One action of a child's plan.

    Takes   plan, agency and relation, codes of the vocabulary; account, the sign-in of whoever of another agency is to
            do it, who is shown told_as in place of the child's name; first_due_on, the day that was agreed first, None
            where it was never moved; done, no where it was given up, None while it is open; changed_at, the instant
            at which the entry that stands was written, whose number is entry_id.
    """

    action_id: str
    child_id: str
    agreed_on: date
    plan: str
    need: str | None
    what: str
    agency: str | None
    worker_id: str | None
    relation: str | None
    account: str | None
    told_as: str | None
    due_on: date
    first_due_on: date | None
    moved_why: str | None
    ended_on: date | None
    done: bool | None
    outcome: str | None
    written_by: str
    written_at: datetime
    changed_by: str
    changed_at: datetime
    entry_id: int

    @property
    def is_open(self) -> bool:
        """Whether nothing has come of it yet."""
        return self.ended_on is None

    def is_late_on(self, day: date) -> bool:
        """Whether it is open still, and its day is over."""
        return self.is_open and self.due_on < day


def plan_actions(connection: psycopg.Connection, lens: Lens) -> list[PlanAction]:
    """The actions of the plans of the lens's children, by the day on which they are due."""
    return [PlanAction(*row) for row in fetch(connection, lens, _OF_CHILDREN)]


def given_to_agencies(connection: psycopg.Connection, lens: Lens) -> list[PlanAction]:
    """The actions of the lens's children that were given to the sign-in of somebody of another agency."""
    return [PlanAction(*row) for row in fetch(connection, lens, _GIVEN)]


def actions_of(
    connection: psycopg.Connection, lens: Lens, *, account: str, worker_id: str | None, with_ended: bool = False
) -> list[PlanAction]:
    """What one person is to do under any child's plan, as a worker or for another agency. Takes with_ended, whether
    also what was done or given up.
    """
    rows = fetch(connection, lens, _OF_SOMEBODY, account=account, worker=worker_id, ended=with_ended)
    return [PlanAction(*row) for row in rows]
