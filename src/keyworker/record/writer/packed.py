"""Rows as PostgreSQL's binary COPY takes them, made whole columns at a time from their canonical texts.

A field is its length in four bytes, the highest first, and its bytes; one that is empty is the length -1 alone. This
spares the database reading text, which is half the work of a COPY.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl
import psycopg
import pyarrow as pa
import pyarrow.compute as pc

from keyworker.record.entry import listed
from keyworker.vocabulary import Table, Type

HASHES = ("key_1", "key_2", "digest_1", "digest_2")  # eight bytes of a uuid each, the lowest first
FIELDS = ("row_key", "digest", "entered_at")  # what stands before the described columns of a packed row

_SIGNATURE = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
_END = struct.pack(">h", -1)
_EMPTY = struct.pack(">i", -1)
_JOIN = pa.scalar(b"", pa.large_binary())
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_DAYS = (_EPOCH.date() - date(1970, 1, 1)).days
_MICROSECONDS = _DAYS * 86_400_000_000
_UUIDS = np.dtype(
    [("size_1", ">i4"), ("key_1", "<u8"), ("key_2", "<u8"), ("size_2", ">i4"), ("digest_1", "<u8"), ("digest_2", "<u8")]
)


def packed(table: Table, texts: pl.DataFrame, entered_at: pl.Series, hashes: pl.DataFrame) -> pa.LargeBinaryArray:
    """The fields of each row: its key and digest, when it was entered, then every described column.

    Takes   texts, the described columns in canonical text (`record.digest`); entered_at, the same of an instant;
            hashes, the columns `HASHES`.
    """
    parts = [_uuids(hashes), _fields(Type.INSTANT, entered_at)]
    for column in table.columns:
        series = texts[column.name]
        parts += _texts(series) if column.type is Type.TEXT else [_fields(column.type, series)]
    return _joined(parts, texts.height)


def field(value: int | str | datetime) -> bytes:
    """One field that is the same in every row."""
    match value:
        case int():
            content = struct.pack(">q", value)
        case datetime():
            content = struct.pack(">q", (value - _EPOCH) // timedelta(microseconds=1))
        case str():
            content = value.encode()
    return struct.pack(">i", len(content)) + content


def copy_packed(
    connection: psycopg.Connection,
    into: str,
    table: Table,
    blocks: Iterable[pa.LargeBinaryArray],
    same: dict[str, bytes] | None = None,
) -> int:
    """COPY packed rows into a table, or into a stage of it. Gives how many.

    Takes   same, by column, the fields that every row has besides.
    """
    same = same or {}
    columns = [*same, *FIELDS, *table.column_names]
    head = struct.pack(">h", len(columns)) + b"".join(same.values())
    count = 0
    query = f"copy {into} ({listed(columns)}) from stdin (format binary)".encode()
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        copy.write(_SIGNATURE)
        for rows in blocks:
            copy.write(_content(_joined([pa.scalar(head, pa.large_binary()), rows], len(rows))))
            count += len(rows)
        copy.write(_END)
    return count


def _content(rows: pa.LargeBinaryArray) -> memoryview:
    _, offsets, data = rows.buffers()
    ends = np.frombuffer(offsets, np.int64, len(rows) + 1, rows.offset * 8)
    return memoryview(data)[ends[0] : ends[-1]] if data else memoryview(b"")


def _joined(parts: Sequence[pa.Array | pa.Scalar], height: int) -> pa.LargeBinaryArray:
    if not height:
        return pa.array([], pa.large_binary())
    runs: list[pa.Array | pa.Scalar] = []
    for part in parts:  # a run of fields that are the same in every row is one
        if runs and isinstance(part, pa.Scalar) and isinstance(runs[-1], pa.Scalar):
            runs[-1] = pa.scalar(runs[-1].as_py() + part.as_py(), pa.large_binary())
        else:
            runs.append(part)
    return pc.binary_join_element_wise(*runs, _JOIN)


def _uuids(hashes: pl.DataFrame) -> pa.LargeBinaryArray:
    fields = np.empty(hashes.height, _UUIDS)
    fields["size_1"] = fields["size_2"] = 16
    for name in HASHES:
        fields[name] = hashes[name].to_numpy()
    return _binary(fields)


def _binary(fields: np.ndarray) -> pa.LargeBinaryArray:
    """Fields of the same size, whose bytes stand one after the other."""
    fixed = pa.Array.from_buffers(
        pa.binary(fields.itemsize), len(fields), [None, pa.py_buffer(np.ascontiguousarray(fields).view(np.uint8).data)]
    )
    return fixed.cast(pa.large_binary())


def _texts(series: pl.Series) -> list[pa.Array | pa.Scalar]:
    if series.null_count() == len(series):
        return [pa.scalar(_EMPTY, pa.large_binary())]
    sizes = series.str.len_bytes().cast(pl.Int32).fill_null(-1).to_numpy().astype(">i4")
    texts = series.fill_null("").to_arrow(compat_level=pl.CompatLevel.oldest()).cast(pa.large_binary())
    return [_binary(sizes), texts]


def _fields(kind: Type, series: pl.Series) -> pa.Array | pa.Scalar:
    """The fields of a column. Each different value is packed once: a county has few days, and two flags."""
    if series.null_count() == len(series):
        return pa.scalar(_EMPTY, pa.large_binary())
    coded = series.to_arrow(compat_level=pl.CompatLevel.oldest()).dictionary_encode()
    values = pl.Series(coded.dictionary)
    fields = pa.concat_arrays([_FIELDS[kind](values), pa.array([_EMPTY], pa.large_binary())])
    return fields.take(coded.indices.fill_null(len(values)))


def _flags(values: pl.Series) -> pa.LargeBinaryArray:
    return _sized((values == "true").to_numpy().astype("u1"))


def _days(values: pl.Series) -> pa.LargeBinaryArray:
    return _sized((values.str.to_date("%Y-%m-%d").to_physical() - _DAYS).to_numpy().astype(">i4"))


def _times(values: pl.Series) -> pa.LargeBinaryArray:
    return _sized((values.str.to_time("%H:%M:%S%.6f").to_physical() // 1000).to_numpy().astype(">i8"))


def _instants(values: pl.Series) -> pa.LargeBinaryArray:
    at = values.str.to_datetime("%Y-%m-%dT%H:%M:%S%.6fZ", time_unit="us")
    return _sized((at.to_physical() - _MICROSECONDS).to_numpy().astype(">i8"))


def _whole_numbers(values: pl.Series) -> pa.LargeBinaryArray:
    return _sized(values.cast(pl.Int64).to_numpy().astype(">i8"))


def _sized(values: np.ndarray) -> pa.LargeBinaryArray:
    fields = np.empty(len(values), np.dtype([("size", ">i4"), ("value", values.dtype)]))
    fields["size"] = values.dtype.itemsize
    fields["value"] = values
    return _binary(fields)


def _decimals(values: pl.Series) -> pa.LargeBinaryArray:
    return pa.array([_decimal(text) for text in values], pa.large_binary())


def _decimal(text: str) -> bytes:
    """A decimal as PostgreSQL keeps it: digits to the base of ten thousand, and where the point stands among them."""
    whole, _, part = text.removeprefix("-").partition(".")
    whole = whole.lstrip("0")
    whole = whole.zfill(-(-len(whole) // 4) * 4)
    digits = whole + part.ljust(-(-len(part) // 4) * 4, "0")
    numbers = [int(digits[at : at + 4]) for at in range(0, len(digits), 4)]
    weight = len(whole) // 4 - 1
    sign = 0x4000 if text.startswith("-") else 0
    content = struct.pack(f">hhHh{len(numbers)}h", len(numbers), weight, sign, len(part), *numbers)
    return struct.pack(">i", len(content)) + content


_FIELDS: dict[Type, Callable[[pl.Series], pa.LargeBinaryArray]] = {
    Type.DATE: _days,
    Type.TIME: _times,
    Type.INSTANT: _instants,
    Type.INTEGER: _whole_numbers,
    Type.DECIMAL: _decimals,
    Type.FLAG: _flags,
}
