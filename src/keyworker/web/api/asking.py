"""The record, opened by a program: as its account, under a session of its own, by the same table as a page."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from typing import cast

from django.http import HttpRequest, HttpResponse

from keyworker.access import Asker, Door, Scope, Thing, who_may
from keyworker.access.scopes import Purpose
from keyworker.actions import Keyworker
from keyworker.actions.questions.opened import SessionOver
from keyworker.web import bound
from keyworker.web.api.admission import Program
from keyworker.web.api.kept_back import note
from keyworker.web.api.problems import Kind, Stopped, problem
from keyworker.web.shown import showing
from keyworker.web.source import Record

LASTING = timedelta(hours=7)
"""A session of the record lasts eight hours: a program's is renewed before."""


class Sessions:
    """The sessions of the record under which tokens read, in the memory of this process: each is opened when it is
    first needed, and anew when it is over."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], tuple[str, datetime]] = {}
        self._lock = threading.Lock()

    def secret(self, program: Program, now: datetime, *, anew: bool = False) -> str:
        """The session's secret. Takes anew, whether the one before is over."""
        source = bound.source()
        key = (source.place, program.token.ref)
        with self._lock:
            held = self._held.get(key)
            if held is None or anew or not timedelta() <= now - held[1] < LASTING:
                held = self._held[key] = (source.signed_in(program.token.account, Door.API), now)
            return held[0]


_sessions = Sessions()


def program_of(request: HttpRequest) -> Program:
    """The program that makes a request."""
    return cast(Program, request.auth)


@contextmanager
def asked(request: HttpRequest, *, writes: bool = False) -> Iterator[Keyworker]:
    """The record, opened by the program that makes a request, for the thing that its operation is about.

    Takes   writes, whether anything is written; what only reads is read at one instant, and given once this ends.
    Raises  Refused, and logs it, where the table opens nothing of the thing to the account; Stopped for a purpose that
            is none of the account's.
    """
    program = program_of(request)
    with opened_by(program, writes=writes) as record:
        yield record
        if program.names:
            note(request, record)


@contextmanager
def opened_by(program: Program, *, writes: bool = False) -> Iterator[Keyworker]:
    """The record, opened by a program that was let in. Takes and raises what `asked` does."""
    with ExitStack() as opening:
        record = _opened(opening, program, writes)
        thing = program.use.thing
        own = purposes_of(record.asker, thing)
        if not own:
            raise record.refusal([thing])
        if program.purpose not in own:
            raise Stopped(_not_theirs(own))
        yield record


def purposes_of(asker: Asker, thing: Thing) -> list[Purpose]:
    """The purposes for which somebody's roles open a thing."""
    cells = [who_may()[thing].cell(held.role) for held in asker.roles]
    return [cell.purpose for cell in cells if cell.scope is not Scope.NONE and cell.purpose is not None]


def _opened(opening: ExitStack, program: Program, writes: bool) -> Keyworker:
    now = bound.now()
    _require_owner(program, now)
    for attempt in (1, 2):
        secret = _sessions.secret(program, now, anew=attempt == 2)
        with ExitStack() as trying:
            trying.enter_context(showing(secret))
            try:
                record: Record = trying.enter_context(
                    bound.source().opened(
                        program.token.account,
                        program.logged_as,
                        now,
                        program.reason,
                        one_page=not writes,
                        door=Door.API,
                    )
                )
            except SessionOver:
                if attempt == 2:
                    raise
                continue
            opening.push(trying.pop_all())
            # Programs ask what no page asks, of the real record alone.
            opened = cast(Keyworker, record)
            opened.is_of_system = program.token.owner != program.token.account
            return opened
    raise SessionOver()


def _require_owner(program: Program, now: datetime) -> None:
    """Raises Refused where nobody answers for the token any more: its owner holds no role today, or has left."""
    if program.token.owner != program.token.account:
        bound.source().holds_a_role(program.token.owner, now)


def _not_theirs(own: list[Purpose]) -> HttpResponse:
    return problem(
        403,
        Kind.PURPOSE,
        "Not for that purpose",
        detail="No role of the token's account opens this for the purpose that was sent.",
        remedy=f"Send one for which it is open: {', '.join(dict.fromkeys(own))}.",
    )
