"""Visits on which somebody goes alone: until when, who is told, and whether they are known to be back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

import psycopg

from keyworker.facts.days import LONDON
from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch

_ALONE = """select l.lone_id, l.child_id, l.planned_id, l.happened_on, l.back_by, l.account, l.worker_id, l.told_id,
    l.answer, l.says, last.author, last.recorded_at, l.entry_id
from {lone_visit} l join record.act last on last.act_id = l.act_id
where l.answer is null or %(answered)s
order by l.happened_on, l.back_by, l.lone_id"""


@dataclass(frozen=True, slots=True)
class LoneVisit:
    """That somebody goes alone.

    Takes   account and worker_id, who goes; back_by, the time of that day by which they mean to be back; told_id, the
            worker who is told; answer, a code of `lone_answer`, None while nobody has said how it ended; changed_by and
            changed_at, which sign-in wrote the entry that stands, and when.
    """

    lone_id: str
    child_id: str
    planned_id: str
    happened_on: date
    back_by: time
    account: str
    worker_id: str
    told_id: str
    answer: str | None
    says: str | None
    changed_by: str
    changed_at: datetime
    entry_id: int

    @property
    def is_open(self) -> bool:
        """Whether nobody has said yet that they are back."""
        return self.answer is None

    def is_late(self, now: datetime) -> bool:
        """Whether the time has passed by which they meant to be back, and nobody has said how it ended."""
        return self.is_open and now > datetime.combine(self.happened_on, self.back_by, LONDON)


def lone_visits(connection: psycopg.Connection, lens: Lens, *, answered: bool = False) -> list[LoneVisit]:
    """The visits to the lens's children on which somebody goes alone. Takes answered, whether also those that ended."""
    return [LoneVisit(*row) for row in fetch(connection, lens, _ALONE, answered=answered)]
