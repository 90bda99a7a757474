"""Section 47 enquiries, conferences and child protection plans, inside the spells of families in need."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from keyworker.county import days, published
from keyworker.county.chance import Chance, Floats, Ints, between, choose, spread, whole
from keyworker.county.need import IN_NEED, Slice, Spells, slices, year_passed

NOBODY = -1
LONG_ENQUIRY = 0.07
"""The share of enquiries without a plan that take longer than a conference may wait."""
CATEGORIES = ("neglect", "physical", "sexual", "emotional", "multiple")


@dataclass
class Plans:
    """Child protection plans of families: every child of the spell has one. `end` is exclusive."""

    spell: Ints
    start: Ints
    end: Ints
    category: Ints
    latest: Ints
    earlier: Ints  # 1 where the children had a plan before the county's time began


@dataclass
class Enquiries:
    """Section 47 enquiries of families, with the conference that followed where there was one."""

    spell: Ints
    start: Ints
    end: Ints  # exclusive
    conference: Ints  # the day, or STILL_OPEN where there was none
    plan: Ints  # which plan the conference made, or NOBODY
    due: Ints  # the day of a conference that is arranged and lies after the county's time; STILL_OPEN without one


@dataclass
class _Growing:
    spells: Spells
    had: Ints  # how many plans each family has had
    last_end: Ints  # when each spell's last plan ended
    spell: list[Ints] = field(default_factory=list)
    start: list[Ints] = field(default_factory=list)
    end: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    earlier: list[Ints] = field(default_factory=list)

    def add(self, spell: Ints, start: Ints, earlier: Ints) -> None:
        self.spell.append(spell)
        self.start.append(start)
        self.earlier.append(earlier)
        self.end = np.concatenate([self.end, np.full(len(spell), days.STILL_OPEN, dtype=np.int64)])
        self.last_end[spell] = days.STILL_OPEN
        np.add.at(self.had, self.spells.family[spell], 1)


def plans(these: Spells, chance: Chance, scale: float, first: int, horizon: int) -> Plans:
    """Every plan: how many start and end each year, after how long, and how many are not a family's first."""
    growing = _Growing(
        these,
        np.zeros(int(these.family.max(initial=0)) + 1, dtype=np.int64),
        np.zeros(len(these.start), dtype=np.int64),
    )
    _open_already(growing, chance.stream("plans open already"), scale, first)
    for one in slices(first, horizon):
        _start_a_year(growing, chance.stream(f"plans {one.year}"), scale, one)
        _end_a_year(growing, chance.stream(f"plans ending {one.year}"), scale, one)
    spell, start = np.concatenate(growing.spell), np.concatenate(growing.start)
    rng = chance.stream("categories of abuse")
    category = _categories(start, rng)
    latest = np.where(rng.random(len(spell)) < 0.07, _categories(start, rng), category)
    return Plans(spell, start, growing.end, category, latest, np.concatenate(growing.earlier))


def _categories(start: Ints, rng: np.random.Generator) -> Ints:
    years = days.financial_year(start)
    drawn = np.zeros(len(start), dtype=np.int64)
    for year in np.unique(years):
        which = np.flatnonzero(years == year)
        drawn[which] = spread(published.shares("cpp.initial", CATEGORIES, int(year)), len(which), rng)
    return drawn


def _open_already(growing: _Growing, rng: np.random.Generator, scale: float, first: int) -> None:
    these = growing.spells
    year, passed = year_passed(first)
    before, after = (published.figure("cpp.at_31_march", one) for one in (year - 1, year))
    quota = whole((before + (after - before) * passed) * scale, rng)
    room = first - these.start
    stays = np.minimum(these.end, first + 900) - first
    weight = np.where(
        (these.start < first - 40) & (stays > 30) & (these.kind == IN_NEED), stays / np.maximum(200.0 + room, 1.0), 0.0
    )
    taken = choose(weight, these.size, quota, rng)
    band = spread(published.shares("cpp.open_for", published.BANDS[:4], year), len(taken), rng)
    ages = np.asarray(published.BAND_DAYS)[band]
    age = between(ages[:, 0] + 1, ages[:, 1], rng)
    growing.add(taken, first - np.minimum(age, room[taken] - 15), np.zeros(len(taken), dtype=np.int64))


def _start_a_year(growing: _Growing, rng: np.random.Generator, scale: float, one: Slice) -> None:
    these = growing.spells
    quota = published.figure("cpp.started", one.year) * scale * one.share
    second = quota * published.figure("cpp.second_or_later", one.year) / published.figure("cpp.started", one.year)
    earliest = np.maximum(np.maximum(one.first, these.start + 24), growing.last_end + 45)
    latest = np.minimum(one.to, these.end - 60)
    weight = np.where((these.kind == IN_NEED) & (latest > earliest), 1.0, 0.0)
    weight = weight * np.clip((np.minimum(these.end, one.to + 300) - earliest) / 250.0, 0.1, 2.0)
    weight = weight * np.where(these.start >= one.first - 60, 3.0, np.where(these.start > one.first - 400, 1.0, 0.25))
    known = growing.had[these.family] > 0
    again = choose(np.where(known, weight, 0.0), these.size, whole(second, rng), rng)
    short = whole(second, rng) - int(these.size[again].sum())
    new = choose(
        _once_a_family(np.where(known, 0.0, weight), these),
        these.size,
        whole(quota, rng) - int(these.size[again].sum()),
        rng,
    )
    marked = choose(np.where(earliest[new] > 0, 1.0, 0.0), these.size[new], max(short, 0), rng)
    earlier = np.zeros(len(new), dtype=np.int64)
    earlier[marked] = 1
    taken = np.concatenate([again, new])
    soon = these.start[taken] + 24 + rng.integers(0, 28, len(taken))
    any_day = between(earliest[taken], latest[taken], rng)
    start = np.where(
        (rng.random(len(taken)) < 0.62) & (soon >= earliest[taken]) & (soon < latest[taken]), soon, any_day
    )
    start = np.maximum(days.on_a_working_day(start), np.maximum(one.first, these.start[taken] + 20))
    growing.add(taken, start, np.concatenate([np.zeros(len(again), dtype=np.int64), earlier]))


def _once_a_family(weight: Floats, these: Spells) -> Floats:
    """A family's first plan begins once a year at most: only its latest possible spell may be drawn."""
    able = np.flatnonzero(weight > 0)[::-1]
    _, only = np.unique(these.family[able], return_index=True)
    kept = np.zeros_like(weight)
    kept[able[only]] = weight[able[only]]
    return kept


def _end_a_year(growing: _Growing, rng: np.random.Generator, scale: float, one: Slice) -> None:
    these = growing.spells
    spell, start = np.concatenate(growing.spell), np.concatenate(growing.start)
    limit, size = these.end[spell], these.size[spell]
    quota = published.figure("cpp.ended", one.year) * scale * one.share
    if one.year > published.LAST_YEAR:
        quota = published.figure("cpp.started", published.LAST_YEAR) * scale * one.share
    parts = np.array(published.shares("cpp.ended_after", published.BANDS, one.year))
    left = quota * parts / parts.sum()
    forced = np.flatnonzero((growing.end == days.STILL_OPEN) & (limit <= one.to + 20))
    close = np.maximum(np.maximum(start[forced] + 10, one.first), limit[forced] - rng.integers(0, 45, len(forced)))
    growing.end[forced] = np.minimum(np.minimum(close, limit[forced]), one.to)
    bands = np.searchsorted([91, 182, 365, 730], growing.end[forced] - start[forced], side="left")
    left = left - np.bincount(bands, weights=size[forced], minlength=5)
    over = -left[left < 0].sum()
    left = np.maximum(left, 0.0)
    left = left * max(1 - over / max(left.sum(), 1e-9), 0.0)
    for band in (4, 3, 2, 1, 0):
        low, high = published.BAND_DAYS[band]
        earliest = np.maximum(one.first + 1, start + low + (25 if band == 0 else 1))
        latest = np.minimum(np.minimum(one.to, limit), start + high + 1)
        possible = (growing.end == days.STILL_OPEN) & (latest > earliest)
        weight = np.where(possible, (latest - earliest) / max(high - low, 1), 0.0)
        taken = choose(weight, size, whole(left[band], rng), rng)
        growing.end[taken] = between(earliest[taken], latest[taken], rng)
    growing.last_end[spell] = np.where(growing.end == days.STILL_OPEN, days.STILL_OPEN, growing.end)


def enquiries(these: Spells, made: Plans, chance: Chance, scale: float, first: int, horizon: int) -> Enquiries:
    """Every section 47 enquiry: those that led to a plan, to a conference without one, and to neither."""
    parts = [_before_plans(these, made, chance.stream("enquiries before plans"), first)]
    for one in slices(first, horizon):
        rng = chance.stream(f"enquiries {one.year}")
        have = int(these.size[made.spell[(made.start >= one.first) & (made.start < one.to)]].sum())
        conferences = whole(published.figure("icpc", one.year) * scale * one.share, rng)
        every = whole(published.figure("s47", one.year) * scale * one.share, rng)
        parts.append(_without_plans(these, rng, one, max(conferences - have, 0), True, horizon))
        alone = every - max(conferences, have)
        parts.append(_without_plans(these, rng, one, max(alone, 0), False, horizon))
    return Enquiries(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in Enquiries.__dataclass_fields__)
    )


def _conference_lead(conference: Ints, rng: np.random.Generator) -> Ints:
    """Working days from strategy discussion to conference, in the published bands."""
    edges, widths = np.array([3, 11, 16, 21]), np.array([8, 5, 5, 25])
    years = days.financial_year(conference)
    lead = np.zeros(len(conference), dtype=np.int64)
    for year in np.unique(years):
        which = np.flatnonzero(years == year)
        band = spread(published.shares("icpc", published.CONFERENCE_BANDS, int(year)), len(which), rng)
        within = rng.random(len(which)) ** np.where(band == 1, 0.6, 1.0)
        lead[which] = edges[band] + (within * widths[band]).astype(np.int64)
    return lead


def _before_plans(these: Spells, made: Plans, rng: np.random.Generator, first: int) -> Enquiries:
    plan = np.flatnonzero(made.start >= first)
    conference = made.start[plan]
    begun = days.add_working_days(conference, -_conference_lead(conference, rng))
    begun = np.maximum(begun, these.start[made.spell[plan]])
    end = np.minimum(days.add_working_days(begun, rng.integers(4, 14, len(plan))), conference) + 1
    return Enquiries(made.spell[plan], begun, end, conference, plan, np.full(len(plan), days.STILL_OPEN))


def _without_plans(
    these: Spells, rng: np.random.Generator, one: Slice, quota: int, conference: bool, horizon: int
) -> Enquiries:
    earliest = np.maximum(one.first, these.start)
    latest = np.minimum(one.to, these.end - 25 if conference else these.end - 3)
    fits = (these.kind == IN_NEED) | ((these.kind != 0) & (not conference))
    weight = np.where(fits & (latest > earliest), np.where(these.start >= one.first, 3.0, 1.0), 0.0)
    taken = choose(weight, these.size, quota, rng)
    soon = these.start[taken] + rng.integers(0, 6, len(taken))
    start = np.where(
        (rng.random(len(taken)) < 0.7) & (soon >= earliest[taken]) & (soon < latest[taken]),
        soon,
        between(earliest[taken], latest[taken], rng),
    )
    length = np.where(rng.random(len(taken)) < LONG_ENQUIRY, rng.integers(16, 40, len(taken)), 0)
    length = np.maximum(length, rng.integers(2, 16, len(taken)))
    end = np.minimum(days.add_working_days(start, length) + 1, these.end[taken])
    met = np.full(len(taken), days.STILL_OPEN, dtype=np.int64)
    if conference:
        met = days.add_working_days(start, _conference_lead(start, rng))
        met = np.minimum(met, these.end[taken] - 1)
    due = np.where((met >= horizon) & (start < horizon), met, days.STILL_OPEN)
    met = np.where(met >= horizon, days.STILL_OPEN, met)
    end = np.where(end > horizon, days.STILL_OPEN, np.maximum(end, start + 1))
    return Enquiries(taken, start, end, met, np.full(len(taken), NOBODY), due)
