"""The cover sheet through the real door: what it holds, what it keeps off paper, and what it says is not recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from keyworker.actions.questions.cover import Cover
from keyworker.actions.questions.naming import NotKnown
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append
from keyworker.web.presenters.cover import cover_sheet
from tests.access.made import BEGAN, NOW, TODAY, told
from tests.access.restricting import handle, opened, restricted
from tests.servers.started import Database, Server

STREET = "9 Imaginary Way"
ROWS: dict[str, list[dict[str, Any]]] = {
    "address": [
        {"address_id": "a0", "child_id": "own", "type": "Home", "json": '{"STREET": "1 Bygone Row"}',
         "from_on": date(2025, 1, 6), "to_on": date(2026, 1, 6)},
        {"address_id": "a1", "child_id": "own", "type": "Home", "json": f'{{"STREET": "{STREET}"}}',
         "postcode": "ZZ1 1ZZ", "from_on": date(2026, 1, 6)},
    ],
    "visit_warning": [
        {"warning_id": "w1", "child_id": "own", "kind": "visit in pairs", "says": "See the note.",
         "set_by": "team manager", "from_on": BEGAN, "review_on": date(2026, 3, 1)},
        {"warning_id": "w2", "child_id": "own", "kind": "dog", "from_on": BEGAN, "to_on": date(2026, 2, 1)},
    ],
    "communication": [
        {"communication_id": "c1", "child_id": "own", "who": "parent", "language": "Madeupish", "from_on": BEGAN},
    ],
    "family": [{"family_id": "f1", "child_id": "own"}, {"family_id": "f1", "child_id": "all"}],
    "disability": [{"disability_id": "d1", "child_id": "own", "disability_code": "HEAR"}],
}  # fmt: skip


@pytest.fixture
def record(embedded_server: Server) -> Iterator[Database]:
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(loader, **ROWS)
    yield made
    embedded_server.drop(made)


def sheet(record: Database, child: str = "own", account: str = "social.worker") -> Cover:
    with opened(record, account) as door:
        return door.cover_sheet(handle(door, child))


def mark(record: Database, **row: Any) -> None:
    base = {"marker_id": "m1", "child_id": "own", "kind": "address", "told_to": "named person", "relation": "father",
            "person": "Frank Madeup", "why": "safe address", "said_by": "court", "from_on": BEGAN}  # fmt: skip
    with record.connect(DatabaseRole.APPLICATION) as connection:
        append(connection, Act("entry", "test", "test", "keyworker"), NOW, {"not_to_be_told": [base | row]})


def words(found: Cover) -> str:
    """Everything that the page says of it."""
    shown = cover_sheet(found, TODAY)
    lines = [f"{line.term}: {' | '.join(line.said)}" for part in shown.parts for line in part.lines]
    return "\n".join([shown.answer, *shown.warnings, *shown.not_told, *lines, shown.missing])


def test_it_says_what_whoever_stands_before_the_door_must_know(record: Database) -> None:
    said = words(sheet(record))
    for one in (
        "Own Madeup works with Pat Madeup and has no visit recorded.",
        "Nobody visits alone: See the note. (since 5 January 2026, set by team manager; to be looked at again by "
        "1 March 2026 and was not).",
        "Age: 11 years, born 1 March 2015",
        "Language: The parent’s: Madeupish, interpreter: not recorded",
        f"{STREET}, ZZ1 1ZZ | Since 6 January 2026",
        "Child protection plan: Since 5 January 2026",
        "Lead worker: Pat Madeup",
        "Team: Fen 1, Fenland",
        "Last seen: Not recorded",
    ):
        assert one in said, one
    assert "Bygone" not in said and "dog" not in said, "what has ended stands on no sheet"


def test_it_says_what_the_record_does_not_hold_and_that_this_is_not_the_same_as_nothing(record: Database) -> None:
    said = words(sheet(record, "team", "team.manager"))
    assert "Language: Not recorded: nobody has asked" in said
    assert "Address: Not recorded" in said
    assert "warnings before a visit. That is not the same as there being none." in said
    assert "parental responsibility" in said and "telephone" in said and "school" in said


@pytest.mark.parametrize(
    "row",
    [
        {"in_table": "address", "in_row": "a1"},
        {"value": STREET},
        {"in_table": "address", "in_row": "a1", "told_to": "anyone outside", "relation": None, "person": None},
    ],
)
def test_what_is_marked_stands_on_no_paper_and_the_sheet_says_to_whom_it_must_not_be_told(
    record: Database, row: dict[str, Any]
) -> None:
    mark(record, **row)
    found = sheet(record)
    said = words(found)
    assert STREET not in said and "ZZ1" not in said and STREET not in repr(found)
    assert "so it does not stand on paper" in said and cover_sheet(found, TODAY).not_told


def test_the_free_words_of_a_warning_that_tell_what_is_marked_stay_off_paper_and_the_warning_stands(
    record: Database,
) -> None:
    warning = {"warning_id": "w9", "child_id": "own", "kind": "safe contact", "from_on": BEGAN, "says": f"At {STREET}."}
    with record.connect(DatabaseRole.APPLICATION) as connection:
        append(connection, Act("entry", "test", "test", "keyworker"), NOW, {"visit_warning": [warning]})
    assert f"At {STREET}." in words(sheet(record))
    mark(record, in_table="address", in_row="a1")
    said = words(sheet(record))
    assert STREET not in said and "its words tell something that is marked" in said
    assert "How and when it is safe to call, write or come" in said


@pytest.mark.parametrize("account", ["social.worker", "director"])
def test_a_home_marked_of_a_brother_stands_on_no_sheet_and_of_one_out_of_sight_nothing_else_is_told(
    record: Database, account: str
) -> None:
    mark(record, child_id="all", value=f"{STREET.upper()}, Madeup-on-Sea")
    said = words(sheet(record, account=account))
    assert STREET not in said and "ZZ1" not in said and "so it does not stand on paper" in said
    assert ("Frank Madeup" in said) is (account == "director"), "who sees the brother is told to whom"
    assert "safe address" not in said and not sheet(record, account=account).marked


def test_a_marker_that_was_withdrawn_keeps_nothing_off(record: Database) -> None:
    mark(record, in_table="address", in_row="a1", to_on=BEGAN)
    assert STREET in words(sheet(record))


def test_nobody_reads_the_sheet_of_a_child_who_is_not_theirs_or_is_restricted(record: Database) -> None:
    for child, account in (("all", "social.worker"), ("own", "performance.analyst")):
        with opened(record, account) as door, pytest.raises(Exception) as refused:
            door.cover_sheet(handle(door, child))
        assert type(refused.value).__name__ in ("NotKnown", "Refused")
    restricted(record, "own", "nobody.here")
    with opened(record, "director") as door, pytest.raises(NotKnown):
        door.cover_sheet(handle(door, "own"))
