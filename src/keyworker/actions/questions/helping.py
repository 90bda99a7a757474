"""Who may be asked to do something for a child: the workers of the child's teams."""

from __future__ import annotations

from keyworker.actions.questions.opened import Opened
from keyworker.facts import people
from keyworker.facts.belonging import child_belonging, workers_belonging
from keyworker.facts.ground import lens_at
from keyworker.facts.pictures import WorkerRef


class Helping(Opened):
    """Who may be asked to do something for a child."""

    def _helpers(self, child_id: str) -> tuple[WorkerRef, ...]:
        """The workers of the child's teams today, by name."""
        teams = child_belonging(self.connection, self._today, child_id).teams
        every = workers_belonging(self.connection, self._today.at)
        ids = [who for who, belongs in every.items() if not belongs.has_left and not teams.isdisjoint(belongs.teams)]
        known = people.workers(self.connection, lens_at(self.connection, self._today), ids)
        return tuple(sorted(known.values(), key=lambda who: (who.name, who.worker_id)))
