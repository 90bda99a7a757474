"""The append-only record in PostgreSQL, and its only writer."""
