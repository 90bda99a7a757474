"""Meetings about a child that were written down here: who came, how the family took part, what was decided."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch

# A step that the meeting stands for in the clocks is withdrawn with it, so its entry is read too.
_MEETINGS = """select m.meeting_id, m.child_id, m.happened_on, m.kind, m.worker_id, m.held, m.quorate, m.why, m.enquiry,
    m.report_on, m.child_part, m.child_part_why, m.parents_part, m.advocate_offered, m.advocate_came, m.decision,
    m.next_on, coalesce(m.withdrawn, false), m.changed_why, written.author, written.recorded_at, last.author,
    last.recorded_at, m.entry_id
from {meeting} m
join record.act last on last.act_id = m.act_id
join lateral (
    select b.author, b.recorded_at from record.meeting e join record.act b on b.act_id = e.act_id
    where e.meeting_id = m.meeting_id and e.source = m.source order by e.entry_id limit 1
) written on true
order by m.happened_on desc, m.meeting_id"""
_INVITED = "select meeting_id, agency, attended from {meeting_invitation} i order by meeting_id, agency"
_STEPS = "select entry_id from {step} s where step_id = any(%(steps)s::text[]) order by step_id"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting about a child.

    Takes   kind, child_part and parents_part, codes of the vocabulary; worker_id, the worker who chaired it; quorate,
            None where the council has set no quorum for it; enquiry, of a strategy discussion alone; invited, the
            agencies that were invited with what each did, a code of `attendance`; written_by, changed_by, sign-in
            names; entry_id, the entry that stands.
    """

    meeting_id: str
    child_id: str
    happened_on: date
    kind: str
    worker_id: str | None
    is_held: bool
    quorate: bool | None
    why: str | None
    enquiry: bool | None
    report_on: date | None
    child_part: str | None
    child_part_why: str | None
    parents_part: str | None
    advocate_offered: bool | None
    advocate_came: bool | None
    decision: str | None
    next_on: date | None
    is_withdrawn: bool
    changed_why: str | None
    written_by: str
    written_at: datetime
    changed_by: str
    changed_at: datetime
    entry_id: int
    invited: tuple[tuple[str, str], ...] = ()

    @property
    def report_days_before(self) -> int | None:
        """How many days before the meeting the report was shared; None where that is not known."""
        return (self.happened_on - self.report_on).days if self.report_on else None


def meetings(connection: psycopg.Connection, lens: Lens) -> list[Meeting]:
    """The meetings about the lens's children that were written down here, the latest first."""
    invited: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for meeting_id, agency, attended in fetch(connection, lens, _INVITED):
        invited[meeting_id].append((agency, attended))
    return [Meeting(*(*row, tuple(invited[row[0]]))) for row in fetch(connection, lens, _MEETINGS)]


def steps_of(connection: psycopg.Connection, lens: Lens, step_ids: list[str]) -> list[int]:
    """The entries of some steps of the lens's children."""
    return [row[0] for row in fetch(connection, lens, _STEPS, steps=step_ids)]
