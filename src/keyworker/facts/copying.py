"""The rows of a query, copied out of PostgreSQL as text: for the many rows that a row at a time is slow for."""

from __future__ import annotations

import io
import secrets
from collections.abc import Mapping

import polars as pl
import psycopg

from keyworker.facts.drained import drained

NULL = secrets.token_hex(8)
"""What stands for an empty column in what is copied: no word of a source can be it, for none could be told it."""


def copied(
    connection: psycopg.Connection,
    query: str,
    schema: Mapping[str, type[pl.DataType] | pl.DataType],
    *,
    empty_is_null: bool = True,
) -> pl.DataFrame:
    """The rows of a query without parameters.

    Takes   schema, the columns of the query in order; empty_is_null, whether an empty text is taken for nothing.
    """
    text = io.BytesIO()
    for part in drained(connection, f"copy ({query}) to stdout (format csv, null '{NULL}')".encode()):
        text.write(part)
    if not text.tell():
        return pl.DataFrame(schema=schema)
    text.seek(0)
    return pl.read_csv(
        text,
        has_header=False,
        schema=dict(schema),
        null_values=[NULL],
        empty_string_is_null=empty_is_null,
        try_parse_dates=False,
    )
