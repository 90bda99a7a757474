"""Visits that a worker writes down here: one entry for the children of one visit, each with what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.actions.writing import LONGEST, act_of, written_down, wrong_day
from keyworker.facts.pictures import Status
from keyworker.facts.visit_notes import VisitNote
from keyworker.facts.visit_pairs import VisitPair
from keyworker.record.writer import Amendment, amend, append
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.vocabulary.words import VisitOutcome

NOTE = "visit_note"
BABY = 2
"""Under this age in years it is asked whether the child was awake."""
LONG = 2_000
"""The characters that a child's own words may have."""

_TABLES = {"cin": ("cin_visits", "cin_visit_id"), "cp": ("cp_visits", "cp_visit_id"), "cla": ("cla_visits", "visit_id")}
_OTHER = ("other_visit", "visit_id")
_BEDROOM = frozenset({"cin", "cp"})
# What a visit counts as when nothing else is said: by the gravest reason for which the child is open.
_KINDS = {
    "looked after": "cla",
    "cp": "cp",
    "section 47": "assessment",
    "cin": "cin",
    "short break": "short break",
    "assessment": "assessment",
    "referral": "assessment",
    "care leaver": "care leaver",
}
_SEEN = (VisitOutcome.SEEN, VisitOutcome.SEEN_ALONE)


@dataclass(frozen=True)
class Visited:
    """What came of a visit for one child.

    Takes   kind, what the visit counts as; awake, asked of babies alone; bedroom, whether it was seen; why, for a child
            who was not seen, or not alone; cancelled_by, a word of the vocabulary; words, what the child said;
            planned_id, the planned visit that it was.
    """

    child_id: str
    kind: str
    outcome: VisitOutcome | None
    awake: bool | None = None
    bedroom: bool | None = None
    why: str = ""
    cancelled_by: str = ""
    words: str = ""
    planned_id: str | None = None

    @property
    def is_seen(self) -> bool:
        """Whether the child was seen."""
        return self.outcome in _SEEN


@dataclass(frozen=True)
class WantedVisit:
    """A visit that somebody means to write down.

    Takes   together_id, a random word of the form's, so that a form sent twice writes once; place, a word of the
            vocabulary; announced, whether the family knew; present, who else was there; children, those visited;
            planned, what the children share of the planned visit that it was, empty for none.
    """

    together_id: str
    happened_on: date | None
    happened_time: time | None
    place: str
    announced: bool | None
    present: str
    children: tuple[Visited, ...]
    planned: str = ""


def kind_for(statuses: Sequence[Status]) -> str:
    """What a visit to a child counts as when nothing else is said."""
    found = {status.kind for status in statuses}
    return next((kind for status, kind in _KINDS.items() if status in found), "other")


def table_of(kind: str) -> tuple[str, str]:
    """The table that holds visits of a kind, and the column of their numbers."""
    return _TABLES.get(kind, _OTHER)


def asks_bedroom(kind: str) -> bool:
    """Whether the record holds of such a visit that the bedroom was seen."""
    return kind in _BEDROOM


def problems(wanted: WantedVisit, today: date) -> dict[str, str]:
    """What is wrong with a visit as a whole, by the field in which it was typed."""
    found: dict[str, str] = {}
    on = wanted.happened_on
    if on is None:
        found["on"] = "The day of the visit must be a real day, such as 27 March 2026"
    elif wrong := wrong_day(on, today):
        found["on"] = wrong
    if len(wanted.present) > LONGEST:
        found["present"] = f"Who else was there must be {LONGEST} characters or fewer"
    if not wanted.children:
        found["children"] = "Say for at least one child what came of the visit"
    return found


def problems_of(one: Visited) -> dict[str, str]:
    """What is wrong with what is said of one child, by the part of the form in which it was typed."""
    found: dict[str, str] = {}
    if one.outcome is None:
        found["outcome"] = "Choose what came of the visit"
    if one.outcome in (VisitOutcome.SEEN, VisitOutcome.NOT_SEEN) and not one.why:
        alone = " alone" if one.outcome is VisitOutcome.SEEN else ""
        found["why"] = f"Say why the child was not seen{alone}"
    if one.outcome is VisitOutcome.CANCELLED and not one.cancelled_by:
        found["cancelled_by"] = "Say who cancelled the visit"
    if len(one.why) > LONGEST:
        found["why"] = f"Why must be {LONGEST} characters or fewer"
    if len(one.words) > LONG:
        found["words"] = f"What the child said must be {LONG:,} characters or fewer"
    return found


def record(
    connection: psycopg.Connection, asker: Asker, now: datetime, worker_id: str, wanted: WantedVisit, today: date
) -> dict[str, str]:
    """Write a visit down for each of its children in one act, and work anew what is due.

    Gives   the visit's number for each child.
    Raises  KeyworkerError for a visit that says too little; AlreadyRecorded when the same form was sent before.
    """
    wrong = problems(wanted, today) or next(filter(None, map(problems_of, wanted.children)), {})
    if wrong:
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where="a visit", remedy="Mend it and try again.")
    numbers = {
        one.child_id: f"{wanted.together_id}-{place}"
        for place, one in enumerate(sorted(wanted.children, key=lambda one: one.child_id), 1)
    }
    rows: dict[str, list[dict[str, Any]]] = {NOTE: []}
    for one in wanted.children:
        table, key = table_of(one.kind)
        number = {key: numbers[one.child_id]}
        rows.setdefault(table, []).append(number | visit_row(wanted, one, worker_id))
        rows[NOTE].append({"visit_id": numbers[one.child_id]} | note_row(wanted, one))
    written_down(connection, lambda: append(connection, act_of(asker, "entry"), now, rows))
    return numbers


def visit_row(wanted: WantedVisit, one: Visited, worker_id: str) -> dict[str, Any]:
    """What the visit's own table holds of it, but its number. A visit that was not made says nothing of being seen."""
    made = one.outcome in (*_SEEN, VisitOutcome.NOT_SEEN)
    row: dict[str, Any] = {
        "child_id": one.child_id,
        "happened_on": wanted.happened_on,
        "happened_time": wanted.happened_time,
        "worker_id": worker_id,
        "outcome": one.outcome,
        "seen": one.is_seen if made else None,
        "seen_alone": one.outcome is VisitOutcome.SEEN_ALONE if one.is_seen else None,
        "reason": one.why or None,
        "cancelled_by": one.cancelled_by if one.outcome is VisitOutcome.CANCELLED else None,
    }
    if asks_bedroom(one.kind):
        row["bedroom"] = one.bedroom if made else None
    if table_of(one.kind) == _OTHER:
        row["visit_kind"] = one.kind
    return row


def note_row(wanted: WantedVisit, one: Visited) -> dict[str, Any]:
    """What stands beside it, but its number."""
    return {
        "child_id": one.child_id,
        "together_id": wanted.together_id,
        "visit_kind": one.kind,
        "happened_on": wanted.happened_on,
        "place": wanted.place or None,
        "announced": wanted.announced,
        "awake": one.awake if one.is_seen else None,
        "present": wanted.present or None,
        "words": one.words or None,
        "planned_id": one.planned_id,
    }


def is_baby(age_years: int | None) -> bool:
    """Whether it is asked if a child was awake: of babies, and not of a child whose age is not known."""
    return age_years is not None and age_years < BABY


def withdraw(connection: psycopg.Connection, asker: Asker, now: datetime, one: VisitNote, why: str) -> None:
    """Withdraw a visit to one child: it was never made or meant. What was known while it stood can still be asked.

    Raises  KeyworkerError without a reason, for one that was withdrawn already or of which another source speaks.
    """
    if not why or len(why) > LONGEST:
        raise KeyworkerError("A visit is withdrawn for a reason.", remedy=f"Say why, in {LONGEST} characters or fewer.")
    if one.is_withdrawn:
        raise KeyworkerError("This visit was withdrawn already.", remedy="Nothing needs to be done.")
    if one.visit_entry_id is None:
        raise KeyworkerError(
            "Another source tells of this visit too, and is believed before what was written here.",
            remedy="Correct it where that source is kept, and load it again.",
        )
    changes = [
        Amendment(table_of(one.kind)[0], one.visit_entry_id, None),
        Amendment(NOTE, one.entry_id, {"withdrawn": True, "changed_why": why}),
    ]
    written_down(connection, lambda: amend(connection, act_of(asker, "correction"), now, changes))


def answer_pair(
    connection: psycopg.Connection, asker: Asker, now: datetime, one: VisitNote, pair: VisitPair, *, is_same: bool
) -> None:
    """Say whether a visit of which an extract tells is the one that was written down here.

    The same: this one takes the extract's day, on which the extract is believed, so that it is counted once; what was
    written beside it stays. Another: both stand, and nobody is asked again.
    """
    if one.visit_entry_id is None:
        raise KeyworkerError("Another source tells of this visit already.", remedy="Nothing needs to be done.")
    day = {"happened_on": pair.theirs_on}
    if is_same:
        changes = [Amendment(table_of(one.kind)[0], one.visit_entry_id, day), Amendment(NOTE, one.entry_id, day)]
    else:
        changes = [Amendment(table_of(one.kind)[0], one.visit_entry_id, {"not_same_on": pair.theirs_on})]
    written_down(connection, lambda: amend(connection, act_of(asker, "correction"), now, changes))
