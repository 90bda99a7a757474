"""Spans to numbers in memory, for a source that gives its rows as columns: the same numbers as the SQL passes give."""
