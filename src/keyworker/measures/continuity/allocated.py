"""Whether the worker who came is the one who holds the child."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from keyworker.measures.about import About, CannotTell
from keyworker.measures.continuity.holding import Stretch
from keyworker.measures.continuity.visits import Visit
from keyworker.measures.intervals import Estimate, share


@dataclass(frozen=True)
class ByAllocated:
    """Visits by who made them.

    Takes   by_allocated, by the worker who held the child that day, alone or with another; by_others, by anybody else;
            unknown, no worker recorded; nobody_held, visits on days when nobody held the child, within by_others or
            unknown.
    """

    by_allocated: int
    by_others: int
    unknown: int
    nobody_held: int

    @property
    def visits(self) -> int:
        """All of them: the base."""
        return self.by_allocated + self.by_others + self.unknown

    def __add__(self, other: ByAllocated) -> ByAllocated:
        return ByAllocated(
            self.by_allocated + other.by_allocated,
            self.by_others + other.by_others,
            self.unknown + other.unknown,
            self.nobody_held + other.nobody_held,
        )


NO_VISITS = ByAllocated(0, 0, 0, 0)


def by_allocated(visits: Iterable[Visit], held: Sequence[Stretch]) -> ByAllocated:
    """One child's visits beside the worker who held the child on each day. On a day of handover that is the new one."""
    found = NO_VISITS
    for visit in visits:
        holder = _holder(held, visit.on)
        ours = holder is not None and holder in visit.workers
        # Somebody unknown who came when nobody held the child was not the worker who held them.
        unknown = not visit.workers and holder is not None
        found += ByAllocated(int(ours), int(not ours and not unknown), int(unknown), int(holder is None))
    return found


def allocated_share(counts: ByAllocated, about: About) -> tuple[Estimate | CannotTell, Estimate | CannotTell]:
    """The share of visits by the allocated worker, at least and at most: unknown visits counted as others', then as
    theirs. Where every worker is known the two are one.
    """
    unit = "share of visits by the allocated worker"
    least, most = counts.by_allocated, counts.by_allocated + counts.unknown
    return share(least, counts.visits, about, unit=unit), share(most, counts.visits, about, unit=unit)


def _holder(held: Sequence[Stretch], on: date) -> str | None:
    return next((one.worker_id for one in held if one.from_on <= on and (one.to_on is None or one.to_on > on)), None)
