"""What a load did, as people and programs read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from keyworker.record.writer import Counts


@dataclass(frozen=True)
class LoadReport:
    """One load: which source, when it was cut and taken in, and what it did to each table.

    Takes   known_after and known_by, the instants between which the council came to know what the load brought;
            cut_at is None where neither the file nor the user says when the extract was cut.
    """

    format: str
    source: str
    act_id: int
    recorded_at: datetime
    cut_at: datetime | None
    known_after: datetime | None
    known_by: datetime
    files: tuple[str, ...]
    notes: tuple[str, ...]
    tables: Mapping[str, Counts]

    @property
    def changed_nothing(self) -> bool:
        """Whether the record held all of this already."""
        return not any(counts.added or counts.changed or counts.ended for counts in self.tables.values())

    def wrote_any_of(self, tables: Iterable[str]) -> bool:
        """Whether the load changed what the record holds of any of these tables."""
        found = (self.tables[table] for table in tables if table in self.tables)
        return any(counts.added or counts.changed or counts.ended for counts in found)

    def as_json(self) -> dict[str, Any]:
        """The report in plain values."""
        return {
            "format": self.format,
            "source": self.source,
            "act_id": self.act_id,
            "recorded_at": self.recorded_at.isoformat(),
            "cut_at": self.cut_at.isoformat() if self.cut_at else None,
            "known_after": self.known_after.isoformat() if self.known_after else None,
            "known_by": self.known_by.isoformat(),
            "files": list(self.files),
            "notes": list(self.notes),
            "tables": {table: asdict(counts) for table, counts in self.tables.items()},
        }


def together(reports: Iterable[LoadReport]) -> dict[str, dict[str, int]]:
    """What several loads did to each table, added up."""
    total: dict[str, dict[str, int]] = {}
    for report in reports:
        for table, counts in report.tables.items():
            sums = total.setdefault(table, dict.fromkeys(asdict(counts), 0))
            for what, count in asdict(counts).items():
                sums[what] += count
    return total
