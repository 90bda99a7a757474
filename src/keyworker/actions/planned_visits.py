"""Planning a visit, moving it and calling it off. A plan meets no clock and counts as no visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.actions.writing import LONGEST, SentOtherwise, act_of, written_down
from keyworker.facts.planned_visits import CANCELLED, MOVED, PlannedVisit, PlanStanding
from keyworker.record.writer import Amendment, amend, append, append_and_amend
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.errors import KeyworkerError

TABLE = "planned_visit"
FARTHEST_AHEAD = timedelta(days=366)
UNRECORDED_SINCE = timedelta(days=31)
"""For so long somebody is reminded that a planned day passed and nothing was written down."""
NO_LONGER = "This visit was called off, moved or written down already."


@dataclass(frozen=True)
class WantedPlan:
    """A visit that somebody means to plan.

    Takes   together_id, a random word of the form's, so that a form sent twice plans once; part_of_day, a code, empty
            where a time or nothing is said; worker_id, who is to go; announced, whether the family is told; child_ids,
            the children whom it is to.
    """

    together_id: str
    planned_on: date | None
    planned_time: time | None
    part_of_day: str
    worker_id: str
    announced: bool | None
    place: str
    child_ids: tuple[str, ...]


@dataclass(frozen=True)
class WantedEnd:
    """That a planned visit is called off or moved, as somebody means it. Takes by, a code of `cancelled_by`."""

    by: str
    why: str


def problems(wanted: WantedPlan, today: date) -> dict[str, str]:
    """What is wrong with a planned visit, by the field in which it was typed."""
    found: dict[str, str] = {}
    on = wanted.planned_on
    if on is None:
        found["on"] = "The day must be a real day, such as 27 March 2026"
    elif on < today:
        found["on"] = "The day must be today or after: a visit that was made is recorded, not planned"
    elif on > today + FARTHEST_AHEAD:
        found["on"] = "The day must be within a year"
    if wanted.planned_time and wanted.part_of_day:
        found["part"] = "Give a time or a part of the day, not both"
    if not wanted.child_ids:
        found["children"] = "Choose at least one child"
    if not wanted.worker_id:
        found["who"] = "Choose who is to go"
    return found


def problems_of_end(wanted: WantedEnd) -> dict[str, str]:
    """What is wrong with how a planned visit is called off or moved, by the field in which it was typed."""
    found: dict[str, str] = {}
    if wanted.by not in codes("cancelled_by"):
        found["by"] = "Say who called it off or asked to move it"
    if not wanted.why.strip():
        found["why"] = "Say why"
    elif len(wanted.why) > LONGEST:
        found["why"] = f"Why must be {LONGEST} characters or fewer"
    return found


def is_open(one: PlannedVisit, today: date) -> bool:
    """Whether a planned visit can still be called off, moved or written down as made."""
    return one.standing(today) in (PlanStanding.PLANNED, PlanStanding.UNRECORDED)


def rows_of(wanted: WantedPlan, today: date, moved: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """What is written of a planned visit, a row for each child. Takes moved, by child the one in whose place it is."""
    return [
        {
            "planned_id": f"{wanted.together_id}-{place}",
            "child_id": child_id,
            "together_id": wanted.together_id,
            "happened_on": today,
            "planned_on": wanted.planned_on,
            "planned_time": wanted.planned_time,
            "part_of_day": wanted.part_of_day or None,
            "worker_id": wanted.worker_id,
            "announced": wanted.announced,
            "place": wanted.place or None,
            "moved_from": (moved or {}).get(child_id),
        }
        for place, child_id in enumerate(sorted(wanted.child_ids), 1)
    ]


def plan(connection: psycopg.Connection, asker: Asker, now: datetime, wanted: WantedPlan, today: date) -> None:
    """Write a planned visit down for each of its children in one act.

    Raises  KeyworkerError for one that says too little; AlreadyRecorded when the same form was sent before.
    """
    _require(problems(wanted, today))
    rows = {TABLE: rows_of(wanted, today)}
    written_down(connection, lambda: append(connection, act_of(asker, "entry"), now, rows))


def call_off(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    plans: Sequence[PlannedVisit],
    wanted: WantedEnd,
    today: date,
) -> None:
    """Write down that a planned visit was called off, by whom and why, for each of its children in one act.

    Raises  KeyworkerError for one that says too little, or that no longer stands.
    """
    _require(problems_of_end(wanted))
    changes = [Amendment(TABLE, one.entry_id, _ended(CANCELLED, wanted, today)) for one in _standing(plans, today)]
    written_down(connection, lambda: amend(connection, act_of(asker, "correction"), now, changes))


def move(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    plans: Sequence[PlannedVisit],
    wanted: WantedPlan,
    end: WantedEnd,
    today: date,
) -> None:
    """Plan a visit anew in the place of one that stands, which stays as it was, with who moved it and why.

    Raises  KeyworkerError for one that says too little or changes nothing, or where it no longer stands;
            AlreadyRecorded when the same form was sent before.
    """
    _require(problems(wanted, today) | problems_of_end(end))
    standing = _standing(plans, today)
    first = standing[0]
    if (wanted.planned_on, wanted.planned_time, wanted.part_of_day or None, wanted.worker_id) == (
        first.planned_on,
        first.planned_time,
        first.part_of_day,
        first.worker_id,
    ):
        raise KeyworkerError(
            "Nothing would move: the day, the time and who goes are the same.",
            where="a planned visit",
            remedy="Change one of them, or go back.",
        )
    moved = {one.child_id: one.planned_id for one in standing}
    rows = {TABLE: rows_of(wanted, today, moved)}
    changes = [Amendment(TABLE, one.entry_id, _ended(MOVED, end, today)) for one in standing]
    written_down(connection, lambda: append_and_amend(connection, act_of(asker, "entry"), now, rows, changes))


def require_same_end(plans: Sequence[PlannedVisit], kind: str, wanted: WantedEnd) -> None:
    """Whether a form that was sent twice said the same each time. Raises SentOtherwise."""
    if any((one.ended, one.ended_by, one.ended_why) != (kind, wanted.by, wanted.why.strip()) for one in plans):
        raise SentOtherwise("a planned visit")


def planned_record(one: PlannedVisit, today: date) -> dict[str, Any]:
    """A planned visit as a flat row."""
    names = ("planned_id", "child_id", "planned_on", "planned_time", "part_of_day", "announced", "place")
    row: dict[str, Any] = {name: getattr(one, name) for name in names}
    told = {"standing": one.standing(today).value, "outcome": one.outcome.value if one.outcome else None}
    return row | told | {"ended_by": one.ended_by, "moved_from": one.moved_from, "ended_why": one.ended_why}


def _standing(plans: Sequence[PlannedVisit], today: date) -> list[PlannedVisit]:
    standing = [one for one in plans if is_open(one, today)]
    if not standing:
        raise KeyworkerError(NO_LONGER, where="a planned visit", remedy="Open the child’s page again.")
    return standing


def _ended(kind: str, wanted: WantedEnd, today: date) -> dict[str, Any]:
    return {"ended": kind, "ended_on": today, "ended_by": wanted.by, "ended_why": wanted.why.strip()}


def _require(wrong: dict[str, str]) -> None:
    if wrong:
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where="a planned visit", remedy="Mend it and try again.")
