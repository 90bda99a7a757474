"""How much of the machine's memory the embedded server takes for what it has read."""

from __future__ import annotations

import os
from pathlib import Path

LEAST, MOST, SHARE = 256, 1024, 8
"""MiB at least and at most, and the part of the machine's memory in between."""
_LIMIT = Path("/sys/fs/cgroup/memory.max")


def buffers(mebibytes: int) -> str:
    """PostgreSQL's `shared_buffers` for a machine of so much memory.

    Each page that does not lie in them is copied from the system's memory and its checksum worked out anew, which was
    a ninth of what the clocks of ten thousand children took the server.
    """
    return f"{min(max(mebibytes // SHARE, LEAST), MOST)}MB"


def of_this_machine(limit: Path = _LIMIT) -> int:
    """The MiB that this machine has, or its container may use, where it is in one."""
    own = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        told = limit.read_text(encoding="ascii").strip()
    except OSError:
        told = ""
    return min(own, int(told) if told.isdigit() else own) >> 20
