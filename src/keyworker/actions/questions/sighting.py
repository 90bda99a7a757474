"""Whom somebody may see, written out for the policies of the database: the same table, laid on the same places."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

import psycopg

from keyworker.access import Asker, Place, Sight, Thing, opened_things
from keyworker.actions.questions.permitting import BY_GLASS, Permitting
from keyworker.facts.belonging import children_belonging, children_near, workers_belonging
from keyworker.facts.ground import lens_at
from keyworker.facts.supervision_notes import openings
from keyworker.facts.workers import supervised_by
from keyworker.record.sessions import LaidSight

OF_CHILD = {
    "records": (Thing.CHILD, Thing.CHILDREN, Thing.DUE),
    "named": (Thing.NAMES,),
    "supervised": (Thing.CASE_SUPERVISION,),
    "excepted": (Thing.EXCEPTIONS,),
}
"""The things about a child by the parts in which they are laid down. A row is seen by whoever sees any of its part."""
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
        restricted, hidden, account = self._restricted(), self.hidden(), self.asker.account
        glasses = [restricted.standing(one, account, self.now) for one in restricted.opened]
        ends = [one.until_at - self.now for one in glasses if one is not None]
        return LaidSight(
            self._everybody(),
            frozenset(thing.value for thing in opened_things(self.asker)),
            **self._children(),
            **self._workers(),
            personal=self._personal(),
            noted=self._noted(),
            hidden=[one for one in hidden if not restricted.standing(one, account, self.now)],
            lasting=min(ends, default=None),
        )

    def _everybody(self) -> frozenset[str]:
        """The things seen of everybody. A child's record stands for all that shows whom a row is about."""
        found = {thing for thing in Thing if self.sight(thing).everything}
        if found & set(OF_CHILD["records"]):
            found.add(Thing.CHILD)
        return frozenset(thing.value for thing in found)

    def _children(self) -> dict[str, list[str]]:
        sights = {part: _union(self.sight(thing) for thing in things) for part, things in OF_CHILD.items()}
        sought = _union(sight for sight in sights.values() if not sight.everything)
        places = self._places_near(sought)
        joined = self._joined(places)
        found = {
            part: {one for root, place in places.items() if sight.covers(place) for one in joined(root)} - self.hidden()
            for part, sight in sights.items()
            if not sight.everything
        }
        return {part: list(found.get(part, set()) | self._opened(things)) for part, things in OF_CHILD.items()}

    def _opened(self, things: Iterable[Thing]) -> set[str]:
        """The children whose record stands open to the asker in an emergency."""
        restricted, account = self._restricted(), self.asker.account
        if BY_GLASS.isdisjoint(things):
            return set()
        return {one for one in restricted.opened if restricted.standing(one, account, self.now)}

    def _places_near(self, sought: Sight) -> dict[str, Place]:
        """Where every child stands who may be in some sight: nobody else is asked about."""
        workers = (self.asker.acts_as if sought.own else frozenset()) | (
            self._supervised if sought.supervised else frozenset()
        )
        known = {team.team_id for team in self._teams if not sought.places.isdisjoint(self._names([team.team_id]))}
        teams = known | sought.places
        if not workers and not teams:
            return {}
        near = children_near(self.connection, self._today, workers, teams)
        found = children_belonging(self.connection, self._today, near)
        return {child_id: self._place_of_belonging(one) for child_id, one in found.items()}

    def _joined(self, children: Iterable[str]) -> Callable[[str], list[str]]:
        """Every identifier of a child: the rows of each hold the one under which they came."""
        known = set(children)
        others: dict[str, list[str]] = {}
        for one, root in lens_at(self.connection, self._today).roots.items():
            if root in known and one != root:
                others.setdefault(root, []).append(one)
        return lambda root: [root, *others.get(root, ())]

    def _workers(self) -> dict[str, list[str]]:
        sights = {part: self.sight(thing) for part, thing in OF_WORKER.items()}
        if all(sight.everything or sight == Sight() for sight in sights.values()):
            return {part: [] for part in sights}
        known = workers_belonging(self.connection, self._today.at)
        places = {
            worker_id: Place(
                worker_id == self.asker.worker_id,
                worker_id in self._supervised,
                self._names(known[worker_id].teams if worker_id in known else ()),
            )
            for worker_id in {*known, *self._supervised, *self.asker.acts_as}
        }
        return {
            part: [one for one, place in places.items() if not sight.everything and sight.covers(place)]
            for part, sight in sights.items()
        }

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
        below = supervised_by(self.connection, lens_at(self.connection, self._today), me) if sight.supervised else ()
        return [me, *below]


def _union(sights: Iterable[Sight]) -> Sight:
    found = Sight()
    for one in sights:
        found |= one
    return found
