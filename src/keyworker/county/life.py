"""One block of the county as whole lives: everything that happened, before anybody wrote it down."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from keyworker.county import (
    absence,
    allocation,
    care,
    days,
    families,
    need,
    organisation,
    protection,
    published,
    stages,
    workforce,
)
from keyworker.county.absence import Absences
from keyworker.county.allocation import Holds
from keyworker.county.care import Care, Stays
from keyworker.county.chance import Bools, Chance, Ints, spread
from keyworker.county.families import Families
from keyworker.county.need import IN_NEED, NO_FURTHER_ACTION, Spells
from keyworker.county.organisation import ASSESSMENT, CARE, DISTRICT_SHARES, Organisation
from keyworker.county.posts import NOBODY, Workforce
from keyworker.county.protection import Enquiries, Plans
from keyworker.county.stages import Paths, Stages

LEAD_IN = 365
SMALLEST_WORKFORCE = 0.1
"""A county of a few children still has a team of each kind with somebody in it."""


@dataclass(frozen=True)
class Life:
    """Everything that happened in one block of the county between two days."""

    chance: Chance
    scale: float
    first: int
    horizon: int
    spells: Spells
    families: Families
    stays: Stays
    plans: Plans
    enquiries: Enquiries
    care: Care
    organisation: Organisation
    people: Workforce
    away: Absences
    stages: Stages
    paths: Paths
    holds: Holds
    need_code: Ints  # by spell: 0 for N0 to 9 for N9
    district: Ints  # by family
    strain: np.ndarray  # by family

    @property
    def children(self) -> int:
        """How many children there are."""
        return len(self.families.birth)

    @cached_property
    def stages_of(self) -> tuple[Ints, Ints]:
        """The assessment stage and the later stage of each spell, the children in care team aside; or NOBODY."""
        numbers = np.arange(len(self.stages.spell))
        found = []
        for mine in (self.stages.kind == ASSESSMENT, (self.stages.kind != ASSESSMENT) & (self.stages.kind != CARE)):
            table = np.full(len(self.spells.start), NOBODY, dtype=np.int64)
            table[self.stages.spell[mine]] = numbers[mine]
            found.append(table)
        return found[0], found[1]

    @cached_property
    def care_stage(self) -> Ints:
        """The stage in which the children in care team leads each spell's children in care, or NOBODY."""
        table = np.full(len(self.spells.start), NOBODY, dtype=np.int64)
        mine = np.flatnonzero(self.stages.kind == CARE)
        table[self.stages.spell[mine]] = mine
        return table

    @cached_property
    def handover(self) -> Ints:
        """The day on which the assessment team handed each spell over; STILL_OPEN where it never did."""
        handover = np.full(len(self.spells.start), days.STILL_OPEN, dtype=np.int64)
        handover[self.stays.spell] = self.paths.handover
        return handover

    @cached_property
    def care_since(self) -> Ints:
        """The first day on which the child of each stay was last looked after; STILL_OPEN where never."""
        since = np.full(len(self.stays.spell), days.STILL_OPEN, dtype=np.int64)
        since[self.care.stay] = self.care.start
        return since

    @cached_property
    def care_until(self) -> Ints:
        """The day on which the child of each stay was no longer looked after."""
        until = np.zeros(len(self.stays.spell), dtype=np.int64)
        until[self.care.stay] = self.care.end
        return until

    def stage_on(self, spell: Ints, day: Ints) -> Ints:
        """The stage that leads each spell on each day, the children in care team aside; NOBODY where none does."""
        first, later = self.stages_of
        return np.where((later[spell] != NOBODY) & (day >= self.stages.start[later[spell]]), later[spell], first[spell])

    def team_of_stage(self, stage: Ints, day: Ints) -> Ints:
        """The team that had each stage on each day, as far as anybody was ever allocated; NOBODY where nobody was."""
        key = self.holds.stage * 2**20 + self.holds.start
        if not len(key):
            return np.full(len(stage), NOBODY, dtype=np.int64)
        position = np.maximum(np.searchsorted(key, stage * 2**20 + day, side="right") - 1, 0)
        following = np.minimum(position + 1, len(key) - 1)
        position = np.where(self.holds.stage[position] == stage, position, following)
        return np.where(self.holds.stage[position] == stage, self.holds.team[position], NOBODY)

    def children_of(self, spell: Ints) -> tuple[Ints, Ints]:
        """A row for each child of each spell: the position in `spell`, and the stay."""
        size = self.spells.size
        begins = np.cumsum(size) - size
        row = np.repeat(np.arange(len(spell)), size[spell])
        place = np.arange(len(row)) - np.repeat(np.cumsum(size[spell]) - size[spell], size[spell])
        return row, begins[spell[row]] + place


def live(chance: Chance, children: int, first: int, horizon: int, units_ended: int = organisation.UNITS_ENDED) -> Life:
    """Live the lives of a number of children known to the service between two days, the second not included.

    Takes   units_ended, the first of the month in which the units became district teams.
    Lives are led from a year before, so that the first day finds children, plans and workers already there.
    """
    begins = first - LEAD_IN
    scale = children / 30_000
    for _ in range(4):
        spells = need.spells(chance, scale, begins, horizon)
        adult_on = families.settle(spells, chance, horizon)
        known = _known(spells, first)
        if abs(known - children) <= max(children * 0.01, 3):
            break
        scale *= children / max(known, 1)
    spells, adult_on = _exactly(spells, adult_on, children, first, chance)
    return _live(chance, scale, begins, horizon, units_ended, spells, families.born(spells, adult_on, chance))


def _known(spells: Spells, first: int) -> int:
    known = spells.keep(spells.end > first)
    return int(known.size[np.unique(known.family, return_index=True)[1]].sum())


def _exactly(spells: Spells, adult_on: Ints, children: int, first: int, chance: Chance) -> tuple[Spells, Ints]:
    """Leave out or repeat families of one child with one short spell until there are as many children as asked for."""
    rng = chance.stream("exactly")
    spells = spells.keep(np.isin(spells.family, np.unique(spells.family[spells.end > first])))
    known = _known(spells, first)
    many = np.bincount(spells.family)
    single = np.flatnonzero((many[spells.family] == 1) & (spells.size == 1) & (spells.start > first))
    brief = single[spells.kind[single] != IN_NEED]
    pool = brief if len(brief) >= abs(known - children) else single
    if known > children:
        gone = rng.choice(pool, min(known - children, len(pool)), replace=False)
        spells = spells.keep(np.setdiff1d(np.arange(len(spells.start)), gone))
    elif known < children and len(pool):
        added = spells.keep(rng.choice(pool, children - known))
        adult_on = np.concatenate([adult_on, adult_on[added.family]])
        added.family = len(adult_on) - len(added.family) + np.arange(len(added.family))
        spells = Spells(*(np.concatenate([getattr(spells, n), getattr(added, n)]) for n in Spells.__dataclass_fields__))
        spells = spells.keep(np.argsort(spells.start, kind="stable"))
    kept, spells.family = np.unique(spells.family, return_inverse=True)
    return spells, adult_on[kept]


def _live(
    chance: Chance, scale: float, begins: int, horizon: int, units_ended: int, spells: Spells, settled: Families
) -> Life:
    plans = protection.plans(spells, chance, scale, begins, horizon)
    enquiries = protection.enquiries(spells, plans, chance, scale, begins, horizon)
    stays = care.stays_of(spells, settled.first_child)
    looked_after = care.care(stays, spells, settled.birth, chance, scale, begins, horizon)
    _adopted_and_known_again(spells, settled, stays, looked_after, chance)
    teams = organisation.organise(scale, units_ended)
    people = workforce.employ(teams, chance, max(scale, SMALLEST_WORKFORCE), begins, horizon)
    away = absence.absences(people, chance, begins, horizon)
    need_code = _needs(spells, plans, chance, horizon)
    district = spread(DISTRICT_SHARES, len(settled.size), chance.stream("districts"))
    made, paths = stages.stages(
        spells, stays, plans, looked_after, chance, need_code == 2, settled.adult_on, horizon, units_ended
    )
    holds = allocation.allocate(made, spells, district, people, away, teams, chance, begins, horizon)
    return Life(
        chance, scale, begins, horizon, spells, settled, stays, plans, enquiries, looked_after, teams, people, away,
        made, paths, holds, need_code, district, organisation.STRAIN[district],
    )  # fmt: skip


def _adopted_and_known_again(
    spells: Spells, settled: Families, stays: Stays, looked_after: Care, chance: Chance
) -> None:
    """A few children adopted years ago are referred again, as somebody else: nothing but their birthday is the same."""
    rng = chance.stream("known again")
    gone = np.flatnonzero(looked_after.adopted == 1)
    first = np.unique(spells.family, return_index=True)[1]
    alone = first[(spells.size[first] == 1) & (spells.kind[first] != NO_FURTHER_ACTION)]
    child = settled.first_child[spells.family[alone]]
    for care_number in gone[rng.random(len(gone)) < 0.1]:
        before = stays.child[looked_after.stay[care_number]]
        near = np.abs(settled.birth[child] - settled.birth[before]) < 200
        near &= (spells.start[alone] > looked_after.end[care_number] + 300) & (
            settled.birth[before] < spells.start[alone]
        )
        if near.any():
            settled.birth[rng.choice(child[near])] = settled.birth[before]


def _needs(spells: Spells, plans: Plans, chance: Chance, horizon: int) -> Ints:
    """The primary need of each spell, in the published shares; disability is commonest where help goes on for long."""
    rng = chance.stream("needs")
    codes = np.ones(len(spells.start), dtype=np.int64)
    long = np.minimum(spells.end, horizon) - spells.start
    planned = np.zeros(len(spells.start), dtype=bool)
    planned[plans.spell] = True
    years = np.clip(days.financial_year(spells.start), published.FIRST_YEAR, published.LAST_YEAR)
    for year in np.unique(years):
        shares = np.array(published.shares("cin.need", [f"N{n}" for n in range(10)], int(year)))
        shares[0] = 0.0
        shares[1] *= 0.6  # the children on plans are counted apart, and nearly all are there for abuse or neglect
        which = np.flatnonzero((years == year) & (spells.kind != NO_FURTHER_ACTION))
        lasting: Bools = (long[which] > 450) & ~planned[which]
        drawn = spread(shares, len(which), rng)
        disability = shares[2] / shares.sum()
        wanted = np.where(lasting, disability * 1.6, disability * 0.35)
        drawn = np.where(drawn == 2, 1, drawn)
        codes[which] = np.where(~planned[which] & (rng.random(len(which)) < wanted), 2, drawn)
    codes[planned] = np.where(rng.random(int(planned.sum())) < 0.93, 1, 5)
    return codes
