"""Locks that the kernel lets go of when their holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

PAUSE = 0.01


def open_lock(path: Path) -> int:
    """A handle on a lock file, not yet locked and not inherited by programs that this one starts."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def try_alone(handle: int) -> bool:
    """Take the lock for oneself, if nobody has it."""
    return _try(handle, fcntl.LOCK_EX)


def share(handle: int, *, within: float) -> bool:
    """Take the lock together with others, waiting while someone has it alone."""
    last = time.monotonic() + within
    while not _try(handle, fcntl.LOCK_SH):
        if time.monotonic() > last:
            return False
        time.sleep(PAUSE)
    return True


def let_go(handle: int) -> None:
    """Give the lock up and keep the handle."""
    fcntl.flock(handle, fcntl.LOCK_UN)


def same_file(handle: int, path: Path) -> bool:
    """Whether the file that was locked is still the one at that path."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _try(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
