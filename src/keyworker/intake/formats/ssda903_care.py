"""Which period of care each episode and review of the looked after children return belongs to.

The return has no periods. One begins with an episode whose reason is `S`, started to be looked after; a child's first
episode here that has another reason belongs to a period that began before what the return shows.
"""

from __future__ import annotations

import polars as pl

from keyworker.intake.carry import with_fields

CHILD = "CHILD"
_STARTED = "S"


def day(name: str) -> pl.Expr:
    """A field as a day, whichever way it is written; empty where it is none."""
    text = pl.col(name).str.strip_chars().str.head(10)
    return pl.coalesce(text.str.to_date(shape, strict=False) for shape in ("%d/%m/%Y", "%Y-%m-%d"))


def with_care_periods(episodes: pl.DataFrame) -> pl.DataFrame:
    """Give each episode `@care`, its period, and `@entered`, the day care began where the return shows it."""
    known = with_fields(episodes, ("DECOM", "RNE")).with_columns(day("DECOM").alias("@began"))
    ordered = known.sort(CHILD, "@began", nulls_last=True, maintain_order=True)
    started = pl.col("RNE").str.to_uppercase() == _STARTED
    begins = (started | (pl.col(CHILD) != pl.col(CHILD).shift()).fill_null(value=True)).fill_null(value=False)
    first = pl.when(begins).then(pl.col("@began")).forward_fill().over(CHILD)
    entered = pl.when(begins & started).then(pl.col("@began"))
    known_entry = pl.when(begins).then(pl.coalesce(entered, pl.date(1, 1, 1))).forward_fill().over(CHILD)
    return ordered.with_columns(
        first.alias("@first"),
        _period(first).alias("@care"),
        pl.when(known_entry > pl.date(1, 1, 1)).then(known_entry).dt.to_string("%Y-%m-%d").alias("@entered"),
    )


def with_review_periods(reviews: pl.DataFrame, episodes: pl.DataFrame | None) -> pl.DataFrame:
    """Give each review `@care`: the period that had begun by then, or the child's first where none had."""
    known = with_fields(reviews, ("REVIEW",)).with_columns(day("REVIEW").alias("@on"))
    if episodes is None:
        return known.with_columns((pl.col(CHILD) + "/care").alias("@care"))
    periods = episodes.filter(pl.col("@first").is_not_null() & pl.col(CHILD).is_not_null())
    periods = periods.select(CHILD, "@first", "@care").unique((CHILD, "@first"), keep="first").sort("@first")
    earliest = periods.group_by(CHILD, maintain_order=True).agg(pl.col("@care").first().alias("@otherwise"))
    placed = known.with_row_index("@place").sort("@on", nulls_last=True)
    dated = placed.filter(pl.col("@on").is_not_null()).join_asof(
        periods, left_on="@on", right_on="@first", by=CHILD, strategy="backward", check_sortedness=False
    )
    whole = pl.concat([dated, placed.filter(pl.col("@on").is_null())], how="diagonal")
    whole = whole.join(earliest, on=CHILD, how="left").sort("@place").drop("@place")
    return whole.with_columns(pl.coalesce("@care", "@otherwise", pl.col(CHILD) + "/care").alias("@care"))


def _period(first: pl.Expr) -> pl.Expr:
    return pl.concat_str([pl.col(CHILD), pl.lit("/care/"), first.dt.to_string("%Y-%m-%d")])
