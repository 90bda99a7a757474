"""Finding a child, a worker or a team through the real door, on a small record worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from keyworker.actions.finding import Found
from keyworker.facts.found import By
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append, correct, erase
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.access.made import NOW, TODAY, told
from tests.access.restricting import opened, restricted
from tests.clocks.made import involvement, tell
from tests.leaving import adopted
from tests.servers.started import Database, Server

LATER = datetime(2026, 3, 20, 10, tzinfo=UTC)
BEGAN = date(2026, 1, 5)


def person(child_id: str, forename: str, surname: str, **also: Any) -> dict[str, Any]:
    return {"child_id": child_id, "forename": forename, "surname": surname, "birth_on": date(2015, 3, 1)} | also


PEOPLE = [
    person("k1", "Mohammed", "O’Fictitious", common_child_id="999 000 0018", legacy_id="OLD-7"),
    person("k2", "Zoë", "Invented-Sample"),
    person("k3", "Zoe", "Imaginary"),
]
BEFORE = [person("k3", "Zoe", "Bygone")]
ROWS: dict[str, list[dict[str, Any]]] = {
    "cin_episodes": [
        {"referral_id": f"r-{one}", "child_id": one, "from_on": BEGAN, "team_id": "t1"} for one in ("k1", "k2")
    ],
    "involvements": [
        involvement(91, "ann", "Lead", BEGAN, None, child_id="k1", team_id="t1"),
        involvement(92, "cal", "Lead", BEGAN, None, child_id="k2", team_id="t3"),
    ],
    "linked_identifiers": [
        {
            "linked_identifier_id": "l1",
            "child_id": "k2",
            "identifier_type": "Unique Pupil Number",
            "identifier_value": "A999000000002",
            "from_on": BEGAN,
        }
    ],
}


@pytest.fixture
def record(embedded_server: Server) -> Iterator[Database]:
    """The service of the access tests, with three more children; Zoe Imaginary was written as Zoe Bygone before."""
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(loader, person=BEFORE, **ROWS)
        tell(loader, {"person": PEOPLE}, source="cin-census", now=LATER)
        loader.commit()
    with made.connect(DatabaseRole.APPLICATION) as keeper:
        (entry,) = keeper.execute("select entry_id from record.person where surname = 'Bygone'").fetchone() or (0,)
        renamed = Act("correction", "Analyst", "made-up service", "")
        correct(keeper, renamed, LATER, "person", int(entry), {"surname": "Imaginary"})
    yield made
    embedded_server.drop(made)


def find(record: Database, typed: str, account: str = "director") -> Found:
    with opened(record, account) as door:
        return door.find(typed)


def children(record: Database, typed: str, account: str = "director") -> list[tuple[str, By]]:
    return [(one.child_id, one.by) for one in find(record, typed, account).children]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Mohammed", [("k1", By.NAME)]),
        ("muhamad ofictitious", [("k1", By.NEAR)]),
        ("FICTITIOUS o", []),
        ("o'fictitious", [("k1", By.NAME)]),
        ("999-000-0018", [("k1", By.NUMBER)]),
        ("old7", [("k1", By.NUMBER)]),
        ("a999000000002", [("k2", By.NUMBER)]),
        ("k2", [("k2", By.NUMBER)]),
        ("sample zoe", [("k2", By.NAME)]),
        ("zoe", [("k2", By.NAME), ("k3", By.NAME)]),
        ("bygone", [("k3", By.FORMER)]),
        ("zoe imaginry", [("k3", By.NEAR)]),
        ("nobody atall", []),
        ("99900000", []),
    ],
)
def test_a_child_is_found_by_a_name_one_near_it_one_from_before_or_a_number(
    record: Database, typed: str, found: list[tuple[str, By]]
) -> None:
    assert children(record, typed) == found


def test_what_is_told_of_a_child_is_what_a_list_tells(record: Database) -> None:
    found = find(record, "mohammed")
    (one,) = found.children
    assert found.only == one and one.worker and one.team
    assert (one.name, one.birth_on, one.age_years) == ("Mohammed O’Fictitious", date(2015, 3, 1), 11)
    assert (one.worker.name, one.team.name, [status.kind for status in one.statuses]) == (
        "Ann Madeup",
        "Fen 1",
        ["referral"],
    )
    (closed,) = find(record, "imaginary").children
    assert closed.row is None and closed.worker is None


def test_a_worker_and_a_team_are_found_and_nothing_of_them_but_who_they_are(record: Database) -> None:
    found = find(record, "ann madeup", "social.worker")
    assert [(one.worker.worker_id, [team.name for team in one.teams], one.has_left) for one in found.workers] == [
        ("ann", ["Fen 1"], False)
    ]
    assert [one.name for one in find(record, "marl").teams] == ["Marl 1"]
    assert [one.worker.worker_id for one in find(record, "anne madup").workers] == ["ann"]


@pytest.mark.parametrize(
    ("account", "names"),
    [
        ("social.worker", {"own"}),
        ("senior.practitioner", {"own", "supervised"}),
        ("team.manager", {"own", "supervised", "team"}),
        ("head.of.service", {"own", "supervised", "team", "district"}),
        ("director", {"own", "supervised", "team", "district", "all"}),
        ("conference.chair", {"own", "supervised", "team", "district", "all"}),
        ("performance.analyst", set()),
        ("workforce", set()),
    ],
)
def test_nobody_finds_a_child_whose_name_they_may_not_see(record: Database, account: str, names: set[str]) -> None:
    """The five children of the made-up service are each called after how far off they stand, and Madeup."""
    with opened(record, account) as door:
        found = {
            one.child_id
            for name in ("own", "supervised", "team", "district", "all")
            for one in door.find(f"{name} madeup").children
        }
    assert found == names


@pytest.mark.parametrize("account", ["councillor", "partner", "administrator"])
def test_who_works_with_no_child_or_worker_finds_nobody(record: Database, account: str) -> None:
    with opened(record, account) as door, pytest.raises(Refused):
        door.find("madeup")


def test_a_restricted_child_is_found_by_nobody_who_is_not_named_and_counted_nowhere(record: Database) -> None:
    whole = find(record, "zoe")
    restricted(record, "k2", "head.of.service")
    assert [one.child_id for one in whole.children] == ["k2", "k3"]
    for typed in ("zoe", "a999000000002", "k2", "invented"):
        assert "k2" not in {one.child_id for one in find(record, typed).children}
    left = find(record, "zoe imaginary")
    assert left.only is not None and left.only.child_id == "k3"


def test_a_record_that_stands_open_in_an_emergency_is_in_no_list_of_those_found(record: Database) -> None:
    glass = {
        "glass_id": "g1",
        "child_id": "k2",
        "account": "social.worker",
        "role": "social worker",
        "reason": "rung by the police at night",
        "happened_on": TODAY,
        "opened_at": datetime(2026, 3, 20, 11, tzinfo=UTC),
        "until_at": datetime(2026, 3, 20, 20, tzinfo=UTC),
        "review_by_on": TODAY,
    }
    with record.connect(DatabaseRole.APPLICATION) as connection:
        append(connection, Act("entry", "social.worker", "test", "keyworker"), NOW, {"broken_glass": [glass]})
    assert children(record, "invented", "social.worker") == []


def test_nothing_leads_from_one_record_of_an_adopted_child_to_the_other(embedded_server: Server) -> None:
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(
            loader,
            **{
                name: rows
                for name, rows in adopted.rows().items()
                if name not in ("involvements", "professionals", "team", "setting")
            },
        )
    for typed, found in (
        ("9990000018", []),
        ("a999000000001", []),
        ("old", ["old"]),
        ("beforehand", ["old"]),
        ("afterwards", ["new"]),
    ):
        assert [child for child, _ in children(made, typed) if child in ("old", "new")] == found, typed
    embedded_server.drop(made)


def test_the_log_keeps_that_somebody_looked_and_who_was_shown_and_not_what_was_typed(record: Database) -> None:
    find(record, "zoe")
    with record.connect(DatabaseRole.OWNER) as owner:
        rows = owner.execute(
            "select account, route, purpose, kind, cardinality(handles) from record.access_log"
            " where route = 'find' order by kind"
        ).fetchall()
        log = owner.execute("select string_agg(l::text, ' ') from record.access_log l").fetchone()
    assert rows == [("director", "find", "test", "child", 2)]
    assert log and "zoe" not in log[0].casefold()


@pytest.mark.parametrize("typed", ["", "z", " - ", "’"])
def test_less_than_two_letters_finds_nobody_and_says_so(record: Database, typed: str) -> None:
    with opened(record, "director") as door, pytest.raises(KeyworkerError, match="at least 2 letters"):
        door.find(typed)


def test_what_is_written_later_is_found_at_once_and_what_is_erased_never_again(record: Database) -> None:
    assert children(record, "brandnew") == []
    with record.connect(DatabaseRole.LOADER) as loader:
        tell(
            loader,
            {"person": [person("k9", "Brandnew", "Madeup")]},
            source="annex-a",
            now=datetime(2026, 3, 20, 11, tzinfo=UTC),
        )
    assert children(record, "brandnew") == [("k9", By.NAME)]
    with record.connect(DatabaseRole.APPLICATION) as connection:
        (entry,) = connection.execute("select entry_id from record.person where child_id = 'k9'").fetchone() or (0,)
        erase(
            connection,
            Act("erasure", "Records Officer", "a court ordered it", ""),
            NOW,
            "person",
            [int(entry)],
            "a court ordered it",
            ("Records Officer", "Head of Service"),
        )
    with record.connect(DatabaseRole.OWNER) as owner:
        assert owner.execute("select count(*) from kept.child_word where child_id = 'k9'").fetchone() == (0,)
        assert owner.execute("select count(*) from kept.name_word where word = 'brandnew'").fetchone() == (0,)
    assert children(record, "brandnew") == []
    assert children(record, "mohammed") == [("k1", By.NAME)]
