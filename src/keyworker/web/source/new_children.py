"""What pages ask and write of a child whom nobody knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from keyworker.actions.new_children import NamedHere, WantedChild, WantedName
from keyworker.actions.questions.new_children import Like
from keyworker.facts.alike import Described
from keyworker.vocabulary.errors import Refused


class NewChildren(Protocol):
    """What pages ask and write of a child whom nobody knows."""

    def may_take_in(self) -> None:
        """Whether the person may write a new child down. May refuse."""

    def writes_people(self) -> bool:
        """Whether an address and somebody of the family may be written down with the child."""

    def like(self, who: Described) -> list[Like]:
        """The children like one who is described, as far as the person may see them."""

    def refusal_to_rename(self, child: str) -> Refused | None:
        """Why the person may not correct who a child is, or None when they may."""

    def named_here(self, child: str) -> NamedHere:
        """Who a child is that was written down here. May refuse."""

    def correct_name(self, child: str, wanted: WantedName) -> None:
        """Correct who a child is."""

    def take_in(self, wanted: WantedChild, shown: Sequence[Like]) -> str:
        """Write a child down. Gives the child's handle."""
