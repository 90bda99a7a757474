"""The established posts: made so that as many stand vacant as was published, and moved with their teams."""

from __future__ import annotations

import numpy as np

from keyworker.county import days, published
from keyworker.county.chance import Chance
from keyworker.county.organisation import (
    ADOLESCENT,
    ASSESSMENT,
    CARE,
    DISABLED,
    FOSTERING,
    LEAVING,
    LONG_TERM,
    REVIEW,
    SERVICE,
    Organisation,
)
from keyworker.county.posts import (
    ADVISER,
    HEAD,
    HOLDER,
    MANAGER,
    MIDDLE,
    NOBODY,
    PRACTITIONER,
    REGISTERED,
    SENIOR,
    Post,
    Spell,
)

FTE = np.array([1.0, 0.8, 0.6, 0.5])
FTE_SHARES = np.array([0.72, 0.15, 0.09, 0.04])
MEAN_FTE = 0.92
HOLDER_SHARES = {ASSESSMENT: 0.21, LONG_TERM: 0.56, CARE: 0.17, DISABLED: 0.035, ADOLESCENT: 0.025}


def target(name: str, day: int) -> float:
    """A workforce figure between two Septembers, read along a straight line."""
    year = day / days.YEAR + 1970 - 0.748
    low = int(np.floor(year))
    value = [published.figure(f"workforce.{name}", one) for one in (low, low + 1)]
    return value[0] + (value[1] - value[0]) * (year - low)


def holders_in_post(day: int) -> float:
    """Employed workers who hold children: all who hold, less agency workers, who all do."""
    return target("case_holders_fte", day) - target("agency_fte", day)


class Establishment:
    """Every post, and who may be in it."""

    def __init__(self, organisation: Organisation, chance: Chance, scale: float) -> None:
        self.organisation, self.scale = organisation, scale
        self.rng = chance.stream("workforce")
        self.posts: list[Post] = []
        self.spells: list[Spell] = []
        self.current: dict[int, int] = {}  # worker -> spell
        self.workers = 0
        self.owed = 0.0
        self.agency_owed = 0.0

    def _post(self, kind: int, team: int, day: int, fte: float) -> Post:
        post = Post(len(self.posts), kind, team, fte, day, vacant_since=day, teams=[(day, team)])
        self.posts.append(post)
        return post

    def _managers(self, first: int) -> None:
        for number, team in enumerate(self.organisation.teams):
            if team.first <= first < team.to and team.kind != SERVICE:
                self._post(MANAGER, number, first - 4000, 1.0)

    def _others(self, first: int) -> None:
        s = self.scale
        review = self.organisation.standing(REVIEW, first)
        fostering = self.organisation.standing(FOSTERING, first)
        service = self.organisation.standing(SERVICE, first)
        case_teams = [t for kind in (LONG_TERM, DISABLED, CARE) for t in self.organisation.standing(kind, first)]
        leaving = self.organisation.standing(LEAVING, first)
        for kind, count, teams in (
            (MANAGER, 24, review),
            (MIDDLE, 16, service),
            (HEAD, 5, service[-1:]),
            (SENIOR, self._seniors(first), fostering),
            (PRACTITIONER, 44, case_teams),
            (ADVISER, 12, leaving),
        ):
            for n in range(max(1, round(count * s))):
                self._post(kind, teams[n % len(teams)], first - 4000, self._fte())

    def _seniors(self, day: int) -> float:
        """Posts of senior practitioners who hold no children: what the other posts leave of those who hold none."""
        managers = sum(1 for post in self.posts if post.kind == MANAGER) / self.scale
        holding_none = target("in_post_fte", day) - holders_in_post(day)
        return max((holding_none - managers - (24 + 16 + 5) * MEAN_FTE) / MEAN_FTE, 1.0)

    def _posts_for_holders(self, day: int, fte: float) -> None:
        """Posts for holders up to a total, in the teams that have fewest for their share of the work."""
        while fte > self._establishment():
            self._post(HOLDER, self._neediest(day), day, 1.0 if fte < 3 else self._fte())

    def _neediest(self, day: int) -> int:
        kinds = {kind: self.organisation.standing(kind, day) for kind in HOLDER_SHARES}
        have: dict[int, float] = {}
        for post in self.posts:
            if post.kind == HOLDER and post.to == days.STILL_OPEN:
                have[post.team] = have.get(post.team, 0.0) + post.fte
        wanted = {team: HOLDER_SHARES[kind] / len(teams) for kind, teams in kinds.items() for team in teams}
        return min(wanted, key=lambda team: (have.get(team, 0.0) / wanted[team], team))

    def _establishment(self) -> float:
        return sum(post.fte for post in self.posts if post.kind == HOLDER and post.to == days.STILL_OPEN)

    def _establish(self, day: int) -> None:
        """Make posts or lose them, so that as much stands vacant as was published."""
        wanted = target("vacancies_fte", day) * self.scale
        bare = [p for p in self.posts if p.to == days.STILL_OPEN and p.holder == NOBODY and p.kind in REGISTERED]
        vacant = sum(post.fte for post in bare)
        for post in sorted(bare, key=lambda p: (p.cover != NOBODY, p.kind == HOLDER, -p.number)):
            if vacant - wanted <= 0.5:
                break
            if post.kind != MANAGER and (post.cover == NOBODY or self._beside_another(post)):
                post.to = day
                vacant -= post.fte
        while wanted - vacant > 0.5:
            vacant += self._post(HOLDER, self._neediest(day), day, self._fte()).fte

    def _beside_another(self, post: Post) -> bool:
        """Let the agency worker who covers a post work beside somebody of the team; whether that could be done."""
        for other in self.posts:
            if other.team == post.team and other.kind == HOLDER and other.holder != NOBODY and other.cover == NOBODY:
                spell = self.spells[self.current[post.cover]]
                spell.post, spell.covers, other.cover, post.cover = other.number, False, post.cover, NOBODY
                return True
        return False

    def _fte(self) -> float:
        return float(self.rng.choice(FTE, p=FTE_SHARES))
