"""A snapshot on DuckDB."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import duckdb
import pyarrow as pa

from keyworker.facts.ground import lens_of
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.relations import Engine, render
from keyworker.measures.passes.source import Rows
from keyworker.measures.sources.turns import turns
from keyworker.vocabulary import TABLES


class DuckSource:
    """A snapshot, or any tables of its shape, through a connection that has them as `record.<table>`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def lens(self, moment: Moment) -> Lens:
        """How the snapshot is looked at from a moment."""
        return lens_of(self._ask, self._sources, moment)

    def turns(self, known_at: datetime | None) -> Sequence[date]:
        """The days on which words, joined identifiers or precedence begin or cease to be so."""
        return turns(self._ask, known_at)

    def table(self, name: str, columns: Mapping[str, Sequence[Any]]) -> tuple[str, dict[str, Any]]:
        """A small table, put beside the snapshot's own."""
        types = {
            column: pa.date32() if isinstance(values[0], date) else pa.int64() for column, values in columns.items()
        }
        arrays = {column: pa.array(values, types[column]) for column, values in columns.items()}
        self._connection.register(f"small_{name}", pa.table(arrays))
        return f"small_{name}", {}

    def fetch(self, query: str, lens: Lens, parameters: Mapping[str, Any]) -> Rows:
        """The rows of a query over named tables."""
        asked = render(query, lens, Engine.DUCKDB, dict(parameters))
        return self._connection.execute(asked.sql, asked.parameters).fetchall()

    def _ask(self, query: str, lens: Lens) -> Rows:
        return self.fetch(query, lens, {})

    def _sources(self) -> dict[str, set[str]]:
        """The sources of each table that several may tell."""
        query = " union all ".join(
            f"select distinct '{name}', source from record.{name}" for name, table in TABLES.items() if table.match
        )
        found: dict[str, set[str]] = {}
        for name, source in self._connection.execute(query).fetchall():
            found.setdefault(name, set()).add(source)
        return found
