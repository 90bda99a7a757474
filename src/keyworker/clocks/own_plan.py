"""The due day that a child's own plan gives, beside the service's minimum."""

from __future__ import annotations

from datetime import date

import polars as pl

from keyworker.clocks.counting import due_day
from keyworker.clocks.due import Local, OwnInterval


def with_own_due(duties: pl.DataFrame, rule_number: int, local: Local) -> pl.DataFrame:
    """The same duties; those of the own plan's rule are due when each child's own plan says."""
    theirs = (duties["rule"] == rule_number).arg_true()
    if not len(theirs):
        return duties
    asked = duties.select("subject", "started_on")[theirs]
    due = pl.Series([_due(local, subject, started_on) for subject, started_on in asked.iter_rows()], dtype=pl.Date)
    return duties.with_columns(duties["due_on"].scatter(theirs, due))


def own_interval(local: Local, child_id: str, day: date) -> OwnInterval | None:
    """What a child's own plan said on a day; the newest of several."""
    found = [
        one for one in local.own.get(child_id, ()) if one.from_on <= day and (one.to_on is None or one.to_on > day)
    ]
    return found[-1] if found else None


def _due(local: Local, child_id: str, day: date) -> date | None:
    own = own_interval(local, child_id, day)
    return due_day(day, own.method, local.known) if own and own.method else None
