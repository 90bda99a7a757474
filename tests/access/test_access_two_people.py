"""What needs two people is signed by each for themselves in the database too, and erases nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Amendment, WriteRefused, amend, append
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.errors import KeyworkerError
from tests.access.made import NOW, TODAY, account
from tests.access.policed import ACT, signed, whole, writes
from tests.access.rows import every_row
from tests.servers.started import Database, Server


@pytest.fixture(scope="module")
def record(embedded_server: Server) -> Iterator[Database]:
    with whole(embedded_server) as made:
        yield made


OPENS_AN_ERASURE = (
    "insert into record.act (kind, author, purpose, source, tables, recorded_at)"
    " values ('erasure', access.account(), 'x', 'ssd', '{cin_episodes}', now())"
)
ERASED = "select record.erase((select max(act_id) from record.act), 'cin_episodes', %s, 'ordered', array[%s, %s])"


def erases(bare: psycopg.Connection, entries: list[int], asker: str, account: str) -> int | None:
    """How many entries go in an erasure by bare questions; None where it is not let. It is taken back."""
    try:
        with bare.transaction():
            bare.execute(OPENS_AN_ERASURE)
            found = bare.execute(ERASED, (entries, asker, account)).fetchone()
            raise psycopg.Rollback
    except psycopg.errors.InsufficientPrivilege:
        return None
    return int(found[0]) if found else None


def page_of(entry: int) -> str:
    """The address of a page on which an entry is corrected."""
    return f"/child/made-up-handle-0000000/entries/cin_episodes/{entry}"


def left_begun(bare: psycopg.Connection, gone: list[int], others: list[int]) -> list[str]:
    """What is left of what was begun about two entries when one is erased, and both are named. It is taken back."""
    pages = [page_of(gone[0]), page_of(others[0])]
    with bare.transaction():
        bare.execute(
            "insert into begun.draft select md5(page), access.account(), page, '', decode(repeat('00', 40), 'hex'),"
            " 'x', now(), now() + interval '1 day' from unnest(%s::text[]) page",
            (pages,),
        )
        bare.execute(OPENS_AN_ERASURE)
        with pytest.raises(psycopg.errors.RestrictViolation), bare.transaction():
            bare.execute("select begun.forget_about(%s)", (pages,))
        bare.execute(ERASED, (gone, "somebody.else", account("head of service")))
        bare.execute("select begun.forget_about(%s)", (pages,))
        left = [address for (address,) in bare.execute("select address from begun.draft").fetchall()]
        raise psycopg.Rollback
    return left


def test_nobody_erases_rows_about_a_child_beyond_them_nor_what_no_other_person_asked_for(record: Database) -> None:
    """Somebody has asked it of Pat's own child. The head of service sees Fenland, and not the child far away."""
    with record.bare_connect(DatabaseRole.OWNER, autocommit=True) as owner:
        rows = owner.execute("select child_id, array_agg(entry_id) from record.cin_episodes group by 1").fetchall()
    entries = dict(rows)
    asked = next(row for row in every_row(staying=True)["erasure_asked"] if row["child_id"] == "own")
    nobody = dict.fromkeys(("answer", "answered_by", "answered_on", "answered_why"))
    row = asked | nobody | {"erasure_id": "e", "in_table": "cin_episodes", "asked_by": "somebody.else"}
    for role in ("inspector", "quality assurance", "business support", "team manager"):
        with signed(record, role) as one:
            assert erases(one.bare, entries["own"], "somebody.else", one.asker.account) is None, role
    with signed(record, "head of service") as one:
        me = one.asker.account
        assert erases(one.bare, entries["own"], "somebody.else", me) is None, "nobody has asked for it"
        with record.connect(DatabaseRole.APPLICATION, autocommit=True) as keeper:
            wanted = [
                row | {"entry": entries["own"][0]},
                row | {"erasure_id": "f", "entry": entries["all"][0], "child_id": "all"},
                row | {"erasure_id": "g", "entry": entries["team"][0], "child_id": "team", "asked_by": me},
                row | {"erasure_id": "h", "entry": entries["supervised"][0], "asked_by": account("director")},
            ]
            append(keeper, ACT, NOW, {"erasure_asked": wanted})
        assert erases(one.bare, entries["own"], "somebody.else", me) == 1
        assert left_begun(one.bare, entries["own"], entries["team"]) == [page_of(entries["team"][0])]
        assert erases(one.bare, entries["own"], "somebody.else", "another") is None, "in their own name"
        assert erases(one.bare, entries["own"], "another", me) is None, "another asked"
        assert erases(one.bare, entries["team"], me, me) is None, "they asked it themselves"
        assert erases(one.bare, entries["supervised"], account("director"), me) is None, "under their other sign-in"
        assert erases(one.bare, entries["district"], "somebody.else", me) is None, "nobody asked it of this one"
        assert erases(one.bare, entries["all"], "somebody.else", me) == 0, "a child beyond them"


@pytest.mark.parametrize(
    ("table", "said", "agreed"),
    [
        ("erasure_asked", {"in_table": "cin_episodes", "entry": 1, "reason": "court order"}, {"answer": "agreed"}),
        ("copy_for_outside", {"relation": "mother", "contents": "made-up", "state": "asked"}, {"state": "agreed"}),
    ],
)
def test_what_needs_a_second_person_is_signed_by_each_for_themselves(
    record: Database, table: str, said: dict[str, Any], agreed: dict[str, Any]
) -> None:
    me, other = account("head of service"), "somebody.else"
    key = TABLES[table].key[0]
    row = {"child_id": "own", "happened_on": TODAY, "why": "x", "person": "x", "purpose": "x", "with_family": False}
    row = {name: value for name, value in row.items() if TABLES[table].has(name)} | said | {key: f"by {table}"}
    theirs = row | {key: f"{table} of another", "asked_by": other}
    pats = row | {key: f"{table} of Pat's other sign-in", "asked_by": account("director")}
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as keeper:
        append(keeper, ACT, NOW, {table: [theirs, pats]})
    correction = replace(ACT, kind="correction", source="", author=me)
    with signed(record, "head of service") as one:
        assert writes(one.bare, table, row | {"asked_by": me})
        assert not writes(one.bare, table, row | {"asked_by": other})
        for by in ({}, {"answered_by": me}, {"answered_by": other}):
            assert not writes(one.bare, table, row | {"asked_by": me} | agreed | by), by
        entry, of_pat = (standing(one.bare, table, row[key]) for row in (theirs, pats))
        for wrong in ({}, {"answered_by": other}, {"answered_by": me, "asked_by": "nobody"}):
            with pytest.raises(KeyworkerError):
                amend(one.bare, correction, NOW, [Amendment(table, entry, agreed | wrong)])
        with pytest.raises(WriteRefused):
            amend(one.bare, correction, NOW, [Amendment(table, of_pat, agreed | {"answered_by": me})])
        amend(one.bare, correction, NOW, [Amendment(table, entry, agreed | {"answered_by": me})])


def test_no_session_ends_a_marker_alone_nor_says_anything_else_of_it(record: Database) -> None:
    """Pat signs in as the head of service and as the director: two sign-ins of one person are one person."""
    me, row = account("head of service"), {"child_id": "own", "kind": "fact", "value": "Rose Unreal"}
    row |= {"told_to": "anyone outside", "why": "court order", "said_by": "Family court", "from_on": TODAY}
    asked = {"asked_by": "somebody.else", "asked_why": "x"}
    rows = [
        row | {"marker_id": "unasked"},
        row | {"marker_id": "asked"} | asked,
        row | {"marker_id": "of Pat"} | asked | {"asked_by": account("director")},
    ]
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as keeper:
        append(keeper, ACT, NOW, {"not_to_be_told": rows})
    gone = {"to_on": TODAY, "withdrawn_why": "x"}
    with signed(record, "head of service") as one:
        for refused in ({"asked_by": me}, {"withdrawn_why": "x"}):
            assert not writes(one.bare, "not_to_be_told", row | {"marker_id": "new"} | refused), refused
        assert writes(one.bare, "not_to_be_told", row | {"marker_id": "new"})
        for number, changes in (
            ("unasked", gone),
            ("unasked", gone | {"asked_by": me}),
            ("unasked", gone | {"asked_by": "somebody.else"}),
            ("unasked", {"asked_by": "somebody.else"}),
            ("of Pat", gone),
            *(("asked", {name: said}) for name, said in (("value", "Nobody"), ("told_to", "named person"))),
            ("asked", {"to_on": TODAY + timedelta(days=1)}),
            ("asked", gone | {"value": "Nobody"}),
        ):
            with pytest.raises(KeyworkerError):
                says(one.bare, me, number, changes)
        says(one.bare, me, "unasked", {"asked_by": me, "asked_why": "x"})
        with pytest.raises(KeyworkerError):
            says(one.bare, me, "unasked", gone)
        says(one.bare, me, "of Pat", dict.fromkeys(asked) | {"kept_why": "x"})
    with signed(record, "conference chair") as chair, pytest.raises(KeyworkerError):
        says(chair.bare, chair.asker.account, "asked", gone)
    with signed(record, "head of service") as one:
        says(one.bare, me, "asked", gone)


def says(bare: psycopg.Connection, me: str, number: str, changes: dict[str, Any]) -> None:
    """Say something else of a marker by bare questions, in one's own name."""
    act = replace(ACT, kind="correction", source="", author=me)
    amend(bare, act, NOW, [Amendment("not_to_be_told", standing(bare, "not_to_be_told", number), changes)])


def standing(bare: psycopg.Connection, table: str, number: str) -> int:
    """The number of the last entry of a row."""
    key = TABLES[table].key[0]
    found = bare.execute(f"select max(entry_id) from record.{table} where {key} = %s".encode(), (number,)).fetchone()
    assert found is not None
    return int(found[0])


def test_nobody_agrees_to_words_for_another_agency_that_they_wrote_under_another_sign_in(record: Database) -> None:
    """Pat's other sign-in wrote one action of the child, somebody else another; the words stand with one child."""
    action = {"child_id": "own", "plan": "cp", "what": "made-up", "happened_on": TODAY, "due_on": TODAY}
    for by, number in ((account("director"), "of Pat"), ("somebody.else", "of another")):
        with record.connect(DatabaseRole.APPLICATION, autocommit=True) as keeper:
            append(keeper, replace(ACT, author=by), NOW, {"plan_action": [action | {"action_id": number}]})
    said = {"telling_id": "new", "child_id": "own", "in_table": "plan_action", "in_row": "of another"}
    said |= {"contents": "x", "happened_on": TODAY, "agrees": True, "why": "x"}
    with signed(record, "team manager") as one:
        mine = said | {"account": one.asker.account}
        assert writes(one.bare, "told_to_agency", mine)
        for wrong in ({"in_row": "of Pat"}, {"in_row": "of nobody"}, {"child_id": "team"}):
            assert not writes(one.bare, "told_to_agency", mine | wrong), wrong
