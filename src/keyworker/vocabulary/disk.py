"""What the disk refuses, in words: a path that may not be read, a folder that is not there, a disk that is full."""

from __future__ import annotations

import errno
from pathlib import Path

from keyworker.vocabulary.errors import KeyworkerError

SAID = {
    errno.EACCES: ("You may not read or write this.", "Ask for the right to it, or name another place."),
    errno.EPERM: ("You may not read or write this.", "Ask for the right to it, or name another place."),
    errno.ENOENT: ("There is no such file or folder.", "Check how the path is written; make the folder first."),
    errno.ENOTDIR: ("Part of this path is a file and not a folder.", "Check how the path is written."),
    errno.EISDIR: ("This is a folder and not a file.", "Name a file in it."),
    errno.ENAMETOOLONG: ("This name is too long.", "Choose a shorter one."),
    errno.ELOOP: ("This link leads back to itself.", "Name the file that is meant."),
    errno.EROFS: ("This disk may only be read.", "Name another place."),
    errno.ENOSPC: ("The disk is full.", "Make room and try again; nothing half-done was kept."),
    errno.EDQUOT: ("Your share of the disk is full.", "Make room and try again; nothing half-done was kept."),
}


def in_words(error: OSError) -> KeyworkerError | None:
    """What the disk refused and what to do, or None where it is a fault of the program."""
    said = SAID.get(error.errno or 0)
    if said is None:
        return None
    where = error.filename
    return KeyworkerError(said[0], where=str(Path(where)) if isinstance(where, str | Path) else "", remedy=said[1])
