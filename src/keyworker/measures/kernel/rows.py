"""A query's rows as columns of whole numbers, with the bits of the dates that their spans cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from keyworker.measures.kernel.compiled import Bits, Ints, Ordinals, by_claim, first_speaks, span_bits, starts_of, words
from keyworker.measures.kernel.compiled import covering as covering_rows
from keyworker.measures.kernel.words import Words
from keyworker.measures.passes.dates import Dates

CLAIMS = ("rank", "since_on", "order_id")
NUMBERS = frozenset({*CLAIMS, "entry_id", "weight"})
NEVER = np.iinfo(np.int64).min
"""The number of an empty number or day."""


@dataclass(frozen=True)
class Grid:
    """A series of dates in days since 1970."""

    dates: Dates
    first: int = field(init=False)
    place: Ordinals = field(init=False)
    days: Ints = field(init=False)

    def __post_init__(self) -> None:
        days = np.array(self.dates.days, "datetime64[D]").astype(np.int64)
        every = np.arange(days[0], days[-1] + 2)
        object.__setattr__(self, "days", days)
        object.__setattr__(self, "first", int(days[0]))
        object.__setattr__(self, "place", np.searchsorted(days, every).astype(np.int32))

    @property
    def wide(self) -> int:
        """How many words the bits of a row are."""
        return words(len(self.days))

    @property
    def full(self) -> Bits:
        """The bits of a row that covers every date."""
        end = np.array([self.first + len(self.place) - 1], np.int32)
        return span_bits(np.array([self.first], np.int32), end, self.place, self.first, self.wide)[0]


@dataclass(frozen=True)
class Rows:
    """Rows in columns.

    Takes   columns, ordinals of words, or numbers (of claims, weights); scale, by which weights were multiplied to be
            whole; from_on and to_on as days since 1970; bits, of the dates covered.
    """

    columns: dict[str, npt.NDArray[Any]]
    from_on: Ordinals
    to_on: Ordinals
    bits: Bits
    scale: int = 1

    def __len__(self) -> int:
        return len(self.from_on)

    def scaled(self, scale: int) -> Rows:
        """The same rows with weights that were multiplied by another scale, a multiple of their own."""
        if scale == self.scale or "weight" not in self.columns:
            return replace(self, scale=scale)
        weight = self.columns["weight"]
        more = np.where(weight == NEVER, weight, weight * (scale // self.scale))
        return replace(self, columns=self.columns | {"weight": more}, scale=scale)


def read(batches: pa.RecordBatchReader, known: Words, grid: Grid, *, covering: bool = True) -> Rows:
    """A query's rows; those that cover none of the dates are left out unless all are asked for."""
    parts = [_part(_nothing(batches.schema), known, grid, covering=True)]
    parts += [_part(batch, known, grid, covering=covering) for batch in batches]
    return joined(parts)


def joined(parts: Sequence[Rows]) -> Rows:
    """Rows one after another, all with the columns of the first; their weights made whole by the greatest scale."""
    if len(parts) == 1:
        return parts[0]
    scale = max(part.scale for part in parts)
    parts = [part.scaled(scale) for part in parts]
    return Rows(
        {name: np.concatenate([part.columns[name] for part in parts]) for name in parts[0].columns},
        np.concatenate([part.from_on for part in parts]),
        np.concatenate([part.to_on for part in parts]),
        np.concatenate([part.bits for part in parts]),
        scale,
    )


def _part(batch: pa.RecordBatch, known: Words, grid: Grid, *, covering: bool) -> Rows:
    start, end = days_of(batch.column("from_on")), days_of(batch.column("to_on"))
    bits = span_bits(start, end, grid.place, grid.first, grid.wide)
    kept = covering_rows(bits) if covering else np.arange(len(start))
    columns = {
        name: column_of(name, batch.column(name), known)[kept]
        for name in batch.schema.names
        if name not in ("from_on", "to_on")
    }
    weight = batch.schema.field("weight").type if "weight" in columns else pa.int64()
    scale = 10**weight.scale if pa.types.is_decimal(weight) else 1
    return Rows(columns, start[kept], end[kept], bits[kept], scale)


def _nothing(schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.array([], field.type) for field in schema], schema=schema)


def speaking(rows: Rows, key: str, known: Words) -> Rows:
    """Of rows of one key that share a date, the first by its claim keeps it; one without a key keeps all of its own.

    They come out key by key, so that whatever looks at them key by key next finds them side by side.
    """
    starts, order = claimed(rows, key, known)
    order = np.concatenate((order, np.flatnonzero(rows.columns[key] < 0)))
    bits = rows.bits[order]
    first_speaks(starts, bits)
    some = covering_rows(bits)
    kept, bits = order[some], bits[some]
    columns = {name: values[kept] for name, values in rows.columns.items() if name not in CLAIMS or name == "since_on"}
    return Rows(columns, rows.from_on[kept], rows.to_on[kept], bits, rows.scale)


def claimed(rows: Rows, key: str, known: Words) -> tuple[Ints, Ints]:
    """The rows of each key, the first that speaks first."""
    starts, order = starts_of(rows.columns[key], known.count)
    by_claim(starts, order, *(rows.columns[name] for name in CLAIMS))
    return starts, order


def days_of(days: pa.Array) -> Ordinals:
    """Days since 1970."""
    return np.asarray(days.cast(pa.int32()).to_numpy(zero_copy_only=False), np.int32)


def column_of(name: str, values: pa.Array, known: Words) -> npt.NDArray[Any]:
    """A column as whole numbers: of claims and weights what they are, of words their ordinals."""
    if name == "since_on":
        return _filled(values.cast(pa.int32()).cast(pa.int64()))
    if name not in NUMBERS:
        return known.ordinals(values)
    if pa.types.is_floating(values.type):
        return np.asarray(values.to_numpy(zero_copy_only=False), np.float64)
    return _unscaled(values) if pa.types.is_decimal(values.type) else _filled(values.cast(pa.int64()))


def _filled(values: pa.Array) -> Ints:
    return np.asarray(values.fill_null(NEVER).to_numpy(zero_copy_only=False), np.int64)


def _unscaled(values: pa.Array) -> Ints:
    """Exact decimals as whole numbers of their last place. Raises OverflowError for one that 64 bits do not hold."""
    scale = values.type.scale
    whole = [NEVER if one is None else int(Decimal(one).scaleb(scale)) for one in values.to_pylist()]
    return np.array(whole, np.int64)
