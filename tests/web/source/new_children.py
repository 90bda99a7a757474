"""Made up: what pages ask and write of a child whom nobody knows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from keyworker.access import require
from keyworker.actions.new_children import NamedHere, WantedChild, WantedName
from keyworker.actions.questions.new_children import Like
from keyworker.actions.writing import SentOtherwise
from keyworker.facts.alike import Described, Why
from keyworker.vocabulary.errors import Refused
from tests.web.made_visits import CHILDREN
from tests.web.source.made import Made

LIKE = Like(CHILDREN[0].handle, "Ashby <b>Fictitious</b>", date(2015, 3, 1), Why.NAMES)


class NewChildren(Made):
    """What pages ask and write of a child whom nobody knows."""

    def may_take_in(self) -> None:
        require(None if self.may_decide else Refused("New children are recorded in the case system."))

    def writes_people(self) -> bool:
        return True

    def like(self, who: Described) -> list[Like]:
        return [LIKE] if who.surname == "Fictitious" else []

    def refusal_to_rename(self, child: str) -> Refused | None:
        return None if self.may_decide else Refused("The case system names this child.")

    def named_here(self, child: str) -> NamedHere:
        require(self.refusal_to_rename(child))
        return NamedHere("c1", 1, Described("", "Unbornly", None, date(2026, 12, 24)))

    def correct_name(self, child: str, wanted: WantedName) -> None:
        self.written.append(wanted)

    def take_in(self, wanted: WantedChild, shown: Sequence[Like]) -> str:
        if self.sent_otherwise:
            raise SentOtherwise("a new child")
        self.written.append((wanted, len(shown)))
        return LIKE.handle
