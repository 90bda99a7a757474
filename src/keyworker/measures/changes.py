"""Changes of worker: how many, for how many months of children's lives, and why.

A change is counted as a child's row counts it: the main worker, the lead where there is one and else the accountable
worker, becomes somebody else. It is worked out for the whole service at once, a column at a time, because a row at a
time took more than a second. Source: the day-weighted measures and the ten published causes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
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
_HELD = ("child_id", "worker_id", "role")


@dataclass(frozen=True)
class ChangeOfWorker:
    """A child's main worker became somebody else on a day, for a cause, away from a team."""

    child_id: str
    on: date
    cause: str
    team_id: str | None


@dataclass(frozen=True)
class Moved:
    """What moved in a period: every change, and the days of children's lives that each team's workers held."""

    changes: list[ChangeOfWorker] = field(default_factory=list)
    held_days: dict[str | None, int] = field(default_factory=dict)


def moved(rows: pl.DataFrame, since: date, until: date) -> Moved:
    """Every change of main worker from `since` up to, not including, `until`, and the days held by team.

    Takes   rows, a frame of `HOLDS`, all that were ever known of each child in it.
    Gives   changes by child and day. The first worker of all is no change; the same worker again after a pause is
            none either. The cause is the one recorded when the earlier worker's hold ended.
    """
    # Numbers in the order of the identifiers sort and join several times faster than the identifiers do.
    children = rows.select("child_id").unique().sort("child_id").with_row_index("child")
    numbered = rows.join(children, on="child_id").with_columns(
        pl.col("child").alias("child_id"), pl.col("worker_id").rank("dense")
    )
    holds = _merged(numbered)
    stretches = _stretches(holds)
    return Moved(
        _changes(holds, stretches, since, until, children["child_id"]), _held_days(holds, stretches, since, until)
    )


def _merged(rows: pl.DataFrame) -> pl.DataFrame:
    """Touching and overlapping rows of one child, worker and role made one, with the team and cause of the last."""
    ordered = rows.with_columns(pl.col("to_on").fill_null(_FAR)).sort(*_HELD, "from_on", "entry_id")
    latest = pl.col("to_on").cum_max().shift(1).over(_HELD)
    starts = (pl.col("from_on") > latest).fill_null(True)
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
    days = pl.concat([holds.select("child_id", day="from_on"), holds.select("child_id", day="to_on")])
    between = (
        days.unique()
        .sort("child_id", "day")
        .with_columns(pl.col("day").shift(-1).over("child_id").alias("until"))
        .drop_nulls("until")
    )
    main = (
        between.join(holds.select(*_HELD, "from_on", "to_on"), on="child_id")
        .filter((pl.col("from_on") <= pl.col("day")) & (pl.col("to_on") > pl.col("day")))
        .sort("child_id", "day", pl.col("role") == "lead", "from_on", "worker_id")
        .unique(["child_id", "day"], keep="last", maintain_order=True)
    )
    goes_on = (
        (pl.col("worker_id") == pl.col("worker_id").shift(1))
        & (pl.col("child_id") == pl.col("child_id").shift(1))
        & (pl.col("day") == pl.col("until").shift(1))
    )
    return (
        main.with_columns((~goes_on.fill_null(False)).cum_sum().alias("stretch"))
        .group_by("stretch", maintain_order=True)
        .agg(
            pl.col("child_id").first(),
            pl.col("worker_id").first(),
            pl.col("day").first().alias("began_on"),
            pl.col("until").last().alias("ended_on"),
        )
    )


def _changes(
    holds: pl.DataFrame, stretches: pl.DataFrame, since: date, until: date, names: pl.Series
) -> list[ChangeOfWorker]:
    after = stretches.with_columns(
        pl.col("worker_id").shift(1).over("child_id").alias("before"), pl.col("began_on").alias("on")
    ).filter((pl.col("before") != pl.col("worker_id")) & pl.col("on").is_between(since, until, closed="left"))
    left = _latest(holds, after.select("stretch", "child_id", "on", worker_id="before"))
    told = left.select(names.gather(left["child_id"]), "on", pl.col("cause").fill_null(NOT_RECORDED), "team_id")
    return [ChangeOfWorker(*row) for row in told.rows()]


def _held_days(holds: pl.DataFrame, stretches: pl.DataFrame, since: date, until: date) -> dict[str | None, int]:
    length = pl.min_horizontal("ended_on", pl.lit(until)) - pl.max_horizontal("began_on", pl.lit(since))
    held = stretches.with_columns(length.dt.total_days().alias("days")).filter(pl.col("days") > 0)
    by_team = _latest(holds, held.select("stretch", "child_id", "worker_id", "days", on="ended_on"))
    return dict(by_team.group_by("team_id").agg(pl.col("days").sum()).sort("team_id").rows())


def _latest(holds: pl.DataFrame, stretches: pl.DataFrame) -> pl.DataFrame:
    """Each stretch with the hold by which it ended: the worker's last begun before, with a cause if any has one."""
    return (
        stretches.join(holds, on=["child_id", "worker_id"])
        .filter(pl.col("from_on") < pl.col("on"))
        .sort("stretch", "to_on", pl.col("cause").is_not_null(), "from_on")
        .unique("stretch", keep="last", maintain_order=True)
    )


def rate_figure(changes: Sequence[object], held_days: int, period: str) -> Figure:
    """Changes of worker for each month of children's lives with a worker; times 100, per 100 child-months."""
    base = "months of children's lives with a worker"
    return Figure("Changes of worker", len(changes), round(held_days / DAYS_IN_MONTH, 2) or None, base, period)


def causes(changes: Iterable[ChangeOfWorker]) -> tuple[tuple[str, int], ...]:
    """How many changes each cause gave, most first; `not recorded` is a cause by name."""
    return tuple(sorted(Counter(change.cause for change in changes).items(), key=lambda one: (-one[1], one[0])))
