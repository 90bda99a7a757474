"""The shapes in which the service's figures reach people: a team, a district, the whole service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from keyworker.facts.moment import Moment
from keyworker.facts.pictures import Absent, ChildRow, SourceAge, TeamRef, WorkerRef, WorkerRow


@dataclass(frozen=True)
class Change:
    """One thing that moved since somebody last looked."""

    kind: str  # come, gone, changed hands, newly past, worker away, worker back
    on: date
    says: str
    child: tuple[str, str] | None = None  # handle, name
    worker: WorkerRef | None = None


@dataclass(frozen=True)
class TeamPicture:
    """A team at a moment.

    Takes   supervisors, whoever supervises a worker of the team, and its manager; spans, by worker how many they
            supervise in all; in_role_since, by worker, where an appointment tells: of the team and its supervisors;
            manager, who answers for children of the team who have no worker; allocate_by, by child, the day by which
            such a child should have one, where the council has set an interval.
    """

    team: TeamRef
    moment: Moment
    since: date | None
    changes: tuple[Change, ...]
    workers: tuple[WorkerRow, ...]
    children: tuple[ChildRow, ...]
    unallocated: tuple[ChildRow, ...]
    sources: tuple[SourceAge, ...]
    absent: tuple[Absent, ...]
    supervisors: tuple[WorkerRow, ...] = ()
    spans: Mapping[str, int] = field(default_factory=dict)
    in_role_since: Mapping[str, date] = field(default_factory=dict)
    manager: WorkerRef | None = None
    allocate_by: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Figure:
    """One number with what it rests on.

    Takes   numerator over denominator (None where it is a plain count), of what base, in what period.
    """

    name: str
    numerator: float | None
    denominator: float | None
    base: str
    period: str
    note: str = ""

    @property
    def share(self) -> float | None:
        """Numerator over denominator, 0 to 1; None when there is no base or nothing is known."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator / self.denominator


@dataclass(frozen=True)
class GroupRow:
    """The figures of one district or team, then or now."""

    group: str
    handle: str | None
    team_type: str | None
    children: int
    workers_holding: int
    mean_caseload: Figure
    loads: tuple[int, ...]  # children per worker, sorted, one number a worker, no names
    above_own_capacity: Figure
    past_interval: Figure
    cannot_tell: int
    unallocated: int
    changes_12_months: Figure  # changes per 100 child-months
    causes: tuple[tuple[str, int], ...]
    record_lag_days: tuple[int, ...]  # quartiles where entry times are known
    record_lag_unknown: int
    supervision_past: Figure
    vacancies: Figure
    truly_uncovered: float | None
    capacities: tuple[float | None, ...] = ()  # agreed with each worker of `loads`, in the same order


@dataclass(frozen=True)
class ServicePicture:
    """The whole service at a moment, by district or by team, beside an earlier moment."""

    moment: Moment
    by: str  # district or team
    groups: tuple[GroupRow, ...]
    total: GroupRow
    then: Moment | None
    groups_then: tuple[GroupRow, ...]
    sources: tuple[SourceAge, ...]
    absent: tuple[Absent, ...]
    total_then: GroupRow | None = None
    told_from: date | None = None  # the first day of which it is told who held children; None: nothing says

    @property
    def is_told(self) -> bool:
        """Whether the moment's day lies within what the record can tell."""
        return self.told_from is None or self.told_from <= self.moment.at

    @property
    def is_then_told(self) -> bool:
        """Whether the earlier day does, where one is asked for."""
        return self.then is None or self.told_from is None or self.told_from <= self.then.at
