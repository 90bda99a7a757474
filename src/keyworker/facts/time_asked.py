"""Who asked for time for a duty to a child: what for, by when a manager must answer, and what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import psycopg

from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch

LATER, GIVEN, TOGETHER, LATE, TAKEN_BACK = "later date", "given", "together", "accepted late", "taken back"

_ASKED = """select t.asked_id, t.child_id, t.rule, t.due_on, t.happened_on, t.worker_id, t.asked_by, t.reason,
    t.answer_by_on, t.answer, t.answered_by, t.answered_on, t.until_on, t.helper_id, t.answer_says, t.exception_id,
    written.recorded_at, t.entry_id
from {time_asked} t
join lateral (
    select a.recorded_at from record.time_asked e join record.act a on a.act_id = e.act_id
    where e.asked_id = t.asked_id order by e.entry_id limit 1
) written on true
order by t.happened_on desc, t.entry_id desc"""


@dataclass(frozen=True, slots=True)
class TimeAsked:
    """One time that somebody asked for time.

    Takes   rule and due_on, the duty; answer, a code of `time_answer`, None until it is answered; until_on, the later
            date or the day by which it is accepted late; helper_id, who does it or goes too; exception_id, the
            exception that gives the later date; entry_id, the entry that stands.
    """

    asked_id: str
    child_id: str
    rule: str
    due_on: date
    happened_on: date
    worker_id: str
    asked_by: str
    reason: str
    answer_by_on: date
    answer: str | None
    answered_by: str | None
    answered_on: date | None
    until_on: date | None
    helper_id: str | None
    answer_says: str | None
    exception_id: str | None
    asked_at: datetime
    entry_id: int
    handle: str = ""

    @property
    def is_answered(self) -> bool:
        """Whether nobody waits for an answer any more."""
        return self.answer is not None

    def is_unanswered_on(self, day: date) -> bool:
        """Whether the day by which it had to be answered is past without an answer: from then the service is late."""
        return not self.is_answered and day > self.answer_by_on


def time_asked(connection: psycopg.Connection, lens: Lens) -> list[TimeAsked]:
    """Every time that time was asked for of the lens's children, the latest first."""
    rows = fetch(connection, lens, _ASKED)
    handles = handles_of(connection, HandleKind.CHILD, (row[1] for row in rows))
    return [TimeAsked(*(*row, handles.get(row[1], ""))) for row in rows]
