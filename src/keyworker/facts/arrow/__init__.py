"""The rows of a query by column, out of PostgreSQL in its own binary form: for the many rows that text is slow for."""

from keyworker.facts.arrow.asked import Question, columns_of, columns_of_each, schema_of

__all__ = ["Question", "columns_of", "columns_of_each", "schema_of"]
