"""Which rows of the record belong to a census year, and to which episode each belongs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from keyworker.returns.gathering import Row
from keyworker.returns.reconciliation import Line
from keyworker.returns.tables import Frames, frame_of
from keyworker.returns.year import Year

Gathered = dict[object, list[Row]]

NOT_OF_YEAR = "not of this census year"
NO_EPISODE = "no episode of the child that it could belong to"
STRANGER = "no such child in the record"
EPISODE_ELSEWHERE = "of an episode that is not in this census"
NUMBER = "@episode"


@dataclass(frozen=True)
class Episodes:
    """Every episode of need, numbered, with whether it is in the census."""

    rows: pl.DataFrame
    line: Line

    @classmethod
    def of(cls, frames: Frames, year: Year) -> Episodes:
        """Number the episodes, and say which are of the year and of a child in the record."""
        rows = frame_of(frames, "cin_episodes").sort("child_id", "from_on", "referral_id")
        known = pl.col("child_id").is_in(frame_of(frames, "person")["child_id"].implode())
        rows = rows.with_columns((year.overlapped() & known).alias("@in"), year.overlapped().alias("@of_year"))
        rows = rows.with_row_index(NUMBER)
        line = Line(
            "CINdetails",
            rows.height,
            int(rows["@in"].sum()),
            _counted({f"episode is {NOT_OF_YEAR}": ~pl.col("@of_year"), STRANGER: pl.lit(True)}, rows),
            _blanks(rows.filter("@in"), "referral_source_code", "primary_need_code"),
        )
        return cls(rows, line)

    @property
    def chosen(self) -> pl.DataFrame:
        """The episodes that are in the census."""
        return self.rows.filter("@in")

    def placed(self, rows: pl.DataFrame, day: str) -> pl.DataFrame:
        """Each row with the number of its episode: the one it names, or else the child's latest begun by its day."""
        named = self.rows.select("referral_id", "child_id", pl.col(NUMBER).alias("@named"))
        found = rows.join(named.unique(("referral_id", "child_id")), on=("referral_id", "child_id"), how="left")
        begun = self.rows.select("child_id", "from_on", pl.col(NUMBER).alias("@begun")).sort("from_on")
        dated = found.filter(pl.col(day).is_not_null()).sort(day)
        dated = dated.join_asof(
            begun.rename({"from_on": "@from"}), left_on=day, right_on="@from", by="child_id", check_sortedness=False
        )
        found = pl.concat([dated, found.filter(pl.col(day).is_null())], how="diagonal")
        return found.with_columns(pl.coalesce("@named", "@begun").alias(NUMBER)).drop("@named", "@begun", "@from")

    def part(self, name: str, rows: pl.DataFrame, of_year: pl.Expr, day: str = "from_on") -> Part:
        """The rows of one group that are in the census.

        Takes   of_year, which of them are of the year; day, the column by which a row without a referral is placed.
        """
        marks = self.rows.select(NUMBER, pl.col("@in"))
        found = self.placed(rows, day).join(marks, on=NUMBER, how="left")
        found = found.with_columns((of_year & pl.col("@in").fill_null(value=False)).alias("@out"))
        reasons = {NOT_OF_YEAR: ~of_year, NO_EPISODE: pl.col(NUMBER).is_null(), EPISODE_ELSEWHERE: pl.lit(True)}
        line = Line(name, found.height, int(found["@out"].sum()), _counted(reasons, found, "@out"))
        return Part(found.filter("@out"), line)


@dataclass(frozen=True)
class Part:
    """One group of the census: its rows, each with its episode, and the line that reconciles them."""

    rows: pl.DataFrame
    line: Line

    def by(self, column: str) -> Gathered:
        """The rows under the value of one column."""
        return gathered_rows(self.rows, column)


def gathered_rows(frame: pl.DataFrame, by: str) -> Gathered:
    """Every row under the value of one column."""
    found: Gathered = defaultdict(list)
    for row in frame.iter_rows(named=True):
        found[row[by]].append(row)
    return found


def _counted(reasons: Mapping[str, pl.Expr], rows: pl.DataFrame, out: str = "@in") -> dict[str, int]:
    """How many of the rows that stay out do so for each reason, the first that fits."""
    rest = rows.filter(~pl.col(out))
    counts: dict[str, int] = {}
    for why, applies in reasons.items():
        fits = rest.filter(applies.fill_null(value=False))
        if fits.height:
            counts[why] = fits.height
        rest = rest.filter(~applies.fill_null(value=False))
    return counts


def _blanks(rows: pl.DataFrame, *columns: str) -> dict[str, int]:
    return {name: int(rows[name].is_null().sum()) for name in columns}
