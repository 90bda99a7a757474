"""Who would be late under another limit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import psycopg

from keyworker.actions.whole import whole_at
from keyworker.clocks.counting import Method
from keyworker.clocks.engine import ground_at, open_under
from keyworker.clocks.readings import State
from keyworker.clocks.rules import Subject
from keyworker.facts.handles import HandleKind
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import TeamRef
from keyworker.vocabulary.errors import KeyworkerError


@dataclass(frozen=True)
class Tried:
    """One open child's or worker's duty as it stands, and as it would stand under another limit."""

    subject: str
    kind: HandleKind
    handle: str
    district: str | None
    team: str | None
    started_on: date
    due_on: date | None
    tried_due_on: date | None
    state: str
    tried_state: str

    @property
    def is_newly_late(self) -> bool:
        """Whether it is late only under the other limit."""
        return self.tried_state == State.OVERDUE.value != self.state

    @property
    def is_late_no_more(self) -> bool:
        """Whether it is late now, and would not be under the other limit."""
        return self.state == State.OVERDUE.value != self.tried_state


def tried(connection: psycopg.Connection, moment: Moment, rule_id: str, limit: Method) -> list[Tried]:
    """Who would be late under another limit: the unmet duties of open children and of workers, if it held already.

    Raises  KeyworkerError for a rule that the rulebook does not have.
    """
    rule = ground_at(connection, moment).rulebook.rules.get(rule_id)
    if rule is None:
        raise KeyworkerError("No rule is called so.", where=rule_id, remedy="See `keyworker rules` for the names.")
    now, then, _ = open_under(connection, moment, rule_id, limit)
    kind = HandleKind.WORKER if rule.binding.subject is Subject.WORKER else HandleKind.CHILD
    known = _open_by_id(connection, moment, kind)
    both = now.join(then, on=["subject", "started_on", "again"], how="inner", suffix="_tried")
    found = []
    for row in both.sort("due_on_tried", "subject").iter_rows(named=True):
        if row["subject"] in known:
            handle, team = known[row["subject"]]
            found.append(
                Tried(
                    row["subject"],
                    kind,
                    handle,
                    team.district if team else None,
                    team.name if team else None,
                    row["started_on"],
                    row["due_on"],
                    row["due_on_tried"],
                    row["state"],
                    row["state_tried"],
                )
            )
    return found


def _open_by_id(
    connection: psycopg.Connection, moment: Moment, kind: HandleKind
) -> dict[str, tuple[str, TeamRef | None]]:
    """The handle and team of each open child, or of each worker, by identifier."""
    whole = whole_at(connection, moment)
    if kind is HandleKind.WORKER:
        return {row.worker.worker_id: (row.worker.handle, row.team) for row in whole.workers}
    return {row.child_id: (row.handle, row.team) for row in whole.children}
