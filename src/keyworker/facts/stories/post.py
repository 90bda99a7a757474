"""A post's time on the establishment, from day to day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from keyworker.facts.moment import Moment
from keyworker.facts.pictures import SourceAge, TeamRef, WorkerRef
from keyworker.facts.stories.shared import Appointed, PostRef


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
