"""Notes of personal supervision: written by one of the two who held it, answered by the worker, withdrawn by whoever
wrote them. A worker opens earlier notes to a new supervisor, and closes them again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.actions.writing import act_of, write_down, wrong_day
from keyworker.facts.supervision_notes import Note, OpenedNotes
from keyworker.record.writer import correct, end
from keyworker.vocabulary.errors import KeyworkerError

NOTES, OPENINGS = "supervision_note", "supervision_opening"
LONGEST_NOTE = 4000
"""The characters that a note may have: about two pages."""
LONGEST_ANSWER = 2000


@dataclass(frozen=True)
class WantedNote:
    """A note that somebody means to write.

    Takes   note_id, a random word of the form's, so that a form sent twice writes once; worker_id, who was supervised;
            supervisor_id, who held it; happened_on, the day on which it was held, None where none was typed.
    """

    note_id: str
    worker_id: str
    supervisor_id: str
    happened_on: date | None
    note: str


def problems(wanted: WantedNote, today: date) -> dict[str, str]:
    """What is wrong with a note, by the field in which it was typed; nothing when it can be written."""
    found: dict[str, str] = {}
    day = wanted.happened_on
    if day is None:
        found["happened_on"] = "Enter the day on which it was held"
    elif wrong := wrong_day(day, today):
        found["happened_on"] = wrong
    if not wanted.note.strip():
        found["note"] = "Enter what was said"
    elif len(wanted.note) > LONGEST_NOTE:
        found["note"] = f"The note must be {LONGEST_NOTE:,} characters or fewer"
    return found


def problems_of_answer(note: Note, agreed: bool | None, answer: str) -> dict[str, str]:
    """What is wrong with a worker's answer to a note, by field."""
    if note.withdrawn_on is not None:
        return {"agreed": "This note was withdrawn, so there is nothing to agree with"}
    if agreed is None:
        return {"agreed": "Choose whether you agree with it"}
    if not agreed and not answer.strip():
        return {"answer": "Enter what you do not agree with"}
    if len(answer) > LONGEST_ANSWER:
        return {"answer": f"It must be {LONGEST_ANSWER:,} characters or fewer"}
    return {}


def write_note(connection: psycopg.Connection, asker: Asker, now: datetime, wanted: WantedNote, today: date) -> None:
    """Write a note down. What the worker writes, the worker agrees with.

    Raises  KeyworkerError for one that cannot be written; AlreadyRecorded when the same form was sent before.
    """
    _require_none(problems(wanted, today), "a note of a supervision")
    is_own = asker.worker_id == wanted.worker_id
    row = {
        "note_id": wanted.note_id,
        "worker_id": wanted.worker_id,
        "supervisor_id": wanted.supervisor_id,
        "happened_on": wanted.happened_on,
        "note": wanted.note.strip(),
        "written_by": asker.worker_id,
        "agreed": True if is_own else None,
        "answered_on": today if is_own else None,
    }
    write_down(connection, asker, now, NOTES, row)


def answer_note(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    note: Note,
    agreed: bool | None,
    answer: str,
    today: date,
) -> None:
    """Write down whether the worker agrees with a note, and what they add. A later answer takes this one's place.

    Raises  KeyworkerError for an answer that says nothing, or says again what stands.
    """
    _require_none(problems_of_answer(note, agreed, answer), "an answer to a note")
    changes = {"agreed": agreed, "answered_on": today, "answer": answer.strip() or None}
    correct(connection, act_of(asker, "correction"), now, NOTES, note.entry_id, changes)


def withdraw_note(
    connection: psycopg.Connection, asker: Asker, now: datetime, note: Note, why: str, today: date
) -> None:
    """Withdraw a note: its words are shown no more, that it was there is. Raises KeyworkerError without a reason."""
    if note.withdrawn_on is not None:
        raise KeyworkerError("This note was withdrawn already.", remedy="Nothing needs to be done.")
    if not why.strip():
        raise KeyworkerError("A note is withdrawn for a reason.", remedy="Say why.")
    changes = {"withdrawn_on": today, "withdrawn_why": why.strip()}
    correct(connection, act_of(asker, "correction"), now, NOTES, note.entry_id, changes)


def open_notes(
    connection: psycopg.Connection, asker: Asker, now: datetime, opening_id: str, supervisor_id: str, today: date
) -> None:
    """Let a supervisor of the asker's read the notes of supervisions that others held."""
    row = {
        "opening_id": opening_id,
        "worker_id": asker.worker_id,
        "supervisor_id": supervisor_id,
        "from_on": today,
    }
    write_down(connection, asker, now, OPENINGS, row)


def close_notes(connection: psycopg.Connection, asker: Asker, now: datetime, one: OpenedNotes, today: date) -> None:
    """Close the asker's earlier notes to a supervisor again."""
    end(connection, act_of(asker, "ending"), now, OPENINGS, one.entry_id, today)


def note_record(one: Note) -> dict[str, Any]:
    """A note as a flat row. Its words leave only as names do."""
    return {
        "note_id": one.note_id,
        "happened_on": one.happened_on,
        "worker_id": one.worker.worker_id,
        "worker": one.worker.name,
        "supervisor_id": one.supervisor.worker_id,
        "supervisor": one.supervisor.name,
        "written_by": one.written_by.worker_id,
        "written_at": one.written_at,
        "note": one.note,
        "agreed": one.agreed,
        "answered_on": one.answered_on,
        "answer": one.answer,
        "withdrawn_on": one.withdrawn_on,
        "withdrawn_why": one.withdrawn_why,
    }


def _require_none(wrong: dict[str, str], where: str) -> None:
    if wrong:
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where=where, remedy="Mend it and try again.")
