"""A measure asked of the record, on whichever engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

import psycopg

from keyworker.clocks.engine import supplied
from keyworker.measures.passes.asked import Asked, chains
from keyworker.measures.passes.run import measured
from keyworker.measures.passes.source import Source
from keyworker.measures.plain.run import plainly_measured
from keyworker.measures.registry import shipped
from keyworker.measures.rows import MeasureRow
from keyworker.measures.sources.extract import entries, extracted
from keyworker.measures.sources.postgres import PostgresSource


class MeasureEngine(StrEnum):
    """What works a measure out."""

    PLAIN = "plain"  # slowly, a day and a child at a time, without SQL: what the others are held to
    POSTGRES = "postgres"
    DUCKDB = "duckdb"


def measure_of(connection: psycopg.Connection, name: str, asked: Asked, engine: MeasureEngine) -> list[MeasureRow]:
    """The measure from the record, read in the transaction that the connection is in."""
    if engine is MeasureEngine.PLAIN:
        definition = shipped().definition(name)
        chains(shipped(), definition, asked.by)
        return plainly_measured(entries(connection), definition, asked, supplied(connection))
    with _source(connection, name, asked, engine) as source:
        return measured(source, name, asked)


@contextmanager
def _source(connection: psycopg.Connection, name: str, asked: Asked, engine: MeasureEngine) -> Iterator[Source]:
    if engine is MeasureEngine.POSTGRES:
        yield PostgresSource(connection)
        return
    with extracted(connection, shipped().tables_for(name, asked.by)) as source:
        yield source
