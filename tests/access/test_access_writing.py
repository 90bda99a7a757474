"""The database lets nobody write what is not theirs to write: asked by itself, with the application left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest

from keyworker.record import signing, written
from keyworker.record.connect import DatabaseRole
from keyworker.record.digest import row_key
from keyworker.record.writer import Act, Amendment, WriteRefused, amend, append
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.homes import HERE
from tests.access.made import BEGAN, NOW, TODAY, account
from tests.access.policed import ACT, signed, signed_by, whole, writes
from tests.access.rows import every_row
from tests.servers.started import Database, Server


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
        ("learning", {"training_need", "training_session", "practice_observation", "staff_change"}),
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
    asked += ("practice_observation",)
    with signed(record, role) as one:
        assert {name for name in asked if writes(one.bare, name, every[name][0])} == tables
        step = every["step"][0] | {"child_id": None, "step_id": "of a worker"}
        assert writes(one.bare, "step", step) is (role == "workforce")


def test_every_table_about_a_child_that_is_written_here_alone_says_to_whom_that_is_open() -> None:
    staying = {name for name, table in TABLES.items() if table.stays and table.about == "child_id"}
    assert staying - {"broken_glass"} <= set(written.WRITES)


def opening(role: str, **also: Any) -> dict[str, Any]:
    """The record of Pat's own child, opened in an emergency by whoever holds a role, for as long as is usual."""
    row = next(row for row in every_row(staying=True)["broken_glass"] if row["child_id"] == "own")
    lasting = {"happened_on": TODAY, "opened_at": NOW, "until_at": NOW + timedelta(hours=4), "review_by_on": REVIEW_BY}
    lasting |= {"reason": "rung by the police at night"}
    none = dict.fromkeys(("reviewed_by", "reviewed_at", "outcome", "found"))
    return row | none | lasting | {"glass_id": f"g-{role}", "account": account(role)} | also


REVIEW_BY = date(2026, 3, 25)
"""Three working days after Friday 20 March."""
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
        last_year = {"opened_at": NOW - timedelta(days=365), "until_at": NOW - timedelta(days=365)}
        for other in (
            *({"account": "somebody.else"}, longer, {"opened_at": NOW + timedelta(days=9999)}, last_year, REVIEW),
            *({"happened_on": BEGAN}, {"review_by_on": REVIEW_BY + timedelta(days=1)}, {"reason": "." + " " * 20}),
        ):
            assert not writes(one.bare, "broken_glass", mine | other), other
        append(one.bare, Act("entry", one.asker.account, "x", "keyworker"), NOW, {"broken_glass": [mine]})
    with signed(record, "team manager") as one:
        assert not writes(one.bare, "broken_glass", mine | REVIEW | {"reviewed_by": one.asker.account})
        assert not writes(one.bare, "broken_glass", mine | longer), "nor for longer afterwards"
    theirs = opening("nobody's", account="somebody.else")
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as keeper:
        append(keeper, ACT, NOW, {"broken_glass": [theirs]})
    with signed(record, "director") as one:
        asked = (
            "select entry_id from record.broken_glass where glass_id in ('g-team manager', 'g-nobody''s') order by 1"
        )
        (of_pat,), (number,) = one.bare.execute(asked).fetchall()
        review = Act("correction", one.asker.account, "x")
        said = REVIEW | {"reviewed_by": one.asker.account}
        for entry, wrong in ((number, longer), (number, REVIEW | {"reviewed_by": "somebody.else"}), (of_pat, said)):
            with pytest.raises(WriteRefused):
                amend(one.bare, review, NOW, [Amendment("broken_glass", entry, wrong)])
        amend(one.bare, review, NOW, [Amendment("broken_glass", number, said)])


def test_nobody_opens_more_records_in_a_day_than_the_council_lets_them(record: Database) -> None:
    """Not by one statement either."""
    with signed(record, "senior practitioner") as one:
        act = Act("entry", one.asker.account, "x", "keyworker")
        many = [opening("senior practitioner", glass_id=f"many-{number}") for number in range(6)]
        with pytest.raises(WriteRefused):
            append(one.bare, act, NOW, {"broken_glass": many})
        append(one.bare, act, NOW, {"broken_glass": many[:5]})
    with signed(record, "senior practitioner") as one:
        assert not writes(one.bare, "broken_glass", many[5])


def test_what_says_that_a_record_was_opened_opens_none_to_whoever_may_open_none(record: Database) -> None:
    glass = opening("councillor", until_at=NOW + timedelta(days=9999))
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as keeper:
        append(keeper, ACT, NOW, {"broken_glass": [glass]})
    with signed(record, "councillor") as one:
        assert one.bare.execute("select child_id from record.person").fetchall() == []
        assert one.through.standing("own") is None


@pytest.mark.parametrize(
    ("role", "may"), [("social worker", {"entry"}), ("director", {"entry", "erasure"}), ("inspector", set())]
)
def test_an_act_is_written_in_ones_own_name_and_of_a_kind_that_is_theirs(
    record: Database, role: str, may: set[str]
) -> None:
    with signed(record, role) as one:
        assert {kind for kind in ("entry", "erasure", "load") if acts(one.bare, kind, one.asker.account)} == may
        assert not acts(one.bare, "entry", "somebody.else")
        assert not acts(one.bare, "entry", one.asker.account, source="ssd")
        assert not acts(one.bare, "entry", one.asker.account, cut_at=NOW)
        assert not acts(one.bare, "entry", one.asker.account, tables=[])
        assert not gives_a_handle(one.bare, "own") and not gives_a_handle(one.bare, "nobody")


def test_nobody_opens_an_act_who_writes_nothing_and_none_names_a_table_into_which_it_wrote_nothing(
    record: Database,
) -> None:
    """Such an act would have what everybody sees laid down anew, as often as it is written."""
    for role in ("councillor", "administrator", "inspector", "partner"):
        with signed(record, role) as one:
            assert acts(one.bare, "entry", one.asker.account) is (role == "partner"), role
    with signed(record, "director") as seeing, signed(record, "partner") as one:
        into = "insert into record.act (kind, author, purpose, source, tables, recorded_at)"
        for named in ("{setting,restriction}", "{case_note}"):
            with pytest.raises(psycopg.errors.RestrictViolation), one.bare.transaction():
                one.bare.execute(
                    f"{into} values ('entry', access.account(), 'x', %s, %s, now())".encode(), (HERE, named)
                )
        assert seeing.bare.execute("select count(*) > 0 from record.person").fetchone() == (True,)


def acts(
    bare: psycopg.Connection,
    kind: str,
    author: str,
    source: str = HERE,
    cut_at: datetime | None = None,
    tables: Sequence[str] = ("step",),
) -> bool:
    """Whether an act can be opened. It is taken back."""
    into = "insert into record.act (kind, author, purpose, source, tables, recorded_at, cut_at)"
    said = (kind, author, source, list(tables), cut_at)
    return lets(bare, f"{into} values (%s, %s, 'x', %s, %s, now(), %s)", *said)


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


def test_a_supervision_of_a_case_is_written_by_one_of_the_two_and_confirmed_by_the_worker_alone(
    record: Database,
) -> None:
    """Pat holds one with Ann, and writes of none between Ann and Bea, nor for Ann that it was so."""
    held = {"supervision_id": "s", "child_id": "own", "worker_id": "ann", "supervisor_id": "pat"}
    held |= {"happened_on": TODAY, "outcome": "held", "decision": "made-up"}
    said = {"supervision_id": "s", "child_id": "own", "happened_on": TODAY, "form": "individual", "why": "made-up"}
    action = {"action_id": "s-1", "supervision_id": "s", "child_id": "own", "happened_on": TODAY, "what": "made-up"}
    action |= {"worker_id": "ann", "due_on": TODAY}
    so = {"confirmed": True, "answered_on": TODAY}
    with signed(record, "team manager") as one:
        act = Act("entry", one.asker.account, "x", "keyworker")
        assert not writes(one.bare, "case_supervision", held | {"supervisor_id": "bea"})
        for name, row in (("case_supervision_note", said), ("supervision_action", action)):
            assert not writes(one.bare, name, row | {"supervision_id": "of nobody"}), name
        with pytest.raises(WriteRefused):
            append(one.bare, act, NOW, {"case_supervision": [held], "case_supervision_note": [said | so]})
        rows = {"case_supervision": [held], "case_supervision_note": [said], "supervision_action": [action]}
        numbers = append(one.bare, act, NOW, rows).entry_ids
        correction = Act("correction", one.asker.account, "x")
        for name, changes in (
            ("case_supervision", {"worker_id": "bea"}),
            ("case_supervision_note", so),
            ("case_supervision_note", {"why": "another"}),
            ("supervision_action", {"what": "another"}),
        ):
            with pytest.raises(WriteRefused):
                amend(one.bare, correction, NOW, [Amendment(name, numbers[name][0], changes)])
        ended = {"ended_on": TODAY, "done": True}
        amend(one.bare, correction, NOW, [Amendment("supervision_action", numbers["supervision_action"][0], ended)])
        gone = Amendment("case_supervision_note", numbers["case_supervision_note"][0], {"withdrawn": True})
        amend(one.bare, correction, NOW, [Amendment("case_supervision", numbers["case_supervision"][0], None), gone])


def test_nobody_answers_for_another_to_whom_a_child_is_offered_nor_gives_them_the_child(record: Database) -> None:
    """A social worker, Pat, who allocates nobody: one child was offered to Pat, and one to Ann."""
    offer = {"child_id": "own", "from_worker_id": "bea", "happened_on": TODAY, "starts_on": TODAY, "cause": "other"}
    rows = [offer | {"handover_id": f"to {worker}", "worker_id": worker, "team_id": "t1"} for worker in ("pat", "ann")]
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as keeper:
        mine, anns = append(keeper, ACT, NOW, {"handover": rows}).entry_ids["handover"]
    lead = next(row for row in every_row(staying=False)["involvements"] if row["child_id"] == "own")
    accepted = {"answer": "accepted", "answered_on": TODAY}
    with signed(record, "social worker") as one:
        assert not writes(one.bare, "handover", rows[1] | {"handover_id": "new"} | accepted)
        assert not writes(one.bare, "handover", rows[0] | {"handover_id": "new"}), "offered by whoever allocates"
        new = lead | {"involvement_id": "new", "to_on": None}
        assert writes(one.bare, "involvements", new)
        assert not writes(one.bare, "involvements", new | {"worker_id": "cal"})
        correction = Act("correction", one.asker.account, "x")
        for entry, wrong in ((anns, accepted), (mine, accepted | {"worker_id": "cal"}), (mine, {"why": "another"})):
            with pytest.raises(WriteRefused):
                amend(one.bare, correction, NOW, [Amendment("handover", entry, wrong)])
    for entry, changes in ((anns, {"told_on": TODAY}), (mine, accepted)):
        with signed(record, "social worker") as one:  # anew, for where the child stands may have moved
            amend(one.bare, correction, NOW, [Amendment("handover", entry, changes)])


def test_every_column_that_holds_a_sign_in_is_signed_by_whoever_writes() -> None:
    """It goes through the vocabulary by itself: a new column is held, or stands with those of somebody else."""
    columns = {
        (table.name, one.name)
        for table in TABLES.values()
        for one in table.columns
        if one.name == "account" or "sign-in name of" in one.says or "The sign-in of" in one.says
    }
    held = {(name, one) for name, by in signing.SIGNED.items() for one in (by.first, by.second) if one}
    held |= {("broken_glass", "account"), ("broken_glass", "reviewed_by"), ("not_to_be_told", "asked_by")}
    assert {("time_asked", "asked_by"), ("restriction_named", "ended_by")} <= columns
    assert columns - {("role_holding", "covering_for")} == held | signing.SAYS_WHO


@pytest.mark.parametrize(
    ("role", "tables"),
    [
        (
            "team manager",
            ("time_asked", "load_challenge", "lone_visit", "challenge", "copy_for_outside", "erasure_asked"),
        ),
        ("head of service", ("restriction", "restriction_named")),
        ("conference chair", ("chairing",)),
    ],
)
def test_what_somebody_signs_is_in_their_own_name(record: Database, role: str, tables: tuple[str, ...]) -> None:
    every = every_row(staying=True) | every_row(staying=False)
    with signed(record, role) as one:
        for name in tables:
            by, key = signing.SIGNED[name], TABLES[name].key[0]
            new = next(row for row in every[name] if row.get("child_id", "own") == "own")
            mine = signed_by(one.asker.account, name, new | {key: f"signed {name}"})
            assert writes(one.bare, name, mine), name
            assert not writes(one.bare, name, mine | {by.first: "somebody.else"}), name
            if by.second:
                for other in ("somebody.else", *([one.asker.account] if by.by_another else ())):
                    assert not writes(one.bare, name, mine | {by.second: other}), (name, other)
            if name in signing.WRITTEN_BY:
                assert not writes(one.bare, name, mine | {"worker_id": "ann"}), name
    assert signing.SIGNED.keys() >= set(tables)


def test_another_answers_once_and_changes_nothing_that_was_asked(record: Database) -> None:
    """Somebody asked for time; Pat answers, as a manager, and the answer of another stays."""
    new = next(row for row in every_row(staying=True)["time_asked"] if row["child_id"] == "own")
    new |= {"asked_by": "somebody.else", "worker_id": "bea"}
    answered = {"answer": "later", "answered_by": "another.manager", "answered_on": TODAY, "answer_says": "x"}
    rows = [new | {"asked_id": "waits"}, new | {"asked_id": "answered"} | answered]
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as keeper:
        (waits, done) = append(keeper, ACT, NOW, {"time_asked": rows}).entry_ids["time_asked"]
    with signed(record, "team manager") as one:
        mine = answered | {"answered_by": one.asker.account}
        correction = Act("correction", one.asker.account, "x")
        for entry, wrong in (
            (waits, {"reason": "another"}),
            (waits, mine | {"reason": "another"}),
            (waits, mine | {"answer": "taken back"}),
            (waits, answered),
            (waits, {"answer": "late"}),
            (done, {"answer": "late"}),
            (done, mine | {"answer": "late"}),
        ):
            with pytest.raises(WriteRefused):
                amend(one.bare, correction, NOW, [Amendment("time_asked", entry, wrong)])
        amend(one.bare, correction, NOW, [Amendment("time_asked", waits, mine)])


def test_whoever_keeps_the_data_gives_nobody_a_role_and_sets_nothing(record: Database) -> None:
    rows = every_row(staying=False)
    with signed(record, "performance analyst") as one:
        for name in ("role_holding", "setting", "meaning", "appointment", "supervision_line", "team", "person"):
            assert not writes(one.bare, name, rows[name][0]), name
        assert not acts(one.bare, "load", one.asker.account) and not acts(one.bare, "setting", one.asker.account)


def test_a_row_is_written_under_its_own_key_and_tells_of_no_other_row(record: Database) -> None:
    """A row of a child far away stands; whoever writes of their own child is told of its key as of nobody's."""
    notes = {row["child_id"]: row for row in every_row(staying=True)["case_note"]}
    described = TABLES["case_note"]
    new = notes["own"] | {"note_id": "new"}
    keys = [row_key(HERE, described, notes["all"]), row_key(HERE, described, new | {"note_id": "nobody's"})]
    with signed(record, "social worker") as one:
        assert writes(one.bare, "case_note", new)
        assert {writes(one.bare, "case_note", new | {"row_key": key}) for key in keys} == {False}
        assert not writes(one.bare, "case_note", new | {"digest": keys[0]})
        assert not writes(one.bare, "case_note", new | {"source": "ssd", "row_key": row_key("ssd", described, new)})


def test_an_act_is_of_no_instant_that_is_still_to_come(record: Database) -> None:
    """What is written afterwards would be of then too, for an act is after every other."""
    note = next(row for row in every_row(staying=True)["case_note"] if row["child_id"] == "own") | {"note_id": "ahead"}
    with signed(record, "social worker") as one:
        act = Act("entry", one.asker.account, "x", "keyworker")
        with pytest.raises(WriteRefused):
            append(one.bare, act, datetime.now(UTC) + timedelta(hours=1), {"case_note": [note]})


def test_when_an_entry_was_entered_is_when_it_was_written_or_what_stood_before(record: Database) -> None:
    note = next(row for row in every_row(staying=True)["case_note"] if row["child_id"] == "own") | {"note_id": "late"}
    with signed(record, "social worker") as one:
        act = Act("entry", one.asker.account, "x", "keyworker")
        with pytest.raises(WriteRefused):
            append(one.bare, act, NOW, {"case_note": [note | {"entered_at": NOW - timedelta(days=9)}]})
        (entry,) = append(one.bare, act, NOW, {"case_note": [note]}).entry_ids["case_note"]
        correction = Act("correction", one.asker.account, "x")
        amend(one.bare, correction, NOW, [Amendment("case_note", entry, {"note": "Other made-up words"})])
