"""Every described table at a moment, as data frames: what the writers of returns and the Python interface read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import polars as pl
import psycopg
from psycopg import ClientCursor

from keyworker.facts.columns.everybody import Source
from keyworker.facts.columns.seen import Columns
from keyworker.facts.copying import copied
from keyworker.facts.dtypes import read_types, typed, written
from keyworker.facts.ground import lens_at
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.relations import render, render_once
from keyworker.vocabulary import TABLES, Table, Type

_ENTRY = {"entered_at": Type.INSTANT, "source": Type.TEXT}


def frames(
    connection: psycopg.Connection, moment: Moment, *, tables: Collection[str] | None = None
) -> dict[str, pl.DataFrame]:
    """Every described table but those that stay here, or those named, as known at a moment.

    Gives   the table's described columns in order, then `entered_at` and `source`; `to_on` exclusive; decimals as
            floats, instants in UTC.
    """
    lens = lens_at(connection, moment)
    wanted = [name for name, table in TABLES.items() if not table.stays] if tables is None else tables
    return {name: _frame(connection, lens, TABLES[name]) for name in wanted}


def _frame(connection: psycopg.Connection, lens: Lens, table: Table) -> pl.DataFrame:
    types = {column.name: column.type for column in table.columns} | _ENTRY
    wanted = ", ".join(written(name, kind) for name, kind in types.items())
    query = f"select {wanted} from {{{table.name}}} t order by t.entry_id"
    read = frame_of(connection, lens, query, read_types(types))
    return typed(read, types)


def frame_of(
    source: Source,
    lens: Lens,
    query: str,
    schema: Mapping[str, type[pl.DataType] | pl.DataType],
    *,
    once: bool = False,
    **parameters: Any,
) -> pl.DataFrame:
    """The rows of a query over named tables, for the many rows that a column at a time makes light of.

    Takes   source, a connection to the record, or its columns where everybody is meant; schema, the columns of the
            query in order; a flag must be written as text, an instant as a number; once, whether each named table is
            to be written once however often the query names it.
    """
    if isinstance(source, Columns):
        found = source.frame(lens, query, parameters, once=once)
        return found.rename(dict(zip(found.columns, schema, strict=True))).cast(pl.Schema(schema))
    asked = (render_once if once else render)(query, lens, parameters=parameters)
    # COPY takes no parameters, so the client writes the values into the query, quoted by libpq itself.
    return copied(source, ClientCursor(source).mogrify(asked.sql.encode(), asked.parameters), schema)
