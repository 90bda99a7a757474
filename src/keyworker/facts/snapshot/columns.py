"""Which columns a snapshot carries, and which of them it carries only under a random key."""

from __future__ import annotations

from keyworker.record.entry import handle_kind
from keyworker.vocabulary import TABLES, Column, Table, Type

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


def select(table: Table, *, identifying: bool, leaves_out: bool = False) -> str:
    """The PostgreSQL query that a snapshot copies; `row_key` and keyed columns are hashed under `%(secret)s`.

    Takes   leaves_out, whether no row of the children `%(without)s` is copied, nor what hangs on such a row.
    """
    parts = ["md5(%(secret)s || row_key::text) as row_key" if name == "row_key" else name for name in ENTRY_COLUMNS]
    for column in carried(table, identifying=identifying):
        if is_keyed(column) and not identifying:
            parts.append(f"md5(%(secret)s || {column.name}) as {column.name}")
        elif column.type is Type.DECIMAL:
            parts.append(f"{column.name}::float8 as {column.name}")
        else:
            parts.append(column.name)
    left = f" where not ({_of_those_left_out(table)})" if leaves_out else ""
    return f"select {', '.join(parts)} from record.{table.name} t0{left}"


def _of_those_left_out(table: Table, above: tuple[str, ...] = ()) -> str:
    """Whether a row names one of the children who are left out, or refers to a row that does.

    Takes   above, the tables that refer to it.
    """
    alias, below = f"t{len(above)}", f"t{len(above) + 1}"
    said = []
    for column in table.columns:
        parent, _, key = column.refers.partition(".")
        if handle_kind(column) == "child" or column.name == "same_as":
            said.append(f"coalesce({alias}.{column.name} = any(%(without)s), false)")
        elif key and parent not in (*above, table.name) and handle_kind(column) is None:
            inside = _of_those_left_out(TABLES[parent], (*above, table.name))
            rows = f"select {below}.{key} from record.{parent} {below} where {inside}"
            said.append(f"coalesce({alias}.{column.name} in ({rows}), false)")
    return " or ".join(said) or "false"
