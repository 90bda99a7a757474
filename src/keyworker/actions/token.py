"""The session of whoever has signed in on the command line: kept in a file that only they can read, for this record."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from keyworker.record.home import home as default_home
from keyworker.record.home import private_folder

VARIABLE = "KEYWORKER_TOKEN"


def kept_token(home: Path | None = None) -> str:
    """The secret that KEYWORKER_TOKEN holds, or that was kept when somebody signed in here; empty for nobody."""
    said = os.environ.get(VARIABLE, "").strip()
    if said:
        return said
    with suppress(FileNotFoundError):
        return _file(home).read_text(encoding="ascii").strip()
    return ""


def keep_token(token: str, home: Path | None = None) -> Path:
    """Keep a secret in the user's own configuration folder, in place of any before. Gives the file."""
    file = _file(home)
    private_folder(file.parent)
    forget_token(home)
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as out:
        out.write(token)
    return file


def forget_token(home: Path | None = None) -> None:
    """Remove the secret that was kept."""
    with suppress(FileNotFoundError):
        _file(home).unlink()


def _file(home: Path | None) -> Path:
    named = os.environ.get("XDG_CONFIG_HOME")
    folder = Path(named) if named and Path(named).is_absolute() else Path.home() / ".config"
    place = os.environ.get("DATABASE_URL_APPLICATION") or os.environ.get("DATABASE_URL") or str(home or default_home())
    return folder / "keyworker" / f"session-{hashlib.sha256(place.encode()).hexdigest()[:16]}"
