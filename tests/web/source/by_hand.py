"""Made up: what pages ask and write of what is recorded with a form."""

from __future__ import annotations

from dataclasses import replace

from keyworker.access import require
from keyworker.actions.by_hand import WantedEntry
from keyworker.actions.correcting import Correction
from keyworker.actions.erasures import WantedErasure, problems
from keyworker.actions.hand_duties import Turned
from keyworker.actions.questions.by_hand import EntryTold, OnRecord
from keyworker.actions.questions.erasures import ErasureTold
from keyworker.actions.questions.shared_notes import NotedToo
from keyworker.actions.shared_notes import WantedNote
from keyworker.actions.writing import SentOtherwise
from keyworker.facts.by_hand import HandEntry, Version, holds
from keyworker.record.writer import AlreadyRecorded, NotCurrent
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.vocabulary.forms import Form
from tests.web import made_by_hand, made_visits
from tests.web.source.made import Made


class Erasures(Made):
    """What pages ask and write of lawful erasure."""

    def refusal_to_ask_erasure(self, child: str) -> Refused | None:
        return None if self.may_decide else Refused("This is written down by whoever’s work it is.")

    def may_ask_erasure(self, child: str, table: str, entry_id: int) -> HandEntry:
        require(self.refusal_to_ask_erasure(child))
        return made_by_hand.CONTACT

    def wrong_erasure(self, child: str, table: str, entry_id: int, wanted: WantedErasure) -> dict[str, str]:
        return problems(wanted, (), ())

    def ask_erasure(self, child: str, table: str, entry_id: int, wanted: WantedErasure) -> None:
        self.written.append(wanted)

    def erasures_waiting(self) -> list[ErasureTold]:
        return [] if self.empty else [made_by_hand.ERASURE]

    def erasure(self, child: str, erasure_id: str) -> ErasureTold:
        if not self.empty:
            return made_by_hand.ERASURE
        answered = replace(made_by_hand.ERASURE.asked, answer="agreed", answered_by="sorrel")
        return replace(made_by_hand.ERASURE, asked=answered, versions=())

    def answer_erasure(self, child: str, erasure_id: str, *, agreed: bool, why: str = "", seen: int = 0) -> None:
        if seen != made_by_hand.CONTACT.entry_id:
            raise NotCurrent("The entry says something else since you opened this.", remedy="Look, and answer again.")
        self.written.append((erasure_id, agreed, why))


class ByHand(Erasures):
    """What pages ask and write of what is recorded with a form."""

    def may_record(self, child: str, form: Form) -> None:
        require(None if self.may_decide else Refused("This is written down by whoever’s work it is."))

    def records_something(self, child: str) -> bool:
        return self.may_decide

    def on_record(self, child: str) -> OnRecord:
        return OnRecord(
            () if self.empty else made_by_hand.ENTRIES, made_by_hand.ON_RECORD.forms if self.may_decide else ()
        )

    def case_notes(self, child: str, words: str = "") -> list[HandEntry]:
        self.looked_for.append(words)
        return [one for one in (() if self.empty else (made_by_hand.NOTE,)) if holds(one, words)]

    def noted_too(self, child: str) -> list[NotedToo]:
        return [NotedToo("c2", made_visits.CHILDREN[1].handle, "Bexley <b>Testwood</b>")]

    def note_together(self, child: str, wanted: WantedNote) -> tuple[str, int]:
        if self.sent_otherwise:
            raise SentOtherwise("a case note")
        self.written.append(wanted)
        return "case_note", made_by_hand.NOTE.entry_id

    def record_entry(self, child: str, wanted: WantedEntry) -> tuple[str, int]:
        if self.sent_otherwise:
            raise SentOtherwise(wanted.form.title)
        if self.stands_otherwise:
            raise AlreadyRecorded("An entry for this is recorded already.")
        self.written.append(wanted)
        return wanted.form.table.name, made_by_hand.CONTACT.entry_id

    def sent_before(self, child: str, wanted: WantedEntry) -> HandEntry | None:
        return made_by_hand.CONTACT if self.sent_otherwise else None

    def entry(self, child: str, table: str, entry_id: int) -> EntryTold:
        if table == "cin_episodes":
            told = Version(made_by_hand.REFERRAL, "load", True, None, None)
            return EntryTold(made_by_hand.REFERRAL, (told,), Turned(), self.may_decide, ())
        if table != "contacts":
            raise KeyworkerError("No such entry is recorded.", remedy="Open the child’s page again.")
        found = made_by_hand.TOLD
        return replace(found, entry=None) if self.empty else replace(found, may_change=self.may_decide)

    def may_change(self, child: str, table: str, entry_id: int) -> HandEntry:
        require(None if self.may_decide else Refused("This is written down by whoever’s work it is."))
        return self.entry(child, table, entry_id).last

    def corrected_before(self, child: str, table: str, entry_id: int, wanted: Correction, number: str) -> int | None:
        if self.sent_otherwise:
            raise SentOtherwise("a correction")
        return entry_id + 1 if wanted in self.written else None

    def correct_entry(self, child: str, table: str, entry_id: int, wanted: Correction, number: str) -> int:
        if self.stands_otherwise:
            raise AlreadyRecorded("An entry for this is recorded already.")
        self.written.append(wanted)
        return entry_id + 1

    def withdraw_entry(self, child: str, table: str, entry_id: int, why: str, number: str) -> None:
        self.written.append((table, entry_id, why))
