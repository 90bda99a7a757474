"""Case notes and consultations by hand: of one child, and of brothers and sisters at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from keyworker.actions.by_hand import problems
from keyworker.actions.shared_notes import WantedNote
from keyworker.actions.writing import SentOtherwise
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.access.made import TODAY, told
from tests.access.restricting import handle, opened
from tests.by_hand.made import wanted
from tests.servers.started import Database, Server


@pytest.fixture(scope="module")
def record(embedded_server: Server) -> Iterator[Database]:
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(loader, family=[{"family_id": "f", "child_id": one} for one in ("own", "supervised", "team", "all")])
    yield made
    embedded_server.drop(made)


def test_a_consultation_says_what_was_asked_what_was_advised_and_what_follows(record: Database) -> None:
    talk = {
        "happened_on": "2026-03-17",
        "consulted": "clinician",
        "way": "visit together",
        "asked": "Made-up: whether she sleeps badly of fright",
        "advice": "Made-up: keep bedtime the same for a month",
    }
    with opened(record, "social.worker") as door:
        child = handle(door, "own")
        written = wanted("consultation", "c", talk)
        assert set(problems(written, door.on_record(child).entries, TODAY)) == {"follows"}
        said = wanted("consultation", "c", talk | {"follows": "Made-up: told her mother on Wednesday"})
        table, entry = door.record_entry(child, said)
        stands = door.entry(child, table, entry).last
        assert (stands.values["advice"], stands.values["worker_id"]) == (talk["advice"], "pat")
        assert door.case_notes(child, "bedtime") == [], "it is no case note"


def test_a_case_note_is_written_by_whoever_works_with_the_child_or_chairs_and_found_by_a_word(record: Database) -> None:
    note = {
        "happened_on": "2026-03-18",
        "kind": "call",
        "present": "Mr Made-up, school",
        "note": "Late again on Monday.",
    }
    with opened(record, "conference.chair") as door:
        child = handle(door, "own")
        table, entry = door.record_entry(child, wanted("case-note", "8", note))
        assert [one.entry_id for one in door.case_notes(child, "late MONDAY")] == [entry]
        assert door.case_notes(child, "tuesday") == []
        assert door.entry(child, table, entry).last.written_by == "conference.chair"
    with opened(record, "quality.assurance") as door:
        assert len(door.case_notes(child)) == 1, "whoever may see the child's record reads them"
        with pytest.raises(Refused):
            door.record_entry(child, wanted("case-note", "9", note))


def test_one_case_note_of_brothers_and_sisters_stands_in_the_record_of_each_with_what_is_about_one_alone(
    record: Database,
) -> None:
    """Own, supervised, team and all are of one family. Pat as a social worker writes of `own` alone."""
    said = {"happened_on": "2026-03-19", "kind": "call", "note": "The school rang about them all."}
    entry = wanted("case-note", "c", said)
    with opened(record, "social.worker") as door:
        child, other = handle(door, "own"), handle(door, "all")
        assert door.noted_too(child) == []
        with pytest.raises(KeyworkerError):
            door.note_together(child, WantedNote(entry, "", {other: ""}))
    with opened(record, "team.manager") as door:
        assert {one.child_id for one in door.noted_too(child)} == {"supervised", "team"}
        sister = handle(door, "team")
        note = WantedNote(entry, "Was late twice.", {sister: ""})
        table, number = door.note_together(child, note)
        mine = door.entry(child, table, number).last
        assert mine.values["note"] == "The school rang about them all.\n\nOf this child alone: Was late twice."
        (theirs,) = door.case_notes(sister)
        assert theirs.values["note"] == "The school rang about them all."
        assert theirs.values["together_id"] == mine.values["together_id"] == "c" * 32 and theirs.act == mine.act
        with pytest.raises(AlreadyRecorded):
            door.note_together(child, note)
        for otherwise in (replace(note, of={sister: "More."}), replace(note, of={handle(door, "supervised"): ""})):
            with pytest.raises(SentOtherwise):
                door.note_together(child, otherwise)
        assert (
            len(door.case_notes(child, "school rang about")) == 1 and door.case_notes(handle(door, "supervised")) == []
        )
