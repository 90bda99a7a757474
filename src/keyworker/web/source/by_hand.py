"""What pages ask and write of what is recorded with a form."""

from __future__ import annotations

from typing import Protocol

from keyworker.actions.by_hand import WantedEntry
from keyworker.actions.correcting import Correction
from keyworker.actions.questions.by_hand import EntryTold, OnRecord
from keyworker.actions.questions.shared_notes import NotedToo
from keyworker.actions.shared_notes import WantedNote
from keyworker.facts.by_hand import HandEntry
from keyworker.vocabulary.forms import Form


class ByHand(Protocol):
    """What pages ask and write of what is recorded with a form."""

    def may_record(self, child: str, form: Form) -> None:
        """Whether the person may fill a form in about a child. May refuse."""

    def records_something(self, child: str) -> bool:
        """Whether any form about a child is the person's to fill in."""

    def on_record(self, child: str) -> OnRecord:
        """What stands of a child, and the forms that may be filled in."""

    def case_notes(self, child: str, words: str = "") -> list[HandEntry]:
        """The case notes of one child that hold every word that is looked for."""

    def record_entry(self, child: str, wanted: WantedEntry) -> tuple[str, int]:
        """Write an entry down. Gives its table and its entry."""

    def noted_too(self, child: str) -> list[NotedToo]:
        """The open brothers and sisters of whom the person may write a case note too."""

    def note_together(self, child: str, wanted: WantedNote) -> tuple[str, int]:
        """Write one case note into the record of a child and of others. Gives the table and the child's own entry."""

    def sent_before(self, child: str, wanted: WantedEntry) -> HandEntry | None:
        """What the same form wrote when it was sent before."""

    def entry(self, child: str, table: str, entry_id: int) -> EntryTold:
        """One entry, and how it came to say what it says."""

    def may_change(self, child: str, table: str, entry_id: int) -> HandEntry:
        """What stands of an entry, for whoever may correct or withdraw it. May refuse."""

    def corrected_before(self, child: str, table: str, entry_id: int, wanted: Correction, number: str) -> int | None:
        """The entry that the same form wrote when it was sent before."""

    def correct_entry(self, child: str, table: str, entry_id: int, wanted: Correction, number: str) -> int:
        """Correct an entry. Gives the entry that now says it."""

    def withdraw_entry(self, child: str, table: str, entry_id: int, why: str, number: str) -> None:
        """Withdraw an entry."""
