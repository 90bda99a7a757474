"""Today's pages are kept warm: what they show is read when the site starts, after each load and after midnight.

After what people write one by one it is read anew too, but no more than a tenth of the time goes into it: where
somebody writes every second it would otherwise never end, and take a processor from the pages that it is to make quick.
Everybody's rows rest for themselves, for they are read in seconds and most pages are made of them.
"""

from __future__ import annotations

import gc
import logging
import time
from datetime import date, timedelta
from threading import Event, Thread

import psycopg

from keyworker.actions.warming import read_rows, warm
from keyworker.facts.days import london_day
from keyworker.facts.ground import last_act
from keyworker.facts.remembered import is_more_than_written
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.web import bound
from keyworker.web.views.service import AGO

LOOK_EVERY = 5.0
"""Seconds between two looks at whether the record, or the day, has changed."""

RESTS = 9
"""How many times as long as the last reading took, small acts are let come before the next."""

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
        warmed: tuple[int, date] | None = None
        rested = rows_rested = 0.0
        beside = [timedelta(days=int(days)) for days, _ in AGO if days]
        while not self._stopped.is_set():
            act, today = last_act(connection), london_day(bound.now())
            began = time.monotonic()
            if act and is_wanted(connection, (act[0], today), warmed, is_rested=began >= rested):
                for _ in warm(connection, today, beside):
                    if self._stopped.is_set():
                        return
                warmed = (act[0], today)
                rested = rest_until(began, time.monotonic())
                _leave_alone()
            elif act and began >= rows_rested and read_rows(connection, today):
                rows_rested = rest_until(began, time.monotonic())
            self._stopped.wait(LOOK_EVERY)


def is_wanted(
    connection: psycopg.Connection, state: tuple[int, date], warmed: tuple[int, date] | None, *, is_rested: bool
) -> bool:
    """Whether today's pages should be read anew: at once for a new day or a load, else only after a rest.

    Takes   state, the last act and the day; warmed, those at which they were read last, None for never.
    """
    if state == warmed:
        return False
    if warmed is None or state[1] != warmed[1] or is_rested:
        return True
    return is_more_than_written(connection, warmed[0])


def rest_until(began: float, ended: float) -> float:
    """Until when small acts wait after a reading, on the same clock of seconds."""
    return ended + (ended - began) * RESTS


def _leave_alone() -> None:
    """What is kept stays until the next act: looking through it for what is lost would hold a page up for a while."""
    gc.collect()
    gc.freeze()
