"""Entries by hand: a new one, a correction, an ending. Three different acts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import psycopg
from psycopg.rows import dict_row

from keyworker.record import digest as hashing
from keyworker.record.entry import NO_LONGER_REPORTED, REPORTED, listed, target
from keyworker.record.writer.act import Act, ActResult, lock, opened
from keyworker.record.writer.rows import Row, described, insert, supersede
from keyworker.vocabulary import Kind, Table
from keyworker.vocabulary.errors import KeyworkerError


class AlreadyRecorded(KeyworkerError):
    """An entry for that row stands already."""


class NotCurrent(KeyworkerError):
    """The entry was replaced, withdrawn or erased since it was read."""


class WriteRefused(KeyworkerError):
    """The database lets nothing be written: sight has just changed, or it was never this person's to write."""


@dataclass(frozen=True)
class Amendment:
    """What becomes of one entry.

    Takes   changes, new values by column; None where the entry is withdrawn: what it says was never so; restates,
            whether it was withdrawn before, and from now on says something again: then changes are all its values.
    """

    table_name: str
    entry_id: int
    changes: Mapping[str, Any] | None
    restates: bool = False


def append(connection: psycopg.Connection, act: Act, now: datetime, rows: Mapping[str, Sequence[Row]]) -> ActResult:
    """Write new entries, by table, in one act; all or nothing.

    Takes   rows as column name to value; one may hold `entered_at`, else it was entered as it was recorded.
    Gives   the act's number and instant, and the number of each entry.
    Raises  AlreadyRecorded, RowRefused; WriteRefused where the database's policies do not let this person write it.
    """
    if act.kind in ("correction", "ending", "erasure"):
        raise ValueError(f"new entries cannot be written by an act of kind {act.kind}")
    tables = [described(name) for name, given in rows.items() if given]
    with _policies_in_words(), connection.transaction():
        lock(connection)
        result = opened(connection, act, now, [table.name for table in tables])
        entered_at = None if act.kind == "load" else result.recorded_at
        entry_ids = {}
        for table in tables:
            given = [{"entered_at": entered_at, **row} for row in rows[table.name]]
            entry_ids[table.name] = _inserted(connection, result, act.source, table, given)
    return replace(result, entry_ids=entry_ids)


def _inserted(
    connection: psycopg.Connection, result: ActResult, source: str, table: Table, rows: Sequence[Row]
) -> tuple[int, ...]:
    try:
        return insert(connection, result, source, table, rows) if rows else ()
    except psycopg.errors.UniqueViolation:
        raise AlreadyRecorded(
            "An entry for this is recorded already.", where=table.title, remedy="Correct or end that one."
        ) from None


def correct(
    connection: psycopg.Connection, act: Act, now: datetime, table_name: str, entry_id: int, changes: Mapping[str, Any]
) -> ActResult:
    """Replace an entry by a corrected one. What was known before stays as it was known.

    Where a correction changes what names the row, the old row is withdrawn and a new one begins.
    Raises  NotCurrent when the entry is no longer the current one; KeyworkerError when nothing would change.
    """
    return amend(connection, act, now, [Amendment(table_name, entry_id, changes)])


def amend(connection: psycopg.Connection, act: Act, now: datetime, amendments: Sequence[Amendment]) -> ActResult:
    """Correct or withdraw several entries of one source in one act. What was known before stays as it was known.

    Raises  NotCurrent when one of them is no longer the current one; KeyworkerError when nothing would change in one.
    """
    _require(act, "correction")
    return _replace(connection, act, now, amendments)


def append_and_amend(
    connection: psycopg.Connection,
    act: Act,
    now: datetime,
    rows: Mapping[str, Sequence[Row]],
    amendments: Sequence[Amendment],
) -> ActResult:
    """Write new entries and put others in the place of some that stand, in one act: what is decided at once.

    Takes   act, an entry, or a correction or an ending that is of the act's own source and says why in an entry beside.
    Raises  AlreadyRecorded, RowRefused, NotCurrent, WriteRefused, as `append` and `amend` do.
    """
    if act.kind not in ("entry", "correction", "ending") or not act.source:
        raise ValueError(f"an act of kind {act.kind} of {act.source or 'no source'} cannot write entries beside others")
    names = [name for name, given in rows.items() if given] + [one.table_name for one in amendments]
    with _policies_in_words(), connection.transaction():
        lock(connection)
        entries = [
            current_entry(
                connection, described(one.table_name), one.entry_id, NO_LONGER_REPORTED if one.restates else REPORTED
            )
            for one in amendments
        ]
        result = opened(connection, act, now, list(dict.fromkeys(names)))
        written: dict[str, tuple[int, ...]] = dict.fromkeys(names, ())
        for one, entry in zip(amendments, entries, strict=True):
            table = described(one.table_name)
            written[table.name] += _put_in_place(connection, result, source_of(act, entry), table, entry, one)
        for name, given in rows.items():
            entered = [{"entered_at": result.recorded_at, **row} for row in given]
            written[name] = written.get(name, ()) + _inserted(connection, result, act.source, described(name), entered)
    return replace(result, entry_ids=written)


def end(
    connection: psycopg.Connection, act: Act, now: datetime, table_name: str, entry_id: int, to_on: date
) -> ActResult:
    """End a period: `to_on` is the first day on which it was no longer so.

    Raises  NotCurrent; KeyworkerError when it has ended already, or would end before it began.
    """
    _require(act, "ending")
    table = described(table_name)
    if table.kind is not Kind.PERIOD:
        raise ValueError(f"{table.name} does not hold periods, so nothing in it ends")
    with connection.transaction():
        lock(connection)
        if current_entry(connection, table, entry_id)["to_on"] is not None:
            raise KeyworkerError(
                "This has ended already.", where=table.title, remedy="Correct the day it ended instead."
            )
        return _replace(connection, act, now, [Amendment(table_name, entry_id, {"to_on": to_on})])


@contextmanager
def _policies_in_words() -> Iterator[None]:
    """Say in words what the database refuses: its own would name a table to whoever may not know of it."""
    try:
        yield
    except psycopg.errors.InsufficientPrivilege:
        raise WriteRefused(
            "Nothing was written: whom you may see has just changed, or this is not yours to write.",
            remedy="Open the page again, and write it once more if it still lets you.",
        ) from None


def _require(act: Act, kind: str) -> None:
    if act.kind != kind:
        raise ValueError(f"this needs an act of kind {kind}, not {act.kind}")


def _replace(connection: psycopg.Connection, act: Act, now: datetime, amendments: Sequence[Amendment]) -> ActResult:
    tables = {one.table_name: described(one.table_name) for one in amendments}
    with _policies_in_words(), connection.transaction():
        lock(connection)
        entries = [current_entry(connection, tables[one.table_name], one.entry_id) for one in amendments]
        (source,) = {source_of(act, entry) for entry in entries}
        result = opened(connection, replace(act, source=source), now, list(tables))
        written: dict[str, tuple[int, ...]] = dict.fromkeys(tables, ())
        for one, entry in zip(amendments, entries, strict=True):
            table = tables[one.table_name]
            written[table.name] += _put_in_place(connection, result, source, table, entry, one)
    return replace(result, entry_ids=written)


def _put_in_place(
    connection: psycopg.Connection,
    opened_act: ActResult,
    source: str,
    table: Table,
    entry: dict[str, Any],
    one: Amendment,
) -> tuple[int, ...]:
    """Take an entry out of the present and put in what comes in its place; where that is another row, the old ends."""
    before = {name: entry[name] for name in ("entered_at", *table.column_names)}
    after = None if one.changes is None else {**before, **one.changes}
    if after is not None and one.restates:
        after["entered_at"] = opened_act.recorded_at
    elif after is not None:
        _check_change(table, before, after)
    supersede(connection, opened_act, table, one.entry_id)
    written: tuple[int, ...] = ()
    if after is None or hashing.row_key(source, table, after) != entry["row_key"]:
        written = insert(connection, opened_act, source, table, [before], NO_LONGER_REPORTED)
    return written if after is None else insert(connection, opened_act, source, table, [after]) + written


def _check_change(table: Table, before: Row, after: Row) -> None:
    if hashing.digest(table, before) == hashing.digest(table, after):
        raise KeyworkerError("Nothing would change.", where=table.title, remedy="Change a value, or leave it.")
    if table.kind is Kind.PERIOD and after["to_on"] and after["from_on"] and after["to_on"] < after["from_on"]:
        raise KeyworkerError(
            "This would end before it began.", where=table.title, remedy="Give a day on or after its first day."
        )


def source_of(act: Act, entry: Row) -> str:
    """The source of an entry, which an act on it takes. Raises ValueError when the act names another."""
    if act.source and act.source != entry["source"]:
        raise ValueError("an act on one entry is of that entry's own source; leave the act's source empty")
    return str(entry["source"])


def withdrawn_entry(connection: psycopg.Connection, table_name: str, source: str, row: Row) -> int | None:
    """The last entry of a row of a source that was withdrawn, by what names the row; None where none was."""
    table = described(table_name)
    found = connection.execute(
        f"select entry_id from {target(table)} where row_key = %s and superseded_at is null and standing = %s".encode(),
        (hashing.row_key(source, table, row), NO_LONGER_REPORTED),
    ).fetchone()
    return int(found[0]) if found else None


def current_entry(
    connection: psycopg.Connection, table: Table, entry_id: int, standing: str = REPORTED
) -> dict[str, Any]:
    """Read an entry that was not replaced. Takes standing, by default that it still stands. Raises NotCurrent."""
    columns = ["source", "row_key", "entered_at", *table.column_names]
    with connection.cursor(row_factory=dict_row) as cursor:
        entry = cursor.execute(
            f"select {listed(columns)} from {target(table)}"
            " where entry_id = %s and superseded_at is null and standing = %s".encode(),
            (entry_id, standing),
        ).fetchone()
    if entry is None:
        raise NotCurrent(
            "This entry was changed or withdrawn since you opened it.",
            where=table.title,
            remedy="Open it again, and make your change to what stands there now.",
        )
    return entry
