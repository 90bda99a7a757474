"""How many files are taken in at once: each lies in memory until it is answered, so there are only so many places."""

from __future__ import annotations

import threading
from collections import Counter

AT_ONCE = 4
"""With the form around it a file fills some 8 MB: so all that is on its way in fills 32."""
OF_ONE = 2
"""So many of them for one sign-in: whoever sends again after a connection was lost need not wait for the first to end,
and nobody alone can take every place."""


class Places:
    """Places for files on their way in, in the memory of the one process that serves the pages.

    Takes   at_once, how many there are; of_one, how many of them somebody may have.
    """

    def __init__(self, at_once: int = AT_ONCE, of_one: int = OF_ONE) -> None:
        self._at_once, self._of_one = at_once, of_one
        self._held: Counter[bytes] = Counter()
        self._lock = threading.Lock()

    def take(self, whose: bytes) -> bool:
        """Take a place for somebody; False where none is free for them."""
        with self._lock:
            if self._held.total() >= self._at_once or self._held[whose] >= self._of_one:
                return False
            self._held[whose] += 1
            return True

    def leave(self, whose: bytes) -> None:
        """Give a place back."""
        with self._lock:
            self._held[whose] -= 1
            if self._held[whose] <= 0:
                del self._held[whose]

    @property
    def taken(self) -> int:
        """How many are taken."""
        with self._lock:
            return self._held.total()
