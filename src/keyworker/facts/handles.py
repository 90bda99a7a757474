"""Random handles for children, workers, teams and posts: safe in an address, useless without permission."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import partial

import psycopg

from keyworker.facts.remembered import asked_once, is_steady

FEW = 8
"""Of so few it is remembered within one reading."""


class HandleKind(StrEnum):
    """Whose handle it is."""

    CHILD = "child"
    WORKER = "worker"
    TEAM = "team"
    POST = "post"


def handles_of(connection: psycopg.Connection, kind: HandleKind, ids: Iterable[str]) -> dict[str, str]:
    """The handle of each identifier that has one."""
    wanted = tuple(dict.fromkeys(ids))
    if not wanted:
        return {}

    def ask() -> dict[str, str]:
        query = "select id, handle from record.handle where kind = %s and id = any(%s::text[])"
        return dict(connection.execute(query, (kind, list(wanted))).fetchall())

    return asked_once(connection, ("handles", kind, wanted), ask) if len(wanted) <= FEW else ask()


def id_of(connection: psycopg.Connection, kind: HandleKind, handle: str) -> str | None:
    """The identifier behind a handle, or None when no such handle was given out."""

    def ask() -> str | None:
        found = connection.execute("select id from record.handle where kind = %s and handle = %s", (kind, handle))
        row = found.fetchone()
        return str(row[0]) if row else None

    return asked_once(connection, ("behind", kind, handle), ask)


def look_up(connection: psycopg.Connection, kind: HandleKind, handles: Iterable[str]) -> None:
    """Ask at once for what `id_of` is then told of each of several handles, within one reading."""
    wanted = list(dict.fromkeys(handles))
    if not wanted or not is_steady(connection):
        return
    query = "select handle, id from record.handle where kind = %s and handle = any(%s::text[])"
    found: dict[str, str] = dict(connection.execute(query, (kind, wanted)).fetchall())
    for handle in wanted:
        asked_once(connection, ("behind", kind, handle), partial(found.get, handle))


def is_known(connection: psycopg.Connection, kind: HandleKind, identifier: str) -> bool:
    """Whether the record holds somebody or something of this kind under this identifier."""
    found = connection.execute("select 1 from record.handle where kind = %s and id = %s", (kind, identifier))
    return found.fetchone() is not None
