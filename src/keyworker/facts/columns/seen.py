"""The columns as one question sees them: the record as it stood after one act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb
import polars as pl

from keyworker.facts.lens import Lens
from keyworker.facts.relations import Engine, render, render_once


class Columns:
    """What may be asked in the place of a connection to the record, when everybody is meant.

    Takes   connection, in a transaction of the store's.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def rows(
        self, lens: Lens, text: str, parameters: Mapping[str, Any], *, once: bool = False
    ) -> list[tuple[Any, ...]]:
        """The rows of a query over named tables, seen through a lens."""
        return self.frame(lens, text, parameters, once=once).rows()

    def frame(self, lens: Lens, text: str, parameters: Mapping[str, Any], *, once: bool = False) -> pl.DataFrame:
        """The same as a data frame, under the names that the query gives its columns."""
        asked = (render_once if once else render)(text, lens, Engine.DUCKDB, parameters=dict(parameters))
        found = pl.from_arrow(self.connection.sql(asked.sql, params=asked.parameters).to_arrow_table())
        assert isinstance(found, pl.DataFrame)
        return found
