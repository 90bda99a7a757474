"""What may be recorded by hand of a child: the rows of the tables that take forms, and how each came to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.relations import history
from keyworker.facts.rows import fetch
from keyworker.vocabulary import TABLES, Table
from keyworker.vocabulary.forms import day_of, number_of
from keyworker.vocabulary.homes import HERE

CASE_NOTES = "case_note"


@dataclass(frozen=True, slots=True)
class HandEntry:
    """One row of a table that takes forms, as it stands or stood.

    Takes   table, its table's name; values, by column; source, where it came from; act, which wrote it; written_by, a
            sign-in name, or whoever loaded the extract that told it; written_at, the instant at which it was recorded.
    """

    entry_id: int
    table: str
    source: str
    act: int
    written_by: str
    written_at: datetime
    values: Mapping[str, Any] = field(repr=False)

    @property
    def described(self) -> Table:
        """Its table."""
        return TABLES[self.table]

    @property
    def number(self) -> str:
        """What names the row in its table."""
        return str(self.values[number_of(self.described)])

    @property
    def on(self) -> date | None:
        """The day on which it happened or began; None for what has no day."""
        day: date | None = self.values.get(day_of(self.described))
        return day

    @property
    def until(self) -> date | None:
        """The first day on which it was no longer so; None while it goes on, and for what happened on one day."""
        ended: date | None = self.values.get("to_on")
        return ended

    @property
    def is_ours(self) -> bool:
        """Whether it was written here."""
        return self.source == HERE


@dataclass(frozen=True, slots=True)
class Version:
    """What a row said from one act to the next.

    Takes   kind, that of the act that wrote it; stands, whether it said so at all: a row that was withdrawn, or that an
            extract no longer holds, has a last version that does not; why, what whoever changed it gave as the reason.
    """

    entry: HandEntry
    kind: str
    stands: bool
    superseded_at: datetime | None
    why: str | None


def hand_entries(connection: psycopg.Connection, lens: Lens, tables: Iterable[str]) -> list[HandEntry]:
    """The rows of some tables about the lens's child that stand, the latest day first."""
    found: list[HandEntry] = []
    for name in tables:
        columns = TABLES[name].column_names
        listed = ", ".join(f"t.{column}" for column in columns)
        query = (
            f"select t.entry_id, t.source, t.act_id, a.author, t.recorded_at, {listed}"
            f" from {{{name}}} t join record.act a on a.act_id = t.act_id"
        )
        rows = fetch(connection, lens, query)
        found += [
            HandEntry(number, name, source, act, author, at, dict(zip(columns, values, strict=True)))
            for number, source, act, author, at, *values in rows
        ]
    return sorted(found, key=lambda one: (one.on or date.min, one.entry_id), reverse=True)


def row_number(connection: psycopg.Connection, table: str, entry_id: int) -> str | None:
    """What names the row of a table of which an entry is or was; None where there is no such entry in sight."""
    name = number_of(TABLES[table])
    asked = f"select {name} from record.{table} where entry_id = %s".encode()
    found = connection.execute(asked, (entry_id,)).fetchone()
    return found[0] if found else None


def versions(connection: psycopg.Connection, lens: Lens, table: Table, entry_id: int) -> list[Version]:
    """Everything that a row ever said, the oldest first: found by any of its entries; nothing where there is none.

    What another source told of the row and what was written here in its place are one story.
    """
    number = number_of(table)
    columns = table.column_names
    listed = ", ".join(f"h.{column}" for column in columns)
    query = f"""select h.entry_id, h.source, h.act_id, a.author, h.recorded_at, a.kind, h.standing = 'reported',
            h.superseded_at, w.why, {listed}
        from {history(table, lens)} h join record.act a on a.act_id = h.act_id
        left join (select act_id, row_number, why from record.changed_why where in_table = %(in_table)s) w
            on w.act_id = h.act_id and w.row_number = h.{number}
        where h.{number} = (select g.{number} from {history(table, lens)} g where g.entry_id = %(entry)s)
        order by h.entry_id"""
    rows = fetch(connection, lens, query, in_table=table.name, entry=entry_id)
    return [
        Version(
            HandEntry(entry, table.name, source, act, author, at, dict(zip(columns, values, strict=True))),
            kind,
            stands,
            superseded,
            why,
        )
        for entry, source, act, author, at, kind, stands, superseded, why, *values in rows
    ]


def holds(note: HandEntry, words: str) -> bool:
    """Whether a case note holds every word that is looked for, whatever its capitals."""
    said = " ".join(str(note.values[name] or "") for name in ("note", "present", "kind")).casefold()
    return all(word in said for word in words.casefold().split())


def act_of_change(connection: psycopg.Connection, lens: Lens, entry: HandEntry, change_id: str) -> int | None:
    """The act that changed a row for the reason of that number; None where that number changed nothing of it."""
    query = f"""select h.act_id from {history(TABLES["changed_why"], lens)} h
        where h.change_id = %(change)s and h.in_table = %(in_table)s and h.row_number = %(number)s"""
    found = fetch(connection, lens, query, change=change_id, in_table=entry.table, number=entry.number)
    return found[0][0] if found else None


def why_entries(connection: psycopg.Connection, lens: Lens, found: Iterable[Version]) -> list[int]:
    """The entries that say why a row was changed. Takes found, everything that the row ever said."""
    listed = list(found)
    if not listed:
        return []
    query = f"""select h.entry_id from {history(TABLES["changed_why"], lens)} h
        where h.in_table = %(in_table)s and h.row_number = %(number)s order by h.entry_id"""
    entry = listed[-1].entry
    return [row[0] for row in fetch(connection, lens, query, in_table=entry.table, number=entry.number)]
