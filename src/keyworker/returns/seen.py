"""What of a record shows on a day: a return says nothing that happened after the day for which it is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import polars as pl

from keyworker.facts.endings import ENDING_COLUMNS
from keyworker.vocabulary import TABLES, Kind, Table

Frames = Mapping[str, pl.DataFrame]


def seen_at(frames: Frames, at: date) -> dict[str, pl.DataFrame]:
    """The record at the end of a day: nothing that begins later, and no ending that comes later.

    Frames read at that day already are so; frames with later knowledge, such as a whole extract, become so.
    """
    return {name: _seen(TABLES[name], frame, at) for name, frame in frames.items()}


def _seen(table: Table, frame: pl.DataFrame, at: date) -> pl.DataFrame:
    match table.kind:
        case Kind.EVENT:
            return frame.filter(pl.col("happened_on").is_null() | (pl.col("happened_on") <= at))
        case Kind.PERIOD:
            ended = pl.col("to_on").is_null() | (pl.col("to_on") <= at + timedelta(days=1))
            hidden = [name for name in ("to_on", *ENDING_COLUMNS.get(table.name, ())) if name in frame.columns]
            begun = frame.filter(pl.col("from_on") <= at)
            return begun.with_columns(pl.when(ended).then(pl.col(name)).alias(name) for name in hidden)
        case _:
            return frame
