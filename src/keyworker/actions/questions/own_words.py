"""What children and parents say of the record: reading it, writing it down for them, and that they take it back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from keyworker.access import Thing, To, refusal_to, require
from keyworker.actions import own_words
from keyworker.actions.own_words import WantedWords
from keyworker.actions.questions.opened import Opened
from keyworker.actions.reading import one_reading
from keyworker.actions.writing import require_same
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.own_words import Beside, EntryOf, OwnWords, beside, entries_of
from keyworker.facts.own_words import own_words as said_of
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary.errors import KeyworkerError, Refused


@dataclass(frozen=True)
class Said:
    """What was said of a child, and beside which entries it stands."""

    words: tuple[OwnWords, ...] = ()
    beside: Beside = field(default_factory=Beside)


class AboutOwnWords(Opened):
    """What children and parents say of the record."""

    def own_words(self, child: str, moment: Moment | None = None) -> Said:
        """What a child and the family said, as known at a moment, today where none is named."""

        def read() -> tuple[Said, list[str]]:
            child_id = self._child_id(child)
            lens = self._lens_on(child_id, moment or self._today)
            found = said_of(self.own, lens)
            stands = beside(self.own, lens, found) if found else Beside()
            return Said(tuple(found), stands), list(handles_of(self.own, HandleKind.CHILD, [child_id]).values())

        return self._read("child", read, lambda found: {HandleKind.CHILD: found[1]})[0]

    def refusal_to_write_words(self, child: str) -> Refused | None:
        """Why the asker may not write down what a child or a parent says, or None. It serves the button too."""
        with one_reading(self.own):
            place = self._place_of_child(self._found(HandleKind.CHILD, child) or "")
        return refusal_to(To.WRITE_WORDS, self.asker, place)

    def may_write_words(self, child: str) -> None:
        """Ask leave to write down what a child or a parent says. May refuse; that it was not given is logged."""
        with self._attempt("own words"):
            require(self.refusal_to_write_words(child))

    def entries_of(self, child: str) -> list[EntryOf]:
        """Every entry about a child with which somebody may not agree, the latest day first."""

        def read() -> tuple[list[EntryOf], list[str]]:
            child_id = self._child_id(child, Thing.OWN_WORDS)
            found = entries_of(self.own, self._lens_on(child_id, self._today))
            return found, list(handles_of(self.own, HandleKind.CHILD, [child_id]).values())

        return self._read("own words", read, lambda found: {HandleKind.CHILD: found[1]})[0]

    def write_words(self, child: str, wanted: WantedWords) -> None:
        """Write down, for a child or a parent, what they say.

        Raises  Refused for whoever does not work with the child; KeyworkerError; AlreadyRecorded when the same form
                was sent before, SentOtherwise when it then said something else.
        """
        self.may_write_words(child)
        entries = self.entries_of(child)
        with one_reading(self.own):
            child_id = self._child_id(child, Thing.OWN_WORDS)
        row = own_words.words_row(self.asker, child_id, wanted, entries)
        try:
            own_words.write(self.own, self.asker, self.now, row, wanted, entries, self._today.at)
        except AlreadyRecorded:
            stands = next((one for one in self.own_words(child).words if one.words_id == wanted.words_id), None)
            require_same(stands, row, "their own words")
            raise

    def take_words_back(self, child: str, words_id: str, on: date | None, words: str, *, is_theirs: bool) -> None:
        """Write down that whoever said something took it back.

        Raises  Refused; KeyworkerError where there is none, or where they did not ask for it themselves.
        """
        self.may_write_words(child)
        one = next((one for one in self.own_words(child).words if one.words_id == words_id), None)
        if one is None:
            raise KeyworkerError("No such words of theirs were written down.", remedy="Open what they said again.")
        own_words.take_back(self.own, self.asker, self.now, one, on, words, self._today.at, is_theirs=is_theirs)

    def _lens_on(self, child_id: str, moment: Moment) -> Lens:
        lens = lens_at(self.own, moment)
        return lens.of([lens.root(child_id)])
