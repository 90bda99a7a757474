"""Which row of a source each row is, and whether its content changed: `record.digest`, for whole columns at a time."""

from __future__ import annotations

import duckdb
import numpy as np
import polars as pl

from keyworker.record.digest import BETWEEN, NAMED, digest_order
from keyworker.vocabulary import Table

ROW_KEY, DIGEST = "row_key", "digest"
HALVES = ("key_1", "key_2", "digest_1", "digest_2")
_VALUE_OF_DIGIT = np.zeros(256, dtype=np.uint8)
_VALUE_OF_DIGIT[np.frombuffer(b"0123456789abcdef", dtype=np.uint8)] = np.arange(16, dtype=np.uint8)


class Hashing:
    """Hashes the rows of one load. Close it at the end."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._engine = duckdb.connect(config={"threads": 2, "memory_limit": "400MB"})

    def close(self) -> None:
        """Give the engine's memory back."""
        self._engine.close()

    def identified(self, table: Table, frame: pl.DataFrame) -> pl.DataFrame:
        """Canonical rows with `row_key` and `digest` before them, as 32 hex digits; no key where a part is empty."""
        if not frame.height:
            return frame.with_columns(pl.lit(None, pl.String).alias(ROW_KEY), pl.lit(None, pl.String).alias(DIGEST))
        self._engine.register("rows", frame.select(table.column_names).to_arrow())
        found = self._engine.sql(
            f"select {_hash(table.key, '$source, ')} as {ROW_KEY}, {_hash(digest_order(table))} as {DIGEST} from rows",
            params={"source": self._source},
        ).pl()
        self._engine.unregister("rows")
        unreadable = frame.select(pl.any_horizontal(pl.col(table.key).is_null())).to_series()
        return frame.hstack([found[ROW_KEY].set(unreadable, None), found[DIGEST]])


def _hash(names: tuple[str, ...], before: str = "") -> str:
    parts = ", ".join(f"'{name}' || chr({ord(NAMED)}) || \"{name}\"" for name in names)
    return f"md5(concat_ws(chr({ord(BETWEEN)}), {before}{parts}))"


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
    digits = np.frombuffer("".join(hexadecimal.to_list()).encode(), dtype=np.uint8).reshape(-1, 32)
    values = _VALUE_OF_DIGIT[digits]
    whole = ((values[:, 0::2] << 4) | values[:, 1::2]).view(">u8").reshape(-1, 2)
    return whole[:, 0].astype(np.uint64), whole[:, 1].astype(np.uint64)
