"""Who works with one child now, row by row, and the changes of worker that were offered here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import psycopg

from keyworker.facts.holds import Held, merged
from keyworker.facts.involved import MAIN, main_holds
from keyworker.facts.lens import Lens
from keyworker.facts.pictures import Role
from keyworker.facts.role_words import role_words
from keyworker.facts.rows import fetch

_WORKS_WITH = """select child_id, involvement_id, worker_id, role, team_id, referral_id, from_on, source, entry_id
from {involvements:in_force} i where worker_id is not null order by from_on, worker_id, entry_id"""

_HANDOVERS = """select h.handover_id, h.child_id, h.from_worker_id, h.worker_id, h.team_id, h.happened_on, h.starts_on,
    h.cause, h.why, h.answer, h.answered_on, h.answered_why, h.told_on, h.introduced_on, h.goodbye_on,
    written.author, written.recorded_at, last.author, last.recorded_at, h.entry_id
from {handover} h
join record.act last on last.act_id = h.act_id
join lateral (
    select b.author, b.recorded_at from record.handover e join record.act b on b.act_id = e.act_id
    where e.handover_id = h.handover_id and e.source = h.source order by e.entry_id limit 1
) written on true
where %(every)s or h.answer is null or h.answer = 'accepted' and (
    h.told_on is null or h.told_on >= h.starts_on or h.introduced_on is null or h.goodbye_on is null)
order by h.starts_on desc, h.handover_id"""


@dataclass(frozen=True, slots=True)
class Involvement:
    """A row that says that somebody works with a child now. Takes said, the role as written; role, what it means."""

    child_id: str
    involvement_id: str
    worker_id: str
    said: str | None
    role: str
    team_id: str | None
    referral_id: str | None
    from_on: date
    source: str
    entry_id: int

    @property
    def is_main(self) -> bool:
        """Whether whoever it names is the lead or accountable worker."""
        return self.role in MAIN


@dataclass(frozen=True, slots=True)
class Handover:
    """One change of worker that was offered.

    Takes   offered_by, written_by, sign-in names, of whoever offered it and of whoever last wrote in it.
    """

    handover_id: str
    child_id: str
    from_worker_id: str
    worker_id: str
    team_id: str | None
    offered_on: date
    starts_on: date
    cause: str
    why: str | None
    answer: str | None
    answered_on: date | None
    answered_why: str | None
    told_on: date | None
    introduced_on: date | None
    goodbye_on: date | None
    offered_by: str
    offered_at: datetime
    written_by: str
    written_at: datetime
    entry_id: int

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has answered the offer."""
        return self.answer is None

    @property
    def is_accepted(self) -> bool:
        """Whether the change is agreed."""
        return self.answer == "accepted"

    @property
    def was_told_beforehand(self) -> bool:
        """Whether the child was told on a day before the new worker's first."""
        return self.told_on is not None and self.told_on < self.starts_on

    @property
    def is_complete(self) -> bool:
        """Whether the child was told beforehand, introduced and offered a goodbye."""
        return self.was_told_beforehand and None not in (self.introduced_on, self.goodbye_on)


def works_with(connection: psycopg.Connection, lens: Lens) -> list[Involvement]:
    """Who works with the lens's children at its moment, the longest first."""
    words = role_words(connection, lens)
    at = lens.moment.at
    return [
        Involvement(
            child_id, number, worker_id, said, words.means(said, at), team_id, referral_id, from_on, source, entry
        )
        for child_id, number, worker_id, said, team_id, referral_id, from_on, source, entry in fetch(
            connection, lens, _WORKS_WITH
        )
    ]


def main_of(rows: list[Involvement]) -> Involvement | None:
    """The row of the child's one worker: the lead who came last, else the accountable worker who did."""
    for role in (Role.LEAD, Role.ACCOUNTABLE):
        found = [row for row in rows if row.role == role]
        if found:
            return found[-1]
    return None


def handovers(connection: psycopg.Connection, lens: Lens, *, every: bool = True) -> list[Handover]:
    """The changes of worker that were offered for the lens's children, the latest first.

    Takes   every, whether also those that came to nothing and those that are complete.
    """
    return [Handover(*row) for row in fetch(connection, lens, _HANDOVERS, every=every)]


def held_by(connection: psycopg.Connection, lens: Lens) -> list[Held]:
    """Who held the lens's one child as lead or accountable worker, earliest first."""
    found = main_holds(connection, lens, role_words(connection, lens))
    return merged(row for rows in found.values() for row in rows)
