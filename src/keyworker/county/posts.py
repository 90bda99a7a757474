"""Posts, and the spells that workers work in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from keyworker.county import days

HOLDER, PRACTITIONER, MANAGER, SENIOR, MIDDLE, HEAD, ADVISER = range(7)
NOBODY = -1
REGISTERED = (HOLDER, MANAGER, SENIOR, MIDDLE, HEAD)
"""The kinds of post whose holders are registered social workers."""


@dataclass
class Post:
    """An established post and who is in it."""

    number: int
    kind: int
    team: int
    fte: float
    first: int
    to: int = days.STILL_OPEN
    holder: int = NOBODY
    vacant_since: int = 0
    cover: int = NOBODY
    teams: list[tuple[int, int]] = field(default_factory=list)  # day from which it was in which team


@dataclass
class Spell:
    """One worker in one post from a day up to, not including, another."""

    worker: int
    post: int
    kind: int
    fte: float
    agency: bool
    first: int
    to: int = days.STILL_OPEN
    origin: int = 0
    left_for: int = 0
    reason: int = 0
    newly_qualified: bool = False
    vacant_from: int = 0  # since when the post had been vacant when this worker came
    covers: bool = True  # for an agency worker: whether the post was vacant


@dataclass
class Workforce:
    """All posts and all spells of work in them; a worker's number is the number of their first spell."""

    posts: list[Post]
    spells: list[Spell]
    workers: int


def teams_of(post: Post, first: int, to: int) -> list[tuple[int, int, int]]:
    """Which teams a post was in between two days: team, from, to (exclusive)."""
    found = []
    for n, (day, team) in enumerate(post.teams):
        until = post.teams[n + 1][0] if n + 1 < len(post.teams) else days.STILL_OPEN
        low, high = max(day if n else first, first), min(until, to)
        if low < high:
            found.append((team, low, high))
    return found
