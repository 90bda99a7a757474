"""Put entries into a described table, and take what they replace out of the present."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg

from keyworker.record import digest as hashing
from keyworker.record.entry import GIVEN, REPORTED, listed, target
from keyworker.record.writer.act import ActResult
from keyworker.vocabulary import TABLES, Table
from keyworker.vocabulary.errors import KeyworkerError

Row = Mapping[str, Any]


class RowRefused(KeyworkerError):
    """An entry that lacks what its table must have, or holds what its column cannot."""


def described(name: str) -> Table:
    """The described table of that name. Raises ValueError when there is none."""
    if name not in TABLES:
        raise ValueError(f"no described table is called {name!r}")
    return TABLES[name]


def insert(
    connection: psycopg.Connection,
    opened: ActResult,
    source: str,
    table: Table,
    rows: Sequence[Row],
    standing: str = REPORTED,
) -> tuple[int, ...]:
    """Write rows as entries of an open act. Gives their numbers, in the rows' order."""
    for row in rows:
        _check(table, row)
    columns = [*GIVEN, *table.column_names]
    marks = ", ".join(["%s"] * len(columns))
    statement = f"insert into {target(table)} ({listed(columns)}) values ({marks}) returning entry_id"
    values = [_values(opened, source, table, row, standing) for row in rows]
    found: list[int] = []
    with connection.cursor() as cursor:
        cursor.executemany(statement.encode(), values, returning=True)
        while True:
            found += [entry[0] for entry in cursor.fetchall()]
            if not cursor.nextset():
                break
    if rows:
        connection.execute("select record.give_handles(%s)", (table.name,))
    return tuple(found)


def supersede(connection: psycopg.Connection, opened: ActResult, table: Table, entry_id: int) -> None:
    """Say that an entry is replaced by one of this act."""
    connection.execute(
        f"update {target(table)} set superseded_at = %s where entry_id = %s".encode(), (opened.recorded_at, entry_id)
    )


def _check(table: Table, row: Row) -> None:
    unknown = set(row) - {*table.column_names, "entered_at"}
    if unknown:
        raise ValueError(f"table {table.name} has no column {sorted(unknown)}")
    for column in table.columns:
        if column.required and row.get(column.name) is None:
            raise RowRefused(
                f"{column.name} must be given.",
                where=f"an entry of {table.title}",
                remedy="Fill it in, then try again.",
            )


def _values(opened: ActResult, source: str, table: Table, row: Row, standing: str) -> list[Any]:
    given = {
        "act_id": opened.act_id,
        "source": source,
        "row_key": hashing.row_key(source, table, row),
        "digest": hashing.digest(table, row),
        "standing": standing,
        "entered_at": row.get("entered_at"),
        "recorded_at": opened.recorded_at,
    }
    return [*(given[name] for name in GIVEN), *(row.get(name) for name in table.column_names)]
