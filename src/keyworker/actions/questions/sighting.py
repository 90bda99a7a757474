"""Whom somebody may see, written out for the policies of the database: the same table, laid on the same places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property

import psycopg

from keyworker.access import Asker, Sight, Thing, opened_things
from keyworker.actions.emergencies import Rules, last_day_of_review, rules_at
from keyworker.actions.questions.permitting import Permitting
from keyworker.facts.belonging import WorkerBelonging, appointed_in, workers_belonging
from keyworker.facts.ground import lens_at
from keyworker.facts.supervision_notes import openings
from keyworker.facts.whereabouts import joined_at, stood_in
from keyworker.facts.workers import in_line_of, supervised_by
from keyworker.record.sessions import PARTS, LaidSight, Reach
from keyworker.record.written import WRITTEN_BY_THING

OF_CHILD = {one: (one,) for one in map(Thing, PARTS)} | {
    Thing.CHILDREN: (Thing.CHILD, Thing.CHILDREN, Thing.DUE),
    Thing.COPIES: (Thing.COPIES, Thing.AGREEING_COPIES),
    Thing.ERASING: (Thing.ERASING, Thing.AGREEING_ERASURES),
}
"""The things about a child by the parts in which they are laid down. A row is seen by whoever sees any of its part."""
WRITTEN_BY = tuple(map(Thing, WRITTEN_BY_THING))
"""The things by which something is written of a child: of those alone whom the cell of each covers."""
OF_WORKER = {"figures": Thing.WORKER, "learning": Thing.LEARNING}


class Sighting(Permitting):
    """How far one asker may look, child by child and worker by worker.

    Takes   connection, one that sees everybody, within one reading; now, the instant of asking.
    """

    def __init__(self, asker: Asker, connection: psycopg.Connection, now: datetime) -> None:
        self.asker = asker
        self.connection = self.own = connection
        self.now = now

    def laid(self) -> LaidSight:
        """Whom the asker may see, today."""
        glasses = {one: self._opened_by(one) for one in self._restricted().opened}
        hidden = {one for one in self.hidden() if not glasses.get(one)}
        rules = rules_at(self.connection, self._today) if self._may_open else Rules(0, 0, 0)
        ends = [one.until_at - self.now for one in glasses.values() if one is not None]
        return LaidSight(
            self._today.at,
            self._everybody(),
            frozenset(thing.value for thing in opened_things(self.asker)),
            self._reach(),
            [one for one, glass in glasses.items() if glass],
            joined_at(self.connection) if self.asks_whereabouts else None,
            **self._workers(),
            personal=self._personal(),
            noted=self._noted(),
            let_in=self._restricted().named.keys() - hidden,
            hides=bool(hidden),
            only_read=self.hidden() - hidden,
            alike=self._alike,
            lasting=min(ends, default=None),
            worker_id=self.asker.worker_id,
            emergency_hours=rules.hours,
            review_by=last_day_of_review(self._today.at, rules),
            openings_a_day=rules.a_day,
        )

    @property
    def asks_whereabouts(self) -> bool:
        """Whether it makes a difference where a child stands, or which identifiers are one child."""
        restricted = self._restricted()
        is_of_some = any(not sight.everything and sight != Sight() for sight in self._sights.values())
        return is_of_some or bool(restricted.named) or bool(restricted.opened)

    def _everybody(self) -> frozenset[str]:
        """The things seen of everybody. A part stands for all that opens any of it, as lists for what is due."""
        found = {thing for thing in Thing if self.sight(thing).everything}
        found |= {part for part in OF_CHILD if self._part(part).everything}
        return frozenset(thing.value for thing in found)

    def _reach(self) -> list[Reach]:
        """The workers and teams of whose children the asker sees anything, with what they see of them."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for part, sight in self._sights.items():
            for stands in () if part in self._alike else self._covered(sight):
                found[stands].add(part.value)
        return [Reach(kind, one, frozenset(parts)) for (kind, one), parts in found.items()]

    @cached_property
    def _sights(self) -> dict[Thing, Sight]:
        """How far each part reaches that is laid down, and each thing that is written by."""
        return {thing: self.sight(thing) for thing in WRITTEN_BY} | {part: self._part(part) for part in OF_CHILD}

    def _part(self, part: Thing) -> Sight:
        """How far a part reaches. Whoever takes whole tables away reads records whole while names are open to them."""
        exported = (Thing.NAMES,) if part is Thing.CHILD and self.sight(Thing.EXPORTS) != Sight() else ()
        return _union(map(self.sight, (*OF_CHILD[part], *exported)))

    @cached_property
    def _alike(self) -> dict[str, str]:
        """The things that are written by and reach as far as something before them: most do, and are laid down once."""
        first: dict[Sight, Thing] = {self._sights[part]: part for part in reversed(OF_CHILD)}
        alike: dict[str, str] = {}
        for thing in WRITTEN_BY:
            if thing not in OF_CHILD and (same := first.setdefault(self._sights[thing], thing)) != thing:
                alike[thing.value] = same.value
        return alike

    def _covered(self, sight: Sight) -> set[tuple[str, str]]:
        """Where a child stands whom a sight of some covers: a place is covered by its teams and whoever is in them."""
        if sight.everything:
            return set()
        teams = self._teams_in(sight.places)
        workers = appointed_in(self.connection, self._today, teams) if sight.places else frozenset()
        workers |= self.asker.acts_as if sight.own else frozenset()
        workers |= self._supervised if sight.supervised else frozenset()
        return {("worker", one) for one in workers} | {("team", one) for one in teams}

    def _teams_in(self, places: frozenset[str]) -> frozenset[str]:
        """The teams of some teams and districts."""
        return places | {one for one, names in self._names_of.items() if not places.isdisjoint(names)}

    @cached_property
    def _names_of(self) -> dict[str, frozenset[str]]:
        """The words by which a role may be held over each team that is known, or in which any child stands."""
        return {one: self._names([one]) for one in self._every_team}

    @cached_property
    def _every_team(self) -> frozenset[str]:
        return stood_in(self.connection) | frozenset(self._teams.known)

    def _workers(self) -> dict[str, list[str]]:
        sights = {part: self.sight(thing) for part, thing in OF_WORKER.items()}
        if all(sight.everything or sight == Sight() for sight in sights.values()):
            return {part: [] for part in sights}
        known = workers_belonging(self.connection, self._today.at)
        return {part: self._workers_in(sight, known) for part, sight in sights.items()}

    def _workers_in(self, sight: Sight, known: Mapping[str, WorkerBelonging]) -> list[str]:
        """The workers whom a sight of some covers."""
        if sight.everything:
            return []
        teams = self._teams_in(sight.places)
        found = {one for one, belonging in known.items() if not teams.isdisjoint(belonging.teams)}
        if sight.own and self.asker.worker_id:
            found.add(self.asker.worker_id)
        return list(found | self._supervised if sight.supervised else found)

    def _noted(self) -> list[str]:
        """The workers whose own notes are open, whoever held the supervision: the asker, and who opened theirs."""
        me = self.asker.worker_id
        if me is None or not self.sight(Thing.PERSONAL_SUPERVISION).own:
            return []
        lens = lens_at(self.connection, self._today)
        given = {one.worker.worker_id for one in openings(self.connection, lens, me)}
        return [me, *(given & supervised_by(self.connection, lens, me))]

    def _personal(self) -> list[str]:
        """The supervisors whose notes are open: the asker's own as a supervisor, and those of whom they supervise.

        Cover for somebody opens none of theirs.
        """
        sight, me = self.sight(Thing.PERSONAL_SUPERVISION), self.asker.worker_id
        if sight.everything or not sight.own or me is None:
            return []
        below = in_line_of(self.connection, lens_at(self.connection, self._today), me) if sight.supervised else ()
        return [me, *below]


def _union(sights: Iterable[Sight]) -> Sight:
    found = Sight()
    for one in sights:
        found |= one
    return found
