"""What a pass needs of a place that holds facts: PostgreSQL, DuckDB, Spark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment

Rows = Sequence[tuple[Any, ...]]


class Source(Protocol):
    """The record, a snapshot or a folder of many councils, on one engine."""

    def lens(self, moment: Moment) -> Lens:
        """How the tables are looked at from a moment."""

    def turns(self, known_at: datetime | None) -> Sequence[date]:
        """The days on which words, joined identifiers or precedence begin or cease to be so, in order."""

    def table(self, name: str, columns: Mapping[str, Sequence[Any]]) -> tuple[str, dict[str, Any]]:
        """A small table of dates and numbers as SQL, and the parameters that the SQL uses.

        Takes   name, safe in SQL and different for different columns.
        """

    def fetch(self, query: str, lens: Lens, parameters: Mapping[str, Any]) -> Rows:
        """The rows of a query over `{named}` tables."""
