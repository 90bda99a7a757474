"""Today's pages are kept warm: what they show is read when the site starts, after each load and after midnight."""

from __future__ import annotations

import gc
import logging
from datetime import timedelta
from threading import Event, Thread

import psycopg

from keyworker.actions.warming import warm
from keyworker.facts.days import london_day
from keyworker.facts.ground import last_act
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.web import bound
from keyworker.web.views.service import AGO

LOOK_EVERY = 5.0
"""Seconds between two looks at whether the record, or the day, has changed."""

_log = logging.getLogger("django.keyworker")


class Warmth:
    """A thread that reads what today's pages show before anybody asks.

    Takes   address, the database's in the service's role.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._stopped = Event()
        self._thread = Thread(target=self._keep, name="warmth", daemon=True)

    def start(self) -> None:
        """Begin, beside the pages."""
        self._thread.start()

    def stop(self) -> None:
        """Stop after the answer that is being read."""
        self._stopped.set()
        gc.unfreeze()

    def _keep(self) -> None:
        while not self._stopped.is_set():
            try:
                with psycopg.connect(self._address, autocommit=True) as connection:
                    self._watch(connection)
            except (psycopg.Error, KeyworkerError) as error:
                # A page asks for itself what could not be read here, and says what is wrong to whoever sees it.
                _log.warning("today's pages are not warm: %s", type(error).__name__)
            self._stopped.wait(LOOK_EVERY)

    def _watch(self, connection: psycopg.Connection) -> None:
        warmed: object = None
        beside = [timedelta(days=int(days)) for days, _ in AGO if days]
        while not self._stopped.is_set():
            state = (last_act(connection), london_day(bound.now()))
            if state != warmed and state[0] is not None:
                for _ in warm(connection, state[1], beside):
                    if self._stopped.is_set():
                        return
                warmed = state
                _leave_alone()
            self._stopped.wait(LOOK_EVERY)


def _leave_alone() -> None:
    """What is kept stays until the next act: looking through it for what is lost would hold a page up for a while."""
    gc.collect()
    gc.freeze()
