"""What pages ask and write of lawful erasure."""

from __future__ import annotations

from typing import Protocol

from keyworker.actions.erasures import WantedErasure
from keyworker.actions.questions.erasures import ErasureTold
from keyworker.facts.by_hand import HandEntry
from keyworker.vocabulary.errors import Refused


class Erasures(Protocol):
    """What pages ask and write of lawful erasure."""

    def refusal_to_ask_erasure(self, child: str) -> Refused | None:
        """Why the person may not ask that an entry about a child be erased, or None."""

    def may_ask_erasure(self, child: str, table: str, entry_id: int) -> HandEntry:
        """What an entry says, for whoever may ask that it be erased. May refuse."""

    def wrong_erasure(self, child: str, table: str, entry_id: int, wanted: WantedErasure) -> dict[str, str]:
        """What is wrong with what is asked, by field."""

    def ask_erasure(self, child: str, table: str, entry_id: int, wanted: WantedErasure) -> None:
        """Ask that an entry be erased."""

    def erasures_waiting(self) -> list[ErasureTold]:
        """The erasures that wait for a second person, who may be the person."""

    def erasure(self, child: str, erasure_id: str) -> ErasureTold:
        """One erasure, for whoever may agree to it."""

    def answer_erasure(self, child: str, erasure_id: str, *, agreed: bool, why: str = "", seen: int = 0) -> None:
        """Agree to an erasure or refuse it, as the second person."""
