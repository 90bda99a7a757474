"""A worker's time with the service, from day to day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from keyworker.facts.moment import Moment
from keyworker.facts.pictures import ChildRow, SourceAge, WorkerRef, WorkerRow
from keyworker.facts.stories.shared import Appointed, Count


@dataclass(frozen=True)
class Away:
    """Days on which a worker was away; why is nobody's to see here."""

    from_on: date
    to_on: date | None  # exclusive
    expected_on: date | None  # the day on which they are expected back, while they are away


@dataclass(frozen=True)
class Supervised:
    """One supervision of a worker, held or not."""

    on: date
    outcome: str
    by: WorkerRef | None


@dataclass(frozen=True)
class Learning:
    """A training session that was offered to a worker."""

    on: date
    attended: bool | None


@dataclass(frozen=True)
class Protected:
    """Days on which a part of a worker's time was to be kept free of children's work.

    Takes   share, of the contracted hours, 0 to 1; None where nobody has set one; source, where the share is written.
    """

    from_on: date
    to_on: date | None  # exclusive
    share: float | None
    source: str


@dataclass(frozen=True)
class MonthOfWork:
    """A worker's month, as at its last day, or at the day looked at.

    Takes   on, the day; children, held at its end; most, on any day of the month; above_days, on which more were held
            than agreed; away_days, on which the worker was away, None for whoever is not told; protected_hours, a
            week, at the day.
    """

    on: date
    children: int
    most: int
    agreed_capacity: float | None
    above_days: int | None
    away_days: int | None
    protected_hours: float | None
    supervisions_held: int


@dataclass(frozen=True)
class WorkerStory:
    """A worker's whole time with the service, as known at a moment.

    Takes   from_on, the first day of the picture; reach, the first day of which the record's counts are whole, where
            that is later than the worker's own first day; until, the day after the last one in post or with a child;
            supervises, how many workers they supervise; in_role_since, where an appointment in force tells;
            past_absence_told, whether absences that have ended, and days away, are told to whoever looks.
    """

    worker: WorkerRef
    moment: Moment
    row: WorkerRow | None  # None when the worker neither is in post nor holds a child at the moment
    from_on: date
    until: date | None  # exclusive; None while it goes on
    reach: date | None
    children_now: tuple[ChildRow, ...]
    held: tuple[Count, ...]
    capacity: tuple[Count, ...]
    appointments: tuple[Appointed, ...]
    absences: tuple[Away, ...]
    supervisions: tuple[Supervised, ...]
    learning: tuple[Learning, ...]
    protected: tuple[Protected, ...]
    months: tuple[MonthOfWork, ...]
    sources: tuple[SourceAge, ...] = ()
    supervises: int = 0
    in_role_since: date | None = None
    past_absence_told: bool = True
