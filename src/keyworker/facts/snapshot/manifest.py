"""What a snapshot is, who made it and why, and when it expires."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from keyworker.vocabulary.errors import KeyworkerError

FILE = "snapshot.json"


@dataclass(frozen=True)
class Manifest:
    """One snapshot.

    Takes   last_act_id, the last act whose entries it holds; identifying, whether names are in it;
            rows, how many entries each table gave.
    """

    name: str
    made_at: datetime
    expires_at: datetime
    made_by: str
    reason: str
    identifying: bool
    last_act_id: int
    rows: dict[str, int]

    def write(self, folder: Path) -> None:
        """Write this beside the tables, readable by its owner only."""
        path = folder / FILE
        path.write_text(json.dumps(asdict(self), default=str, indent=1), encoding="utf-8")
        path.chmod(0o600)


def read(folder: Path) -> Manifest:
    """Read a snapshot's manifest. Raises KeyworkerError when the folder is no snapshot."""
    try:
        said = json.loads((folder / FILE).read_text(encoding="utf-8"))
        times = {name: datetime.fromisoformat(said[name]) for name in ("made_at", "expires_at")}
        return Manifest(**{**said, **times})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise KeyworkerError(
            "This folder is not a snapshot.",
            where=str(folder),
            remedy="Name a folder that `keyworker snapshots` lists.",
        ) from error


def listed(home: Path) -> list[Manifest]:
    """Every snapshot of this home, newest first."""
    folders = (home / "snapshots").glob(f"*/{FILE}")
    return sorted((read(path.parent) for path in folders), key=lambda one: one.made_at, reverse=True)


def expire(home: Path, now: datetime) -> list[str]:
    """Remove the snapshots whose time is over. Gives their names."""
    over = [one.name for one in listed(home) if one.expires_at <= now]
    for name in over:
        shutil.rmtree(home / "snapshots" / name)
    return over
