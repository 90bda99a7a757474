"""Questions about notes of personal supervision, which open to the two who held it and to the supervisor's manager."""

from __future__ import annotations

from dataclasses import dataclass

from keyworker.access import Thing, refusal_to_see_route, require, worker_of
from keyworker.actions import supervision_notes
from keyworker.actions.questions.naming import NotKnown
from keyworker.actions.questions.opened import Opened
from keyworker.actions.supervision_notes import WantedNote
from keyworker.actions.writing import FARTHEST_BACK
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind
from keyworker.facts.pictures import WorkerRef
from keyworker.facts.supervision_notes import Note, OpenedNotes, Pair, notes_seen_by, openings, pairs
from keyworker.vocabulary.errors import KeyworkerError


@dataclass(frozen=True)
class SupervisionNotes:
    """What somebody may read of personal supervision, and with whom they may write.

    Takes   notes, the latest first; pairs, those with whom they were in supervision in the last year; openings, what
            they opened to a supervisor of theirs, and what was opened to them.
    """

    me: str
    notes: tuple[Note, ...] = ()
    pairs: tuple[Pair, ...] = ()
    openings: tuple[OpenedNotes, ...] = ()


class AboutSupervision(Opened):
    """Notes of personal supervision. Who asks is one worker: neither cover nor the keeper of the machine stands in."""

    def supervision_notes(self, *, worker: str | None = None) -> SupervisionNotes:
        """The notes that the asker may read today, and those with whom the asker may write one.

        Takes   worker, of whose supervision they are to be, by handle or for a command by identifier.
        Raises  Refused for whoever may read none; NotKnown for a worker none of whose notes are the asker's to read.
        """
        me = self._me()

        def read() -> SupervisionNotes:
            found = self._found_notes(me)
            if worker is None:
                return found
            theirs = tuple(one for one in found.notes if worker in self._names_of(one.worker))
            if not theirs:
                raise NotKnown("No note is yours to read under that name.", remedy="Open the list of your notes.")
            return SupervisionNotes(me, theirs, found.pairs, found.openings)

        return self._read(
            "supervision notes", read, lambda found: {HandleKind.WORKER: [one.worker.handle for one in found.notes]}
        )

    def write_supervision_note(self, wanted: WantedNote) -> None:
        """Write a note of a supervision that the asker held or was given.

        Raises  Refused where the asker is none of the two; KeyworkerError for a note that cannot be written.
        """
        with self._attempt("supervision notes"):
            found = self._now()
            two = (wanted.worker_id, wanted.supervisor_id)
            theirs = [one for one in found.pairs if (one.worker.worker_id, one.supervisor.worker_id) == two]
            if not theirs:
                raise NotKnown(
                    "You and this person were not in supervision in the last year, by the record.",
                    remedy="Ask the analyst who loads the workforce pack to mend the list of who supervises whom.",
                )
            if wanted.happened_on and not any(one.held_on(wanted.happened_on) for one in theirs):
                raise KeyworkerError(
                    "On this day one of you did not supervise the other, by the record.",
                    where="a note of a supervision",
                    remedy="Give a day on which they did, or ask the workforce team to mend from when and until when.",
                )
        supervision_notes.write_note(self.own, self.asker, self.now, wanted, self._today.at)

    def answer_supervision_note(self, note_id: str, agreed: bool | None, answer: str) -> None:
        """Say whether the asker agrees with a note of their own supervision."""
        note = self._note(note_id)
        if note.worker.worker_id != self.asker.worker_id:
            raise KeyworkerError("Only the worker who was supervised agrees with a note.", remedy="Ask them to.")
        supervision_notes.answer_note(self.own, self.asker, self.now, note, agreed, answer, self._today.at)

    def withdraw_supervision_note(self, note_id: str, why: str) -> None:
        """Withdraw a note that the asker wrote."""
        note = self._note(note_id)
        if note.written_by.worker_id != self.asker.worker_id:
            raise KeyworkerError("Only whoever wrote a note withdraws it.", remedy="Ask them to.")
        supervision_notes.withdraw_note(self.own, self.asker, self.now, note, why, self._today.at)

    def open_supervision_notes(self, opening_id: str, supervisor: str) -> None:
        """Let one of the asker's supervisors of today, by handle or identifier, read notes that others held before."""
        found = self._now()
        named = {
            name: one.supervisor.worker_id
            for one in found.pairs
            if one.is_now and one.worker.worker_id == found.me
            for name in self._names_of(one.supervisor)
        }
        if supervisor not in named:
            raise KeyworkerError("This person does not supervise you today.", remedy="Open the page again.")
        if named[supervisor] in {one.supervisor.worker_id for one in self._own(found)}:
            raise KeyworkerError("Your earlier notes are open to them already.", remedy="Nothing needs to be done.")
        supervision_notes.open_notes(self.own, self.asker, self.now, opening_id, named[supervisor], self._today.at)

    def close_supervision_notes(self, opening_id: str) -> None:
        """Close the asker's earlier notes to a supervisor again."""
        one = next((one for one in self._own(self._now()) if one.opening_id == opening_id), None)
        if one is None:
            raise KeyworkerError("They are not open to anybody by that number.", remedy="Open the page again.")
        supervision_notes.close_notes(self.own, self.asker, self.now, one, self._today.at)

    def _me(self) -> str:
        """The worker who asks. Whoever belongs to none has no part in anybody's supervision."""
        with self._attempt("supervision notes"):
            require(refusal_to_see_route(self.asker, "supervision notes"))
        return worker_of(self.asker, "no note of a supervision is yours to read")

    def _now(self) -> SupervisionNotes:
        me = self._me()
        return self._in_one_reading(lambda: self._found_notes(me))

    def _note(self, note_id: str) -> Note:
        with self._attempt("supervision notes"):
            found = next((one for one in self._now().notes if one.note_id == note_id), None)
            if found is None:
                raise NotKnown("No note is yours to read under that number.", remedy="Open the list of your notes.")
            return found

    def _found_notes(self, me: str) -> SupervisionNotes:
        lens, connection = lens_at(self.own, self._today), self.own
        manages = self.sight(Thing.PERSONAL_SUPERVISION).supervised
        return SupervisionNotes(
            me,
            tuple(notes_seen_by(connection, lens, me, manages=manages)),
            tuple(pairs(connection, lens, me, self._today.at - FARTHEST_BACK)),
            tuple(openings(connection, lens, me)),
        )

    def _own(self, found: SupervisionNotes) -> list[OpenedNotes]:
        return [one for one in found.openings if one.worker.worker_id == found.me]

    def _names_of(self, worker: WorkerRef) -> tuple[str, ...]:
        """By what a worker is named: a handle, and by a command, never on a page, an identifier."""
        return (worker.handle,) if self.asker.is_on_a_page else (worker.handle, worker.worker_id)
