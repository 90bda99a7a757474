"""Changes of worker: how many, for how many months of children's lives, and why.

A change is counted as a child's row counts it: the main worker, the lead where there is one and else the accountable
worker, becomes somebody else. It is worked out for the whole service at once, a column at a time, because a row at a
time took more than a second. Source: the day-weighted measures and the ten published causes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from keyworker.measures.pictures import Figure

DAYS_IN_MONTH = 365.25 / 12
NOT_RECORDED = "not recorded"
HOLDS = {
    "child_id": pl.String,
    "worker_id": pl.String,
    "role": pl.String,  # lead or accountable
    "from_on": pl.Date,
    "to_on": pl.Date,  # exclusive; empty while it goes on
    "team_id": pl.String,
    "cause": pl.String,
    "entry_id": pl.Int64,
}
"""The columns of a frame of holds, one to a row of the record."""

_FAR = pl.lit(date(9999, 12, 31))
_HELD = ("child", "worker", "is_lead")
_APART = 10_000_000
"""More than any day's number: what is told apart by so much never meets."""


@dataclass(frozen=True)
class ChangeOfWorker:
    """A child's main worker became somebody else on a day, for a cause, away from a team."""

    child_id: str
    on: date
    cause: str
    team_id: str | None


@dataclass(frozen=True)
class Moved:
    """What moved in a period: every change, and the days of children's lives that each team's workers held.

    Takes   told, the changes as a frame with the columns of `ChangeOfWorker`.
    """

    told: pl.DataFrame
    held_days: dict[str | None, int]

    @property
    def changes(self) -> list[ChangeOfWorker]:
        """Every change, by child and day."""
        return [ChangeOfWorker(*row) for row in self.told.rows()]

    def causes(self) -> list[tuple[str | None, str, int]]:
        """How many changes took children from each team, by cause: team, cause, count."""
        return self.told.group_by("team_id", "cause").len().sort("team_id", "cause").rows()


def moved(rows: pl.DataFrame, since: date, until: date) -> Moved:
    """Every change of main worker from `since` up to, not including, `until`, and the days held by team.

    Takes   rows, a frame of `HOLDS`, all that were ever known of each child in it.
    Gives   changes by child and day. The first worker of all is no change; the same worker again after a pause is
            none either. The cause is the one recorded when the earlier worker's hold ended.
    """
    children, numbered = _numbered(rows)
    holds = _merged(numbered)
    stretches = _stretches(holds)
    return Moved(_changes(holds, stretches, since, until, children), _held_days(holds, stretches, since, until))


def _numbered(rows: pl.DataFrame) -> tuple[pl.Series, pl.DataFrame]:
    """Numbers in the order of the identifiers: they sort and join several times faster than the identifiers do."""
    children = rows["child_id"].unique().sort()
    workers = rows["worker_id"].unique().sort()
    child, worker = (
        names.to_frame().with_row_index(name) for names, name in ((children, "child"), (workers, "worker"))
    )
    numbered = (
        rows.join(child, on="child_id")
        .join(worker, on="worker_id")
        .select(
            *_HELD[:2],
            (pl.col("role") == "lead").alias("is_lead"),
            pl.col("from_on").to_physical().cast(pl.Int64),
            pl.col("to_on").fill_null(_FAR).to_physical().cast(pl.Int64),
            "team_id",
            "cause",
            "entry_id",
        )
    )
    return children, numbered


def _merged(rows: pl.DataFrame) -> pl.DataFrame:
    """Touching and overlapping rows of one child, worker and role made one, with the team and cause of the last."""
    ordered = rows.sort(*_HELD, "from_on", "entry_id")
    # Each hold's days are set far apart from the last hold's, so that one running maximum serves them all.
    apart = _begins(*_HELD).cum_sum().cast(pl.Int64) * _APART
    latest = (apart + pl.col("to_on")).cum_max().shift(1)
    starts = (apart + pl.col("from_on") > latest).fill_null(True)
    return (
        ordered.with_columns(starts.cum_sum().alias("run"))
        .sort("run", "to_on", "from_on", "entry_id")
        .group_by("run", maintain_order=True)
        .agg(
            *(pl.col(name).first() for name in _HELD),
            pl.col("from_on").min(),
            pl.col("to_on").max(),
            pl.col("team_id").last(),
            pl.col("cause").last(),
        )
        .drop("run")
    )


def _stretches(holds: pl.DataFrame) -> pl.DataFrame:
    """Each stretch in which one worker was a child's main worker: the lead, and the later of two, comes first."""
    days = pl.concat([holds.select("child", day="from_on"), holds.select("child", day="to_on")])
    between = (
        days.unique()
        .sort("child", "day")
        .with_columns(pl.col("day").shift(-1).alias("until"))
        .filter(pl.col("child") == pl.col("child").shift(-1))
    )
    main = (
        between.join(holds.select(*_HELD, "from_on", "to_on"), on="child")
        .filter((pl.col("from_on") <= pl.col("day")) & (pl.col("to_on") > pl.col("day")))
        .sort("child", "day", "is_lead", "from_on", "worker")
        .unique(["child", "day"], keep="last", maintain_order=True)
    )
    begins = _begins("child", "worker") | (pl.col("day") != pl.col("until").shift(1)).fill_null(True)
    return (
        main.with_columns(begins.cum_sum().alias("stretch"))
        .group_by("stretch", maintain_order=True)
        .agg(
            pl.col("child").first(),
            pl.col("worker").first(),
            pl.col("day").first().alias("began_on"),
            pl.col("until").last().alias("ended_on"),
        )
    )


def _changes(holds: pl.DataFrame, stretches: pl.DataFrame, since: date, until: date, names: pl.Series) -> pl.DataFrame:
    within = pl.col("on").is_between(_day(since), _day(until), closed="left")
    after = stretches.with_columns(pl.col("worker").shift(1).alias("before"), pl.col("began_on").alias("on")).filter(
        (pl.col("child") == pl.col("child").shift(1)) & (pl.col("before") != pl.col("worker")) & within
    )
    left = _latest(holds, after.select("stretch", "child", "on", worker="before"))
    return left.select(
        names.gather(left["child"]),
        pl.col("on").cast(pl.Int32).cast(pl.Date),
        pl.col("cause").fill_null(NOT_RECORDED),
        "team_id",
    )


def _held_days(holds: pl.DataFrame, stretches: pl.DataFrame, since: date, until: date) -> dict[str | None, int]:
    days = pl.min_horizontal("ended_on", pl.lit(_day(until))) - pl.max_horizontal("began_on", pl.lit(_day(since)))
    held = stretches.with_columns(days.alias("days")).filter(pl.col("days") > 0)
    by_team = _latest(holds, held.select("stretch", "child", "worker", "days", on="ended_on"))
    return dict(by_team.group_by("team_id").agg(pl.col("days").sum()).sort("team_id").rows())


def _latest(holds: pl.DataFrame, stretches: pl.DataFrame) -> pl.DataFrame:
    """Each stretch with the hold by which it ended: the worker's last begun before, with a cause if any has one."""
    return (
        stretches.join(holds, on=["child", "worker"])
        .filter(pl.col("from_on") < pl.col("on"))
        .sort("stretch", "to_on", pl.col("cause").is_not_null(), "from_on")
        .unique("stretch", keep="last", maintain_order=True)
    )


def _begins(*names: str) -> pl.Expr:
    """Whether a row differs in any of these from the one before it; the first of all does."""
    return pl.any_horizontal((pl.col(name) != pl.col(name).shift(1)).fill_null(True) for name in names)


def _day(day: date) -> int:
    """A day as polars numbers it."""
    return (day - date(1970, 1, 1)).days


def rate_figure(changes: int, held_days: int, period: str) -> Figure:
    """Changes of worker for each month of children's lives with a worker; times 100, per 100 child-months."""
    base = "months of children's lives with a worker"
    return Figure("Changes of worker", changes, round(held_days / DAYS_IN_MONTH, 2) or None, base, period)


def in_order(causes: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """How many changes each cause gave, most first; `not recorded` is a cause by name."""
    return tuple(sorted(causes.items(), key=lambda one: (-one[1], one[0])))
