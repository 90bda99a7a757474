"""Which columns a snapshot carries, and which of them it carries only under a random key."""

from __future__ import annotations

from keyworker.vocabulary import Column, Table, Type

ENTRY_COLUMNS = (
    "entry_id",
    "act_id",
    "source",
    "row_key",
    "standing",
    "entered_at",
    "recorded_at",
    "superseded_at",
)

# Teams and posts are the organisation's own furniture; keys there would only make every table unreadable.
_PLAIN = frozenset({"team_id", "parent_id", "post_id", "from_team_id", "to_team_id"})
_ALSO_KEYED = frozenset({"same_as", "account", "covering_for", "court_reference", "owner"})


def is_keyed(column: Column) -> bool:
    """Whether a column names a person or a record in a way that another system knows."""
    return column.name not in _PLAIN and (column.name.endswith("_id") or column.name in _ALSO_KEYED)


def carried(table: Table, *, identifying: bool) -> list[Column]:
    """The columns that leave the record; without a reason, none that identifies."""
    return [column for column in table.columns if identifying or not column.identifying]


def select(table: Table, *, identifying: bool) -> str:
    """The PostgreSQL query that a snapshot copies; `row_key` and keyed columns are hashed under `%(secret)s`."""
    parts = ["md5(%(secret)s || row_key::text) as row_key" if name == "row_key" else name for name in ENTRY_COLUMNS]
    for column in carried(table, identifying=identifying):
        if is_keyed(column) and not identifying:
            parts.append(f"md5(%(secret)s || {column.name}) as {column.name}")
        elif column.type is Type.DECIMAL:
            parts.append(f"{column.name}::float8 as {column.name}")
        else:
            parts.append(column.name)
    return f"select {', '.join(parts)} from record.{table.name}"
