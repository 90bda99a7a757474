"""The pages' pictures from the real record, through `actions`: each reading has an asker, a purpose and a log line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import ConnectionPool, PoolTimeout

from keyworker.access import BEFORE_LOADING, Asker, Door, Thing, refusal_to_see, sight_of, who_may
from keyworker.actions import Keyworker
from keyworker.actions.opening import opening
from keyworker.actions.questions.opened import SessionOver
from keyworker.actions.sign_ins import signed_in
from keyworker.facts.days import london_day
from keyworker.facts.ground import last_act
from keyworker.record.connect import DatabaseRole
from keyworker.record.sessions import end_session, end_sessions_of, hide, open_session, session_of, show
from keyworker.vocabulary.errors import Refused
from keyworker.web import shown
from keyworker.web.source import Visitor, out_of_reach

WAIT = 10.0
PLANNED, AFTER = 1_000, 1
"""How many questions of the pages stay planned on a connection, and after how many times they are: the pages ask some
three hundred, and of the driver's usual hundred each would push another out before it came again."""
# Where the work of each role begins; the first role that a person holds decides.
HOMES = (
    ("team manager", "my-team"),
    ("consultant social worker", "my-children"),
    ("senior practitioner", "my-children"),
    ("social worker", "my-children"),
    ("head of service", "service"),
    ("director", "service"),
    ("conference chair", "chairing"),
    ("quality assurance", "service"),
    ("performance analyst", "loads"),
    ("workforce", "posts"),
    ("administrator", "roles"),
    ("inspector", "service"),
    ("councillor", "measures"),
    ("partner", "own-actions"),
    (BEFORE_LOADING, "figures"),
)

NEEDS, NEEDS_ROUTE, CHAIRING = "needs-me", "needs me", "chairing"
"""Where work begins for whoever may have something wait for them; for others, on the page of their first role. The page
of a chair says what needs them too."""


def routes_of(asker: Asker) -> frozenset[str]:
    """The routes that are open to somebody. `worker` is only for whoever may see others' figures beside their own."""
    things = [row for row in who_may().values() if refusal_to_see(asker, row.thing) is None]
    routes = {route for row in things for route in row.routes}
    sight = sight_of(asker, Thing.WORKER)
    return frozenset(routes if sight.is_of_places or sight.supervised else routes - {"worker"})


def needs_reason(asker: Asker) -> bool:
    """Whether a role of somebody's opens more names for a reason that is typed."""
    return any(who_may()[Thing.NAMES].cell(held.role).needs_reason for held in asker.roles)


class RealRecord:
    """The record, reached over a few connections: what hangs on nobody as the service, all else as whoever asks.

    Takes   addresses, the database's in each role; size, how many people may read at one time;
            home, the data folder, in which what is downloaded is listed (KEYWORKER_HOME when absent).
    """

    def __init__(self, addresses: Callable[[DatabaseRole], str], size: int = 6, home: Path | None = None) -> None:
        self._home = home

        def pool(role: DatabaseRole, **more: Any) -> ConnectionPool:
            return ConnectionPool(
                addresses(role),
                timeout=WAIT,
                open=True,
                kwargs={"autocommit": True},
                name=f"pages: {role}",
                configure=_plan_once,
                **more,
            )

        self._shared = pool(DatabaseRole.SERVICE, min_size=1, max_size=size)
        # A connection goes back without the secret of whoever used it.
        self._own = pool(DatabaseRole.APPLICATION, min_size=1, max_size=size, reset=hide)
        self._door = pool(DatabaseRole.DOOR, min_size=0, max_size=2)
        self.place = str(conninfo_to_dict(addresses(DatabaseRole.SERVICE)).get("dbname", ""))

    def close(self) -> None:
        """Close the connections."""
        for pool in (self._own, self._shared, self._door):
            pool.close()

    def signed_in(self, account: str, door: Door = Door.PAGE) -> str:
        """Open a session of the record for somebody who has signed in, or for a token's account. Gives its secret."""
        with _reached(self._door) as connection:
            return open_session(connection, account, door)

    def signed_out(self, token: str) -> None:
        """End a session."""
        with _reached(self._door) as door:
            end_session(door, token)

    def signed_out_everywhere(self, account: str) -> None:
        """End every session of a sign-in, those of the command line among them."""
        with _reached(self._door) as door:
            end_sessions_of(door, account)

    def visitor(self, account: str, now: datetime) -> Visitor:
        """Who has signed in, by the roles that the record says they hold today."""
        with _reached(self._shared) as connection:
            _require_session(connection, account)
            asker, name = signed_in(connection, account, london_day(now), purpose="sign in", door=Door.PAGE)
            opens = opening(connection, asker, london_day(now))
        routes = routes_of(asker)
        hidden = set()
        if asker.worker_id is None:
            hidden |= {"my children", "my work", "due", "supervision notes", "time asked"}
            hidden |= {"case supervision", "visits"}
        if not asker.holds("team manager", "consultant social worker"):
            hidden.add("team")
        role, home = next(((role, home) for role, home in HOMES if asker.holds(role)), ("", ""))
        home = NEEDS if NEEDS_ROUTE in routes and home != CHAIRING else home
        sees_part = not sight_of(asker, Thing.CHILDREN).everything
        return Visitor(account, name, routes, home, frozenset(hidden), role, opens, sees_part, needs_reason(asker))

    def holds_a_role(self, account: str, now: datetime) -> None:
        """Raises Refused where a sign-in holds no role today, or its worker has left."""
        with _reached(self._shared) as connection:
            signed_in(connection, account, london_day(now), purpose="answer for a token", door=Door.API)

    def last_act(self) -> int:
        """The number of the last act of the record; 0 for none."""
        with _reached(self._shared) as connection:
            found = last_act(connection)
        return found[0] if found else 0

    def refusal(self, account: str, things: Sequence[Thing], now: datetime) -> Refused:
        """Why somebody may see nothing of some things, or that the table knows nothing of them; it is logged."""
        with self.opened(account, "open a page", now) as keyworker:
            return keyworker.refusal(things)

    @contextmanager
    def opened(
        self,
        account: str,
        purpose: str,
        now: datetime,
        reason: str = "",
        *,
        one_page: bool = False,
        door: Door = Door.PAGE,
    ) -> Iterator[Keyworker]:
        """The record, opened by a signed-in person for a purpose.

        Takes   one_page, whether it is only read, all at one instant, and nothing is given before this ends; door, a
                page's or a token's.
        """
        with _reached(self._own) as own, _reached(self._shared) as shared:
            _require_session(shared, account)
            day = london_day(now)
            asker, _ = signed_in(shared, account, day, purpose=purpose, door=door, reason=reason)
            show(own, shown.token())
            keyworker = Keyworker(asker, shared, now, self._home, own=own, token=shown.token())
            if one_page:
                with keyworker.one_page():
                    yield keyworker
            else:
                yield keyworker.enter()


def _plan_once(connection: psycopg.Connection) -> None:
    connection.prepared_max, connection.prepare_threshold = PLANNED, AFTER


def _require_session(connection: psycopg.Connection, account: str) -> None:
    """Stop here where the session of this request is over, or is not of whoever has signed in."""
    whose = session_of(connection, shown.token())
    if whose is None or whose.account != account:
        raise SessionOver()


@contextmanager
def _reached(pool: ConnectionPool) -> Iterator[psycopg.Connection]:
    try:
        with pool.connection() as connection:
            yield connection
    except (PoolTimeout, psycopg.OperationalError) as error:
        raise out_of_reach() from error
