"""What several stories share: counts over time, posts, and who was in post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from keyworker.facts.pictures import TeamRef, WorkerRef


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
