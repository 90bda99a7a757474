"""The columns that every entry has, and how described columns are written in PostgreSQL."""

from __future__ import annotations

from keyworker.vocabulary import Column, Table, Type

ENTRY_COLUMNS: dict[str, str] = {
    "entry_id": "bigint primary key default nextval('record.entry_id_seq')",
    "act_id": "bigint not null",
    "source": 'text collate "C" not null',
    "row_key": "uuid not null",
    "digest": "uuid",
    "standing": 'text collate "C" not null',
    "entered_at": "timestamptz",
    "recorded_at": "timestamptz not null",
    "superseded_at": "timestamptz",
}
GIVEN = tuple(name for name in ENTRY_COLUMNS if name not in ("entry_id", "superseded_at"))

REPORTED = "reported"
NO_LONGER_REPORTED = "no longer reported"
ERASED = "erased"

_SQL_TYPES = {
    Type.TEXT: 'text collate "C"',
    Type.DATE: "date",
    Type.TIME: "time",
    Type.INSTANT: "timestamptz",
    Type.INTEGER: "bigint",
    Type.DECIMAL: "numeric",
    Type.FLAG: "boolean",
}
_CATALOGUE_NAMES = {
    Type.TEXT: "text",
    Type.TIME: "time without time zone",
    Type.INSTANT: "timestamp with time zone",
}
_BY_NAME = {"child_id": "child", "worker_id": "worker", "supervisor_id": "worker", "team_id": "team", "post_id": "post"}
_BY_REFERENCE = {
    "person.child_id": "child",
    "professionals.worker_id": "worker",
    "team.team_id": "team",
    "department.team_id": "team",
}


def quoted(name: str) -> str:
    """A name from the vocabulary as an SQL identifier."""
    return f'"{name}"'


def listed(names: tuple[str, ...] | list[str], prefix: str = "") -> str:
    """Names as a list of SQL identifiers, each with the same prefix."""
    return ", ".join(prefix + quoted(name) for name in names)


def target(table: Table) -> str:
    """Where a table's entries stand."""
    return f"record.{quoted(table.name)}"


def sql_type(column: Column) -> str:
    """The PostgreSQL type of a described column."""
    return _SQL_TYPES[column.type]


def catalogue_type(column: Column) -> str:
    """The same type, by the name that PostgreSQL's catalogue gives it."""
    return _CATALOGUE_NAMES.get(column.type, _SQL_TYPES[column.type])


def handle_kind(column: Column) -> str | None:
    """Whose identifier a column holds: a child's, a worker's, a team's, a post's, or nobody's who has a handle."""
    return _BY_NAME.get(column.name) or _BY_REFERENCE.get(column.refers)


def handle_columns(table: Table) -> tuple[tuple[str, str], ...]:
    """Each column of a table that holds an identifier with a handle, with the kind of handle."""
    found = ((column.name, handle_kind(column)) for column in table.columns)
    return tuple((name, kind) for name, kind in found if kind)
