"""Who may be asked to do something for a child: those of the child's teams who may see the child."""

from __future__ import annotations

from keyworker.access import Place, Thing, sight_of
from keyworker.actions.questions.opened import Opened
from keyworker.actions.sign_ins import signed_in
from keyworker.facts import people
from keyworker.facts.belonging import accounts_of, child_belonging, workers_belonging
from keyworker.facts.ground import lens_at
from keyworker.facts.pictures import WorkerRef
from keyworker.facts.workers import supervised_by
from keyworker.vocabulary.errors import Refused


class Helping(Opened):
    """Who may be asked to do something for a child."""

    def _helpers(self, child_id: str, thing: Thing = Thing.CHILD) -> tuple[WorkerRef, ...]:
        """The workers of the child's teams today, by name. Takes thing, what of the child must be open to them.

        Nothing is given to somebody whose sign-in may not see the child: they would never learn of it. A worker without
        a sign-in is told by whoever gives it, as of everything else.
        """
        teams = child_belonging(self.connection, self._today, child_id).teams
        every = workers_belonging(self.connection, self._today.at)
        ids = [who for who, belongs in every.items() if not belongs.has_left and not teams.isdisjoint(belongs.teams)]
        accounts = accounts_of(self.connection, ids, self._today.at)
        may = [who for who in ids if who not in accounts or self._any_sees(accounts[who], child_id, thing)]
        known = people.workers(self.connection, lens_at(self.connection, self._today), may)
        return tuple(sorted(known.values(), key=lambda who: (who.name, who.worker_id)))

    def _any_sees(self, accounts: set[str], child_id: str, thing: Thing) -> bool:
        return any(self._account_sees(account, child_id, thing) for account in sorted(accounts))

    def _account_sees(self, account: str, child_id: str, thing: Thing = Thing.CHILD) -> bool:
        """Whether a thing of a child is open to a sign-in today, by the table of who may see what."""
        if self._restricted().hides(child_id, account):
            return False
        try:
            asker, _ = signed_in(self.connection, account, self._today.at, purpose="see whether they may help")
        except Refused:
            return False
        found, lens = child_belonging(self.connection, self._today, child_id), lens_at(self.connection, self._today)
        supervised = frozenset[str]().union(*(supervised_by(self.connection, lens, one) for one in asker.acts_as))
        place = Place(
            not asker.acts_as.isdisjoint(found.workers),
            not supervised.isdisjoint(found.workers),
            self._names(found.teams),
        )
        return sight_of(asker, thing).covers(place)
