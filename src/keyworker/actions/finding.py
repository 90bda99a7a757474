"""Somebody found: what is told of a child, a worker or a team to whoever looks for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from keyworker.facts.found import By
from keyworker.facts.pictures import ChildRow, Status, TeamRef, WorkerRef

MOST_TOLD = 20
"""How many children are told: a longer list is read by nobody, and shows more children than were looked for."""

COLUMNS = (
    "found",
    "child_id",
    "worker_id",
    "team_id",
    "handle",
    "name",
    "birth_on",
    "by",
    "worker",
    "team",
    "district",
    "is_open",
    "has_left",
)
"""The columns of a row of somebody found; those that do not apply are empty."""


@dataclass(frozen=True)
class FoundChild:
    """A child who answers.

    Takes   row, what is told of an open child in any list, None of one who is not open today; score, how well the
            child answers, 1 for the very name or a number.
    """

    child_id: str
    handle: str
    name: str
    birth_on: date | None
    age_years: int | None
    by: By
    score: float
    row: ChildRow | None

    @property
    def statuses(self) -> tuple[Status, ...]:
        """Why the child is open, gravest first; nothing for one who is not."""
        return self.row.statuses if self.row else ()

    @property
    def worker(self) -> WorkerRef | None:
        """Who leads, or where nobody does answers for the child."""
        return (self.row.lead or self.row.accountable) if self.row else None

    @property
    def team(self) -> TeamRef | None:
        """The team with which the child is."""
        return self.row.team if self.row else None

    @property
    def is_exact(self) -> bool:
        """Whether the child was found by the very name of now, or by a number."""
        return self.by in (By.NAME, By.NUMBER)


@dataclass(frozen=True)
class FoundWorker:
    """A worker who answers. Takes teams, in which they are, or were last; has_left, whether they left the service."""

    worker: WorkerRef
    teams: tuple[TeamRef, ...]
    has_left: bool


@dataclass(frozen=True)
class Found:
    """Everybody who answers, as far as whoever looks may see them.

    Takes   is_cut, whether more children answer than are told.
    """

    children: tuple[FoundChild, ...] = ()
    workers: tuple[FoundWorker, ...] = ()
    teams: tuple[TeamRef, ...] = ()
    is_cut: bool = False

    @property
    def only(self) -> FoundChild | None:
        """The one child who can be meant: the only answer, and by the very name or a number."""
        alone = len(self.children) == 1 and not self.workers and not self.teams
        return self.children[0] if alone and self.children[0].is_exact else None


def found_records(found: Found) -> list[dict[str, Any]]:
    """Everybody who answers as flat rows. A name leaves only as names do."""
    children: Iterable[dict[str, Any]] = (
        {
            "found": "child",
            "child_id": one.child_id,
            "handle": one.handle,
            "name": one.name,
            "birth_on": one.birth_on,
            "by": one.by.value,
            "worker_id": one.worker.worker_id if one.worker else None,
            "team": one.team.name if one.team else None,
            "is_open": one.row is not None,
        }
        for one in found.children
    )
    workers: Iterable[dict[str, Any]] = (
        {
            "found": "worker",
            "worker_id": one.worker.worker_id,
            "handle": one.worker.handle,
            "worker": one.worker.name,
            "team": ", ".join(team.name for team in one.teams) or None,
            "has_left": one.has_left,
        }
        for one in found.workers
    )
    teams: Iterable[dict[str, Any]] = (
        {"found": "team", "team_id": one.team_id, "handle": one.handle, "team": one.name, "district": one.district}
        for one in found.teams
    )
    return [{name: row.get(name) for name in COLUMNS} for row in (*children, *workers, *teams)]
