"""Where a child stands against the interval in which they should be seen, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from keyworker.clocks.intervals import OWN_PLAN, WORKING, Interval, Intervals
from keyworker.facts.pictures import Standing, Status
from keyworker.facts.seen import LastSeen
from keyworker.vocabulary.working_days import spoken

_FOR = {
    "cp": "a child on a child protection plan",
    "cin": "a child in need",
    "looked after": "a child looked after",
    "section 47": "a child in a section 47 enquiry",
    "assessment": "a child being assessed",
    "referral": "a child referred",
    "short break": "a child in short breaks",
    OWN_PLAN: "this child under their own plan",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """By when a child should next be seen, where that stands on a day, and why in one sentence."""

    due_on: date | None
    standing: Standing
    why: str


@dataclass(frozen=True, slots=True)
class _Due:
    on: date
    start: date
    seen: bool
    interval: Interval


def read_visit(child_id: str, statuses: Sequence[Status], seen: LastSeen, intervals: Intervals, at: date) -> Reading:
    """Say by when a child should next be seen and where that stands at the end of a day.

    Takes   statuses, those in force on the day.
    Gives   the earliest day of all the intervals that apply, the child's own plan among them. It counts from the day
            last seen, or from the day on which the status or plan began if the child has not been seen since.
            What is due on the day itself is not past.
    Source  the council's own settings named `visit interval`, and the child's plan.
    """
    applying = [(interval, status.from_on) for status in statuses if (interval := intervals.of_status(status.kind, at))]
    own = intervals.of_child(child_id, at)
    if own:
        applying.append((own, own.from_on))
    if not applying:
        return Reading(None, Standing.NO_INTERVAL, _no_interval(statuses))
    found = [due for interval, began in applying if (due := _due(interval, began, seen.seen_on))]
    if not found:
        return Reading(None, Standing.CANNOT_TELL, _unreadable(applying[0][0]))
    first = min(found, key=lambda due: due.on)
    if first.on >= at:
        return Reading(first.on, Standing.IN_TIME, _why(first))
    if seen.unsaid_on and seen.unsaid_on > first.start and (first.interval.due(seen.unsaid_on) or at) >= at:
        unsaid = f" A visit on {spoken(seen.unsaid_on)} does not say whether the child was seen."
        return Reading(first.on, Standing.CANNOT_TELL, _why(first) + unsaid)
    return Reading(first.on, Standing.PAST, _why(first))


def _due(interval: Interval, began: date, seen_on: date | None) -> _Due | None:
    start = max(seen_on, began) if seen_on else began
    on = interval.due(start)
    return _Due(on, start, start == seen_on, interval) if on else None


def _why(due: _Due) -> str:
    interval = due.interval
    working = interval.unit == WORKING
    counted = (
        "working days of England and Wales, that day being day 0" if working else "calendar days, that day being day 0"
    )
    start = "when last seen" if due.seen else "when this began, for they have not been seen since"
    unit = "working days" if working else "days"
    source = ", ".join(filter(None, [interval.source, f"set by {interval.set_by}" if interval.set_by else ""]))
    whom = _FOR.get(interval.applies_to, interval.applies_to)
    return (
        f"At least every {interval.every} {unit} for {whom}, counted from "
        f"{spoken(due.start)}, {start}, in {counted}; source: {source or 'not given'}."
    )


def _no_interval(statuses: Sequence[Status]) -> str:
    kinds = ", ".join(dict.fromkeys(_FOR.get(status.kind, status.kind) for status in statuses))
    return f"No visit interval is set for {kinds or 'this child'}; an interval is a setting with a date and a source."


def _unreadable(interval: Interval) -> str:
    return (
        f"The visit interval for {_FOR.get(interval.applies_to, interval.applies_to)} cannot be read: it needs a whole "
        "number and working_days or calendar_days."
    )
