"""Which conferences, reviews and other rows below an episode's groups belong to a census year."""

from __future__ import annotations

import polars as pl

from keyworker.returns.cin_census.parts import Gathered, gathered_rows
from keyworker.returns.reconciliation import Line
from keyworker.returns.tables import Frames, frame_of
from keyworker.returns.words import conference_unneeded
from keyworker.returns.year import Year


def enquiries(frames: Frames, year: Year, followed: pl.DataFrame) -> tuple[pl.DataFrame, pl.Expr]:
    """Enquiries with their first conference, and which are of the year.

    Those are begun in the year, brought to conference in it, or awaiting a conference.
    """
    first = followed.filter(pl.col("s47_enquiry_id").is_not_null()).unique(
        "s47_enquiry_id", keep="first", maintain_order=True
    )
    rows = frame_of(frames, "s47_enquiry").join(
        first.select("s47_enquiry_id", pl.col("happened_on").alias("@held"), pl.lit(value=True).alias("@asked")),
        on="s47_enquiry_id",
        how="left",
    )
    awaited = pl.col("@held").is_null() | (pl.col("@held") > year.last)
    rows = rows.with_columns((conference_unneeded() & pl.col("@asked").is_null()).alias("@unneeded"))
    pending = awaited & ~pl.col("@unneeded") & year.overlapped()
    return rows, (pl.col("from_on") <= year.last) & (year.has("from_on") | year.has("@held") | pending)


def numbered(plans: pl.DataFrame) -> pl.DataFrame:
    """Plans with how many earlier ones of this council the child had."""
    own = plans.filter(~pl.col("from_other_authority").fill_null(value=False))
    earlier = own.select(
        "cp_plan_id", (pl.col("from_on").rank("min").over("child_id") - 1).cast(pl.Int64).alias("@previous")
    )
    return plans.join(earlier, on="cp_plan_id", how="left")


def below(frames: Frames, table: str, by: str, above: pl.DataFrame) -> Gathered:
    """The rows of a table that belong to rows above, under the column that names those."""
    return gathered_rows(frame_of(frames, table).join(above.select(by).unique(), on=by, how="semi"), by)


def checks(frames: Frames, year: Year) -> dict[str, object]:
    """The day on which a manager first looked at each assessment before it was finished."""
    steps = frame_of(frames, "step").filter(
        (pl.col("kind") == "assessment check")
        & (pl.col("belongs_to") == "cin_assessments")
        & (pl.col("happened_on") <= year.last)
    )
    return dict(steps.group_by("belongs_to_id").agg(pl.col("happened_on").min()).iter_rows())


def reviews(frames: Frames, year: Year, plans: pl.DataFrame) -> pl.DataFrame:
    """The reviews of the year, and of plans that were running when it began the last before it."""
    rows = frame_of(frames, "cp_reviews").filter(pl.col("happened_on") <= year.last)
    rows = rows.join(plans.select("cp_plan_id"), on="cp_plan_id", how="semi")
    before = pl.col("happened_on") < year.first
    latest = rows.filter(before).sort("happened_on", "cp_review_id").unique("cp_plan_id", keep="last")
    return pl.concat([latest, rows.filter(~before)])


def reviews_line(frames: Frames, chosen: pl.DataFrame) -> Line:
    """What became of the record's reviews."""
    whole = frame_of(frames, "cp_reviews").height
    rest = whole - chosen.height
    why = "not held in the year, nor the last before it, of a plan that is in this census"
    return Line("Reviews", whole, chosen.height, {why: rest} if rest else {})


def conferences_line(followed: pl.DataFrame, enquiries: pl.DataFrame) -> Line:
    """What became of the conferences that followed an enquiry."""
    first = followed.filter(pl.col("s47_enquiry_id").is_not_null()).unique(
        "s47_enquiry_id", keep="first", maintain_order=True
    )
    out = first.join(enquiries.select("s47_enquiry_id"), on="s47_enquiry_id", how="semi").height
    rest = followed.height - out
    why = "not the first conference of an enquiry that is in this census"
    return Line("Conferences of enquiries", followed.height, out, {why: rest} if rest else {})
