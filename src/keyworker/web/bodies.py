"""How much may be sent: a form everywhere, a file only to the page that takes one, by whoever has signed in.

It is decided from the first lines of what is sent, before the rest is read. Whom this process has seen signed in is
held in its memory alone, as digests: after a restart somebody opens a page again before a file of theirs is taken.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from copy import copy
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, parse_cookie
from django.urls import Resolver404, resolve
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser

from keyworker.web import doors

MOST_OF_A_FORM = 512 * 1024
"""So large is the largest form without a file, and everything that a program sends."""
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


class Measured(HTTPRequestParser):
    """What is sent, refused by the length that it names where so much is not taken."""

    adj: Any

    def parse_header(self, header_plus: bytes) -> None:
        """Read the first lines, and hold what follows to the length that is taken there."""
        super().parse_header(header_plus)
        # What names no length comes from no browser's form.
        if self.chunked or (self.content_length >= MOST_OF_A_FORM and not self._may_bring_a_file()):
            self.adj = copy(self.adj)
            self.adj.max_request_body_size = MOST_OF_A_FORM

    def _may_bring_a_file(self) -> bool:
        cookies = parse_cookie(self.headers.get("COOKIE", ""))
        if not SEEN.knows(cookies.get(settings.SESSION_COOKIE_NAME, "")):
            return False
        try:
            return resolve(self.path).url_name in doors.UPLOADS
        except Resolver404:
            return False


class MeasuredChannel(HTTPChannel):
    """A connection on which what is sent is measured."""

    parser_class = Measured
