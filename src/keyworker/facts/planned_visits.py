"""Visits that were planned: for when, who goes, and what came of each. A plan counts for nothing until it is met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

import psycopg

from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.lens import Lens
from keyworker.facts.pictures import Outcome
from keyworker.facts.rows import fetch
from keyworker.facts.visit_notes import visit_notes

CANCELLED, MOVED = "cancelled", "moved"
_PLANS = """select p.planned_id, p.child_id, p.together_id, p.happened_on, p.planned_on, p.planned_time, p.part_of_day,
    p.worker_id, p.announced, p.place, p.ended, p.ended_on, p.ended_by, p.ended_why, p.moved_from, written.author,
    written.recorded_at, p.entry_id
from {planned_visit} p
join lateral (
    select b.author, b.recorded_at from record.planned_visit e join record.act b on b.act_id = e.act_id
    where e.planned_id = p.planned_id and e.child_id = p.child_id and e.source = p.source order by e.entry_id limit 1
) written on true
where"""
_ORDER = "order by p.planned_on, p.planned_time nulls last, p.planned_id"
_EVERY = f"{_PLANS} true {_ORDER}"
_OPEN = f"{_PLANS} p.ended is null and p.planned_on >= %(since)s {_ORDER}"
_OF_WORKER = f"{_PLANS} p.worker_id = %(worker)s and p.ended is null and p.planned_on >= %(since)s {_ORDER}"
_VISITS = "select v.child_id, v.happened_on, v.outcome, v.entry_id from {visit} v where v.happened_on = any(%(days)s)"
# What a day's visit came to where the record holds several of it: a child who was seen was seen.
_BEST = tuple(Outcome)


class PlanStanding(StrEnum):
    """How a planned visit stands on a day."""

    PLANNED = "planned"
    UNRECORDED = "not recorded"  # its day has passed, and no visit of that day is written down
    MET = "met"
    CANCELLED = "cancelled"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """One planned visit to one child.

    Takes   together_id, what the children of one planned visit share; happened_on, the day on which it was planned;
            ended, a code of `plan_ended`, None while it stands; moved_from, the one in whose place it came; entry_id,
            the entry that stands; outcome, what came of it, None while no visit meets it; visit_id, the visit that was
            written down here as this one.
    """

    planned_id: str
    child_id: str
    together_id: str
    happened_on: date
    planned_on: date
    planned_time: time | None
    part_of_day: str | None
    worker_id: str
    announced: bool | None
    place: str | None
    ended: str | None
    ended_on: date | None
    ended_by: str | None
    ended_why: str | None
    moved_from: str | None
    planned_by: str
    planned_at: datetime
    entry_id: int
    handle: str = ""
    outcome: Outcome | None = None
    visit_id: str | None = None

    def standing(self, today: date) -> PlanStanding:
        """How it stands on a day."""
        if self.ended is not None:
            return PlanStanding.MOVED if self.ended == MOVED else PlanStanding.CANCELLED
        if self.outcome is not None:
            return PlanStanding.MET
        return PlanStanding.UNRECORDED if self.planned_on < today else PlanStanding.PLANNED


def planned_visits(connection: psycopg.Connection, lens: Lens) -> list[PlannedVisit]:
    """Every visit that was planned to the lens's children, the earliest day first, each with what came of it."""
    return _with_outcomes(connection, lens, fetch(connection, lens, _EVERY))


def open_plans(connection: psycopg.Connection, lens: Lens, since: date) -> list[PlannedVisit]:
    """The visits planned to the lens's children for a day or after it that were not called off, the earliest first."""
    return _with_outcomes(connection, lens, fetch(connection, lens, _OPEN, since=since))


def plans_of_worker(connection: psycopg.Connection, lens: Lens, worker_id: str, since: date) -> list[PlannedVisit]:
    """The visits on which a worker is to go on a day or after it, and that were not called off, the earliest first."""
    return _with_outcomes(connection, lens, fetch(connection, lens, _OF_WORKER, worker=worker_id, since=since))


def next_planned(plans: Iterable[PlannedVisit], today: date, lens: Lens) -> dict[str, PlannedVisit]:
    """By child, the visit that is planned next and still waits."""
    found: dict[str, PlannedVisit] = {}
    for one in plans:
        if one.standing(today) is PlanStanding.PLANNED:
            found.setdefault(lens.root(one.child_id), one)
    return found


def _with_outcomes(connection: psycopg.Connection, lens: Lens, rows: Sequence[tuple[Any, ...]]) -> list[PlannedVisit]:
    """Each plan with what came of it: the visit that says it was this one, else one to the child on the very day."""
    handles = handles_of(connection, HandleKind.CHILD, (row[1] for row in rows))
    plans = [PlannedVisit(*(*row, handles.get(row[1], ""))) for row in rows]
    waiting = [one for one in plans if one.ended is None]
    if not waiting:
        return plans
    return list(_met(connection, lens.of([one.child_id for one in waiting]), plans))


def _met(connection: psycopg.Connection, lens: Lens, plans: Sequence[PlannedVisit]) -> Iterator[PlannedVisit]:
    notes = [one for one in visit_notes(connection, lens) if one.planned_id and not one.is_withdrawn]
    chosen = {one.planned_id: one for one in notes}
    taken = {one.visit_entry_id for one in notes}
    days = sorted({one.planned_on for one in plans if one.planned_on <= lens.moment.at})
    found = defaultdict(list)
    for child_id, day, outcome, entry_id in fetch(connection, lens.on_each_told, _VISITS, days=days) if days else ():
        if entry_id not in taken:
            found[lens.root(child_id), day].append(Outcome(outcome))
    for one in plans:
        note = chosen.get(one.planned_id)
        if one.ended is not None:
            yield one
        elif note:
            outcome = Outcome(note.outcome) if note.outcome else Outcome.NOT_RECORDED
            yield replace(one, outcome=outcome, visit_id=note.visit_id)
        else:
            same_day = sorted(found[lens.root(one.child_id), one.planned_on], key=_BEST.index)
            yield replace(one, outcome=next(iter(same_day), None))
