"""Words for another agency that wait for a second person: the list, looking at one, answering."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from keyworker.access import NOTHING, Thing, To, refusal_to, require
from keyworker.actions import telling
from keyworker.actions.questions.telling import Telling
from keyworker.actions.reading import one_reading
from keyworker.actions.telling import WHERE, Leaves, Message, leaves, of_action, of_challenge
from keyworker.facts import people
from keyworker.facts.challenges import challenges
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind
from keyworker.facts.lens import Lens
from keyworker.facts.plan_actions import given_to_agencies
from keyworker.facts.told_to_agency import looked_at, wrote
from keyworker.vocabulary.errors import KeyworkerError, Refused

WAITS_FOR = timedelta(days=31)
"""How long after something ended its words wait: what nobody agreed to by then is not told."""
_OWN = Refused(
    "You wrote some of this, so another person must look at it.",
    where=WHERE,
    remedy="Ask the manager of the child’s team, or whoever leads the district.",
)


@dataclass(frozen=True)
class ToldOutside:
    """Some words that wait for a second person. Takes handle, the child's; name, the child's."""

    handle: str
    name: str
    message: Message
    leaves: Leaves


class AboutOutside(Telling):
    """Words for another agency that wait for a second person."""

    def waiting_outside(self) -> list[ToldOutside]:
        """The words for another agency that wait for somebody who may be the asker."""
        return self._read(
            "copies waiting",
            self._waiting_outside,
            lambda found: {HandleKind.CHILD: sorted({one.handle for one in found})},
        )

    def look_told(self, child: str, in_table: str, in_row: str) -> ToldOutside:
        """Some words that wait, as the other agency would read them, with what stays behind and why."""

        def read() -> ToldOutside:
            child_id = self._child_id(child, Thing.AGREEING_COPIES)
            lens = lens_at(self.own, self._today)
            for one in self._waiting(lens.of([lens.root(child_id)])):
                if (one.message.in_table, one.message.in_row) == (in_table, in_row):
                    return one
            raise KeyworkerError("Nothing of this waits for an answer.", where=WHERE, remedy="Open the list again.")

        return self._read("copies waiting", read, lambda found: {HandleKind.CHILD: [found.handle]})

    def refusal_to_tell(self, child: str, one: Message) -> Refused | None:
        """Why the asker may not say whether some words are told, or None. Nobody answers what they wrote themselves."""
        with one_reading(self.own):
            place = self._place_of_child(self._found(HandleKind.CHILD, child) or "")
            is_own = self._is_own(one)
        return refusal_to(To.AGREE_COPY, self.asker, place) or (_OWN if is_own else None)

    def answer_told(
        self, child: str, found: ToldOutside, contents: str, number: str, why: str, *, agrees: bool
    ) -> None:
        """Say whether some words may be told to another agency, having looked at them.

        Takes   contents, the digest of what was looked at; number, the form's own.
        Raises  Refused for whoever wrote them or does not answer for the child; KeyworkerError; AlreadyRecorded.
        """
        with self._attempt("copies"):
            require(self.refusal_to_tell(child, found.message))
        if contents != found.leaves.contents:
            raise KeyworkerError("The words have changed since you looked.", where=WHERE, remedy="Look at them again.")
        one = found.message
        goes = found.leaves.leaving
        telling.say(self.own, self.asker, self.now, one, goes, number, self._today.at, agrees=agrees, why=why)

    def _waiting_outside(self) -> list[ToldOutside]:
        if self.sight(Thing.AGREEING_COPIES) == NOTHING:
            return []
        return [
            one
            for one in self._waiting(lens_at(self.own, self._today))
            if self.may_see_child(Thing.AGREEING_COPIES, one.message.child_id) and not self._is_own(one.message)
        ]

    def _waiting(self, lens: Lens) -> list[ToldOutside]:
        """What another agency would be shown of the lens's children and is not: nobody answered for these words."""
        asked = list(self._asked(lens))
        roots = {one.child_id: lens.root(one.child_id) for one in asked}
        marked = self._marked_of(set(roots.values()))
        if not marked:
            return []
        looked = looked_at(self.own, lens.of(sorted(marked)))
        who = people.children(self.own, lens.of(sorted(marked)))
        found = [
            ToldOutside(child.handle, child.name, one, leaves(one.account, one.child_id, one.said, marked[root]))
            for one in asked
            if (child := who.get(root := roots[one.child_id]))
        ]
        return [
            one
            for one in found
            if one.leaves.needs_second and (one.message.in_table, one.message.in_row, one.leaves.leaving) not in looked
        ]

    def _asked(self, lens: Lens) -> Iterator[Message]:
        since = self._today.at - WAITS_FOR
        given = given_to_agencies(self.own, lens)
        yield from (of_action(one) for one in given if one.ended_on is None or one.ended_on >= since)
        theirs = {(one.child_id, one.account) for one in given}
        raised = challenges(self.own, lens) if theirs else []
        for one in raised:
            if (one.child_id, one.account) in theirs and (one.ended_on is None or one.ended_on >= since):
                yield from of_challenge(one)

    def _is_own(self, one: Message) -> bool:
        """Whether the asker wrote of it, under this sign-in or another."""
        return self._is_one_of(wrote(self.connection, one.in_table, one.in_row), self._today.at)
