"""Which row of a source each row is, and whether its content changed: `record.digest`, for whole columns at a time."""

from __future__ import annotations

import threading
from uuid import UUID

import duckdb
import polars as pl
import pyarrow as pa

from keyworker.record.digest import BETWEEN, NAMED, digest_order
from keyworker.record.writer.packed import HASHES
from keyworker.vocabulary import Table

KEY, CONTENT = HASHES[:2], HASHES[2:]
NUMBERS = pl.Schema(dict.fromkeys(HASHES, pl.UInt64()))
AT_ONCE = 16_384  # rows that one thread hashes at a time
LOW = 2**64 - 1
HALVES = "({0} & {low}::uhugeint)::ubigint as {1}, ({0} >> 64)::ubigint as {2}"
QUERY = (
    f"select {HALVES.format('key', *KEY, low=LOW)}, {HALVES.format('content', *CONTENT, low=LOW)} "
    "from (select md5_number(key)::uhugeint as key, md5_number(content)::uhugeint as content from texts)"
)


class Hashing:
    """Hashes the rows of one load. Close it at the end."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._engine = duckdb.connect(config={"threads": 2, "memory_limit": "400MB"})
        self._own = threading.local()

    def _mine(self) -> duckdb.DuckDBPyConnection:
        """This thread's way into the engine: one query at a time goes through each."""
        if not hasattr(self._own, "engine"):
            self._own.engine = self._engine.cursor()
        return self._own.engine

    def close(self) -> None:
        """Give the engine's memory back."""
        self._engine.close()

    def hashes(self, table: Table, frame: pl.DataFrame) -> pl.DataFrame:
        """Keys and digests of canonical rows as four whole numbers each; no key where a part of it is empty."""
        if not frame.height:
            return pl.DataFrame(schema=NUMBERS)
        texts = frame.select(
            _text(frame, table.key, before=self._source).alias("key"),
            _text(frame, digest_order(table)).alias("content"),
        )
        batches = texts.to_arrow().to_batches(max_chunksize=AT_ONCE)
        engine = self._mine()
        engine.register("texts", pa.Table.from_batches(batches))
        hashes = engine.sql(QUERY).pl()
        engine.unregister("texts")
        unreadable = frame.select(pl.any_horizontal(pl.col(table.key).is_null())).to_series()
        if unreadable.any():
            hashes = hashes.with_columns(pl.when(~unreadable).then(pl.col(KEY)).name.keep())
        return hashes


def uuid_of(low: int, high: int) -> UUID:
    """A hash from its two numbers: the first eight bytes, and the last, each with its lowest byte first."""
    return UUID(bytes=low.to_bytes(8, "little") + high.to_bytes(8, "little"))


def _text(frame: pl.DataFrame, names: tuple[str, ...], before: str | None = None) -> pl.Expr:
    """The canonical text of a row. A literal is cheap beside a column, so columns without gaps take theirs plain."""
    parts = [] if before is None else [pl.lit(before)]
    for name in names:
        empty = frame[name].null_count()
        if not empty:
            parts += [pl.lit(f"{BETWEEN}{name}{NAMED}"), pl.col(name)]
        elif empty < frame.height:
            parts.append(pl.lit(f"{BETWEEN}{name}{NAMED}") + pl.col(name))
    whole = pl.concat_str(parts or [pl.lit("")], ignore_nulls=True)
    return whole if before is not None else whole.str.strip_prefix(BETWEEN)
