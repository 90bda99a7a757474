"""Where Keyworker is the home of a kind of entry, nothing else is read of its days, and nothing is counted twice."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest

from keyworker.facts.ground import lens_at
from keyworker.facts.moment import Moment
from keyworker.facts.rows import fetch
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append
from keyworker.vocabulary.homes import AtHome, at_home
from tests.clocks.made import CP_SETTING, involvement, service, tell
from tests.servers.started import Database

BEGAN = date(2026, 1, 5)
MOVED = date(2026, 3, 2)
AT = date(2026, 3, 20)


def home(value: str, from_on: date) -> dict[str, Any]:
    return {**CP_SETTING, "name": "home of allocations", "applies_to": "all", "value": value, "from_on": from_on}


def written(connection: psycopg.Connection, *rows: dict[str, Any]) -> None:
    act = Act("entry", "Manager", "allocate a child", "keyworker")
    append(connection, act, datetime(2026, 3, 19, 9, tzinfo=UTC), {"involvements": list(rows)})


def held(connection: psycopg.Connection, at: date = AT, *, running: bool = False) -> list[tuple[Any, ...]]:
    table = "{involvements:in_force}" if running else "{involvements}"
    query = f"select worker_id, from_on, to_on, source from {table} i where child_id = 'c1' and role = 'Lead'"
    return fetch(connection, lens_at(connection, Moment(at)), f"{query} order by from_on, worker_id, source")


@pytest.fixture
def loader(as_database_url: Database) -> Any:
    with as_database_url.connect(DatabaseRole.LOADER) as connection:
        tell(connection, {**service(), "setting": [home("keyworker", MOVED)]}, now=datetime(2026, 3, 18, 9, tzinfo=UTC))
        yield connection


def test_what_the_extract_tells_of_later_days_is_not_read_and_of_the_day_itself_is(loader: psycopg.Connection) -> None:
    rows = [
        involvement(11, "fay", "Lead", MOVED, None),
        involvement(12, "gus", "Lead", date(2026, 3, 3), None),
    ]
    tell(loader, {"involvements": rows}, now=datetime(2026, 3, 19, 9, tzinfo=UTC))
    assert [row[0] for row in held(loader)] == ["ann", "bea", "bea", "fay"]
    assert [row[0] for row in held(loader, date(2026, 3, 1))] == ["ann", "bea", "bea"]


def test_an_ending_that_is_written_here_takes_the_place_of_the_extracts_open_row(loader: psycopg.Connection) -> None:
    ended = involvement(3, "bea", "Lead", date(2026, 3, 1), date(2026, 3, 10)) | {"involvement_id": "h1"}
    new = involvement(4, "hal", "Lead", date(2026, 3, 10), None) | {"involvement_id": "h2"}
    written(loader, ended, new)
    assert held(loader)[2:] == [
        ("bea", date(2026, 3, 1), date(2026, 3, 10), "keyworker"),
        ("hal", date(2026, 3, 10), None, "keyworker"),
    ]
    assert [row[0] for row in held(loader, running=True)] == ["hal"]
    assert [row[0] for row in held(loader, date(2026, 3, 9), running=True)] == ["bea"]
    # The next extract still says that bea holds the child: it is loaded, and still not believed.
    tell(loader, {"involvements": [involvement(13, "bea", "Lead", date(2026, 3, 1), None)]}, source="pack")
    assert [row[0] for row in held(loader, running=True)] == ["hal"]


def test_where_the_home_is_the_case_system_its_own_word_is_believed(as_database_url: Database) -> None:
    with as_database_url.connect(DatabaseRole.LOADER) as connection:
        tell(connection, service() | {"setting": [CP_SETTING]}, now=datetime(2026, 3, 18, 9, tzinfo=UTC))
        written(connection, involvement(3, "bea", "Lead", date(2026, 3, 1), date(2026, 3, 10)))
        assert [row[0] for row in held(connection, running=True)] == ["bea"]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ([], ()),
        ([(BEGAN, None, "case system")], ()),
        ([(BEGAN, None, "Keyworker ")], (AtHome(BEGAN, None),)),
        ([(BEGAN, None, "keyworker"), (MOVED, None, "case system")], (AtHome(BEGAN, MOVED),)),
        ([(MOVED, None, "keyworker"), (BEGAN, None, "case system")], (AtHome(MOVED, None),)),
        ([(BEGAN, date(2026, 2, 1), "keyworker"), (MOVED, None, "keyworker")],
         (AtHome(BEGAN, date(2026, 2, 1)), AtHome(MOVED, None))),
    ],
)  # fmt: skip
def test_a_later_row_of_the_setting_takes_an_earlier_ones_place(said: Any, found: tuple[AtHome, ...]) -> None:
    assert at_home(said) == found
