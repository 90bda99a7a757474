"""Direct work with a child: what there is, attaching to a visit, opening as the child agrees, what lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from keyworker.access import Thing, To, refusal_to, require
from keyworker.actions import direct_work
from keyworker.actions.direct_work import LOOKS_BACK, WantedWork
from keyworker.actions.questions.exports import Exports
from keyworker.actions.reading import one_reading
from keyworker.actions.writing import require_same
from keyworker.facts import people
from keyworker.facts.direct_work import DirectWork, Mentioned, nothing_attached
from keyworker.facts.direct_work import direct_work as work_of
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind
from keyworker.facts.lens import Lens
from keyworker.facts.visit_notes import VisitNote, visit_notes
from keyworker.intake.attached import cleaned
from keyworker.record.attached import taken
from keyworker.record.home import home as default_home
from keyworker.record.sealing import Key, key_of
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary.errors import KeyworkerError, Refused

NONE = KeyworkerError("No such direct work was written down.", remedy="Open the child’s direct work again.")


@dataclass(frozen=True)
class Lacking:
    """A visit at which something is mentioned and nothing is attached. Takes name and handle, the child's."""

    one: Mentioned
    name: str
    handle: str


@dataclass(frozen=True)
class OpenedWork:
    """What is attached, opened for whoever may see it."""

    media: str
    content: bytes
    handle: str


class AboutDirectWork(Exports):
    """Direct work with a child."""

    def refusal_to_attach(self, child: str) -> Refused | None:
        """Why the asker may neither see nor attach direct work with a child, or None. It serves the button too."""
        with one_reading(self.own):
            place = self._place_of_child(self._found(HandleKind.CHILD, child) or "")
        return refusal_to(To.ATTACH, self.asker, place)

    def may_attach(self, child: str) -> None:
        """Ask leave to attach direct work with a child. May refuse; that it was not given is logged."""
        with self._attempt("direct work"):
            require(self.refusal_to_attach(child))

    def direct_work(self, child: str) -> list[DirectWork]:
        """The direct work with a child that was written down, the latest first."""

        def read() -> tuple[list[DirectWork], str]:
            child_id = self._child_id(child, Thing.DIRECT_WORK)
            lens = self._lens_of_one(child_id)
            return work_of(self.own, lens), self._handle_of(lens)

        return self._read("direct work", read, lambda found: {HandleKind.CHILD: [found[1]]})[0]

    def attach(self, child: str, visit_id: str, wanted: WantedWork) -> None:
        """Write direct work at a visit down; what is attached is written anew and sealed.

        Raises  Refused for whoever does not work with the child; Unclean for a file that cannot be kept; KeyworkerError
                for what is not whole; AlreadyRecorded when the same form was sent before, SentOtherwise when it then
                said something else.
        """
        self.may_attach(child)
        visit = self.visit_of_work(child, visit_id)
        with one_reading(self.own):
            child_id = self._child_id(child, Thing.DIRECT_WORK)
        file = cleaned(wanted.content) if wanted.content is not None else None
        key = self._key() if file else None
        row = direct_work.work_row(self.asker, child_id, (visit.visit_id, visit.happened_on), wanted, file)
        try:
            direct_work.write(self.own, self.asker, self.now, row, wanted, file, key, self._today.at)
        except AlreadyRecorded:
            stands = next((one for one in self.direct_work(child) if one.work_id == wanted.work_id), None)
            require_same(stands, row, "direct work")
            raise

    def visit_of_work(self, child: str, visit_id: str) -> VisitNote:
        """The visit at which direct work was done. Raises KeyworkerError where none was recorded here, or withdrawn."""

        def read() -> tuple[VisitNote, str]:
            lens = self._lens_of_one(self._child_id(child, Thing.DIRECT_WORK))
            found = visit_notes(self.own, lens)
            one = next((one for one in found if one.visit_id == visit_id and not one.is_withdrawn), None)
            if one is None:
                raise KeyworkerError("No such visit was recorded here.", remedy="Open the child’s page again.")
            return one, self._handle_of(lens)

        return self._read("direct work", read, lambda found: {HandleKind.CHILD: [found[1]]})[0]

    def open_work(self, child: str, work_id: str) -> OpenedWork:
        """What is attached, where the child agrees that the asker opens it. That it was opened is logged first.

        Raises  Refused where the child does not agree; KeyworkerError where nothing is attached or the key is another.
        """
        with self._attempt("direct work"):
            one = self._work(child, work_id)
            if one.media is not None and not one.opens_to(self.asker.account):
                raise Refused(
                    "The child does not agree that you open this.",
                    where="direct work",
                    remedy="Ask the child. What they then say is written down beside it.",
                )

        def read() -> OpenedWork:
            lens = self._lens_of_one(self._child_id(child, Thing.DIRECT_WORK))
            content = taken(self.own, work_id, self._key()) if one.media else None
            if content is None:
                raise KeyworkerError("Nothing is attached to this.", remedy="Open the child’s direct work again.")
            return OpenedWork(one.media or "", content, self._handle_of(lens))

        return self._read(
            "direct work", read, lambda found: {HandleKind.CHILD: [found.handle]}, purpose="open direct work"
        )

    def agree_work(self, child: str, work_id: str, agreement: str, on: date | None) -> None:
        """Write down what the child now agrees to of direct work. Raises Refused, KeyworkerError."""
        self.may_attach(child)
        one = self._work(child, work_id)
        direct_work.agree(self.own, self.asker, self.now, one, agreement, on, self._today.at)

    def nothing_attached(self) -> list[Lacking]:
        """The visits of late to children of the asker at which something is mentioned and nothing is attached."""

        def read() -> list[Lacking]:
            lens = lens_at(self.own, self._today)
            found = nothing_attached(self.own, lens, self._today.at - LOOKS_BACK)
            may = {one: self.may_see_child(Thing.DIRECT_WORK, one) for one in {one.child_id for one in found}}
            theirs = [one for one in found if may[one.child_id]]
            who = people.children(self.own, lens.of([one.child_id for one in theirs])) if theirs else {}
            return [Lacking(one, *_who(who, lens.root(one.child_id))) for one in theirs]

        return self._read("direct work", read, lambda found: {HandleKind.CHILD: [one.handle for one in found]})

    def _work(self, child: str, work_id: str) -> DirectWork:
        one = next((one for one in self.direct_work(child) if one.work_id == work_id), None)
        if one is None:
            raise NONE
        return one

    def _key(self) -> Key:
        return key_of(self.home or default_home())

    def _lens_of_one(self, child_id: str) -> Lens:
        lens = lens_at(self.own, self._today)
        return lens.of([lens.root(child_id)])

    def _handle_of(self, lens: Lens) -> str:
        (who,) = people.children(self.own, lens).values()
        return who.handle


def _who(found: dict[str, people.Child], child_id: str) -> tuple[str, str]:
    who = found[child_id]
    return who.name, who.handle
