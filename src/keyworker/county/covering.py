"""Agency workers: who covers a vacant post, and who comes beside those whose posts are filled."""

from __future__ import annotations

from keyworker.county import days
from keyworker.county.establishment import target
from keyworker.county.posts import (
    HOLDER,
    NOBODY,
)
from keyworker.county.staffing import Staffing


class Covering(Staffing):
    """Who covers, as many as was published."""

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
