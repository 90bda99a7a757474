"""A batch made ready for the record: typed and hashed; and its rows packed as the database takes them, now or later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

import polars as pl
import pyarrow as pa

from keyworker.intake.contract import ENTERED, ROW, Batch
from keyworker.intake.identity import KEY, Hashing
from keyworker.intake.typing import MENDS, typed
from keyworker.record.entry import handle_columns
from keyworker.record.writer.packed import HASHES, packed
from keyworker.vocabulary import TABLES, Table

PACKED = "packed"


@dataclass(frozen=True)
class Ready:
    """A batch that can be compared and kept.

    Takes   good, each row's `_row`, `_mends` where the file says which row it mends, and the row itself: `PACKED`,
            or its canonical texts and hashes;
            hashes of the good rows;
            identifiers of children, workers and teams in them, by kind, each once, where the rows are packed;
            bad, rows that cannot be trusted (`typing.Typed`) with their keys beside them.
    """

    good: pa.Table
    hashes: pl.DataFrame
    identifiers: dict[str, pl.Series]
    bad: pl.DataFrame


def made_ready(hashing: Hashing, today: date, batch: Batch, *, pack: bool) -> Ready:
    """Type and hash one batch, and pack it if most of its rows will be written."""
    rows, table = typed(batch, today), TABLES[batch.table]
    hashes = hashing.hashes(table, rows.good)
    good = _packed(table, rows.good, hashes) if pack else rows.good.hstack(hashes).to_arrow()
    bad = rows.bad.hstack(hashing.hashes(table, rows.bad).select(KEY))
    return Ready(good, hashes, _identifiers(table, rows.good) if pack else {}, bad)


def _packed(table: Table, good: pl.DataFrame, hashes: pl.DataFrame) -> pa.Table:
    beside = [name for name in (ROW, MENDS) if name in good.columns]
    return good.select(beside).to_arrow().append_column(PACKED, packed(table, good, good[ENTERED], hashes))


def _identifiers(table: Table, good: pl.DataFrame) -> dict[str, pl.Series]:
    found: dict[str, list[pl.Series]] = {}
    for name, kind in handle_columns(table):
        found.setdefault(kind, []).append(good[name].drop_nulls().unique().rename("id"))
    return {kind: pl.concat(series).unique() for kind, series in found.items()}


def packed_rows(table: Table, part: pa.Table) -> pa.LargeBinaryArray:
    """The rows of a part of `Ready.good` as the database takes them."""
    if PACKED in part.column_names:
        return part.column(PACKED).combine_chunks()
    frame = cast(pl.DataFrame, pl.from_arrow(part))
    return packed(table, frame, frame[ENTERED], frame.select(HASHES))
