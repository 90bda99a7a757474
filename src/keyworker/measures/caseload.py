"""How many children each worker holds: a distribution, never only a mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from keyworker.facts.pictures import ChildRow, Standing, WorkerRef, WorkerRow
from keyworker.measures.pictures import Figure


def holder(child: ChildRow) -> WorkerRef | None:
    """The one worker in whose caseload a child is counted: the lead where there is one, else the accountable worker."""
    return child.lead or child.accountable


def loads(children: Iterable[ChildRow]) -> tuple[int, ...]:
    """Children per worker who holds any, smallest first."""
    return tuple(load for load, _ in _held(children))


def capacities(children: Iterable[ChildRow], agreed: Mapping[str, float | None]) -> tuple[float | None, ...]:
    """The number agreed with each worker who holds any of these children, in the order of `loads`.

    Takes   agreed, each worker's own number; None, or absent, where none was agreed.
    """
    return tuple(agreed.get(worker_id) for _, worker_id in _held(children))


def _held(children: Iterable[ChildRow]) -> list[tuple[int, str]]:
    held = Counter(worker.worker_id for child in children if (worker := holder(child)))
    return sorted((load, worker_id) for worker_id, load in held.items())


def mean_caseload(children: Sequence[ChildRow], workers: Sequence[WorkerRow], period: str) -> Figure:
    """Children held for each full-time-equivalent worker who holds any.

    Gives   a figure whose denominator is full-time equivalents where every holder's is known,
            and people where it is not; its base says which.
    """
    holders = {worker.worker_id for child in children if (worker := holder(child))}
    ftes = {row.worker.worker_id: row.fte for row in workers if row.worker.worker_id in holders}
    known = [fte for fte in ftes.values() if fte]
    held = sum(1 for child in children if holder(child))
    if holders and len(known) == len(holders):
        return Figure(
            "Mean caseload", held, round(sum(known), 2), "full-time-equivalent workers who hold a child", period
        )
    note = "working hours are not known for every one of them" if holders else ""
    return Figure("Mean caseload", held, len(holders), "workers who hold a child", period, note)


def above_own_capacity(workers: Sequence[WorkerRow], period: str) -> Figure:
    """Workers who hold more children than they have agreed that they can, among those with an agreed number."""
    agreed = [row for row in workers if row.agreed_capacity is not None and row.children > 0]
    above = sum(1 for row in agreed if row.children > (row.agreed_capacity or 0))
    missing = sum(1 for row in workers if row.agreed_capacity is None and row.children > 0)
    who = "1 worker who holds children has" if missing == 1 else f"{missing:,} workers who hold children have"
    note = f"{who} no agreed number" if missing else ""
    base = "workers with an agreed number who hold a child"
    return Figure("Workers above their own agreed capacity", above if agreed else None, len(agreed), base, period, note)


def past_interval(children: Sequence[ChildRow], period: str) -> Figure:
    """Children not seen within the interval in which they should have been, among those with an interval."""
    judged = [child for child in children if child.standing in {Standing.PAST, Standing.IN_TIME}]
    past = sum(1 for child in judged if child.standing is Standing.PAST)
    left_out = len(children) - len(judged)
    who = "1 open child is" if left_out == 1 else f"{left_out:,} open children are"
    note = f"{who} left out: no interval is set, or it cannot be told" if left_out else ""
    base = "open children with an interval"
    return Figure("Children past their interval", past if judged else None, len(judged), base, period, note)
