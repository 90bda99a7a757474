"""What pages ask and write of what children and parents say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from keyworker.actions.own_words import WantedWords
from keyworker.actions.questions.own_words import Said
from keyworker.facts.moment import Moment
from keyworker.facts.own_words import EntryOf
from keyworker.vocabulary.errors import Refused


class OwnWords(Protocol):
    """What pages ask and write of what children and parents say."""

    def own_words(self, child: str, moment: Moment | None = None) -> Said:
        """What a child and the family said, and beside which entries it stands."""

    def refusal_to_write_words(self, child: str) -> Refused | None:
        """Why the person may not write down what a child or a parent says, or None when they may."""

    def may_write_words(self, child: str) -> None:
        """Whether the person may write down what a child or a parent says. May refuse."""

    def entries_of(self, child: str) -> Sequence[EntryOf]:
        """Every entry about a child with which somebody may not agree."""

    def write_words(self, child: str, wanted: WantedWords) -> None:
        """Write down, for a child or a parent, what they say."""

    def take_words_back(self, child: str, words_id: str, on: date | None, words: str, *, is_theirs: bool) -> None:
        """Write down that whoever said something took it back."""
