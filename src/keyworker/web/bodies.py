"""How much may be sent: a form everywhere, a file only to the page that takes one, by whoever has signed in.

It is decided from the first lines of what is sent, before the rest is read. Whom this process has seen signed in is
held in its memory alone, as digests: after a restart somebody opens a page again before a file of theirs is taken.
"""

from __future__ import annotations

import hashlib
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable
from copy import copy
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, parse_cookie
from django.urls import Resolver404, resolve
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.receiver import FixedStreamReceiver

from keyworker.web import doors
from keyworker.web.broken_off import BrokenOff
from keyworker.web.places import Places

MOST_OF_A_FORM = 512 * 1024
"""So large is the largest form without a file, and everything that a program sends."""
MOST_DROPPED = 64 * 1024 * 1024
"""A photo straight from a camera is read to its end and dropped, so that the browser shows why. Beyond this the
connection is broken off."""
MOST_HELD = 20_000


class SeenIn:
    """Session cookies under which somebody was signed in lately; those seen longest ago are forgotten first."""

    def __init__(self, most: int = MOST_HELD) -> None:
        self._most = most
        self._held: OrderedDict[bytes, None] = OrderedDict()
        self._lock = threading.Lock()

    def note(self, cookie: str, *, is_in: bool) -> None:
        """Remember a cookie under which somebody is signed in, or forget one under which nobody is any more."""
        key = _digest(cookie)
        with self._lock:
            self._held.pop(key, None)
            if is_in:
                self._held[key] = None
            while len(self._held) > self._most:
                self._held.popitem(last=False)

    def knows(self, cookie: str) -> bool:
        """Whether somebody was signed in under a cookie when it was last seen."""
        with self._lock:
            return _digest(cookie) in self._held


def _digest(cookie: str) -> bytes:
    return hashlib.sha256(cookie.encode(errors="replace")).digest()


SEEN = SeenIn()


class NotesWhoIsIn:
    """Notes under which cookies somebody is signed in, for the server that reads what is sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if cookie:
            SEEN.note(cookie, is_in=request.user.is_authenticated)
        return self.get_response(request)


PLACES = Places()


class Dropped:
    """What is sent and not kept: it is read to its end, so that whoever sends it can read the answer."""

    def append(self, data: bytes) -> None:
        """Keep nothing."""

    def close(self) -> None:
        """There is nothing to close."""

    def __len__(self) -> int:
        return 0


class Measured(HTTPRequestParser):
    """What is sent, refused by the length that it names where so much is not taken, or where no place is free."""

    adj: Any
    path = ""
    _refused: int | None = None
    _leave: Callable[[], object] | None = None

    def received(self, data: bytes) -> int:
        """Take in a part of what is sent. What goes wrong is said in our own words."""
        taken: int = super().received(data)
        if self.completed and self._refused is not None:
            self.error = BrokenOff(self._refused, self.path)
        elif self.error is not None and not isinstance(self.error, BrokenOff):
            self.error = BrokenOff(self.error.code, self.path)
        return taken

    def parse_header(self, header_plus: bytes) -> None:
        """Read the first lines, and hold what follows to the length that is taken there."""
        super().parse_header(header_plus)
        # What names no length comes from no browser's form.
        if not self.chunked and self.content_length < MOST_OF_A_FORM:
            return
        whose = None if self.chunked else self._who_may_bring_a_file()
        if whose is None:
            self._hold_to(MOST_OF_A_FORM)
        elif self.content_length >= self.adj.max_request_body_size:
            self._drop(413)
        elif not PLACES.take(whose):
            self._drop(503)
        else:
            # Whatever becomes of the request, its place is free again once it is closed or forgotten.
            leave = weakref.finalize(self, PLACES.leave, whose)
            leave.atexit = False
            self._leave = leave

    def close(self) -> None:
        """Forget what was sent, and leave its place."""
        super().close()
        if self._leave is not None:
            self._leave()

    def _hold_to(self, most: int) -> None:
        self.adj = copy(self.adj)
        self.adj.max_request_body_size = most

    def _drop(self, code: int) -> None:
        """Read what follows without keeping it, where that is worth it, and then say why."""
        self._refused = code
        self._hold_to(MOST_DROPPED)
        self.body_rcv = FixedStreamReceiver(self.content_length, Dropped())

    def _who_may_bring_a_file(self) -> bytes | None:
        """The digest of the cookie of whoever may bring a file to this address; None where nobody may."""
        cookie = parse_cookie(self.headers.get("COOKIE", "")).get(settings.SESSION_COOKIE_NAME, "")
        try:
            is_taken = resolve(self.path).url_name in doors.UPLOADS
        except Resolver404:
            return None
        return _digest(cookie) if is_taken and SEEN.knows(cookie) else None


class MeasuredChannel(HTTPChannel):
    """A connection on which what is sent is measured."""

    parser_class = Measured

    def handle_close(self) -> None:
        """Close it. What was on its way in is forgotten, and its place is free."""
        super().handle_close()
        if self.request is not None:
            self.request.close()
