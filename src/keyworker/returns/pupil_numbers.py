"""The pupil numbers that a return may give, of the year that it speaks for."""

from __future__ import annotations

import polars as pl

from keyworker.returns.tables import Frames, frame_of
from keyworker.returns.year import Year

UPN = ("upn", "unique pupil number")


def linked_numbers(frames: Frames, year: Year, within: pl.Expr, kinds: tuple[str, ...]) -> dict[str, str]:
    """The newest linked identifier of some kinds that each child had in a year."""
    rows = frame_of(frames, "linked_identifiers").filter(within & year.overlapped())
    kind = pl.col("identifier_type").str.strip_chars().str.to_lowercase().is_in(kinds)
    rows = rows.filter(kind & pl.col("identifier_value").is_not_null())
    latest = rows.sort("from_on", "linked_identifier_id").unique("child_id", keep="last")
    return dict(latest.select("child_id", pl.col("identifier_value").str.strip_chars()).iter_rows())


def with_education(frames: Frames, numbers: dict[str, str], within: pl.Expr) -> dict[str, str]:
    """Pupil numbers, from the education tables where no linked identifier gives one."""
    rows = frame_of(frames, "send").filter(within & pl.col("upn").is_not_null()).sort("send_id")
    return dict(rows.unique("child_id", keep="first").select("child_id", "upn").iter_rows()) | numbers
