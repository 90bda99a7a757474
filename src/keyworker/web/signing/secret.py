"""The secret that signs cookies and seals second factors: given by the machine, or kept in the data folder."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from keyworker.record.private_file import read_private
from keyworker.vocabulary.errors import KeyworkerError

GIVEN, FILE = "KEYWORKER_SECRET", "KEYWORKER_SECRET_FILE"
KEPT = "pages.secret"
SHORTEST = 32


def secret_of(folder: Path) -> str:
    """The pages' secret: KEYWORKER_SECRET, the file that KEYWORKER_SECRET_FILE names, or one kept in the data folder.

    Gives   the same at every start, so that nobody is signed out by one and second factors stay readable. The one in
            the data folder is made at the first start, readable by its owner alone.
    Raises  KeyworkerError when it is short, cannot be read, or others may read it.
    """
    if given := os.environ.get(GIVEN):
        return _long_enough(given, GIVEN)
    if named := os.environ.get(FILE):
        return _read(Path(named), FILE)
    kept = folder / KEPT
    try:
        handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(kept, str(kept))
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return _read(kept, str(kept))


def _read(path: Path, where: str) -> str:
    return _long_enough(read_private(path, where, "file of the pages' secret"), where)


def _long_enough(found: str, where: str) -> str:
    if len(found) < SHORTEST:
        raise KeyworkerError(
            f"The pages' secret is shorter than {SHORTEST} characters.",
            where=where,
            remedy="Use a long random one, or none: then Keyworker makes and keeps its own.",
        )
    return found
