"""A thread beside the pages that tells webhooks what moved."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime
from threading import Event, Thread
from typing import Any

from keyworker.access import Thing
from keyworker.access.scopes import Purpose
from keyworker.actions.questions.opened import SessionOver
from keyworker.vocabulary.errors import Refused
from keyworker.web import bound
from keyworker.web.api import sending, webhooks
from keyworker.web.api.admission import Program
from keyworker.web.api.asking import opened_by
from keyworker.web.api.problems import Stopped
from keyworker.web.api.tokens import kept_of
from keyworker.web.api.uses import Doing, Use

LOOK_EVERY = 5.0
"""Seconds between two looks at what moved and what is due."""
TOLD = Use(Doing.READ, Thing.CHILDREN)
"""What a token must be for to be told: whose list it may read, it may be told of."""
_log = logging.getLogger("django.keyworker")


class Telling:
    """The thread. It is alone in its process; several processes share the work by the database."""

    def __init__(self) -> None:
        self._stopped = Event()
        self._thread = Thread(target=self._keep, name="telling", daemon=True)

    def start(self) -> None:
        """Begin, beside the pages."""
        self._thread.start()

    def stop(self) -> None:
        """Stop after the message that is being sent."""
        self._stopped.set()

    def _keep(self) -> None:
        from django.db import close_old_connections

        while not self._stopped.is_set():
            try:
                close_old_connections()
                tell(bound.now())
            except Exception as error:  # whatever it is, those who wait are told at the next look
                _log.warning("webhooks are not told: %s", type(error).__name__)
            self._stopped.wait(LOOK_EVERY)


def tell(now: datetime, send: sending.Send = sending.post) -> int:
    """Write down what moved for each webhook, as far as its account may see it today, and send what is due.

    Gives   how many messages were taken.
    """
    last = bound.source().last_act()
    for row in webhooks.open_webhooks(now):
        # Whoever may see nothing of it today is told nothing, and of all that moved meanwhile once they may.
        try:
            _write(row, now, last)
        except (Refused, Stopped):
            continue
        except Exception as error:
            _log.warning("a webhook is told of nothing more for now: %s", type(error).__name__)
    taken = sending.send_due(now, _still_seen, send)
    sending.forget_old(now)
    return taken


def _write(row: Any, now: datetime, last: int) -> None:
    """Write down what moved for one webhook. Nothing is asked, and so nothing logged, where nothing was recorded."""
    while row.told_to < last:
        with opened_by(_program(row)) as keyworker:
            moved = keyworker.moved(row.told_to)
        if not moved or not webhooks.write(row, moved, now):
            return


def _still_seen(row: Any, children: Collection[str]) -> Collection[str] | None:
    """Whom of some children a webhook's account may see now; None where it may be told nothing. Takes handles."""
    try:
        with opened_by(_program(row)) as keyworker:
            return keyworker.still_seen(children)
    except (Refused, SessionOver, Stopped):
        return None


def _program(row: Any) -> Program:
    return Program(kept_of(row.token), TOLD, Purpose(row.purpose))
