"""A thread beside the pages that sends the reminders that are due."""

from __future__ import annotations

import logging
from threading import Event, Thread

from keyworker.web import bound
from keyworker.web.reminders.machine import Machine
from keyworker.web.reminders.round import remind

LOOK_EVERY = 60.0
_log = logging.getLogger("django.keyworker")


class Reminding:
    """The thread. Several processes share the work by the database. Takes link, where the pages are."""

    def __init__(self, machine: Machine, link: str) -> None:
        self._machine, self._link = machine, link
        self._stopped = Event()
        self._thread = Thread(target=self._keep, name="reminding", daemon=True)

    def start(self) -> None:
        """Begin, beside the pages."""
        self._thread.start()

    def stop(self) -> None:
        """Stop after the reminder that is being sent."""
        self._stopped.set()

    def _keep(self) -> None:
        from django.db import close_old_connections

        while not self._stopped.is_set():
            try:
                close_old_connections()
                remind(bound.now(), self._machine, self._link)
            except Exception as error:  # whatever it is, what is due is sent at the next look
                _log.warning("reminders are not sent: %s", type(error).__name__)
            self._stopped.wait(LOOK_EVERY)
