"""Case supervision written down here: what was decided, actions carried to the next one, the worker's answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.actions.writing import LONGEST, SentOtherwise, act_of, written_down, wrong_day
from keyworker.facts.case_supervision import CaseSupervision, SupervisionAction
from keyworker.record.writer import AlreadyRecorded, Amendment, amend, append_and_amend
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.errors import KeyworkerError

SUPERVISION, NOTE, ACTION = "case_supervision", "case_supervision_note", "supervision_action"
HELD, CANCELLED = "held", "cancelled"
LONG = 4_000
"""The characters that a decision may have: about two pages."""


@dataclass(frozen=True)
class NewAction:
    """What somebody is to do for the child. Takes worker_id, who; due_on, by when; each may be empty."""

    what: str
    worker_id: str
    due_on: date | None


@dataclass(frozen=True)
class EndedAction:
    """What came of an action that was carried here. Takes done, no where it is given up, which needs its reason."""

    action_id: str
    done: bool
    outcome: str = ""


@dataclass(frozen=True)
class WantedSupervision:
    """A supervision of one child's case that somebody means to write down.

    Takes   number, a random word of the form's, so that a form sent twice writes once; outcome, held or cancelled;
            form, a word of the vocabulary; new, what was undertaken; ended, what came of earlier actions.
    """

    number: str
    happened_on: date | None
    worker_id: str
    supervisor_id: str
    outcome: str
    form: str
    decision: str = ""
    why: str = ""
    present: str = ""
    cancelled_by: str = ""
    new: tuple[NewAction, ...] = ()
    ended: tuple[EndedAction, ...] = ()


def problems(wanted: WantedSupervision, today: date) -> dict[str, str]:
    """What is wrong with it, by the field in which it was typed; nothing when it can be written."""
    found: dict[str, str] = {}
    if wanted.happened_on is None:
        found["on"] = "The day must be a real day, such as 27 March 2026"
    elif wrong := wrong_day(wanted.happened_on, today):
        found["on"] = wrong
    if not wanted.worker_id:
        found["worker"] = "Choose whose work was supervised"
    if not wanted.supervisor_id:
        found["supervisor"] = "Choose who held it"
    elif wanted.supervisor_id == wanted.worker_id:
        found["supervisor"] = "Nobody supervises themselves"
    if wanted.form not in codes("supervision_form"):
        found["form"] = "Choose in which form it was held"
    if wanted.outcome not in (HELD, CANCELLED):
        found["outcome"] = "Choose whether it was held"
    if wanted.outcome == HELD and not wanted.decision.strip():
        found["decision"] = "Enter what was decided, also if nothing changes"
    if wanted.outcome == CANCELLED and wanted.cancelled_by not in codes("supervision_cancelled_by"):
        found["cancelled_by"] = "Say who called it off"
    if wanted.outcome == CANCELLED and (wanted.new or wanted.ended):
        found["outcome"] = "What was not held undertook nothing and ended nothing"
    for name, said, most in (
        ("decision", wanted.decision, LONG),
        ("why", wanted.why, LONG),
        ("present", wanted.present, LONGEST),
    ):
        if len(said) > most:
            found[name] = f"It must be {most:,} characters or fewer"
    return found | _wrong_actions(wanted, today)


def _wrong_actions(wanted: WantedSupervision, today: date) -> dict[str, str]:
    """What is wrong with the actions, by their place among the new ones, and the number of each that ended."""
    found: dict[str, str] = {}
    for place, one in enumerate(wanted.new, 1):
        if not one.what.strip() or len(one.what) > LONGEST:
            found[f"what-{place}"] = f"Enter what is to be done, in {LONGEST} characters or fewer"
        if not one.worker_id:
            found[f"owner-{place}"] = "Choose who is to do it"
        if one.due_on is None or one.due_on < (wanted.happened_on or today):
            found[f"due-{place}"] = "Enter the day by which it is to be done, on or after the supervision"
    for ended in wanted.ended:
        if len(ended.outcome) > LONGEST or (not ended.done and not ended.outcome.strip()):
            found[f"outcome-{ended.action_id}"] = f"Say why it is given up, in {LONGEST} characters or fewer"
    return found


def require_unsent(wanted: WantedSupervision, held: Sequence[CaseSupervision]) -> None:
    """Stop where the same form was sent before. Raises AlreadyRecorded, or SentOtherwise where it then said else."""
    one = next((one for one in held if one.supervision_id == wanted.number), None)
    if one is None:
        return
    decision = wanted.decision.strip() or None if wanted.outcome == HELD else None
    between = (wanted.happened_on, wanted.worker_id, wanted.supervisor_id, wanted.outcome, wanted.form)
    said = (*between, decision, wanted.why.strip() or None)
    stands = (one.happened_on, one.worker_id, one.supervisor_id, one.outcome, one.form, one.decision, one.why)
    if not one.is_withdrawn and stands != said:
        raise SentOtherwise("a supervision")
    raise AlreadyRecorded("It is written down already.", where="a supervision", remedy="Nothing needs to be done.")


def record(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    child_id: str,
    wanted: WantedSupervision,
    carried: Mapping[str, SupervisionAction],
    today: date,
) -> None:
    """Write a supervision down with what it undertook and ended, in one act, and work anew what is due.

    Takes   carried, the open actions by their number. What the worker writes, the worker says was so.
    Raises  KeyworkerError for one that says too little; AlreadyRecorded when the same form was sent before.
    """
    if wrong := problems(wanted, today):
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where="a supervision", remedy="Mend it and try again.")
    rows = rows_of(asker, child_id, wanted, today)
    ends = [_ended(carried, one, wanted.happened_on) for one in wanted.ended]
    written_down(connection, lambda: append_and_amend(connection, act_of(asker, "entry"), now, rows, ends))


def rows_of(asker: Asker, child_id: str, wanted: WantedSupervision, today: date) -> dict[str, list[dict[str, Any]]]:
    """What the record holds of a supervision, by table. What the worker writes, the worker says was so."""
    is_own = asker.worker_id == wanted.worker_id
    about = {"supervision_id": wanted.number, "child_id": child_id, "happened_on": wanted.happened_on}
    return {
        SUPERVISION: [
            about
            | {"worker_id": wanted.worker_id, "supervisor_id": wanted.supervisor_id, "outcome": wanted.outcome}
            | {"decision": wanted.decision.strip() or None if wanted.outcome == HELD else None}
        ],
        NOTE: [
            about
            | {"form": wanted.form, "present": wanted.present.strip() or None, "why": wanted.why.strip() or None}
            | {"cancelled_by": wanted.cancelled_by if wanted.outcome == CANCELLED else None}
            | {"confirmed": True if is_own else None, "answered_on": today if is_own else None}
        ],
        ACTION: [
            about
            | {"action_id": f"{wanted.number}-{place}", "what": one.what.strip()}
            | {"worker_id": one.worker_id, "due_on": one.due_on}
            for place, one in enumerate(wanted.new, 1)
        ],
    }


def _ended(carried: Mapping[str, SupervisionAction], one: EndedAction, on: date | None) -> Amendment:
    if one.action_id not in carried:
        raise KeyworkerError("This action has ended already.", remedy="Open the page again to see how.")
    changes = {"ended_on": on, "done": one.done, "outcome": one.outcome.strip() or None}
    return Amendment(ACTION, carried[one.action_id].entry_id, changes)


def answer(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    one: CaseSupervision,
    confirmed: bool,
    says: str,
    today: date,
) -> None:
    """Write down whether the worker says that a supervision was so. A later answer takes this one's place.

    Raises  AlreadyRecorded where they said so before; KeyworkerError where it was withdrawn, or where what was
            otherwise is not said.
    """
    if one.is_withdrawn or one.note_entry_id is None:
        raise KeyworkerError("There is nothing here to confirm.", remedy="Open the page again.")
    if one.confirmed is confirmed and one.answer == (says.strip() or None):
        raise AlreadyRecorded("It is answered so already.", where="an answer", remedy="Nothing needs to be done.")
    if (not confirmed and not says.strip()) or len(says) > LONGEST:
        raise KeyworkerError(f"Say what was otherwise, in {LONGEST} characters or fewer.", where="an answer")
    changes = {"confirmed": confirmed, "answered_on": today, "answer": says.strip() or None}
    _amended(connection, asker, now, [Amendment(NOTE, one.note_entry_id, changes)])


def withdraw(connection: psycopg.Connection, asker: Asker, now: datetime, one: CaseSupervision, why: str) -> None:
    """Withdraw a supervision: it was never held or meant. Its actions stand until they are ended.

    Raises  AlreadyRecorded where it was withdrawn so before; KeyworkerError without a reason, or for one that came
            with an extract.
    """
    if one.is_withdrawn and one.changed_why == why.strip():
        raise AlreadyRecorded("It is withdrawn already.", where="a supervision", remedy="Nothing needs to be done.")
    if not why.strip() or len(why) > LONGEST:
        raise KeyworkerError("It is withdrawn for a reason.", remedy=f"Say why, in {LONGEST} characters or fewer.")
    if one.is_withdrawn or one.note_entry_id is None or one.entry_id is None:
        raise KeyworkerError("Only what was recorded here, and stands, can be withdrawn.", remedy="Open it again.")
    changes = [
        Amendment(SUPERVISION, one.entry_id, None),
        Amendment(NOTE, one.note_entry_id, {"withdrawn": True, "changed_why": why.strip()}),
    ]
    _amended(connection, asker, now, changes)


def _amended(connection: psycopg.Connection, asker: Asker, now: datetime, changes: Sequence[Amendment]) -> None:
    written_down(connection, lambda: amend(connection, act_of(asker, "correction"), now, changes))
