"""Records of lives: rows, when each was entered, what each said before it was put right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np
import polars as pl

from keyworker.county.chance import Ints
from keyworker.facts.dtypes import DTYPES, INSTANT
from keyworker.vocabulary import TABLES

Frames = dict[str, pl.DataFrame]

NEVER = 2**52
"""The instant of what was not entered; later than any."""


@dataclass(frozen=True)
class Edit:
    """One column of some rows said something else until an instant.

    Takes   rows, positions in the table; until, seconds since 1970, the instant at which it was put right.
    """

    column: str
    rows: Ints
    before: pl.Series
    until: Ints


@dataclass
class Kept:
    """One table: the rows as they are now known, and how they came to be known.

    Takes   entered, when each row was typed in, in seconds since 1970; ended, when its ending was;
            ending, the columns that the ending filled; says, whether the source tells when a row was typed in.
    """

    table: str
    rows: pl.DataFrame
    entered: Ints
    ended: Ints | None = None
    ending: tuple[str, ...] = ()
    says: bool = False
    edits: list[Edit] = field(default_factory=list)

    def known(self, instant: int) -> pl.DataFrame:
        """The rows entered by an instant, as they then stood."""
        frame, entered = self.rows, self.entered
        for edit in sorted(self.edits, key=lambda one: one.column):
            frame = _unedited(frame, edit, instant)
        entered = _last_edited(entered, self.edits, instant)
        if self.ended is not None:
            later = pl.Series(self.ended > instant)
            frame = frame.with_columns(
                pl.when(later).then(None).otherwise(pl.col(name)).alias(name) for name in self.ending
            )
        when = pl.Series("entered_at", entered * 1_000_000 if self.says else [None] * len(entered), dtype=pl.Int64)
        frame = frame.with_columns(when.cast(INSTANT))
        return frame.filter(pl.Series(self.entered <= instant))


def _unedited(frame: pl.DataFrame, edit: Edit, instant: int) -> pl.DataFrame:
    """Put back what was said before, where the instant is earlier than the correction.

    Of several corrections of one row still to come, the soonest says what was known. Where they stand in
    several edits, those are given latest first.
    """
    still = np.flatnonzero(edit.until > instant)
    if not len(still):
        return frame
    order = still[np.lexsort((edit.until[still], edit.rows[still]))]
    _, first = np.unique(edit.rows[order], return_index=True)
    soonest = order[first]
    column = frame[edit.column].clone()
    values = edit.before.gather(soonest).cast(column.dtype)
    return frame.with_columns(column.scatter(edit.rows[soonest], values).alias(edit.column))


def _last_edited(entered: Ints, edits: list[Edit], instant: int) -> Ints:
    if not edits:
        return entered
    last = entered.copy()
    for edit in edits:
        done = edit.until <= instant
        np.maximum.at(last, edit.rows[done], edit.until[done])
    return last


def unfilled(frame: pl.DataFrame, names: Iterable[str], rows: Ints, until: Ints) -> list[Edit]:
    """Columns that were empty in some rows until an instant each: what is arranged has not happened yet."""
    empty = pl.Series([None]).new_from_index(0, len(rows))
    return [Edit(name, rows, empty.cast(frame.schema[name]), until) for name in names]


def typed(table: str, columns: Mapping[str, object], height: int) -> pl.DataFrame:
    """A frame with every described column of a table, typed; a column that is not given is empty."""
    described = TABLES[table]
    unknown = set(columns) - set(described.column_names)
    if unknown:
        raise ValueError(f"{table} has no columns {sorted(unknown)}")
    series = []
    for column in described.columns:
        dtype = DTYPES[column.type]
        given = columns.get(column.name)
        if given is None:
            series.append(pl.Series(column.name, [], dtype=dtype).extend_constant(None, height))
        elif isinstance(given, pl.Series):
            series.append(given.alias(column.name).cast(dtype))
        else:
            series.append(
                pl.Series(column.name, [given], dtype=dtype).new_from_index(0, height)
                if not isinstance(given, np.ndarray)
                else pl.Series(column.name, given).cast(dtype)
            )
    return pl.DataFrame(series)


def seconds(instant: datetime) -> int:
    """Whole seconds since 1970 of an instant, which needs a time zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone; give one, such as 2026-03-01T09:00+00:00")
    return int(instant.astimezone(UTC).timestamp())
