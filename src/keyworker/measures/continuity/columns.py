"""UPC and SECON of a whole service at once, a column at a time, as whole numbers to be divided once."""

from __future__ import annotations

import polars as pl

from keyworker.vocabulary.errors import KeyworkerError

VISITS = {
    "child_id": pl.String,
    "on": pl.Date,
    "at": pl.Time,  # empty where no time is recorded
    "record_id": pl.String,
    "worker_id": pl.String,  # empty where it is not known who came; a joint visit has a row for each worker
}
"""The columns of a frame of visits."""

PARTS = 60
"""A joint visit counts half for each of two workers, a third for each of three: whole numbers of sixtieths."""

MOST_TOGETHER = 6
"""Up to this many workers on one visit the sixtieths are exact."""


def by_child(visits: pl.DataFrame) -> pl.DataFrame:
    """The counts behind UPC and SECON for each child, at least and at most where some workers are not known.

    Takes   a frame of `VISITS`.
    Gives   child_id; visits; unknown; main_least and main_most, sixtieths of visits with the main worker (UPC is either
            over 60 × visits); same_least and same_most, next visits that brought the same face (SECON is either over
            visits - 1). In the order of child_id.
    """
    ordered = (
        visits.unique(["child_id", "on", "at", "record_id", "worker_id"])
        .group_by("child_id", "on", "at", "record_id")
        .agg(pl.col("worker_id").drop_nulls().unique().sort())
        .sort("child_id", "on", "at", "record_id", nulls_last=True)
        .with_row_index("visit")
    )
    sizes = ordered.select(pl.col("worker_id").list.len().max()).item()
    if sizes is not None and sizes > MOST_TOGETHER:
        raise KeyworkerError(
            f"A visit has more than {MOST_TOGETHER} workers.",
            remedy="Check the rows of visits: joint visits are of few.",
        )
    counts = ordered.group_by("child_id").agg(
        pl.len().alias("visits"), (pl.col("worker_id").list.len() == 0).sum().alias("unknown")
    )
    least = _counted(ordered, pl.format("?{}", "visit"), "least")
    most = _counted(ordered, pl.lit("?"), "most")
    return counts.join(least, on="child_id").join(most, on="child_id").sort("child_id")


def _counted(ordered: pl.DataFrame, stand_in: pl.Expr, suffix: str) -> pl.DataFrame:
    # A known worker is marked, so that no identifier of a worker can be taken for a stand-in.
    known = pl.col("worker_id").list.eval(pl.format("={}", pl.element()))
    who = ordered.with_columns(
        pl.when(pl.col("worker_id").list.len() > 0).then(known).otherwise(pl.concat_list(stand_in)).alias("who")
    )
    main = (
        who.select("child_id", "who", (PARTS // pl.col("who").list.len()).alias("parts"))
        .explode("who")
        .group_by("child_id", "who")
        .agg(pl.col("parts").sum())
        .group_by("child_id")
        .agg(pl.col("parts").max().cast(pl.Int64).alias(f"main_{suffix}"))
    )
    shared = pl.col("who").list.set_intersection(pl.col("before")).list.len() > 0
    same = (
        who.with_columns(pl.col("who").shift(1).over("child_id").alias("before"))
        .group_by("child_id")
        .agg(shared.fill_null(False).sum().cast(pl.Int64).alias(f"same_{suffix}"))
    )
    return main.join(same, on="child_id")
