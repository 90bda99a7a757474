"""Personal advisers: who led each care leaver's support, and another when that one left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from keyworker.county import days, lags, words
from keyworker.county.chance import Ints
from keyworker.county.kept import Kept, typed
from keyworker.county.life import Life
from keyworker.county.people_rows import BLOCK, child_ids
from keyworker.county.posts import ADVISER, NOBODY, teams_of
from keyworker.county.worker_rows import TITLES, team_ids, worker_ids

LEAVES_AT = 21


@dataclass(frozen=True)
class Leavers:
    """Young people who left care at sixteen or older: who, from when, and until when (exclusive) they are known."""

    stay: Ints
    child: Ints
    since: Ints
    until: Ints


@dataclass(frozen=True)
class Advised:
    """One adviser of one leaver, from a day up to, not including, another, in order of leaver and first day."""

    leaver: Ints
    worker: Ints
    start: Ints
    end: Ints
    left: Ints  # 1 where the adviser left

    def on(self, leaver: Ints, day: Ints) -> Ints:
        """Each leaver's adviser on a day; NOBODY where there was none."""
        if not len(self.leaver):
            return np.full(len(leaver), NOBODY, dtype=np.int64)
        key = self.leaver * 2**20 + self.start
        position = np.maximum(np.searchsorted(key, leaver * 2**20 + day, side="right") - 1, 0)
        right = (self.leaver[position] == leaver) & (self.start[position] <= day) & (day < self.end[position])
        return np.where(right, self.worker[position], NOBODY)


def leavers(life: Life) -> Leavers:
    """Everybody who left care so, and was looked after for thirteen weeks at the least."""
    child = life.stays.child[life.care.stay]
    birth = life.families.birth[child]
    left = (life.care.end < life.horizon) & (life.care.end >= days.birthday(birth, 16)) & (life.care.end >= life.first)
    left &= life.care.end - life.care.start > 91
    which = np.flatnonzero(left)
    _, only = np.unique(child[which], return_index=True)
    which = which[only]
    return Leavers(life.care.stay[which], child[which], life.care.end[which], days.birthday(birth[which], LEAVES_AT))


def advised(life: Life, who: Leavers) -> Advised:
    """Who advised whom."""
    rng = life.chance.stream("advisers")
    advisers = [(n, one) for n, one in enumerate(life.people.spells) if one.kind == ADVISER]
    numbers = np.array([n for n, _ in advisers], dtype=np.int64)
    first = np.array([one.first for _, one in advisers], dtype=np.int64)
    to = np.array([one.to for _, one in advisers], dtype=np.int64)
    rows: list[tuple[int, int, int, int, bool]] = []
    stop = np.minimum(who.until, life.horizon)
    for n in range(len(who.child)):
        day = int(who.since[n])
        while day < stop[n]:
            able = np.flatnonzero((first <= day) & (to > day + 20))
            if not len(able):
                day += 30
                continue
            chosen = int(rng.choice(able))
            over = min(int(to[chosen]), int(who.until[n]))
            rows.append((n, int(numbers[chosen]), day, over, over == to[chosen]))
            day = over + int(rng.integers(0, 15))
    return Advised(*np.array(rows, dtype=np.int64).reshape(-1, 5).T)


def adviser_rows(life: Life, who: Leavers, made: Advised) -> Kept:
    """The advisers as a case system holds them: involvements."""
    end = np.where(made.end >= life.horizon, days.STILL_OPEN, made.end)
    many = len(made.leaver)
    frame = typed(
        "involvements",
        {
            "involvement_id": words.numbered("IA", np.arange(many) + life.chance.block * BLOCK, 10),
            "worker_id": worker_ids(life, made.worker),
            "role": TITLES[ADVISER],
            "team_id": team_ids(life, adviser_teams(life, made.worker)),
            "from_on": words.dates(made.start),
            "to_on": words.dates(end),
            "change_reason": words.where(
                (made.left == 1) & (end < days.STILL_OPEN), pl.Series(["LEFTRL"]).new_from_index(0, many)
            ),
            "child_id": child_ids(life, who.child[made.leaver]),
        },
        many,
    )
    return Kept(
        "involvements",
        frame,
        begun_in(life, made),
        lags.entered(life.chance, "advisers over", np.where(end < days.STILL_OPEN, end, 0), lags.PROMPT),
        ("to_on", "change_reason"),
    )


def adviser_teams(life: Life, worker: Ints) -> Ints:
    """The team in which each adviser works; theirs are the teams that no reorganisation moved."""
    spells, posts = life.people.spells, life.people.posts
    found = [teams_of(posts[spells[n].post], spells[n].first, spells[n].to)[0][0] for n in worker.tolist()]
    return np.array(found, dtype=np.int64)


def begun_in(life: Life, made: Advised) -> Ints:
    """When it was typed in that each adviser had begun."""
    return lags.entered(life.chance, "advisers", made.start, lags.PROMPT)
