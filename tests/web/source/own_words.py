"""Made up: what pages ask and write of what children and parents say."""

from __future__ import annotations

from datetime import date

from keyworker.access import require
from keyworker.actions.own_words import WantedWords
from keyworker.actions.questions.own_words import Said
from keyworker.actions.writing import SentOtherwise
from keyworker.facts.moment import Moment
from keyworker.facts.own_words import EntryOf
from keyworker.vocabulary.errors import Refused
from tests.web import made_own_words
from tests.web.source.made import Made


class OwnWords(Made):
    """What pages ask and write of what children and parents say."""

    def own_words(self, child: str, moment: Moment | None = None) -> Said:
        return Said() if self.empty else made_own_words.SAID

    def refusal_to_write_words(self, child: str) -> Refused | None:
        return None if self.may_decide else Refused("It is written down by whoever works with the child.")

    def may_write_words(self, child: str) -> None:
        require(self.refusal_to_write_words(child))

    def entries_of(self, child: str) -> list[EntryOf]:
        return made_own_words.ENTRIES

    def write_words(self, child: str, wanted: WantedWords) -> None:
        if self.sent_otherwise:
            raise SentOtherwise("their own words")
        self.written.append(wanted)

    def take_words_back(self, child: str, words_id: str, on: date | None, words: str, *, is_theirs: bool) -> None:
        self.written.append((words_id, on, words, is_theirs))
