"""A child whom nobody knows, written down through the real door, on the service of the access tests.

Everybody there is called Madeup and was born on 1 March 2015, so that each child is like any other of that day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from keyworker.actions.by_hand import WantedEntry
from keyworker.actions.new_children import WantedChild, WantedName, problems
from keyworker.actions.questions.needs import Need
from keyworker.actions.writing import SentOtherwise
from keyworker.facts.alike import Described, Why, known_already
from keyworker.facts.ground import lens_at
from keyworker.facts.moment import Moment
from keyworker.facts.names_kept import keep_up
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, AlreadyRecorded, WriteRefused, append
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.vocabulary.forms import form
from tests.access.made import NOW, TODAY, told
from tests.access.restricting import handle, opened, restricted
from tests.servers.started import Database, Server

BORN = date(2015, 3, 1)
NEW = Described("Wren", "Fictitious", date(2019, 6, 9))
CONTACT = {"happened_on": "2026-03-19", "source_code": "2A"}
REFERRAL = {"from_on": "2026-03-20", "referral_source_code": "6"}
AMY = {"account": "amy", "role": "social worker", "scope": "t1", "worker_id": "ann", "from_on": date(2026, 1, 5)}


@pytest.fixture(scope="module")
def record(embedded_server: Server) -> Iterator[Database]:
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(loader, role_holding=[AMY])
    yield made
    embedded_server.drop(made)


def wanted(number: str, kind: str = "contact", who: Described = NEW, **also: str) -> WantedChild:
    found = form(kind)
    assert found is not None
    said: Mapping[str, str] = CONTACT if kind == "contact" else REFERRAL
    return WantedChild(number * 32, who, WantedEntry(number * 32, found, said), **also)


def test_a_contact_about_a_child_whom_nobody_knows_stands_with_whoever_took_it(record: Database) -> None:
    one = wanted("a", address="1 Made-up Lane", postcode="ZZ1 1ZZ", parent="Robin Fictitious", relation="mother")
    with opened(record, "social.worker") as door:
        child = door.take_in(one, ())
        assert door.take_in(one, ()) == child, "sent twice it writes once"
        with pytest.raises(SentOtherwise):
            door.take_in(replace(one, who=replace(NEW, forename="Wrenna")), ())
        tables = {entry.table: entry for entry in door.on_record(child).entries}
        assert {"contacts", "address", "relationship"} <= set(tables)
        assert tables["relationship"].values["person"] == "Robin Fictitious"
        assert door.name_of(child, Moment(TODAY)) == "Wren Fictitious"
        assert [found.handle for found in door.find("ren fictitious").children] == [child]
        began = door.entry(child, "contacts", tables["contacts"].entry_id).turned.began
        assert [duty.rule for duty in began] == ["contact-screening-1wd"]
    with opened(record, "amy") as door:
        assert door.find("Wren Fictitious").children == (), "another worker, who sees their own alone, does not"
    with opened(record, "team.manager") as door:
        assert [found.handle for found in door.find("Wren Fictitious").children] == [child]
    with record.connect(DatabaseRole.OWNER) as owner:
        held = owner.execute("select role, worker_id, team_id, from_on, to_on from record.involvements where child_id"
                             " like 'kw-%'").fetchall()  # fmt: skip
    assert held == [("taken in", "pat", "t1", TODAY, None)], "on duty, until a manager says who works with them"


def test_a_referral_opens_the_child_and_the_manager_is_told_that_nobody_holds_them(record: Database) -> None:
    with opened(record, "business.support") as door:
        child = door.take_in(wanted("b", "referral", replace(NEW, forename="Finch")), ())
        (entry,) = [one for one in door.on_record(child).entries if one.table == "cin_episodes"]
        assert (entry.values["team_id"], entry.values["worker_id"]) == ("t1", "pat")
    with opened(record, "team.manager") as door:
        assert {one.what: one.count for one in door.needs_me()}[Need.NO_WORKER] == 1


def test_children_like_it_are_shown_as_far_as_whoever_writes_may_see_them_and_no_further(record: Database) -> None:
    restricted(record, "team", "far.away")
    seen = {"social.worker": {"own"}, "team.manager": {"own", "supervised"}}
    seen["director"] = {"own", "supervised", "district", "all"}
    for account, children in seen.items():
        with opened(record, account) as door:
            found = door.like(Described("Somebody", "Maydup", BORN))
            assert {one.name for one in found} == {f"{child.title()} Madeup" for child in children}, account
            assert {one.why for one in found} == {Why.BORN}
            assert door.like(Described("Somebody", "Else", BORN)) == []
    with opened(record, "director") as door:
        turned = door.like(Described("District", "Madeup", date(2015, 1, 3)))
        assert [(one.handle, one.why) for one in turned][:1] == [(handle(door, "district"), Why.NAMES)]
        assert door.like(Described("District", "Madeup", date(2011, 7, 7))) == [], "four years apart they are two"


def test_an_unborn_child_is_like_one_expected_about_then_of_the_family_name(record: Database) -> None:
    expected = TODAY + timedelta(days=60)
    with opened(record, "social.worker") as door:
        door.take_in(wanted("c", who=Described("", "Unbornly", None, expected)), ())
        near = door.like(Described("", "Unbornley", None, expected + timedelta(days=20)))
        assert [one.name for one in near] == ["Unbornly"]
        assert door.like(Described("", "Unbornley", None, expected + timedelta(days=29)))[:1] in ([], near)


def test_an_unborn_child_is_born_and_who_the_case_system_names_is_corrected_there(record: Database) -> None:
    born = Described("Robin", "Unborn", date(2026, 3, 18), None, "9434765919")
    with opened(record, "social.worker") as door:
        child = door.take_in(wanted("9", who=Described("", "Unborn", None, TODAY)), ())
        right = WantedName("9" * 32, born, "Born on Wednesday.")
        door.correct_name(child, right)
        door.correct_name(child, right)
        assert door.named_here(child).who == born and door.name_of(child, Moment(TODAY)) == "Robin Unborn"
        with pytest.raises(Refused, match="The case system names"):
            door.correct_name(handle(door, "own"), right)
        with pytest.raises(KeyworkerError, match="Say why"):
            door.correct_name(child, replace(right, why=""))
    with opened(record, "amy") as door, pytest.raises(Refused):
        door.correct_name(child, right)
    with record.connect(DatabaseRole.OWNER) as owner:
        rows = owner.execute("select why from record.changed_why where in_table = 'person'").fetchall()
    assert rows == [("Born on Wednesday.",)]


def test_why_it_is_none_of_them_stands_with_the_child(record: Database) -> None:
    with opened(record, "social.worker") as door:
        shown = door.like(Described("Somebody", "Madeup", BORN))
        one = wanted("d", who=Described("Somebody", "Madeup", BORN), why="A cousin of the same age.")
        assert shown and door.take_in(one, shown)
    with record.connect(DatabaseRole.OWNER) as owner:
        rows = owner.execute("select shown, why_new from record.new_child where new_child_id = %s", ("d" * 32,))
        assert rows.fetchall() == [(1, "A cousin of the same age.")]


def test_whoever_keeps_the_records_is_told_of_a_child_whom_whoever_wrote_might_not_see(record: Database) -> None:
    """The child `district` is with Bea, and Pat as a social worker may not see them; `team` is restricted."""
    with opened(record, "social.worker") as door:
        who = Described("Distrikt", "Madeup", BORN)
        assert "District Madeup" not in {one.name for one in door.like(who)}
        door.take_in(wanted("8", who=who, why="None of mine."), door.like(who))
    with record.connect(DatabaseRole.SERVICE, autocommit=True) as service:
        keep_up(service)
        found = known_already(service, lens_at(service, Moment(TODAY)), {"team"})
    of_it = {one.child_id: one.why for child, one in found if child == f"kw-{'8' * 32}"}
    assert of_it["district"] is Why.NAMES and "team" not in of_it


def test_nobody_else_takes_a_child_in_by_any_door(record: Database) -> None:
    for account in ("performance.analyst", "workforce", "conference.chair", "quality.assurance", "inspector"):
        with opened(record, account) as door:
            with pytest.raises(Refused):
                door.take_in(wanted("e"), ())
            begun = door.own.execute("select access.begin_child(%s, 'pat', 't1')", (f"kw-{'e' * 32}",)).fetchone()
            assert begun == (False,), account
    row = {"child_id": f"kw-{'f' * 32}", "surname": "Fictitious"}
    with opened(record, "social.worker") as door:
        door.needs_me()
        with pytest.raises(WriteRefused):
            append(door.own, Act("entry", "social.worker", "test", "keyworker"), NOW, {"person": [row]})
        for child, worker, team in ((f"kw-{'f' * 32}", "ann", "t1"), (f"kw-{'a' * 32}", "pat", "t1"), ("x", "pat", "")):
            begun = door.own.execute("select access.begin_child(%s, %s, %s)", (child, worker, team)).fetchone()
            assert begun == (False,), (child, "neither to somebody else, nor of one who is known, nor of another shape")


def test_a_number_that_another_form_used_writes_nothing(record: Database) -> None:
    with opened(record, "social.worker") as door:
        door.take_in(wanted("7"), ())
    with opened(record, "amy") as door, pytest.raises(AlreadyRecorded):
        door.take_in(wanted("7"), ())


@pytest.mark.parametrize(
    ("who", "also", "field"),
    [
        (Described("Wren", "", BORN), {}, "surname"),
        (Described("", "Fictitious", BORN), {}, "forename"),
        (Described("Wren", "Fictitious"), {}, "birth_on"),
        (Described("Wren", "Fictitious", BORN, TODAY), {}, "birth_on"),
        (Described("Wren", "Fictitious", TODAY + timedelta(days=1)), {}, "birth_on"),
        (Described("Wren", "Fictitious", date(1990, 1, 1)), {}, "birth_on"),
        (Described("", "Fictitious", None, TODAY + timedelta(days=400)), {}, "expected_on"),
        (replace(NEW, number="12"), {}, "nhs"),
        (NEW, {"parent": "Robin"}, "relation"),
        (NEW, {"relation": "mother"}, "parent"),
        (NEW, {"parent": "Robin", "relation": "none such"}, "relation"),
        (NEW, {"postcode": "ZZ1 1ZZ"}, "address"),
        (NEW, {"why": "x" * 501}, "why"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(who: Described, also: dict[str, str], field: str) -> None:
    assert list(problems(wanted("1", who=who, **also), TODAY)) == [field]
