"""People in posts: who is hired, who leaves, and who starts in their place."""

from __future__ import annotations

import numpy as np

from keyworker.county import days, published
from keyworker.county.establishment import Establishment, holders_in_post, target
from keyworker.county.organisation import (
    COUNTY_WIDE,
    FOSTERING,
    STRAIN,
)
from keyworker.county.posts import (
    ADVISER,
    HOLDER,
    MANAGER,
    NOBODY,
    PRACTITIONER,
    SENIOR,
    Post,
    Spell,
)


class Staffing(Establishment):
    """Who comes and who goes, as many as was published."""

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
