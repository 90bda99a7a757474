"""When families come to the service and when they leave it: the spells in which everything else happens.

A spell is one referral of a family and what followed: no further action, an assessment and no more, or an
episode of need. How many begin each month, how many end each year and after how long are the published
figures, scaled; whose they are is settled afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from keyworker.county import days, published
from keyworker.county.chance import Chance, Ints, choose, spread, whole

NO_FURTHER_ACTION, NOT_IN_NEED, IN_NEED = 0, 1, 2
LONGEST = 6100
"""Days after which a spell ends whatever the figures say: the children are grown."""

FIRST_ASSESSED, EVENLY = 2015, 50
"""The first year whose assessments were published whole; how many are shared out evenly at a time."""

FAMILY_SIZES = (0.54, 0.25, 0.13, 0.06, 0.02)


@dataclass
class Spells:
    """Spells of families, one position each, in order of their first day. `end` is exclusive."""

    start: Ints
    end: Ints
    size: Ints
    kind: Ints
    assessed: Ints  # the day on which the first assessment is authorised; STILL_OPEN where it is not done or not needed
    again: Ints  # 1 where it is to follow another referral of the family within a year
    family: Ints

    def keep(self, which: Ints | np.ndarray) -> Spells:
        """The spells at those positions."""
        return Spells(*(getattr(self, name)[which] for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class Slice:
    """The part of one year to 31 March that lies inside the county's time. `to` is exclusive."""

    year: int
    first: int
    to: int

    @property
    def share(self) -> float:
        """How much of the year it is."""
        return (self.to - self.first) / (days.number(date(self.year, 4, 1)) - days.number(date(self.year - 1, 4, 1)))


def slices(first: int, horizon: int) -> list[Slice]:
    """The years to 31 March between two days, the second not included."""
    found = []
    year = days.day(first).year
    while days.number(date(year - 1, 4, 1)) < horizon:
        low, high = days.number(date(year - 1, 4, 1)), days.number(date(year, 4, 1))
        if max(low, first) < min(high, horizon):
            found.append(Slice(year, max(low, first), min(high, horizon)))
        year += 1
    return found


def year_passed(day: int) -> tuple[int, float]:
    """The year to 31 March that a day falls in, and the share of it that has passed."""
    year = days.day(day).year + (days.day(day).month >= 4)
    return year, (day - days.number(date(year - 1, 4, 1))) / days.YEAR


def spells(chance: Chance, scale: float, first: int, horizon: int) -> Spells:
    """Every spell between two days, with those already open on the first."""
    parts = [_open_already(chance.stream("open already"), scale, first)]
    parts += [_beginning(chance.stream(f"referrals {one.year}"), scale, one) for one in slices(first, horizon)]
    names = Spells.__dataclass_fields__
    all_spells = Spells(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))
    all_spells = all_spells.keep(np.argsort(all_spells.start, kind="stable"))
    _assess(all_spells, chance.stream("first assessments"), first)
    _close_the_short(all_spells, chance.stream("short spells"), horizon)
    for one in slices(first, horizon):
        _close_a_year(all_spells, chance.stream(f"closings {one.year}"), scale, one, horizon)
    return all_spells


def _sizes(children: int, rng: np.random.Generator) -> Ints:
    drawn = 1 + spread(FAMILY_SIZES, children, rng)
    filled = np.cumsum(drawn)
    count = int(np.searchsorted(filled, children, side="left")) + (1 if children else 0)
    taken = drawn[:count]
    if count:
        taken[-1] -= int(filled[count - 1]) - children
    return taken


def _blank(start: Ints, size: Ints, kind: Ints, again: Ints) -> Spells:
    waiting = np.full(len(start), days.STILL_OPEN, dtype=np.int64)
    return Spells(start, waiting, size, kind, waiting.copy(), again, np.full(len(start), -1, dtype=np.int64))


def _open_already(rng: np.random.Generator, scale: float, first: int) -> Spells:
    year, passed = year_passed(first)
    size = _sizes(whole(published.open_at(year, passed) * scale, rng), rng)
    band = spread(published.shares("cin.open_for", published.BANDS, year - 1), len(size), rng)
    ages = np.asarray(published.BAND_DAYS)[band]
    oldest = np.minimum(ages[:, 1], 3300)
    age = (ages[:, 0] + (oldest - ages[:, 0]) * rng.random(len(size)) ** 1.5).astype(np.int64)
    start = days.on_a_working_day(first - 1 - age)
    return _blank(start, size, np.full(len(size), IN_NEED), np.zeros(len(size), dtype=np.int64))


def _beginning(rng: np.random.Generator, scale: float, one: Slice) -> Spells:
    total = published.figure("referrals", one.year)
    parts = [
        published.figure("referrals.no_further_action", one.year),
        published.figure("referrals.not_in_need", one.year) + published.pending(one.year),
    ]
    counts = [*parts, total - sum(parts)]
    sizes = [_sizes(whole(count * scale * one.share, rng), rng) for count in counts]
    size = np.concatenate(sizes)
    kind = np.repeat([NO_FURTHER_ACTION, NOT_IN_NEED, IN_NEED], [len(part) for part in sizes])
    start = _spread_over_months(len(size), one, rng)
    again = rng.random(len(size)) < published.figure("referrals.again_within_12_months", one.year) / total
    return _blank(start, size, kind, again.astype(np.int64))


def _spread_over_months(count: int, one: Slice, rng: np.random.Generator) -> Ints:
    every = np.arange(one.first, one.to)
    months = every.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12
    busy = np.array([published.figure(f"referrals.month.{month + 1:02d}", one.year) for month in range(12)])
    weekday = (every + 3) % 7
    weight = busy[months] * np.where(weekday < 5, 1.0, 0.04)
    weight = weight * np.where(days.on_a_working_day(every) == every, 1.0, 0.05)
    return every[spread(weight, count, rng)]


_EDGES = np.array([0, 1, 11, 21, 31, 41, 46, 51, 61])
_WIDTHS = np.array([1, 10, 10, 10, 10, 5, 5, 10, 45])
_MIDDLES = np.array([0, 5, 16, 26, 36, 44, 48, 56, 70])
"""The first working day of each published band, how many it holds, and a day in the midst of those that fall in it."""


def day_limits(start: Ints, rng: np.random.Generator) -> Ints:
    """Working days that an assessment begun on each day takes: the published bands, crowded against the limit.

    A band is as likely as it was in the year in which an assessment that long would be done: years differ so much
    that those begun in March would else be done as no other year's were.
    """
    band = _bands(start, rng)
    within = rng.random(len(start))
    within = np.where(band == 5, 1 - within**2.6, np.where(band == 8, within**3, within))
    return _EDGES[band] + (within * _WIDTHS[band]).astype(np.int64)


def _bands(start: Ints, rng: np.random.Generator) -> Ints:
    years = np.arange(FIRST_ASSESSED, published.LAST_YEAR + 1)
    table = np.array([published.shares("assessments", published.ASSESSMENT_BANDS, int(year)) for year in years])
    table = table / table.sum(axis=1, keepdims=True)
    weights = np.empty((len(start), len(_MIDDLES)))
    for band, middle in enumerate(_MIDDLES):
        done = np.clip(days.financial_year(days.add_working_days(start, middle)), years[0], years[-1])
        weights[:, band] = table[done - years[0], band]
    edges = np.cumsum(weights, axis=1)
    order = np.argsort(start, kind="stable")
    points = np.empty(len(start))
    points[order] = _evenly(len(start), rng)
    return (points[:, None] * edges[:, -1:] > edges).sum(axis=1).astype(np.int64)


def _evenly(count: int, rng: np.random.Generator) -> np.ndarray:
    """Numbers between nought and one, so that of any fifty in a row each fiftieth part holds one."""
    blocks = -(-count // EVENLY)
    points = (rng.permuted(np.tile(np.arange(EVENLY), (blocks, 1)), axis=1) + rng.random((blocks, EVENLY))) / EVENLY
    return points.ravel()[:count]


def _assess(these: Spells, rng: np.random.Generator, first: int) -> None:
    which = np.flatnonzero((these.kind != NO_FURTHER_ACTION) & (these.start >= first - 120))
    taken = day_limits(these.start[which], rng)
    these.assessed[which] = days.add_working_days(these.start[which], taken)


def _close_the_short(these: Spells, rng: np.random.Generator, horizon: int) -> None:
    nothing = np.flatnonzero(these.kind == NO_FURTHER_ACTION)
    these.end[nothing] = these.start[nothing] + 1 + rng.integers(0, 3, len(nothing))
    short = np.flatnonzero(these.kind == NOT_IN_NEED)
    these.end[short] = these.assessed[short] + 1 + rng.integers(0, 5, len(short))
    these.end[these.end > horizon] = days.STILL_OPEN


def _close_a_year(these: Spells, rng: np.random.Generator, scale: float, one: Slice, horizon: int) -> None:
    quota = published.closings(one.year) * scale * one.share
    parts = np.array(published.shares("cin.ended_after", published.BANDS, one.year))
    grown = np.flatnonzero((these.end == days.STILL_OPEN) & (these.start + LONGEST < one.to))
    these.end[grown] = np.maximum(these.start[grown] + LONGEST, one.first + 1)
    quota = max(quota - float(these.size[grown].sum()), 0.0)
    for band in (4, 3, 2, 1, 0):
        low, high = published.BAND_DAYS[band]
        earliest = np.maximum(one.first, these.start + low + (band == 0) * 3)
        latest = np.minimum(one.to, these.start + high + 1)
        possible = (these.kind == IN_NEED) & (these.end == days.STILL_OPEN) & (latest > earliest)
        done = np.where(these.assessed < days.STILL_OPEN, these.assessed + 1, earliest)
        earliest = np.maximum(earliest, done)
        possible &= latest > earliest
        weight = np.where(possible, (latest - earliest) / max(high - low, 1), 0.0)
        taken = choose(weight, these.size, whole(quota * parts[band] / parts.sum(), rng), rng)
        # most of those closed within three months are closed near the end of them, once the assessment is done
        point = rng.random(len(taken)) ** (0.5 if band == 0 else 1.0)
        closed = earliest[taken] + (point * (latest - earliest)[taken]).astype(np.int64)
        closed = np.maximum(days.on_a_working_day(closed), earliest[taken])
        these.end[taken] = np.minimum(closed + 1, horizon)
