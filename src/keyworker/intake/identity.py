"""Which row of a source each row is, and whether its content changed: `record.digest`, for whole columns at a time."""

from __future__ import annotations

import threading

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa

from keyworker.record.digest import BETWEEN, NAMED, digest_order
from keyworker.vocabulary import Table

ROW_KEY, DIGEST = "row_key", "digest"
AT_ONCE = 16_384  # rows that one thread hashes at a time
HALVES = ("key_1", "key_2", "digest_1", "digest_2")
_VALUE_OF_DIGIT = np.zeros(256, dtype=np.uint8)
_VALUE_OF_DIGIT[np.frombuffer(b"0123456789abcdef", dtype=np.uint8)] = np.arange(16, dtype=np.uint8)


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

    def identified(self, table: Table, frame: pl.DataFrame) -> pl.DataFrame:
        """Canonical rows with `row_key` and `digest` beside them, as 32 hex digits; no key where a part is empty."""
        if not frame.height:
            return frame.with_columns(pl.lit(None, pl.String).alias(ROW_KEY), pl.lit(None, pl.String).alias(DIGEST))
        texts = frame.select(
            _text(frame, table.key, before=self._source).alias(ROW_KEY),
            _text(frame, digest_order(table)).alias(DIGEST),
        )
        batches = texts.to_arrow().to_batches(max_chunksize=AT_ONCE)
        engine = self._mine()
        engine.register("texts", pa.Table.from_batches(batches))
        hashes = engine.sql(f"select md5({ROW_KEY}) as {ROW_KEY}, md5({DIGEST}) as {DIGEST} from texts").pl()
        engine.unregister("texts")
        unreadable = frame.select(pl.any_horizontal(pl.col(table.key).is_null())).to_series()
        key = hashes[ROW_KEY].set(unreadable, None) if unreadable.any() else hashes[ROW_KEY]
        return frame.hstack([key, hashes[DIGEST]])


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


def halves(frame: pl.DataFrame) -> pl.DataFrame:
    """Row keys and digests as four whole numbers, which are quick to compare."""
    return pl.DataFrame(
        [
            pl.Series(name, numbers)
            for name, numbers in zip(HALVES, [*_numbers(frame[ROW_KEY]), *_numbers(frame[DIGEST])], strict=True)
        ]
    )


def key_halves(keys: pl.Series) -> pl.DataFrame:
    """Row keys alone as whole numbers."""
    return pl.DataFrame([pl.Series(name, numbers) for name, numbers in zip(HALVES[:2], _numbers(keys), strict=True)])


def _numbers(hexadecimal: pl.Series) -> tuple[np.ndarray, np.ndarray]:
    if not len(hexadecimal):
        return np.empty(0, np.uint64), np.empty(0, np.uint64)
    texts = hexadecimal.cast(pl.String).to_arrow(compat_level=pl.CompatLevel.oldest())
    digits = np.frombuffer(texts.buffers()[-1], dtype=np.uint8)[: 32 * len(texts)].reshape(-1, 32)
    values = _VALUE_OF_DIGIT[digits]
    whole = ((values[:, 0::2] << 4) | values[:, 1::2]).view(">u8").reshape(-1, 2)
    return whole[:, 0].astype(np.uint64), whole[:, 1].astype(np.uint64)
