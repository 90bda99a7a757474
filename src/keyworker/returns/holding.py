"""Who holds each child, from involvements and the meaning that the council has given to their roles."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from keyworker.vocabulary.allocation_roles import role_by_published_word

_SCHEMA = {
    "child_id": pl.String,
    "worker_id": pl.String,
    "team_id": pl.String,
    "role": pl.String,
    "from_on": pl.Date,
    "to_on": pl.Date,
    "change_reason": pl.String,
}


def holding(frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Involvements with the role that each means; a role that nobody has given a meaning is `unmapped`."""
    rows = frames.get("involvements")
    if rows is None or rows.is_empty():
        return pl.DataFrame(schema=_SCHEMA)
    means = {word: role_by_published_word(word) or "unmapped" for word in rows["role"].drop_nulls().unique()}
    words = frames.get("meaning")
    if words is not None and not words.is_empty():
        means |= {
            said: role
            for subject, said, role in words.sort("from_on").select("subject", "said", "allocation_role").iter_rows()
            if subject == "involvement role" and role
        }
    role = pl.col("role").replace_strict(means, default="unmapped", return_dtype=pl.String)
    return rows.select("child_id", "worker_id", "team_id", role, "from_on", "to_on", "change_reason")
