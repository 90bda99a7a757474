"""Where the tests' servers keep their data: in memory where there is room, for a clone takes 8 ms there, not 160."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

from keyworker.record.server import locks

MEMORY = Path("/dev/shm")
ENOUGH = 4 * 1024**3
PREFIX = "kw-tests-"
OLD = 7_200
"""Seconds after which nobody uses a folder whose server does not run: a run of all tests is long over."""


def private_place() -> Path:
    """A new folder that only this user can open. Folders left by test runs that were killed are removed."""
    parent = MEMORY if _roomy(MEMORY) else Path(tempfile.gettempdir())
    _sweep(parent)
    return Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))


def _roomy(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > ENOUGH


def _sweep(parent: Path) -> None:
    for folder in parent.glob(f"{PREFIX}*"):
        if folder.stat().st_uid == os.geteuid() and _abandoned(folder / "database" / "server.lock"):
            shutil.rmtree(folder, ignore_errors=True)


def _abandoned(lock: Path) -> bool:
    try:
        if time.time() - lock.stat().st_mtime < OLD:
            return False
        handle = os.open(lock, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        return locks.try_alone(handle)
    finally:
        os.close(handle)
