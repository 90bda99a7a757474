"""Every load of the record, as its line in a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg


@dataclass(frozen=True)
class LoadLine:
    """One load: what it read, added, changed, ended, left and set aside, and when the extract was cut."""

    act_id: int
    source: str
    author: str
    recorded_at: datetime
    cut_at: datetime | None
    known_after: datetime | None
    known_by: datetime | None
    counts: dict[str, dict[str, int]]
    notes: Any
    set_aside: int

    def total(self, what: str) -> int:
        """One count over all of the load's tables."""
        return sum(table.get(what, 0) for table in self.counts.values())


def loads(connection: psycopg.Connection) -> list[LoadLine]:
    """Every load, newest first."""
    rows = connection.execute(
        """
        select a.act_id, a.source, a.author, a.recorded_at, a.cut_at, a.known_after, a.known_by,
            coalesce(a.counts, '{}'), a.notes,
            (select count(*) from record.set_aside s where s.act_id = a.act_id and s.mended_by is null)
        from record.act a where a.kind = 'load' order by a.act_id desc
        """
    )
    return [LoadLine(*row) for row in rows.fetchall()]
