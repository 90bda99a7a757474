"""To which row another row belongs that names nobody itself: a review of care to a time in care, a need to its plan."""

from __future__ import annotations

from keyworker.vocabulary import TABLES, Column, Table


def parent(table: Table) -> tuple[Column, Table, str] | None:
    """The row that a table's rows belong to, where it tells of nobody itself: the column, the table, and its key."""
    for column in table.columns:
        above, _, key = column.refers.partition(".")
        if above in TABLES and above != table.name and is_about_a_child(TABLES[above]):
            return column, TABLES[above], key
    return None


def is_about_a_child(table: Table) -> bool:
    return table.about == "child_id" or parent(table) is not None


def owning(table: Table) -> str:
    """The column by which rows of other tables belong to this one, such as find in it whom they are about; or none."""
    owned = (parent(one) for one in TABLES.values() if not one.about and not one.has("child_id"))
    return next((key for found in owned if found is not None for _, above, key in [found] if above is table), "")
