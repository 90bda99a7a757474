"""Entries of the record's tables by column, a part at a time, so that no table need fit in memory twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import psycopg
import pyarrow as pa

from keyworker.facts.arrow import columns_of
from keyworker.facts.columns.kept import KEPT, held
from keyworker.vocabulary import Table, Type

PART = 200_000


@dataclass(frozen=True)
class Acts:
    """What the record's acts after another one wrote.

    Takes   last, the newest act and its instant; first_entry, from which their entries are numbered; tables, those of
            `KEPT` that they touched; erased, those of which an erasure changed entries that stand.
    """

    last: int
    recorded_at: datetime
    first_entry: int
    tables: tuple[str, ...]
    erased: tuple[str, ...]


def acts_after(connection: psycopg.Connection, act_id: int) -> Acts | None:
    """The acts after one, as this transaction sees them; None where there are none."""
    rows = connection.execute(
        "select act_id, recorded_at, first_entry, kind, tables from record.act where act_id > %s order by act_id",
        (act_id,),
    ).fetchall()
    if not rows:
        return None
    touched = {name for row in rows for name in row[4]}
    erased = {name for row in rows if row[3] == "erasure" for name in row[4]}
    return Acts(
        last=rows[-1][0],
        recorded_at=rows[-1][1],
        first_entry=rows[0][2],
        tables=tuple(name for name in KEPT if name in touched),
        erased=tuple(name for name in KEPT if name in erased),
    )


def entries(connection: psycopg.Connection, table: Table, first: int = 0) -> Iterator[pa.Table]:
    """The entries of a table from a number on, in parts; decimals as text."""
    columns = held(table)
    listed = ", ".join(f'"{name}"' for name in columns)
    query = f'select {listed} from record."{table.name}" where entry_id >= %(low)s and entry_id < %(high)s'
    for low, high in _parts(connection, table, first):
        if (found := columns_of(connection, query, columns, {"low": low, "high": high})).num_rows:
            yield found


def superseded(connection: psycopg.Connection, table: Table, since: datetime, before: int) -> pa.Table:
    """The entries numbered before another one that were superseded after an instant, and when."""
    query = (
        f'select entry_id, superseded_at from record."{table.name}"'
        " where superseded_at > %(since)s and entry_id < %(before)s"
    )
    types = {"entry_id": Type.INTEGER, "superseded_at": Type.INSTANT}
    return columns_of(connection, query, types, {"since": since, "before": before})


def number_after(connection: psycopg.Connection, table: Table, first: int, most: int) -> int:
    """How many entries of a table are numbered from one on, counted no further than `most`."""
    query = f'select count(*) from (select 1 from record."{table.name}" where entry_id >= %s limit %s) numbered'
    row = connection.execute(query.encode(), (first, most)).fetchone()
    return row[0] if row else 0


def _parts(connection: psycopg.Connection, table: Table, first: int) -> Iterator[tuple[int, int]]:
    query = f'select min(entry_id), max(entry_id) from record."{table.name}" where entry_id >= %s'
    row = connection.execute(query.encode(), (first,)).fetchone()
    if row is None or row[0] is None:
        return
    for low in range(row[0], row[1] + 1, PART):
        yield low, low + PART
