"""Rows of a frame, gathered under what they belong to, so that a return can be written child by child."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl

Row = dict[str, Any]
DAY = timedelta(days=1)


def gathered(frames: Mapping[str, pl.DataFrame], table: str, by: str, *, order: str = "") -> dict[str, list[Row]]:
    """Every row of a table under the value of one column, in order; rows without that value are left out."""
    frame = frames.get(table)
    found: dict[str, list[Row]] = defaultdict(list)
    if frame is None or frame.is_empty():
        return found
    ordered = frame.sort([order, *_tie_break(frame)], nulls_last=True) if order else frame
    for row in ordered.iter_rows(named=True):
        if row[by] is not None:
            found[row[by]].append(row)
    return found


def _tie_break(frame: pl.DataFrame) -> list[str]:
    # File order never decides: rows that begin on one day are ordered by their own identifier.
    return [name for name in frame.columns if name.endswith("_id")][:1]


def last_day(row: Row) -> date | None:
    """The last day on which a period's row was so, as a source would write it."""
    to_on: date | None = row["to_on"]
    return to_on - DAY if to_on else None


def overlaps(row: Row, first: date, last: date) -> bool:
    """Whether a period's row touches any day from `first` to `last`, both included."""
    end = last_day(row)
    return row["from_on"] is not None and row["from_on"] <= last and (end is None or end >= first)
