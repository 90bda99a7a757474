"""Lawful erasure: asking for it, who is to agree, what waits, and answering as the second person."""

from __future__ import annotations

from dataclasses import dataclass

from keyworker.access import NOTHING, Thing, refusal_to_record, require
from keyworker.actions import erasures
from keyworker.actions.erasures import WantedErasure, refusal_of_own_erasure
from keyworker.actions.questions.by_hand import AboutByHand
from keyworker.actions.reading import one_reading
from keyworker.facts import people
from keyworker.facts.belonging import workers_behind
from keyworker.facts.by_hand import HandEntry, Version, versions, why_entries
from keyworker.facts.erasures import ErasureAsked, erasures_asked
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind
from keyworker.record.writer import NotCurrent
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.errors import KeyworkerError, Refused


@dataclass(frozen=True)
class ErasureTold:
    """An erasure that was asked for. Takes versions, what the entry ever said; none once it is erased."""

    asked: ErasureAsked
    handle: str
    name: str
    versions: tuple[Version, ...] = ()

    @property
    def last_entry(self) -> int:
        """The entry that says last what it says; 0 once it is erased."""
        return self.versions[-1].entry.entry_id if self.versions else 0


class AboutErasures(AboutByHand):
    """Lawful erasure by two people."""

    def refusal_to_ask_erasure(self, child: str) -> Refused | None:
        """Why the asker may not ask that an entry about a child be erased, or None. It serves the link too."""
        with one_reading(self.own):
            place = self._place_of_child(self._found(HandleKind.CHILD, child) or "")
        return refusal_to_record(self.asker, Thing.ERASING, place)

    def may_ask_erasure(self, child: str, table: str, entry_id: int) -> HandEntry:
        """Ask leave to ask for an erasure. Gives what the entry says. May refuse; that it was not given is logged."""
        with self._attempt("erasure"):
            require(self.refusal_to_ask_erasure(child))
        return self.entry(child, table, entry_id).last

    def wrong_erasure(self, child: str, table: str, entry_id: int, wanted: WantedErasure) -> dict[str, str]:
        """What is wrong with what is asked, by field."""
        told = self.entry(child, table, entry_id)
        numbers = {one.entry.entry_id for one in told.versions}
        return erasures.problems(
            wanted, [one for one in self._erasures_of(child) if one.entry in numbers], told.belongs
        )

    def ask_erasure(self, child: str, table: str, entry_id: int, wanted: WantedErasure) -> None:
        """Ask that an entry be erased. Raises Refused; KeyworkerError; AlreadyRecorded where the form was sent."""
        entry = self.may_ask_erasure(child, table, entry_id)
        if wrong := self.wrong_erasure(child, table, entry_id, wanted):
            raise KeyworkerError(f"{next(iter(wrong.values()))}.", where="an erasure", remedy="Mend it and try again.")
        erasures.ask(self.own, self.asker, self.now, entry, wanted, self._today.at)

    def erasures_waiting(self) -> list[ErasureTold]:
        """The erasures that wait for a second person, who may be the asker."""
        return self._read("erasures waiting", self._erasures_waiting, lambda found: _handles(found))

    def erasure(self, child: str, erasure_id: str) -> ErasureTold:
        """One erasure, with what the entry says, for whoever may agree to it. Raises KeyworkerError where none is."""

        def read() -> ErasureTold:
            child_id = self._child_id(child, Thing.AGREEING_ERASURES)
            one = self._erasure(child_id, erasure_id)
            lens = self._hand_lens(child_id)
            found = versions(self.own, lens, TABLES[one.in_table], one.entry) if one.is_waiting else []
            (told,) = self._erasures_told([one])
            return ErasureTold(one, told.handle, told.name, tuple(found))

        return self._read("erasures waiting", read, lambda found: _handles([found]))

    def answer_erasure(self, child: str, erasure_id: str, *, agreed: bool, why: str = "", seen: int = 0) -> None:
        """Agree to an erasure or refuse it, as the second person. What is agreed is gone at once, for good.

        Takes   seen, the last entry that the person was shown; 0 where they were shown none.
        Raises  Refused for whoever asked for it, or may not agree; NotCurrent where it says something else since;
                KeyworkerError.
        """
        told = self.erasure(child, erasure_id)
        with self._attempt("erasures waiting"):
            require(self._refusal_of_own(told.asked))
        one, today = told.asked, self._today.at
        if not agreed:
            erasures.refuse(self.own, self.asker, self.now, one, why, today)
            return
        if seen and seen != told.last_entry:
            raise NotCurrent(
                "The entry says something else since you opened this.",
                where="an erasure",
                remedy="Look at what it says now, and answer again.",
            )
        with one_reading(self.own):
            whys = why_entries(self.own, self._hand_lens(self._child_id(child)), told.versions)
        erasures.agree(self.own, self.asker, self.now, one, told.versions, whys, _pages(told), today)

    def _refusal_of_own(self, one: ErasureAsked) -> Refused | None:
        days = (one.happened_on, self._today.at)
        behind = {worker for day in days for worker in workers_behind(self.connection, [one.asked_by], day)}
        return refusal_of_own_erasure(self.asker, one, behind)

    def _erasures_waiting(self) -> list[ErasureTold]:
        if self.sight(Thing.AGREEING_ERASURES) == NOTHING:
            return []
        found = [one for one in erasures_asked(self.own, lens_at(self.own, self._today)) if one.is_waiting]
        mine = [one for one in found if self._refusal_of_own(one) is None]
        return self._erasures_told([one for one in mine if self.may_see_child(Thing.AGREEING_ERASURES, one.child_id)])

    def _erasures_of(self, child: str) -> list[ErasureAsked]:
        with one_reading(self.own):
            return erasures_asked(self.own, self._hand_lens(self._child_id(child)))

    def _erasure(self, child_id: str, erasure_id: str) -> ErasureAsked:
        found = erasures_asked(self.own, self._hand_lens(child_id))
        one = next((one for one in found if one.erasure_id == erasure_id), None)
        if one is None:
            raise KeyworkerError("No such erasure was asked for.", remedy="Open what waits for a second person again.")
        return one

    def _erasures_told(self, found: list[ErasureAsked]) -> list[ErasureTold]:
        lens = lens_at(self.own, self._today).of([one.child_id for one in found])
        children = people.children(self.own, lens) if found else {}
        return [ErasureTold(one, children[one.child_id].handle, children[one.child_id].name) for one in found]


def _pages(told: ErasureTold) -> list[str]:
    """The addresses on which, or beneath which, anybody may have begun to write about an entry."""
    numbers = {one.entry.entry_id for one in told.versions}
    child = f"/child/{told.handle}"
    return [
        page
        for number in sorted(numbers)
        for page in (f"{child}/entries/{told.asked.in_table}/{number}", f"{child}/own-words/new?entry={number}")
    ]


def _handles(found: list[ErasureTold]) -> dict[HandleKind, list[str]]:
    return {HandleKind.CHILD: [one.handle for one in found]}
