"""Correcting and withdrawing what was recorded of a worker with a form, for a reason that stays beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.actions.correcting import Correction, wrong_reason
from keyworker.actions.hand_answers import read_day, value_of, wrong_answers
from keyworker.actions.staff_by_hand import FARTHEST
from keyworker.actions.writing import act_of, written_down
from keyworker.facts.by_hand import HandEntry
from keyworker.record.writer import Amendment, amend, append
from keyworker.vocabulary import TABLES, Type
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.vocabulary.forms import LAST_DAY, Ask, day_of
from keyworker.vocabulary.staff_forms import form_of_row, staff_forms
from keyworker.vocabulary.working_days import spoken

CHANGE, WHERE = "staff_change", "a correction"
NOT_SHOWN_AGAIN = frozenset({"reason_class"})
"""Columns whose answer no page shows again: left empty in a correction, they stay as they are."""

_A_PERSON = "professionals.worker_id"
"""Whom an entry names is not corrected: it is withdrawn, and written down again with another."""


def asks_of(entry: HandEntry) -> tuple[Ask, ...]:
    """What of an entry can be corrected: what its form asked, and what was asked when it ended or changed."""
    first = form_of_row(entry.table, entry.values)
    asked = {ask.name: ask for ask in first.asks} if first else {}
    later = (one for one in staff_forms().values() if one.ends and one.table.name == entry.table)
    for one in later:
        if any(entry.values[ask.column.name] is not None for ask in one.asks):
            asked = {ask.name: ask for ask in one.asks} | asked
    told = (ask for ask in asked.values() if ask.column.refers != _A_PERSON)
    return tuple(replace(ask, needed=False) if ask.column.name in NOT_SHOWN_AGAIN else ask for ask in told)


def changes_of(entry: HandEntry, wanted: Correction) -> dict[str, Any]:
    """What a correction changes, by column. Without a last day what had ended goes on, and what its end said goes."""
    asked = {ask.column.name: value_of(ask, wanted.said.get(ask.name, "")) for ask in asks_of(entry)}
    if "to_on" in asked and asked["to_on"] is None:
        asked |= dict.fromkeys(name for name in asked if name not in _begun(entry))
    kept = {name: value for name, value in asked.items() if value is not None or name not in NOT_SHOWN_AGAIN}
    return {name: value for name, value in kept.items() if value != entry.values[name]}


def _begun(entry: HandEntry) -> set[str]:
    first = form_of_row(entry.table, entry.values)
    return {ask.column.name for ask in first.asks} if first else set()


def wrong_correction(entry: HandEntry, wanted: Correction, today: date) -> dict[str, str]:
    """What is wrong with a correction, by the name of the question."""
    begun = _begun(entry)
    goes_on = not wanted.said.get(LAST_DAY, "").strip()
    asked = [ask for ask in asks_of(entry) if not goes_on or ask.column.name in begun or entry.until is None]
    found = wrong_answers(asked, wanted.said)
    days = {ask.name: read_day(wanted.said.get(ask.name, "")) for ask in asked if ask.column.type is Type.DATE}
    latest = today + FARTHEST
    late = (name for name, day in days.items() if day and day > latest)
    found |= dict.fromkeys(late, f"The day must be on or before {spoken(latest)}")
    first, last = days.get(day_of(entry.described)), days.get(LAST_DAY)
    if first and last and last < first and LAST_DAY not in found:
        found[LAST_DAY] = f"The last day must be on or after {spoken(first)}"
    if not found and not changes_of(entry, wanted):
        found["why"] = "Nothing would change: change an answer, or leave it as it is"
    if wrong := wrong_reason(wanted.why):
        found.setdefault("why", wrong)
    return found


def wrong_withdrawal(entry: HandEntry, why: str, standing: Sequence[HandEntry]) -> dict[str, str]:
    """What is wrong with withdrawing an entry, by the name of the question."""
    if wrong := wrong_reason(why):
        return {"why": wrong}
    theirs = sorted({row.described.title.lower() for row in standing if _belongs(row, entry)})
    return {"withdraw": f"Other entries belong to this: {', '.join(theirs)}. Withdraw these first"} if theirs else {}


def _belongs(row: HandEntry, entry: HandEntry) -> bool:
    if row.values.get("belongs_to") == entry.table and row.values.get("belongs_to_id") == entry.number:
        return True
    refers = [one.name for one in TABLES[row.table].columns if one.refers.partition(".")[0] == entry.table]
    return row.table != entry.table and any(row.values.get(name) == entry.number for name in refers)


def change(
    connection: psycopg.Connection, asker: Asker, now: datetime, entry: HandEntry, wanted: Correction | None,
    said: tuple[str, str], today: date, also: Sequence[Amendment] = (),
) -> None:  # fmt: skip
    """Correct an entry of whatever source, or withdraw it: all of it or nothing.

    Takes   wanted, None to withdraw; said, a number and why; also, what changes with it.
    Raises  NotCurrent, AlreadyRecorded, KeyworkerError.
    """
    if wanted and (wrong := wrong_correction(entry, wanted, today)):
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where=WHERE, remedy="Mend it and try again.")
    one = Amendment(entry.table, entry.entry_id, changes_of(entry, wanted) if wanted else None)
    row: Mapping[str, Any] = {
        "change_id": said[0],
        "worker_id": entry.values["worker_id"],
        "happened_on": today,
        "in_table": entry.table,
        "row_number": entry.number,
        "what": "corrected" if wanted else "withdrawn",
        "why": said[1].strip(),
    }
    with connection.transaction():
        for each in (one, *also):
            amend_it = partial(amend, connection, act_of(asker, "correction"), now, [each])
            written_down(connection, amend_it)
        written_down(connection, lambda: append(connection, act_of(asker, "entry"), now, {CHANGE: [row]}))
