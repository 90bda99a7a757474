"""A query's rows as columns of whole numbers, with the bits of the dates that their spans cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from keyworker.measures.kernel.compiled import (
    Bits,
    Ints,
    Ordinals,
    add_dates,
    any_share,
    by_claim,
    covered,
    ends,
    first_speaks,
    having,
    in_order,
    span_bits,
    words,
)
from keyworker.measures.kernel.keys import starts_of
from keyworker.measures.kernel.ordered import Columns, picked, those_at
from keyworker.measures.kernel.words import Words
from keyworker.measures.passes.dates import Dates

CLAIMS = ("rank", "since_on", "order_id")
NUMBERS = frozenset({*CLAIMS, "entry_id", "weight"})
NEVER = np.iinfo(np.int64).min
"""The number of an empty number or day."""
Until = tuple[int, Ordinals]
"""The first day of a counting table, and for each day from then on the first day after its window."""


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

    Takes   columns, ordinals of words, or numbers (of claims, weights), `from_on` and `to_on` as days since 1970;
            bits, of the dates covered; scale, by which weights were multiplied to be whole.
    """

    columns: Columns
    bits: Bits
    scale: int = 1

    def __len__(self) -> int:
        return len(self.bits)

    def at(self, places: Ordinals) -> Rows:
        """Some of the rows; themselves where it is all of them in their order."""
        if len(places) == len(self) and in_order(places):
            return self
        return Rows(picked(self.columns, places), those_at(self.bits, places), self.scale)

    def scaled(self, scale: int) -> Rows:
        """The same rows with weights that were multiplied by another scale, a multiple of their own."""
        if scale == self.scale or "weight" not in self.columns:
            return replace(self, scale=scale)
        weight = self.columns["weight"]
        more = np.where(weight == NEVER, weight, weight * (scale // self.scale))
        return replace(self, columns={**self.columns, "weight": more}, scale=scale)


def read(
    batches: pa.RecordBatchReader, known: Words, grid: Grid, *, covering: bool = True, until: Until | None = None
) -> Rows:
    """A query's rows; those that cover none of the dates are left out unless all are asked for.

    Takes   until, the counting table in which the ends of spans are looked up; None where the rows say them.
    """
    parts = [_part(_nothing(batches.schema), known, grid, covering=True, until=until)]
    parts += [_part(batch, known, grid, covering=covering, until=until) for batch in batches]
    return joined(parts)


def read_dates(
    batches: pa.RecordBatchReader, known: Words, grid: Grid, into: Bits, *, until: Until | None = None
) -> None:
    """Add to the dates of each subject those that a query's spans of it cover, and keep nothing else of them."""
    for batch in batches:
        start, end = _span(batch, until)
        subject = known.ordinals(batch.column("subject_id"))
        add_dates(subject, start, end, grid.place, grid.first, into)


def joined(parts: Sequence[Rows]) -> Rows:
    """Rows one after another, all with the columns of the first; their weights made whole by the greatest scale."""
    scale = max(part.scale for part in parts)
    parts = [part.scaled(scale) for part in parts]
    some = [part for part in parts if len(part)] or parts[:1]
    if len(some) == 1:
        return some[0]
    columns = {name: np.concatenate([part.columns[name] for part in some]) for name in parts[0].columns}
    return Rows(columns, np.concatenate([part.bits for part in some]), scale)


def _span(batch: pa.RecordBatch, until: Until | None) -> tuple[Ordinals, Ordinals]:
    start, end = days_of(batch.column("from_on")), days_of(batch.column("to_on"))
    return start, end if until is None else ends(end, *until)


def _part(batch: pa.RecordBatch, known: Words, grid: Grid, *, covering: bool, until: Until | None) -> Rows:
    start, end = _span(batch, until)
    kept = np.arange(len(start), dtype=np.int32)
    if covering:
        kept, bits = covered(start, end, grid.place, grid.first, grid.wide)
    else:
        bits = span_bits(start, end, grid.place, grid.first, grid.wide)
    columns = {
        name: those_at(column_of(name, batch.column(name), known), kept)
        for name in batch.schema.names
        if name not in ("from_on", "to_on")
    }
    weight = batch.schema.field("weight").type if "weight" in columns else pa.int64()
    scale = 10**weight.scale if pa.types.is_decimal(weight) else 1
    return Rows({**columns, "from_on": those_at(start, kept), "to_on": those_at(end, kept)}, bits, scale)


def _nothing(schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.array([], field.type) for field in schema], schema=schema)


def speaking(rows: Rows, key: str, known: Words) -> Rows:
    """Of rows of one key that share a date, the first by its claim keeps it; one without a key keeps all of its own.

    They come out key by key, so that whatever looks at them key by key next finds them side by side.
    """
    starts, order = starts_of(rows.columns[key], known.count)
    if any_share(starts, order, rows.bits):
        first_speaks(starts, order, rows.bits, *(rows.columns[name] for name in CLAIMS))
    if len(order) < len(rows):
        order = np.concatenate((order, np.flatnonzero(rows.columns[key] < 0).astype(np.int32)))
    return rows.at(having(rows.bits, order))


def claimed(rows: Rows, key: str, known: Words) -> tuple[Ints, Ordinals]:
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
