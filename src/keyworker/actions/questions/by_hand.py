"""What is recorded by hand of a child: writing it down, how it came to say what it says, correcting and withdrawing."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import NoReturn

from keyworker.access import Place, Thing, refusal_to_record, require, who_may
from keyworker.actions import by_hand, correcting
from keyworker.actions.by_hand import WantedEntry
from keyworker.actions.correcting import Correction, form_of
from keyworker.actions.hand_duties import Turned, rules_of, turned_by
from keyworker.actions.questions.opened import Opened
from keyworker.actions.reading import one_reading
from keyworker.actions.writing import SentOtherwise, require_same
from keyworker.clocks.engine import readings
from keyworker.facts.by_hand import CASE_NOTES, HandEntry, Version, act_of_change, hand_entries, holds, versions
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.lens import Lens
from keyworker.record.writer import AlreadyRecorded, NotCurrent
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.vocabulary.forms import Form, forms, tables_of_forms

_ELSEWHERE = Refused(
    "This is recorded in the case system, and read from its extract here.",
    remedy="Record it there. It is shown here with the next extract.",
)


@dataclass(frozen=True)
class OnRecord:
    """What stands of a child in the tables that take forms, and the forms that the asker may fill in."""

    entries: tuple[HandEntry, ...]
    forms: tuple[Form, ...]


@dataclass(frozen=True)
class EntryTold:
    """One entry, and how it came to say what it says.

    Takes   entry, what stands, None where it was withdrawn or is no longer told; versions, the oldest first; turned,
            the duties that it began, met or stopped; may_change, whether the asker may correct it; belongs, what
            belongs to it.
    """

    entry: HandEntry | None
    versions: tuple[Version, ...]
    turned: Turned
    may_change: bool
    belongs: tuple[HandEntry, ...]

    @property
    def last(self) -> HandEntry:
        """What it says, or said last."""
        return self.entry or self.versions[-1].entry


class AboutByHand(Opened):
    """What is recorded by hand of a child."""

    def refusal_to_record(self, child: str, form: Form) -> Refused | None:
        """Why the asker may not fill a form in about a child, or None when they may. It serves the link too."""
        with one_reading(self.own):
            return self._refusal_to_record(self._found(HandleKind.CHILD, child) or "", form)

    def may_record(self, child: str, form: Form) -> None:
        """Ask leave to fill a form in about a child. May refuse; that it was not given is logged."""
        with self._attempt(_route(form)):
            require(self.refusal_to_record(child, form))

    def records_something(self, child: str) -> bool:
        """Whether any form about a child is the asker's to fill in: it serves the link."""
        with one_reading(self.own):
            return bool(self._open_forms(self._found(HandleKind.CHILD, child) or ""))

    def on_record(self, child: str) -> OnRecord:
        """What stands of a child in the tables that take forms, and the forms that the asker may fill in."""

        def read() -> tuple[OnRecord, list[str]]:
            child_id = self._child_id(child)
            entries = hand_entries(self.own, self._hand_lens(child_id), tables_of_forms())
            return OnRecord(tuple(entries), self._open_forms(child_id)), self._handle_as_list(child_id)

        return self._read("child", read, lambda found: {HandleKind.CHILD: found[1]})[0]

    def case_notes(self, child: str, words: str = "") -> list[HandEntry]:
        """The case notes of one child that hold every word that is looked for, the latest first; all where none is.

        What is looked for is kept nowhere.
        """

        def read() -> tuple[list[HandEntry], list[str]]:
            child_id = self._child_id(child)
            found = hand_entries(self.own, self._hand_lens(child_id), [CASE_NOTES])
            return [one for one in found if holds(one, words)], self._handle_as_list(child_id)

        return self._read("child", read, lambda found: {HandleKind.CHILD: found[1]})[0]

    def record_entry(self, child: str, wanted: WantedEntry) -> tuple[str, int]:
        """Write an entry down. Gives the table and the entry that says it.

        Raises  Refused for whoever may not; KeyworkerError for what is not whole; AlreadyRecorded when the same form
                was sent before, SentOtherwise when it then said something else.
        """
        self.may_record(child, wanted.form)
        standing = self.on_record(child).entries
        sent = self.sent_before(child, wanted)
        with one_reading(self.own):
            child_id = lens_at(self.own, self._today).root(self._child_id(child))
        if sent is not None:
            self._require_said_so(child_id, wanted, standing, sent)
        return by_hand.write(self.own, self.asker, self.now, child_id, wanted, standing, self._today.at)

    def sent_before(self, child: str, wanted: WantedEntry) -> HandEntry | None:
        """What the same form wrote when it was sent before; None where it was not."""
        table = wanted.form.table
        standing = self.on_record(child).entries
        if not wanted.form.ends:
            return next((row for row in standing if (row.table, row.number) == (table.name, wanted.number)), None)
        if wanted.of is None or any(row.entry_id == wanted.of for row in standing):
            return None
        with one_reading(self.own):
            found = versions(self.own, self._hand_lens(self._child_id(child)), table, wanted.of)
        numbers = {one.entry.number for one in found}
        return next((row for row in standing if row.table == table.name and row.number in numbers and row.until), None)

    def entry(self, child: str, table: str, entry_id: int) -> EntryTold:
        """One entry of a child, by any of the entries that its row ever had. Raises KeyworkerError where none is."""

        def read() -> tuple[EntryTold, list[str]]:
            child_id = self._child_id(child)
            lens = self._hand_lens(child_id)
            found = versions(self.own, lens, TABLES[table], entry_id) if table in tables_of_forms() else []
            if not found:
                raise KeyworkerError("No such entry is recorded.", remedy="Open the child’s page again.")
            standing = hand_entries(self.own, lens, tables_of_forms())
            number = found[-1].entry.number
            one = next((row for row in standing if (row.table, row.number) == (table, number)), None)
            told = EntryTold(
                one,
                tuple(found),
                self._turned(child_id, one) if one else Turned(),
                one is not None and self._refusal_to_change(child_id, one) is None,
                tuple(correcting.belonging(one, standing)) if one else (),
            )
            return told, self._handle_as_list(child_id)

        return self._read("child", read, lambda found: {HandleKind.CHILD: found[1]})[0]

    def may_change(self, child: str, table: str, entry_id: int) -> HandEntry:
        """Ask leave to correct or withdraw an entry. Gives what stands. May refuse; that it was not given is logged."""
        told = self.entry(child, table, entry_id)
        if told.entry is None:
            raise KeyworkerError("This entry was withdrawn already.", remedy="Nothing needs to be done.")
        with one_reading(self.own):
            child_id = self._found(HandleKind.CHILD, child) or ""
        one = form_of(told.entry)
        with self._attempt(_route(one) if one else "child"):
            require(self._refusal_to_change(child_id, told.entry))
        return told.entry

    def corrected_before(self, child: str, table: str, entry_id: int, wanted: Correction, number: str) -> int | None:
        """The entry that the same form wrote when it was sent before; None where it was not sent.

        Raises  SentOtherwise when it then said something else.
        """
        found = self.entry(child, table, entry_id).versions
        with one_reading(self.own):
            act = act_of_change(self.own, self._hand_lens(self._child_id(child)), found[-1].entry, number)
        if act is None:
            return None
        one = next((one for one in found if one.entry.act == act and one.stands), None)
        if one is None or one.why != wanted.why.strip() or correcting.changes_of(one.entry, wanted):
            raise SentOtherwise("a correction")
        return one.entry.entry_id

    def correct_entry(self, child: str, table: str, entry_id: int, wanted: Correction, number: str) -> int:
        """Correct an entry. Gives the entry that now says it.

        Raises  Refused; NotCurrent where it was changed since `entry_id`; KeyworkerError; AlreadyRecorded.
        """
        entry = self._unchanged(child, table, entry_id)
        return correcting.correct(self.own, self.asker, self.now, entry, wanted, number, self._today.at)

    def withdraw_entry(self, child: str, table: str, entry_id: int, why: str, number: str) -> None:
        """Withdraw an entry that was written here. Raises Refused; NotCurrent; KeyworkerError; AlreadyRecorded."""
        entry = self._unchanged(child, table, entry_id)
        standing = self.on_record(child).entries
        correcting.withdraw(self.own, self.asker, self.now, entry, why, number, standing, self._today.at)

    def _unchanged(self, child: str, table: str, entry_id: int) -> HandEntry:
        entry = self.may_change(child, table, entry_id)
        if entry.entry_id != entry_id:
            raise NotCurrent(
                "This entry was changed since you opened it.",
                where=entry.described.title,
                remedy="Open it again, and make your change to what stands there now.",
            )
        return entry

    def _require_said_so(
        self, child_id: str, wanted: WantedEntry, standing: tuple[HandEntry, ...], sent: HandEntry
    ) -> NoReturn:
        """Whether a form that was sent twice said the same each time. Raises AlreadyRecorded, or SentOtherwise."""
        if wanted.form.ends:
            row = by_hand.endings(self.asker, wanted)
        else:
            whole = next((row for row in standing if row.entry_id == wanted.of), None)
            row = by_hand.new_rows(self.asker, child_id, wanted, whole)[sent.table]
        said = {name: value for name, value in row.items() if name not in wanted.form.signs}
        require_same(SimpleNamespace(**sent.values), said, wanted.form.title)
        raise AlreadyRecorded(
            "An entry for this is recorded already.", where=wanted.form.title, remedy="Correct that one."
        )

    def _open_forms(self, child_id: str) -> tuple[Form, ...]:
        listed = forms().values()
        homes = {home for home in {one.home for one in listed} if self._is_home_of(home)}
        place = self._place_of_child(child_id) if homes else Place()
        things = {one.thing for one in listed if refusal_to_record(self.asker, Thing(one.thing), place) is None}
        return tuple(one for one in listed if one.home in homes and one.thing in things)

    def _refusal_to_record(self, child_id: str, form: Form) -> Refused | None:
        if not self._is_home_of(form.home):
            return _ELSEWHERE
        return refusal_to_record(self.asker, Thing(form.thing), self._place_of_child(child_id))

    def _refusal_to_change(self, child_id: str, entry: HandEntry) -> Refused | None:
        one = form_of(entry)
        return self._refusal_to_record(child_id, one) if one else _ELSEWHERE

    def _turned(self, child_id: str, entry: HandEntry) -> Turned:
        rules = rules_of(entry)
        found = readings(self.own, self._today, child_ids=[child_id], rules=rules) if rules else []
        return turned_by(entry, found)

    def _hand_lens(self, child_id: str) -> Lens:
        lens = lens_at(self.own, self._today)
        return lens.of([lens.root(child_id)])

    def _handle_as_list(self, child_id: str) -> list[str]:
        return list(handles_of(self.own, HandleKind.CHILD, [child_id]).values())


def _route(form: Form) -> str:
    """The name by which the access log knows that a form was asked for."""
    return who_may()[Thing(form.thing)].routes[0]
