"""A team through each reorganisation, from day to day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from keyworker.facts.moment import Moment
from keyworker.facts.pictures import SourceAge, TeamRef, WorkerRef
from keyworker.facts.stories.shared import Count


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
