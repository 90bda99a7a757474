"""Bring a record to this program's shape, losing nothing: numbered steps by hand, the rest from the vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import psycopg

from keyworker.record import described, schema
from keyworker.record.connect import DatabaseRole, connect, make_missing_roles
from keyworker.record.entry import ENTRY_COLUMNS, REPORTED, catalogue_type, quoted, target
from keyworker.vocabulary import TABLES, Table
from keyworker.vocabulary.errors import KeyworkerError


@dataclass(frozen=True)
class Step:
    """One change that the vocabulary cannot say by itself, such as a renamed column. Never edited once released."""

    number: int
    what: str
    sql: str


STEPS: tuple[Step, ...] = (
    Step(
        2,
        "Posts may have handles.",
        "alter table record.handle drop constraint handle_kind_check; alter table record.handle"
        " add constraint handle_kind_check check (kind in ('child', 'worker', 'team', 'post'))",
    ),
    Step(3, "Loads that were refused are listed.", schema.script("refused")),
    Step(
        4,
        "The access log says for which work a role was let in.",
        "alter table record.access_log add column warrant text not null default ''",
    ),
    Step(
        5,
        "Other systems may ask by a token.",
        "alter table record.access_log drop constraint access_log_door_check; alter table record.access_log"
        " add constraint access_log_door_check check (door in ('page', 'api', 'command', 'python'));"
        " alter table if exists access.session drop constraint session_door_check;"
        " alter table if exists access.session"
        " add constraint session_door_check check (door in ('page', 'api', 'command', 'python'))",
    ),
    Step(6, "What is attached to direct work lies sealed in the record.", schema.script("attached")),
)


class RecordIsNewer(KeyworkerError):
    """The database was brought up to date by a newer program than this one."""


def bring_up_to_date(connection: psycopg.Connection) -> list[str]:
    """Make the record, or bring it to this program's shape. Safe to repeat; all or nothing; nobody writes meanwhile.

    Takes   a connection as the owner.
    Gives   what was done, in words; nothing when it was up to date.
    Raises  RecordIsNewer when the database is ahead of this program.
    """
    with connection.transaction():
        schema.lock(connection)
        if not schema.exists(connection):
            schema.create(connection)
            return ["The record is made."]
        _refuse_newer(connection)
        if _is_current(connection):
            return []
        connection.execute("select pg_advisory_xact_lock(record.writer_lock())")
        return _upgrade(connection)


def _upgrade(connection: psycopg.Connection) -> list[str]:
    stepped = _run_steps(connection)
    done: list[str] = []
    _refuse_unknown(connection)
    for name in ("functions", "guards"):
        connection.execute(schema.script(name).encode())
    for table in TABLES.values():
        done += _fit(connection, table)
    connection.execute(";\n".join(schema.renewed()).encode())
    _give_missing_handles(connection)
    for what in done or ([] if stepped else ["The guards are renewed."]):
        schema.note_step(connection, what)
    return [*stepped, *done]


def _refuse_newer(connection: psycopg.Connection) -> None:
    number = _number(connection)
    if number > schema.VERSION:
        raise RecordIsNewer(
            f"This record is at step {number}; this program knows the steps up to {schema.VERSION}.",
            where="the database",
            remedy="Install the newer Keyworker that last opened it. Nothing was changed.",
        )


def _is_current(connection: psycopg.Connection) -> bool:
    last = connection.execute("select shape from record.schema_step order by step_id desc limit 1").fetchone()
    return last == (schema.shape(),)


def _number(connection: psycopg.Connection) -> int:
    row = connection.execute("select coalesce(max(number), 0) from record.schema_step").fetchone()
    return int(row[0]) if row else 0


def _run_steps(connection: psycopg.Connection) -> list[str]:
    behind = _number(connection)
    steps = [step for step in STEPS if step.number > behind]
    for step in steps:
        connection.execute(step.sql.encode())
        schema.note_step(connection, step.what, step.number)
    return [step.what for step in steps]


def _columns(connection: psycopg.Connection) -> dict[str, dict[str, str]]:
    """The described columns that the database has, by table, with their types."""
    rows = connection.execute(
        "select relname, attname, format_type(atttypid, atttypmod) from pg_attribute"
        " join pg_class on pg_class.oid = attrelid"
        " where relnamespace = 'record'::regnamespace and relkind = 'r' and attnum > 0 and not attisdropped"
        " and exists (select 1 from pg_attribute as key where key.attrelid = pg_class.oid and key.attname = 'digest')"
    ).fetchall()
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        if column not in ENTRY_COLUMNS:
            found.setdefault(table, {})[column] = kind
    return found


def _refuse_unknown(connection: psycopg.Connection) -> None:
    for name, columns in _columns(connection).items():
        known = TABLES.get(name)
        unknown = [column for column in columns if known is None or not known.has(column)]
        if unknown:
            raise RecordIsNewer(
                f"This record keeps columns of which this program knows nothing: {', '.join(unknown)}.",
                where=f"table {name}",
                remedy="Install the newer Keyworker that last opened it. Nothing was changed.",
            )


def _fit(connection: psycopg.Connection, table: Table) -> list[str]:
    has = _columns(connection).get(table.name)
    if has is None:
        connection.execute(";\n".join(described.statements(table)).encode())
        return [f"Table {table.name} is added."]
    done = []
    for column in table.columns:
        if column.name not in has:
            connection.execute(described.add_column(table, column).encode())
            if column.required:
                _require_from_now(connection, table, column.name)
            done.append(f"Column {table.name}.{column.name} is added.")
        elif has[column.name] != catalogue_type(column):
            _refuse_type(table, column.name, has[column.name], catalogue_type(column))
    kept_up = (described.planning, described.forgetting, described.guards, described.grants)
    for statement in (one for made in kept_up for one in made(table)):
        connection.execute(statement.encode())
    return done + _fit_indexes(connection, table)


def _require_from_now(connection: psycopg.Connection, table: Table, column: str) -> None:
    """Ask for a column in new entries only: older ones never had it, and must still be superseded or ended."""
    connection.execute(
        f"""do $body$ declare last bigint; begin
            select coalesce(max(act_id), 0) into last from record.act;
            execute format('alter table {target(table)} add constraint {column}_required check
                (act_id <= %s or standing <> ''{REPORTED}'' or {quoted(column)} is not null)', last);
        end $body$""".encode()
    )


def _refuse_type(table: Table, column: str, has: str, wanted: str) -> None:
    raise RecordIsNewer(
        f"Column {column} holds {has} in this record and {wanted} in this program.",
        where=f"table {table.name}",
        remedy="Install a Keyworker whose steps change it. Nothing was changed.",
    )


def _fit_indexes(connection: psycopg.Connection, table: Table) -> list[str]:
    rows = connection.execute(
        "select index_name, definition from record.index_definition where table_name = %s", (table.name,)
    ).fetchall()
    has: dict[str, str] = dict(rows)
    wanted = described.indexes(table)
    stale = [name for name, definition in has.items() if wanted.get(name) != definition]
    for name in stale:
        connection.execute(f"drop index if exists record.{quoted(name)}".encode())
        connection.execute("delete from record.index_definition where index_name = %s", (name,))
    new = [name for name in wanted if name in stale or name not in has]
    for statement in described.create_indexes(table, new):
        connection.execute(statement.encode())
    return [f"Index {name} is built." for name in new]


def _give_missing_handles(connection: psycopg.Connection) -> None:
    for table, column, kind in schema.fill_handle_columns(connection):
        connection.execute(
            f"insert into record.handle (kind, id) select distinct '{kind}', {quoted(column)}"
            f" from {target(TABLES[table])} where {quoted(column)} is not null on conflict do nothing".encode()
        )


def ready(home: Path | None = None) -> None:
    """Make the record of a data folder ready for this program: made if it is new, brought up to date if it is old.

    Raises  KeyworkerError when a server of the council's does not let the owner role make the record.
    """
    with connect(DatabaseRole.OWNER, home=home) as owner:
        make_missing_roles(owner, home)
        try:
            bring_up_to_date(owner)
        except psycopg.errors.InsufficientPrivilege as error:
            raise KeyworkerError(
                f"The database does not let {DatabaseRole.OWNER} make or upgrade the record; nothing was changed.",
                where="the database that DATABASE_URL names",
                remedy=f"Make {DatabaseRole.OWNER} the owner of that database, and grant it to the sign-in.",
            ) from error
