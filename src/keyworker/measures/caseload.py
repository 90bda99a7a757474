"""How many children each worker holds: a distribution, never only a mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from keyworker.facts.pictures import ChildRow, Standing, WorkerRef
from keyworker.measures.pictures import Figure

Loads = Mapping[str, int]
"""How many children each worker holds, for those who hold any."""


@dataclass(frozen=True, slots=True)
class Staff:
    """What the service's figures need of a worker.

    Takes   children, how many they hold in whichever team; days_since_supervised, None where there is no supervision.
    """

    worker_id: str
    team_id: str | None
    children: int
    fte: float | None
    agreed_capacity: float | None
    days_since_supervised: int | None


def holder(child: ChildRow) -> WorkerRef | None:
    """The one worker in whose caseload a child is counted: the lead where there is one, else the accountable worker."""
    return child.lead or child.accountable


def sizes(loads: Loads) -> tuple[int, ...]:
    """Children per worker who holds any, smallest first."""
    return tuple(load for load, _ in _ordered(loads))


def capacities(loads: Loads, agreed: Mapping[str, float | None]) -> tuple[float | None, ...]:
    """The number agreed with each worker who holds any, in the order of `sizes`.

    Takes   agreed, each worker's own number; None, or absent, where none was agreed.
    """
    return tuple(agreed.get(worker_id) for _, worker_id in _ordered(loads))


def _ordered(loads: Loads) -> list[tuple[int, str]]:
    return sorted((load, worker_id) for worker_id, load in loads.items())


def mean_caseload(loads: Loads, ftes: Mapping[str, float | None], period: str) -> Figure:
    """Children held for each full-time-equivalent worker who holds any.

    Takes   ftes, each worker's full-time equivalent, None where it is not known.
    Gives   a figure whose denominator is full-time equivalents where every holder's is known,
            and people where it is not; its base says which.
    """
    known = [fte for worker_id in loads if (fte := ftes.get(worker_id))]
    held = sum(loads.values())
    if loads and len(known) == len(loads):
        return Figure(
            "Mean caseload", held, round(sum(known), 2), "full-time-equivalent workers who hold a child", period
        )
    note = "working hours are not known for every one of them" if loads else ""
    return Figure("Mean caseload", held, len(loads), "workers who hold a child", period, note)


def above_own_capacity(workers: Sequence[Staff], period: str) -> Figure:
    """Workers who hold more children than they have agreed that they can, among those with an agreed number."""
    agreed = [row for row in workers if row.agreed_capacity is not None and row.children > 0]
    above = sum(1 for row in agreed if row.children > (row.agreed_capacity or 0))
    missing = sum(1 for row in workers if row.agreed_capacity is None and row.children > 0)
    who = "1 worker who holds children has" if missing == 1 else f"{missing:,} workers who hold children have"
    note = f"{who} no agreed number" if missing else ""
    base = "workers with an agreed number who hold a child"
    return Figure("Workers above their own agreed capacity", above if agreed else None, len(agreed), base, period, note)


def past_interval(standings: Mapping[str, int], period: str) -> Figure:
    """Children not seen within the interval in which they should have been, among those with an interval.

    Takes   standings, how many open children stand where.
    """
    past = standings.get(Standing.PAST, 0)
    judged = past + standings.get(Standing.IN_TIME, 0)
    left_out = cannot_tell(standings)
    who = "1 open child is" if left_out == 1 else f"{left_out:,} open children are"
    note = f"{who} left out: no interval is set, or it cannot be told" if left_out else ""
    base = "open children with an interval"
    return Figure("Children past their interval", past if judged else None, judged, base, period, note)


def cannot_tell(standings: Mapping[str, int]) -> int:
    """How many open children have no interval, or too little recorded to judge."""
    return standings.get(Standing.NO_INTERVAL, 0) + standings.get(Standing.CANNOT_TELL, 0)
