"""The data folder: where the record, its database and its snapshots live on this machine."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from keyworker.vocabulary.errors import KeyworkerError

PRIVATE = 0o700


def home() -> Path:
    """The folder that holds everything Keyworker keeps, readable by its owner alone.

    Gives   the folder named by KEYWORKER_HOME, else `keyworker` in the user's data folder; made, private, if absent.
    Raises  KeyworkerError when somebody else could replace what is in it.
    """
    named = os.environ.get("KEYWORKER_HOME")
    folder = Path(named).expanduser().absolute() if named else _data_folder() / "keyworker"
    return private_folder(folder)


def private_folder(folder: Path) -> Path:
    """Make a folder private to this user. A folder already there keeps its permissions, or is refused."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=PRIVATE)
    except FileExistsError:
        refuse_unsafe(folder)
    except OSError as error:
        raise KeyworkerError(
            f"The data folder cannot be made: {error.strerror}.",
            where=str(folder),
            remedy="Set KEYWORKER_HOME to a folder that you may write to.",
        ) from error
    return folder


def refuse_unsafe(folder: Path) -> None:
    """Refuse a folder in which another user could put something in place of ours."""
    if not folder.is_dir():
        raise KeyworkerError(
            "The data folder is a file, not a folder.", where=str(folder), remedy="Set KEYWORKER_HOME to a folder."
        )
    found = folder.stat()
    if found.st_uid not in (os.geteuid(), 0) or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise KeyworkerError(
            "The data folder belongs to someone else, or others may write to it.",
            where=str(folder),
            remedy="Set KEYWORKER_HOME to a folder of your own that only you may write to (mode 700).",
        )


def _data_folder() -> Path:
    named = os.environ.get("XDG_DATA_HOME")
    return Path(named) if named and Path(named).is_absolute() else Path.home() / ".local" / "share"
