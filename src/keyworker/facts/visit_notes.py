"""Visits that were recorded here: what was written of each, by whom and when, also of those withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch

# A withdrawn visit has no row of its own that is still reported, so its note stands alone.
_NOTES = """select a.visit_id, a.child_id, a.together_id, a.visit_kind, a.happened_on, v.happened_time,
    v.outcome, v.reason, v.cancelled_by, v.bedroom, a.awake, a.place, a.announced, a.present, a.words, v.worker_id,
    written.author, written.recorded_at, coalesce(a.withdrawn, false), last.author, last.recorded_at, a.changed_why,
    a.entry_id, v.entry_id, a.planned_id
from {visit_note} a
join record.act last on last.act_id = a.act_id
join lateral (
    select b.author, b.recorded_at from record.visit_note e join record.act b on b.act_id = e.act_id
    where e.visit_id = a.visit_id and e.source = a.source order by e.entry_id limit 1
) written on true
left join (
    select cin_visit_id as visit_id, source, happened_time, outcome, reason, cancelled_by, bedroom, worker_id, entry_id
    from {cin_visits} c
    union all select cp_visit_id, source, happened_time, outcome, reason, cancelled_by, bedroom, worker_id, entry_id
    from {cp_visits} p
    union all select visit_id, source, happened_time, outcome, reason, cancelled_by, null, worker_id, entry_id
    from {cla_visits} l
    union all select visit_id, source, happened_time, outcome, reason, cancelled_by, null, worker_id, entry_id
    from {other_visit} o
) v on v.visit_id = a.visit_id and v.source = a.source
order by a.happened_on desc, a.visit_id"""
_TOGETHER = "select child_id from {visit_note} a where together_id = %(together)s order by visit_id"


@dataclass(frozen=True, slots=True)
class VisitNote:
    """What was written of one visit to one child.

    Takes   together_id, what the children of one visit share; outcome, None where the visit was withdrawn or where
            another source's row of the same visit speaks; written_by, changed_by, sign-in names; entry_id and
            visit_entry_id, the entries of the note and of the visit's own row; planned_id, the planned visit that it
            was.
    """

    visit_id: str
    child_id: str
    together_id: str
    kind: str
    happened_on: date
    happened_time: time | None
    outcome: str | None
    why: str | None
    cancelled_by: str | None
    bedroom: bool | None
    awake: bool | None
    place: str | None
    announced: bool | None
    present: str | None
    words: str | None
    worker_id: str | None
    written_by: str
    written_at: datetime
    is_withdrawn: bool
    changed_by: str
    changed_at: datetime
    changed_why: str | None
    entry_id: int
    visit_entry_id: int | None
    planned_id: str | None = None


def visit_notes(connection: psycopg.Connection, lens: Lens) -> list[VisitNote]:
    """What was written here of visits to the lens's children, the latest visit first."""
    return [VisitNote(*row) for row in fetch(connection, lens.on_each_told, _NOTES)]


def visited_together(connection: psycopg.Connection, everyone: Lens, together_id: str) -> list[str]:
    """The children of one visit."""
    return [row[0] for row in fetch(connection, everyone, _TOGETHER, together=together_id)]
