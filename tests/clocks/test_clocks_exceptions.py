"""Exceptions that a manager agrees and withdraws by hand, on a small record worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest
from typer.testing import CliRunner

from keyworker.access import Asker, Door, RoleHeld
from keyworker.actions import Keyworker, exceptions
from keyworker.actions.exceptions import Wanted, also_covered, problems
from keyworker.cli import app
from keyworker.clocks.engine import Reading, every_rule, open_readings, rows_of
from keyworker.clocks.readings import State
from keyworker.clocks.rules import RuleKind
from keyworker.clocks.stored import People, is_kept, keep_all
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.moment import Moment
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, AlreadyRecorded, correct
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.clocks.made import CP_SETTING, involvement, tell
from tests.servers.asking import asking
from tests.servers.started import Database
from tests.web.made_duties import reading

TODAY = date(2026, 3, 20)
NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)
BEGAN = date(2026, 3, 9)
# Ten working days after Monday 9 March 2026 is Monday 23 March.
DUE = date(2026, 3, 23)
LATER = date(2026, 3, 27)
ID = "0" * 32


@pytest.fixture
def record(as_database_url: Database) -> Database:
    """ash, of Fen 1 in Fenland, on a plan from 9 March 2026 and not seen since."""
    rows: dict[str, list[dict[str, Any]]] = {
        "person": [{"child_id": "ash", "forename": "Ashby", "surname": "Madeup"}],
        "cin_episodes": [{"referral_id": "r1", "child_id": "ash", "from_on": date(2026, 1, 5), "team_id": "t1"}],
        "cp_plans": [{"cp_plan_id": "p1", "child_id": "ash", "from_on": BEGAN}],
        "cp_visits": [],
        "involvements": [involvement(1, "ann", "Lead", date(2026, 1, 5), None, child_id="ash")],
        "team": [
            {"team_id": "t1", "name": "Fen 1", "district": "Fenland", "team_type": "other", "from_on": date(2020, 1, 6)}
        ],
        "setting": [CP_SETTING],
    }
    with as_database_url.connect(DatabaseRole.LOADER) as connection:
        tell(connection, rows, now=datetime(2026, 3, 19, 9, tzinfo=UTC))
    return as_database_url


@pytest.fixture
def connection(record: Database) -> Iterator[psycopg.Connection]:
    with record.connect(DatabaseRole.SERVICE, autocommit=True) as opened:
        yield opened


def asked(
    connection: psycopg.Connection, role: str = "team manager", scope: str = "t1", now: datetime = NOW
) -> Keyworker:
    asker = Asker("fen.manager", "agree an exception from a timescale", Door.PAGE, (RoleHeld(role, scope),))
    return asking(asker, connection, now)


def handle(connection: psycopg.Connection) -> str:
    return handles_of(connection, HandleKind.CHILD, ["ash"])["ash"]


def wanted(later: date | None = LATER, **changes: Any) -> Wanted:
    base = Wanted(ID, "cp-visit", DUE, later, "team manager", "The family is abroad until the 25th.")
    return replace(base, **changes)


def visit(connection: psycopg.Connection, at: date = TODAY, known_at: datetime | None = None) -> Reading:
    moment = Moment(at, known_at)
    (one,) = asked(connection).clocks(moment, child=handle(connection), rules=["cp-visit"])
    return one


def test_a_later_date_that_a_manager_agrees_holds_from_now_on_with_who_and_why(connection: psycopg.Connection) -> None:
    assert (visit(connection).due_on, visit(connection).state) == (DUE, State.RUNNING)
    asked(connection).agree(handle(connection), wanted())
    one = visit(connection)
    assert (one.due_on, one.state) == (LATER, State.RUNNING)
    assert "moved to 27 March 2026; granted by team manager." in one.reason and "abroad" not in one.reason
    (granted,) = asked(connection).exceptions(Moment(TODAY), handle(connection))
    assert (granted.written_by, granted.written_at.date(), granted.source) == ("fen.manager", TODAY, "keyworker")


def test_an_exception_speaks_from_its_first_day_for_the_duty_that_was_meant_of_two(
    record: Database, connection: psycopg.Connection
) -> None:
    """The plan of 9 March asks for a core group by the 23rd, another of the 5th by the 19th: only one comes later."""
    group = {"step_id": "g1", "child_id": "oak", "kind": "core group", "happened_on": BEGAN}
    plan = {"cp_plan_id": "p2", "child_id": "ash", "from_on": date(2026, 3, 5)}
    with record.connect(DatabaseRole.LOADER) as loader:
        tell(loader, {"step": [group], "cp_plans": [plan]}, source="pack", now=NOW)
    rule = "core-group-first-10wd"

    def due(at: date) -> dict[date | None, tuple[date | None, State]]:
        every = asked(connection).clocks(Moment(at), child=handle(connection), rules=[rule])
        return {one.started_on: (one.due_on, one.state) for one in every}

    day = date(2026, 3, 17)
    assert due(day) == {
        date(2026, 3, 5): (date(2026, 3, 19), State.RUNNING),
        BEGAN: (DUE, State.RUNNING),
    }
    agreed = {"exception_id": "X-3", "child_id": "ash", "rule": rule, "granted_by": "panel", "reason": "Away."}
    agreed |= {"from_on": date(2026, 3, 16), "to_on": date(2026, 3, 24), "new_due_on": LATER}
    with record.connect(DatabaseRole.LOADER) as loader:
        tell(loader, {"timescale_exception": [agreed]}, source="pack", now=NOW)
    assert due(day) == {
        date(2026, 3, 5): (date(2026, 3, 19), State.RUNNING),
        BEGAN: (LATER, State.RUNNING),
    }


def test_what_is_not_asked_for_is_not_overdue_after_its_day(connection: psycopg.Connection) -> None:
    asked(connection).agree(handle(connection), wanted(None))
    assert visit(connection, date(2026, 3, 26)).state is State.NOT_APPLICABLE


def test_what_was_in_time_by_the_date_as_understood_then_says_so_when_the_start_is_corrected(
    record: Database, connection: psycopg.Connection
) -> None:
    """The visit of the 20th was in time by the plan of 9 March, and late by the plan of the 2nd, which nobody knew."""
    seen = {"cp_visit_id": "v1", "cp_plan_id": "p1", "child_id": "ash", "happened_on": TODAY, "seen": True}
    with record.connect(DatabaseRole.LOADER) as loader:
        tell(loader, {"cp_visits": [seen]}, now=datetime(2026, 3, 20, 17, tzinfo=UTC))
        row = loader.execute("select entry_id from record.cp_plans").fetchone()
        assert row is not None
        act, corrected = Act("correction", "made up", "the plan began before"), {"from_on": date(2026, 3, 2)}
        correct(loader, act, datetime(2026, 4, 1, 9, tzinfo=UTC), "cp_plans", row[0], corrected)
    every = asked(connection).clocks(Moment(date(2026, 4, 2)), child=handle(connection), rules=["cp-visit"])
    (one,) = [reading for reading in every if reading.met_on == TODAY and reading.started_on == date(2026, 3, 2)]
    assert (one.due_on, one.state, one.understood_due_on) == (date(2026, 3, 16), State.MET_LATE, DUE)
    assert one.said == "done in time by the date as understood then"
    others = [reading for reading in every if reading is not one]
    assert others and not any(reading.understood_due_on for reading in others), "nothing else was late"
    # Asked with what was known by the end of that very day, it is simply in time.
    then = Moment(TODAY, datetime(2026, 3, 21, tzinfo=UTC))
    every = asked(connection).clocks(then, child=handle(connection), rules=["cp-visit"])
    assert [(one.state, one.understood_due_on) for one in every if one.met_on] == [(State.MET_IN_TIME, None)]


def test_what_was_known_before_it_was_agreed_stays_as_it_was_known(connection: psycopg.Connection) -> None:
    asked(connection).agree(handle(connection), wanted())
    assert visit(connection, known_at=datetime(2026, 3, 20, 8, tzinfo=UTC)).due_on == DUE


def test_an_exception_that_is_withdrawn_no_longer_holds_and_says_by_whom_and_why(
    connection: psycopg.Connection,
) -> None:
    child = handle(connection)
    asked(connection).agree(child, wanted())
    later = datetime(2026, 3, 21, 9, tzinfo=UTC)
    asked(connection, now=later).withdraw(child, ID, "The family is back.")
    assert visit(connection, date(2026, 3, 21)).due_on == DUE
    (granted,) = asked(connection).exceptions(Moment(date(2026, 3, 21)), child)
    assert granted.withdrawn is not None
    assert (granted.withdrawn.by, granted.withdrawn.why) == ("fen.manager", "The family is back.")
    # While it stood it was known to hold.
    assert visit(connection, date(2026, 3, 20), datetime(2026, 3, 20, 12, tzinfo=UTC)).due_on == LATER
    with pytest.raises(KeyworkerError, match="withdrawn already"):
        asked(connection, now=later).withdraw(child, ID, "Again.")


def test_a_duty_may_be_excepted_anew_after_a_withdrawal(connection: psycopg.Connection) -> None:
    child = handle(connection)
    asked(connection).agree(child, wanted())
    asked(connection).withdraw(child, ID, "A wrong date.")
    asked(connection).agree(child, wanted(date(2026, 3, 30), exception_id="1" * 32))
    assert visit(connection).due_on == date(2026, 3, 30)


def test_the_childs_kept_duties_are_renewed_with_the_exception_and_with_its_withdrawal(
    connection: psycopg.Connection,
) -> None:
    def kept() -> tuple[bool, date]:
        row = connection.execute("select due_on from kept.open_duty where rule = 'cp-visit'").fetchone()
        assert row is not None
        return is_kept(connection, TODAY), row[0]

    with connection.transaction():
        keep_all(connection, TODAY, People(["ash"], []))
    assert kept() == (True, DUE)
    asked(connection).agree(handle(connection), wanted())
    assert kept() == (True, LATER)
    asked(connection).withdraw(handle(connection), ID, "A wrong date.")
    assert kept() == (True, DUE)


def test_the_duty_after_the_one_that_was_let_come_later_keeps_its_own_day(
    record: Database, connection: psycopg.Connection
) -> None:
    """The kept and the open duties do not hold the one that was done: all ways of reading agree all the same."""
    asked(connection).agree(handle(connection), wanted(date(2026, 4, 17)))
    seen = {"cp_visit_id": "v1", "cp_plan_id": "p1", "child_id": "ash", "happened_on": TODAY, "seen": True}
    agreed = {"exception_id": "X-2", "child_id": "ash", "rule": "cp-visit", "granted_by": "panel", "reason": "Abroad."}
    agreed |= {"from_on": BEGAN, "to_on": date(2026, 5, 1), "new_due_on": date(2026, 4, 17)}
    with record.connect(DatabaseRole.LOADER) as loader:
        tell(loader, {"cp_visits": [seen], "timescale_exception": [agreed]}, source="pack", now=NOW)
    moment = Moment(date(2026, 3, 27))
    with connection.transaction():
        keep_all(connection, moment.at, People(["ash"], []))
    kept = connection.execute(
        "select started_on, due_on, agreed from kept.open_duty where rule = 'cp-visit'"
    ).fetchall()
    found, rulebook = open_readings(connection, moment, child_ids=["ash"], rules=["cp-visit"])
    (one,) = rows_of(found, rulebook)
    # Ten working days after Friday 20 March, with Good Friday on 3 April, are Tuesday 7 April.
    assert kept == [(TODAY, date(2026, 4, 7), None)] == [(one.started_on, one.due_on, one.agreed or None)]
    every = asked(connection).clocks(moment, child=handle(connection), rules=["cp-visit"])
    assert sorted(one.due_on for one in every if one.due_on) == [date(2026, 4, 7), date(2026, 4, 17)]


def test_a_form_that_is_sent_twice_writes_once(connection: psycopg.Connection) -> None:
    asked(connection).agree(handle(connection), wanted())
    with pytest.raises(KeyworkerError):
        asked(connection).agree(handle(connection), wanted())
    rows = connection.execute("select count(*) from record.timescale_exception").fetchone()
    assert rows == (1,)


def test_two_who_send_the_same_form_at_once_write_once(connection: psycopg.Connection) -> None:
    child = handle(connection)
    manager = asked(connection)
    open_now = manager.clocks(Moment(TODAY), child=child)
    exceptions.agree(manager.own, manager.asker, NOW, "ash", wanted(), open_now, TODAY)
    with pytest.raises(AlreadyRecorded):
        exceptions.agree(manager.own, manager.asker, NOW, "ash", wanted(), open_now, TODAY)


def lines(record: Database) -> list[tuple[str, list[str]]]:
    """What the access log holds: what was asked for, and whom it showed."""
    with record.connect(DatabaseRole.OWNER) as owner:
        return owner.execute("select route, handles from record.access_log").fetchall()


@pytest.mark.parametrize(
    ("role", "scope", "may"),
    [
        ("team manager", "t1", True),
        ("head of service", "Fenland", True),
        ("director", "all", True),
        ("team manager", "t2", False),
        ("head of service", "Marl", False),
        ("social worker", "t1", False),
        ("performance analyst", "all", False),
    ],
)
def test_only_whoever_answers_for_the_childs_team_may_agree(
    record: Database, connection: psycopg.Connection, role: str, scope: str, may: bool
) -> None:
    child = handle(connection)
    who = asked(connection, role, scope)
    assert (who.refusal_to_agree(child) is None) is may
    if may:
        who.agree(child, wanted())
    else:
        with pytest.raises(Refused):
            who.agree(child, wanted())
        assert connection.execute("select count(*) from record.timescale_exception").fetchone() == (0,)
        assert lines(record) == [("not given: exceptions", [])]


def test_an_exception_of_a_file_is_not_withdrawn_here(record: Database, connection: psycopg.Connection) -> None:
    row = {
        "exception_id": "X-1",
        "child_id": "ash",
        "rule": "cp-visit",
        "granted_by": "panel",
        "reason": "In hospital.",
    }
    with record.connect(DatabaseRole.LOADER) as loader:
        tell(loader, {"timescale_exception": [row | {"from_on": TODAY}]}, source="pack", now=NOW)
    with pytest.raises(KeyworkerError, match="loaded from a file"):
        asked(connection).withdraw(handle(connection), "X-1", "Back.")


def _due(due_on: date, **more: Any) -> Reading:
    return replace(reading("cp-visit", "Visit", State.RUNNING, due_on=due_on), **more)


def test_what_cannot_be_agreed_is_said_beside_its_field() -> None:
    open_now = [_due(DUE)]
    assert problems(wanted(), open_now) == {}
    assert set(problems(wanted(DUE), open_now)) == {"later"}
    assert set(problems(wanted(date(2027, 3, 25)), open_now)) == {"later"}, "367 days after it is due"
    assert problems(wanted(date(2027, 3, 24)), open_now) == {}
    assert set(problems(wanted(granted_by=" ", reason=""), open_now)) == {"granted_by", "reason"}
    assert set(problems(wanted(reason="x" * 501), open_now)) == {"reason"}
    assert set(problems(wanted(), [_due(DUE, agreed="Agreed exception: …")])) == {"duty"}
    assert set(problems(wanted(), [_due(LATER)])) == {"duty"}


def test_an_indicator_and_a_window_ask_nothing_that_could_be_excepted() -> None:
    rules = every_rule()
    indicator = next(rule.id for rule in rules if "indicator" in rule.basis)
    window = next(rule.id for rule in rules if rule.binding.kind is RuleKind.WINDOW)
    for rule in (indicator, window):
        assert set(problems(wanted(rule=rule), [_due(DUE, rule=rule)])) == {"duty"}


def test_another_duty_of_the_rule_that_falls_due_before_is_named_unless_one_alone_comes_later() -> None:
    between, before = _due(date(2026, 3, 21)), _due(date(2026, 3, 19))
    assert also_covered([between, before, _due(DUE)], wanted(None), TODAY) == [between]
    assert also_covered([between, before, _due(DUE)], wanted(), TODAY) == []


def run(*arguments: str) -> Any:
    answer = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def test_the_commands_agree_list_and_withdraw(record: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with record.connect(DatabaseRole.LOADER) as loader:
        # The commands ask the clock: a plan that began today is due ten working days from now.
        plan = {"cp_plan_id": "p2", "child_id": "elm", "from_on": datetime.now(UTC).date()}
        episode = {"referral_id": "r2", "child_id": "elm", "from_on": datetime.now(UTC).date()}
        tell(loader, {"cp_plans": [plan], "cin_episodes": [episode]}, now=datetime.now(UTC))
    due = next(
        row["due_on"]
        for row in json.loads(run("clocks", "--child", "elm", "--rule", "cp-visit", "--json"))
        if row["state"] == "running"
    )
    run("agree", "--child", "elm", "--rule", "cp-visit", "--due", due, "--granted-by", "panel", "--why", "Abroad.")
    (row,) = json.loads(run("exceptions", "--child", "elm", "--json"))
    assert (row["rule"], row["new_due_on"], row["granted_by"], row["withdrawn_at"]) == ("cp-visit", None, "panel", None)
    run("withdraw", row["exception_id"], "--child", "elm", "--why", "Back.")
    (row,) = json.loads(run("exceptions", "--child", "elm", "--json"))
    assert row["withdrawn_at"] is not None and "reason" not in row and "withdrawn_why" not in row
    (row,) = json.loads(run("exceptions", "--child", "elm", "--json", "--names", "--reason", "answer a complaint"))
    assert (row["reason"], row["withdrawn_why"]) == ("Abroad.", "Back.")
