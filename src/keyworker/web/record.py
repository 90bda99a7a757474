"""The pages' pictures from the real record, through `actions`: each reading has an asker, a purpose and a log line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout

from keyworker.access import BEFORE_LOADING, Door, refusal_to_see_route
from keyworker.access.refusals import ROUTES
from keyworker.actions import Keyworker
from keyworker.actions.sign_ins import signed_in
from keyworker.facts.days import london_day
from keyworker.web.source import OutOfReach, Visitor

WAIT = 10.0
# Where the work of each role begins; the first role that a person holds decides.
HOMES = (
    ("team manager", "my-team"),
    ("consultant social worker", "my-children"),
    ("senior practitioner", "my-children"),
    ("social worker", "my-children"),
    ("head of service", "service"),
    ("director", "service"),
    ("quality assurance", "service"),
    ("performance analyst", "loads"),
    ("workforce", "posts"),
    (BEFORE_LOADING, "figures"),
)


class RealRecord:
    """The record, reached over a few connections in the application's role.

    Takes   address, the database's in the application's role; size, how many people may read at one time;
            home, the data folder, in which what is downloaded is listed (KEYWORKER_HOME when absent).
    """

    def __init__(self, address: str, size: int = 6, home: Path | None = None) -> None:
        self._home = home
        self._pool = ConnectionPool(
            address, min_size=1, max_size=size, timeout=WAIT, open=True, kwargs={"autocommit": True}, name="pages"
        )

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    def visitor(self, account: str, now: datetime) -> Visitor:
        """Who has signed in, by the roles that the record says they hold today."""
        with self._connection() as connection:
            asker, name = signed_in(connection, account, london_day(now), purpose="sign in", door=Door.PAGE)
        routes = frozenset(route for route in ROUTES if refusal_to_see_route(asker, route) is None)
        hidden = set()
        if asker.worker_id is None:
            hidden |= {"my children", "my work", "due"}
        if not asker.holds("team manager", "consultant social worker"):
            hidden.add("team")
        role, home = next(((role, home) for role, home in HOMES if asker.holds(role)), ("", ""))
        return Visitor(account, name, routes, home, frozenset(hidden), role)

    @contextmanager
    def opened(self, account: str, purpose: str, now: datetime) -> Iterator[Keyworker]:
        """The record, opened by a signed-in person for a purpose."""
        with self._connection() as connection:
            asker, _ = signed_in(connection, account, london_day(now), purpose=purpose, door=Door.PAGE)
            yield Keyworker(asker, connection, now, self._home)

    @contextmanager
    def _connection(self) -> Iterator[psycopg.Connection]:
        try:
            with self._pool.connection() as connection:
                yield connection
        except (PoolTimeout, psycopg.OperationalError) as error:
            raise OutOfReach(
                "The record’s database does not answer, or took too long.",
                remedy="Try again in a minute. If it goes on, tell whoever looks after Keyworker here.",
            ) from error
