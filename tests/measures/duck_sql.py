"""DuckDB with the numbers added up in its own SQL, as PostgreSQL does it, in place of in memory."""

from __future__ import annotations

from keyworker.measures.sources.duck import DuckSource


class DuckSql(DuckSource):
    """A source that gives no columns."""

    batches = None  # type: ignore[assignment]
