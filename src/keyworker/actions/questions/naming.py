"""Who is meant by a handle, as far as the asker may see them: of others, and of nobody, the same words."""

from __future__ import annotations

from collections.abc import Sized
from typing import TypeVar

from keyworker.access import Place, Thing, not_theirs, require
from keyworker.actions.questions.permitting import Permitting
from keyworker.facts.handles import HandleKind, id_of, is_known
from keyworker.vocabulary.errors import KeyworkerError, Refused

T = TypeVar("T")


class NotKnown(KeyworkerError):
    """Nobody is known by a name, or nobody whom the asker may see: the two are told in the same words."""


class Naming(Permitting):
    """Finds whom a handle means, as far as the asker may see them."""

    def _found(self, kind: HandleKind, named: str) -> str | None:
        """The identifier behind a handle; an identifier itself is taken from a command or Python, never from a page."""
        found_id = id_of(self.own, kind, named)
        if not self.asker.is_on_a_page and is_known(self.own, kind, named):
            found_id = found_id or named
        return self._unless_hidden(found_id) if kind is HandleKind.CHILD else found_id

    def _unless_hidden(self, child_id: str | None) -> str | None:
        """A child's identifier, or None of a restricted child for whom the asker is not named."""
        restricted = self._restricted()
        if child_id is None or self._opens_restricted or not restricted.hides(child_id, self.asker.account):
            return child_id
        return child_id if self._opened_by(child_id) else None

    def _id(self, kind: HandleKind, named: str) -> str:
        """The same, of somebody who must be known. Raises KeyworkerError when nobody is."""
        return known(self._found(kind, named), kind)

    def _child_id(self, named: str, thing: Thing = Thing.CHILD) -> str:
        """The identifier of a child of whom the asker may see a thing. Raises NotKnown of any other."""
        found = self._found(HandleKind.CHILD, named)
        return known(found if self.may_see_child(thing, found) else None, HandleKind.CHILD)

    def _worker_id(self, named: str, thing: Thing = Thing.WORKER) -> str:
        """The identifier of a worker of whom the asker may see a thing. Raises NotKnown of any other."""
        found = self._found(HandleKind.WORKER, named)
        return known(found if self.may_see_worker(thing, found) else None, HandleKind.WORKER)

    def _team_id(self, named: str | None, thing: Thing) -> str | None:
        """The identifier of a team, where one is named.

        Raises  NotKnown of one that nobody knows; Refused of one that the asker may not see, for teams are no secret.
        """
        if named is None:
            return None
        found = self._id(HandleKind.TEAM, named)
        require(None if self.may_see_team(thing, found) else not_theirs(thing))
        return found

    def _require_district(self, named: str | None, found: Sized) -> None:
        """Stop where a district is named that no team of today is in, and nothing was found of it either.

        Raises  NotKnown, for districts are no secret.
        """
        if named is not None and not found and not self._teams.in_district(named):
            raise NotKnown("No district is known by that name.", remedy="List the teams: each tells its district.")

    def _refusal_of_district(self, thing: Thing, district: str | None) -> Refused | None:
        """Why the asker may not see a thing of a whole district, or None where they may or none is named."""
        if district is None or self.sight(thing).covers(Place(names=frozenset({district}))):
            return None
        return not_theirs(thing)

    def _id_if_named(self, kind: HandleKind, named: str | None) -> str | None:
        """The same, where somebody is named at all."""
        return None if named is None else self._id(kind, named)


def known(found: T | None, kind: HandleKind) -> T:
    """What was found. Raises KeyworkerError when there is nothing, in the same words whatever the reason."""
    if found is None:
        raise NotKnown(
            f"No {kind} is known by that name at that moment.",
            remedy="Check the address or the identifier, or look at a later moment.",
        )
    return found
