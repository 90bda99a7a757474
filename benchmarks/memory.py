"""How much memory this process has held at most."""

from __future__ import annotations

import re
from pathlib import Path

_MOST = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


def peak_mib() -> int:
    """The most that this program has held since it began, its libraries included, in MiB.

    What `getrusage` says of a process goes on from whoever started it: a benchmark that made its data first would show
    its own peak for every engine.
    """
    found = _MOST.search(Path("/proc/self/status").read_text())
    if found is None:
        raise RuntimeError("This system does not say how much memory a process has held; measure on Linux.")
    return int(found.group(1)) >> 10
