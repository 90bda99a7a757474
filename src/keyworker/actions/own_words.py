"""Writing down what a child or a parent says of the record, and that they take it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.actions.pieces import CHILD
from keyworker.actions.writing import act_of, write_down, wrong_day
from keyworker.facts.own_words import NOT_AGREED, TRUSTED, WORDS, EntryOf, OwnWords
from keyworker.record.writer import correct
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.errors import KeyworkerError

TABLE = "own_words"
LONG = 2_000
"""The characters that somebody's own words may have."""


@dataclass(frozen=True)
class WantedWords:
    """What somebody said and wants to stand in the record.

    Takes   words_id, a random word of the form's, so that a form sent twice writes once; kind and said_by, codes of the
            vocabulary; entry_id, the entry with which they do not agree.
    """

    words_id: str
    happened_on: date | None
    kind: str
    said_by: str
    person: str = ""
    words: str = ""
    trusts: str = ""
    entry_id: int | None = None

    def entry(self, entries: Sequence[EntryOf]) -> EntryOf | None:
        """The entry that is meant, among those about the child."""
        return next((one for one in entries if one.entry_id == self.entry_id), None)


def problems(wanted: WantedWords, entries: Sequence[EntryOf], today: date) -> dict[str, str]:
    """What is wrong with it, by the field in which it was typed."""
    found: dict[str, str] = {}
    if wanted.kind not in codes("own_words_kind"):
        found["kind"] = "Choose what is to stand in the record"
    if wanted.said_by not in codes("relation"):
        found["said_by"] = "Choose who said it"
    elif wanted.said_by != CHILD and not wanted.person.strip():
        found["person"] = "Enter the name of whoever said it"
    if wanted.happened_on is None:
        found["on"] = "Enter a real day, such as 27 March 2026"
    elif wrong := wrong_day(wanted.happened_on, today):
        found["on"] = wrong
    if wanted.kind == NOT_AGREED and wanted.entry(entries) is None:
        found["entry"] = "Choose the entry with which they do not agree"
    if wanted.kind == TRUSTED and not wanted.trusts.strip():
        found["trusts"] = "Enter whom they trust, by name and as what"
    if wanted.kind == WORDS and not wanted.words.strip():
        found["words"] = "Enter what they said, in their own words"
    if len(wanted.words) > LONG:
        found["words"] = f"Their words must be {LONG:,} characters or fewer; write the rest down as more"
    if len(wanted.trusts) > LONG:
        found["trusts"] = f"Whom they trust must be said in {LONG:,} characters or fewer"
    return found


def words_row(asker: Asker, child_id: str, wanted: WantedWords, entries: Sequence[EntryOf]) -> dict[str, Any]:
    """What somebody said, as the record holds it."""
    entry = wanted.entry(entries) if wanted.kind == NOT_AGREED else None
    return {
        "words_id": wanted.words_id,
        "child_id": child_id,
        "happened_on": wanted.happened_on,
        "kind": wanted.kind,
        "said_by": wanted.said_by,
        "person": wanted.person.strip() or None if wanted.said_by != CHILD else None,
        "words": wanted.words.strip() or None,
        "trusts": wanted.trusts.strip() or None if wanted.kind == TRUSTED else None,
        "in_table": entry.in_table if entry else None,
        "row_number": entry.row_number if entry else None,
        "entry_on": entry.on if entry else None,
        "worker_id": asker.worker_id,
    }


def write(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    row: dict[str, Any],
    wanted: WantedWords,
    entries: Sequence[EntryOf],
    today: date,
) -> None:
    """Write down what somebody said. Raises KeyworkerError for what is not whole; AlreadyRecorded for a second time.

    Takes   row, of `words_row`.
    """
    wrong = problems(wanted, entries, today)
    if wrong:
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where="their own words", remedy="Mend it and try again.")
    write_down(connection, asker, now, TABLE, row)


def problems_of_taking_back(
    one: OwnWords, on: date | None, words: str, today: date, *, is_theirs: bool
) -> dict[str, str]:
    """What is wrong with their taking it back, by field. Takes is_theirs, whether whoever said it asks for it."""
    found: dict[str, str] = {}
    if not one.stands:
        found["theirs"] = "They have taken this back already"
    elif not is_theirs:
        found["theirs"] = "Only whoever said it takes it back: say that they asked for it themselves"
    if on is None:
        found["on"] = "Enter a real day, such as 27 March 2026"
    elif on < one.happened_on:
        found["on"] = "They cannot have taken it back before they said it"
    elif wrong := wrong_day(on, today):
        found["on"] = wrong
    if len(words) > LONG:
        found["words"] = f"Their words must be {LONG:,} characters or fewer"
    return found


def take_back(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    one: OwnWords,
    on: date | None,
    words: str,
    today: date,
    *,
    is_theirs: bool,
) -> None:
    """Write down that whoever said it took it back. It stays in the record, with both days.

    Raises  KeyworkerError where they did not ask for it themselves.
    """
    wrong = problems_of_taking_back(one, on, words, today, is_theirs=is_theirs)
    if wrong:
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where="their own words", remedy="Mend it and try again.")
    changes = {"taken_back_on": on, "taken_back_words": words.strip() or None}
    correct(connection, act_of(asker, "correction"), now, TABLE, one.entry_id, changes)


def words_record(one: OwnWords) -> dict[str, Any]:
    """What somebody said as a flat row. Whoever asks for it is logged with the child."""
    names = ("words_id", "happened_on", "kind", "said_by", "person", "words", "trusts", "in_table", "entry_on")
    more = ("written_by", "written_at", "taken_back_on", "taken_back_words", "taken_back_at")
    return {name: getattr(one, name) for name in (*names, *more)}
