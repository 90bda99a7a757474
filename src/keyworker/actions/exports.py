"""What left the record as files: what, by whom, what for, whether it holds names, and until when it may lie about.

Each export is listed in the data folder, as a snapshot is. Its files lie where they were asked for, readable by their
owner only. When its time is over, those that are still as they were written are removed.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

FOLDER = "exports"


class State(StrEnum):
    """How a file of an export stands."""

    HERE = "as written"
    CHANGED = "changed since"  # somebody works with it now, and it is theirs to remove
    GONE = "gone"
    REMOVED = "removed"  # by us, when its time was over
    ELSEWHERE = "where it was saved"  # a page gave it to a browser


@dataclass(frozen=True)
class ExportedFile:
    """One file: its path, or its name alone where a page gave it to a browser; its size in bytes and its digest."""

    path: str
    size: int
    sha256: str

    @property
    def state(self) -> State:
        """How it stands on this disk."""
        if not Path(self.path).is_absolute():
            return State.ELSEWHERE
        try:
            found = _opened(Path(self.path))
        except OSError:
            return State.GONE
        with os.fdopen(found, "rb") as file:
            same = (
                os.fstat(found).st_size == self.size and hashlib.file_digest(file, "sha256").hexdigest() == self.sha256
            )
        return State.HERE if same else State.CHANGED


@dataclass(frozen=True)
class Export:
    """One export.

    Takes   what, such as `return cin`; door, the way by which it was asked for; identifying, whether it holds names
            or what else identifies a person outside the record; for_whom, who it is for, in words that name nobody;
            folder, the one that was made for it, if any; removed_at, when its files were removed.
    """

    name: str
    what: str
    made_at: datetime
    expires_at: datetime
    made_by: str
    reason: str
    door: str
    identifying: bool
    files: tuple[ExportedFile, ...]
    for_whom: str = ""  # empty in the list of an older program
    folder: str = ""
    removed_at: datetime | None = None

    @property
    def states(self) -> tuple[State, ...]:
        """How its files stand, each kind once."""
        if self.removed_at:
            return (State.REMOVED, *sorted({one.state for one in self.files} - {State.GONE}))
        return tuple(sorted({one.state for one in self.files}))

    def as_json(self) -> dict[str, Any]:
        """The export in plain values."""
        removed = self.removed_at.isoformat() if self.removed_at else None
        times = {"made_at": self.made_at.isoformat(), "expires_at": self.expires_at.isoformat(), "removed_at": removed}
        return {**asdict(self), **times, "states": list(self.states)}


def measured(path: Path) -> ExportedFile:
    """A file as it lies on this disk."""
    with path.open("rb") as file:
        return ExportedFile(str(path), os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest())


def keep(home: Path, export: Export) -> None:
    """List an export, readable by its owner only. What is listed under its name already is replaced."""
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    written = folder / f".{export.name}"
    with os.fdopen(os.open(written, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        json.dump(asdict(export), file, default=str, indent=1)
    written.replace(folder / f"{export.name}.json")


def listed(home: Path) -> tuple[list[Export], list[Path]]:
    """Every export of this home, newest first, and the files in their list that are no export's."""
    found: list[Export] = []
    broken: list[Path] = []
    for path in (home / FOLDER).glob("*.json"):
        try:
            found.append(_read(path))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            broken.append(path)
    return sorted(found, key=lambda one: one.made_at, reverse=True), sorted(broken)


def _read(path: Path) -> Export:
    said = json.loads(path.read_text(encoding="utf-8"))
    times = {name: datetime.fromisoformat(said[name]) for name in ("made_at", "expires_at")}
    removed = datetime.fromisoformat(said["removed_at"]) if said["removed_at"] else None
    return Export(
        **{**said, **times, "removed_at": removed, "files": tuple(ExportedFile(**one) for one in said["files"])}
    )


def expire(home: Path, now: datetime) -> list[Path]:
    """Remove the files of exports whose time is over, where they are still as they were written. Gives their paths.

    A file that a newer export has written in its place, and one that somebody has changed, stays.
    """
    exports, _ = listed(home)
    living = {file.path for one in exports if one.expires_at > now for file in one.files}
    removed: list[Path] = []
    for one in exports:
        if one.expires_at > now or one.removed_at:
            continue
        for file in one.files:
            if file.path not in living and file.state is State.HERE:
                Path(file.path).unlink()
                removed.append(Path(file.path))
        if one.folder and one.folder not in {other.folder for other in exports if other.expires_at > now}:
            remove_empty(Path(one.folder))
        keep(home, replace(one, removed_at=now))
    return removed


def remove_empty(folder: Path) -> None:
    """Remove the folder that was made for an export, as far as nothing is left in it."""
    if not folder.is_dir() or folder.is_symlink():
        return
    inside = sorted((path for path in folder.rglob("*") if path.is_dir() and not path.is_symlink()), reverse=True)
    for path in (*inside, folder):
        if not any(path.iterdir()):
            path.rmdir()


def _opened(path: Path) -> int:
    """Open a plain file of our own; a link, a pipe or another person's file is none. Raises OSError."""
    found = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    told = os.fstat(found)
    if not stat.S_ISREG(told.st_mode) or told.st_uid != os.geteuid():
        os.close(found)
        raise OSError(f"{path} is no plain file of our own")
    return found
