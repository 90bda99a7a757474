"""One case note for several children of a family: each child's record holds it, with what is about that child alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import psycopg

from keyworker.access import Asker
from keyworker.actions.by_hand import WantedEntry, entry_of, new_rows, problems
from keyworker.actions.hand_answers import LONG
from keyworker.actions.writing import act_of, written_down
from keyworker.facts.by_hand import CASE_NOTES, HandEntry
from keyworker.record.writer import append
from keyworker.vocabulary.errors import KeyworkerError

KIND = "case note"
NOTE = "note"
ALONE = "Of this child alone: "


@dataclass(frozen=True)
class WantedNote:
    """A case note that somebody means to write of several children.

    Takes   entry, as of the child on whose page it is written; alone, what is about that child alone; of, the others by
            handle, each with what is about that child alone, empty for nothing.
    """

    entry: WantedEntry
    alone: str
    of: Mapping[str, str]


def entry_for(entry: WantedEntry, place: int, alone: str) -> WantedEntry:
    """The note of one child among those of one writing. Takes place, 0 for the child on whose page it is written."""
    number = entry.number if place == 0 else f"{entry.number}-{place}"
    return replace(entry, number=number, said=said_of(entry, alone))


def said_of(entry: WantedEntry, alone: str) -> dict[str, str]:
    """What a note says of one child: what was written of them all, then what is about that child alone."""
    parts = [entry.said.get(NOTE, "").strip(), f"{ALONE}{alone.strip()}" if alone.strip() else ""]
    return {**entry.said, NOTE: "\n\n".join(filter(None, parts))}


def too_long(entry: WantedEntry, alone: str) -> bool:
    """Whether a note with what is about one child alone would hold more than a note may."""
    return len(said_of(entry, alone)[NOTE]) > LONG


def write_notes(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    notes: Sequence[tuple[str, WantedEntry]],
    today: date,
) -> int:
    """Write the notes of one writing in one act, each of its own child. Gives the entry of the first.

    Raises  KeyworkerError for what is not whole; AlreadyRecorded when the same form was sent before.
    """
    none: Sequence[HandEntry] = ()
    for _, one in notes:
        if wrong := problems(one, none, today):
            raise KeyworkerError(f"{next(iter(wrong.values()))}.", where=one.form.title, remedy="Mend it, try again.")
    (_, first), *_ = notes
    shared = {"together_id": first.number} if len(notes) > 1 else {}
    rows = [new_rows(asker, child_id, one, None)[CASE_NOTES] | shared for child_id, one in notes]
    written = written_down(connection, lambda: append(connection, act_of(asker, "entry"), now, {CASE_NOTES: rows}))
    return entry_of(written, CASE_NOTES)
