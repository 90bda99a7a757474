"""Whose spells they are: families, who come again or for the first time, and the children in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from keyworker.county import days
from keyworker.county.chance import Bools, Chance, Ints
from keyworker.county.need import IN_NEED, Spells

KNOWN_BEFORE = 0.17
"""The share of other referrals that are of families known more than a year before."""

YEARS_OLD = np.array(
    [0.16, 0.06, 0.055, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.055, 0.06, 0.065, 0.055, 0.045, 0.02]
)


@dataclass
class Families:
    """Families by number, and their children: those of family `f` are `first_child[f]` onward, oldest first."""

    size: Ints
    adult_on: Ints  # the day on which the oldest child is eighteen
    first_child: Ints
    birth: Ints  # by child
    of_child: Ints  # family by child


def settle(these: Spells, chance: Chance, horizon: int) -> Ints:
    """Give every spell a family. Gives, by family, the day on which its oldest child is eighteen."""
    return _who_comes(these, chance.stream("families"), horizon)


def born(these: Spells, adult_on: Ints, chance: Chance) -> Families:
    """The children of families that are numbered from nought without a gap."""
    first = np.unique(these.family, return_index=True)[1]
    return _children(these, these.size[first], adult_on, chance.stream("births"))


def _who_comes(these: Spells, rng: np.random.Generator, horizon: int) -> Ints:
    count = len(these.start)
    size, adult_on = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    busy_to, last = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    months = these.start.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    edges = np.flatnonzero(np.diff(months, prepend=months[0] - 1))
    families = 0
    before = (rng.random(count) < KNOWN_BEFORE) & (these.again == 0)
    for low, high in zip(edges, [*edges[1:], count], strict=True):
        month = np.arange(low, high)
        _bring_back(these, month, (size, adult_on, busy_to, last), families, before, rng)
        new = month[these.family[month] < 0]
        numbers = families + np.arange(len(new))
        these.family[new] = numbers
        size[numbers] = these.size[new]
        adult_on[numbers] = _adulthood(these, new, rng, horizon)
        families += len(new)
        busy_to[these.family[month]] = these.end[month]
        last[these.family[month]] = these.start[month]
    return adult_on[:families]


def _bring_back(
    these: Spells,
    month: Ints,
    known: tuple[Ints, Ints, Ints, Ints],
    families: int,
    before: Bools,
    rng: np.random.Generator,
) -> None:
    size, adult_on, busy_to, last = (part[:families] for part in known)
    start = int(these.start[month[0]])
    free = np.flatnonzero((busy_to < start) & (adult_on > start + 60))
    recent = last[free] > start - 335
    for wanted, pool in ((these.again[month] == 1, free[recent]), (before[month], free[~recent])):
        for children in range(1, 6):
            spells = month[wanted & (these.size[month] == children)]
            able = pool[size[pool] == children]
            taken = rng.choice(able, min(len(able), len(spells)), replace=False)
            taken = taken[np.argsort(-adult_on[taken], kind="stable")]
            spells = rng.permutation(spells)[: len(taken)]
            spells = spells[np.argsort(-these.end[spells], kind="stable")]
            fits = np.minimum(these.end[spells], start + 6000) <= adult_on[taken]
            these.family[spells[fits]] = taken[fits]


def _adulthood(these: Spells, new: Ints, rng: np.random.Generator, horizon: int) -> Ints:
    years = rng.choice(len(YEARS_OLD), len(new), p=YEARS_OLD / YEARS_OLD.sum()) + rng.random(len(new))
    years = years + (these.size[new] - 1) * 2.2 * rng.random(len(new))
    unborn = (years < 0.35) & (these.size[new] == 1)
    years = np.where(unborn, -0.35 * rng.random(len(new)), np.minimum(years, 17.6))
    adult_on = these.start[new] + ((18 - years) * days.YEAR).astype(np.int64)
    leaves = np.where(these.end[new] == days.STILL_OPEN, horizon + 30, these.end[new])
    early = adult_on <= leaves
    later = leaves + 1 + (rng.random(len(new)) ** 2 * 10 * days.YEAR).astype(np.int64)
    adult_on = np.where(early, np.minimum(later, these.start[new] + int(18.2 * days.YEAR)), adult_on)
    long = (these.kind[new] == IN_NEED) & (these.end[new] - these.start[new] > 500) & (these.size[new] == 1)
    grown = long & (these.end[new] < days.STILL_OPEN) & (rng.random(len(new)) < 0.3)
    return np.where(grown, these.end[new], adult_on)


def _children(these: Spells, size: Ints, adult_on: Ints, rng: np.random.Generator) -> Families:
    first_child = np.concatenate([[0], np.cumsum(size)[:-1]]).astype(np.int64)
    of_child = np.repeat(np.arange(len(size)), size)
    place = np.arange(len(of_child)) - first_child[of_child]
    oldest = days.birthday(adult_on, -18)
    came = np.full(len(size), days.STILL_OPEN, dtype=np.int64)
    np.minimum.at(came, these.family, these.start)
    gap = rng.integers(400, 1500, len(of_child))
    gap[place == 0] = 0
    gap[(place > 0) & (rng.random(len(of_child)) < 0.03)] = 0  # twins
    run = np.cumsum(gap)
    birth = oldest[of_child] + run - run[first_child[of_child]]
    latest = (came + 110)[of_child]
    birth = np.where((place > 0) & (birth > latest), oldest[of_child], birth)
    return Families(size, adult_on, first_child, birth, of_child)
