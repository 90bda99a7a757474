"""What a process that goes through many rows keeps of the memory it has done with: little."""

from __future__ import annotations

import ctypes
import sys
from functools import cache

GIVES_BACK = "set allocator_bulk_deallocation_flush_threshold = '1MiB'"
"""Has DuckDB give memory back to the system as soon as a query is done with it, and not half a gibibyte later."""
_MOST_HEAPS = -8
"""What `mallopt` of the GNU C library calls M_ARENA_MAX."""


@cache
def one_heap() -> None:
    """From now on no thread gets a heap of its own; where the C library is another, nothing changes.

    Each thread's heap keeps what the thread gave back, and no other thread may have it: with an engine's threads beside
    our own a session held more memory, and had a third more pages cleared for it, than with one heap for all.
    """
    if not sys.platform.startswith("linux"):
        return
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        set_option(_MOST_HEAPS, 1)
