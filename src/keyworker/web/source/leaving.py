"""What pages ask and write of what leaves: copies and downloads."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from keyworker.access import Audience
from keyworker.actions.copies import Copy, WantedCopy
from keyworker.actions.questions.copies import ForChild, Looked
from keyworker.actions.questions.outside import ToldOutside
from keyworker.actions.telling import Leaves, Message
from keyworker.facts.challenges import Challenge
from keyworker.facts.copies import CopyAsked
from keyworker.vocabulary.errors import Refused


class Leaving(Protocol):
    """What pages ask and write of what leaves: copies and downloads."""

    def refusal_to_copy(self, child: str) -> Refused | None:
        """Why the person may make no copy of a child's record, or None when they may."""

    def may_copy(self, child: str) -> None:
        """Whether the person may make a copy of a child's record. May refuse."""

    def look(self, child: str, wanted: WantedCopy) -> Looked:
        """What a copy would say, and what it would leave out."""

    def for_child(self, child: str, words: str = "") -> ForChild:
        """The page for the child, without what the child must not be told."""

    def ask_copy(self, child: str, wanted: WantedCopy, contents: str) -> None:
        """Ask to give a copy that was looked at."""

    def copies(self, child: str) -> Sequence[CopyAsked]:
        """The copies that were asked for of a child."""

    def look_outside(self, child: str, account: str, said: Mapping[str, str]) -> Leaves:
        """What of some words another agency's sign-in would be shown."""

    def agency_behind(self, child: str, one: Challenge) -> str:
        """The sign-in of the other agency that raised a challenge itself; empty where none did."""
        ...

    def waiting_outside(self) -> Sequence[ToldOutside]:
        """The words for another agency that wait for this person as the second."""

    def look_told(self, child: str, in_table: str, in_row: str) -> ToldOutside:
        """Some words for another agency that wait."""

    def refusal_to_tell(self, child: str, one: Message) -> Refused | None:
        """Why the person may not say whether some words are told, or None when they may."""

    def answer_told(
        self, child: str, found: ToldOutside, contents: str, number: str, why: str, *, agrees: bool
    ) -> None:
        """Say whether some words may be told to another agency."""

    def waiting(self) -> Sequence[CopyAsked]:
        """The copies that wait for this person as the second."""

    def look_again(self, child: str, copy_id: str) -> tuple[CopyAsked, Looked, str]:
        """A copy that was asked for, what it says, and why it may not be given."""

    def refusal_to_answer(self, child: str, one: CopyAsked) -> Refused | None:
        """Why the person may not answer a copy, or None when they may."""

    def answer_copy(self, child: str, copy_id: str, contents: str, why: str, *, agrees: bool) -> None:
        """Answer a copy that somebody else asked for."""

    def give_copy(self, child: str, copy_id: str) -> Copy:
        """The copy as it leaves."""

    given: set[str]
    """The handles of the children of whom it has told."""

    def downloaded(
        self,
        what: str,
        name: str,
        content: bytes,
        *,
        identifying: bool,
        for_whom: Audience,
        children: Collection[str] = (),
    ) -> None:
        """List a file that a page gives to a browser, with the handles of the children in it. May refuse."""
