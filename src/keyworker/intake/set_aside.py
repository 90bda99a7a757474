"""The rows that could not be trusted: kept whole with the reason, given out to be mended, taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from uuid import UUID

import polars as pl
import psycopg

from keyworker.intake.contract import ROW, Batch, Opened, SetAside
from keyworker.intake.identity import KEY, uuid_of
from keyworker.intake.problems import Problem
from keyworker.intake.recognise import Recognised
from keyworker.intake.typing import raw_text
from keyworker.intake.waiting import Waiting
from keyworker.record.writer import SetAsideRow
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.errors import FileRefused, KeyworkerError

PROBLEM = ("_problem_column", "_problem_value", "_problem_reason", "_problem_remedy", "_raw")
Found = dict[tuple[str, str], dict[int, UUID]]
Places = Mapping[tuple[str, str], Mapping[int, UUID]]  # table and file, to row numbers with their keys


def all_of(source: Recognised, tables: Mapping[str, Waiting], clashes: Places) -> Iterator[SetAsideRow]:
    """Every row of a source that was set aside, each once."""
    given = {where: set(rows) for where, rows in clashes.items()}
    for waiting in tables.values():
        for row in of_values(waiting):
            if row.row not in given.get((row.table, row.file), ()):
                yield row
    if clashes:
        yield from of_clashes(source.open(), clashes)


def of_values(waiting: Waiting) -> Iterator[SetAsideRow]:
    """The rows of a table that a value in them, or their shape, set aside; each row once."""
    given: set[tuple[str, int]] = set()
    for one in waiting.unreadable():
        if (one.file, one.row) not in given:
            given.add((one.file, one.row))
            yield _unreadable(one)
    last: tuple[str, int] | None = None
    for file, frame in waiting.bad_parts():
        for row, low, high, *problem in frame.select(ROW, *KEY, *PROBLEM).iter_rows():
            if (file, row) != last and (not given or (file, row) not in given):
                yield _row(file, waiting.name, row, None if low is None else uuid_of(low, high), *problem)
            last = (file, row)


def _unreadable(one: SetAside) -> SetAsideRow:
    raw = {"_row_text": one.value} if not one.column else {one.column: one.value}
    return SetAsideRow(one.file, one.table, one.row, one.column, one.value[:200], one.reason, one.remedy, raw)


def _row(
    file: str,
    table: str,
    row: int,
    key: UUID | None,
    column: str,
    value: str | None,
    reason: str,
    remedy: str,
    raw: str,
) -> SetAsideRow:
    shown = value.replace("\x00", "\ufffd") if value else value
    return SetAsideRow(file, table, row, column, shown, reason, remedy, json.loads(raw), key)


def clashing(waiting: Waiting, chosen: pl.Series) -> Found:
    """Where the rows stand that share a key and differ."""
    places: Found = {}
    keys = waiting.numbers().filter(chosen).select(KEY).iter_rows()
    for file, part in waiting.parts(chosen):
        found = {row: uuid_of(*next(keys)) for row in part.column(ROW).to_pylist()}
        places.setdefault((waiting.name, file), {}).update(found)
    return places


def of_clashes(again: Opened, places: Places) -> Iterator[SetAsideRow]:
    """The rows that share a key and differ, as the files hold them; the source is read again for it.

    Raises  FileRefused when the file changed while it was being read.
    """
    left = {(*where, row) for where, rows in places.items() for row in rows}
    for batch in again.batches:
        wanted = places.get((batch.table, batch.file), {}) if isinstance(batch, Batch) else {}
        if not wanted or isinstance(batch, SetAside):
            continue
        rows = batch.frame.filter(pl.col(ROW).is_in(list(wanted)))
        key = _key_names(batch)
        for row, raw in zip(rows[ROW].to_list(), raw_text(rows).to_list(), strict=True):
            if (batch.table, batch.file, row) in left:
                left.discard((batch.table, batch.file, row))
                yield _clash(batch, key, row, wanted[row], json.loads(raw))
    if left:
        raise FileRefused("The file changed while it was being read.", where=next(iter(left))[1], remedy="Load again.")


def _key_names(batch: Batch) -> str:
    return ", ".join(TABLES[batch.table].key)


def _clash(batch: Batch, key: str, row: int, row_key: UUID, raw: dict[str, str | None]) -> SetAsideRow:
    value = ", ".join(filter(None, (raw.get(name) for name in key.split(", "))))
    reason, remedy = f"{key} {Problem.CLASH.reason}", Problem.CLASH.remedy
    return SetAsideRow(batch.file, batch.table, row, key, value[:200], reason, remedy, raw, row_key)


def mended(connection: psycopg.Connection, load: int, tables: Mapping[str, Waiting]) -> list[int]:
    """The numbers of the rows set aside by a load for which these files' rows stand now, be they mended or not yet."""
    said = {number for waiting in tables.values() for number in waiting.mends()}
    with connection.transaction():
        rows = connection.execute(
            "select set_aside_id from record.set_aside where act_id = %s and set_aside_id = any(%s)",
            (load, list(said)),
        ).fetchall()
    return [row[0] for row in rows]


def source_of(connection: psycopg.Connection, load: int) -> str:
    """The source of a load. Raises KeyworkerError when there was no such load."""
    with connection.transaction():
        row = connection.execute(
            "select source from record.act where act_id = %s and kind = 'load'", (load,)
        ).fetchone()
    if row is None:
        raise KeyworkerError("There was no such load.", where=f"load {load}", remedy="See `keyworker loads`.")
    return str(row[0])
