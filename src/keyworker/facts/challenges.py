"""Challenges to what is planned or done for a child: what, why, at which stage, what was answered, how it ended."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch

_COLUMNS = """select c.challenge_id, c.child_id, c.happened_on, c.raised_by, c.agency, c.account, c.what, c.why,
    c.ended_on, c.outcome, c.outcome_says, written.recorded_at, last.recorded_at, c.entry_id, last.author
from {challenge} c
join record.act last on last.act_id = c.act_id
join lateral (
    select b.recorded_at from record.challenge e join record.act b on b.act_id = e.act_id
    where e.challenge_id = c.challenge_id and e.source = c.source order by e.entry_id limit 1
) written on true"""
_ORDER = "order by c.happened_on desc, c.challenge_id"
_ALL = f"{_COLUMNS} {_ORDER}"
_OPEN = f"{_COLUMNS} where c.ended_on is null {_ORDER}"
_STAGES = """select s.challenge_id, s.stage_id, s.happened_on, s.stage, s.worker_id, s.due_on, s.answered_on, s.answer,
    s.answer_says, last.recorded_at, s.entry_id, last.author
from {challenge_stage} s join record.act last on last.act_id = s.act_id
order by s.challenge_id, s.happened_on, s.entry_id"""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a challenge.

    Takes   worker_id, who is to answer it; written_at and written_by, when and by which sign-in the entry that stands
            was written: once it is answered, the answer.
    """

    stage_id: str
    since_on: date
    stage: str
    worker_id: str | None
    due_on: date
    answered_on: date | None
    answer: str | None
    answer_says: str | None
    written_at: datetime
    entry_id: int
    written_by: str

    @property
    def waits(self) -> bool:
        """Whether it is not answered yet."""
        return self.answered_on is None


@dataclass(frozen=True, slots=True)
class Challenge:
    """One challenge.

    Takes   raised_by, agency and outcome, codes of the vocabulary; account, the sign-in of whoever raised it or wrote
            it down for them; stages, the first first; entry_id, the entry that stands, and changed_by, whose sign-in
            wrote that.
    """

    challenge_id: str
    child_id: str
    raised_on: date
    raised_by: str
    agency: str | None
    account: str
    what: str
    why: str
    ended_on: date | None
    outcome: str | None
    outcome_says: str | None
    written_at: datetime
    changed_at: datetime
    entry_id: int
    stages: tuple[Stage, ...] = ()
    changed_by: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it has neither been resolved nor withdrawn."""
        return self.ended_on is None

    @property
    def stage(self) -> Stage | None:
        """The stage at which it is."""
        return self.stages[-1] if self.stages else None


def challenges(connection: psycopg.Connection, lens: Lens, *, only_open: bool = False) -> list[Challenge]:
    """The challenges about the lens's children, the latest first. Takes only_open, whether those that ended are not."""
    stages: dict[str, list[Stage]] = defaultdict(list)
    for challenge_id, *stage in fetch(connection, lens, _STAGES):
        stages[challenge_id].append(Stage(*stage))
    rows = fetch(connection, lens, _OPEN if only_open else _ALL)
    return [Challenge(*(*row[:-1], tuple(stages[row[0]]), row[-1])) for row in rows]
