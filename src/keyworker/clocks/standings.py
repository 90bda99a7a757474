"""Where every open child stands, by the column: their main workers, their team, and their standing.

It says of each child what the child's own row says (`clocks.children`); the two are held to each other on random
histories. A list needs the rows, whose making takes a second for ten thousand children; a figure needs only these.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from keyworker.clocks.intervals import Interval, Intervals, intervals
from keyworker.facts.columns.everybody import Source
from keyworker.facts.frames import frame_of
from keyworker.facts.held_now import held_now
from keyworker.facts.lens import Lens
from keyworker.facts.open_children import AWAY, EVER_IN_SHORT_BREAKS, LOOKED_AFTER, OPEN, ORDER, STATUSES
from keyworker.facts.pictures import Standing
from keyworker.facts.role_words import RoleWords
from keyworker.facts.seen import seen_columns

OWN = len(ORDER)
"""The place of a child's own plan, after every status."""


def standings(source: Source, lens: Lens, words: RoleWords) -> pl.DataFrame:
    """Every open child at the lens's moment.

    Gives   `child_id`, `lead` and `accountable` (workers), `team_id`, and `standing` in the words of `Standing`.
    """
    children = frame_of(source, lens, OPEN, {"child_id": pl.String})
    seen = children.join(seen_columns(source, lens, children["child_id"].to_list()), on="child_id", how="left")
    stood = judged(seen, _began(source, lens, seen), intervals(source, lens), lens.moment.at)
    return held_now(source, lens, words, children).join(stood, on="child_id", how="left")


def _began(source: Source, lens: Lens, seen: pl.DataFrame) -> pl.DataFrame:
    """When each status of each child began, and the child's days of being seen beside it.

    When being looked after began matters only to a child who has not been seen since the latest of its episodes did;
    whether it is a short break, only to a child who ever had one.
    """
    schema = {"child_id": pl.String, "kind": pl.String, "began": pl.Date, "detail": pl.String}
    statuses = frame_of(source, lens, STATUSES, schema).drop("detail").join(seen, on="child_id")
    ever = frame_of(source, lens, EVER_IN_SHORT_BREAKS, {"child_id": pl.String})["child_id"]
    unseen = pl.col("seen").is_null() | (pl.col("seen") < pl.col("began"))
    doubtful = (pl.col("kind") == LOOKED_AFTER) & (unseen | pl.col("child_id").is_in(ever.implode()))
    asked = statuses.filter(doubtful)["child_id"].unique().to_list()
    if not asked:
        return statuses
    away = frame_of(source, lens.of(asked), AWAY, {"child_id": pl.String, "kind": pl.String, "began": pl.Date})
    return pl.concat([statuses.filter(~doubtful), away.join(seen, on="child_id")])


def judged(seen: pl.DataFrame, statuses: pl.DataFrame, known: Intervals, at: date) -> pl.DataFrame:
    """The standing of each child at the end of a day, by the rule of `clocks.visits.read_visit`.

    Takes   seen, each child once, with the days last `seen` and last `unsaid`; statuses, those in force, with `kind`,
            the day on which each `began`, and the columns of `seen`.
    """
    found, applying = _applying(seen, statuses, known, at)
    start = pl.max_horizontal("seen", "began")
    due = _with_due(applying.with_columns(start=start), found, "start", "due_on")
    first = (
        due.filter(pl.col("due_on").is_not_null())
        .sort("child_id", "due_on", "place", "began")
        .unique("child_id", keep="first", maintain_order=True)
    )
    unsaid = first.filter((pl.col("due_on") < at) & (pl.col("unsaid") > pl.col("start")))
    doubtful = _with_due(unsaid, found, "unsaid", "next").filter(pl.col("next").is_null() | (pl.col("next") >= at))
    standing = (
        pl.when(~pl.col("child_id").is_in(applying["child_id"].unique().implode()))
        .then(pl.lit(Standing.NO_INTERVAL))
        .when(pl.col("due_on").is_null() | pl.col("child_id").is_in(doubtful["child_id"].implode()))
        .then(pl.lit(Standing.CANNOT_TELL))
        .when(pl.col("due_on") >= at)
        .then(pl.lit(Standing.IN_TIME))
        .otherwise(pl.lit(Standing.PAST))
    )
    children = seen.join(first.select("child_id", "due_on"), on="child_id", how="left")
    return children.select("child_id", standing.alias("standing"))


def _applying(
    seen: pl.DataFrame, statuses: pl.DataFrame, known: Intervals, at: date
) -> tuple[list[Interval], pl.DataFrame]:
    """The intervals in force, and for each child those that apply, by their place among them."""
    of_status = {kind: interval for kind in ORDER if (interval := known.of_status(kind, at))}
    own = {child: interval for child in known.own if (interval := known.of_child(child, at))}
    found = list(dict.fromkeys([*of_status.values(), *own.values()]))
    number = {interval: at for at, interval in enumerate(found)}
    by_kind = pl.DataFrame(
        [(kind, ORDER.index(kind), number[interval]) for kind, interval in of_status.items()],
        schema={"kind": pl.String, "place": pl.Int64, "interval": pl.Int64},
        orient="row",
    )
    plans = pl.DataFrame(
        [(child, OWN, interval.from_on, number[interval]) for child, interval in own.items()],
        schema={"child_id": pl.String, "place": pl.Int64, "began": pl.Date, "interval": pl.Int64},
        orient="row",
    )
    columns = ["child_id", "place", "began", "interval", "seen", "unsaid"]
    rows = [statuses.join(by_kind, on="kind").select(columns), plans.join(seen, on="child_id").select(columns)]
    return found, pl.concat(rows)


def _with_due(rows: pl.DataFrame, found: list[Interval], start: str, name: str) -> pl.DataFrame:
    """By when the next visit is in time, counted from a day. Thousands of children share a few days and intervals."""
    pairs = rows.select("interval", start).unique()
    days = [found[interval].due(day) for interval, day in pairs.rows()]
    return rows.join(pairs.with_columns(pl.Series(name, days, dtype=pl.Date)), on=["interval", start], how="left")
