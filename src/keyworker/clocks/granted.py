"""Exceptions from timescales as somebody agreed them: what, by whose leave, why, and who wrote it down when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch

_OF_CHILD = """select x.exception_id, x.rule, x.from_on, x.new_due_on, x.granted_by, x.reason,
    written.author, written.recorded_at, x.source, x.entry_id,
    case when x.to_on <= x.from_on then last.author end, last.recorded_at, x.withdrawn_why
from {timescale_exception} x
join record.act last on last.act_id = x.act_id
join lateral (
    select a.author, a.recorded_at from record.timescale_exception e join record.act a on a.act_id = e.act_id
    where e.exception_id = x.exception_id and e.source = x.source order by e.entry_id limit 1
) written on true
where x.child_id is not null
order by x.from_on desc, x.entry_id desc"""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """That an exception no longer holds: by whom, when and why."""

    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Granted:
    """An agreed exception of one child.

    Takes   new_due_on, the later date, None where the duty is not asked for; granted_by, a role or a meeting;
            written_by and written_at, who first wrote it down and when; source, whose row it is; entry_id, the entry
            that stands; withdrawn, None while it holds.
    """

    exception_id: str
    rule: str
    from_on: date
    new_due_on: date | None
    granted_by: str
    reason: str
    written_by: str
    written_at: datetime
    source: str
    entry_id: int
    withdrawn: Withdrawn | None


def granted(connection: psycopg.Connection, lens: Lens) -> list[Granted]:
    """The exceptions of the lens's children, also those that were withdrawn, the latest first."""
    return [_granted(row) for row in fetch(connection, lens, _OF_CHILD)]


def _granted(row: tuple[Any, ...]) -> Granted:
    by, at, why = row[10:]
    withdrawn = None if by is None else Withdrawn(by, at, why or "")
    return Granted(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], row[9], withdrawn)
