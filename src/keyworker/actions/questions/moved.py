"""What moved since an act: of whom something was recorded, for whoever is told so that they may ask again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from keyworker.access import Thing
from keyworker.actions.questions.opened import Opened
from keyworker.clocks.touched import acts_since, touched_by
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.vocabulary.forms import tables_of_forms

TOLD = frozenset(
    {*tables_of_forms(), "plan_action", "meeting", "challenge", "challenge_stage", "planned_visit", "visit_note"}
    | {"time_asked", "own_words", "handover", "case_supervision_note", "supervision_action"}
    | {"cover_decision", "lone_visit"}
)
"""The tables of which programs ask that change no duty: that a child's rows in them moved is told all the same."""
MOST = 50
"""How many acts are looked at together."""


@dataclass(frozen=True)
class Moved:
    """One act, and the children of whom it recorded something whom the asker may see.

    Takes   children, their handles; None where they are more than a few, or where it can have moved everybody.
    """

    act_id: int
    at: datetime
    children: tuple[str, ...] | None


class AboutMoved(Opened):
    """What moved since an act."""

    def moved(self, since_act: int) -> list[Moved]:
        """The next acts after one. Whom it names is logged; that something was recorded, and when, is no secret."""

        def read() -> list[Moved]:
            acts = acts_since(self.connection, since_act, MOST)
            return [Moved(act_id, at, self._moved_by(act_id)) for act_id, at in acts]

        return self._read(
            "moved", read, lambda found: {HandleKind.CHILD: [one for act in found for one in act.children or ()]}
        )

    def still_seen(self, children: Collection[str]) -> frozenset[str]:
        """Whom of some children the asker may see now. Takes and gives handles.

        Nobody is logged: whoever asks knows these handles, and was logged when they were told.
        """

        def read() -> frozenset[str]:
            found = {handle: self._found(HandleKind.CHILD, handle) for handle in children}
            return frozenset(
                handle for handle, child_id in found.items() if self.may_see_child(Thing.CHILDREN, child_id)
            )

        return self._read("moved", read, lambda _: {})

    def _moved_by(self, act_id: int) -> tuple[str, ...] | None:
        touched = touched_by(self.connection, act_id, TOLD)
        if touched is None:
            return None
        seen = [child_id for child_id in touched[0] if self.may_see_child(Thing.CHILDREN, child_id)]
        return tuple(sorted(handles_of(self.own, HandleKind.CHILD, seen).values()))
