"""The days by which a child was to be seen, through their whole time with the service."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from keyworker.clocks.intervals import Interval, Intervals
from keyworker.facts.pictures import Outcome, Status, VisitMark

SEEN = frozenset({Outcome.SEEN, Outcome.SEEN_ALONE})


def comb(
    child_id: str, statuses: Sequence[Status], visits: Iterable[VisitMark], intervals: Intervals
) -> tuple[tuple[date, date], ...]:
    """Each day from which an interval counted, with the day by which the child was to be seen next.

    A tooth stands only where the status that asked for it still went on that day.
    """
    seen = {visit.happened_on for visit in visits if visit.outcome in SEEN}
    starts = seen | {status.from_on for status in statuses}
    found = ((start, _due(child_id, start, statuses, intervals)) for start in sorted(starts))
    return tuple((start, due) for start, due in found if due)


def _due(child_id: str, start: date, statuses: Sequence[Status], intervals: Intervals) -> date | None:
    running = [
        status for status in statuses if status.from_on <= start and (status.to_on is None or status.to_on > start)
    ]
    days = [
        due
        for status in running
        if (due := _of(intervals.of_status(status.kind, start), start)) and (status.to_on is None or due < status.to_on)
    ]
    if running and (own := _of(intervals.of_child(child_id, start), start)):
        days.append(own)
    return min(days, default=None)


def _of(interval: Interval | None, start: date) -> date | None:
    return interval.due(start) if interval else None
