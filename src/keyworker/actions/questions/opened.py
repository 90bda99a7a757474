"""The record, opened by one asker for one purpose: what every question to it does alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Self, TypeVar

import psycopg
from psycopg.pq import TransactionStatus

from keyworker.access import (
    Asker,
    Thing,
    every_role,
    refusal_to_see,
    refusal_to_see_place,
    refusal_to_see_route,
    require,
    thing_of,
    warrant_of,
)
from keyworker.actions.carried_on import carried
from keyworker.actions.questions.naming import Naming, NotKnown
from keyworker.actions.questions.seen import Seen
from keyworker.actions.questions.sighting import Sighting
from keyworker.actions.questions.within_the_day import WithinTheDay
from keyworker.actions.reading import one_keeping, one_reading, same_reading
from keyworker.actions.sign_ins import signed_in
from keyworker.actions.token import kept_token
from keyworker.facts.belonging import said_in_setting
from keyworker.facts.days import london_day
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import ChildRow
from keyworker.facts.remembered import read_beside
from keyworker.facts.whereabouts import keep_whereabouts
from keyworker.record import upgrade
from keyworker.record.connect import DatabaseRole, connect
from keyworker.record.log import LogLine, log_reads
from keyworker.record.sessions import (
    end_session,
    last_act,
    lay,
    open_session,
    sees_all_of_each,
    session_of,
    show,
    stands,
)
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.vocabulary.homes import Home, Kept

T = TypeVar("T")

ATTEMPTS = 3
"""How often a reading begins again because the record changed between laying down what may be seen and reading it."""


NOT_GIVEN = "not given"
"""In the access log, before the route of what was asked for and not given: refused, beyond sight or unknown."""


class SessionOver(Refused):
    """Whoever asks has been signed out, or was signed in for so long that they must sign in again."""

    def __init__(self) -> None:
        super().__init__(
            "You have been signed out.", remedy="Sign in again, on the command line by `keyworker sign-in`."
        )


class Opened(WithinTheDay, Naming):
    """The record, opened by one asker for one purpose.

    Takes   connection, in the service's role, for what hangs on nobody and for whom the asker may see; now, the instant
            of asking, which is logged; home, the data folder, in which exports are listed (KEYWORKER_HOME when absent);
            own, in the application's role, for what is read or written as the asker; token, the secret shown on it.
            Without `own`, all of it on the one connection.
    Gives   given, the handles of the children of whom it has told: a file that is made of it says whom it carries away.
    """

    def __init__(
        self,
        asker: Asker,
        connection: psycopg.Connection,
        now: datetime,
        home: Path | None = None,
        *,
        own: psycopg.Connection | None = None,
        token: str = "",
    ) -> None:
        self.asker = asker
        self.connection = connection
        self.now = now
        self.home = home
        self.own = own or connection
        self._token = token
        self._at_end = ExitStack()
        self._lines: list[LogLine] | None = None
        self._counted, self.given = set(), set()
        if own is not None:
            read_beside(own, connection)

    @classmethod
    def open(cls, asker: Asker, *, now: datetime, home: Path | None = None, reason: str = "") -> Self:
        """Open the record of a data folder (KEYWORKER_HOME when absent), or the one that DATABASE_URL names.

        Takes   asker, the keeper of the machine: whoever has signed in here asks in the keeper's place; reason, what
                they typed, without which some of what they may see is closed to them.
        """
        upgrade.ready(home)
        with ExitStack() as closing:
            shared = closing.enter_context(connect(DatabaseRole.SERVICE, home=home, autocommit=True))
            own = closing.enter_context(connect(DatabaseRole.APPLICATION, home=home, autocommit=True))
            door = closing.enter_context(connect(DatabaseRole.DOOR, home=home, autocommit=True))
            token = kept_token(home)
            if token:
                asker = _signed_in(shared, token, asker, london_day(now), reason)
            else:
                token = open_session(door, asker.account, asker.door, keeper=True)
                closing.callback(end_session, door, token)
            show(own, token)
            opened = cls(asker, shared, now, home, own=own, token=token)
            opened._at_end = closing.pop_all()
        return opened.enter()

    @classmethod
    def open_as(cls, account: str, *, purpose: str, now: datetime, home: Path | None = None) -> Self:
        """Open the record as somebody who signs in would on a page: for the made-up county, where nobody does."""
        with ExitStack() as closing:
            shared, own, door = (
                closing.enter_context(connect(role, home=home, autocommit=True))
                for role in (DatabaseRole.SERVICE, DatabaseRole.APPLICATION, DatabaseRole.DOOR)
            )
            asker, _ = signed_in(shared, account, london_day(now), purpose=purpose)
            token = open_session(door, account, asker.door)
            closing.callback(end_session, door, token)
            show(own, token)
            opened = cls(asker, shared, now, home, own=own, token=token)
            opened._at_end = closing.pop_all()
        return opened.enter()

    def enter(self) -> Self:
        """Lay down whom the asker may see, where that is not laid down or no longer true."""
        is_idle = self.connection.info.transaction_status is TransactionStatus.IDLE
        if self.own is not self.connection and is_idle and not stands(self.own, self.asker.reason):
            self._lay()
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._at_end.close()

    def may(self, route: str) -> None:
        """Ask leave to open a kind of page that reads nobody's record, and log that it was opened. May refuse."""
        self._read(route, lambda: None, lambda _: {})

    def refusal(self, things: Sequence[Thing]) -> Refused:
        """Why the asker may see nothing of some things; of none, that the table knows no such page. It is logged."""
        found = next((why for thing in things if (why := refusal_to_see(self.asker, thing))), None)
        self._log(f"{NOT_GIVEN}: {things[0] if things else 'an address of no thing'}", {HandleKind.CHILD: ()})
        return found or Refused("The table of who may see what says nothing of this page, so it is closed.")

    def _read(
        self, route: str, read: Callable[[], T], seen: Callable[[T], Seen], *, allowed: bool = False, purpose: str = ""
    ) -> T:
        """Read, log, give. Takes allowed, whether leave was asked for already; purpose, in place of the asker's."""
        self._warranted = None
        with self._attempt(route):
            require(None if allowed else refusal_to_see_route(self.asker, route))
            answer = self._in_one_reading(read)
        told = seen(answer)
        self._stop_for_the_day(route, self._over_the_day(route, told))
        # Logged and committed before it is given: what cannot be logged is not seen.
        self._log(route, told, purpose)
        return answer

    def _stop_for_the_day(self, route: str, refused: Refused | None) -> None:
        if refused is not None:
            self._warranted = None
            self._log(f"{NOT_GIVEN}: {route}, by the day's limit", {HandleKind.CHILD: ()})
            raise refused

    @contextmanager
    def one_page(self) -> Iterator[Self]:
        """Within it everything is read as the record stood at one instant, and logged together at its end.

        Only for what reads: nothing can be written within, and nothing that was read may be given before it ends.
        """
        self._lines = []
        try:
            with self._one_instant():
                yield self
        finally:
            read, self._lines = self._lines, None
            self._keep_lines(read)

    def _in_one_reading(self, read: Callable[[], T]) -> T:
        """Read on both connections what stood at one instant, by what the asker may see at that instant."""
        if self._lines is not None:
            return read()
        with self._one_instant():
            return read()

    @contextmanager
    def _one_instant(self) -> Iterator[None]:
        if self.own is self.connection:
            with one_reading(self.connection):
                yield
            return
        with ExitStack() as reading:
            for _ in range(ATTEMPTS):
                reading.enter_context(one_reading(self.connection))
                reading.enter_context(same_reading(self.own, self.connection))
                if stands(self.own, self.asker.reason):
                    break
                reading.close()
                self._lay()
            else:
                raise KeyworkerError(
                    "The record changed again and again while it was read.", remedy="Try again in a minute."
                )
            yield

    def _lay(self) -> None:
        """Let the database know again whom the asker may see: where children stand, and if need be all of it."""
        if Sighting(self.asker, self.connection, self.now).asks_whereabouts:
            with one_keeping(self.connection):
                keep_whereabouts(self.connection, self._today)
            if stands(self.own, self.asker.reason):
                return
        self._lay_down()

    def _lay_down(self) -> None:
        """Lay down anew, for the policies of the database, whom the asker may see."""
        with one_reading(self.connection):
            after_act = last_act(self.connection)
            sight = Sighting(self.asker, self.connection, self.now).laid()
        if not lay(self.connection, self._token, after_act, sight, self.asker.reason):
            raise SessionOver()

    @contextmanager
    def _attempt(self, route: str) -> Iterator[None]:
        """Within it something is asked for; that it was not given is logged, alike for whatever reason."""
        try:
            self.enter()
            yield
        except (NotKnown, Refused):
            self._warranted = None
            self._log(f"{NOT_GIVEN}: {route}", {HandleKind.CHILD: ()})
            raise

    def _require_places(self, route: str, thing: Thing, *, of_places: bool) -> None:
        """Stop here, and log it, where the asker may see nothing of a thing, or nothing of a team or district."""
        with self._attempt(route):
            require(refusal_to_see_route(self.asker, route))
            require(refusal_to_see_place(self.asker, thing) if of_places else None)

    def _log(self, route: str, seen: Seen, purpose: str = "") -> None:
        """Keep whom a reading showed, and by which role and for what: a line for each kind, or one line for nobody."""
        thing = thing_of(route)
        warrant = self._warranted or (warrant_of(self.asker, thing) if thing else every_role(self.asker))
        shown = {kind: sorted({handle for handle in handles if handle}) for kind, handles in seen.items()}
        self.given.update(shown.get(HandleKind.CHILD, ()))
        lines = {kind: handles for kind, handles in shown.items() if handles} or dict(list(shown.items())[:1])
        kept = [
            LogLine(
                self.now,
                self.asker.account,
                warrant.role,
                self.asker.door,
                route,
                purpose or self.asker.purpose,
                kind,
                warrant.purpose,
                handles,
            )
            for kind, handles in lines.items()
        ]
        if self._lines is None:
            self._keep_lines(kept)
        else:
            self._lines += kept

    def _keep_lines(self, lines: Sequence[LogLine]) -> None:
        if not lines:
            return
        with self.own.transaction():
            log_reads(self.own, lines)

    def _require_whole(self, route: str, thing: Thing) -> None:
        """Stop here, and log it, where the asker may not see a thing of everybody."""
        self._require_places(route, thing, of_places=True)
        if not self.sight(thing).everything:
            with self._attempt(route):
                raise Refused(
                    "This is told of the whole service, and not all of it is part of your work here.",
                    remedy="Ask somebody who leads the service, or the analyst who keeps the roles.",
                )

    def _row_at_hand(self, moment: Moment, child_id: str) -> ChildRow | None:
        """How an open child stands in a list, where it is known already and the database lets the asker see all of it.

        Whoever sees all that the record holds of the child would read the very same. Of brothers and sisters it counts
        those of whom the asker sees as much: asked in one question, whether there are any or none and whoever is
        hidden, so that its time tells of nobody.
        """
        carried_rows = None if self.own is self.connection else carried(self.connection, moment)
        lens = lens_at(self.connection, moment)
        found = carried_rows.with_kin(lens.root(child_id)) if carried_rows else None
        if found is None:
            return None
        row, kin = found
        is_seen, *are_seen = sees_all_of_each(self.own, [lens.of([one]).identifiers for one in (row.child_id, *kin)])
        return replace(row, siblings_open=sum(are_seen)) if is_seen else None

    def _is_home_of(self, kind: Kept) -> bool:
        """Whether a kind of entry is recorded here today, and not in the case system."""
        said = said_in_setting(self.own, self._today, kind)
        return said is not None and said.strip().lower() == Home.KEYWORKER


def _signed_in(shared: psycopg.Connection, token: str, asker: Asker, today: date, reason: str) -> Asker:
    """Whoever has signed in on the command line. Raises SessionOver where their session is."""
    whose = session_of(shared, token)
    if whose is None:
        raise SessionOver()
    found, _ = signed_in(shared, whose.account, today, purpose=asker.purpose, door=asker.door)
    return replace(found, reason=reason)
