"""What is recorded by hand of a child with a form of the vocabulary: what is wrong with it, and writing it down.

What another source told first is never written over: a row written here speaks in its place (`facts.relations`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.actions.hand_answers import read_day, value_of, wrong_answers
from keyworker.actions.writing import written_down, wrong_day
from keyworker.facts.by_hand import HandEntry
from keyworker.record.writer import Act, ActResult, Amendment, append_and_amend, withdrawn_entry
from keyworker.record.writer.act import ActKind
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.vocabulary.forms import LAST_DAY, Form, number_of
from keyworker.vocabulary.homes import HERE
from keyworker.vocabulary.working_days import spoken

OF = "of"
"""The name under which it is asked to which entry another belongs, or which one ends."""


_NONE_OPEN = {True: "nothing is open that this could end", False: "nothing is open to which this could belong"}


@dataclass(frozen=True)
class WantedEntry:
    """What somebody means to write down with a form.

    Takes   number, a random word of the form's, so that a form sent twice writes once; said, what was answered, by the
            name of each question: a day as 2026-03-27, a time as 15:30, a code, yes or no, or words; of, the entry to
            which it belongs, or which it ends.
    """

    number: str
    form: Form
    said: Mapping[str, str] = field(default_factory=dict)
    of: int | None = None


def problems(wanted: WantedEntry, standing: Sequence[HandEntry], today: date) -> dict[str, str]:
    """What is wrong with it, by the name of the question; nothing when it can be written.

    Takes   standing, what stands of the child in the tables that take forms.
    """
    one = wanted.form
    found = wrong_answers(one.asks, wanted.said)
    day = read_day(wanted.said.get(one.day, ""))
    if day is not None and one.day not in found and (wrong := _wrong_day(one, day, today)):
        found[one.day] = wrong
    found |= {name: wrong for name, wrong in _not_ahead(one, wanted.said, today).items() if name not in found}
    whole = chosen(wanted, standing)
    if whole is None and (one.ends or (one.of is not None and one.of.needed)):
        words = one.of.words if one.of else "Which one"
        found[OF] = f"{words}: choose one" if choosable(one, standing) else f"{words}: {_NONE_OPEN[one.ends]}"
    if whole is not None and whole.on and day is not None and day < whole.on and one.day not in found:
        found[one.day] = f"The day must be on or after {spoken(whole.on)}"
    if whole is not None and one.ends and OF not in found:
        found |= _cannot_end(one, whole, standing)
    beside = open_beside(one, standing)
    if beside is not None and day is not None and one.day not in found:
        found[one.day] = f"{beside.described.title}: one is open since {spoken(beside.on or day)}; end that first"
    return found


def _wrong_day(one: Form, day: date, today: date) -> str:
    if one.old:
        return "The day must be today or before" if day > today else ""
    return wrong_day(day, today)


def _not_ahead(one: Form, said: Mapping[str, str], today: date) -> dict[str, str]:
    """The questions for a day to come that were answered with one that is not."""
    days = {ask.name: read_day(said.get(ask.name, "")) for ask in one.asks if ask.ahead}
    return {name: "The day must be after today" for name, day in days.items() if day and day <= today}


def _cannot_end(one: Form, whole: HandEntry, standing: Sequence[HandEntry]) -> dict[str, str]:
    if whole.until is not None:
        return {OF: "This has ended already: correct the day on which it ended instead"}
    if not whole.is_ours and not whole.described.match:
        return {OF: "The case system told this: end it there, and load its extract again"}
    names = {table.name for table in one.after}
    still = [row for row in standing if row.table in names and row.until is None]
    theirs = [row for row in still if row.values.get(number_of(one.table)) in (whole.number, None)]
    if theirs:
        listed = ", ".join(sorted({row.described.title.lower() for row in theirs}))
        return {OF: f"Still open: {listed}. End these first"}
    return {}


def chosen(wanted: WantedEntry, standing: Sequence[HandEntry]) -> HandEntry | None:
    """The entry to which it belongs, or which it ends, among those that stand."""
    return next((row for row in choosable(wanted.form, standing, ended=True) if row.entry_id == wanted.of), None)


def choosable(one: Form, standing: Iterable[HandEntry], *, ended: bool = False) -> list[HandEntry]:
    """The entries to which one may belong, or which may end. Takes ended, whether also what can no longer end."""
    if one.ends:
        return [row for row in standing if row.table == one.table.name and (ended or row.until is None)]
    if one.of is None:
        return []
    name, is_open = one.of.table.name, one.of.is_open
    return [row for row in standing if row.table == name and (row.until is None or not is_open)]


def is_possible(one: Form, standing: Sequence[HandEntry]) -> bool:
    """Whether a form can be filled in as things stand: what it needs to belong to, or to end, is there, and nothing
    that may not be open beside what it begins."""
    if (one.ends or (one.of is not None and one.of.needed)) and not choosable(one, standing):
        return False
    return open_beside(one, standing) is None


def open_beside(one: Form, standing: Iterable[HandEntry]) -> HandEntry | None:
    """What is open already and may not be beside what a form begins."""
    if one.begins is None and (one.ends or not one.alone):
        return None
    name = one.begins.table.name if one.begins else one.table.name
    return next((row for row in standing if row.table == name and row.until is None), None)


def new_rows(asker: Asker, child_id: str, wanted: WantedEntry, whole: HandEntry | None) -> dict[str, dict[str, Any]]:
    """The rows that an entry begins, by table; of one that ends something, what begins in its place."""
    one = wanted.form
    values = {ask.column.name: value_of(ask, wanted.said.get(ask.name, "")) for ask in one.asks}
    if not one.ends:
        row: dict[str, Any] = {one.number: wanted.number, "child_id": child_id}
        row |= {**one.fixed, **values, **signed(asker, one.signs)}
        if one.of is not None:
            row[one.of.column] = whole.number if whole else None
        return {one.table.name: row}
    if one.begins is None or whole is None:
        return {}
    table = one.begins.table
    theirs = {ask.column.name: value_of(ask, wanted.said.get(ask.name, "")) for ask in one.asks if ask.of_what_begins}
    carried = {name: whole.values[name] for name in one.begins.carries}
    began = {number_of(table): wanted.number, "child_id": child_id, "from_on": read_day(wanted.said[LAST_DAY])}
    return {table.name: {**began, **carried, **theirs}}


def endings(asker: Asker, wanted: WantedEntry) -> dict[str, Any]:
    """What an entry that ends something changes in it, by column."""
    one = wanted.form
    asked = {
        ask.column.name: value_of(ask, wanted.said.get(ask.name, "")) for ask in one.asks if not ask.of_what_begins
    }
    return {**asked, **signed(asker, one.signs)}


def signed(asker: Asker, names: Iterable[str]) -> dict[str, Any]:
    """Who writes it, by the columns that say so: the worker, their team where they are in one alone, their role."""
    (team,) = asker.teams if len(asker.teams) == 1 else (None,)
    role = asker.roles[0].role if asker.roles else None
    known = {"worker_id": asker.worker_id, "team_id": team, "by_whom": role, "set_by": role, "account": asker.account}
    return {name: known[name] for name in names if known[name] is not None}


def write(
    connection: psycopg.Connection, asker: Asker, now: datetime, child_id: str, wanted: WantedEntry,
    standing: Sequence[HandEntry], today: date,
) -> tuple[str, int]:  # fmt: skip
    """Write it down, and work anew what is due. Gives the table and the entry that says it.

    Raises  KeyworkerError for what is not whole; AlreadyRecorded when the same form was sent before.
    """
    if wrong := problems(wanted, standing, today):
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where=wanted.form.title, remedy="Mend it and try again.")
    whole = chosen(wanted, standing)
    rows = {name: [row] for name, row in new_rows(asker, child_id, wanted, whole).items()}
    kind: ActKind = "ending" if wanted.form.ends else "entry"
    act = Act(kind, author=asker.account, purpose=asker.purpose, source=HERE)
    changed: list[Amendment] = []
    if whole is not None and wanted.form.ends:
        changed = in_place(connection, whole, endings(asker, wanted), rows)
    written = written_down(connection, lambda: append_and_amend(connection, act, now, rows, changed))
    return wanted.form.table.name, entry_of(written, wanted.form.table.name)


def in_place(
    connection: psycopg.Connection,
    entry: HandEntry,
    changes: Mapping[str, Any],
    rows: dict[str, list[dict[str, Any]]],
) -> list[Amendment]:
    """Change a row: our own is amended; of another source's a row of ours, alike but for this, is added to `rows`.

    Where such a row of ours was withdrawn before, it is that one which says something again.
    """
    if entry.is_ours:
        return [Amendment(entry.table, entry.entry_id, changes)]
    row = {**entry.values, **changes}
    withdrawn = withdrawn_entry(connection, entry.table, HERE, row)
    if withdrawn is not None:
        return [Amendment(entry.table, withdrawn, row, restates=True)]
    rows.setdefault(entry.table, []).append(row)
    return []


def entry_of(written: ActResult, table: str) -> int:
    """The entry of a table that an act wrote."""
    return written.entry_ids[table][0]
