"""Warnings before a visit that somebody should look at again: past their day, or not agreed with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from keyworker.access import NOTHING, Thing
from keyworker.actions.questions.cover import unmarked
from keyworker.actions.questions.keeping_back import KeepingBack
from keyworker.actions.questions.seen import Seen
from keyworker.actions.whole import of_children
from keyworker.facts.cover import Warned, warnings_of
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind
from keyworker.facts.pictures import ChildRow

MANAGERS = ("team manager", "consultant social worker")
"""For whom it is counted among what needs them; whoever leads a district or the service may look at it too."""


@dataclass(frozen=True)
class WarningsToLookAt:
    """Warnings that wait. Takes warnings, by their day, those not agreed with first; children, by identifier."""

    warnings: tuple[Warned, ...] = ()
    children: Mapping[str, ChildRow] = field(default_factory=dict)


class AboutWarnings(KeepingBack):
    """Warnings before a visit that somebody should look at again."""

    def warnings_to_look_at(self) -> WarningsToLookAt:
        """The warnings of open children that the asker may say still hold, or are over, and that wait for it."""

        def seen(found: WarningsToLookAt) -> Seen:
            return {HandleKind.CHILD: [row.handle for row in found.children.values()]}

        return self._read("warnings to look at", self._warnings_to_look_at, seen)

    def _warnings_to_look_at(self) -> WarningsToLookAt:
        if self.sight(Thing.REVIEWING_WARNINGS) == NOTHING:
            return WarningsToLookAt()
        lens, today = lens_at(self.own, self._today), self._today.at
        found = [one for one in warnings_of(self.own, lens) if one.is_to_look_at(today)]
        roots = {one.child_id: lens.root(one.child_id) for one in found}
        theirs = set(roots.values())
        rows = of_children(self.connection, self._today, theirs)
        in_sight = {row.child_id: row for row in self.narrowed(self._today, rows, Thing.REVIEWING_WARNINGS)}
        kept = sorted(
            (one for one in found if roots[one.child_id] in in_sight),
            key=lambda one: (not one.waits, one.review_on or one.from_on),
        )
        kept = list(unmarked(kept, self._kept_back({one.child_id for one in kept})))
        return WarningsToLookAt(tuple(kept), {one.child_id: in_sight[roots[one.child_id]] for one in kept})

    def _warnings_waiting(self) -> int:
        """How many wait for whoever manages the children's team."""
        return len(self._warnings_to_look_at().warnings) if self.asker.holds(*MANAGERS) else 0
