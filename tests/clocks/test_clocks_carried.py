"""What a list tells of everybody is carried over acts that touch one child: as it is read anew, and not read."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from keyworker.actions import carried_on
from keyworker.actions.reading import one_reading
from keyworker.actions.warming import read_rows
from keyworker.actions.whole import of_children, of_team, of_worker, whole_at
from keyworker.clocks.children import children_at
from keyworker.clocks.workers import workers_at
from keyworker.facts import children_touched
from keyworker.facts.children_touched import OF_ONE_CHILD, OF_OTHERS
from keyworker.facts.moment import Moment
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, Amendment, amend, append, erase
from keyworker.vocabulary import TABLES, Type
from tests.clocks.made import AT, CP_SETTING, NOW, involvement, service, tell
from tests.servers.started import Database

TODAY = Moment(AT)
ENTRY, CORRECTION = Act("entry", "made up", "made up", "ssd"), Act("correction", "made up", "made up")


def row_of(table: str, child: str) -> dict[str, Any]:
    """A row of a table about a child that says as much as its columns let it."""
    days = {"from_on": AT - timedelta(days=3), "happened_on": AT - timedelta(days=2), "due_on": AT + timedelta(days=1)}
    said = {"outcome": "held", "seen": True, "seen_alone": True, "child_id": child, "target_on": AT}
    row = {name: value for name, value in (days | said).items() if TABLES[table].has(name)}
    if "review" in table or "conference" in table:
        del row["happened_on"]
    keys = {one.name: f"made {child}" for one in TABLES[table].columns if one.required and one.type is Type.TEXT}
    return keys | row


def begun(loader: psycopg.Connection, connection: psycopg.Connection) -> None:
    """A service of which every table tells something, and everybody's rows, read once."""
    rows: dict[str, Any] = {name: [row_of(name, "c2")] for name in OF_ONE_CHILD}
    told = service()
    told["involvements"] = [*told["involvements"], involvement(7, "bea", "Lead", AT, None, child_id="c2")]
    for name, given in told.items():
        rows.setdefault(name, []).extend(given)
    tell(loader, rows | {"setting": [CP_SETTING]})
    with one_reading(connection):
        assert [row.child_id for row in whole_at(connection, TODAY).children] == ["c1", "c2"]


def test_a_row_of_one_child_moves_that_child_alone_and_nobody_else_is_read_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Collection[str] | None] = []

    def noted(*given: Any, **named: Any) -> Any:
        read.append(named.get("child_ids"))
        return children_at(*given, **named)

    monkeypatch.setattr(carried_on, "children_at", noted)
    with (
        database.connect(DatabaseRole.LOADER, autocommit=True) as loader,
        database.connect(DatabaseRole.SERVICE, autocommit=True) as connection,
    ):
        begun(loader, connection)
        for name in sorted(OF_ONE_CHILD):
            written = append(loader, ENTRY, NOW, {name: [row_of(name, "c1")]})
            with one_reading(connection):
                before = len(read)
                mine, known = of_worker(connection, TODAY, "bea"), carried_on.carried(connection, TODAY)
                assert read[before:] == [["c1"]], name
                assert known is not None
                assert mine.children == known.everybody() == children_at(connection, TODAY), name
        with one_reading(connection):
            assert of_worker(connection, TODAY, "eve").workers == workers_at(connection, TODAY, supervisor_id="eve")
            team = of_team(connection, TODAY, "t1")
            assert team.children == children_at(connection, TODAY, team_id="t1")
            assert team.workers == workers_at(connection, TODAY, team_id="t1")
            assert of_children(connection, TODAY, ["c1", "c3"]) == children_at(connection, TODAY, child_ids=["c1"])
        # What is withdrawn is gone for whoever looks next, from what is carried too.
        for name, (entry,) in written.entry_ids.items():
            amend(loader, CORRECTION, NOW, [Amendment(name, entry, None)])
        with one_reading(connection):
            assert whole_at(connection, TODAY).children == children_at(connection, TODAY)


def test_rows_of_everybody_are_read_of_no_table_that_could_move_them_unseen(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    execute = psycopg.Cursor.execute

    def noted(self: Any, query: Any, *more: Any, **named: Any) -> Any:
        asked.append(query.decode() if isinstance(query, bytes) else str(query))
        return execute(self, query, *more, **named)

    with (
        database.connect(DatabaseRole.LOADER, autocommit=True) as loader,
        database.connect(DatabaseRole.SERVICE, autocommit=True) as connection,
    ):
        begun(loader, connection)
        monkeypatch.setattr(psycopg.Cursor, "execute", noted)
        for whose in ({}, {"child_ids": ["c1", "c2"]}):
            children_at(connection, TODAY, **whose)
    read = set(re.findall(r"\brecord\.(\w+)", " ".join(asked))) - {"act", "handle"}
    assert read >= OF_ONE_CHILD
    assert read <= OF_ONE_CHILD | OF_OTHERS


def test_what_may_move_others_and_what_was_erased_is_not_carried(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        database.connect(DatabaseRole.LOADER, autocommit=True) as loader,
        database.connect(DatabaseRole.SERVICE, autocommit=True) as connection,
    ):
        begun(loader, connection)
        written = append(loader, ENTRY, NOW, {"cp_visits": [row_of("cp_visits", "c1")]})
        with one_reading(connection):
            assert carried_on.carried(connection, TODAY) is not None
            assert carried_on.carried(connection, Moment(AT, NOW)) is None
        assert carried_on.carried(connection, TODAY) is None  # between two questions the record may change
        monkeypatch.setattr(children_touched, "MOST", 0)
        children_touched._held.clear()
        with one_reading(connection):
            assert carried_on.carried(connection, TODAY) is None
            assert whole_at(connection, TODAY).children == children_at(connection, TODAY)
        monkeypatch.undo()
        with database.connect(DatabaseRole.APPLICATION, autocommit=True) as keeper:
            act = Act("erasure", "made up", "made up")
            erase(keeper, act, NOW, "cp_visits", written.entry_ids["cp_visits"], "ordered", ("One", "Two"))
        with one_reading(connection):
            assert carried_on.carried(connection, TODAY) is None
            assert whole_at(connection, TODAY).children == children_at(connection, TODAY)
            assert carried_on.carried(connection, TODAY) is not None
        append(loader, ENTRY, NOW, {"family": [{"family_id": "f2", "child_id": "c1"}]})
        with one_reading(connection):
            assert carried_on.carried(connection, TODAY) is None
            assert of_worker(connection, TODAY, "bea").children == children_at(connection, TODAY, worker_id="bea")
        assert read_rows(connection, AT)
        assert not read_rows(connection, AT)
