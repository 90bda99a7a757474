"""Finding anyone by a name, one that is near it, or a number: within what whoever looks may see, and nothing else."""

from __future__ import annotations

from keyworker.access import Thing
from keyworker.actions.finding import MOST_TOLD, Found, FoundChild, FoundWorker
from keyworker.actions.questions.opened import Opened
from keyworker.actions.questions.seen import Seen
from keyworker.actions.whole import of_children
from keyworker.facts import people
from keyworker.facts.belonging import worker_belonging
from keyworker.facts.found import Among, Match, children_found
from keyworker.facts.found_staff import MOST_STAFF, teams_found, workers_found
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind
from keyworker.facts.name_words import typed_words
from keyworker.facts.names_kept import keep_up
from keyworker.facts.pictures import ChildRow
from keyworker.record.sessions import children_in_sight
from keyworker.vocabulary.errors import KeyworkerError

SHORTEST = 2
"""The letters or digits that are needed: what is shorter answers half the service."""
TOO_LITTLE = KeyworkerError(
    f"Type at least {SHORTEST} letters of a name, or a number.", where="find", remedy="Type more of it."
)


def is_enough(typed: str) -> bool:
    """Whether enough was typed to look for somebody."""
    return sum(map(len, typed_words(typed))) >= SHORTEST


class AboutFinding(Opened):
    """Finding anyone."""

    def find(self, typed: str) -> Found:
        """The children, workers and teams who answer what was typed, as far as the asker may see them today.

        What was typed is in no log: that somebody was looked for is, what for, and who was shown.
        Raises  KeyworkerError for less than two letters.
        """
        if not is_enough(typed):
            raise TOO_LITTLE
        with self._attempt("find"):
            keep_up(self.connection)

        def read() -> Found:
            children, is_cut = self._children_found(typed)
            teams = teams_found(self.connection, self._today, typed)
            return Found(children, self._workers_found(typed), tuple(teams[:MOST_STAFF]), is_cut)

        return self._read("find", read, _seen)

    def _children_found(self, typed: str) -> tuple[tuple[FoundChild, ...], bool]:
        """Those who answer best; of those who answer alike, those who are open before others, then by name."""
        lens = lens_at(self.connection, self._today)
        matches, is_cut = children_found(self.connection, lens, typed, self._among())
        kept = self._kept_by_policies(one.child_id for one in matches)
        listed = [one for one in matches if one.child_id in kept and self._is_listed(one.child_id)]
        ids = [one.child_id for one in listed]
        open_ = {row.child_id: row for row in of_children(self.connection, self._today, ids)} if ids else {}
        who = people.children(self.own, lens.of(ids)) if ids else {}
        found = [self._told(one, who[one.child_id], open_.get(one.child_id)) for one in listed]
        found.sort(key=lambda one: (-one.score, one.row is None, one.name, one.child_id))
        return tuple(found[:MOST_TOLD]), is_cut or len(found) > MOST_TOLD

    def _is_listed(self, child_id: str) -> bool:
        """Whether a child is in sight by the asker's roles: an emergency opens one page, and stands in no list."""
        return self.standing(child_id) is None

    def _told(self, match: Match, who: people.Child, row: ChildRow | None) -> FoundChild:
        return FoundChild(
            match.child_id,
            who.handle,
            who.name,
            who.birth_on,
            who.age_on(self._today.at),
            match.by,
            match.score,
            row,
        )

    def _among(self) -> Among:
        """The children among whom the asker may look: those whose names they may see, in a list or on a record."""
        names, hidden = self.sight(Thing.NAMES), self.hidden()
        record = self.sight(Thing.CHILD) | self.sight(Thing.CHILDREN)
        if names.everything and record.everything:
            return Among(None, hidden)
        seen = children_in_sight(self.own, of_every_record=record.everything, of_every_name=names.everything)
        return Among(seen, hidden)

    def _workers_found(self, typed: str) -> tuple[FoundWorker, ...]:
        ids = workers_found(self.connection, self._today, typed)[:MOST_STAFF]
        known = people.workers(self.connection, lens_at(self.connection, self._today), ids)
        found: list[FoundWorker] = []
        for worker_id in ids:
            belongs = worker_belonging(self.connection, self._today.at, worker_id)
            teams = (self._teams.ref(one) for one in sorted(belongs.teams))
            found.append(FoundWorker(known[worker_id], tuple(filter(None, teams)), belongs.has_left))
        return tuple(found)


def _seen(found: Found) -> Seen:
    return {
        HandleKind.CHILD: [one.handle for one in found.children],
        HandleKind.WORKER: [one.worker.handle for one in found.workers],
        HandleKind.TEAM: [one.handle for one in found.teams],
    }
