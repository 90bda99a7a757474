"""The record on PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import psycopg

from keyworker.facts.ground import lens_at
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.relations import render
from keyworker.measures.passes.source import Rows
from keyworker.measures.sources.turns import turns


class PostgresSource:
    """The record, read through a connection inside one transaction."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def lens(self, moment: Moment) -> Lens:
        """How the record is looked at from a moment."""
        return lens_at(self._connection, moment)

    def turns(self, known_at: datetime | None) -> Sequence[date]:
        """The days on which words, joined identifiers or precedence begin or cease to be so."""
        return turns(lambda query, lens: self.fetch(query, lens, {}), known_at)

    def table(self, name: str, columns: Mapping[str, Sequence[Any]]) -> tuple[str, dict[str, Any]]:
        """A small table as arrays, because a transaction that only reads can make no table."""
        listed = ", ".join(
            f"unnest(%({name}_{column})s::{_array(values)}) as {column}" for column, values in columns.items()
        )
        return f"(select {listed})", {f"{name}_{column}": _written(values) for column, values in columns.items()}

    def fetch(self, query: str, lens: Lens, parameters: Mapping[str, Any]) -> Rows:
        """The rows of a query over named tables."""
        asked = render(query, lens, parameters=dict(parameters))
        with self._connection.cursor(binary=True) as cursor:
            cursor.execute(asked.sql.encode(), asked.parameters, prepare=False)
            return cursor.fetchall()


def _array(values: Sequence[Any]) -> str:
    return "date[]" if isinstance(values[0], date) else "bigint[]"


def _written(values: Sequence[Any]) -> str:
    return "{" + ",".join(map(str, values)) + "}"
