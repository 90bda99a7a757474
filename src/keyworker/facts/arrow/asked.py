"""The rows of a query as Arrow columns."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import psycopg
import pyarrow as pa
from psycopg import ClientCursor

from keyworker.facts.arrow.unpack import HEADING, NONE, Bytes, Longs, find, number_of_rows, numbers, texts
from keyworker.facts.drained import drained
from keyworker.vocabulary import Type

AHEAD = 8
"""Queries that are read before the rows of an earlier one were looked at."""

_DAYS = 10_957
"""PostgreSQL counts days and instants from the year 2000; so many days lie between 1970 and then."""
_MICROSECONDS = _DAYS * 86_400_000_000

_ARROW: dict[Type, pa.DataType] = {
    Type.TEXT: pa.string(),
    Type.DATE: pa.date32(),
    Type.TIME: pa.time64("us"),
    Type.INSTANT: pa.timestamp("us", "UTC"),
    Type.INTEGER: pa.int64(),
    Type.DECIMAL: pa.string(),
    Type.FLAG: pa.bool_(),
}


@dataclass(frozen=True)
class Question:
    """A query and how its columns are called, in order. Takes parameters, its own."""

    query: str
    types: Mapping[str, Type]
    parameters: Mapping[str, Any] | None = None


def columns_of(
    connection: psycopg.Connection,
    query: str,
    types: Mapping[str, Type],
    parameters: Mapping[str, Any] | None = None,
) -> pa.Table:
    """The rows of a query, in its order.

    Takes   types, the names and types of its columns in order.
    Gives   dates, times, instants (UTC) and flags as such; a decimal as text, for Arrow has none without a bound.
    """
    asked = Question(query, types, parameters)
    return _table(drained(connection, _statement(connection, asked)), types)


def columns_of_each(
    connection: psycopg.Connection, asked: Iterable[Question], then: Callable[[], None] | None = None
) -> Generator[pa.Table, None, None]:
    """The rows of one query after another: while one's are looked at, the database works on the next.

    The connection is not to be used until the iterator has ended or is closed.
    Takes   then, what is asked of the connection when the last was read, while the rows are still looked at.
    """

    def read(one: Question) -> list[bytearray]:
        return [*drained(connection, _statement(connection, one))]

    with ThreadPoolExecutor(1, "columns") as reader:
        ahead: deque[tuple[Future[list[bytearray]], Question]] = deque()
        for one in asked:
            ahead.append((reader.submit(read, one), one))
            if len(ahead) > AHEAD:
                yield _read(*ahead.popleft())
        afterwards = reader.submit(then) if then is not None else None
        while ahead:
            yield _read(*ahead.popleft())
        if afterwards is not None:
            afterwards.result()


def _read(parts: Future[list[bytearray]], asked: Question) -> pa.Table:
    return _table(parts.result(), asked.types)


def schema_of(types: Mapping[str, Type]) -> pa.Schema:
    """How columns of these types come."""
    return pa.schema([(name, _ARROW[kind]) for name, kind in types.items()])


def _statement(connection: psycopg.Connection, asked: Question) -> bytes:
    listed = ", ".join(f'q."{name}"{"::text" if kind is Type.DECIMAL else ""}' for name, kind in asked.types.items())
    copy = f"copy (select {listed} from (\n{asked.query}\n) q) to stdout (format binary)"
    return ClientCursor(connection).mogrify(copy.encode(), asked.parameters).encode()


def _table(parts: Iterable[bytearray], types: Mapping[str, Type]) -> pa.Table:
    schema = schema_of(types)
    return pa.Table.from_batches(_batches(parts, types, schema), schema)


def _batches(parts: Iterable[bytearray], types: Mapping[str, Type], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    begin = HEADING
    for part in parts:
        written = np.frombuffer(part, np.uint8)
        starts = np.empty((len(types), number_of_rows(written, begin, len(types))), np.int64)
        lengths = np.empty_like(starts)
        find(written, begin, starts, lengths)
        begin = 0
        columns = [_column(written, *where) for where in zip(starts, lengths, types.values(), strict=True)]
        yield pa.record_batch(columns, schema)


def _column(written: Bytes, starts: Longs, lengths: Longs, kind: Type) -> pa.Array:
    if _ARROW[kind] == pa.string():
        return _texts(written, starts, lengths)
    found, is_there = np.empty(len(starts), np.int64), np.empty(len(starts), np.bool_)
    numbers(written, starts, lengths, found, is_there)
    without = None if is_there.all() else ~is_there
    if kind is Type.DATE:
        return pa.array(found + _DAYS, pa.int64(), mask=without).cast(pa.int32()).cast(pa.date32())
    if kind is Type.FLAG:
        return pa.array(found != 0, mask=without)
    if kind is Type.INSTANT:
        found += _MICROSECONDS
    return pa.array(found, pa.int64(), mask=without).cast(_ARROW[kind])


def _texts(written: Bytes, starts: Longs, lengths: Longs) -> pa.Array:
    is_there = lengths != NONE
    ends, found = np.empty(len(starts) + 1, np.int32), np.empty(int(lengths[is_there].sum()), np.uint8)
    texts(written, starts, lengths, ends, found)
    marks = None if is_there.all() else pa.py_buffer(np.packbits(is_there, bitorder="little"))
    return pa.Array.from_buffers(pa.string(), len(starts), [marks, pa.py_buffer(ends), pa.py_buffer(found)])
