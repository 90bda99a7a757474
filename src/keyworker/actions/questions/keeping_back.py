"""What is marked as not to be told of a child and of everybody of the child's families, whoever asks."""

from __future__ import annotations

from collections.abc import Collection

from keyworker.access import Thing
from keyworker.access.spelled import Spelled, spelled
from keyworker.actions.questions.opened import Opened
from keyworker.facts import people
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, id_of
from keyworker.facts.lens import Lens
from keyworker.facts.marked import Marker, markers
from keyworker.facts.siblings import held_apart, same_family


class KeepingBack(Opened):
    """What must stay behind wherever words about a child may leave."""

    def spellings_kept_back(self) -> list[Spelled]:
        """What must stay behind of every child of whom this has told, in however it may be spelled.

        A child's own name alone tells nothing: whoever is told of the child knows it.
        """
        children = [one for handle in self.given if (one := id_of(self.connection, HandleKind.CHILD, handle))]
        marked = self._kept_back(children)
        if not marked:
            return []
        lens = lens_at(self.connection, self._today)
        named = people.children(self.connection, lens.of([lens.root(one) for one in children]))
        known = frozenset(one.name for one in named.values())
        return [spelled(one.kind, one.values, known) for one in marked]

    def _kept_back(self, children: Collection[str]) -> list[Marker]:
        """What holds today of some children and of everybody of their families.

        A brother's address is the child's too, also of a brother whom the asker may not see or who was adopted: of
        those it is told that something is marked, and not of whom, by whom, against whom or why.
        Takes   children, identifiers.
        """
        if not children:
            return []
        lens = lens_at(self.connection, self._today)
        own = lens.of(sorted({lens.root(one) for one in children}))
        family = same_family(self.connection, own)
        found = markers(self.connection, lens.of([*(own.child_ids or ()), *family]))
        held = [one for one in found if one.holds_on(self._today.at)]
        unseen = self._unseen(own, {one.child_id for one in held} - set(own.identifiers))
        return [one.of_somebody_unseen if one.child_id in unseen else one for one in held]

    def _unseen(self, lens: Lens, others: set[str]) -> set[str]:
        """Of other children of a family, those who are not named beside the lens's to this asker."""
        if not others:
            return set()
        own = lens.identifiers
        apart = held_apart(self.connection, lens, sorted({*own, *others}))
        if not apart.isdisjoint(own):
            return others
        # By which role the asker sees the child of whom they asked stays what is logged.
        warrant = self._warranted
        unseen = {one for one in others if one in apart or not self.may_see_child(Thing.CHILD, one)}
        self._warranted = warrant
        return unseen
