"""How far whoever asks may look: what the table says of their roles, laid on where children, workers and teams stand.

How far somebody may see is a matter of today, whatever day they look at. What lies beyond it is answered as what does
not exist: the same words, the same status, the same line in the log.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import cached_property

import psycopg

from keyworker.access import Asker, Place, Sight, Thing, sight_of
from keyworker.actions.due import Due
from keyworker.facts.belonging import child_belonging, teams_today, worker_belonging
from keyworker.facts.days import london_day
from keyworker.facts.ground import lens_at
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import ChildRow, TeamRef, WorkerRow
from keyworker.facts.teams import Teams
from keyworker.facts.workers import supervised_by

NOT_SHOWN = "name not shown"
"""In place of a child's name, to whoever may see the child in a list and not who it is."""


class Permitting:
    """How far one asker may look. Whoever inherits this has an asker, a connection and an instant of asking."""

    asker: Asker
    connection: psycopg.Connection
    now: datetime

    def may_see_child(self, thing: Thing, child_id: str | None) -> bool:
        """Whether a thing may be seen of one child. As many questions are asked of a child whom nobody knows."""
        sight = self.sight(thing)
        return sight.everything or sight.covers(self._place_of_child(child_id or ""))

    def may_see_worker(self, thing: Thing, worker_id: str | None) -> bool:
        """Whether a thing may be seen of one worker."""
        sight = self.sight(thing)
        return sight.everything or sight.covers(self._place_of_worker(worker_id or ""))

    def may_see_team(self, thing: Thing, team_id: str | None) -> bool:
        """Whether a thing may be seen of one team."""
        sight = self.sight(thing)
        return sight.everything or sight.covers(self._place_of_team(team_id or ""))

    def sight(self, thing: Thing) -> Sight:
        """How far the asker may look at a thing, by today's roles."""
        return sight_of(self.asker, thing)

    def narrowed(self, rows: Iterable[ChildRow], thing: Thing = Thing.CHILDREN) -> list[ChildRow]:
        """Of some children those whom the asker may see in a list, without the names that the asker may not see."""
        sight, names = self.sight(thing), self.sight(Thing.NAMES)
        if sight.everything and names.everything:
            return list(rows)
        found = []
        for row in rows:
            place = self._place_of_row(row)
            if sight.covers(place):
                found.append(row if names.covers(place) else replace(row, name=NOT_SHOWN, birth_on=None))
        return found

    def due_narrowed(self, dues: Iterable[Due]) -> list[Due]:
        """Of some duties those to children, and of workers, whom the asker may see."""
        children, workers = self.sight(Thing.DUE), self.sight(Thing.WORKER)
        if children.everything and workers.everything:
            return list(dues)
        return [
            one
            for one in dues
            if (one.child is not None and children.covers(self._place_of_row(one.child)))
            or (one.worker is not None and workers.covers(self._place_of_worker_row(one.worker)))
            or (one.child is None and one.worker is None)
        ]

    @cached_property
    def _today(self) -> Moment:
        return Moment(london_day(self.now))

    @cached_property
    def _supervised(self) -> frozenset[str]:
        """The workers whom the asker supervises today, and those of whoever the asker covers."""
        lens = lens_at(self.connection, self._today)
        found = (supervised_by(self.connection, lens, one) for one in self.asker.acts_as)
        return frozenset().union(*found)

    @cached_property
    def _teams(self) -> Teams:
        """Today's teams, asked for once: a list asks of every row where its team is."""
        return teams_today(self.connection, self._today)

    def _place_of_child(self, child_id: str) -> Place:
        found = child_belonging(self.connection, self._today, child_id)
        return Place(
            not self.asker.acts_as.isdisjoint(found.workers),
            not self._supervised.isdisjoint(found.workers),
            self._names(found.teams),
        )

    def _place_of_worker(self, worker_id: str) -> Place:
        found = worker_belonging(self.connection, self._today.at, worker_id)
        is_me = worker_id == self.asker.worker_id
        return Place(is_me, worker_id in self._supervised, self._names(found.teams))

    def _place_of_team(self, team_id: str) -> Place:
        return Place(self._teams.manager_of.get(team_id) in self.asker.acts_as, False, self._names([team_id]))

    def _place_of_row(self, row: ChildRow) -> Place:
        held = [one.worker_id for one in (row.lead, row.accountable, *row.co_workers, *row.unmapped_roles) if one]
        return Place(not self.asker.acts_as.isdisjoint(held), not self._supervised.isdisjoint(held), _named(row.team))

    def _place_of_worker_row(self, row: WorkerRow) -> Place:
        worker_id = row.worker.worker_id
        return Place(worker_id == self.asker.worker_id, worker_id in self._supervised, _named(row.team))

    def _names(self, team_ids: Iterable[str]) -> frozenset[str]:
        return frozenset().union(*(_named(self._teams.ref(one)) for one in team_ids))


def _named(team: TeamRef | None) -> frozenset[str]:
    return frozenset(filter(None, (team.team_id, team.district))) if team else frozenset()
