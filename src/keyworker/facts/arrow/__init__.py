"""The rows of a query by column, out of PostgreSQL in its own binary form: for the many rows that text is slow for."""

from keyworker.facts.arrow.asked import columns_of, schema_of

__all__ = ["columns_of", "schema_of"]
