"""The shapes in which the lives of workers, posts and teams reach people, beside a child's story.

Pages, commands and Python all show these same values. Names are present only where the asker may see them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from keyworker.facts.moment import Moment
from keyworker.facts.pictures import (
    ChildRow,
    Gap,
    Outcome,
    Role,
    SourceAge,
    Status,
    TeamRef,
    WorkerRef,
    WorkerRow,
)


class Count(NamedTuple):
    """How many it was from a day on, until the next count."""

    from_on: date
    number: float | None


@dataclass(frozen=True)
class PostRef:
    """A post, as other pictures name it."""

    post_id: str
    title: str
    handle: str


@dataclass(frozen=True)
class Appointed:
    """A worker in post: where, as what, for how many hours, with which agreed capacity."""

    worker: WorkerRef
    post: PostRef | None
    team: TeamRef | None
    job_title: str | None
    employment: str | None
    fte: float | None
    hours_per_week: float | None
    agreed_capacity: float | None
    first_year: bool | None
    covers_vacancy: bool | None
    from_on: date
    to_on: date | None  # exclusive

    @property
    def agency(self) -> bool:
        """Whether the worker came through an agency."""
        return (self.employment or "").lower() == "agency"


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
            than agreed; away_days, on which the worker was away; protected_hours, a week, at the day.
    """

    on: date
    children: int
    most: int
    agreed_capacity: float | None
    above_days: int | None
    away_days: int
    protected_hours: float | None
    supervisions_held: int


@dataclass(frozen=True)
class WorkerStory:
    """A worker's whole time with the service, as known at a moment.

    Takes   from_on, the first day of the picture; reach, the first day of which the record's counts are whole, where
            that is later than the worker's own first day; until, the day after the last one in post or with a child.
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


@dataclass(frozen=True)
class PostSpan:
    """A post as it was between two days."""

    title: str
    team: TeamRef | None
    fte: float | None
    holds_cases: bool | None
    from_on: date
    to_on: date | None  # exclusive


@dataclass(frozen=True)
class Empty:
    """Days on which a post was not filled by employees, and how much of that agency workers covered.

    Takes   vacant, full-time equivalent without an employee; uncovered, of that, what nobody covered.
    """

    from_on: date
    to_on: date | None  # exclusive
    vacant: float
    uncovered: float


@dataclass(frozen=True)
class StepTaken:
    """One step in filling a post."""

    kind: str
    on: date
    outcome: str | None
    worker: WorkerRef | None


@dataclass(frozen=True)
class PostRow:
    """A post at a moment: how much of it is empty, since when, and how far filling it has come."""

    post: PostRef
    team: TeamRef | None
    fte: float | None
    holds_cases: bool | None
    vacant: float
    uncovered: float
    empty_since: date | None
    since_reach: bool  # whether it was empty on the first day of which that can be told, and so perhaps before
    held_by: tuple[WorkerRef, ...]
    last_step: StepTaken | None


@dataclass(frozen=True)
class PostStory:
    """A post's whole time on the establishment, as known at a moment.

    Takes   from_on, the first day of the picture; reach, the first day of which the record's appointments are whole,
            where that is later than the post's own first day: before it, who was in post cannot be told.
    """

    post: PostRef
    moment: Moment
    row: PostRow | None  # None when the post is not on the establishment at the moment
    from_on: date
    reach: date | None
    spans: tuple[PostSpan, ...]
    people: tuple[Appointed, ...]
    empty: tuple[Empty, ...]
    steps: tuple[StepTaken, ...]
    sources: tuple[SourceAge, ...] = ()


@dataclass(frozen=True)
class TeamSpan:
    """A team as it was named, placed and led between two days."""

    team: TeamRef
    manager: WorkerRef | None
    from_on: date
    to_on: date | None  # exclusive


@dataclass(frozen=True)
class Followed:
    """One team followed another on a day: renamed, split, merged or moved."""

    before: TeamRef
    after: TeamRef
    how: str
    on: date


@dataclass(frozen=True)
class MonthOfTeam:
    """A team's month, as at its last day, or at the day looked at.

    Takes   children, open and with the team; holding, workers who hold any of them; appointed, workers whose
            appointment is to the team; unallocated, of the children, those with no worker.
    """

    on: date
    team: TeamRef
    children: int
    unallocated: int
    holding: int
    appointed: int


@dataclass(frozen=True)
class TeamStory:
    """A team through each reorganisation, with the teams that it came of and those that came of it.

    Takes   from_on, the first day of the picture; reach, the first day of which the record's counts are whole, where
            that is later than the first team's first day.
    """

    team: TeamRef
    moment: Moment
    from_on: date
    reach: date | None
    lineage: tuple[TeamRef, ...]  # in the order in which they began; the team itself among them
    spans: tuple[TeamSpan, ...]
    followed: tuple[Followed, ...]
    children: tuple[tuple[str, tuple[Count, ...]], ...]  # by team's identifier
    months: tuple[MonthOfTeam, ...]
    sources: tuple[SourceAge, ...] = ()

    def children_of(self, team_id: str) -> Sequence[Count]:
        """How many children one team of the lineage had, from day to day."""
        return dict(self.children).get(team_id, ())


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

    def holder(self, day: date) -> WorkerRef | None:
        """The one worker in whose caseload the child is counted on a day: the lead, else the accountable worker."""
        held = [one for one in self.holds if one.from_on <= day and (one.to_on is None or one.to_on > day)]
        first = max(held, key=lambda one: (one.role is Role.LEAD, one.from_on), default=None)
        return first.worker if first and self.is_open else None
