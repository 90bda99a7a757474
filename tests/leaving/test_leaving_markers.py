"""Marking what must not be told of a child by hand, and withdrawing it, on a small record worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import psycopg
import pytest
from typer.testing import CliRunner

from keyworker.access import Asker, RoleHeld
from keyworker.actions import Keyworker
from keyworker.actions.marking import problems, warning
from keyworker.actions.questions.naming import NotKnown
from keyworker.actions.questions.needs import Need
from keyworker.cli import app
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.marked import Markable
from keyworker.facts.moment import Moment
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, AlreadyRecorded, correct
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.clocks.made import tell
from tests.leaving.made import NEW_HOME, NOW, OLD_HOME, TODAY, asker, manager, rows, wanted
from tests.servers.asking import asking
from tests.servers.started import Database

MOMENT = Moment(TODAY)
CHAIR = ("conference chair", "all")


@pytest.fixture
def record(as_database_url: Database) -> Database:
    with as_database_url.connect(DatabaseRole.LOADER) as loader:
        tell(loader, rows(), now=NOW - timedelta(days=1))
    return as_database_url


@pytest.fixture
def connection(record: Database) -> Iterator[psycopg.Connection]:
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as opened:
        yield opened


def _door(connection: psycopg.Connection, who: Asker | None = None) -> Keyworker:
    return asking(who or asker(), connection, NOW)


def _ash(connection: psycopg.Connection) -> str:
    return handles_of(connection, HandleKind.CHILD, ["ash"])["ash"]


def test_each_address_and_placement_of_a_child_can_be_marked(connection: psycopg.Connection) -> None:
    found = _door(connection).markables(_ash(connection))
    assert [(one.in_table, one.in_row, one.kind, one.values) for one in found] == [
        ("address", "AD2", "address", (NEW_HOME, "ZZ1 2AB")),
        ("address", "AD1", "address", (OLD_HOME, "ZZ9 9ZZ")),
        ("cla_placement", "PL1", "placement", ("SC123456", "ZZ3 4CD")),
    ]


def test_a_marked_row_marks_every_value_that_it_has_and_ever_had(
    record: Database, connection: psycopg.Connection
) -> None:
    door, ash = _door(connection), _ash(connection)
    door.mark(ash, wanted())
    with record.connect(DatabaseRole.LOADER) as loader:
        (entry,) = loader.execute("select entry_id from record.address where address_id = 'AD2'").fetchall()
        act = Act("correction", "Analyst", "the postcode was mistyped")
        correct(loader, act, NOW + timedelta(hours=1), "address", entry[0], {"postcode": "ZZ5 6EF"})
    (one,) = door.markers(MOMENT, ash)
    assert one.values == (NEW_HOME, "ZZ1 2AB", "ZZ5 6EF")
    assert (one.kind, one.told_to, one.relation, one.person) == ("address", "named person", "father", "Fred Fictional")
    assert (one.why, one.said_by, one.from_on, one.written_by) == ("safe address", "Family court", TODAY, "ann.madeup")
    assert one.on == date(2026, 1, 5)


def test_the_childs_page_is_warned_of_what_kind_to_whom_and_why_without_the_thing(
    connection: psycopg.Connection,
) -> None:
    door, ash = _door(connection), _ash(connection)
    door.mark(ash, wanted())
    (one,) = door.warnings(ash)
    assert warning(one) == "An address must not be told to Fred Fictional (father): safe address."
    assert one.values == () and one.value is None


def test_a_withdrawn_marker_warns_nobody_and_what_was_known_can_still_be_asked(connection: psycopg.Connection) -> None:
    door, ash = _door(connection), _ash(connection)
    door.mark(ash, wanted())
    (one,) = door.markers(MOMENT, ash)
    later = asking(asker(), connection, NOW + timedelta(hours=1))
    later.ask_to_withdraw(ash, one.marker_id, "The order was discharged.")
    second = asking(manager(), connection, NOW + timedelta(hours=2))
    second.answer_withdrawal(ash, one.marker_id, "I have read the order.", agrees=True)
    later = asking(asker(), connection, NOW + timedelta(hours=3))
    assert later.warnings(ash) == []
    (gone,) = later.markers(MOMENT, ash)
    assert gone.withdrawn is not None and gone.withdrawn[::2] == ("max.madeup", "I have read the order.")
    (then,) = later.markers(Moment(TODAY, NOW + timedelta(minutes=1)), ash)
    assert then.withdrawn is None
    with pytest.raises(KeyworkerError, match="withdrawn already"):
        later.ask_to_withdraw(ash, one.marker_id, "Again.")


def test_a_marker_holds_until_another_person_agrees_that_it_is_withdrawn(connection: psycopg.Connection) -> None:
    door, ash = _door(connection), _ash(connection)
    door.mark(ash, wanted())
    (one,) = door.markers(MOMENT, ash)
    with pytest.raises(KeyworkerError, match="Nobody asks"):
        _door(connection, manager()).answer_withdrawal(ash, one.marker_id, "Mistaken.", agrees=True)
    door.ask_to_withdraw(ash, one.marker_id, "No longer so.")
    assert len(door.warnings(ash)) == 1
    with pytest.raises(Refused, match="another person must agree"):
        door.answer_withdrawal(ash, one.marker_id, "I say so.", agrees=True)
    chair = _door(connection, replace(asker("cy.madeup", "conference chair", None), roles=(RoleHeld(*CHAIR),)))
    with pytest.raises(Refused, match="answers for the child"):
        chair.answer_withdrawal(ash, one.marker_id, "I say so.", agrees=True)
    second = asking(manager(), connection, NOW + timedelta(hours=1))
    (waits,) = second.markers_to_withdraw()
    assert (waits.handle, waits.marker.asked, waits.marker.values) == (ash, ("ann.madeup", "No longer so."), ())
    assert {need.what: need.count for need in second.needs_me()}[Need.COPIES] == 1
    second.answer_withdrawal(ash, one.marker_id, "The order stands.", agrees=False)
    (kept,) = second.markers(MOMENT, ash)
    assert (kept.asked, kept.withdrawn, kept.kept_why) == (None, None, "The order stands.")
    assert second.markers_to_withdraw() == [] and len(second.warnings(ash)) == 1


def test_a_marker_holds_to_its_last_day_and_not_the_day_after(connection: psycopg.Connection) -> None:
    door, ash = _door(connection), _ash(connection)
    door.mark(ash, wanted(last_on=TODAY + timedelta(days=2)))
    assert len(asking(asker(), connection, NOW + timedelta(days=2)).warnings(ash)) == 1
    assert asking(asker(), connection, NOW + timedelta(days=3)).warnings(ash) == []


def test_a_form_that_is_sent_twice_writes_once(connection: psycopg.Connection) -> None:
    door, ash, twice = _door(connection), _ash(connection), wanted()
    door.mark(ash, twice)
    with pytest.raises(AlreadyRecorded):
        door.mark(ash, twice)


def test_the_team_manager_may_mark_and_whoever_only_looks_may_not(connection: psycopg.Connection) -> None:
    ash = _ash(connection)
    assert _door(connection, manager()).refusal_to_mark(ash) is None
    looks = _door(connection, asker("quinn", "quality assurance", None))
    with pytest.raises(Refused, match="those who work with the child"):
        looks.may_mark(ash)
    with pytest.raises(Refused):
        looks.markers(MOMENT, ash)
    beyond = _door(connection, asker("sam", "social worker", "max"))
    with pytest.raises(NotKnown):
        beyond.markers(MOMENT, ash)


ROW = Markable("address", "AD2", "address", (NEW_HOME,), date(2026, 1, 5), None)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"row": ("address", "AD9")}, "what"),
        ({"row": None, "kind": "colour", "value": "blue"}, "what"),
        ({"row": None, "kind": "school", "value": "ab"}, "value"),
        ({"row": None, "kind": "school", "value": "x" * 501}, "value"),
        ({"told_to": "the moon"}, "told_to"),
        ({"relation": "astrologer"}, "relation"),
        ({"person": " "}, "person"),
        ({"why": "because"}, "why"),
        ({"said_by": ""}, "said_by"),
        ({"last_on": TODAY - timedelta(days=1)}, "last_on"),
    ],
)
def test_what_is_missing_or_wrong_is_said_by_its_field(changed: dict[str, object], field: str) -> None:
    assert set(problems(wanted(**changed), [ROW], TODAY)) == {field}


def test_a_whole_marker_has_nothing_wrong_with_it() -> None:
    assert problems(wanted(), [ROW], TODAY) == {}
    assert problems(wanted(row=None, kind="school", value="Fernbank Primary"), [], TODAY) == {}


def _run(*words: str, typed: str | None = None) -> str:
    result = CliRunner().invoke(app, list(words), input=typed)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_commands_mark_list_and_withdraw(record: Database) -> None:
    said = _run(
        "mark", "--child", "ash", "--kind", "carer", "--value", "-", "--why", "court order",
        "--said-by", "Family court", typed="Rose Unreal\n",
    )  # fmt: skip
    number = said.split()[3].rstrip(".")
    (one,) = json.loads(_run("not-to-be-told", "--child", "ash", "--json"))
    assert one["marker_id"] == number and one["told_to"] == "anyone outside" and "value" not in one
    (named,) = json.loads(_run("not-to-be-told", "--child", "ash", "--json", "--names", "--reason", "a test"))
    assert named["value"] == "Rose Unreal"
    assert "until a second person agrees" in _run("unmark", number, "--child", "ash", "--why", "Mistaken.")
    (asked,) = json.loads(_run("not-to-be-told", "--child", "ash", "--json"))
    assert asked["asked_by"] and "asked_why" not in asked and not asked["withdrawn_by"]
    answering = ["answer-unmark", number, "--child", "ash", "--why", "Mistaken."]
    refused = CliRunner().invoke(app, [*answering, "--agree"])
    assert isinstance(refused.exception, Refused) and "another person must agree" in str(refused.exception)
    assert "It stands" in _run(*answering, "--refuse")
