"""Every load there was, with its counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg


@dataclass(frozen=True)
class ListedLoad:
    """One load as the list of loads shows it.

    Takes   cut_at, None where nobody said; tables, from a table's name to its counts; to_mend, how many rows
            are still set aside and not mended since.
    """

    act_id: int
    format: str
    source: str
    recorded_at: datetime
    cut_at: datetime | None
    known_after: datetime | None
    known_by: datetime
    author: str
    purpose: str
    files: tuple[str, ...]
    notes: tuple[str, ...]
    tables: Mapping[str, Mapping[str, int]]
    to_mend: int

    def total(self, count: str) -> int:
        """One of the counts, over all tables."""
        return sum(counts[count] for counts in self.tables.values())

    def as_json(self) -> dict[str, Any]:
        """The load in plain values."""
        return {
            "act_id": self.act_id,
            "format": self.format,
            "source": self.source,
            "recorded_at": self.recorded_at.isoformat(),
            "cut_at": self.cut_at.isoformat() if self.cut_at else None,
            "known_after": self.known_after.isoformat() if self.known_after else None,
            "known_by": self.known_by.isoformat(),
            "author": self.author,
            "purpose": self.purpose,
            "files": list(self.files),
            "notes": list(self.notes),
            "tables": {table: dict(counts) for table, counts in self.tables.items()},
            "to_mend": self.to_mend,
        }


QUERY = """
    select act.act_id, coalesce(scope ->> 'format', source), source, recorded_at, cut_at, known_after,
        coalesce(known_by, recorded_at), author, purpose, scope -> 'files', notes, counts,
        (select count(*) from record.set_aside as row where row.act_id = act.act_id and mended_by is null)
    from record.act as act where kind = 'load' order by act_id
"""


def loads(connection: psycopg.Connection) -> list[ListedLoad]:
    """Every load, the first one first."""
    with connection.transaction():
        rows = connection.execute(QUERY).fetchall()
    return [_listed(row) for row in rows]


def _listed(row: Sequence[Any]) -> ListedLoad:
    *told, files, notes, counts, to_mend = row
    known = dict(zip(ListedLoad.__dataclass_fields__, told, strict=False))
    return ListedLoad(**known, files=tuple(files or ()), notes=tuple(notes or ()), tables=counts or {}, to_mend=to_mend)
