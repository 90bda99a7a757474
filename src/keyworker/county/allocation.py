"""Who leads each family's work, day by day: allocated, handed on, left without a worker, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from keyworker.county import days, published
from keyworker.county.absence import LONG, Absences
from keyworker.county.chance import Chance, Ints
from keyworker.county.need import Spells
from keyworker.county.organisation import CARE, COUNTY_WIDE, DISTRICTS, FRONT_DOOR_CHANGED, Organisation
from keyworker.county.posts import HOLDER, MANAGER, NOBODY, PRACTITIONER, Workforce
from keyworker.county.stages import Stages

AHEAD = 270
"""Days by which new work is shared out ahead of a September's figure, so that the work held then is as it says."""
CAUSES = ("MANAGE", "FCONTA", "LEFTRL", "ORGRST", "TSPROC", "ABSENC", "CHCHAN", "PCCHAN", "SWDIED", "OTHERS")
MANAGE, FCONTA, LEFTRL, ORGRST, TSPROC, ABSENC, CHCHAN, PCCHAN, SWDIED, OTHERS = range(10)
ENDED = -1
"""The cause of a hold that ended because the work did."""


@dataclass(frozen=True)
class Holds:
    """One worker leads one stage in one team, from a day up to, not including, another."""

    stage: Ints
    worker: Ints
    team: Ints
    start: Ints
    end: Ints
    cause: Ints


class _Allocating:
    def __init__(
        self,
        stages: Stages,
        district: Ints,
        people: Workforce,
        away: Absences,
        organisation: Organisation,
        chance: Chance,
        horizon: int,
    ) -> None:
        self.stages, self.district, self.organisation, self.horizon = stages, district, organisation, horizon
        self.rng = chance.stream("allocation")
        self.lead = np.full(len(stages.spell), NOBODY, dtype=np.int64)
        self.since = np.zeros(len(stages.spell), dtype=np.int64)
        self.waiting = stages.start.copy()
        self.team = np.full(len(stages.spell), NOBODY, dtype=np.int64)
        self.parts: list[tuple[Ints, ...]] = []
        self.active = np.zeros(0, dtype=np.int64)
        kinds = np.array([one.kind for one in people.spells], dtype=np.int64)
        self.first = np.array([one.first for one in people.spells], dtype=np.int64)
        self.to = np.array([one.to for one in people.spells], dtype=np.int64)
        self.fte = np.array([one.fte for one in people.spells])
        self.kind = kinds
        self.post = np.array([one.post for one in people.spells], dtype=np.int64)
        self.worker_team = np.array([people.posts[one.post].teams[0][1] for one in people.spells], dtype=np.int64)
        self.moves = {
            (n, when): team for n, one in enumerate(people.spells) for when, team in people.posts[one.post].teams[1:]
        }
        self.able = (kinds == HOLDER) | (kinds == PRACTITIONER) | (kinds == MANAGER)
        long = away.end - away.start >= LONG
        self.away_worker, self.away_from, self.away_to = away.worker[long], away.start[long], away.end[long]
        self.load = np.zeros(len(people.spells))

    def move_teams(self, day: int) -> None:
        """On the day of a reorganisation workers and their children go to the teams that follow."""
        for (worker, when), team in self.moves.items():
            if when == day:
                self.worker_team[worker] = team
        held = self.active
        before = self.team[held].copy()
        moved = self.organisation.moved(before, day, self.stages.spell[held])
        led = self.lead[held] != NOBODY
        after = np.where(led, self.worker_team[np.maximum(self.lead[held], 0)], moved)
        changed = (after != before) | (moved != before)
        let_go = led & changed & (self.rng.random(len(held)) < (0.4 if day == self.organisation.units_ended else 0.1))
        self._close(held[let_go], np.full(int(let_go.sum()), day), ORGRST)
        self.team[held] = np.where(changed, np.where(led, after, moved), before)
        self.team[held[let_go]] = moved[let_go]
        kept = held[led & changed & ~let_go]
        self._write(kept, np.full(len(kept), day), np.full(len(kept), ENDED), before[led & changed & ~let_go])
        self.since[kept] = np.maximum(self.since[kept], day)

    def month(self, first: int, to: int) -> None:
        """Everything that changes hands between two days."""
        new = np.flatnonzero((self.stages.start < to) & (self.stages.start >= first))
        self._admit(new, first)
        self._workers_go(first, to)
        self._changes(first, to)
        self._allocate(first, to)
        self._finish(to)

    def admit_open(self, first: int) -> None:
        """Stages that began before the county's time began are led from its first day, as far as is recorded."""
        before = np.flatnonzero((self.stages.start < first) & (self.stages.end > first))
        self._admit(before, first)

    def _admit(self, new: Ints, first: int) -> None:
        for kind in np.unique(self.stages.kind[new]):
            places = self.organisation.by_district(int(kind), first) or []
            which = new[self.stages.kind[new] == kind]
            for district in range(len(DISTRICTS)):
                own = which[self.district[which] == district]
                teams = places[district]
                if len(teams):
                    self.team[own] = teams[self.stages.spell[own] % len(teams)]
        self.active = np.concatenate([self.active, new[self.team[new] != NOBODY]])

    def _workers_go(self, first: int, to: int) -> None:
        led = self.active[self.lead[self.active] != NOBODY]
        worker = self.lead[led]
        leaves = self.to[worker]
        going = (leaves >= first) & (leaves < to) & (leaves < self.stages.end[led])
        self._close(led[going], leaves[going], LEFTRL)
        led, worker = led[~going], worker[~going]
        gone = (self.away_from >= first) & (self.away_from < to)
        start = np.full(len(self.first), days.STILL_OPEN, dtype=np.int64)
        start[self.away_worker[gone]] = self.away_from[gone]
        covered = (start[worker] < self.stages.end[led]) & (self.rng.random(len(led)) < 0.55)
        covered &= start[worker] < self.to[worker]
        self._close(led[covered], start[worker[covered]] + self.rng.integers(0, 6, int(covered.sum())), ABSENC)

    def _changes(self, first: int, to: int) -> None:
        led = self.active[self.lead[self.active] != NOBODY]
        rate = np.where(self.stages.kind[led] == CARE, 0.036, 0.011) * (to - first) / 30.4
        asked = led[(self.rng.random(len(led)) < rate) & (self.since[led] < first - 20)]
        when = first + self.rng.integers(0, to - first, len(asked))
        within = when < self.stages.end[asked]
        cause = self.rng.choice([MANAGE, PCCHAN, CHCHAN, OTHERS], len(asked), p=[0.72, 0.1, 0.05, 0.13])
        for one in (MANAGE, PCCHAN, CHCHAN, OTHERS):
            pick = within & (cause == one)
            self._close(asked[pick], when[pick], one)

    def _allocate(self, first: int, to: int) -> None:
        waiting = self.active[(self.lead[self.active] == NOBODY)]
        # a worker who comes in the month may be given children once there
        there = self.able & (self.first < to - 3) & (self.to > to + 10)
        long_away = np.zeros(len(self.first), dtype=bool)
        long_away[self.away_worker[(self.away_from < to) & (self.away_to > to + 10)]] = True
        there &= ~long_away
        for practitioners in (True, False):
            ours = waiting[self._for_practitioner(waiting, first) == practitioners]
            workers = np.flatnonzero(there & (self.kind == (PRACTITIONER if practitioners else HOLDER)))
            left = self._share_out(ours, workers, first)
            if practitioners:
                waiting = np.concatenate([waiting[~np.isin(waiting, ours)], left])
        # the manager of a team with nobody else holds what cannot wait
        urgent = self.active[(self.lead[self.active] == NOBODY)]
        urgent = urgent[(self.waiting[urgent] < first - 25) & (self.stages.end[urgent] > first)]
        self._share_out(urgent, np.flatnonzero(there & (self.kind == MANAGER)), first)

    def _for_practitioner(self, stages: Ints, first: int) -> np.ndarray:
        share = practitioner_share(first)
        spell = self.stages.spell[stages]
        return ~self.stages.social_worker[stages] & ((spell * 48271 % 9973) / 9973.0 < share * 4.2)

    def _share_out(self, waiting: Ints, workers: Ints, first: int) -> Ints:
        if not len(waiting) or not len(workers):
            return waiting
        teams = len(self.organisation.teams)
        count = np.bincount(self.worker_team[workers], minlength=teams)
        able = count[self.team[waiting]] > 0
        left, waiting = waiting[~able], waiting[able]
        room = self._room(waiting, workers)
        left, waiting = np.concatenate([left, waiting[~room]]), waiting[room]
        waiting = waiting[np.lexsort((self.waiting[waiting], self.team[waiting]))]
        chosen = self._lightest(self.team[waiting], workers)
        slow = self.rng.random(len(waiting)) < 0.12
        delay = np.where(slow, self.rng.integers(2, 14, len(waiting)), self.rng.integers(0, 2, len(waiting)))
        start = np.maximum(np.maximum(self.waiting[waiting] + delay, self.first[chosen]), self.stages.start[waiting])
        start = np.maximum(start, np.where(self.waiting[waiting] < first - 31, first, 0))
        fits = (start < self.stages.end[waiting]) & (start < self.to[chosen]) & (start < self.horizon)
        taken, worker = waiting[fits], chosen[fits]
        self.lead[taken], self.since[taken] = worker, start[fits]
        np.add.at(self.load, worker, self.stages.children[taken])
        return np.concatenate([left, waiting[~fits]])

    def _lightest(self, team: Ints, workers: Ints) -> Ints:
        """For each piece of work, in order of team, a worker of that team: those who hold least come first."""
        teams = len(self.organisation.teams)
        need = np.bincount(team, minlength=teams)
        each = need[self.worker_team[workers]]
        turns = np.minimum(each, 40)
        place = np.repeat(workers, turns)
        turn = np.arange(len(place)) - np.repeat(np.cumsum(turns) - turns, turns)
        held = (self.load[place] + 1.8 * turn + self.rng.random(len(place)) * 4.0) / np.maximum(self.fte[place], 0.3)
        order = place[np.lexsort((held, self.worker_team[place]))]
        turns_of = np.bincount(self.worker_team[order], minlength=teams)
        begin = np.cumsum(turns_of) - turns_of
        rank = np.arange(len(team)) - np.searchsorted(team, team, side="left")
        return order[begin[team] + rank % np.maximum(turns_of[team], 1)]

    def _room(self, waiting: Ints, workers: Ints) -> np.ndarray:
        """Whether a child who can wait is allocated now: where workers are full, some are not."""
        teams = len(self.organisation.teams)
        held = np.bincount(self.worker_team[workers], weights=self.load[workers], minlength=teams)
        strength = np.bincount(self.worker_team[workers], weights=self.fte[workers], minlength=teams)
        full = held / np.maximum(strength, 0.5) > 26
        must = self.stages.social_worker[waiting]
        return must | ~full[self.team[waiting]] | (self.rng.random(len(waiting)) < 0.5)

    def _finish(self, to: int) -> None:
        over = self.active[self.stages.end[self.active] <= to]
        led = over[self.lead[over] != NOBODY]
        self._write(led, self.stages.end[led], np.full(len(led), ENDED), self.team[led])
        np.subtract.at(self.load, self.lead[led], self.stages.children[led])
        self.lead[led] = NOBODY
        self.active = self.active[self.stages.end[self.active] > to]

    def _close(self, held: Ints, when: Ints, cause: int) -> None:
        when = np.maximum(np.minimum(when, self.stages.end[held]), self.since[held])
        self._write(held, when, np.full(len(held), cause), self.team[held])
        np.subtract.at(self.load, self.lead[held], self.stages.children[held])
        self.lead[held] = NOBODY
        self.waiting[held] = when

    def _write(self, held: Ints, when: Ints, cause: Ints, team: Ints) -> None:
        real = when > self.since[held]
        held, when, cause, team = held[real], when[real], cause[real], team[real]
        self.parts.append((held, self.lead[held].copy(), team.copy(), self.since[held].copy(), when.copy(), cause))

    def holds(self) -> Holds:
        """All holds, the open ones too, in order of stage and first day."""
        led = self.active[self.lead[self.active] != NOBODY]
        self._write(led, np.full(len(led), days.STILL_OPEN), np.full(len(led), ENDED), self.team[led])
        columns = [np.concatenate([part[n] for part in self.parts]) for n in range(6)]
        order = np.lexsort((columns[3], columns[0]))
        return Holds(*(column[order] for column in columns))


def practitioner_share(day: int) -> float:
    """The share of open children whom a practitioner who is not a social worker leads.

    Read from the published count of cases that social workers hold against the children open. The cases
    published for 2020 are taken as a fault and the years either side are used.
    """
    year = days.day(day + AHEAD).year
    year = min(max(year, 2017), published.LAST_YEAR)
    cases = published.figure("workforce.cases", year)
    if year == 2020:
        cases = (published.figure("workforce.cases", 2019) + published.figure("workforce.cases", 2021)) / 2
    children = published.open_at(year, 0.5) * 1.14
    return float(np.clip(1.0 - cases / children, 0.03, 0.45))


def allocate(
    stages: Stages,
    these: Spells,
    district: Ints,
    people: Workforce,
    away: Absences,
    organisation: Organisation,
    chance: Chance,
    first: int,
    horizon: int,
) -> Holds:
    """Every hold of every stage between two days."""
    making = _Allocating(stages, district[these.family[stages.spell]], people, away, organisation, chance, horizon)
    making.admit_open(first)
    month = first
    while month < horizon:
        today = days.day(month)
        after = min(days.number(date(today.year + today.month // 12, today.month % 12 + 1, 1)), horizon)
        if month in (FRONT_DOOR_CHANGED, organisation.units_ended):
            making.move_teams(month)
        making.month(month, after)
        month = after
    return making.holds()


def county_wide(organisation: Organisation, team: int) -> bool:
    """Whether a team serves every district."""
    return organisation.teams[team].district == COUNTY_WIDE


def at(holds: Holds, stage: Ints, day: Ints) -> Ints:
    """The worker who leads each stage on each day, or NOBODY."""
    key = holds.stage * (2**20) + holds.start
    position = np.maximum(np.searchsorted(key, stage * (2**20) + day, side="right") - 1, 0)
    if not len(key):
        return np.full(len(stage), NOBODY, dtype=np.int64)
    led = (holds.stage[position] == stage) & (holds.start[position] <= day) & (day < holds.end[position])
    return np.where(led, holds.worker[position], NOBODY)
