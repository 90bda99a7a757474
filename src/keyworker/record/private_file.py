"""Reading a secret out of a file that nobody else may read."""

from __future__ import annotations

import stat
from pathlib import Path

from keyworker.vocabulary.errors import KeyworkerError


def read_private(path: Path, where: str, what: str) -> str:
    """What a file of one's own holds, without the space around it.

    Takes   where, by which variable or path it was named; what, what it is, in words after "the".
    Raises  KeyworkerError when it cannot be read, or others may read it.
    """
    try:
        mode, found = path.stat().st_mode, path.read_text().strip()
    except OSError as error:
        raise KeyworkerError(
            f"The {what} cannot be read: {error.strerror}.",
            where=where,
            remedy="Name a file that this user may read.",
        ) from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyworkerError(f"Others may read the {what}.", where=where, remedy="Give it mode 600: chmod 600 FILE.")
    return found
