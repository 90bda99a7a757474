"""What went into a return, what came out, what was left out and why, and where it is blank."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl


@dataclass(frozen=True)
class Line:
    """One list or file of a return: rows in, rows out, and the rows left out by reason."""

    part: str
    rows_in: int
    rows_out: int
    left_out: dict[str, int] = field(default_factory=dict)
    blanks: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.rows_in != self.rows_out + sum(self.left_out.values()):
            raise ValueError(f"{self.part}: {self.rows_in} in is not {self.rows_out} out and the rest left out")


@dataclass
class Reconciliation:
    """The sheet that goes with a return. `draft` says why the layout is not to be trusted yet, where that is so."""

    draft: str = ""
    lines: list[Line] = field(default_factory=list)
    conflicts: dict[str, int] = field(default_factory=dict)
    unconfirmed: dict[tuple[str, str], int] = field(default_factory=dict)

    def rows(self) -> list[tuple[str, str, str, int]]:
        """The sheet, as part, what, detail, count."""
        found: list[tuple[str, str, str, int]] = []
        for line in self.lines:
            found.append((line.part, "rows in", "", line.rows_in))
            found.append((line.part, "rows out", "", line.rows_out))
            found += [(line.part, "left out", why, count) for why, count in line.left_out.items()]
            found += [(line.part, "blank", column, count) for column, count in line.blanks.items() if count]
            found += [
                (part, "filled, but the wording of its codes is unconfirmed", column, count)
                for (part, column), count in self.unconfirmed.items()
                if part == line.part
            ]
        found += [("all lists", "children in conflicting lists", what, count) for what, count in self.conflicts.items()]
        return found

    def write(self, path: Path) -> None:
        """Write the sheet as CSV."""
        with path.open("w", newline="", encoding="utf-8") as file:
            sheet = csv.writer(file)
            if self.draft:
                sheet.writerow([self.draft])
            sheet.writerow(["part", "what", "detail", "count"])
            sheet.writerows(self.rows())


def blanks(frame: pl.DataFrame) -> dict[str, int]:
    """How many rows are blank in each column."""
    return {name: int(frame[name].is_null().sum()) for name in frame.columns}
