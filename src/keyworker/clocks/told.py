"""Duties as measures count them: what started each, when it was due, what met it; never a state."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import polars as pl

from keyworker.clocks import words
from keyworker.clocks.engine import Ground, read
from keyworker.clocks.readings import State
from keyworker.clocks.rules import Rulebook, Subject

IN_TIME, LATE, UNTOLD = "yes", "no", "cannot tell"
TOLD: dict[str, type[pl.DataType]] = {
    "duty_id": pl.String,
    "rule": pl.String,
    "child_id": pl.String,
    "worker_id": pl.String,
    "started_on": pl.Date,
    "due_on": pl.Date,
    "met_on": pl.Date,
    "stopped_on": pl.Date,
    "may_on": pl.Date,
    "again": pl.String,
    "met_in_time": pl.String,
    "recorded_late": pl.String,
}
"""The columns: `again` is whether what met the duty before started it, `may_on` the first day on which something
happened that would have met it if the source said all; `met_in_time` is yes, no or cannot tell, and empty while nothing
has met it; `recorded_late` is yes or no, and empty where the source gives no time of entry."""


def told(duties: pl.DataFrame, rulebook: Rulebook, ground: Ground, day: date) -> pl.DataFrame:
    """The duties of some rules with the columns of TOLD.

    Takes   duties, as `duties` finds them; day, the date of the moment. A duty that was excused by an agreed exception
            and not met in time is left out: nobody was asked for it.
    """
    rules = list(rulebook)
    names = pl.DataFrame(
        {
            "rule": range(len(rules)),
            "named": [rule.id for rule in rules],
            "about": [rule.binding.subject.value for rule in rules],
        },
        schema_overrides={"rule": pl.Int32, "named": pl.String, "about": pl.String},
    )
    found = read(duties, rulebook, ground, day).join(names, on="rule", how="left")
    state, met = pl.col("state"), pl.col("met_on").is_not_null()
    asked_for = found.filter(~pl.col("excused").cast(pl.Boolean) | (state == State.MET_IN_TIME.value))
    numbered = asked_for.sort("met_on", "may_on", nulls_last=True).with_columns(
        pl.int_range(pl.len()).over("named", "subject", "started_on", "again").alias("number")
    )
    in_time = pl.when(state == State.MET_IN_TIME.value).then(pl.lit(IN_TIME))
    said = in_time.when(state == State.CANNOT_TELL.value).then(pl.lit(UNTOLD)).otherwise(pl.lit(LATE))
    late = pl.col("recorded_late").cast(pl.Boolean)  # a column of nothing but empty values has no type of its own
    entered = pl.when(late).then(pl.lit("yes")).when(~late).then(pl.lit("no"))
    return numbered.select(
        pl.format("{} {} {} {} {}", "named", "subject", "started_on", "again", "number").alias("duty_id"),
        pl.col("named").alias("rule"),
        pl.when(pl.col("about") == Subject.CHILD.value).then("subject").alias("child_id"),
        pl.when(pl.col("about") == Subject.WORKER.value).then("subject").alias("worker_id"),
        "started_on",
        "due_on",
        "met_on",
        "stopped_on",
        "may_on",
        pl.when(pl.col("again") == 1).then(pl.lit("yes")).otherwise(pl.lit("no")).alias("again"),
        pl.when(met).then(said).alias("met_in_time"),
        entered.alias("recorded_late"),
    )


def untold(ground: Ground, rules: Collection[str]) -> str:
    """Why nothing can be counted of some rules: what starts all of them, or what meets one of them, no source supplies.

    Gives   words; empty when it can be counted.
    """
    wanted = ground.rulebook.only(set(rules))
    unstarted = ground.held.unstarted(wanted)
    if len(unstarted) == len(wanted):
        return words.needs(wanted[wanted.ids[0]])
    unmet = ground.held.unmet(wanted) - unstarted
    return words.needs(wanted[sorted(unmet)[0]]) if unmet else ""
