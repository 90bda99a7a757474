"""A described table as a writer needs it: whole, and empty where the record has none."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from keyworker.returns.questions import whole
from keyworker.vocabulary import TABLES

Frames = Mapping[str, pl.DataFrame]


def frame_of(frames: Frames, table: str) -> pl.DataFrame:
    """A described table, whole, empty where the record has none."""
    return whole(TABLES[table], frames.get(table))
