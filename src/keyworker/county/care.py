"""Children looked after: one at a time, inside the episodes of need, with placements and legal statuses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from keyworker.county import days, published
from keyworker.county.chance import Chance, Ints, between, choose, whole
from keyworker.county.need import IN_NEED, Slice, Spells, slices


@dataclass(frozen=True)
class Stays:
    """One child in one spell of their family: what a case system calls an episode."""

    spell: Ints
    child: Ints
    start: Ints
    end: Ints  # exclusive


ADOPTED, ON_THE_WAY, GIVEN_UP = 1, 2, 3
"""What became of a plan for adoption; nought where there was none."""
OLDER, OLDER_LIKELIER, BABIES_LIKELIER = 13.5, 3.5, 1.5
"""The age from which children are likelier to come into care, and how much likelier they and babies are."""
WAITING_YEARS, GIVEN_UP_SHARE = 1.3, 0.15
"""Of the adoptions of a year: how many years' worth are on the way, and how many more are given up."""


@dataclass
class Care:
    """Periods of being looked after. `end` is exclusive; `adopted` says how far adoption came."""

    stay: Ints
    start: Ints
    end: Ints
    adopted: Ints


BEFORE_2019 = {"cla.started": 262.0, "cla.ceased": 262.0, "cla.at_31_march": 703.0}
"""Looked-after figures begin in 2019; before then the county is held at what 2019 implies for its first day."""


def looked_after_figure(name: str, year: int) -> float:
    """A published figure, or the steady one for years before the first published."""
    if year > published.LAST_YEAR and name == "cla.ceased":
        name = "cla.started"
    return BEFORE_2019[name] if year < 2019 else published.figure(name, year)


def stays_of(these: Spells, first_child: Ints) -> Stays:
    """Every child of every spell."""
    spell = np.repeat(np.arange(len(these.start)), these.size)
    begins = np.cumsum(these.size) - these.size
    place = np.arange(len(spell)) - begins[spell]
    child = first_child[these.family[spell]] + place
    return Stays(spell, child, these.start[spell], these.end[spell])


def care(stays: Stays, these: Spells, birth: Ints, chance: Chance, scale: float, first: int, horizon: int) -> Care:
    """Every period of care: how many start and cease each year, and how many are looked after on 31 March."""
    need = these.kind[stays.spell] == IN_NEED
    busy = np.zeros(len(stays.spell), dtype=np.int64)
    taken, start = _already(stays, need, chance.stream("care open already"), scale, first)
    end = np.full(len(taken), days.STILL_OPEN, dtype=np.int64)
    busy[taken] = days.STILL_OPEN
    for one in slices(first, horizon):
        rng = chance.stream(f"care {one.year}")
        new, began = _start_a_year(stays, np.where(need, _likelier(stays, birth), 0.0), busy, rng, scale, one)
        taken, start = np.concatenate([taken, new]), np.concatenate([start, began])
        end = np.concatenate([end, np.full(len(new), days.STILL_OPEN, dtype=np.int64)])
        busy[new] = days.STILL_OPEN
        _cease_a_year(stays, (taken, start, end), rng, scale, one)
        busy[taken] = end
    found = Care(taken, start, end, np.zeros(len(taken), dtype=np.int64))
    _adopt(found, stays, birth, chance.stream("adoptions"), scale, first, horizon)
    return found


def _already(stays: Stays, need: np.ndarray, rng: np.random.Generator, scale: float, first: int) -> tuple[Ints, Ints]:
    year = days.day(first).year + (days.day(first).month >= 4) - 1
    quota = whole(looked_after_figure("cla.at_31_march", max(year, 2018)) * scale, rng)
    been = first - stays.start
    remains = np.minimum(stays.end, first + 2500) - first
    weight = np.where(need & (been > 60) & (remains > 20), remains**2 * np.minimum(been, 2000) / 1e8 + 0.001, 0.0)
    taken = choose(weight, np.ones(len(been), dtype=np.int64), quota, rng)
    age = (been[taken] * rng.beta(3.0, 1.2, len(taken))).astype(np.int64)
    return taken, first - np.clip(age, 5, been[taken] - 2)


def _likelier(stays: Stays, birth: Ints) -> np.ndarray:
    """How much likelier than others each child is to come into care: those nearly grown are, and so are babies."""
    age = (stays.start - birth[stays.child]) / days.YEAR
    return np.select([age > OLDER, age < 1], [OLDER_LIKELIER, BABIES_LIKELIER], 1.0)


def _start_a_year(
    stays: Stays, likely: np.ndarray, busy: Ints, rng: np.random.Generator, scale: float, one: Slice
) -> tuple[Ints, Ints]:
    quota = whole(looked_after_figure("cla.started", one.year) * scale * one.share, rng)
    earliest = np.maximum(np.maximum(one.first, stays.start + 1), busy + 30)
    latest = np.minimum(one.to, stays.end - 21)
    remains = np.minimum(stays.end, one.to + 1400) - earliest
    family = rng.random(int(stays.spell.max(initial=0)) + 1)[stays.spell]
    lasting = np.clip((remains / 500.0) ** 2, 0.02, 6.0)
    weight = np.where(latest > earliest, likely * lasting * (0.05 + family**4), 0.0)
    taken = choose(weight, np.ones(len(weight), dtype=np.int64), quota, rng)
    together = stays.spell[taken] * 7919 % 1000 / 1000.0
    own = rng.random(len(taken))
    point = np.where(own < 0.75, together, own)
    return taken, earliest[taken] + (point * (latest[taken] - earliest[taken])).astype(np.int64)


def _cease_a_year(
    stays: Stays, made: tuple[Ints, Ints, Ints], rng: np.random.Generator, scale: float, one: Slice
) -> None:
    stay, start, end = made
    limit = stays.end[stay]
    forced = np.flatnonzero((end == days.STILL_OPEN) & (limit <= one.to))
    end[forced] = np.maximum(
        start[forced] + 1, limit[forced] - np.where(rng.random(len(forced)) < 0.5, 0, rng.integers(0, 30, len(forced)))
    )
    quota = looked_after_figure("cla.ceased", one.year) * scale * one.share - len(forced)
    still = end == days.STILL_OPEN
    earliest = np.maximum(one.first + 1, start + 4)
    latest = np.minimum(one.to + 1, limit)
    age = one.to - start
    weight = np.where(still & (latest > earliest), np.where(age < 200, 3.0, np.where(age < 800, 1.0, 0.45)), 0.0)
    taken = choose(weight, np.ones(len(stay), dtype=np.int64), whole(quota, rng), rng)
    end[taken] = between(earliest[taken], latest[taken], rng)


def _adopt(
    made: Care, stays: Stays, birth: Ints, rng: np.random.Generator, scale: float, first: int, horizon: int
) -> None:
    last = np.zeros(int(stays.child.max(initial=0)) + 1, dtype=np.int64)
    np.maximum.at(last, stays.child, stays.start)
    never_back = stays.start[made.stay] == last[stays.child[made.stay]]
    for one in slices(first, horizon):
        ended = never_back & (made.end > one.first) & (made.end <= one.to) & (made.end - made.start > 200)
        age = made.end - birth[stays.child[made.stay]]
        weight = np.where(ended & (age < 9 * 365) & (age > 200), np.exp(-age / 1200.0), 0.0)
        quota = whole(published.figure("cin.closed.RC1", one.year) * scale * one.share, rng)
        made.adopted[choose(weight, np.ones(len(weight), dtype=np.int64), quota, rng)] = ADOPTED
    _on_the_way(made, stays, birth, rng, scale, first, horizon)


def _on_the_way(
    made: Care, stays: Stays, birth: Ints, rng: np.random.Generator, scale: float, first: int, horizon: int
) -> None:
    """Children for whom adoption is still the plan on the last day, and those for whom it was until given up."""
    stop = np.minimum(made.end, horizon)
    age = stop - birth[stays.child[made.stay]]
    young = (made.adopted == 0) & (age < 7 * 365) & (age > 200) & (stop - made.start > 240)
    year = days.day(horizon).year
    quota = published.figure("cin.closed.RC1", year) * scale
    weight = np.where(young & (made.end >= horizon), np.exp(-age / 1200.0), 0.0)
    one = np.ones(len(weight), dtype=np.int64)
    made.adopted[choose(weight, one, whole(quota * WAITING_YEARS, rng), rng)] = ON_THE_WAY
    years = (horizon - first) / days.YEAR
    weight = np.where(young & (made.adopted == 0) & (stop > first + 200), 1.0, 0.0)
    made.adopted[choose(weight, one, whole(quota * years * GIVEN_UP_SHARE, rng), rng)] = GIVEN_UP
