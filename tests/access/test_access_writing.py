"""The database lets nobody write what is not theirs to write: asked by itself, with the application left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from psycopg import sql

from keyworker.record import policies
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, Amendment, WriteRefused, amend, append
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.errors import KeyworkerError
from tests.access.made import BEGAN, HELD, NOW, TODAY, account
from tests.access.policed import signed, whole
from tests.access.rows import every_row
from tests.servers.started import Database, Server

CHILDREN = sorted(one.value for one in HELD)
ACT = Act("entry", "made-up", "made-up service", "keyworker")


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


@pytest.mark.parametrize(
    ("role", "tables"),
    [
        ("workforce", {"absence", "registration", "disclosure_check", "staff_change"}),
        ("learning", {"training_need", "training_session", "staff_change"}),
        ("team manager", set()),
        ("director", set()),
        ("social worker", set()),
    ],
)
def test_what_is_kept_of_a_worker_is_written_by_whoever_keeps_it_alone(
    record: Database, role: str, tables: set[str]
) -> None:
    every = every_row(staying=True) | every_row(staying=False)
    asked = ("absence", "registration", "disclosure_check", "staff_change", "training_need", "training_session")
    with signed(record, role) as one:
        assert {name for name in asked if writes(one.bare, name, every[name][0])} == tables
        step = every["step"][0] | {"child_id": None, "step_id": "of a worker"}
        assert writes(one.bare, "step", step) is (role == "workforce")


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
                " values ('entry', access.account(), 'x', 'x', array[%s], now())",
                (table,),
            )
            bare.execute(into)
            raise psycopg.Rollback
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True


def opening(role: str, **also: Any) -> dict[str, Any]:
    """The record of Pat's own child, opened in an emergency by whoever holds a role, for as long as is usual."""
    row = next(row for row in every_row(staying=True)["broken_glass"] if row["child_id"] == "own")
    lasting = {"opened_at": NOW, "until_at": NOW + timedelta(hours=4)}
    none = dict.fromkeys(("reviewed_by", "reviewed_at", "outcome", "found"))
    return row | none | lasting | {"glass_id": f"g-{role}", "account": account(role)} | also


REVIEW: dict[str, Any] = {"reviewed_at": NOW, "outcome": "right", "found": "made-up"}


def test_a_record_is_opened_in_ones_own_name_by_whoever_may_for_the_hours_that_are_set_and_reviewed_by_another(
    record: Database,
) -> None:
    for role in ("councillor", "workforce", "administrator", "inspector"):
        with signed(record, role) as one:
            assert not writes(one.bare, "broken_glass", opening(role)), role
    longer = {"until_at": NOW + timedelta(hours=4, seconds=1)}
    with signed(record, "team manager") as one:
        mine = opening("team manager")
        assert writes(one.bare, "broken_glass", mine)
        for other in ({"account": "somebody.else"}, longer, {"opened_at": NOW + timedelta(days=9999)}, REVIEW):
            assert not writes(one.bare, "broken_glass", mine | other), other
        append(one.bare, Act("entry", one.asker.account, "x", "keyworker"), NOW, {"broken_glass": [mine]})
    with signed(record, "team manager") as one:
        assert not writes(one.bare, "broken_glass", mine | REVIEW | {"reviewed_by": one.asker.account})
        assert not writes(one.bare, "broken_glass", mine | longer), "nor for longer afterwards"
    with signed(record, "director") as one:
        (number,) = one.bare.execute("select entry_id from record.broken_glass where account = 'team.manager'")
        review = Act("correction", one.asker.account, "x")
        for wrong in (longer, REVIEW | {"reviewed_by": "somebody.else"}):
            with pytest.raises(WriteRefused):
                amend(one.bare, review, NOW, [Amendment("broken_glass", number[0], wrong)])
        said = REVIEW | {"reviewed_by": one.asker.account}
        amend(one.bare, review, NOW, [Amendment("broken_glass", number[0], said)])


def test_what_says_that_a_record_was_opened_opens_none_to_whoever_may_open_none(record: Database) -> None:
    glass = opening("councillor", until_at=NOW + timedelta(days=9999))
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as keeper:
        append(keeper, ACT, NOW, {"broken_glass": [glass]})
    with signed(record, "councillor") as one:
        assert one.bare.execute("select child_id from record.person").fetchall() == []
        assert one.through.standing("own") is None


@pytest.mark.parametrize(
    ("role", "may"), [("social worker", {"entry"}), ("director", {"entry", "erasure"}), ("inspector", {"entry"})]
)
def test_an_act_is_written_in_ones_own_name_and_of_a_kind_that_is_theirs(
    record: Database, role: str, may: set[str]
) -> None:
    with signed(record, role) as one:
        assert {kind for kind in ("entry", "erasure", "load") if acts(one.bare, kind, one.asker.account)} == may
        assert not acts(one.bare, "entry", "somebody.else")
        assert not gives_a_handle(one.bare, "own") and not gives_a_handle(one.bare, "nobody")


def acts(bare: psycopg.Connection, kind: str, author: str) -> bool:
    """Whether an act can be opened. It is taken back."""
    into = "insert into record.act (kind, author, purpose, source, tables, recorded_at)"
    return lets(bare, f"{into} values (%s, %s, 'x', 'x', '{{}}', now())", kind, author)


def gives_a_handle(bare: psycopg.Connection, child: str) -> bool:
    """Whether a handle can be asked for, which would tell whether there is such a child. Raises where it does tell."""
    return lets(bare, "insert into record.handle (kind, id) values ('child', %s)", child)


def lets(bare: psycopg.Connection, statement: str, *values: object) -> bool:
    """Whether the database lets somebody write. It is taken back."""
    try:
        with bare.transaction():
            bare.execute(statement.encode(), values)
            raise psycopg.Rollback
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True


def test_a_worker_alone_opens_their_notes_and_a_note_is_written_in_the_name_of_whoever_writes(record: Database) -> None:
    """Pat supervises Sue, and holds every role here."""
    rows = {row["worker_id"]: row for row in every_row(staying=True)["supervision_opening"]}
    note = next(row for row in every_row(staying=True)["supervision_note"] if row["worker_id"] == "sue")
    plain = dict.fromkeys(("agreed", "answered_on", "answer", "withdrawn_on", "withdrawn_why"))
    mine = note | plain | {"note_id": "made-up", "written_by": "pat"}
    with signed(record, "consultant social worker") as one:
        assert not writes(one.bare, "supervision_opening", rows["sue"] | {"opening_id": "o", "supervisor_id": "pat"})
        assert writes(one.bare, "supervision_opening", rows["pat"] | {"opening_id": "o", "supervisor_id": "sue"})
        assert writes(one.bare, "supervision_note", mine)
        agreed = {"agreed": True, "answered_on": TODAY}
        for other in (
            {"written_by": "sue"},
            agreed,
            {"worker_id": "pat", "supervisor_id": "sue"},
            {"worker_id": "ann"},
        ):
            assert not writes(one.bare, "supervision_note", mine | other), other
        append(one.bare, Act("entry", one.asker.account, "x", "keyworker"), NOW, {"supervision_note": [mine]})
        entry = one.bare.execute("select entry_id from record.supervision_note where note_id = 'made-up'").fetchone()
        assert entry is not None
        for changes in (agreed, {"note": "another"}):
            with pytest.raises(WriteRefused):
                amend(
                    one.bare,
                    Act("correction", one.asker.account, "x"),
                    NOW,
                    [Amendment("supervision_note", entry[0], changes)],
                )
        gone = {"withdrawn_on": TODAY, "withdrawn_why": "x"}
        amend(one.bare, Act("correction", one.asker.account, "x"), NOW, [Amendment("supervision_note", entry[0], gone)])


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
            ]
            append(keeper, ACT, NOW, {"erasure_asked": wanted})
        assert erases(one.bare, entries["own"], "somebody.else", me) == 1
        assert left_begun(one.bare, entries["own"], entries["team"]) == [page_of(entries["team"][0])]
        assert erases(one.bare, entries["own"], "somebody.else", "another") is None, "in their own name"
        assert erases(one.bare, entries["own"], "another", me) is None, "another asked"
        assert erases(one.bare, entries["team"], me, me) is None, "they asked it themselves"
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
    me, other = account("head of service"), account("director")
    key = TABLES[table].key[0]
    row = {"child_id": "own", "happened_on": TODAY, "why": "x", "person": "x", "purpose": "x", "with_family": False}
    row = {name: value for name, value in row.items() if TABLES[table].has(name)} | said | {key: f"by {table}"}
    theirs = row | {key: f"{table} of another", "asked_by": other}
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as keeper:
        append(keeper, ACT, NOW, {table: [theirs]})
    correction = replace(ACT, kind="correction", source="", author=me)
    with signed(record, "head of service") as one:
        assert writes(one.bare, table, row | {"asked_by": me})
        assert not writes(one.bare, table, row | {"asked_by": other})
        for by in ({}, {"answered_by": me}, {"answered_by": other}):
            assert not writes(one.bare, table, row | {"asked_by": me} | agreed | by), by
        (entry,) = one.bare.execute(
            f"select max(entry_id) from record.{table} where {key} = %s".encode(), (theirs[key],)
        ).fetchall()[0]
        for wrong in ({}, {"answered_by": other}, {"answered_by": me, "asked_by": "nobody"}):
            with pytest.raises(KeyworkerError):
                amend(one.bare, correction, NOW, [Amendment(table, entry, agreed | wrong)])
        amend(one.bare, correction, NOW, [Amendment(table, entry, agreed | {"answered_by": me})])


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


def ending(row: dict[str, Any]) -> dict[str, Any]:
    """What came of an action, of whoever is to do it."""
    return row | {"ended_on": TODAY, "done": True, "outcome": "made-up"}


def follows(bare: psycopg.Connection, row: dict[str, Any], **beside: str) -> bool:
    """Whether a row can be put in the place of the action that stands under its number, by bare questions."""
    held = {"standing": "was.standing", "row_key": "was.row_key", **beside}
    values = f"act.act_id, was.source, {held['row_key']}, gen_random_uuid(), {held['standing']}, act.recorded_at"
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
        append(keeper, act, NOW, {"plan_action": [given]})
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
        append(keeper, act, NOW, {"plan_action": [given]})
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
