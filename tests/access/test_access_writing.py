"""The database lets nobody write what is not theirs to write: asked by itself, with the application left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from psycopg import sql

from keyworker.record import policies
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, Amendment, amend, append
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.errors import KeyworkerError
from tests.access.made import HELD, NOW, TODAY, account
from tests.access.policed import signed, whole
from tests.access.rows import every_row
from tests.servers.started import Database, Server

CHILDREN = sorted(one.value for one in HELD)


@pytest.fixture(scope="module")
def record(embedded_server: Server) -> Iterator[Database]:
    with whole(embedded_server) as made:
        yield made


@pytest.mark.parametrize(
    ("role", "table", "may"),
    [
        ("team manager", "timescale_exception", {"own"}),
        ("team manager", "involvements", {"own"}),
        ("team manager", "visit_note", {"own"}),
        # Placements are read from the case system's extract, and written here by nobody.
        ("team manager", "cla_episodes", set()),
        ("team manager", "cp_plans", {"own"}),
        ("conference chair", "cin_episodes", set()),
        ("team manager", "restriction", set()),
        # They see every child, and decide who works with none.
        ("conference chair", "involvements", set()),
        ("quality assurance", "involvements", set()),
        ("inspector", "visit_note", set()),
        ("director", "involvements", {"own", "all"}),
        ("director", "visit_note", set()),
    ],
)
def test_somebody_writes_of_children_in_their_sight_what_is_theirs_to_write(
    record: Database, role: str, table: str, may: set[str]
) -> None:
    rows = {row["child_id"]: row for row in every_row(staying=TABLES[table].stays)[table]}
    with signed(record, role) as one:
        assert {child for child in ("own", "all") if writes(one.bare, table, rows[child])} == may


def test_every_table_about_a_child_that_is_written_here_alone_says_to_whom_that_is_open() -> None:
    staying = {name for name, table in TABLES.items() if table.stays and table.about == "child_id"}
    assert staying - {"broken_glass"} <= set(policies.WRITES)


def writes(bare: psycopg.Connection, table: str, row: dict[str, Any]) -> bool:
    """Whether a row can be written as whoever asks, by a bare question. It is taken back."""
    columns = ["act_id", "source", "row_key", "digest", "standing", "recorded_at", *row]
    said = sql.SQL(", ").join(map(sql.Identifier, columns))
    into = sql.SQL(
        "insert into record.{} ({}) select max(act_id), 'x', gen_random_uuid(), gen_random_uuid(), 'reported',"
        " max(recorded_at), {} from record.act"
    ).format(sql.Identifier(table), said, sql.SQL(", ").join(map(sql.Literal, row.values())))
    try:
        with bare.transaction():
            bare.execute(
                "insert into record.act (kind, author, purpose, source, tables, recorded_at)"
                " values ('entry', 'x', 'x', 'x', array[%s], now())",
                (table,),
            )
            bare.execute(into)
            raise psycopg.Rollback
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True


def test_nobody_writes_that_another_opened_a_record_in_an_emergency(record: Database) -> None:
    row = every_row(staying=True)["broken_glass"][0] | {"child_id": "own", "glass_id": "g-forged"}
    with signed(record, "team manager") as one:
        assert not writes(one.bare, "broken_glass", row)
        assert writes(one.bare, "broken_glass", row | {"account": "team.manager"})


def test_nobody_erases_rows_about_a_child_beyond_them(record: Database) -> None:
    """The team manager sees Pat's own child whole, and not the one far away."""
    erased = "select record.erase((select max(act_id) from record.act), 'cin_episodes', %s, 'ordered', '{One,Two}')"
    with record.bare_connect(DatabaseRole.OWNER, autocommit=True) as owner:
        rows = owner.execute("select child_id, array_agg(entry_id) from record.cin_episodes group by 1").fetchall()
    entries = dict(rows)
    with signed(record, "team manager") as one:
        assert one.bare.execute("select access.sees_all_of('{own}'), access.sees_all_of('{all}')").fetchone() == (
            True,
            False,
        )
        for child, may in (("own", 1), ("all", 0)):
            with one.bare.transaction():
                one.bare.execute(
                    "insert into record.act (kind, author, purpose, source, tables, recorded_at)"
                    " values ('erasure', 'x', 'x', 'ssd', '{cin_episodes}', now())"
                )
                assert one.bare.execute(erased, (entries[child],)).fetchone() == (may,), child
                raise psycopg.Rollback


def plan_action(child: str, role: str) -> dict[str, Any]:
    """An action of a child's plan that is another agency's, for whoever holds a role."""
    said = {"action_id": f"given to {role}", "plan": "cp", "what": "made-up", "agency": "health"}
    return said | {"child_id": child, "account": account(role), "happened_on": TODAY, "due_on": TODAY}


@pytest.mark.parametrize(("role", "theirs"), [("partner", ()), ("social worker", ("own",))])
def test_nobody_gives_themselves_an_action_of_the_plan_of_a_child_beyond_them(
    record: Database, role: str, theirs: tuple[str, ...]
) -> None:
    """The social worker works with Pat's own child. The partner works with none: an action is given to them."""
    with signed(record, role) as one:
        for child in CHILDREN:
            assert writes(one.bare, "plan_action", plan_action(child, role)) is (child in theirs), child


def test_an_action_given_to_another_agency_is_theirs_to_end_for_that_child_alone(record: Database) -> None:
    given = plan_action("own", "partner")
    act = Act("entry", "made-up", "made-up service", "keyworker")
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as keeper:
        append(keeper, act, NOW, {"plan_action": [given]})
    find = "select max(entry_id), bool_or(done) from record.plan_action where action_id = 'given to partner'"
    with signed(record, "partner") as one:
        for child in CHILDREN:
            assert writes(one.bare, "plan_action", given | {"child_id": child}) is (child == "own"), child
        (entry, _) = one.bare.execute(find).fetchall()[0]
        ended = Amendment("plan_action", entry, {"ended_on": TODAY, "done": True})
        amend(one.bare, replace(act, kind="correction"), NOW, [ended])
        (entry, done) = one.bare.execute(find).fetchall()[0]
        assert done
        for other in ({"child_id": "all"}, {"account": account("social worker")}):
            with pytest.raises(KeyworkerError):
                amend(one.bare, replace(act, kind="correction"), NOW, [Amendment("plan_action", entry, other)])
        assert one.bare.execute(find).fetchall() == [(entry, True)]
