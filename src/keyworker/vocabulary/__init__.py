"""The words everything else is made of: tables, columns, code lists, working days, file layouts.

In: nothing. Out: `TABLES`, `Table`, `Column`, `Kind`, `Type`. Imports no other room.
"""

from keyworker.vocabulary.shape import Column, Kind, Table, Type
from keyworker.vocabulary.tables import TABLES

__all__ = ["TABLES", "Column", "Kind", "Table", "Type"]
