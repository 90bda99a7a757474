"""How a child's open days are shared out among those who held them: the main measures, weighted by days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from keyworker.facts.holds import ALWAYS, Held, main_workers, merged
from keyworker.measures.about import CannotTell, Method
from keyworker.measures.continuity.periods import Period, joined, total, within, without

METHOD = Method(
    "Continuity of worker over days",
    "UPC = days with the longest-serving worker / open days; HHI = Σ(days with each / open days)²",
    "the indices of Bice & Boxerman 1977 and Herfindahl, weighted by days held",
)


class Hold(NamedTuple):
    """One row that says a worker held a child; `to_on` is exclusive, None while it goes on."""

    worker_id: str
    from_on: date
    to_on: date | None


class Stretch(NamedTuple):
    """One worker's unbroken hold, touching rows made one."""

    worker_id: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True)
class Holding:
    """A child's days in a window, by who held them.

    Takes   open_days, the base; held_days, with a worker; gaps, the stretches without; workers, how many different;
            segments, unbroken holds; changes, how often one worker followed another; upc and hhi over the open days.
    """

    open_days: int
    held_days: int
    gaps: tuple[Period, ...]
    workers: int
    segments: int
    changes: int
    upc: Fraction | CannotTell
    hhi: Fraction | CannotTell
    method: Method = METHOD

    @property
    def days_without(self) -> int:
        """Open days on which nobody held the child."""
        return total(self.gaps)

    @property
    def longest_gap(self) -> int:
        """The longest stretch of days without a worker; 0 where there was none."""
        return max((gap.days for gap in self.gaps), default=0)


def stretches(holds: Iterable[Hold], tolerance: int = 0) -> list[Stretch]:
    """Rows made into unbroken holds: touching and overlapping rows of one worker are one, before anything is counted.

    Takes   tolerance, how many days may lie between two rows of one worker that are still one hold (a setting). Where
            two workers overlap, the one who began later holds the child.
    """
    rows = [Held(worker, "lead", from_on, to_on) for worker, from_on, to_on in holds]
    joined([(row.from_on, row.to_on) for row in rows], ALWAYS)  # refuses a row that ends before it begins
    found = main_workers(merged(_bridged(rows, tolerance)))
    return [Stretch(worker, from_on, to_on) for from_on, to_on, worker in found]


def _bridged(rows: Sequence[Held], tolerance: int) -> list[Held]:
    """Rows of one worker that nearly touch, made to touch."""
    if not tolerance:
        return list(rows)
    ordered = sorted(merged(rows), key=lambda row: (row.worker_id, row.from_on))
    for at, (row, after) in enumerate(pairwise(ordered)):
        near = row.to_on and timedelta(0) < after.from_on - row.to_on <= timedelta(days=tolerance)
        if near and row.worker_id == after.worker_id:
            ordered[at] = row._replace(to_on=after.from_on)
    return ordered


def holding(
    holds: Iterable[Hold],
    from_on: date,
    to_on: date,
    open_periods: Iterable[tuple[date, date | None]] | None = None,
    tolerance: int = 0,
) -> Holding:
    """A child's days from one day up to, not including, another.

    Takes   open_periods, when the child was open (None for the whole window). Days held while not open do not count;
            the first worker of all is no change, and the same worker again after a gap is none.
    """
    window = [Period(from_on, to_on)]
    is_open = window if open_periods is None else within(window, joined(open_periods, to_on))
    found = stretches(holds, tolerance)
    held: dict[str, int] = defaultdict(int)
    for stretch in found:
        held[stretch.worker_id] += total(within(is_open, [_period(stretch)]))
    held_periods = within(is_open, joined([(one.from_on, one.to_on) for one in found], ALWAYS))
    seen = [days for days in held.values() if days]
    base = total(is_open)
    none = CannotTell("the child was not open in the period")
    return Holding(
        open_days=base,
        held_days=total(held_periods),
        gaps=tuple(without(is_open, held_periods)),
        workers=len(seen),
        segments=sum(1 for one in found if within(is_open, [_period(one)])),
        changes=sum(
            before.worker_id != after.worker_id and from_on <= after.from_on < to_on
            for before, after in pairwise(found)
        ),
        upc=Fraction(max(seen, default=0), base) if base else none,
        hhi=Fraction(sum(days * days for days in seen), base * base) if base else none,
    )


def tenure(holds: Iterable[Hold], at: date, tolerance: int = 0) -> int | CannotTell:
    """For how many days the worker of a day has held the child without a break, that day counted."""
    for one in stretches(holds, tolerance):
        if one.from_on <= at and (one.to_on is None or one.to_on > at):
            return (at - one.from_on).days + 1
    return CannotTell("nobody held the child on that day")


def _period(stretch: Stretch) -> Period:
    return Period(stretch.from_on, stretch.to_on or ALWAYS)
