"""Visits that were not made in time, and what coincided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl
import psycopg

from keyworker.actions.whole import whole_at
from keyworker.clocks.engine import every_readings, every_rule, readings, rows_of
from keyworker.clocks.missed import Missed, missed, shares
from keyworker.clocks.rules import Subject
from keyworker.facts.moment import Moment

LOOKED_BACK = timedelta(days=365)


def missed_by(
    connection: psycopg.Connection, moment: Moment, *, child_id: str | None = None, since: date | None = None
) -> list[Missed]:
    """Visits that were not made in time, and what coincided: one child's, or those of every open child since a day."""
    if child_id is not None:
        return missed(connection, moment, readings(connection, moment, child_ids=[child_id]))
    rules = {rule.id for rule in every_rule() if "visit" in rule.id and rule.binding.subject is Subject.CHILD}
    found, rulebook = every_readings(connection, moment, rules=rules)
    begun = since or moment.at - LOOKED_BACK
    late = found.filter(pl.col("passed_due") & (pl.col("due_on") >= begun))
    open_now = {row.child_id for row in whole_at(connection, moment).children}
    return missed(connection, moment, (row for row in rows_of(late, rulebook) if row.subject in open_now))


def shares_by(connection: psycopg.Connection, moment: Moment, found: Sequence[Missed]) -> list[dict[str, Any]]:
    """By district: how many visits were not made in time, and with how many of them each thing coincided."""
    of_child = {row.child_id: row.team.district if row.team else None for row in whole_at(connection, moment).children}
    districts = sorted({of_child.get(one.reading.subject) or "" for one in found})
    rows = []
    for district in [*districts, None]:
        those = [one for one in found if district is None or (of_child.get(one.reading.subject) or "") == district]
        counted = {what.value: count for what, (count, _) in shares(those).items()}
        rows.append(
            {"district": "all" if district is None else district or "unmapped", "missed": len(those), **counted}
        )
    return rows
