"""How often a child should be seen: the council's own settings, and the child's own plan.

There is no default. Where nobody has set an interval, nothing is due and the child is counted as having none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from keyworker.facts.columns.everybody import Source
from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch, fetch_of_nobody
from keyworker.vocabulary.working_days import add_working_days

WORKING, CALENDAR = "working_days", "calendar_days"
OWN_PLAN = "own plan"

# What a setting may call each status.
_STATUS_OF = {
    "cp": "cp",
    "cin": "cin",
    "cla": "looked after",
    "looked after": "looked after",
    "short break": "short break",
    "short breaks": "short break",
    "s47": "section 47",
    "section 47": "section 47",
    "assessment": "assessment",
    "referral": "referral",
}


# Thousands of children share a few hundred days and intervals.
_working_days_after = lru_cache(maxsize=50_000)(add_working_days)


@dataclass(frozen=True)
class Interval:
    """The longest time between two visits, who set it, where that is written, and when it held.

    Takes   applies_to, a status such as cp, or `own plan`; every, None when the setting cannot be read.
    """

    applies_to: str
    every: int | None
    unit: str
    set_by: str
    source: str
    from_on: date
    to_on: date | None

    def on(self, day: date) -> bool:
        """Whether it held at the end of a day."""
        return self.from_on <= day and (self.to_on is None or self.to_on > day)

    def due(self, start: date) -> date | None:
        """The last day on which the next visit is in time. The day counted from is day 0."""
        if self.every is None:
            return None
        if self.unit == WORKING:
            return _working_days_after(start, self.every)
        return start + timedelta(days=self.every)


@dataclass(frozen=True)
class Intervals:
    """Every interval known: the council's by status, and children's own."""

    by_status: Mapping[str, Sequence[Interval]]
    own: Mapping[str, Sequence[Interval]]

    def of_status(self, kind: str, day: date) -> Interval | None:
        """The council's interval for a status on a day."""
        return next((one for one in self.by_status.get(kind, ()) if one.on(day)), None)

    def of_child(self, child_id: str, day: date) -> Interval | None:
        """The interval of a child's own plan on a day."""
        return next((one for one in self.own.get(child_id, ()) if one.on(day)), None)


def intervals(source: Source, lens: Lens) -> Intervals:
    """The intervals that are known through a lens, the latest set first."""
    by_status: dict[str, list[Interval]] = defaultdict(list)
    rows = fetch_of_nobody(
        source,
        lens,
        """select applies_to, value, unit, set_by, written_in, from_on, to_on from {setting} s
        where lower(name) = 'visit interval' order by from_on desc, entry_id desc""",
    )
    for applies_to, value, unit, set_by, written_in, from_on, to_on in rows:
        status = _STATUS_OF.get(applies_to.strip().lower().replace("_", " "), applies_to)
        by_status[status].append(_interval(status, value, unit, set_by, written_in, from_on, to_on))
    own: dict[str, list[Interval]] = defaultdict(list)
    for child_id, every, unit, set_by, from_on, to_on in fetch(
        source,
        lens,
        """select child_id, visit_every, unit, set_by, from_on, to_on from {child_plan} p
        order by from_on desc, entry_id desc""",
    ):
        own[child_id].append(_interval(OWN_PLAN, str(every), unit, set_by, "the child's plan", from_on, to_on))
    return Intervals(by_status, own)


def _interval(
    applies_to: str,
    value: str,
    unit: str | None,
    set_by: str | None,
    source: str | None,
    from_on: date,
    to_on: date | None,
) -> Interval:
    word = (unit or "").strip().lower().replace(" ", "_")
    readable = value.strip().isdecimal() and int(value) > 0 and word in (WORKING, CALENDAR)
    return Interval(applies_to, int(value) if readable else None, word, set_by or "", source or "", from_on, to_on)
