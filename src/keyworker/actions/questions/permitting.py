"""How far whoever asks may look: what the table says of their roles, laid on where children, workers and teams stand.

How far somebody may see is a matter of today, whatever day they look at. What lies beyond it is answered as what does
not exist: the same words, the same status, the same line in the log, after as many questions to the database. A
restricted child is beyond whoever is not named, whatever their roles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property

import psycopg

from keyworker.access import EMERGENCY, NOTHING, Asker, Place, Sight, Thing, Warrant, sight_of, warrant_of
from keyworker.actions.due import Due
from keyworker.facts.belonging import (
    ChildBelonging,
    child_belonging,
    children_belonging,
    teams_today,
    worker_belonging,
    workers_behind,
)
from keyworker.facts.days import london_day
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import ChildRow, WorkerRow
from keyworker.facts.restricted import Restricted, Standing, restricted_at
from keyworker.facts.teams import Teams, names_of
from keyworker.facts.workers import supervised_by

NOT_SHOWN = "name not shown"
"""In place of a child's name, to whoever may see the child in a list and not who it is."""
BY_GLASS = frozenset({Thing.CHILD, Thing.NAMES, Thing.CASE_SUPERVISION})
"""What a record that was opened in an emergency shows: the child's own page, and nothing in any list."""


class Permitting:
    """How far one asker may look. Whoever inherits this has an asker, a connection and an instant of asking."""

    asker: Asker
    connection: psycopg.Connection
    own: psycopg.Connection
    now: datetime

    _warranted: Warrant | None = None

    def may_see_child(self, thing: Thing, child_id: str | None) -> bool:
        """Whether a thing may be seen of one child. As many questions are asked of a child whom nobody knows."""
        sight, restricted = self.sight(thing), self._restricted()
        place = Place() if self._needs_no_place(sight) else self._place_of_child(child_id or "")
        if child_id is None:
            return False
        standing = self._opened_by(child_id) if thing in BY_GLASS else None
        is_hidden = not self._opens_restricted and restricted.hides(child_id, self.asker.account)
        if not is_hidden and sight.covers(place):
            self._warranted = warrant_of(self.asker, thing, place)
            return True
        if standing is not None:
            self._warranted = Warrant(standing.role, EMERGENCY)
        return standing is not None

    def may_see_worker(self, thing: Thing, worker_id: str | None) -> bool:
        """Whether a thing may be seen of one worker."""
        return self._covers(thing, lambda: self._place_of_worker(worker_id or ""))

    def may_see_team(self, thing: Thing, team_id: str | None) -> bool:
        """Whether a thing may be seen of one team."""
        return self._covers(thing, lambda: self._place_of_team(team_id or ""))

    def _is_one_of(self, accounts: Sequence[str], *days: date) -> bool:
        """Whether the asker is behind one of some sign-ins: signed in with it, or their own under another.

        Takes   days, on any of which it may have been theirs: a sign-in passes from one worker to the next.
        """
        if self.asker.account in accounts or self.asker.worker_id is None:
            return self.asker.account in accounts
        return any(self.asker.worker_id in workers_behind(self.connection, accounts, day) for day in days)

    def _needs_no_place(self, sight: Sight) -> bool:
        """Whether it makes no difference where somebody stands: all may be seen, and by one role."""
        return sight.everything and len(self.asker.roles) < 2

    def _covers(self, thing: Thing, stands: Callable[[], Place]) -> bool:
        sight = self.sight(thing)
        place = Place() if self._needs_no_place(sight) else stands()
        if sight.covers(place):
            self._warranted = warrant_of(self.asker, thing, place)
        return sight.covers(place)

    def standing(self, child_id: str) -> Standing | None:
        """The opening in an emergency by which alone the asker may look at a child; None where their roles let them."""
        restricted = self._restricted()
        standing = self._opened_by(child_id)
        if standing is None:
            return None
        place = self._place_of_child(child_id)
        by_role = self.sight(Thing.CHILD).covers(place) and not restricted.hides(child_id, self.asker.account)
        return None if by_role else standing

    @property
    def _may_open(self) -> bool:
        """Whether the asker may open a record in an emergency."""
        return self.sight(Thing.EMERGENCIES) != NOTHING

    def _opened_by(self, child_id: str) -> Standing | None:
        """The opening by which the asker may look at a child; it opens nothing to whoever may open none today."""
        return self._restricted().standing(child_id, self.asker.account, self.now) if self._may_open else None

    def _restricted(self) -> Restricted:
        return restricted_at(self.connection, self._today)

    @property
    def _opens_restricted(self) -> bool:
        """Whether restricted children are open to the keeper of the machine, who has typed what for."""
        return bool(self.asker.reason) and self.asker.is_keeper

    def hidden(self) -> frozenset[str]:
        """Every identifier of the restricted children for whom the asker is not named: they are in no list."""
        return frozenset() if self._opens_restricted else self._restricted().hidden_from(self.asker.account)

    def sight(self, thing: Thing) -> Sight:
        """How far the asker may look at a thing, by today's roles."""
        return sight_of(self.asker, thing)

    def narrowed(self, moment: Moment, rows: Iterable[ChildRow], thing: Thing = Thing.CHILDREN) -> list[ChildRow]:
        """Of some children those whom the asker may see in a list, without the names that the asker may not see.

        Takes   moment, that of the rows. Where a child stands is asked of today, also where the rows are of another.
        """
        return self.kept(self.listed(moment, rows, thing))

    def kept(self, rows: Iterable[ChildRow]) -> list[ChildRow]:
        """Of some children those whom the database lets the asker see: asked last, of those alone who are shown."""
        listed = list(rows)
        kept = self._kept_by_policies(row.child_id for row in listed)
        return [row for row in listed if row.child_id in kept]

    def listed(self, moment: Moment, rows: Iterable[ChildRow], thing: Thing = Thing.CHILDREN) -> list[ChildRow]:
        """What is `narrowed` but for what the database itself says: to be counted, or `kept`, and never shown."""
        sight, names, hidden = self.sight(thing), self.sight(Thing.NAMES), self.hidden()
        listed = [row for row in rows if row.child_id not in hidden]
        if not sight.everything or not names.everything:
            places = self._places(moment, listed)
            listed = [
                row if names.covers(places[row.child_id]) else replace(row, name=NOT_SHOWN, birth_on=None)
                for row in listed
                if sight.covers(places[row.child_id])
            ]
        return listed

    def due_narrowed(self, moment: Moment, dues: Iterable[Due]) -> list[Due]:
        """Of some duties, as they stand at a moment, those to children, and of workers, whom the asker may see."""
        children, workers, hidden = self.sight(Thing.DUE), self.sight(Thing.WORKER), self.hidden()
        listed = [one for one in dues if one.child is None or one.child.child_id not in hidden]
        if not children.everything or not workers.everything:
            of_child = self._places(moment, [one.child for one in listed if one.child])
            of_worker = self._worker_places(moment, [one.worker for one in listed if one.worker])
            listed = [
                one
                for one in listed
                if (one.child is not None and children.covers(of_child[one.child.child_id]))
                or (one.worker is not None and workers.covers(of_worker[one.worker.worker.worker_id]))
                or (one.child is None and one.worker is None)
            ]
        kept = self._kept_by_policies({one.child.child_id for one in listed if one.child})
        return [one for one in listed if one.child is None or one.child.child_id in kept]

    def _kept_by_policies(self, child_ids: Iterable[str]) -> set[str]:
        """Of some children those whom the database lets the asker see, whatever has been worked out here."""
        listed = list(child_ids)
        return set(listed) if self.own is self.connection else set(handles_of(self.own, HandleKind.CHILD, listed))

    def workers_narrowed(self, moment: Moment, rows: Iterable[WorkerRow]) -> list[WorkerRow]:
        """Of some workers those whose figures the asker may see."""
        sight, listed = self.sight(Thing.WORKER), list(rows)
        if sight.everything:
            return listed
        places = self._worker_places(moment, listed)
        return [row for row in listed if sight.covers(places[row.worker.worker_id])]

    def _places(self, moment: Moment, rows: Iterable[ChildRow]) -> dict[str, Place]:
        """Where some children stand today: as their rows say, where these are of today."""
        by_id = {row.child_id: row for row in rows}
        if moment == self._today:
            return {child_id: self._place_of_row(row) for child_id, row in by_id.items()}
        found = children_belonging(self.connection, self._today, list(by_id))
        return {child_id: self._place_of_belonging(one) for child_id, one in found.items()}

    def _worker_places(self, moment: Moment, rows: Iterable[WorkerRow]) -> dict[str, Place]:
        """The same of some workers."""
        by_id = {row.worker.worker_id: row for row in rows}
        if moment == self._today:
            return {worker_id: self._place_of_worker_row(row) for worker_id, row in by_id.items()}
        return {worker_id: self._place_of_worker(worker_id) for worker_id in by_id}

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
        return self._place_of_belonging(child_belonging(self.connection, self._today, child_id))

    def _place_of_belonging(self, found: ChildBelonging) -> Place:
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
        return Place(not self.asker.acts_as.isdisjoint(held), not self._supervised.isdisjoint(held), names_of(row.team))

    def _place_of_worker_row(self, row: WorkerRow) -> Place:
        worker_id = row.worker.worker_id
        return Place(worker_id == self.asker.worker_id, worker_id in self._supervised, names_of(row.team))

    def _names(self, team_ids: Iterable[str]) -> frozenset[str]:
        teams = self._teams  # asked for also where there is none: a child whom nobody knows must cost as much
        return frozenset().union(*(names_of(teams.ref(one)) for one in team_ids))
