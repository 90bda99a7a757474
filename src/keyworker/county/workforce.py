"""Posts, the people in them, those who leave and those who cover, month by month."""

from __future__ import annotations

from datetime import date

import numpy as np

from keyworker.county import days
from keyworker.county.chance import Chance
from keyworker.county.covering import Covering
from keyworker.county.establishment import holders_in_post, target
from keyworker.county.organisation import (
    FRONT_DOOR_CHANGED,
    PROTECTION,
    PROTECTION_TEAMS,
    SERVICE,
    Organisation,
)
from keyworker.county.posts import (
    MANAGER,
    NOBODY,
    SENIOR,
    Post,
    Workforce,
)

PROTECTION_LEADS = 15
"""Lead child protection practitioners in a county of the real one's size."""


def employ(organisation: Organisation, chance: Chance, scale: float, first: int, horizon: int) -> Workforce:
    """Everybody who works in the county between two days."""
    making = _Making(organisation, chance, scale)
    making.begin(first)
    month = first
    while month < horizon:
        after = min(days.number(_next_month(days.day(month))), horizon)
        if month in (FRONT_DOOR_CHANGED, organisation.units_ended):
            making.move_posts(month)
        if month == PROTECTION_TEAMS:
            making.staff_protection_teams(month)
        making.month(month, after)
        month = after
    return Workforce(making.posts, making.spells, making.workers)


def _next_month(one: date) -> date:
    return date(one.year + one.month // 12, one.month % 12 + 1, 1)


class _Making(Covering):
    """The workforce while it is made."""

    def begin(self, first: int) -> None:
        """Everybody in post on the first day."""
        self._managers(first)
        self._others(first)
        holders = max(holders_in_post(first) + target("vacancies_fte", first), 1.0) * self.scale
        self._posts_for_holders(first, holders)
        for post in self.posts:
            long_ago = first - int(self.rng.exponential(1500)) - 20
            self._hire(post, max(long_ago, first - 9000), agency=False)

    def move_posts(self, day: int) -> None:
        """Every post of a team that ends goes to the team that follows it."""
        teams = np.array([post.team for post in self.posts], dtype=np.int64)
        moved = self.organisation.moved(teams, day, np.arange(len(teams)))
        gone: dict[int, list[Post]] = {}
        for post, team in zip(self.posts, moved, strict=True):
            if post.to == days.STILL_OPEN and team != post.team:
                post.team = int(team)
                post.teams.append((day, int(team)))
                if post.kind == MANAGER:
                    gone.setdefault(int(team), []).append(post)
        self._one_manager_each(gone, day)

    def staff_protection_teams(self, day: int) -> None:
        """Senior practitioners who hold no children go to the new teams, and each team gets a manager."""
        teams = self.organisation.standing(PROTECTION, day)
        able = [
            post for post in self.posts if post.kind == SENIOR and post.to == days.STILL_OPEN and post.holder != NOBODY
        ]
        for place, post in enumerate(able[: max(round(PROTECTION_LEADS * self.scale), len(teams))]):
            post.team = teams[place % len(teams)]
            post.teams.append((day, post.team))
        self._one_manager_each({}, day)

    def _one_manager_each(self, moved: dict[int, list[Post]], day: int) -> None:
        """A team made of several units keeps one manager; the other posts become senior practitioners'."""
        for posts in moved.values():
            for post in posts[1:]:
                post.kind = SENIOR
                if post.holder != NOBODY:
                    self.spells[self.current[post.holder]].kind = SENIOR
        managed = {post.team for post in self.posts if post.kind == MANAGER and post.to == days.STILL_OPEN}
        for number, team in enumerate(self.organisation.teams):
            if team.first == day and team.kind != SERVICE and number not in managed:
                post = self._post(MANAGER, number, day, 1.0)
                self._hire(post, day, agency=False)

    def month(self, first: int, to: int) -> None:
        """One month: who leaves, who starts, who covers, which posts are made or lost."""
        self._leave(first, to)
        self._others_turn_over(first, to)
        self._start(first, to)
        self._cover(first, to)
        self._establish(to)
