"""The access log read back: who looked at what, when, as what and what for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import psycopg


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the access log. Takes warrant, the work for which the role may; count, how many were shown."""

    log_id: int
    at: datetime
    account: str
    role: str
    warrant: str
    door: str
    route: str
    purpose: str
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class Look:
    """What one role looked at on one day, for one work, of one child or worker. Takes times, how often."""

    on: date
    role: str
    warrant: str
    door: str
    route: str
    times: int


@dataclass(frozen=True)
class Search:
    """Which lines are wanted. Takes since and until, instants, closed-open; handles, of which a line shows one."""

    since: datetime
    until: datetime
    account: str = ""
    route: str = ""
    purpose: str = ""
    handles: Sequence[str] | None = None


_LINES = """select log_id, at, account, role, warrant, door, route, purpose, kind, count from {log} l
where at >= %(since)s and at < %(until)s
and (%(account)s = '' or account = %(account)s)
and (%(route)s = '' or route = %(route)s or route = 'not given: ' || %(route)s)
and (%(purpose)s = '' or warrant = %(purpose)s or strpos(lower(purpose), lower(%(purpose)s)) > 0)
order by at desc, log_id desc limit %(most)s offset %(first)s"""
# Whoever was shown is looked for by the index first: by time alone, a few lines would be looked for among all.
_OF_SOMEBODY = "(select * from record.access_log where handles && %(handles)s::text[] offset 0)"
_LOOKS = """select (at at time zone 'Europe/London')::date, role, warrant, door, route, count(*)
from record.access_log where handles && %(handles)s::text[] and at >= %(since)s and at <= %(until)s
group by 1, 2, 3, 4, 5 order by 1 desc, 2, 3, 5, 4"""
_OWN_LOOKS = _LOOKS.replace("group by", "and account = %(account)s group by")


def lines(connection: psycopg.Connection, search: Search, *, first: int, most: int) -> list[Line]:
    """Lines of the access log, the latest first. Takes first, how many to pass over; most, how many are wanted."""
    bound = {
        "since": search.since,
        "until": search.until,
        "account": search.account,
        "route": search.route,
        "purpose": search.purpose,
        "handles": None if search.handles is None else list(search.handles),
        "first": first,
        "most": most,
    }
    asked = _LINES.format(log="record.access_log" if search.handles is None else _OF_SOMEBODY)
    return [Line(*row) for row in connection.execute(asked.encode(), bound).fetchall()]


def own_looks(own: psycopg.Connection, handles: Sequence[str], since: datetime, until: datetime, by: str) -> list[Look]:
    """The same of one sign-in's own looking. Takes own, a connection that may read who looked; by, the sign-in."""
    bound = {"handles": list(handles), "since": since, "until": until, "account": by}
    return [Look(*row) for row in own.execute(_OWN_LOOKS, bound).fetchall()]


def looks(connection: psycopg.Connection, handles: Sequence[str], since: datetime, until: datetime) -> list[Look]:
    """On which days, as what and what for somebody was looked at, the latest day first. No account is among it."""
    bound = {"handles": list(handles), "since": since, "until": until}
    return [Look(*row) for row in connection.execute(_LOOKS, bound).fetchall()]
