"""What a process that goes through many rows keeps of the memory it has done with: little."""

from __future__ import annotations

import ctypes
import re
import sys
from functools import cache
from pathlib import Path

GIVES_BACK = "set allocator_bulk_deallocation_flush_threshold = '1MiB'"
"""Has DuckDB give memory back to the system as soon as a query is done with it, and not half a gibibyte later."""
_MOST_HEAPS, _LONG, _LEFT_OVER = -8, -3, -1
"""What `mallopt` of the GNU C library calls M_ARENA_MAX, M_MMAP_THRESHOLD and M_TRIM_THRESHOLD."""
_MEBIBYTE = 1 << 20


@cache
def one_heap() -> None:
    """From now on no thread gets a heap of its own; where the C library is another, nothing changes.

    Each thread's heap keeps what the thread gave back, and no other thread may have it: with an engine's threads beside
    our own a session held more memory, and had a third more pages cleared for it, than with one heap for all. What is
    longer than a mebibyte lies in none of them: the library would put it there once a longer one was given back, and
    could give back nothing that lies below it. Arrow takes its memory there too: its own allocator keeps what it has
    done with, some 15 MiB that nobody else may have.
    """
    if not sys.platform.startswith("linux"):
        return
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        for option, value in ((_MOST_HEAPS, 1), (_LONG, _MEBIBYTE), (_LEFT_OVER, _MEBIBYTE)):
            set_option(option, value)
    import pyarrow as pa  # not loaded by whoever only compiles

    pa.set_memory_pool(pa.system_memory_pool())


_COMPILER = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) r-xp .*/libllvmlite\.so$", re.MULTILINE)
_DONT_NEED = 4
"""What `madvise` of Linux calls MADV_DONTNEED."""


def without_the_compiler() -> None:
    """Let go of the compiler's own instructions: the system reads again from its file whatever is asked for later.

    They are needed while a function is compiled or loaded, and are then 60 MiB that nobody looks at. Nothing is ever
    written to them, so nothing is lost.
    """
    for start, size in _instructions_of_the_compiler():
        _madvise()(ctypes.c_void_p(start), ctypes.c_size_t(size), _DONT_NEED)


@cache
def _instructions_of_the_compiler() -> list[tuple[int, int]]:
    """Where they lie, once the compiler was loaded, and how many bytes."""
    try:
        maps = Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []  # another system than Linux keeps them as it likes
    return [(int(start, 16), int(end, 16) - int(start, 16)) for start, end in _COMPILER.findall(maps)]


@cache
def _madvise() -> ctypes._NamedFuncPointer:
    return ctypes.CDLL(None).madvise
