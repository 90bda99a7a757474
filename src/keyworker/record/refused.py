"""Loads that were refused or stopped: what file, by whom, when, why and what to do. It holds no row, no identifier."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import psycopg

COLUMNS = ("at", "outcome", "author", "purpose", "file", "place", "reason", "remedy")


@dataclass(frozen=True)
class RefusedLoad:
    """One load of which nothing was kept.

    Takes   outcome, `refused` where the file cannot be trusted, `stopped` where somebody must decide first;
            file, its name as it was given; place, where in it the fault lies.
    """

    at: datetime
    outcome: str
    author: str
    purpose: str
    file: str
    place: str
    reason: str
    remedy: str

    def as_json(self) -> dict[str, Any]:
        """The same in plain values."""
        return {**asdict(self), "at": self.at.isoformat()}


def keep_refused(connection: psycopg.Connection, refused: RefusedLoad) -> None:
    """Keep one, as the loader. It commits by itself."""
    marks = ", ".join(["%s"] * len(COLUMNS))
    with connection.transaction():
        connection.execute(
            f"insert into record.refused_load ({', '.join(COLUMNS)}) values ({marks})".encode(),
            [getattr(refused, name) for name in COLUMNS],
        )


def refused_loads(connection: psycopg.Connection) -> list[RefusedLoad]:
    """Every load that was refused or stopped, the first one first."""
    with connection.transaction():
        rows = connection.execute(
            f"select {', '.join(COLUMNS)} from record.refused_load order by refused_load_id".encode()
        ).fetchall()
    return [RefusedLoad(*row) for row in rows]
