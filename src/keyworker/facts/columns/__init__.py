"""The record's columns in this process's memory, for questions about everybody at any moment.

A question about one child asks PostgreSQL. One about the whole service, at a day that nobody asked about before, would
wait seconds there; the columns answer the same SQL text in a tenth of the time. They hold every entry of some tables,
known or superseded, without names; they follow the record act by act; they are on no disk, and end with the process.
"""

from keyworker.facts.columns.everybody import each_of_everybody, follow, holding, of_everybody
from keyworker.facts.columns.seen import Columns

__all__ = ["Columns", "each_of_everybody", "follow", "holding", "of_everybody"]
