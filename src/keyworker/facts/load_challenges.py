"""Workers who said that their own load is not right: what for, by when a manager must answer, and what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch

PUT_RIGHT, EXPLAINED, TAKEN_BACK = "put right", "explained", "taken back"

_SAID = """select c.challenge_id, c.worker_id, c.happened_on, c.part, c.reason, c.children, c.weight, c.agreed_capacity,
    c.asked_by, c.answer_by_on, c.answer, c.answered_by, c.answered_on, c.answer_says, c.settled, c.settled_on,
    written.recorded_at, c.entry_id
from {load_challenge} c
join lateral (
    select a.recorded_at from record.load_challenge e join record.act a on a.act_id = e.act_id
    where e.challenge_id = c.challenge_id order by e.entry_id limit 1
) written on true
where %(worker)s::text is null or c.worker_id = %(worker)s
order by c.happened_on desc, c.entry_id desc"""


@dataclass(frozen=True, slots=True)
class LoadChallenge:
    """One time that a worker said that their load is not right.

    Takes   part, a code of `load_part`; children, weight and agreed_capacity, as the load stood on that day; answer, a
            code of `load_answer`, None until it is answered; settled, whether the worker says that the answer settles
            it; entry_id, the entry that stands.
    """

    challenge_id: str
    worker_id: str
    happened_on: date
    part: str
    reason: str
    children: int
    weight: Decimal | None
    agreed_capacity: Decimal | None
    asked_by: str
    answer_by_on: date
    answer: str | None
    answered_by: str | None
    answered_on: date | None
    answer_says: str | None
    settled: bool | None
    settled_on: date | None
    asked_at: datetime
    entry_id: int

    @property
    def waits_for_manager(self) -> bool:
        """Whether a manager has to answer: nobody did, or the worker says that the answer does not settle it."""
        return self.answer is None or (self.answer != TAKEN_BACK and self.settled is False)

    @property
    def waits_for_worker(self) -> bool:
        """Whether the worker has not said whether the answer settles it."""
        return self.answer is not None and self.answer != TAKEN_BACK and self.settled is None


def load_challenges(connection: psycopg.Connection, lens: Lens, worker_id: str | None = None) -> list[LoadChallenge]:
    """Every time that a worker, or any, said that their load is not right, the latest first."""
    return [LoadChallenge(*row) for row in fetch(connection, lens, _SAID, worker=worker_id)]
