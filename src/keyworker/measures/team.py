"""What moved in a team between two moments: children come and gone, hands changed, dates newly past, workers away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from keyworker.facts.pictures import ChildRow, Standing, WorkerRow
from keyworker.measures.caseload import holder
from keyworker.measures.pictures import Change


def changes_since(
    children: Sequence[ChildRow],
    children_then: Sequence[ChildRow],
    workers: Sequence[WorkerRow],
    workers_then: Sequence[WorkerRow],
    at: date,
) -> tuple[Change, ...]:
    """What moved between two readings of one team, in the order in which it matters."""
    before = {child.child_id: child for child in children_then}
    after = {child.child_id: child for child in children}
    found = [
        *_newly_past(after, before),
        *_come_and_gone(after, before, at),
        *_changed_hands(after, before, at),
        *_away_and_back(workers, workers_then, at),
    ]
    return tuple(found)


def _newly_past(after: dict[str, ChildRow], before: dict[str, ChildRow]) -> Iterator[Change]:
    for child_id, child in after.items():
        was = before.get(child_id)
        if child.standing is Standing.PAST and child.due_on and (was is None or was.standing is not Standing.PAST):
            yield Change("newly past", child.due_on, "was to have been seen by this day", (child.handle, child.name))


def _come_and_gone(after: dict[str, ChildRow], before: dict[str, ChildRow], at: date) -> Iterator[Change]:
    for child_id in after.keys() - before.keys():
        child = after[child_id]
        yield Change("come", child.lead_since or at, "came to this team", (child.handle, child.name), holder(child))
    for child_id in before.keys() - after.keys():
        child = before[child_id]
        yield Change("gone", at, "left this team or is no longer open", (child.handle, child.name), holder(child))


def _changed_hands(after: dict[str, ChildRow], before: dict[str, ChildRow], at: date) -> Iterator[Change]:
    for child_id in after.keys() & before.keys():
        child, now, then = after[child_id], holder(after[child_id]), holder(before[child_id])
        if (now and now.worker_id) != (then and then.worker_id):
            says = f"from {then.name if then else 'nobody'} to {now.name if now else 'nobody'}"
            yield Change("changed hands", child.lead_since or at, says, (child.handle, child.name), now)


def _away_and_back(now: Sequence[WorkerRow], then: Sequence[WorkerRow], at: date) -> Iterator[Change]:
    was_away = {row.worker.worker_id: row.is_away for row in then}
    for row in now:
        was = was_away.get(row.worker.worker_id)
        if row.is_away and was is False:
            yield Change("worker away", at, "is away", worker=row.worker)
        elif was and not row.is_away:
            yield Change("worker back", at, "is back", worker=row.worker)
