"""Lawful erasure of an entry by two people, through the real door, on the service of the access tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from keyworker.actions.by_hand import WantedEntry
from keyworker.actions.correcting import Correction
from keyworker.actions.erasures import WantedErasure
from keyworker.facts.moment import Moment
from keyworker.record import drafts
from keyworker.record.connect import DatabaseRole
from keyworker.record.drafts import Draft
from keyworker.record.sealing import Key
from keyworker.record.writer import NotCurrent
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.vocabulary.forms import form
from tests.access.made import NOW, TODAY, holding, service
from tests.access.restricting import handle, opened
from tests.clocks.made import tell
from tests.servers.started import Database, Server

SECRET, REASON = "MADEUPSECRET", "MADEUPREASON"
WANTED = WantedErasure("1" * 32, "another child", "It is about somebody else.")


@pytest.fixture(scope="module")
def record(embedded_server: Server) -> Iterator[Database]:
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        others = [holding(role, worker_id=None) for role in ("director", "head of service")]
        pats = [holding("team manager"), holding("director", account="pat.too")]
        tell(loader, service() | {"role_holding": [*pats, *others]}, now=NOW - timedelta(hours=1))
    yield made
    embedded_server.drop(made)


def everything(record: Database) -> str:
    """All that the record holds, as text."""
    with record.connect(DatabaseRole.OWNER) as owner:
        tables = owner.execute("select tablename from pg_tables where schemaname = 'record'").fetchall()
        rows = [owner.execute(f"select t::text from record.{name} as t").fetchall() for (name,) in tables]
    return "\n".join(text for found in rows for (text,) in found)


def test_two_people_erase_an_entry_with_its_history_its_reasons_and_what_others_have_begun_about_it(
    record: Database,
) -> None:
    contact = form("contact")
    assert contact is not None
    said = {"happened_on": "2026-03-18", "source_code": "2A", "source_desc": SECRET}
    with opened(record, "team.manager") as door:
        child = handle(door, "own")
        table, first = door.record_entry(child, WantedEntry("a" * 32, contact, said))
        later = Correction(said | {"source_desc": f"{SECRET} too"}, REASON)
        entry = door.correct_entry(child, table, first, later, "b" * 32)
        address = f"/child/{child}/entries/{table}/{entry}/correct"
        beside = f"/child/{child}/entries/{table}/{first}0/correct"
        of_another = f"/child/{child}/own-words/new?entry={entry}0"
        for page in (address, f"/child/{child}/own-words/new?entry={first}", beside, of_another):
            draft = Draft("", page, "", NOW, NOW + timedelta(days=3), {"why": "x"})
            drafts.keep(door.own, door.asker.account, Key(b"0" * 32), draft, None)
        door.ask_erasure(child, table, entry, WANTED)
        with pytest.raises(KeyworkerError, match="asked for already"):
            door.ask_erasure(child, table, entry, WantedErasure("2" * 32, "a court", "Again."))
        with pytest.raises(Refused):
            door.answer_erasure(child, WANTED.erasure_id, agreed=True)
    assert SECRET in everything(record) and REASON in everything(record)
    with opened(record, "director") as door:
        (waits,) = door.erasures_waiting()
        assert (waits.asked.asked_by, waits.asked.why) == ("team.manager", WANTED.why)
        assert len(door.erasure(child, WANTED.erasure_id).versions) == 2
        with pytest.raises(NotCurrent, match="something else since"):
            door.answer_erasure(child, WANTED.erasure_id, agreed=True, seen=first)
        door.answer_erasure(child, WANTED.erasure_id, agreed=True, seen=entry)
        assert door.erasures_waiting() == []
        told_of = door.erasure(child, WANTED.erasure_id)
        assert (told_of.asked.answer, told_of.asked.answered_by, told_of.versions) == ("agreed", "director", ())
        with pytest.raises(KeyworkerError, match="answered already"):
            door.answer_erasure(child, WANTED.erasure_id, agreed=True)
        with pytest.raises(KeyworkerError, match="No such entry"):
            door.entry(child, table, entry)
        assert door.child(child, Moment(TODAY)).name == "Own Madeup", "the child's own record stands"
    left = everything(record)
    assert SECRET not in left and REASON not in left
    with record.connect(DatabaseRole.OWNER) as owner:
        marks = owner.execute("select table_name, reason, signed_by from record.erasure order by act_id").fetchall()
        begun = owner.execute("select address from begun.draft order by address").fetchall()
    label = "It is about another child or family"
    assert marks == [(name, label, ["team.manager", "director"]) for name in ("changed_why", "contacts")]
    assert begun == [(beside,), (of_another,)], "what was begun about other entries stays"


def test_whoever_asked_does_not_agree_and_what_is_refused_stays(record: Database) -> None:
    contact = form("contact")
    assert contact is not None
    said = {"happened_on": "2026-03-18", "source_code": "6"}
    with opened(record, "director") as door:
        child = handle(door, "own")
        table, entry = door.record_entry(child, WantedEntry("c" * 32, contact, said))
        with pytest.raises(KeyworkerError, match="lawful reason"):
            door.ask_erasure(child, table, entry, WantedErasure("3" * 32, "because", "No."))
        door.ask_erasure(child, table, entry, WantedErasure("3" * 32, "unlawful", "Never to be held."))
        assert door.erasures_waiting() == []
        with pytest.raises(Refused, match="You asked"):
            door.answer_erasure(child, "3" * 32, agreed=True)
    with opened(record, "team.manager") as door, pytest.raises(Refused):
        door.answer_erasure(child, "3" * 32, agreed=True)
    with opened(record, "head.of.service") as door:
        with pytest.raises(KeyworkerError, match="for a reason"):
            door.answer_erasure(child, "3" * 32, agreed=False)
        door.answer_erasure(child, "3" * 32, agreed=False, why="It is held lawfully.")
        assert door.entry(child, table, entry).entry is not None


def test_one_person_with_two_sign_ins_is_not_two_people(record: Database) -> None:
    contact = form("contact")
    assert contact is not None
    with opened(record, "team.manager") as door:
        child = handle(door, "own")
        said = {"happened_on": "2026-03-17", "source_code": "6"}
        table, entry = door.record_entry(child, WantedEntry("d" * 32, contact, said))
        door.ask_erasure(child, table, entry, WantedErasure("4" * 32, "a court", "An order."))
    with opened(record, "pat.too") as door:
        assert door.erasures_waiting() == []
        with pytest.raises(Refused, match="You asked"):
            door.answer_erasure(child, "4" * 32, agreed=True)
    with opened(record, "head.of.service") as door:
        assert [one.asked.erasure_id for one in door.erasures_waiting()] == ["4" * 32]
        door.answer_erasure(child, "4" * 32, agreed=True)
        assert door.erasures_waiting() == [], "whoever sees one district agrees, and says so in the same breath"


def test_nobody_takes_away_what_others_have_begun_but_in_an_erasure(record: Database) -> None:
    with opened(record, "director") as door, pytest.raises(Exception, match="only an erasure"):
        drafts.forget_about(door.own, ["/child/somebody/entries/contacts/1"])
