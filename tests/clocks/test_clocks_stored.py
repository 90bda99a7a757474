"""Open duties kept for today are those that are worked out anew, whatever is written; or they are not believed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import psycopg
import pytest

from keyworker.actions.reading import one_keeping
from keyworker.actions.warming import warm
from keyworker.clocks import duties, engine
from keyworker.clocks.engine import open_readings
from keyworker.clocks.rules import Rulebook
from keyworker.clocks.stored import People, is_kept, keep_all, kept_open, renew
from keyworker.facts.columns import taken
from keyworker.facts.moment import Moment
from keyworker.intake import joining
from keyworker.intake.load import load_paths
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, ActResult, append, correct
from tests.clocks.made import AT, CP_SETTING, NOW, service, tell
from tests.servers.started import Database

EVERYBODY = People(["c1", "c2", "c4"], ["bea", "cat", "dee"])
LATER = NOW + timedelta(hours=1)
ENTRY = Act("entry", "A worker", "a visit", "ssd")


@pytest.fixture
def record(database: Database) -> Iterator[psycopg.Connection]:
    """The small service, with what is open on 20 March 2026 kept."""
    with database.connect(DatabaseRole.LOADER) as connection:
        tell(connection, service())
        tell(connection, {"setting": [CP_SETTING]}, source="pack")
        keep_all(connection, AT, EVERYBODY)
        connection.commit()
        yield connection


def counted(found: tuple[pl.DataFrame, Rulebook]) -> Counter[tuple[Any, ...]]:
    frame, rulebook = found
    names = ("subject", "started_on", "again", "due_on", "stopped_on", "state", "why", "passed_due", "excused")
    return Counter((rulebook.ids[row[0]], *row[1:]) for row in frame.select("rule", *names).iter_rows())


def anew(record: psycopg.Connection, at: date = AT) -> Counter[tuple[Any, ...]]:
    everybody = {"child_ids": EVERYBODY.child_ids, "worker_ids": EVERYBODY.worker_ids}
    return counted(open_readings(record, Moment(at), **everybody))


def test_many_children_are_found_in_what_is_taken_out_and_in_the_record_where_memory_is_short(
    record: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
):
    rightly, asked_in_sql = anew(record), []
    in_sql = duties.duties_in_postgresql
    monkeypatch.setattr(duties, "duties_in_postgresql", lambda *asked: asked_in_sql.append(asked) or in_sql(*asked))
    monkeypatch.setattr(engine, "FEW", 0)
    monkeypatch.setattr(duties, "MANY", 0)
    assert anew(record) == rightly
    assert asked_in_sql == []
    monkeypatch.setattr(taken, "MEMORY", "1MB")
    assert anew(record) == rightly
    assert len(asked_in_sql) == 1


def kept(record: psycopg.Connection) -> Counter[tuple[Any, ...]]:
    found = kept_open(record, AT, EVERYBODY)
    assert found is not None
    return counted(found)


def versions(record: psycopg.Connection, subject: str) -> set[str]:
    """Which transactions wrote what is kept of somebody."""
    rows = record.execute("select xmin::text from kept.open_duty where subject = %s", (subject,))
    return {row[0] for row in rows}


def visit(record: psycopg.Connection, child: str = "c1", day: date = AT) -> ActResult:
    said = {"cp_visit_id": f"new {child} {day}", "child_id": child, "happened_on": day, "seen": True}
    return append(record, ENTRY, LATER, {"cp_visits": [said]})


def test_what_is_kept_is_what_is_worked_out_anew(record: psycopg.Connection):
    found = kept(record)
    assert found == anew(record)
    # c1's plan asks for a visit within ten working days of 6 March, the last day seen: by Friday 20 March.
    due = {row[4]: row[6] for row in found if row[:2] == ("cp-visit", "c1")}
    assert due == {date(2026, 3, 20): "running"}
    assert {row[1] for row in found} >= {"c1", "c2"}


def test_some_people_are_a_part_of_what_is_kept(record: psycopg.Connection):
    some = kept_open(record, AT, People(["c2"], []))
    assert some is not None
    assert counted(some) == Counter({row: count for row, count in kept(record).items() if row[1] == "c2"})


def test_a_write_renews_its_child_in_its_own_transaction_and_no_other(record: psycopg.Connection):
    before, of_brother = kept(record), versions(record, "c2")
    record.commit()
    with record.transaction():
        assert renew(record, visit(record).act_id)
    assert kept(record) == anew(record) != before
    assert versions(record, "c2") == of_brother
    # Seen on the 20th itself, so the next ten working days run to Tuesday 7 April, past Good Friday and Easter Monday.
    due = {row[4] for row in kept(record) if row[:2] == ("cp-visit", "c1")}
    assert due == {date(2026, 4, 7)}


def test_a_correction_renews_its_child(record: psycopg.Connection):
    (entry,) = record.execute("select entry_id from record.cp_visits where cp_visit_id = 'v2'").fetchone() or (0,)
    act = Act("correction", "A worker", "not seen after all", "ssd")
    with record.transaction():
        assert renew(record, correct(record, act, LATER, "cp_visits", entry, {"seen": False}).act_id)
    assert kept(record) == anew(record)
    # Then they were last seen on 2 March, and the visit was due on Monday the 16th.
    assert {row[4:7] for row in kept(record) if row[:2] == ("cp-visit", "c1")} == {
        (date(2026, 3, 16), None, "overdue"),
    }


def test_a_child_who_is_new_to_the_service_is_kept_from_the_write_that_tells_of_them(record: psycopg.Connection):
    referral = {"referral_id": "r4", "child_id": "c4", "from_on": AT}
    with record.transaction():
        written = append(record, ENTRY, LATER, {"cin_episodes": [referral]})
        assert renew(record, written.act_id)
    assert kept(record) == anew(record)
    assert any(row[1] == "c4" for row in kept(record))


def test_a_write_that_is_undone_leaves_what_was_kept(record: psycopg.Connection):
    before = kept(record)
    with record.transaction(force_rollback=True):
        assert renew(record, visit(record).act_id)
        assert kept(record) != before
    assert kept(record) == before


def test_what_was_kept_before_a_write_that_renewed_nothing_is_not_believed(record: psycopg.Connection):
    visit(record)
    assert not is_kept(record, AT)
    assert kept_open(record, AT, EVERYBODY) is None
    # Nor is it after the next write, which cannot know what the one before it changed.
    assert not renew(record, visit(record, day=AT - timedelta(days=1)).act_id)
    assert kept_open(record, AT, EVERYBODY) is None


def test_what_is_kept_for_one_day_is_not_believed_on_another(record: psycopg.Connection):
    assert kept_open(record, AT + timedelta(days=1), EVERYBODY) is None
    keep_all(record, AT + timedelta(days=1), EVERYBODY)
    found = kept_open(record, AT + timedelta(days=1), EVERYBODY)
    assert found is not None
    assert counted(found) == anew(record, AT + timedelta(days=1))


@pytest.mark.parametrize(
    "rows",
    [
        {"setting": [CP_SETTING | {"value": "5", "from_on": date(2026, 3, 1)}]},
        {"step": [{"step_id": "s1", "kind": "return submitted", "belongs_to": "cin_census", "happened_on": AT}]},
        {"cp_visits": [{"cp_visit_id": f"w{n}", "child_id": f"k{n}", "happened_on": AT} for n in range(201)]},
    ],
    ids=["a setting", "a step of the council", "more than 200 children"],
)
def test_a_write_that_may_change_everybodys_duties_renews_none(
    record: psycopg.Connection, rows: dict[str, list[dict[str, Any]]]
):
    assert not renew(record, append(record, ENTRY, LATER, rows).act_id)
    assert kept_open(record, AT, EVERYBODY) is None


def test_two_identifiers_that_are_joined_and_parted_are_renewed(record: psycopg.Connection):
    whose = {"decided_by": "a manager", "why": "made up"}
    joining.join(record, "c1", "c2", now=LATER, **whose)
    assert kept(record) == anew(record)
    assert {row[1] for row in kept(record)} & {"c1", "c2"} == {"c1"}
    joining.part(record, "c1", "c2", now=LATER + timedelta(hours=1), **whose)
    assert kept(record) == anew(record)
    assert {row[1] for row in kept(record)} >= {"c1", "c2"}


def test_a_load_of_a_few_changed_rows_renews_their_children(database: Database, tmp_path: Path):
    def load(day: str, now: datetime) -> None:
        path = tmp_path / f"{day}.csv"
        path.write_text(
            f"cppv_cp_visit_id,cppv_cp_plan_id,cppv_person_id,cppv_cp_visit_date,cppv_cp_visit_seen\nx,p1,c1,{day},Y\n"
        )
        load_paths([path], connection=record, home=tmp_path / "home", now=now, author="Tess Ting")

    with database.connect(DatabaseRole.LOADER) as record:
        load("2026-03-02", NOW - timedelta(days=2))
        tell(record, {name: rows for name, rows in service().items() if name != "cp_visits"})
        keep_all(record, AT, EVERYBODY)
        record.commit()
        before = kept(record)
        record.commit()
        load("2026-03-18", datetime(2026, 3, 20, 12, tzinfo=UTC))
        assert kept(record) == anew(record) != before


def test_warming_todays_pages_keeps_what_is_open(record: psycopg.Connection, database: Database):
    visit(record)
    record.commit()
    with database.connect(DatabaseRole.SERVICE, autocommit=True) as pages:
        for _ in warm(pages, AT, []):
            pass
    assert is_kept(record, AT)
    found = kept_open(record, AT, EVERYBODY)
    assert found is not None
    assert {row[1] for row in counted(found)} >= {"c1", "c2"}


def test_of_two_servers_that_keep_the_same_day_one_stands(record: psycopg.Connection, database: Database):
    with (
        database.connect(DatabaseRole.SERVICE, autocommit=True) as pages,
        database.connect(DatabaseRole.SERVICE) as others,
    ):
        with one_keeping(pages):
            pages.execute("select 1 from kept.open_duty").fetchall()
            keep_all(others, AT, People(["c1"], []))
            others.commit()
            keep_all(pages, AT, EVERYBODY)
        assert versions(pages, "c2") == set()
        assert kept_open(pages, AT, People(["c1"], [])) is not None


def test_of_two_servers_that_keep_a_day_where_nothing_was_kept_one_stands(
    record: psycopg.Connection, database: Database
):
    record.execute("delete from kept.open_duty")
    record.execute("delete from kept.open_duty_ground")
    record.commit()
    with (
        database.connect(DatabaseRole.SERVICE, autocommit=True) as pages,
        database.connect(DatabaseRole.SERVICE) as others,
    ):
        with one_keeping(pages):
            pages.execute("select 1 from kept.open_duty").fetchall()
            keep_all(others, AT, EVERYBODY)
            others.commit()
            keep_all(pages, AT, EVERYBODY)
        assert kept(pages) == anew(pages)


def test_a_write_while_the_whole_is_kept_anew_renews_nothing_and_doubles_nothing(
    record: psycopg.Connection, database: Database
):
    with database.connect(DatabaseRole.SERVICE) as pages:
        keep_all(pages, AT, EVERYBODY)
        with record.transaction():
            assert not renew(record, visit(record).act_id)
        pages.commit()
    assert kept_open(record, AT, EVERYBODY) is None
    keep_all(record, AT, EVERYBODY)
    assert kept(record) == anew(record)
