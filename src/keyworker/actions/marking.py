"""Marking something about a child as not to be told, and withdrawing that by two people, by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.actions.writing import LONGEST, act_of, write_down, written_down
from keyworker.facts.marked import ANYONE_OUTSIDE, NAMED_PERSON, Markable, Marker
from keyworker.record.writer import correct
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.errors import KeyworkerError

TABLE = "not_to_be_told"
SHORTEST = 3
"""The fewest characters of a value: what is shorter stands in every text."""
DAY = timedelta(days=1)


@dataclass(frozen=True)
class WantedMarker:
    """Something that somebody means to mark.

    Takes   marker_id, a random word of the form's, so that a form sent twice writes once; row, a row of the record by
            table and number, or kind and value, as typed; told_to, relation, person, why, codes and words of the
            vocabulary; last_on, the last day on which it holds, None while nobody has said one.
    """

    marker_id: str
    row: tuple[str, str] | None
    kind: str
    value: str
    told_to: str
    relation: str
    person: str
    why: str
    said_by: str
    last_on: date | None = None

    def markable(self, rows: Sequence[Markable]) -> Markable | None:
        """The row of the record that is meant, among those that can be marked."""
        return next((one for one in rows if (one.in_table, one.in_row) == self.row), None)


def problems(wanted: WantedMarker, rows: Sequence[Markable], today: date) -> dict[str, str]:
    """What is wrong with a marker, by the field in which it was typed; nothing when it can be written down."""
    found: dict[str, str] = {}
    if wanted.row is not None and wanted.markable(rows) is None:
        found["what"] = "This is no longer among what the record holds of the child"
    if wanted.row is None:
        if wanted.kind not in codes("marked_kind"):
            found["what"] = "Choose what must not be told"
        elif len(wanted.value.strip()) < SHORTEST or len(wanted.value) > LONGEST:
            found["value"] = f"Enter what must not be told, in {SHORTEST} to {LONGEST} characters"
    if wanted.told_to not in codes("not_told_to"):
        found["told_to"] = "Choose to whom it must not be told"
    if wanted.told_to == NAMED_PERSON:
        if wanted.relation not in codes("relation"):
            found["relation"] = "Choose what this person is to the child"
        if not wanted.person.strip():
            found["person"] = "Enter the person’s name"
    if wanted.why not in codes("why_not_told"):
        found["why"] = "Choose why it must not be told"
    if not wanted.said_by.strip():
        found["said_by"] = "Enter the court, role or meeting that said so"
    if wanted.last_on is not None and wanted.last_on < today:
        found["last_on"] = "The last day must be today or later; leave it empty while nobody has said one"
    return found


def mark(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    child_id: str,
    wanted: WantedMarker,
    rows: Sequence[Markable],
    today: date,
) -> None:
    """Write a marker down. Raises KeyworkerError for one that cannot be; AlreadyRecorded for a form sent twice."""
    wrong = problems(wanted, rows, today)
    if wrong:
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where="not to be told", remedy="Mend it and try again.")
    found = wanted.markable(rows)
    is_named = wanted.told_to == NAMED_PERSON
    row = {
        "marker_id": wanted.marker_id,
        "child_id": child_id,
        "kind": found.kind if found else wanted.kind,
        "in_table": found.in_table if found else None,
        "in_row": found.in_row if found else None,
        "value": None if found else wanted.value.strip(),
        "told_to": wanted.told_to,
        "relation": wanted.relation if is_named else None,
        "person": wanted.person.strip() if is_named else None,
        "why": wanted.why,
        "said_by": wanted.said_by.strip(),
        "from_on": today,
        "to_on": wanted.last_on + DAY if wanted.last_on else None,
    }
    write_down(connection, asker, now, TABLE, row)


def ask_to_withdraw(connection: psycopg.Connection, asker: Asker, now: datetime, one: Marker, why: str) -> None:
    """Ask that a marker is withdrawn: until a second person agrees it holds.

    Raises  KeyworkerError without a reason, for one that was withdrawn or is asked of already.
    """
    _require_why(why)
    _require_stands(one)
    if one.asked is not None:
        raise KeyworkerError("Somebody asked this already.", remedy="A second person is to answer it.")
    _change(connection, asker, now, one, {"asked_by": asker.account, "asked_why": why.strip(), "kept_why": None})


def withdraw_marker(connection: psycopg.Connection, asker: Asker, now: datetime, one: Marker, why: str) -> None:
    """Agree that a marker is withdrawn: from now on it never held. What was known while it stood can still be asked.

    Raises  KeyworkerError without a reason, for one that was withdrawn already or that nobody asks to withdraw.
    """
    _require_asked(one, why)
    _change(connection, asker, now, one, {"to_on": one.from_on, "withdrawn_why": why.strip()})


def leave_standing(connection: psycopg.Connection, asker: Asker, now: datetime, one: Marker, why: str) -> None:
    """Say that a marker stands, though somebody asked to withdraw it. Raises KeyworkerError as withdrawing does."""
    _require_asked(one, why)
    _change(connection, asker, now, one, {"asked_by": None, "asked_why": None, "kept_why": why.strip()})


def _require_why(why: str) -> None:
    if not why.strip() or len(why) > LONGEST:
        raise KeyworkerError(
            "What must not be told is withdrawn for a reason, and left standing for one.",
            remedy=f"Say why, in {LONGEST} characters or fewer.",
        )


def _require_stands(one: Marker) -> None:
    if one.withdrawn is not None:
        raise KeyworkerError("This was withdrawn already.", remedy="Nothing needs to be done.")


def _require_asked(one: Marker, why: str) -> None:
    _require_why(why)
    _require_stands(one)
    if one.asked is None:
        raise KeyworkerError("Nobody asks to withdraw this.", remedy="Open what must not be told again.")


def _change(
    connection: psycopg.Connection, asker: Asker, now: datetime, one: Marker, changes: Mapping[str, Any]
) -> None:
    act = act_of(asker, "correction")
    written_down(connection, lambda: correct(connection, act, now, TABLE, one.entry_id, dict(changes)))


def to_whom(one: Marker) -> str:
    """To whom it must not be told, in words: it names the person, and is for those who may see the child."""
    if one.told_to == ANYONE_OUTSIDE:
        return "anyone outside the service"
    return f"{one.person or 'a person not named'} ({one.relation or 'relation not recorded'})"


def warning(one: Marker) -> str:
    """What stands on the child's page of one marker: what kind of thing, to whom, and why; never the thing itself."""
    return f"{KIND_WORDS.get(one.kind, one.kind)} must not be told to {to_whom(one)}: {one.why}."


KIND_WORDS: Mapping[str, str] = {
    "address": "An address",
    "placement": "Where the child is placed",
    "school": "The school",
    "carer": "Who cares for the child",
    "name": "A name",
    "fact": "A fact",
}


def marker_record(one: Marker) -> dict[str, Any]:
    """A marker as a flat row. Whoever asks for it is logged with the child."""
    withdrawn = one.withdrawn or (None, None, None)
    return {
        "marker_id": one.marker_id,
        "kind": one.kind,
        "told_to": one.told_to,
        "relation": one.relation,
        "person": one.person,
        "value": "; ".join(one.values),
        "why": one.why,
        "said_by": one.said_by,
        "from_on": one.from_on,
        "to_on": one.to_on,
        "written_by": one.written_by,
        "written_at": one.written_at,
        "withdrawn_by": withdrawn[0],
        "withdrawn_at": withdrawn[1],
        "withdrawn_why": withdrawn[2],
        "asked_by": one.asked[0] if one.asked else None,
        "asked_why": one.asked[1] if one.asked else None,
        "kept_why": one.kept_why or None,
    }
