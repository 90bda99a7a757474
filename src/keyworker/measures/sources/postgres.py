"""The record on PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import polars as pl
import psycopg

from keyworker.clocks.duties import Asked, duties_in_postgresql
from keyworker.clocks.engine import Ground, ground_at
from keyworker.facts.ground import lens_at
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.relations import render
from keyworker.measures.passes.source import Rows
from keyworker.measures.sources.turns import turns


class PostgresSource:
    """The record, read through a connection inside one transaction.

    Takes   child_ids, the only children whose rows are looked at; None for everybody's.
    """

    def __init__(self, connection: psycopg.Connection, child_ids: Iterable[str] | None = None) -> None:
        self._connection = connection
        self._child_ids = None if child_ids is None else tuple(child_ids)

    def lens(self, moment: Moment) -> Lens:
        """How the record is looked at from a moment."""
        lens = lens_at(self._connection, moment)
        return lens if self._child_ids is None else lens.of(self._child_ids)

    def turns(self, known_at: datetime | None, rules: Collection[str] = ()) -> Sequence[date]:
        """The days on which words, joined identifiers or precedence begin or cease to be so."""
        return turns(lambda query, lens: self.fetch(query, lens, {}), known_at, rules)

    def table(
        self, name: str, columns: Mapping[str, Sequence[Any]], types: Mapping[str, type] | None = None
    ) -> tuple[str, dict[str, Any]]:
        """A small table as arrays, because a transaction that only reads can make no table."""
        kinds = types or {column: type(values[0]) for column, values in columns.items()}
        listed = ", ".join(f"unnest(%({name}_{column})s::{_ARRAYS[kinds[column]]}) as {column}" for column in columns)
        return f"(select {listed})", {f"{name}_{column}": _written(values) for column, values in columns.items()}

    def fetch(self, query: str, lens: Lens, parameters: Mapping[str, Any]) -> Rows:
        """The rows of a query over named tables."""
        asked = render(query, lens, parameters=dict(parameters))
        with self._connection.cursor(binary=True) as cursor:
            cursor.execute(asked.sql.encode(), asked.parameters, prepare=False)
            return cursor.fetchall()

    def ground(self, moment: Moment) -> Ground:
        """What readings of time limits stand on."""
        return ground_at(self._connection, moment)

    def duties(self, asked: Asked) -> pl.DataFrame:
        """The duties of some rules, before they are counted."""
        return duties_in_postgresql(self._connection, asked)


_ARRAYS = {date: "date[]", int: "bigint[]", str: "text[]"}


def _written(values: Sequence[Any]) -> str:
    return "{" + ",".join(map(_item, values)) + "}"


def _item(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)
