"""The access log: who saw what, by which door, and what for. It only grows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import psycopg


@dataclass(frozen=True)
class LogLine:
    """One reading of the record.

    Takes   role, by which the account may read it; warrant, the work for which that role may, as the table of who may
            see what says (empty where nothing let it); door, page, api, command or python; route, the name of a page or
            command and never its address; kind, what was seen; handles, of the children seen; count, how many rows
            (as many as handles unless given).
    Raises  ValueError for an instant without a time zone.
    """

    at: datetime
    account: str
    role: str
    door: str
    route: str
    purpose: str
    kind: str
    warrant: str = ""
    handles: Sequence[str] = ()
    count: int | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("at needs a time zone")


def log_reads(connection: psycopg.Connection, lines: Sequence[LogLine]) -> None:
    """Keep readings of the record, in one go. They are kept when the caller's transaction commits."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into record.access_log (at, account, role, warrant, door, route, purpose, kind, handles, count)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (
                    one.at,
                    one.account,
                    one.role,
                    one.warrant,
                    one.door,
                    one.route,
                    one.purpose,
                    one.kind,
                    list(one.handles),
                    len(one.handles) if one.count is None else one.count,
                )
                for one in lines
            ],
        )


def opened_since(
    connection: psycopg.Connection, account: str, since: datetime, routes: Sequence[str], handle: str
) -> tuple[int, bool]:
    """How many children's records an account opened one by one since an instant, and whether this one is among them."""
    row = connection.execute(
        "select count(distinct handles[1]), coalesce(bool_or(handles[1] = %s), false) from record.access_log"
        " where account = %s and at >= %s and kind = 'child' and cardinality(handles) = 1 and route = any(%s)",
        (handle, account, since, list(routes)),
    ).fetchone()
    return (row[0], row[1]) if row else (0, False)


_CARRIED = """from record.access_log where account = %(account)s and at >= %(since)s and kind = 'child'
and (door <> 'page' or route = %(file)s)"""


def carried_since(
    connection: psycopg.Connection, account: str, since: datetime, also: Collection[str], file: str, *, enough: int
) -> int:
    """How many children an account has carried away since an instant, with some more: each counts once.

    Takes   also, handles; file, the route of what was given as a file; enough, up to which it need not be exact: as
            long as all lines together show no more than that, they are not told apart.
    """
    bound = {"account": account, "since": since, "file": file, "also": list(also)}
    most = connection.execute(f"select coalesce(sum(cardinality(handles)), 0) {_CARRIED}".encode(), bound).fetchone()
    if most is not None and most[0] + len(also) <= enough:
        return int(most[0]) + len(also)
    row = connection.execute(
        f"select count(*) from (select unnest(handles) {_CARRIED} union select unnest(%(also)s::text[])) t".encode(),
        bound,
    ).fetchone()
    return row[0] if row else 0


def files_since(connection: psycopg.Connection, account: str, since: datetime, file: str) -> int:
    """How many files an account was given since an instant. Takes file, their route."""
    row = connection.execute(
        "select count(*) from record.access_log where account = %s and at >= %s and route = %s", (account, since, file)
    ).fetchone()
    return row[0] if row else 0


def last_read(connection: psycopg.Connection, account: str, door: str, route: str, before: datetime) -> datetime | None:
    """When an account last opened a kind of page by a door, before an instant; None when never."""
    row = connection.execute(
        "select max(at) from record.access_log where account = %s and route = %s and door = %s and at < %s",
        (account, route, door, before),
    ).fetchone()
    return row[0] if row else None
