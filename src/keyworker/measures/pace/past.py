"""The duties whose day has come and gone: how long before it each was begun, and how long before or after it done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

from keyworker.clocks.counting import Days, Unit, units_between
from keyworker.clocks.readings import State
from keyworker.clocks.rules import Rule

LOOKED_BACK = timedelta(days=365)
NOT_DONE = np.iinfo(np.int32).min
"""In place of how long before its day a duty was closed, for one that is still open."""

Counts = npt.NDArray[np.int32]
_JUDGED = [state.value for state in (State.MET_IN_TIME, State.MET_LATE, State.OVERDUE, State.STOPPED)]


@dataclass(frozen=True)
class Past:
    """The duties of one rule whose day fell in the year before a day, one place for each in every array.

    Takes   unit, in which the rule counts (days, for one in months or hours); begun, how many units before its day a
            duty started; closed, how many before its day it was done or ended (negative: after; NOT_DONE: still open);
            done, whether it was done; passed, whether its day passed first; left_out, how many cannot be told or were
            not asked for.
    """

    unit: Unit
    from_on: date
    to_on: date
    begun: Counts
    closed: Counts
    done: npt.NDArray[np.bool_]
    passed: npt.NDArray[np.bool_]
    left_out: int = 0

    def open_at(self, left: int) -> npt.NDArray[np.bool_]:
        """Which of them were still open at the end of the day that many units before theirs."""
        found: npt.NDArray[np.bool_] = (self.closed < left) & (left <= self.begun)
        return found


def unit_of(rule: Rule) -> Unit:
    """The unit in which to say how near its day a duty was done: working days where the rule counts those."""
    method = rule.editions[-1].first
    return Unit.WORKING_DAYS if method is not None and method.unit is Unit.WORKING_DAYS else Unit.CALENDAR_DAYS


def past_of(found: pl.DataFrame, number: int, rule: Rule, at: date, looked_back: timedelta = LOOKED_BACK) -> Past:
    """The duties of one rule whose day fell before a day and no longer ago than so many days.

    Takes   found, readings as columns, as the clocks' engine gives them; number, the rule's place among its rules.
    """
    unit, first = unit_of(rule), at - looked_back
    fell = found.filter((pl.col("rule") == number) & (pl.col("due_on") >= first) & (pl.col("due_on") < at))
    kept = fell.filter(pl.col("state").is_in(_JUDGED))
    ended = kept.select(pl.min_horizontal("met_on", "stopped_on").alias("ended_on"))["ended_on"]
    due = _days(kept["due_on"])
    closed = np.full(len(kept), NOT_DONE, np.int32)
    is_ended = ended.is_not_null().to_numpy()
    closed[is_ended] = _before(_days(ended.filter(ended.is_not_null())), due[is_ended], unit)
    return Past(
        unit=unit,
        from_on=first,
        to_on=at,
        begun=units_between(_days(kept["started_on"]), due, unit).astype(np.int32),
        closed=closed,
        done=kept["met_on"].is_not_null().to_numpy(),
        passed=kept["passed_due"].to_numpy(),
        left_out=len(fell) - len(kept),
    )


def _before(ended: Days, due: Days, unit: Unit) -> Counts:
    """How many units before its day each was closed; a Saturday after a Friday is after it, with no day between."""
    units = units_between(ended, due, unit)
    return np.where(ended > due, np.minimum(units, -1), units).astype(np.int32)


def _days(column: pl.Series) -> Days:
    return column.to_numpy().astype("datetime64[D]")
