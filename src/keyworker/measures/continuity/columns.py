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
    rows = _with_parts(_rows(visits))
    known = rows.filter(pl.col("worker") >= 0)
    counts = rows.group_by("child_id").agg(
        pl.col("visit").n_unique().cast(pl.Int64).alias("visits"),
        (pl.col("worker") < 0).sum().cast(pl.Int64).alias("unknown"),
    )
    # At least: each unknown visit was another person's, so it shares with none and is a main worker of its own.
    found = counts
    for frame, end in ((known, "least"), (rows, "most")):
        found = found.join(_main(frame, end), on="child_id", how="left").join(
            _same(frame, end), on="child_id", how="left"
        )
    alone = pl.when(pl.col("unknown") > 0).then(PARTS).otherwise(0)
    return (
        found.with_columns(pl.col("^(main|same)_.*$").fill_null(0))
        .with_columns(pl.max_horizontal("main_least", alone.cast(pl.Int64)))
        .sort("child_id")
    )


def _rows(visits: pl.DataFrame) -> pl.DataFrame:
    """A row for each worker of each visit, visits numbered in order; -1 where nobody knows who came."""
    order = ["child_id", "on", "at", "record_id"]
    ordered = visits.sort(*order, "worker_id", nulls_last=True)
    begins = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift(1)) for name in order)
    numbered = ordered.select(
        "child_id",
        begins.fill_null(True).cum_sum().alias("visit"),
        pl.col("worker_id").cast(pl.Categorical).to_physical().cast(pl.Int64).fill_null(-1).alias("worker"),
    )
    # Known workers come first: a row without one says something only where it is its visit's first. A row that says
    # again what the row before says is one with it.
    first = (pl.col("visit") != pl.col("visit").shift(1)).fill_null(True)
    another = (pl.col("worker") >= 0) & (pl.col("worker") != pl.col("worker").shift(1))
    return numbered.filter(first | another)


def _with_parts(rows: pl.DataFrame) -> pl.DataFrame:
    """Each row with the sixtieths of its visit that are its worker's."""
    if rows["visit"].n_unique() == rows.height:
        return rows.with_columns(pl.lit(PARTS).alias("parts"))
    sizes = rows.group_by("visit").len()
    most = sizes["len"].max()
    if isinstance(most, int) and most > MOST_TOGETHER:
        raise KeyworkerError(
            f"A visit has more than {MOST_TOGETHER} workers.",
            remedy="Check the rows of visits: joint visits are of few.",
        )
    return rows.join(sizes, on="visit", maintain_order="left").with_columns((PARTS // pl.col("len")).alias("parts"))


def _main(rows: pl.DataFrame, end: str) -> pl.DataFrame:
    """The most sixtieths that one worker has of each child's visits."""
    by_worker = rows.group_by("child_id", "worker").agg(pl.col("parts").sum())
    return by_worker.group_by("child_id").agg(pl.col("parts").max().cast(pl.Int64).alias(f"main_{end}"))


def _same(rows: pl.DataFrame, end: str) -> pl.DataFrame:
    """How many visits of each child were by somebody who made the one before."""
    if rows["visit"].n_unique() == rows.height:  # nobody came together: the visit before is the row before
        again = rows.filter(
            (pl.col("child_id") == pl.col("child_id").shift(1))
            & (pl.col("worker") == pl.col("worker").shift(1))
            & (pl.col("visit") == pl.col("visit").shift(1) + 1)
        )
    else:
        before = rows.select("child_id", pl.col("visit") + 1, "worker")
        again = rows.join(before, on=["child_id", "visit", "worker"], how="semi").unique(["child_id", "visit"])
    return again.group_by("child_id").agg(pl.len().cast(pl.Int64).alias(f"same_{end}"))
