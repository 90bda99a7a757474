"""Which column or step kind holds what each timescale starts from, is met by and stops at.

The timescales themselves are dated, sourced data of their own; this says only where the record holds their days.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from keyworker.vocabulary.shipped import rows


@dataclass(frozen=True)
class Held:
    """One place where a day is held.

    Takes   kind: `column` (what is `table.column`), `step` (what is a step kind), `calendar` (what is a date or a
            day of the year) or `record` (what is a column that every entry has);
            only, the columns that must hold one of the values beside them for a row to count.
    """

    kind: str
    what: str
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def table(self) -> str:
        """The table of a column; empty for anything else."""
        return self.what.partition(".")[0] if self.kind == "column" else ""

    @property
    def column(self) -> str:
        """The name of a column in its table; empty for anything else."""
        return self.what.partition(".")[2] if self.kind == "column" else ""


@dataclass(frozen=True)
class TimescaleTables:
    """Where the days of one timescale are held."""

    rule: str
    starts: tuple[Held, ...]
    completes: tuple[Held, ...]
    stops: tuple[Held, ...]


@cache
def timescale_tables() -> dict[str, TimescaleTables]:
    """By rule, where its start, its completion and its stop are held."""
    return {
        row["rule"]: TimescaleTables(row["rule"], _held(row["starts"]), _held(row["completes"]), _held(row["stops"]))
        for row in rows("timescale_tables.csv")
    }


def _held(cell: str) -> tuple[Held, ...]:
    return tuple(_one(part.strip()) for part in cell.split(";") if part.strip())


def _one(part: str) -> Held:
    kind, colon, what = part.partition(":")
    if colon:
        return Held(kind, what)
    column, _, rest = part.rstrip("]").partition("[")
    only = (one.partition("=") for one in rest.split(",") if one)
    return Held("column", column, tuple((name, tuple(values.split("/"))) for name, _, values in only))
