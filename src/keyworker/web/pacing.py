"""How fast pages may be asked for: by one browser as fast as a person reads, from one address as fast as an office.

Each has an allowance that is used up by asking and fills again with time. It is held in the memory of the one process
that serves the pages, so a restart forgets it; that costs nobody anything. Nothing of who asks is kept but a digest.
"""

from __future__ import annotations

import hashlib
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from keyworker.web.views import problems

Handler = Callable[[HttpRequest], HttpResponse]
MOST_HELD = 20_000
"""How many browsers and addresses are remembered: beyond it, those that asked longest ago are forgotten first."""


@dataclass(frozen=True)
class Allowance:
    """How many pages may be asked for at once, and how many more each second after that."""

    at_once: int
    a_second: float


BROWSER = Allowance(300, 5)
"""A person opens a page in seconds; a list with all its pages, files and pictures in a few dozen requests."""
ADDRESS = Allowance(2_000, 100)
"""An office may share one address: 500 people who each act every 15 seconds ask 33 times a second."""


class Pace:
    """What is left of one allowance to each of many who ask.

    Takes   clock, seconds that only go on, from any start.
    """

    def __init__(
        self, allowance: Allowance, clock: Callable[[], float] = time.monotonic, most: int = MOST_HELD
    ) -> None:
        self._allowance, self._clock, self._most = allowance, clock, most
        self._left: OrderedDict[bytes, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def ask(self, who: str) -> int:
        """Take one off what is left to somebody. Gives 0, or in how many whole seconds to ask again."""
        key, now = hashlib.sha256(who.encode(errors="replace")).digest(), self._clock()
        with self._lock:
            left, since = self._left.pop(key, (float(self._allowance.at_once), now))
            left = min(float(self._allowance.at_once), left + (now - since) * self._allowance.a_second)
            wait = 0 if left >= 1 else math.ceil((1 - left) / self._allowance.a_second)
            self._left[key] = (left if wait else left - 1, now)
            while len(self._left) > self._most:
                self._left.popitem(last=False)
        return wait


class Unhurried:
    """Asks whoever asks too fast to wait, before a session is looked up. Files of the pages' looks are not counted."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.browsers, self.addresses = Pace(BROWSER), Pace(ADDRESS)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or say in how long to ask again."""
        wait = self.addresses.ask(str(request.META.get("REMOTE_ADDR", "")))
        cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if not wait and cookie:
            wait = self.browsers.ask(cookie)
        return problems.too_fast(request, wait) if wait else self.get_response(request)
