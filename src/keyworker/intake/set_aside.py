"""The rows that could not be trusted: kept whole with the reason, given out to be mended, taken back."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

import polars as pl
import psycopg

from keyworker.intake.contract import ROW, Batch, Opened
from keyworker.intake.identity import KEY, Hashing, uuid_of
from keyworker.intake.problems import Problem
from keyworker.intake.recognise import Recognised
from keyworker.intake.typing import raw_text, typed
from keyworker.intake.waiting import Waiting
from keyworker.intake.wanted import Wanted, as_wanted
from keyworker.record.writer import SetAsideRow
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.errors import FileRefused, KeyworkerError

PROBLEM = ("_problem_column", "_problem_value", "_problem_reason", "_problem_remedy", "_raw")


@dataclass
class Clashes:
    """Rows that share a key with a row of the same source that differs.

    Takes   rows, where they stand: by table and file, the numbers of their rows or elements; keys of them by table.
    """

    rows: dict[tuple[str, str], set[int]] = field(default_factory=dict)
    keys: dict[str, set[UUID]] = field(default_factory=dict)
    count: int = 0

    def add(self, waiting: Waiting, chosen: pl.Series) -> int:
        """Add those of a table; gives how many they are. Takes a flag for each good row."""
        if not chosen.any():
            return 0
        found = waiting.numbers().filter(chosen).select(KEY).iter_rows()
        self.keys.setdefault(waiting.name, set()).update(uuid_of(*key) for key in found)
        for file, part in waiting.parts(chosen):
            self.rows.setdefault((waiting.name, file), set()).update(part.column(ROW).to_pylist())
        self.count += int(chosen.sum())
        return int(chosen.sum())


def all_of(
    source: Recognised, wanted: Wanted, tables: Mapping[str, Waiting], clashes: Clashes
) -> Iterator[SetAsideRow]:
    """Every row of a source that was set aside, each once. One element of a file may hold several rows of a table."""
    for waiting in tables.values():
        for file, frame in waiting.bad_parts():
            for row, low, high, *problem in frame.select(ROW, *KEY, *PROBLEM).iter_rows():
                yield _row(file, waiting.name, row, None if low is None else uuid_of(low, high), *problem)
    if clashes.count:
        yield from _of_clashes(as_wanted(source.open(), wanted), wanted.today, clashes)


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


def _of_clashes(again: Opened, today: date, clashes: Clashes) -> Iterator[SetAsideRow]:
    """The rows that clash, as the files hold them; the source is read again for it.

    Raises  FileRefused when the file changed while it was being read.
    """
    found = 0
    with closing(Hashing(again.source)) as hashing:
        for batch in again.batches:
            rows = clashes.rows.get((batch.table, batch.file))
            if rows:
                for one in _clashing(hashing, batch, rows, clashes.keys[batch.table], today):
                    found += 1
                    yield one
    if found != clashes.count:
        where = ", ".join(path.name for path in again.paths[:3])
        raise FileRefused("The file changed while it was being read.", where=where, remedy="Load again.")


def _clashing(
    hashing: Hashing, batch: Batch, rows: Collection[int], keys: Collection[UUID], today: date
) -> Iterator[SetAsideRow]:
    table = TABLES[batch.table]
    among = batch.frame.filter(pl.col(ROW).is_in(list(rows)))
    places = among.with_columns(pl.int_range(among.height, dtype=pl.Int64).alias(ROW))
    good = typed(replace(batch, frame=places), today).good
    numbers, raw = among[ROW].to_list(), raw_text(among).to_list()
    names = ", ".join(table.key)
    for place, key in zip(good[ROW], hashing.hashes(table, good).select(KEY).iter_rows(), strict=True):
        if (row_key := uuid_of(*key)) in keys:
            yield _clash(batch, names, numbers[place], row_key, json.loads(raw[place]))


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
