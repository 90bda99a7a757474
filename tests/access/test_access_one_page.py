"""A page is one reading: all of it at one instant, and logged before anything of it is given."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import psycopg
import pytest

from keyworker.actions import Keyworker
from keyworker.actions.questions.naming import NotKnown
from keyworker.actions.reading import one_reading
from keyworker.actions.whole import whole_at
from keyworker.clocks import story
from keyworker.facts.moment import Moment
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append
from tests.access.made import NOW, TODAY, service
from tests.access.restricting import handle, opened, questions, restricted
from tests.clocks.made import involvement, tell
from tests.servers.started import Database

MOMENT = Moment(TODAY)


@pytest.fixture
def record(database: Database) -> Database:
    """The made-up service."""
    with database.connect(DatabaseRole.LOADER) as loader:
        tell(loader, service())
    return database


def lines(record: Database) -> list[tuple[Any, ...]]:
    with record.connect(DatabaseRole.OWNER, autocommit=True) as owner:
        return owner.execute(
            "select route, role, warrant, purpose, kind, handles, count from record.access_log order by log_id"
        ).fetchall()


def _read(door: Keyworker, child: str) -> list[object]:
    return [door.my_children(MOMENT), door.child(child, MOMENT), door.warnings(child), door.sources()]


def test_a_page_gives_and_logs_what_its_questions_do_one_by_one(record: Database) -> None:
    with opened(record, "social.worker") as door:
        child = handle(door, "own")
        singly = _read(door, child)
        logged = lines(record)
        with door.one_page():
            assert _read(door, child) == singly
            assert lines(record) == logged, "nothing is logged before the page ends"
    assert len(logged) >= 4
    assert lines(record) == [*logged, *logged]


def test_a_page_on_which_something_is_not_given_logs_that_and_what_it_read_before(record: Database) -> None:
    with opened(record, "social.worker") as door:
        child, other = handle(door, "own"), handle(door, "all")
        with pytest.raises(NotKnown), door.one_page():
            door.child(child, MOMENT)
            door.child(other, MOMENT)
    assert [(route, handles) for route, *_, handles, _ in lines(record)] == [
        ("child", [child]),
        ("not given: child", []),
    ]


def test_a_page_shows_nothing_that_was_written_while_it_was_read(record: Database) -> None:
    with opened(record, "social.worker") as door:
        with door.one_page():
            before = {one.child_id for one in door.my_children(MOMENT).every()}
            with record.connect(DatabaseRole.LOADER) as loader:
                more = involvement(70, "pat", "Lead", date(2026, 3, 1), None, child_id="all", team_id="t3")
                append(loader, Act("entry", "Analyst", "test", "ssd"), NOW, {"involvements": [more]})
            assert {one.child_id for one in door.my_children(MOMENT).every()} == before == {"own"}
        with door.one_page():
            assert {one.child_id for one in door.my_children(MOMENT).every()} == {"own", "all"}


def test_nothing_is_written_within_a_page(record: Database) -> None:
    with opened(record, "director") as door:
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction), door.one_page():
            append(door.own, Act("entry", "director", "test", "keyworker"), NOW, {"workforce_snapshot": []})
        door.sources()


def test_a_story_is_the_same_with_everybodys_rows_at_hand_whoever_of_the_family_is_in_sight(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.connect(DatabaseRole.LOADER) as loader:
        tell(loader, service(family=[{"family_id": "f1", "child_id": child} for child in ("own", "all")]))
    read: list[object] = []
    plain = story.rows_of
    monkeypatch.setattr(story, "rows_of", lambda *told: (read.append(told), plain(*told))[1])

    def told() -> list[object]:
        found: list[object] = []
        for account in ("director", "social.worker"):
            with opened(database, account) as door, door.one_page():
                found.append(door.child(handle(door, "own"), MOMENT))
        return found

    def at_hand() -> None:
        with database.connect(DatabaseRole.SERVICE, autocommit=True) as connection, one_reading(connection):
            whole_at(connection, MOMENT)

    before = told()
    assert len(read) == 2
    at_hand()
    assert told() == before
    assert len(read) == 2, "nobody reads the row once more, whether the brother is in sight or not"
    assert [one.child.siblings_open for one in before] == [1, 0]  # type: ignore[attr-defined]
    restricted(database, "all", "far.away")
    at_hand()
    assert [one.child.siblings_open for one in told()] == [0, 0]  # type: ignore[attr-defined]
    assert len(read) == 2


def test_a_page_asks_as_much_of_a_child_with_a_hidden_brother_as_of_one_with_none(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked() -> Counter[str]:
        with database.connect(DatabaseRole.SERVICE, autocommit=True) as connection, one_reading(connection):
            whole_at(connection, MOMENT)
        with opened(database, "director") as door:
            child = handle(door, "own")
            with door.one_page():
                door.child(child, MOMENT)

            def once_more() -> None:
                with door.one_page():
                    door.child(child, MOMENT)

            return Counter(questions(monkeypatch, once_more))

    with database.connect(DatabaseRole.LOADER) as loader:
        tell(loader, service(family=[{"family_id": "f1", "child_id": "own"}]))
    restricted(database, "district", "far.away")
    alone = asked()
    with database.connect(DatabaseRole.LOADER) as loader:
        tell(loader, {"family": [{"family_id": "f1", "child_id": "all"}]})
    restricted(database, "all", "far.away")
    assert asked() == alone
