"""A private folder for one load, gone when the load ends; what a killed load left is swept up by the next."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from keyworker.record.home import home as default_home
from keyworker.record.home import private_folder

FOLDER = "loading"
HELD = "held"


@contextmanager
def workspace(home: Path | None = None) -> Iterator[Path]:
    """A folder inside the data folder that only this user can read, for as long as the load runs."""
    parent = private_folder((home or default_home()) / FOLDER)
    _sweep(parent)
    folder = Path(tempfile.mkdtemp(prefix="load-", dir=parent))
    held = os.open(folder / HELD, os.O_CREAT | os.O_RDWR, 0o600)
    fcntl.flock(held, fcntl.LOCK_EX)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


def _sweep(parent: Path) -> None:
    for folder in parent.glob("load-*"):
        try:
            held = os.open(folder / HELD, os.O_RDWR)
        except OSError:
            continue  # it is being made, or being removed
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            pass
        finally:
            os.close(held)
