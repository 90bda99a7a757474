"""Copies that were asked for: whose, for whom, by whom, how each stands, who answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import psycopg

from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch

ASKED, AGREED, REFUSED, NOT_NEEDED = "asked", "agreed", "refused", "not needed"

_COPIES = """select c.copy_id, c.child_id, c.relation, c.person, c.purpose, c.note, c.with_family, c.contents,
    c.left_out, c.asked_by, c.worker_id, c.happened_on, c.state, c.answered_by, c.answered_why, written.recorded_at,
    c.entry_id, c.words, coalesce(c.with_plan, false)
from {copy_for_outside} c
join lateral (
    select a.recorded_at from record.copy_for_outside e join record.act a on a.act_id = e.act_id
    where e.copy_id = c.copy_id order by e.entry_id limit 1
) written on true
order by c.happened_on desc, c.entry_id desc"""


@dataclass(frozen=True, slots=True)
class CopyAsked:
    """One copy that was asked for.

    Takes   contents, the digest of what was looked at; asked_at, the instant at which it was asked for: what it tells
            is what was known then; state, a code of `copy_state`; entry_id, the entry that stands; words, a code of
            `child_words`; with_plan, whether what the plan asks stands in it.
    """

    copy_id: str
    child_id: str
    relation: str
    person: str
    purpose: str
    note: str | None
    with_family: bool
    contents: str
    left_out: int | None
    asked_by: str
    worker_id: str | None
    happened_on: date
    state: str
    answered_by: str | None
    answered_why: str | None
    asked_at: datetime
    entry_id: int
    handle: str = ""
    words: str | None = None
    with_plan: bool = False


def copies(connection: psycopg.Connection, lens: Lens) -> list[CopyAsked]:
    """The copies that were asked for of the lens's children, the latest first."""
    rows = fetch(connection, lens, _COPIES)
    handles = handles_of(connection, HandleKind.CHILD, (row[1] for row in rows))
    return [CopyAsked(*(*row[:-2], handles.get(row[1], ""), *row[-2:])) for row in rows]
