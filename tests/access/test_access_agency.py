"""What another agency writes at the database: what came of its own actions, its own challenges, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from psycopg import sql

from keyworker.record.connect import DatabaseRole
from keyworker.record.digest import digest
from keyworker.record.writer import Act, Amendment, amend, append
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.errors import KeyworkerError
from tests.access.made import BEGAN, NOW, TODAY, account
from tests.access.policed import ACT, CHILDREN, signed, whole, writes
from tests.servers.started import Database, Server


@pytest.fixture(scope="module")
def record(embedded_server: Server) -> Iterator[Database]:
    with whole(embedded_server) as made:
        yield made


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


def agreed(row: dict[str, Any], *, agrees: bool = True) -> dict[str, Any]:
    """That a second person looked at the words of an action: something is marked of every child here."""
    said = {"telling_id": f"of {row['action_id']} {agrees}", "in_table": "plan_action", "in_row": row["action_id"]}
    said |= {"child_id": row["child_id"], "contents": "0" * 64, "account": account("team manager")}
    return said | {"happened_on": TODAY, "agrees": agrees, "why": "made-up"}


def ending(row: dict[str, Any]) -> dict[str, Any]:
    """What came of an action, of whoever is to do it."""
    return row | {"ended_on": TODAY, "done": True, "outcome": "made-up"}


def follows(bare: psycopg.Connection, row: dict[str, Any], **beside: str) -> bool:
    """Whether a row can be put in the place of the action that stands under its number, by bare questions."""
    held = {"standing": "was.standing", "row_key": "was.row_key", **beside}
    hashed = f"'{digest(TABLES['plan_action'], row)}'::uuid"
    values = f"act.act_id, was.source, {held['row_key']}, {hashed}, {held['standing']}, act.recorded_at"
    into = sql.SQL("insert into record.plan_action ({}) select {}, was.entered_at, {} from act, was").format(
        sql.SQL("act_id, source, row_key, digest, standing, recorded_at, entered_at, ")
        + sql.SQL(", ").join(map(sql.Identifier, row)),
        sql.SQL(values),
        sql.SQL(", ").join(map(sql.Literal, row.values())),
    )
    was = sql.SQL(
        "with was as (select * from record.plan_action where action_id = {} order by entry_id desc limit 1),"
        " act as (select * from record.act order by act_id desc limit 1) "
    ).format(sql.Literal(row["action_id"]))
    try:
        with bare.transaction():
            bare.execute(
                "insert into record.act (kind, author, purpose, source, tables, recorded_at)"
                " values ('correction', access.account(), 'x', 'keyworker', '{plan_action}', now())"
            )
            replaced = "update record.plan_action p set superseded_at = act.recorded_at from was, act"
            bare.execute(was + sql.SQL(f"{replaced} where p.entry_id = was.entry_id"))
            bare.execute(was + into)
            raise psycopg.Rollback
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True


OTHERWISE: dict[str, Any] = {
    "happened_on": BEGAN,
    "plan": "cin",
    "need": "another",
    "what": "another",
    "agency": "school",
    "worker_id": "pat",
    "relation": "mother",
    "account": account("social worker"),
    "told_as": "another",
    "due_on": BEGAN,
    "first_due_on": BEGAN,
    "moved_why": "another",
}
"""Another value of each thing that an action says, but its number, its child and what came of it."""


def test_another_agency_writes_of_an_action_that_it_was_given_what_came_of_it_once_and_nothing_else(
    record: Database,
) -> None:
    given, act = plan_action("own", "partner"), replace(ACT, author=account("partner"))
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as keeper:
        append(keeper, act, NOW, {"plan_action": [given], "told_to_agency": [agreed(given)]})
    ends = ("action_id", "child_id", "ended_on", "done", "outcome")
    assert set(OTHERWISE) == set(TABLES["plan_action"].column_names) - set(ends)
    find = "select max(entry_id), bool_or(done) from record.plan_action where action_id = 'given to partner'"
    ended = Amendment("plan_action", 0, {name: ending(given)[name] for name in ends[2:]})
    with signed(record, "partner") as one:
        for child in CHILDREN:
            assert follows(one.bare, ending(given) | {"child_id": child}) is (child == "own"), child
        for name, value in OTHERWISE.items():
            assert not follows(one.bare, ending(given) | {name: value}), name
        for row in (given, given | {"ended_on": TODAY}, given | {"done": True}, given | {"outcome": "x"}):
            assert not follows(one.bare, row), "only what came of it, and that whole"
        assert not follows(one.bare, ending(given), standing="'no longer reported'")
        assert not follows(one.bare, ending(given), row_key="gen_random_uuid()"), "no second row of it"
        (entry, _) = one.bare.execute(find).fetchall()[0]
        amend(one.bare, replace(act, kind="correction"), NOW, [replace(ended, entry_id=entry)])
        assert one.bare.execute(find).fetchall()[0][1]
        assert not follows(one.bare, ending(given) | {"outcome": "another"}), "it has ended"
        (entry, _) = one.bare.execute(find).fetchall()[0]
        with pytest.raises(KeyworkerError):
            amend(one.bare, replace(act, kind="correction"), NOW, [Amendment("plan_action", entry, {"done": False})])
        assert one.bare.execute(find).fetchall() == [(entry, True)]
    with signed(record, "social worker") as one:
        assert follows(one.bare, ending(given) | OTHERWISE), "whoever works with the child mends it"


def test_another_agency_challenges_for_the_child_of_an_action_of_its_own_alone_and_answers_nothing(
    record: Database,
) -> None:
    given = plan_action("own", "partner") | {"action_id": "given for a challenge"}
    act = Act("entry", "made-up", "made-up service", "keyworker")
    mine = {
        "challenge_id": "theirs", "child_id": "own", "happened_on": TODAY, "raised_by": "agency", "agency": "school",
        "account": account("partner"), "what": "made-up", "why": "made-up",
    }  # fmt: skip
    stage = {
        "stage_id": "theirs-1", "challenge_id": "theirs", "child_id": "own", "happened_on": TODAY,
        "stage": "team manager", "due_on": TODAY,
    }  # fmt: skip
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as keeper:
        append(keeper, act, NOW, {"plan_action": [given], "told_to_agency": [agreed(given)]})
    with signed(record, "partner") as one:
        for child in CHILDREN:
            assert writes(one.bare, "challenge", mine | {"child_id": child}) is (child == "own"), child
        for other in ({"raised_by": "conference chair"}, {"account": account("director")}, {"ended_on": TODAY}):
            assert not writes(one.bare, "challenge", mine | other), other
        assert not writes(one.bare, "challenge_stage", stage), "of no challenge"
        append(one.bare, replace(act, author=one.asker.account), NOW, {"challenge": [mine], "challenge_stage": [stage]})
        again = stage | {"stage_id": "theirs-2"}
        assert writes(one.bare, "challenge_stage", again)
        for other in ({"answered_on": TODAY}, {"answer": "agreed"}, {"child_id": "all"}):
            assert not writes(one.bare, "challenge_stage", again | other), other
        seen = one.bare.execute("select challenge_id from record.challenge").fetchall()
        assert seen == [("theirs",)] == one.bare.execute("select challenge_id from record.challenge_stage").fetchall()
    with signed(record, "social worker") as one:
        assert ("theirs",) in one.bare.execute("select challenge_id from record.challenge").fetchall()
    with signed(record, "councillor") as one:
        assert one.bare.execute("select count(*) from record.challenge").fetchall() == [(0,)]


def test_another_agency_sees_no_action_at_the_database_whose_words_nobody_agreed_to_while_something_is_marked(
    record: Database,
) -> None:
    """Something is marked of a child whom only the family makes the other's brother or sister."""
    given = plan_action("team", "partner") | {"action_id": "given and looked at"}
    marker = {
        "marker_id": "of district", "child_id": "district", "kind": "school", "value": "made-up",
        "told_to": "anyone outside", "why": "court order", "said_by": "court", "from_on": BEGAN,
    }  # fmt: skip
    family = [{"family_row_id": f"f-{one}", "family_id": "f", "child_id": one} for one in ("team", "district")]
    steps: list[tuple[dict[str, list[dict[str, Any]]], int]] = [
        ({"plan_action": [given]}, 1),
        ({"not_to_be_told": [marker]}, 1),
        ({"family": family}, 0),
        ({"told_to_agency": [agreed(given)]}, 1),
        ({"told_to_agency": [agreed(given, agrees=False)]}, 0),
    ]
    asked = "select count(*) from record.plan_action where action_id = %s"
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as keeper, signed(record, "partner") as one:
        for rows, seen in steps:
            append(keeper, ACT, NOW, rows)
            assert one.bare.execute(asked, (given["action_id"],)).fetchone() == (seen,), rows
