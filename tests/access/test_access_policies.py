"""The database lets nobody see more than the table of who may see what: asked by itself, with the application left out.

Each role signs in, and then a bare connection in the application's role shows the session's secret: nothing else of
Keyworker stands between the question and the rows.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import psycopg
import pytest

from keyworker.access import NOTHING, Thing
from keyworker.access.table import roles
from keyworker.actions.questions.sighting import OF_CHILD
from keyworker.record import described, in_sight, policies, written
from keyworker.record.connect import DatabaseRole
from keyworker.record.parents import parent
from keyworker.record.sessions import end_session, end_sessions_of, open_session, show
from keyworker.vocabulary import TABLES, Table
from tests.access.made import HELD, NOW, TODAY, account, holding
from tests.access.policed import signed, whole
from tests.access.rows import OF, child_of, every_row
from tests.clocks.made import tell
from tests.servers.started import Database, Server

CHILDREN = sorted(one.value for one in HELD)
RECORD = (Thing.CHILD, Thing.CHILDREN, Thing.DUE)
CLOSED = (psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName)


@pytest.fixture(scope="module")
def record(embedded_server: Server) -> Iterator[Database]:
    with whole(embedded_server) as made:
        yield made


def held(connection: psycopg.Connection) -> list[str]:
    """Every table, view and sequence-like relation of every schema that is not PostgreSQL's own, from its catalogue."""
    rows = connection.execute(
        "select format('%I.%I', nspname, relname) from pg_class join pg_namespace n on n.oid = relnamespace"
        " where relkind in ('r', 'v', 'm', 'p', 'f') and nspname !~ '^(pg_|information_schema)' order by 1"
    )
    return [name for (name,) in rows]


def number(connection: psycopg.Connection, relation: str) -> int:
    """How many rows of a relation a connection sees; none of one that is closed to it."""
    try:
        row = connection.execute(f"select count(*) from {relation}".encode()).fetchone()
    except CLOSED:
        return 0
    assert row is not None
    return int(row[0])


def children_in(connection: psycopg.Connection, table: Table) -> list[str]:
    """The children about whom a connection sees any row of a table."""
    names = ", ".join(f'"{name}"' for name in table.column_names)
    with connection.cursor(row_factory=psycopg.rows.dict_row) as cursor:
        rows = cursor.execute(f'select {names} from record."{table.name}"'.encode()).fetchall()
    return sorted({child_of(table, row) for row in rows})


def is_about_a_child(table: Table) -> bool:
    return table.about == "child_id" or table.name in ("timescale_exception", "concern", "action") or is_below(table)


def is_below(table: Table) -> bool:
    return not table.has("child_id") and any(
        above in TABLES and above != table.name and is_about_a_child(TABLES[above])
        for above in (column.refers.partition(".")[0] for column in table.columns)
    )


ABOUT_A_CHILD = [table for table in TABLES.values() if is_about_a_child(table) and table.name != "identity_link"]


def things_of(table: Table) -> tuple[Thing, ...]:
    """The things of the table of who may see what of which each shows whom a row of a table is about."""
    above = None if table.has("child_id") else parent(table)
    if above:
        return things_of(above[1])
    return OF_CHILD[Thing(in_sight.THINGS[in_sight.OF_CHILD.get(table.name, "record")])]


def test_what_is_written_here_alone_about_a_child_has_a_part_of_its_own_or_is_read_with_the_record() -> None:
    staying = {table.name for table in TABLES.values() if table.stays and table.about == "child_id"}
    assert staying - in_sight.OF_CHILD.keys() == in_sight.WITH_THE_RECORD


@pytest.mark.parametrize("role", roles())
def test_a_role_sees_in_every_table_the_children_whom_the_table_of_who_may_see_what_gives_it(
    record: Database, role: str
) -> None:
    with signed(record, role) as one:
        sees, allocates = one.through.may_see_child, one.through.sight(Thing.ALLOCATION) != NOTHING
        for table in ABOUT_A_CHILD:
            things = RECORD if table.name in in_sight.ALLOCATED and allocates else things_of(table)
            expected = [child for child in CHILDREN if any(sees(thing, child) for thing in things)]
            assert children_in(one.bare, table) == expected, table.name


def test_a_list_opens_no_words_and_no_address(record: Database) -> None:
    closed = ("address", "case_note", "own_words", "consultation", "visit_note", "visit_warning", "broken_glass")
    with signed(record, "performance analyst") as one:
        assert children_in(one.bare, TABLES["cin_episodes"]) == CHILDREN
        assert {name: children_in(one.bare, TABLES[name]) for name in closed} == {name: [] for name in closed}
    with signed(record, "performance analyst", reason="the return of the year") as one:
        assert children_in(one.bare, TABLES["address"]) == CHILDREN, "what is taken away whole, for a reason"


def test_whose_a_row_is_that_names_nobody_is_found_by_an_index() -> None:
    """Else whoever is kept from anybody pays for each child in care with a reading of everybody's times in care."""
    below = [found for table in TABLES.values() if is_below(table) and (found := parent(table))]
    assert {above.name for _, above, _ in below} >= {"cla_episodes", "cin_assessments"}
    for _, above, key in below:
        assert any(over.endswith(f"({key})") for over in described.indexes(above).values()), above.name


def test_a_thing_with_a_table_of_its_own_is_closed_to_who_sees_the_child_and_not_the_thing(record: Database) -> None:
    closed = {
        "quality assurance": {"not_to_be_told", "direct_work", "copy_for_outside", "erasure_asked", "restriction"},
        "business support": {"not_to_be_told", "direct_work", "erasure_asked", "restriction", "vacancy_step"},
        "conference chair": {"direct_work", "copy_for_outside", "erasure_asked", "restriction", "post_change"},
        "social worker": {"erasure_asked", "restriction", "vacancy_step", "post_change"},
        "director": {"direct_work"},
    }
    for role, names in closed.items():
        with signed(record, role) as one:
            assert children_in(one.bare, TABLES["cin_episodes"]) != []
            assert {name: number(one.bare, f"record.{name}") for name in names} == dict.fromkeys(names, 0), role


@pytest.mark.parametrize("role", roles())
def test_a_role_sees_all_of_a_child_where_the_table_gives_it_record_name_and_case_supervision(
    record: Database, role: str
) -> None:
    with signed(record, role) as one:
        for child in CHILDREN:
            sees = one.through.may_see_child
            is_all = all(sees(thing, child) for thing in (Thing.CHILD, Thing.NAMES, Thing.CASE_SUPERVISION))
            assert one.bare.execute("select access.sees_all_of(%s)", ([child],)).fetchone() == (is_all,), child


@pytest.mark.parametrize("role", roles())
def test_a_role_sees_what_is_private_to_the_workers_whom_the_table_gives_it(record: Database, role: str) -> None:
    kept = (Thing.WORKER, Thing.KEEPING_STAFF)
    things = {
        "absence": (Thing.KEEPING_STAFF,),
        "registration": kept,
        "disclosure_check": kept,
        "staff_change": (*kept, Thing.RECORDING_LEARNING),
        "training_need": (Thing.LEARNING,),
        "training_session": (Thing.LEARNING,),
        "practice_observation": (Thing.LEARNING,),
    }
    with signed(record, role) as one:
        for name, by in things.items():
            rows = one.bare.execute(f"select distinct worker_id from record.{name}".encode()).fetchall()
            expected = {worker for worker in OF.values() if any(one.through.may_see_worker(it, worker) for it in by)}
            assert {worker for (worker,) in rows} == expected, name


def test_personal_supervision_is_seen_by_the_pair_and_the_supervisors_manager(record: Database) -> None:
    """Pat supervises Sue; of the others somebody unknown is the supervisor, and Pat's own row is of Pat."""
    with signed(record, "consultant social worker") as one:
        rows = one.bare.execute("select worker_id from record.personal_supervision").fetchall()
    assert {worker for (worker,) in rows} == {"pat", "sue"}
    with signed(record, "councillor") as one:
        assert number(one.bare, "record.personal_supervision") == 0


def test_raw_rows_posts_and_what_is_private_to_all_workers_are_open_to_the_roles_that_the_table_names(
    record: Database,
) -> None:
    things = {
        "record.set_aside": Thing.SET_ASIDE,
        "record.refused_load": Thing.LOADS,
        "record.workforce_snapshot": Thing.EXPORTS,
        "record.vacancy_step": Thing.POSTS,
        "record.post_change": Thing.POSTS,
    }
    with record.bare_connect(DatabaseRole.OWNER, autocommit=True) as owner:
        whole = {relation: number(owner, relation) for relation in things}
    assert min(whole.values()) > 0
    for role in roles():
        with signed(record, role) as one:
            opens = {relation: one.through.sight(thing) != NOTHING for relation, thing in things.items()}
            expected = {relation: whole[relation] if opens[relation] else 0 for relation in things}
            assert {relation: number(one.bare, relation) for relation in things} == expected, role


def test_a_childs_handle_is_seen_by_whoever_sees_the_child(record: Database) -> None:
    for role in roles():
        with signed(record, role) as one:
            rows = one.bare.execute("select id from record.handle where kind = 'child'").fetchall()
            seen = {child for child in CHILDREN if any(one.through.may_see_child(thing, child) for thing in RECORD)}
            assert {child for (child,) in rows if child in CHILDREN} == seen, role


def test_the_log_shows_ones_own_lines_and_all_only_to_the_roles_that_the_table_names(record: Database) -> None:
    with signed(record, "director") as director:
        director.through.sources()
    with signed(record, "social worker") as worker:
        worker.through.sources()
        rows = worker.bare.execute("select distinct account from record.access_log").fetchall()
    assert rows == [(account("social worker"),)]
    with signed(record, "quality assurance") as auditor:
        rows = auditor.bare.execute("select distinct account from record.access_log").fetchall()
    assert {account("director"), account("social worker")} <= {name for (name,) in rows}


def test_nobody_writes_in_the_log_under_anothers_name(record: Database) -> None:
    said = "insert into record.access_log (at, account, role, door, route, purpose, kind, handles, count)"
    with signed(record, "social worker") as one, pytest.raises(psycopg.errors.InsufficientPrivilege):
        one.bare.execute(f"{said} values (now(), 'director', '', 'page', 'child', 'test', 'child', '{{}}', 0)".encode())


@pytest.mark.parametrize("shown", ["", "forged", "ended", "signed out everywhere", "expired"])
def test_without_a_session_that_lasts_no_table_of_any_schema_gives_a_row(record: Database, shown: str) -> None:
    with (
        record.bare_connect(DatabaseRole.DOOR, autocommit=True) as door,
        record.bare_connect(DatabaseRole.OWNER, autocommit=True) as owner,
        record.bare_connect(DatabaseRole.APPLICATION, autocommit=True) as bare,
        signed(record, "director") as one,
    ):
        if shown:
            show(bare, secrets.token_urlsafe(32) if shown == "forged" else one.token)
        if shown == "ended":
            assert end_session(door, one.token)
        elif shown == "signed out everywhere":
            assert end_sessions_of(door, account("director")) > 0
        elif shown == "expired":
            owner.execute("update access.session set expires_at = now()")
        every = held(owner)
        assert {name: number(bare, name) for name in every} == dict.fromkeys(every, 0)
        assert number(owner, "record.person") == len(CHILDREN)


def test_a_session_for_which_nothing_was_laid_down_sees_nothing(record: Database) -> None:
    with record.bare_connect(DatabaseRole.DOOR, autocommit=True) as door:
        token = open_session(door, account("director"), "page")
    with (
        record.bare_connect(DatabaseRole.APPLICATION, autocommit=True) as bare,
        record.bare_connect(DatabaseRole.OWNER, autocommit=True) as owner,
    ):
        show(bare, token)
        # The line that they themselves left in the log, and the roles that they hold, are theirs all the same.
        every = [name for name in held(owner) if name not in ("record.access_log", "record.role_holding")]
        assert {name: number(bare, name) for name in every} == dict.fromkeys(every, 0)


def test_what_was_laid_down_before_an_act_that_moves_sight_is_worth_nothing_after_it(database: Database) -> None:
    with database.connect(DatabaseRole.LOADER) as loader:
        tell(loader, every_row(staying=False), now=NOW)
    with signed(database, "director") as one:
        assert number(one.bare, "record.person") == len(CHILDREN)
        with database.connect(DatabaseRole.LOADER) as loader:
            tell(loader, {"workforce_totals": [{"authority": "999", "happened_on": TODAY}]}, now=NOW)
        assert number(one.bare, "record.person") == len(CHILDREN)
        with database.connect(DatabaseRole.LOADER) as loader:
            tell(loader, {"role_holding": [holding("learning", account="another")]}, now=NOW)
        assert number(one.bare, "record.person") == 0


FORBIDDEN = [
    "select * from access.session",
    "select * from access.laid",
    "update access.session set expires_at = now()",
    "insert into access.whereabouts select 'all', stands from access.whereabouts",
    "update access.whereabouts set child_id = 'all'",
    "select * from access.stand",
    "select * from access.whereabouts_ground",
    "delete from access.whereabouts",
    "select access.open_session(sha256('x'), 'director', 'page', true, '1 hour')",
    "select access.lay(sha256('x'), 0, '', interval '1 day', '{}', '{}', now()::date, '', false, '{}'"
    + 8 * ", '{}'"
    + ", false, null, 0, now()::date, 0, '{}', '{}', '{}')",
    "select * from access.session_of(sha256('x'))",
    "set role keyworker_owner",
    "set role keyworker_loader",
    "set role keyworker_service",
    "set role keyworker_door",
    "set session authorization keyworker_owner",
    "create function record.leak() returns text language sql as 'select 1'",
    "create function pg_temp.leak() returns text language sql as 'select 1'",
    "create function public.leak() returns text language sql as 'select 1'",
    "create temporary table mine (id int)",
    "alter table record.person disable row level security",
    "drop policy in_sight on record.person",
    "select * from kept.open_duty",
    "select * from kept.child_word",
    "select * from kept.name_word",
    "set row_security = off; select * from record.person",
    "select * from pg_statistic",
    "select pg_read_file('PG_VERSION')",
    "select lo_import('PG_VERSION')",
    "copy (select 1) to program 'cat'",
    "copy (select 1) to '/tmp/made-up'",
    "create trigger mine before insert on record.person for each row execute function record.guard_write()",
    "select last_value from record.entry_id_seq",
    "create extension dblink",
    "select record.analyse('person')",
]


@pytest.mark.parametrize("step", FORBIDDEN)
def test_the_applications_role_cannot_go_round_the_policies(record: Database, step: str) -> None:
    with signed(record, "director") as one, pytest.raises(psycopg.errors.InsufficientPrivilege):
        one.bare.execute(step.encode())


def test_no_estimate_and_no_sample_tells_of_a_value_in_a_row_that_is_not_seen(record: Database) -> None:
    """Every child is called Madeup, and nobody Nobody: a plan for either says the same to whoever sees one child."""
    with record.bare_connect(DatabaseRole.OWNER, autocommit=True) as owner:
        owner.execute("analyze record.person, record.address, record.set_aside, record.access_log")
        sampled = set(owner.execute("select tablename, attname from pg_stats where schemaname = 'record'"))
    assert ("person", "child_id") in sampled
    kept_from = {
        (table.name, column.name) for table in TABLES.values() for column in table.columns if column.identifying
    }
    kept_from |= {("set_aside", "value"), ("set_aside", "raw"), ("access_log", "account"), ("access_log", "purpose")}
    assert not sampled & kept_from
    with signed(record, "social worker") as one:
        plans = [
            one.bare.execute(f"explain select * from record.person where surname = '{name}'".encode()).fetchall()
            for name in ("Madeup", "Nobody")
        ]
        assert str(plans[0]).replace("Madeup", "Nobody") == str(plans[1])
        assert one.bare.execute(
            "select count(*) from pg_stats where schemaname in ('record', 'access')"
        ).fetchone() == (0,)


def test_copying_out_and_other_sessions_questions_tell_no_more_than_is_seen(record: Database) -> None:
    with signed(record, "social worker") as one, signed(record, "director") as other:
        for said in ("copy (select child_id from record.person) to stdout", "copy record.person (child_id) to stdout"):
            with one.bare.cursor() as cursor, cursor.copy(said.encode()) as copied:
                assert list(copied.rows()) == [("own",)], said
        shown = one.bare.execute("select coalesce(string_agg(query, ' '), '') from pg_stat_activity").fetchone()
        assert shown is not None
        assert other.token not in shown[0]


@pytest.mark.parametrize("role", [DatabaseRole.DOOR, DatabaseRole.SERVICE])
def test_the_door_reads_no_record_and_the_service_writes_none(record: Database, role: DatabaseRole) -> None:
    with record.bare_connect(DatabaseRole.OWNER, autocommit=True) as owner:
        tables = [f'record."{name}"' for name in TABLES]
        for name in tables if role is DatabaseRole.DOOR else ["record.set_aside", "record.access_log"]:
            may = owner.execute("select has_table_privilege(%s, %s, 'select')", (role, name)).fetchone()
            assert may == (False,), name
        for name in tables:
            may = owner.execute(
                "select has_table_privilege(%s, %s, 'insert') or has_any_column_privilege(%s, %s, 'insert, update')",
                (role, name, role, name),
            ).fetchone()
            assert may == (False,), name


def test_every_table_that_the_applications_role_may_read_has_policies_and_every_view_asks_as_its_reader(
    record: Database,
) -> None:
    with record.bare_connect(DatabaseRole.OWNER, autocommit=True) as owner:
        bare = owner.execute(
            "select oid::regclass::text from pg_class where relkind in ('r', 'p') and not relrowsecurity"
            " and relnamespace::regnamespace::text !~ '^(pg_|information_schema)'"
            " and has_any_column_privilege('keyworker_application', oid, 'select')"
        ).fetchall()
        blind = owner.execute(
            "select schemaname, viewname from pg_views join pg_class on relname = viewname"
            " and relnamespace = schemaname::regnamespace where schemaname !~ '^(pg_|information_schema)'"
            " and not coalesce(reloptions, '{}') && '{security_invoker=true,security_invoker=on}'"
        ).fetchall()
        definers = owner.execute(
            "select proname from pg_proc where pronamespace = 'access'::regnamespace and prosecdef"
            " and not coalesce(proconfig, '{}') @> '{\"search_path=pg_catalog, pg_temp\"}'"
        ).fetchall()
    assert (bare, blind, definers) == ([], [], [])


def test_the_policies_name_things_that_the_table_of_who_may_see_what_has() -> None:
    every = (*written.WRITES.values(), *written.WRITTEN_FOR.values())
    writing = {thing for things in every for thing in things}
    named = {*in_sight.PLACES, *in_sight.THINGS.values(), policies.LOADS, *writing}
    assert named <= {thing.value for thing in Thing}
