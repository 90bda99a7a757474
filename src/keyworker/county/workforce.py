"""Posts, the people in them, those who leave and those who cover, month by month."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from keyworker.county import days, published
from keyworker.county.chance import Chance, Ints
from keyworker.county.organisation import (
    ADOLESCENT,
    ASSESSMENT,
    CARE,
    COUNTY_WIDE,
    DISABLED,
    FOSTERING,
    FRONT_DOOR_CHANGED,
    LEAVING,
    LONG_TERM,
    PROTECTION,
    PROTECTION_TEAMS,
    REVIEW,
    SERVICE,
    STRAIN,
    UNITS_ENDED,
    Organisation,
)

HOLDER, PRACTITIONER, MANAGER, SENIOR, MIDDLE, HEAD, ADVISER = range(7)
NOBODY = -1
FTE = np.array([1.0, 0.8, 0.6, 0.5])
FTE_SHARES = np.array([0.72, 0.15, 0.09, 0.04])
MEAN_FTE = 0.92
REGISTERED = (HOLDER, MANAGER, SENIOR, MIDDLE, HEAD)
"""The kinds of post whose holders are registered social workers."""
PROTECTION_LEADS = 15
"""Lead child protection practitioners in a county of the real one's size."""
HOLDER_SHARES = {ASSESSMENT: 0.21, LONG_TERM: 0.56, CARE: 0.17, DISABLED: 0.035, ADOLESCENT: 0.025}


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


def target(name: str, day: int) -> float:
    """A workforce figure between two Septembers, read along a straight line."""
    year = day / days.YEAR + 1970 - 0.748
    low = int(np.floor(year))
    value = [published.figure(f"workforce.{name}", one) for one in (low, low + 1)]
    return value[0] + (value[1] - value[0]) * (year - low)


def holders_in_post(day: int) -> float:
    """Employed workers who hold children: all who hold, less agency workers, who all do."""
    return target("case_holders_fte", day) - target("agency_fte", day)


def employ(organisation: Organisation, chance: Chance, scale: float, first: int, horizon: int) -> Workforce:
    """Everybody who works in the county between two days."""
    making = _Making(organisation, chance, scale)
    making.begin(first)
    month = first
    while month < horizon:
        after = min(days.number(_next_month(days.day(month))), horizon)
        if month in (FRONT_DOOR_CHANGED, UNITS_ENDED):
            making.move_posts(month)
        if month == PROTECTION_TEAMS:
            making.staff_protection_teams(month)
        making.month(month, after)
        month = after
    return Workforce(making.posts, making.spells, making.workers)


def _next_month(one: date) -> date:
    return date(one.year + one.month // 12, one.month % 12 + 1, 1)


class _Making:
    def __init__(self, organisation: Organisation, chance: Chance, scale: float) -> None:
        self.organisation, self.scale = organisation, scale
        self.rng = chance.stream("workforce")
        self.posts: list[Post] = []
        self.spells: list[Spell] = []
        self.current: dict[int, int] = {}  # worker -> spell
        self.workers = 0
        self.owed = 0.0
        self.agency_owed = 0.0

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

    # posts

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
        for post in sorted(bare, key=lambda p: (p.kind == HOLDER, -p.number)):
            if vacant - wanted <= 0.5:
                break
            if post.kind != MANAGER and post.cover == NOBODY:
                post.to = day
                vacant -= post.fte
        while wanted - vacant > 0.5:
            vacant += self._post(HOLDER, self._neediest(day), day, self._fte()).fte

    def _fte(self) -> float:
        return float(self.rng.choice(FTE, p=FTE_SHARES))

    # people

    def _hire(self, post: Post, day: int, *, agency: bool) -> None:
        fresh = not agency and self.rng.random() < 0.3 and post.kind == HOLDER
        origin = (
            4
            if agency
            else (1 if fresh else int(self.rng.choice([2, 4, 5, 6, 7, 9], p=[0.5, 0.15, 0.1, 0.1, 0.1, 0.05])))
        )
        spell = Spell(self.workers, post.number, post.kind, post.fte, agency, day, origin=origin, newly_qualified=fresh)
        spell.vacant_from = post.vacant_since
        self.current[self.workers] = len(self.spells)
        self.spells.append(spell)
        if agency:
            post.cover = self.workers
        else:
            post.holder = self.workers
        self.workers += 1

    def _finish(self, worker: int, day: int) -> None:
        spell = self.spells[self.current.pop(worker)]
        spell.to = max(day, spell.first + 1)
        post = self.posts[spell.post]
        if spell.agency:
            post.cover = NOBODY
            return
        post.holder, post.vacant_since = NOBODY, day
        spell.left_for = int(self.rng.choice([1, 3, 4, 5, 6, 8], p=[0.42, 0.2, 0.08, 0.08, 0.12, 0.1]))
        spell.reason = int(self.rng.choice([1, 5, 7, 8, 9], p=[0.72, 0.09, 0.07, 0.06, 0.06]))

    def _employed(self, registered: bool = True) -> list[Spell]:
        found = [self.spells[n] for n in self.current.values()]
        return [s for s in found if not s.agency and (s.kind not in (PRACTITIONER, ADVISER)) == registered]

    def _leave(self, first: int, to: int) -> None:
        year = days.day(to).year + (days.day(to).month >= 10)
        self.owed += published.figure("workforce.leavers_fte", year) * self.scale * (to - first) / days.YEAR
        staff = self._employed()
        too_many = self._holders_missing(first) < -1.0
        weight = np.array([self._restless(spell, first, too_many=too_many) for spell in staff])
        keys = np.log(weight) + self.rng.gumbel(size=len(staff))
        for position in np.argsort(-keys):
            spell = staff[int(position)]
            if self.owed < spell.fte / 2:
                return
            self.owed -= spell.fte
            self._finish(spell.worker, int(self.rng.integers(first, to)))

    def _restless(self, spell: Spell, day: int, *, too_many: bool) -> float:
        district = self.organisation.teams[self.posts[spell.post].team].district
        strain = 1.0 if district == COUNTY_WIDE else STRAIN[district]
        new = 1.7 if day - spell.first < 700 else 1.0
        holder = 4.0 if too_many else 1.5
        return float(strain * new * {HOLDER: holder, MANAGER: 0.9}.get(spell.kind, 0.6))

    def _holders_missing(self, day: int) -> float:
        """How many more employed holders there should be, in full-time equivalents."""
        return holders_in_post(day) * self.scale - sum(s.fte for s in self._employed() if s.kind == HOLDER)

    def _others_turn_over(self, first: int, to: int) -> None:
        for spell in self._employed(registered=False):
            if self.rng.random() < 0.16 * (to - first) / days.YEAR:
                day = int(self.rng.integers(first, to))
                self._finish(spell.worker, day)
                if day + 40 < to + 60:
                    self._hire(self.posts[spell.post], min(day + 30, to + 29), agency=False)

    def _start(self, first: int, to: int) -> None:
        wanted = target("in_post_fte", to) * self.scale
        missing = wanted - sum(spell.fte for spell in self._employed())
        vacant = [
            p
            for p in self.posts
            if p.holder == NOBODY and p.to == days.STILL_OPEN and p.kind not in (PRACTITIONER, ADVISER)
        ]
        short = self._holders_missing(to)
        vacant.sort(key=lambda p: (p.kind == HOLDER and short <= 0, p.vacant_since + (120 if p.kind == MANAGER else 0)))
        for post in vacant:
            if missing < post.fte / 2:
                return
            if post.kind == MANAGER and to - post.vacant_since < 70:
                continue
            if post.kind == HOLDER and short < post.fte / 2:
                break
            short -= post.fte if post.kind == HOLDER else 0.0
            day = int(self.rng.integers(max(first, post.vacant_since + 1), max(to, post.vacant_since + 2)))
            self._hire(post, day, agency=False)
            missing -= post.fte
        while missing > 0.5:
            post = self._post(SENIOR, self.organisation.standing(FOSTERING, to)[0], first, 1.0)
            self._hire(post, int(self.rng.integers(first, to)), agency=False)
            missing -= 1.0

    def _cover(self, first: int, to: int) -> None:
        wanted = target("agency_fte", to) * self.scale
        agency = [self.spells[n] for n in self.current.values() if self.spells[n].agency]
        for spell in agency:
            post = self.posts[spell.post]
            served = first - spell.first
            if (spell.covers and post.holder != NOBODY and served > 20) or self.rng.random() < 0.05 + (
                served > 300
            ) * 0.1:
                self._finish(spell.worker, int(self.rng.integers(first, to)))
        have = sum(self.spells[n].fte for n in self.current.values() if self.spells[n].agency)
        bare = [p for p in self.posts if p.kind == HOLDER and p.holder == p.cover == NOBODY and p.to == days.STILL_OPEN]
        order = self.rng.permutation(len(bare))
        for position in order:
            if wanted - have < 0.5:
                break
            post = bare[int(position)]
            self._hire(post, int(self.rng.integers(max(first, min(post.vacant_since + 5, to - 1)), to)), agency=True)
            have += post.fte
        have += self._beyond_the_establishment(wanted - have, first, to)
        for spell in sorted(
            (self.spells[n] for n in list(self.current.values()) if self.spells[n].agency), key=lambda s: s.first
        ):
            if have - wanted < 0.5:
                break
            self._finish(spell.worker, int(self.rng.integers(max(first, spell.first + 1), max(to, spell.first + 2))))
            have -= spell.fte

    def _beyond_the_establishment(self, wanted: float, first: int, to: int) -> float:
        """Agency workers beside those whose posts are filled, where there are more of them than vacancies."""
        filled = [p for p in self.posts if p.kind == HOLDER and p.holder != NOBODY and p.cover == NOBODY]
        had = 0.0
        for position in self.rng.permutation(len(filled)):
            if wanted - had < 0.5:
                break
            post = filled[int(position)]
            self._hire(post, int(self.rng.integers(first, to)), agency=True)
            self.spells[-1].covers = False
            had += post.fte
        return had


def teams_of(post: Post, first: int, to: int) -> list[tuple[int, int, int]]:
    """Which teams a post was in between two days: team, from, to (exclusive)."""
    found = []
    for n, (day, team) in enumerate(post.teams):
        until = post.teams[n + 1][0] if n + 1 < len(post.teams) else days.STILL_OPEN
        low, high = max(day if n else first, first), min(until, to)
        if low < high:
            found.append((team, low, high))
    return found


def strain_of(organisation: Organisation) -> Ints | np.ndarray:
    """How strained each team is, by number."""
    return np.array([1.0 if t.district == COUNTY_WIDE else STRAIN[t.district] for t in organisation.teams])
