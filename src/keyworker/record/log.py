"""The access log: who saw what, by which door, and what for. It only grows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import psycopg


def log_read(
    connection: psycopg.Connection,
    *,
    at: datetime,
    account: str,
    role: str,
    door: str,
    route: str,
    purpose: str,
    kind: str,
    warrant: str = "",
    handles: Sequence[str] = (),
    count: int | None = None,
) -> int:
    """Keep one reading of the record.

    Takes   role, by which the account may read it; warrant, the work for which that role may, as the table of who may
            see what says (empty where nothing let it); door, page, command or python; route, the name of a page or
            command and never its address; kind, what was seen; handles, of the children seen; count, how many rows
            (as many as handles unless given).
    Gives   its number in the log. It is kept when the caller's transaction commits.
    """
    if at.tzinfo is None:
        raise ValueError("at needs a time zone")
    row = connection.execute(
        "insert into record.access_log (at, account, role, warrant, door, route, purpose, kind, handles, count)"
        " values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) returning log_id",
        (
            at,
            account,
            role,
            warrant,
            door,
            route,
            purpose,
            kind,
            list(handles),
            len(handles) if count is None else count,
        ),
    ).fetchone()
    assert row is not None
    return int(row[0])


def last_read(connection: psycopg.Connection, account: str, door: str, route: str, before: datetime) -> datetime | None:
    """When an account last opened a kind of page by a door, before an instant; None when never."""
    row = connection.execute(
        "select max(at) from record.access_log where account = %s and route = %s and door = %s and at < %s",
        (account, route, door, before),
    ).fetchone()
    return row[0] if row else None
