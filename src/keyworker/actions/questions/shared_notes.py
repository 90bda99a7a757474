"""One case note for several children: of whom it may be, and writing it into each child's record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from keyworker.access import Thing
from keyworker.actions.by_hand import WantedEntry
from keyworker.actions.questions.by_hand import AboutByHand
from keyworker.actions.reading import one_reading
from keyworker.actions.shared_notes import WantedNote, entry_for, write_notes
from keyworker.actions.writing import SentOtherwise
from keyworker.facts import people
from keyworker.facts.by_hand import CASE_NOTES, HandEntry
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind
from keyworker.facts.open_children import open_among
from keyworker.facts.siblings import brothers_and_sisters
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary.errors import KeyworkerError


@dataclass(frozen=True)
class NotedToo:
    """A brother or a sister of whom a case note may be written too."""

    child_id: str
    handle: str
    name: str


class AboutSharedNotes(AboutByHand):
    """One case note for several children."""

    def noted_too(self, child: str) -> list[NotedToo]:
        """The open brothers and sisters of a child of whom the asker may write a case note too."""

        def read() -> list[NotedToo]:
            lens = lens_at(self.own, self._today)
            kin = brothers_and_sisters(self.own, lens.of([lens.root(self._child_id(child))]))
            open_kin = open_among(self.own, lens.of(kin)) if kin else []
            theirs = [one for one in open_kin if self.may_see_child(Thing.NOTES, one)]
            found = people.children(self.own, lens.of(theirs)) if theirs else {}
            return [NotedToo(one.child_id, one.handle, one.name) for one in found.values()]

        return self._read("case notes", read, lambda found: {HandleKind.CHILD: [one.handle for one in found]})

    def note_together(self, child: str, wanted: WantedNote) -> tuple[str, int]:
        """Write one case note into the record of a child and of others. Gives the table and the child's own entry.

        Raises  Refused for whoever may not write of one of them; KeyworkerError for what is not whole; AlreadyRecorded
                when the same form was sent before, SentOtherwise when it then said something else.
        """
        may = {one.handle: one.child_id for one in self.noted_too(child)}
        if not set(wanted.of) <= set(may):
            raise KeyworkerError(
                "A case note is of brothers and sisters of whom you may write.",
                where="a case note",
                remedy="Open the form again.",
            )
        for one in (child, *wanted.of):
            self.may_record(one, wanted.entry.form)
        with one_reading(self.own):
            root = lens_at(self.own, self._today).root(self._child_id(child))
        of = [(child, root, wanted.alone), *((one, may[one], wanted.of[one]) for one in sorted(wanted.of))]
        entries = [entry_for(wanted.entry, place, alone) for place, (_, _, alone) in enumerate(of)]
        self._require_new(
            [self.sent_before(handle, one) for (handle, _, _), one in zip(of, entries, strict=True)], entries
        )
        notes = [(child_id, one) for (_, child_id, _), one in zip(of, entries, strict=True)]
        return CASE_NOTES, write_notes(self.own, self.asker, self.now, notes, self._today.at)

    def _require_new(self, sent: Sequence[HandEntry | None], wanted: Sequence[WantedEntry]) -> None:
        """Raises AlreadyRecorded where the same form wrote the same of each, SentOtherwise where it wrote other."""
        if not any(sent):
            return
        told = [(row.values["note"], str(row.on)) if row else None for row in sent]
        if told != [(one.said["note"], one.said["happened_on"]) for one in wanted]:
            raise SentOtherwise("a case note")
        raise AlreadyRecorded("This note is recorded already.", where="a case note")
