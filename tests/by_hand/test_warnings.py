"""Warnings before a visit by hand: set, looked at again, not agreed with, and over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from keyworker.actions.by_hand import problems
from keyworker.actions.correcting import Correction
from keyworker.actions.own_words import WantedWords
from keyworker.actions.questions.needs import Need
from keyworker.record.connect import DatabaseRole
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.access.made import TODAY, told
from tests.access.restricting import handle, opened
from tests.by_hand.made import wanted
from tests.servers.started import Database, Server

WARNED = {
    "kind": "dog", "says": "Ring first.", "basis": "The dog bit Pat on 2 March.", "from_on": "2026-03-02",
    "review_on": "2026-09-01",
}  # fmt: skip


@pytest.fixture(scope="module")
def record(embedded_server: Server) -> Iterator[Database]:
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(loader, family=[{"family_id": "f", "child_id": one} for one in ("own", "supervised", "team", "all")])
    yield made
    embedded_server.drop(made)


def test_a_warning_has_a_source_and_a_day_to_come_and_stands_before_the_door_until_it_is_over(record: Database) -> None:
    with opened(record, "social.worker") as door:
        child = handle(door, "own")
        said = wanted("visit-warning", "b", WARNED)
        assert problems(replace(said, said=WARNED | {"basis": "", "review_on": "2026-03-20"}), (), TODAY) == {
            "basis": "How is it known, and from whom? enter it",
            "review_on": "The day must be after today",
        }
        table, entry = door.record_entry(child, said)
        (one,) = door.visit_warnings([child])
        assert (one.kind, one.basis, one.set_by) == ("dog", "The dog bit Pat on 2 March.", "social worker")
        with pytest.raises(Refused):
            door.record_entry(child, wanted("visit-warning-end", "c", {"last_on": "2026-03-19"}, entry))
        wrong = Correction(WARNED | {"review_on": "2026-12-01"}, "A later day was agreed.")
        entry = door.correct_entry(child, table, entry, wrong, "91" * 16)
        assert [row.review_on for row in door.cover_sheet(child).before.warnings] == [date(2026, 12, 1)]
        assert Need.WARNINGS not in {row.what for row in door.needs_me()}
    with opened(record, "team.manager") as door:
        with pytest.raises(KeyworkerError, match="Why is it over"):
            door.record_entry(child, wanted("visit-warning-end", "e", {"last_on": "2026-03-19"}, entry))
        over = {"last_on": "2026-03-19", "ended_why": "The dog went to an uncle."}
        door.record_entry(child, wanted("visit-warning-end", "e", over, entry))
        assert door.visit_warnings([child]) == ()


def test_whoever_does_not_agree_with_a_warning_is_answered_by_whoever_manages(record: Database) -> None:
    with opened(record, "social.worker") as door:
        child = handle(door, "own")
        _, entry = door.record_entry(child, wanted("visit-warning", "f", WARNED))
        door.write_words(
            child, WantedWords("a" * 32, TODAY, "not agreed", "mother", "Mary Madeup", "The dog is old.", "", entry)
        )
        (one,) = door.visit_warnings([child])
        assert (one.not_agreed_by, one.not_agreed_on, one.waits) == ("mother", TODAY, True)
        with pytest.raises(Refused):
            door.warnings_to_look_at()
    for account in ("quality.assurance", "partner", "conference.chair"):
        with opened(record, account) as door, pytest.raises(Refused):
            door.warnings_to_look_at()
    with opened(record, "team.manager") as door:
        assert {row.what: row.count for row in door.needs_me()}[Need.WARNINGS] == 1
        assert [(row.kind, row.waits) for row in door.warnings_to_look_at().warnings] == [("dog", True)]
        looked = {"happened_on": "2026-03-20", "found": "It bit again.", "review_on": "2026-06-01"}
        door.record_entry(child, wanted("warning-review", "0", looked, entry))
        (one,) = door.visit_warnings([child])
        assert (one.waits, one.review_on, one.looked_on) == (False, date(2026, 6, 1), TODAY)
        assert door.warnings_to_look_at().warnings == () and Need.WARNINGS not in {row.what for row in door.needs_me()}
    with opened(record, "head.of.service") as door:
        assert Need.WARNINGS not in {row.what for row in door.needs_me()}
