"""No function that a session may call in the database tells of a restricted child who is kept from it.

Every function that the application's role may execute is found in the catalogue and called by itself as each role. What
it gives names no child whom the session may not see; of a child who is kept from it, it says what it says of nobody.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta

import psycopg
import pytest

from keyworker.access import Thing
from keyworker.access.table import roles
from keyworker.record.connect import DatabaseRole
from tests.access.made import NOW, TODAY, account
from tests.access.policed import CHILDREN, SignedIn, signed, whole
from tests.access.restricting import restricted
from tests.servers.started import Database, Server

KEPT, NOBODY = "district", "nobody-at-all"
"""The child who is restricted, and seen by the director alone; and a child whom nobody knows."""
FUNCTIONS = """select distinct format('%I.%I', nspname, proname), proargtypes::regtype[]::text[],
    coalesce(proargnames, '{}')
from pg_proc p join pg_namespace n on n.oid = pronamespace
where nspname !~ '^(pg_|information_schema)' and has_schema_privilege('keyworker_application', n.oid, 'usage')
    and has_function_privilege('keyworker_application', p.oid, 'execute') and prorettype <> 'trigger'::regtype"""
PLANTED = {
    "create function access.planted() returns text[] language sql security definer as"
    " 'select array_agg(child_id) from access.kept_back'": {"names district"},
    "create function access.planted(child text) returns boolean language sql security definer as"
    " 'select exists (select 1 from access.kept_back where child_id = child)'": {"knows district"},
}
"""What would tell who is restricted, and what is found of it: one gives a list, one says whether somebody is on it."""
Functions = list[tuple[str, list[str], list[str]]]


@pytest.fixture(scope="module")
def record(embedded_server: Server) -> Iterator[Database]:
    with whole(embedded_server) as made:
        restricted(made, KEPT, account("director"), kind="adoption")
        yield made


def functions(record: Database) -> Functions:
    """Every function that the application's role may call, with the types and the names of what each takes."""
    with record.bare_connect(DatabaseRole.OWNER, autocommit=True) as owner:
        return owner.execute(FUNCTIONS.encode()).fetchall()


def leaks(one: SignedIn, called: Functions) -> dict[str, set[str]]:
    """What each function tells somebody of children whom they may not see; nothing of one that tells nothing."""
    unseen = [child for child in CHILDREN if not one.through.may_see_child(Thing.CHILDREN, child)]
    unseen = [child for child in unseen if not one.through.may_see_child(Thing.CHILD, child)]
    found: dict[str, set[str]] = {}
    for name, types, names in called:
        given = {about: answer(one.bare, name, types, names, about) for about in (KEPT, NOBODY)}
        told = {f"names {child}" for child in unseen if _names(given[NOBODY], child)}
        if KEPT in unseen and len({one.replace(KEPT, NOBODY) for one in given.values()}) > 1:
            told.add(f"knows {KEPT}")
        found |= {name: told} if told else {}
    return found


def _names(answer: str, child: str) -> bool:
    return bool(re.search(rf"(?<![\w.-]){child}(?![\w.-])", answer))


def answer(bare: psycopg.Connection, name: str, types: list[str], names: list[str], about: str) -> str:
    """What a function gives, asked about a child, or why it gives nothing. What it writes is taken back."""
    given = [_asked(kind, word, about) for kind, word in zip(types, [*names, *types], strict=False)]
    taken = ", ".join(f"%s::{kind}" for kind in types)
    try:
        with bare.transaction(force_rollback=True):
            return json.dumps(bare.execute(f"select f::text from {name}({taken}) f".encode(), given).fetchall())
    except psycopg.Error as refused:
        return type(refused).__name__


def _asked(kind: str, word: str, about: str) -> object:
    """Something harmless to ask with: a table where one is wanted, a time, and else a child wherever words are."""
    said = {"child_id": about, "action_id": f"plan_action-{about}", "challenge_id": f"challenge-{about}"}
    words: Mapping[str, object] = {"in_table": "person", "key": "child_id", "thing": Thing.NAMES.value}
    plain = {"date": TODAY, "timestamp with time zone": NOW - timedelta(days=9999), "bigint[]": [0], "bigint": 1}
    plain |= {"jsonb": json.dumps(said), "text[]": [about], "uuid[]": [], "boolean": True}
    return words.get(word, about) if kind == "text" else plain.get(kind)


def test_no_function_tells_a_role_of_a_child_whom_it_may_not_see(record: Database) -> None:
    called = functions(record)
    assert {"access.session", "access.in_reach", "record.erase"} <= {name for name, _, _ in called}
    for role in roles():
        with signed(record, role) as one:
            assert one.through.may_see_child(Thing.CHILD, KEPT) is (role == "director")
            assert leaks(one, called) == {}, role


@pytest.mark.parametrize("planted", PLANTED)
def test_a_function_that_would_tell_is_found(record: Database, planted: str) -> None:
    with record.bare_connect(DatabaseRole.OWNER, autocommit=True) as owner:
        owner.execute(planted.encode())
        try:
            owner.execute("grant execute on function access.planted to keyworker_application")
            for role in ("councillor", "quality assurance"):
                with signed(record, role) as one:
                    assert leaks(one, functions(record)) == {"access.planted": PLANTED[planted]}, role
        finally:
            owner.execute("drop function access.planted")


def test_whoever_is_let_in_sees_a_restricted_child_in_the_database_and_nobody_else_does(record: Database) -> None:
    for role, may in (("director", True), ("quality assurance", False), ("performance analyst", False)):
        with signed(record, role) as one:
            for asked in ("access.whereabouts", "record.cin_episodes", "record.handle where kind = 'child' and true"):
                column = "id" if "handle" in asked else "child_id"
                found = {child for (child,) in one.bare.execute(f"select {column} from {asked}".encode())}
                assert (KEPT in found, "all" in found) == (may, True), (role, asked)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                one.bare.execute("select kept from access.whereabouts")
