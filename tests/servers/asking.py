"""The record opened by whoever asks, as it is in use: under a session of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

import psycopg

from keyworker.access import Asker
from keyworker.actions import Keyworker
from keyworker.record import connect as door
from keyworker.record.connect import DatabaseRole
from keyworker.record.sessions import open_session, show

_open = ExitStack()


def asking(
    asker: Asker,
    connection: psycopg.Connection,
    now: datetime,
    home: Path | None = None,
    *,
    until: ExitStack = _open,
) -> Keyworker:
    """The record, opened until the test ends, or as long as is said. Takes connection, any to the record meant."""

    def on(role: DatabaseRole) -> psycopg.Connection:
        info = connection.info
        parts = {"user": str(role), "host": info.host, "port": str(info.port), "dbname": info.dbname}
        settings = " ".join(f"-c {name}={value}" for name, value in door.SESSION.items())
        return until.enter_context(psycopg.connect(door.as_url({**parts, "options": settings}), autocommit=True))

    with on(DatabaseRole.DOOR) as opening:
        token = open_session(opening, asker.account, asker.door, keeper=asker.is_keeper)
    own = on(DatabaseRole.APPLICATION)
    show(own, token)
    return Keyworker(asker, on(DatabaseRole.SERVICE), now, home, own=own, token=token).enter()


@contextmanager
def closed_at_end() -> Iterator[None]:
    """Within it whatever is opened is closed at the end."""
    try:
        yield
    finally:
        _open.pop_all().close()
