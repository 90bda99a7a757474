"""The record, opened by one asker for one purpose: what every question to it does alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Self, TypeVar

import psycopg

from keyworker.access import Asker, refusal_to_see_route, require
from keyworker.actions.questions.seen import Seen
from keyworker.actions.reading import one_reading
from keyworker.facts.handles import HandleKind, id_of, is_known
from keyworker.record import upgrade
from keyworker.record.connect import DatabaseRole, connect
from keyworker.record.log import log_read
from keyworker.vocabulary.errors import KeyworkerError

T = TypeVar("T")


class Opened:
    """The record, opened by one asker for one purpose.

    Takes   connection in the application's role; now, the instant of asking, which is logged;
            home, the data folder, in which exports are listed (KEYWORKER_HOME when absent).
    """

    def __init__(self, asker: Asker, connection: psycopg.Connection, now: datetime, home: Path | None = None) -> None:
        self.asker = asker
        self.connection = connection
        self.now = now
        self.home = home

    @classmethod
    def open(cls, asker: Asker, *, now: datetime, home: Path | None = None) -> Self:
        """Open the record of a data folder (KEYWORKER_HOME when absent), or the one that DATABASE_URL names."""
        upgrade.ready(home)
        return cls(asker, connect(DatabaseRole.APPLICATION, home=home, autocommit=True), now, home)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def may(self, route: str) -> None:
        """Ask leave to open a kind of page that reads nobody's record, and log that it was opened. May refuse."""
        self._read(route, lambda: None, lambda _: {})

    def _read(self, route: str, read: Callable[[], T], seen: Callable[[T], Seen], *, allowed: bool = False) -> T:
        """Read, log, give. Takes allowed, whether leave was asked for already."""
        require(None if allowed else refusal_to_see_route(self.asker, route))
        with one_reading(self.connection):
            answer = read()
        # Logged and committed before it is given: what cannot be logged is not seen.
        self._log(route, seen(answer))
        return answer

    def _log(self, route: str, seen: Seen) -> None:
        """Keep whom a reading showed: a line for each kind, or one line for nobody."""
        shown = {kind: sorted({handle for handle in handles if handle}) for kind, handles in seen.items()}
        lines = {kind: handles for kind, handles in shown.items() if handles} or dict(list(shown.items())[:1])
        with self.connection.transaction():
            for kind, handles in lines.items():
                log_read(
                    self.connection,
                    at=self.now,
                    account=self.asker.account,
                    role=", ".join(held.role for held in self.asker.roles),
                    door=self.asker.door,
                    route=route,
                    purpose=self.asker.purpose,
                    kind=kind,
                    handles=handles,
                )

    def _found(self, kind: HandleKind, named: str) -> str | None:
        """The identifier behind a handle; an identifier itself is taken from a command or Python, never from a page."""
        found_id = id_of(self.connection, kind, named)
        if found_id is None and not self.asker.is_on_a_page and is_known(self.connection, kind, named):
            return named
        return found_id

    def _id(self, kind: HandleKind, named: str) -> str:
        """The same, of somebody who must be known. Raises KeyworkerError when nobody is."""
        return known(self._found(kind, named), kind)

    def _id_if_named(self, kind: HandleKind, named: str | None) -> str | None:
        """The same, where somebody is named at all."""
        return None if named is None else self._id(kind, named)


def known(found: T | None, kind: HandleKind) -> T:
    """What was found. Raises KeyworkerError when there is nothing, in the same words whatever the reason."""
    if found is None:
        raise KeyworkerError(
            f"No {kind} is known by that name at that moment.",
            remedy="Check the address or the identifier, or look at a later moment.",
        )
    return found
