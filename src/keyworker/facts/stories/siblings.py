"""Children of a family side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from keyworker.facts.pictures import Gap, Outcome, Role, Status, WorkerRef


@dataclass(frozen=True)
class HeldBy:
    """One worker held a child as lead or accountable worker."""

    worker: WorkerRef
    role: Role
    from_on: date
    to_on: date | None  # exclusive


@dataclass(frozen=True)
class Together:
    """One child of a family as a thin strip, to be laid beside the others'."""

    handle: str
    name: str
    age_years: int | None
    is_open: bool
    statuses: tuple[Status, ...]
    holds: tuple[HeldBy, ...]
    gaps: tuple[Gap, ...]
    visits: tuple[tuple[date, Outcome], ...]
    last_seen_on: date | None
    untold: tuple[Gap, ...] = ()  # open days of which no extract tells who held the child

    def holder(self, day: date) -> WorkerRef | None:
        """The one worker in whose caseload the child is counted on a day: the lead, else the accountable worker."""
        held = [one for one in self.holds if one.from_on <= day and (one.to_on is None or one.to_on > day)]
        first = max(held, key=lambda one: (one.role is Role.LEAD, one.from_on), default=None)
        return first.worker if first and self.is_open else None
