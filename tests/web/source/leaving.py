"""Made up: what pages ask and write of what leaves: copies and downloads."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from keyworker.access import Audience, require
from keyworker.actions.copies import Copy, WantedCopy
from keyworker.actions.for_child import Words, words_for
from keyworker.actions.questions.copies import ForChild, Looked
from keyworker.actions.questions.outside import ToldOutside
from keyworker.actions.telling import Leaves, Message
from keyworker.facts.challenges import Challenge
from keyworker.facts.copies import CopyAsked
from keyworker.facts.moment import Moment
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.web import fictional as made_up
from tests.web import made_copies
from tests.web.source.guarded import Guarded


class Leaving(Guarded):
    """What pages ask and write of what leaves: copies and downloads."""

    given: set[str] = set()  # noqa: RUF012 - nothing is added to it

    def refusal_to_copy(self, child: str) -> Refused | None:
        return None if self.may_decide else Refused("A copy is made by those who work with the child.")

    def may_copy(self, child: str) -> None:
        require(self.refusal_to_copy(child))

    def look(self, child: str, wanted: WantedCopy) -> Looked:
        return made_copies.looked(wanted, self.markers(Moment(made_up.NOW.date()), child))

    def for_child(self, child: str, words: str = "") -> ForChild:
        self.may_copy(child)
        chosen = Words(words) if words in set(Words) else words_for(made_up.story().age_years, None)
        wanted = WantedCopy("", "child", made_up.story().name, "", words=chosen)
        return ForChild(self.look(child, wanted), chosen)

    def ask_copy(self, child: str, wanted: WantedCopy, contents: str) -> None:
        self.written.append((wanted, contents))

    def copies(self, child: str) -> list[CopyAsked]:
        return [] if self.empty else made_copies.copies()

    def look_outside(self, child: str, account: str, said: Mapping[str, str]) -> Leaves:
        return made_copies.leaves_outside(account, said, self.markers(Moment(made_up.NOW.date()), child))

    def agency_behind(self, child: str, one: Challenge) -> str:
        return one.account if self.another_agency else ""

    def waiting_outside(self) -> list[ToldOutside]:
        return [] if self.empty or not self.marked else [made_copies.outside()]

    def look_told(self, child: str, in_table: str, in_row: str) -> ToldOutside:
        found = made_copies.outside()
        if (in_table, in_row) != (found.message.in_table, found.message.in_row):
            raise KeyworkerError("Nothing of this waits for an answer.")
        return found

    def refusal_to_tell(self, child: str, one: Message) -> Refused | None:
        return None if self.may_decide else Refused("You wrote some of this, so another person must look at it.")

    def answer_told(
        self, child: str, found: ToldOutside, contents: str, number: str, why: str, *, agrees: bool
    ) -> None:
        self.written.append((found.message.in_row, contents, why, agrees))

    def waiting(self) -> list[CopyAsked]:
        return [] if self.empty else made_copies.copies()[:1]

    def look_again(self, child: str, copy_id: str) -> tuple[CopyAsked, Looked, str]:
        one = next((one for one in made_copies.copies() if one.copy_id == copy_id), None)
        if one is None:
            raise KeyworkerError("No such copy was asked for of this child.", remedy="Open the list of copies.")
        wanted = WantedCopy(one.copy_id, one.relation, one.person, one.purpose, one.note or "")
        why = "" if one.state == "agreed" else "A second person has not answered yet."
        return one, self.look(child, wanted), why

    def refusal_to_answer(self, child: str, one: CopyAsked) -> Refused | None:
        return None if self.may_decide else Refused("You asked for this copy, so another person must look at it.")

    def answer_copy(self, child: str, copy_id: str, contents: str, why: str, *, agrees: bool) -> None:
        self.written.append((copy_id, contents, why, agrees))

    def give_copy(self, child: str, copy_id: str) -> Copy:
        _, looked, why = self.look_again(child, copy_id)
        if why:
            raise KeyworkerError(why)
        return looked.copy

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
        self.downloads.append((what, name, identifying))
