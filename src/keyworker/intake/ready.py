"""A batch made ready for the record: typed, hashed, and packed as the database takes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl
import pyarrow as pa

from keyworker.intake.contract import ENTERED, ROW, Batch
from keyworker.intake.identity import KEY, Hashing
from keyworker.intake.typing import MENDS, typed
from keyworker.record.entry import handle_columns
from keyworker.record.writer.packed import packed
from keyworker.vocabulary import TABLES

PACKED = "packed"


@dataclass(frozen=True)
class Ready:
    """A batch that can be compared and kept.

    Takes   good, rows as `PACKED` with their `_row`, and `_mends` where the file says which row each mends;
            hashes of the good rows; identifiers of children, workers and teams in them, by kind, each once;
            bad, rows that cannot be trusted (`typing.Typed`) with their keys beside them.
    """

    good: pa.Table
    hashes: pl.DataFrame
    identifiers: dict[str, pl.Series]
    bad: pl.DataFrame


def made_ready(hashing: Hashing, today: date, batch: Batch) -> Ready:
    """Type, hash and pack one batch."""
    rows, table = typed(batch, today), TABLES[batch.table]
    hashes = hashing.hashes(table, rows.good)
    good = rows.good.select(ROW, *([MENDS] if MENDS in rows.good.columns else [])).to_arrow()
    whole = packed(table, rows.good, rows.good[ENTERED], hashes)
    found: dict[str, list[pl.Series]] = {}
    for name, kind in handle_columns(table):
        found.setdefault(kind, []).append(rows.good[name].drop_nulls().unique().rename("id"))
    return Ready(
        good.append_column(PACKED, whole),
        hashes,
        {kind: pl.concat(series).unique() for kind, series in found.items()},
        rows.bad.hstack(hashing.hashes(table, rows.bad).select(KEY)),
    )
