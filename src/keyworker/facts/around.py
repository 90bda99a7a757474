"""What stood around a child's visits: workers away, posts without anybody, visits that came to nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import psycopg

from keyworker.facts.gaps import without
from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch

_AWAY = "select worker_id, from_on, to_on from {absence} a order by from_on, entry_id"
_HELD = """select a.post_id, a.worker_id, a.from_on, a.to_on, p.title, p.team_id
from {appointment} a join {post} p on p.post_id = a.post_id order by a.from_on, a.entry_id"""
_STEPS = "select post_id, kind, happened_on from {vacancy_step} s order by happened_on, entry_id"
_FAILED = """select child_id, happened_on, outcome, cancelled_by from {visit} v
where outcome in ('cancelled', 'no access', 'not seen') order by happened_on"""


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days; `to_on` is exclusive, None while it goes on."""

    from_on: date
    to_on: date | None

    def on(self, day: date) -> bool:
        """Whether it was in force at the end of a day."""
        return self.from_on <= day and (self.to_on is None or self.to_on > day)

    def within(self, first: date, last: date) -> int:
        """How many of the days from a first to a last, both counted, lie in it."""
        begin = max(self.from_on, first)
        end = last if self.to_on is None else min(date.fromordinal(self.to_on.toordinal() - 1), last)
        return max(0, (end - begin).days + 1)


@dataclass(frozen=True, slots=True)
class Failed:
    """A visit at which the child was not seen: what came of it, and by whom it was cancelled."""

    happened_on: date
    outcome: str
    cancelled_by: str | None


@dataclass(frozen=True, slots=True)
class Post:
    """A post through time: who was appointed to it when, and each step taken to fill it."""

    post_id: str
    title: str | None
    team_id: str | None
    held: tuple[tuple[str, Days], ...]
    steps: tuple[tuple[date, str], ...]

    def empty_on(self, day: date) -> bool:
        """Whether nobody was appointed to it on a day."""
        return not any(days.on(day) for _, days in self.held)

    def empty_since(self, day: date) -> date | None:
        """The first of the days up to this one on which nobody was appointed to it."""
        ends = [days.to_on for _, days in self.held if days.to_on is not None and days.to_on <= day]
        return max(ends, default=None)

    def step_on(self, day: date) -> str | None:
        """The last step taken to fill it by a day."""
        return next((kind for happened_on, kind in reversed(self.steps) if happened_on <= day), None)


@dataclass(frozen=True)
class Around:
    """Everything that can coincide with a visit that was not made, by child and by worker."""

    gaps: dict[str, list[Days]]
    failed: dict[str, list[Failed]]
    away: dict[str, list[Days]]
    posts_of: dict[str, list[Post]]


def around(connection: psycopg.Connection, lens: Lens, workers: Collection[str]) -> Around:
    """What stood around the lens's children and some workers, through all the time that the moment knows."""
    wanted = set(workers)
    nobody = {
        child_id: [Days(gap.from_on, gap.to_on) for gap in one.gaps]
        for child_id, one in without(connection, lens).items()
    }
    failed: dict[str, list[Failed]] = defaultdict(list)
    for child_id, happened_on, outcome, cancelled_by in fetch(connection, lens, _FAILED):
        failed[child_id].append(Failed(happened_on, outcome, cancelled_by))
    away: dict[str, list[Days]] = defaultdict(list)
    for worker_id, from_on, to_on in fetch(connection, lens, _AWAY):
        if worker_id in wanted:
            away[worker_id].append(Days(from_on, to_on))
    return Around(nobody, failed, away, _posts(connection, lens, wanted))


def _posts(connection: psycopg.Connection, lens: Lens, workers: Collection[str]) -> dict[str, list[Post]]:
    """The posts to which each worker was ever appointed, with everybody who held them."""
    held: dict[str, list[tuple[str, Days]]] = defaultdict(list)
    about: dict[str, tuple[str | None, str | None]] = {}
    for post_id, worker_id, from_on, to_on, title, team_id in fetch(connection, lens, _HELD):
        held[post_id].append((worker_id, Days(from_on, to_on)))
        about[post_id] = (title, team_id)
    steps: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for post_id, kind, happened_on in fetch(connection, lens, _STEPS):
        steps[post_id].append((happened_on, kind))
    found: dict[str, list[Post]] = defaultdict(list)
    for post_id, appointed in held.items():
        title, team_id = about[post_id]
        post = Post(post_id, title, team_id, tuple(appointed), tuple(steps[post_id]))
        for worker_id in dict.fromkeys(worker for worker, _ in appointed if worker in workers):
            found[worker_id].append(post)
    return found
