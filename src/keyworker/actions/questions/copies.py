"""Copies for the child, the family or somebody else outside: looking, asking, a second person's answer, giving."""

from __future__ import annotations

from dataclasses import dataclass

from keyworker.access import Place, Thing, To, refusal_to, require
from keyworker.actions import copying
from keyworker.actions.copies import CHILD, Asked, Copy, WantedCopy, pieces, title
from keyworker.actions.copying import CHANGED, LIVES, refusal_of_own, why_not_given
from keyworker.actions.for_child import ADVOCATE, COMPLAINT, TEENAGER_FROM, Help, Words, words_for
from keyworker.actions.for_child_plans import Promised, promised
from keyworker.actions.leaving import LetOut, let_out, shown_to_sender, tells
from keyworker.actions.plan_actions import owner_words
from keyworker.actions.questions.exports import Exports
from keyworker.actions.questions.keeping_back import KeepingBack
from keyworker.actions.questions.naming import known
from keyworker.actions.reading import one_reading
from keyworker.clocks.story import story_at
from keyworker.facts import people
from keyworker.facts.belonging import said_in_setting
from keyworker.facts.copies import ASKED, CopyAsked, copies
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.own_words import own_words
from keyworker.facts.plan_actions import plan_actions
from keyworker.facts.planned_visits import planned_visits
from keyworker.facts.siblings import together
from keyworker.vocabulary.errors import KeyworkerError, Refused

NAME_IS_MARKED = KeyworkerError(
    "No copy can be made for this person: it would have to say the child’s name, which must not be told to them.",
    where="a copy",
    remedy="Write to them in another way, with whoever said that the name must not be told.",
)


@dataclass(frozen=True)
class Looked:
    """What somebody looks at before a copy goes.

    Takes   copy and let_out, as far as whoever looks may know; needs_second, whether a second person must agree;
            leaving, the copy as it would leave, also without what is marked of somebody whom they may not see.
    """

    handle: str
    name: str
    copy: Copy
    let_out: LetOut
    needs_second: bool
    leaving: Copy


@dataclass(frozen=True)
class ForChild:
    """The page for a child. Takes looked, what it says and what it leaves out; words, in which words it speaks."""

    looked: Looked
    words: Words


class AboutCopies(KeepingBack, Exports):
    """Copies for the child, the family or somebody else outside."""

    def look(self, child: str, wanted: WantedCopy) -> Looked:
        """What a copy would say, what it would leave out and why, as known now.

        Raises  NotKnown for a child beyond the asker; KeyworkerError where the child's very name is marked.
        """

        def read() -> Looked:
            return self._looked(self._child_id(child, Thing.COPIES), wanted, self._today)

        return self._read("copies", read, lambda looked: {HandleKind.CHILD: [looked.handle]})

    def for_child(self, child: str, words: str = "") -> ForChild:
        """The page for the child, to be shown to the child, without what the child must not be told.

        Takes   words, a code of `child_words`; where it is none, the child's age decides.
        """

        def read() -> ForChild:
            child_id = self._child_id(child, Thing.COPIES)
            lens = lens_at(self.own, self._today)
            (me,) = people.children(self.own, lens.of([lens.root(child_id)])).values()
            usual = words_for(me.age_on(self._today.at), said_in_setting(self.connection, self._today, TEENAGER_FROM))
            chosen = Words(words) if words in set(Words) else usual
            wanted = WantedCopy("", CHILD, me.name or "the child", "", words=chosen)
            return ForChild(self._looked(child_id, wanted, self._today), chosen)

        return self._read("copies", read, lambda found: {HandleKind.CHILD: [found.looked.handle]})

    def ask_copy(self, child: str, wanted: WantedCopy, contents: str) -> None:
        """Ask to give a copy that was looked at. Takes contents, its digest: what has changed is not asked for."""
        looked = self.look(child, wanted)
        if looked.copy.contents != contents:
            raise CHANGED
        with one_reading(self.own):
            child_id = self._child_id(child, Thing.COPIES)
        copying.ask(
            self.own,
            self.asker,
            self.now,
            child_id,
            wanted,
            looked.leaving,
            self._today.at,
            left_out=len(looked.let_out.left_out),
            needs_second=looked.needs_second,
        )

    def copies(self, child: str) -> list[CopyAsked]:
        """The copies that were asked for of a child, the latest first."""

        def read() -> tuple[list[CopyAsked], list[str]]:
            lens, child_id = lens_at(self.own, self._today), self._child_id(child, Thing.COPIES)
            found = copies(self.own, lens.of([lens.root(child_id)]))
            return found, list(handles_of(self.own, HandleKind.CHILD, [child_id]).values())

        return self._read("copies", read, lambda found: {HandleKind.CHILD: found[1]})[0]

    def waiting(self) -> list[CopyAsked]:
        """The copies that wait for an answer which the asker may give, the oldest first."""

        def read() -> list[CopyAsked]:
            found = copies(self.own, lens_at(self.own, self._today))
            return [
                one
                for one in reversed(found)
                if one.state == ASKED
                and self._today.at <= one.happened_on + LIVES
                and refusal_of_own(self.asker, one) is None
                and self.may_see_child(Thing.AGREEING_COPIES, one.child_id)
            ]

        return self._read("copies waiting", read, lambda found: {HandleKind.CHILD: [one.handle for one in found]})

    def look_again(self, child: str, copy_id: str) -> tuple[CopyAsked, Looked, str]:
        """A copy that was asked for, what it says, and why it may not be given; empty where it may.

        What it tells is what was known when it was asked for; what must not be told is what is marked now.
        Raises  KeyworkerError where there is none, or where it would no longer say what was looked at.
        """
        one, looked = self._again(child, copy_id)
        return one, looked, why_not_given(one, self._today.at, needs_second=looked.needs_second)

    def refusal_to_answer(self, child: str, one: CopyAsked) -> Refused | None:
        """Why the asker may not answer a copy, or None when they may. It serves the button too."""
        with one_reading(self.own):
            place = self._place_of_child(self._found(HandleKind.CHILD, child) or "")
        return refusal_of_own(self.asker, one) or self._refusal_to_agree(place)

    def answer_copy(self, child: str, copy_id: str, contents: str, why: str, *, agrees: bool) -> None:
        """Answer a copy that somebody else asked for, having looked at it.

        Takes   contents, the digest of what was looked at.
        Raises  Refused for whoever asked for it or does not answer for the child; KeyworkerError.
        """
        one, looked = self._again(child, copy_id, is_checked=agrees)
        with self._attempt("copies"):
            require(self.refusal_to_answer(child, one))
        if agrees and looked.copy.contents != contents:
            raise CHANGED
        copying.answer(self.own, self.asker, self.now, one, agrees=agrees, why=why)

    def give_copy(self, child: str, copy_id: str) -> Copy:
        """The copy as it leaves, listed among what left the record. Raises KeyworkerError where it may not be given."""
        one, looked, why = self.look_again(child, copy_id)
        if why:
            raise KeyworkerError(why, where="a copy", remedy="Open the list of copies of the child.")
        audience = WantedCopy(one.copy_id, one.relation, one.person, one.purpose).audience
        content = looked.leaving.text.encode()
        self.downloaded(
            "copy", f"copy-{one.copy_id}", content, identifying=True, for_whom=audience, children=self.given
        )
        return looked.leaving

    def refusal_to_copy(self, child: str) -> Refused | None:
        """Why the asker may make no copy of a child's record, or None when they may. It serves the link too."""
        with one_reading(self.own):
            may = self.may_see_child(Thing.COPIES, self._found(HandleKind.CHILD, child))
        if may:
            return None
        return Refused(
            "A copy for somebody outside is made by those who work with the child, and those who lead them.",
            where="a copy",
            remedy="Ask the child’s worker, or the manager of the child’s team.",
        )

    def may_copy(self, child: str) -> None:
        """Ask leave to make a copy of a child's record. May refuse; that it was not given is logged."""
        with self._attempt("copies"):
            require(self.refusal_to_copy(child))

    def _refusal_to_agree(self, place: Place) -> Refused | None:
        return refusal_to(To.AGREE_COPY, self.asker, place)

    def _again(self, child: str, copy_id: str, *, is_checked: bool = True) -> tuple[CopyAsked, Looked]:
        def read() -> tuple[CopyAsked, Looked]:
            child_id = self._child_id(child, Thing.COPIES)
            lens = lens_at(self.own, self._today)
            found = copies(self.own, lens.of([lens.root(child_id)]))
            one = next((one for one in found if one.copy_id == copy_id), None)
            if one is None:
                raise KeyworkerError("No such copy was asked for of this child.", remedy="Open the list of copies.")
            wanted = WantedCopy(
                one.copy_id,
                one.relation,
                one.person,
                one.purpose,
                one.note or "",
                with_family=one.with_family,
                words=one.words or "",
                with_plan=one.with_plan,
            )
            looked = self._looked(child_id, wanted, Moment(one.happened_on, one.asked_at))
            if is_checked and looked.leaving.contents != one.contents:
                raise CHANGED
            return one, looked

        return self._read("copies", read, lambda found: {HandleKind.CHILD: [found[1].handle]})

    def _looked(self, child_id: str, wanted: WantedCopy, moment: Moment) -> Looked:
        lens = lens_at(self.own, moment)
        root = lens.root(child_id)
        story = known(story_at(self.own, moment, child_id), HandleKind.CHILD)
        first, *others = together(self.own, lens.of([root]))
        family = (first, *(one for one in others if self._may_see_sibling(one.handle)))
        marked = self._kept_back([root])
        audience = wanted.audience
        heading = title(story, wanted.relation)
        if tells(heading, marked, audience):
            raise NAME_IS_MARKED
        names = frozenset({story.name})
        helps = Help(*(said_in_setting(self.connection, moment, name) for name in (ADVOCATE, COMPLAINT)))
        said = own_words(self.own, lens.of([root])) if wanted.words else ()
        asked = self._asked_of(lens.of([root])) if wanted.with_plan else ()
        plans = self._promised(lens.of([root])) if wanted.words else ()
        said_of = pieces(story, family, wanted, moment.at, helps, said, asked, plans)
        shown, leaving = (one(said_of, marked, audience, names) for one in (shown_to_sender, let_out))
        copy, goes = (Copy(heading, moment.at, out.pieces) for out in (shown, leaving))
        return Looked(story.handle, story.name, copy, shown, bool(marked), goes)

    def _asked_of(self, lens: Lens) -> list[Asked]:
        """What the plan of the lens's child asks, each with who is to do it."""
        found = plan_actions(self.own, lens)
        workers = people.workers(self.own, lens, sorted({one.worker_id for one in found if one.worker_id}))
        return [(one, owner_words(one, workers[one.worker_id].name if one.worker_id else "")) for one in found]

    def _promised(self, lens: Lens) -> list[Promised]:
        plans = planned_visits(self.own, lens)
        return promised(plans, people.workers(self.own, lens, sorted({one.worker_id for one in plans})))

    def _may_see_sibling(self, handle: str) -> bool:
        return self.may_see_child(Thing.CHILD, self._found(HandleKind.CHILD, handle))
