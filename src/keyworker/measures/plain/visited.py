"""A child's visits one after another, and their referrals, told plainly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any

from keyworker.facts.reference import Reference, Row

DAY = timedelta(days=1)
MADE = ("seen alone", "seen", "not seen")
NUMBERS = ("cin_visit_id", "cp_visit_id", "visit_id")
"""The columns of which one holds a visit's own number."""


def visits_after_another(known: Reference) -> Iterator[tuple[Row, Row]]:
    """Each visit that was made with the child's visit before it, where it is known who made both.

    Of one day they go by their time, those without a time last, and then by their number.
    """
    made: dict[str, list[Row]] = defaultdict(list)
    for visit in known.visits():
        if visit["outcome"] in MADE:
            made[visit["child_id"]].append(visit)
    for visits in made.values():
        for before, after in pairwise(sorted(visits, key=_in_order)):
            if before["worker_id"] is not None and after["worker_id"] is not None:
                yield before, after


def name_of(visit: Row) -> str:
    """A visit's own name: the numbers of two kinds may be alike."""
    return f"{visit['source']} {visit['kind']} {visit['entry_id']}"


def _in_order(visit: Row) -> tuple[Any, ...]:
    number = next((visit[name] for name in NUMBERS if visit.get(name) is not None), None)
    at: time | None = visit["happened_time"]
    return (visit["happened_on"], at is None, at or time.min, number is None, number or "", name_of(visit))


def new_referrals(known: Reference) -> Iterator[tuple[Row, date | None]]:
    """Each referral about a child who was not open already, with the day of their last one on an earlier day."""
    of_child: dict[str, list[Row]] = defaultdict(list)
    for row in known.rows("cin_episodes"):
        of_child[row["child_id"]].append(row)
    for rows in of_child.values():
        told: list[Row] = []
        open_until = date.min
        for row in sorted(rows, key=lambda one: (one["from_on"], one["referral_id"])):
            if open_until <= row["from_on"]:
                yield row, max((one["from_on"] for one in told if one["from_on"] < row["from_on"]), default=None)
                told.append(row)
            open_until = max(open_until, _open_until(row))


def _open_until(row: Row) -> date:
    """The last day on which a referral leaves no room for a new one."""
    if row["referral_nfa"]:
        return row["from_on"]
    return row["to_on"] - DAY if row["to_on"] else date.max
