"""Correcting and withdrawing what was recorded with a form: what is wrong with it, and writing it with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.actions.by_hand import entry_of, in_place
from keyworker.actions.hand_answers import read_day, value_of, wrong_answers
from keyworker.actions.writing import LONGEST, written_down
from keyworker.facts.by_hand import HandEntry
from keyworker.record.writer import Act, Amendment, append_and_amend
from keyworker.vocabulary import TABLES, Type
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.vocabulary.forms import LAST_DAY, Ask, Form, day_of, forms
from keyworker.vocabulary.homes import HERE
from keyworker.vocabulary.working_days import spoken


@dataclass(frozen=True)
class Correction:
    """What somebody means to change in an entry. Takes said, every answer as it should be; why, in words."""

    said: Mapping[str, str]
    why: str


def can_be_corrected(entry: HandEntry) -> bool:
    """Whether what is written here takes its place: of our own always, of another source's where the two match."""
    return entry.is_ours or bool(entry.described.match)


def asks_of(entry: HandEntry) -> tuple[Ask, ...]:
    """What of an entry can be corrected: what its form asked, and of what has ended also what its ending asked."""
    one = form_of(entry)
    asked = {ask.name: ask for ask in one.asks} if one else {}
    if entry.until is not None:
        for other in forms().values():
            if other.ends and other.table.name == entry.table and other.begins is None:
                asked |= {ask.name: ask for ask in other.asks}
    return tuple(asked.values())


def form_of(entry: HandEntry) -> Form | None:
    """The form with which such an entry is written."""
    return next((one for one in forms().values() if one.table.name == entry.table and one.is_of(entry.values)), None)


def changes_of(entry: HandEntry, wanted: Correction) -> dict[str, Any]:
    """What a correction changes, by column."""
    asked = {ask.column.name: value_of(ask, wanted.said.get(ask.name, "")) for ask in asks_of(entry)}
    if "to_on" in asked and asked["to_on"] is None:
        ending = {ask.column.name for ask in asks_of(entry) if ask.column.name not in _begun_columns(entry)}
        asked |= dict.fromkeys(ending)
    return {name: value for name, value in asked.items() if value != entry.values[name]}


def _begun_columns(entry: HandEntry) -> set[str]:
    one = form_of(entry)
    return {ask.column.name for ask in one.asks} if one else set()


def wrong_correction(entry: HandEntry, wanted: Correction, today: date) -> dict[str, str]:
    """What is wrong with a correction, by the name of the question."""
    asks = asks_of(entry)
    opened_again = entry.until is not None and not wanted.said.get(LAST_DAY, "").strip()
    begun = _begun_columns(entry)
    asked = [ask for ask in asks if not opened_again or ask.column.name in begun]
    found = wrong_answers(asked, wanted.said)
    days = {ask.name: read_day(wanted.said.get(ask.name, "")) for ask in asked if ask.column.type is Type.DATE}
    past = {name: day for name, day in days.items() if name not in {ask.name for ask in asked if ask.ahead}}
    found |= {name: "The day must be today or before" for name, day in past.items() if day and day > today}
    first, last = days.get(day_of(entry.described)), days.get(LAST_DAY)
    if first and last and last < first and LAST_DAY not in found:
        found[LAST_DAY] = f"The last day must be on or after {spoken(first)}"
    changes = {} if found else changes_of(entry, wanted)
    if not found and not changes:
        found["why"] = "Nothing would change: change an answer, or leave it as it is"
    told = [ask for ask in asks if ask.column.name in entry.described.match and ask.column.name in changes]
    if told and not entry.is_ours:
        found[told[0].name] = "The case system told this day, and goes on telling it: correct it there"
    if not can_be_corrected(entry):
        found["why"] = "The case system told this: correct it there, and load its extract again"
    if wrong := wrong_reason(wanted.why):
        found.setdefault("why", wrong)
    return found


def wrong_reason(why: str) -> str:
    """What is wrong with a reason; empty where nothing is."""
    return "" if why.strip() and len(why.strip()) <= LONGEST else f"Say why, in {LONGEST} characters or fewer"


def correct(
    connection: psycopg.Connection, asker: Asker, now: datetime, entry: HandEntry, wanted: Correction, number: str,
    today: date,
) -> int:  # fmt: skip
    """Put what is right in the place of what was wrong, with the reason beside it. Gives the entry that now says it.

    Takes   number, a random word of the form's. Raises KeyworkerError, NotCurrent, AlreadyRecorded.
    """
    if wrong := wrong_correction(entry, wanted, today):
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where="a correction", remedy="Mend it and try again.")
    rows = {"changed_why": [why_row(asker, entry, wanted.why, number, today)]}
    changed = in_place(connection, entry, changes_of(entry, wanted), rows)
    act = Act("correction", author=asker.account, purpose=asker.purpose, source=HERE)
    return entry_of(
        written_down(connection, lambda: append_and_amend(connection, act, now, rows, changed)), entry.table
    )


def why_row(asker: Asker, entry: HandEntry, why: str, number: str, today: date) -> dict[str, Any]:
    """The reason of a change, as the record holds it."""
    return {
        "change_id": number,
        "child_id": entry.values["child_id"],
        "happened_on": today,
        "in_table": entry.table,
        "row_number": entry.number,
        "why": why.strip(),
        "worker_id": asker.worker_id,
    }


def belonging(entry: HandEntry, standing: Iterable[HandEntry]) -> list[HandEntry]:
    """What belongs to an entry, of what stands."""
    found = []
    for row in standing:
        is_step = row.values.get("belongs_to") == entry.table and row.values.get("belongs_to_id") == entry.number
        refers = [column.name for column in TABLES[row.table].columns if column.refers.partition(".")[0] == entry.table]
        if is_step or (row.table != entry.table and any(row.values.get(name) == entry.number for name in refers)):
            found.append(row)
    return found


def withdraw(
    connection: psycopg.Connection, asker: Asker, now: datetime, entry: HandEntry, why: str, number: str,
    standing: Sequence[HandEntry], today: date,
) -> None:  # fmt: skip
    """Withdraw an entry that was written here: it was never so. What was known while it stood can still be asked.

    Raises  KeyworkerError without a reason, where something belongs to it, or where the case system told it.
    """
    if wrong := wrong_reason(why):
        raise KeyworkerError("An entry is withdrawn for a reason.", remedy=f"{wrong}.")
    if not entry.is_ours:
        raise KeyworkerError("The case system told this.", remedy="Withdraw it there, and load its extract again.")
    if theirs := belonging(entry, standing):
        listed = ", ".join(sorted({row.described.title.lower() for row in theirs}))
        raise KeyworkerError(f"Other entries belong to this: {listed}.", remedy="Withdraw or correct these first.")
    rows = {"changed_why": [why_row(asker, entry, why, number, today)]}
    act = Act("correction", author=asker.account, purpose=asker.purpose, source=HERE)
    gone = [Amendment(entry.table, entry.entry_id, None)]
    written_down(connection, lambda: append_and_amend(connection, act, now, rows, gone))
