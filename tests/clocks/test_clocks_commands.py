"""The commands about timescales and Python give the same, on a small record worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import keyworker as kw
from keyworker.access import Asker, Door
from keyworker.actions import Keyworker
from keyworker.cli import app, clocks, seeing
from keyworker.clocks.catalogue import rulebook
from keyworker.clocks.counting import Method, Unit
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.moment import Moment
from keyworker.record.connect import DatabaseRole
from tests.clocks.made import CP_SETTING, involvement, tell
from tests.servers.asking import asking
from tests.servers.started import Database

AT = "2026-03-20"
MOMENT = Moment(date.fromisoformat(AT))
NOW = datetime(2026, 3, 21, 9, tzinfo=UTC)


@pytest.fixture
def record(as_database_url: Database) -> Database:
    """A child on a plan from 2 February 2026, seen on the 12th and on 2 March, led by Ann in one team."""
    with as_database_url.connect(DatabaseRole.LOADER) as connection:
        tell(
            connection,
            {
                "person": [{"child_id": "c1", "forename": "Ashby", "surname": "Madeup", "birth_on": date(2015, 3, 21)}],
                "cin_episodes": [{"referral_id": "r1", "child_id": "c1", "from_on": date(2026, 1, 5), "team_id": "t1"}],
                "cp_plans": [{"cp_plan_id": "p1", "child_id": "c1", "from_on": date(2026, 2, 2)}],
                "cp_visits": [
                    {"cp_visit_id": "1", "child_id": "c1", "happened_on": date(2026, 2, 12), "seen": True},
                    {"cp_visit_id": "2", "child_id": "c1", "happened_on": date(2026, 3, 2), "seen": True},
                ],
                "appointment": [
                    {
                        "appointment_id": "a1",
                        "worker_id": "ann",
                        "team_id": "t1",
                        "role_class": "case holder",
                        "employment": "permanent",
                        "from_on": date(2020, 1, 6),
                    }
                ],
                "personal_supervision": [
                    {"supervision_id": "s1", "worker_id": "ann", "happened_on": date(2026, 1, 31), "outcome": "held"}
                ],
                "involvements": [involvement(1, "ann", "Lead", date(2026, 1, 5), None)],
                "setting": [CP_SETTING],
            },
        )
    return as_database_url


def run(*arguments: str) -> Any:
    answer = CliRunner().invoke(app, [*arguments, "--json"], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def test_a_childs_duties_are_the_same_from_the_command_and_from_python(record: Database):
    rows = run("clocks", "--child", "c1", "--rule", "cp-visit", "--at", AT)
    # Ten working days after 2 February is the 16th; after the 12th, the 26th; after 2 March, the 16th.
    told = [(row["started_on"], row["due_on"], row["met_on"], row["state"], row["passed_due"]) for row in rows]
    assert sorted(told) == [
        ("2026-02-02", "2026-02-16", "2026-02-12", "met_in_time", False),
        ("2026-02-12", "2026-02-26", "2026-03-02", "met_late", True),
        ("2026-03-02", "2026-03-16", None, "overdue", True),
    ]
    assert {row["child"] for row in rows} == {"c1"}
    assert "Visiting policy (example), set by practice board" in {row["source"] for row in rows}
    with kw.open(purpose="test the clocks") as opened:
        frame = opened.best_known(date.fromisoformat(AT)).clocks(child="c1")
    visits = frame.filter(frame["rule"] == "cp-visit")
    assert sorted(visits["due_on"].to_list()) == [date(2026, 2, 16), date(2026, 2, 26), date(2026, 3, 16)]


def test_every_rule_is_listed_and_what_is_unconfirmed_says_so(record: Database):
    rows = run("rules", "--at", AT)
    assert {row["rule"] for row in rows} >= set(rulebook().ids)
    assert len(rulebook()) == 137
    assert any(row["unconfirmed"] for row in rows)
    own = [row for row in rows if row["basis"] == "local setting"]
    assert [(row["rule"], row["n"], row["unit"], row["in_force"]) for row in own] == [
        ("cp-visit", 10, "working_days", True)
    ]


def test_what_is_due_holds_no_name_unless_it_is_asked_for_with_a_reason(record: Database):
    rows = run("due", "--at", AT, "--days", "14")
    visit = next(row for row in rows if row["rule"] == "cp-visit")
    assert (visit["child"], visit["due_on"], visit["days"], visit["state"]) == ("c1", "2026-03-16", -4, "overdue")
    assert "name" not in visit and "lead" not in visit
    refused = CliRunner().invoke(app, ["due", "--names"])
    assert refused.exit_code != 0
    named = run("due", "--at", AT, "--names", "--reason", "plan the week")
    assert next(row["name"] for row in named if row["rule"] == "cp-visit") == "Ashby Madeup"


def test_what_was_to_be_done_once_before_the_extracts_cannot_be_told_and_what_recurs_is_still_overdue(
    record: Database,
):
    def states() -> dict[str, str]:
        return {row["rule"]: row["state"] for row in run("due", "--at", AT) if row["child"] == "c1"}

    group = {"step_id": "g1", "child_id": "c9", "kind": "core group", "happened_on": date(2026, 3, 3)}
    with record.connect(DatabaseRole.LOADER) as connection:
        tell(connection, {"step": [group]}, source="pack")  # so that core groups are known to be recorded
    # The plan of 2 February 2026 asks for a core group within 10 working days: by the 16th. None is recorded.
    assert (states()["core-group-first-10wd"], states()["cp-visit"]) == ("overdue", "overdue")
    with record.connect(DatabaseRole.LOADER) as connection:
        ended = involvement(9, "bea", "Lead", date(2020, 1, 6), date(2026, 3, 18), child_id="c9")
        tell(connection, {"involvements": [ended]}, source="older")
    assert (states()["core-group-first-10wd"], states()["cp-visit"]) == ("cannot_tell", "overdue")
    reason = next(row["reason"] for row in run("due", "--at", AT) if row["rule"] == "core-group-first-10wd")
    assert reason.endswith("whole from 18 March 2026: what was done before that day is not told.")


def test_what_a_team_owes_its_workers_is_listed_beside_its_children_and_goes_into_no_file(
    record: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ann was supervised on 31 January 2026; a month later is the last day of February."""
    asked = ["due", "--team", "t1", "--at", AT]
    for form in ("csv", "json"):
        kept = CliRunner().invoke(app, [*asked, "--format", form], catch_exceptions=False)
        assert "c1" in kept.stdout and "sup-experienced-monthly" not in kept.stdout
    wide = CliRunner().invoke(app, asked, env={"COLUMNS": "200"}, catch_exceptions=False)
    assert "sup-experienced-monthly" in wide.stdout
    with monkeypatch.context() as terminal:
        terminal.setattr(seeing, "_is_kept_by_a_shell", lambda _: False)
        rows = run(*asked)
    supervision = next(row for row in rows if row["rule"] == "sup-experienced-monthly")
    assert (supervision["worker"], supervision["child"], supervision["due_on"]) == ("ann", None, "2026-02-28")
    assert (supervision["met_on"], supervision["recorded_late"]) == (None, None)
    assert {row["worker"] for row in rows if row["child"]} == {None}
    with monkeypatch.context() as signed_in:
        signed_in.setattr(clocks, "_is_anothers", lambda _, worker: worker != "ann")
        assert supervision["rule"] in {row["rule"] for row in run(*asked)}, "one's own go where one likes"
        assert not any(row["worker"] for row in run("due", "--at", AT)), "of the whole service nobody's is laid out"


@pytest.mark.parametrize("with_names", [False, True])
def test_a_file_of_what_is_due_is_listed_as_holding_names_when_it_does(
    record: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, with_names: bool
):
    monkeypatch.setenv("KEYWORKER_HOME", str(tmp_path / "home"))
    names = ["--names", "--reason", "plan the week"] if with_names else []
    command = ["due", "--at", AT, "--format", "csv", "--out", str(tmp_path / "due.csv"), *names]
    answer = CliRunner().invoke(app, command, catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    assert ("Ashby Madeup" in (tmp_path / "due.csv").read_text()) is with_names
    (export,) = run("exports")["exports"]
    assert (export["what"], export["holds_names"]) == ("due", with_names)


def test_another_limit_says_who_would_be_late(record: Database):
    (row,) = run("rules", "cp-visit", "--simulate", "20 working_days", "--at", AT)
    # Twenty working days after Monday 2 March 2026 is Monday the 30th: late no more.
    assert (row["due_on"], row["tried_due_on"]) == ("2026-03-16", "2026-03-30")
    assert (row["state"], row["tried_state"], row["newly_late"]) == ("overdue", "running", False)


def test_why_a_child_was_not_seen_is_told_of_each_interval_that_was_missed(record: Database):
    rows = run("missed", "--child", "c1", "--at", AT)
    assert [(row["due_on"], row["coincided"]) for row in rows if row["rule"] == "cp-visit"] == [
        ("2026-03-16", "nothing recorded explains it"),
        ("2026-02-26", "nothing recorded explains it"),
    ]


@pytest.fixture
def opened(record: Database) -> Iterator[Keyworker]:
    """The small record as a command opens it."""
    with record.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        yield asking(Asker("analyst", "test the log", Door.COMMAND), connection, NOW)


def logged(record: Database) -> list[tuple[str, str, list[str]]]:
    with record.connect(DatabaseRole.OWNER) as owner:
        return owner.execute("select route, kind, handles from record.access_log order by log_id").fetchall()


def handle(opened: Keyworker, kind: HandleKind, identifier: str) -> str:
    return handles_of(opened.connection, kind, [identifier])[identifier]


def test_another_limit_of_workers_is_logged_with_the_workers_and_of_children_with_the_children(
    record: Database, opened: Keyworker
):
    ann, child = handle(opened, HandleKind.WORKER, "ann"), handle(opened, HandleKind.CHILD, "c1")
    (supervision,) = opened.tried(MOMENT, "sup-experienced-monthly", Method(2, Unit.MONTHS))
    # A month after 31 January 2026 is 28 February; two months after it, 31 March.
    assert (supervision.subject, supervision.due_on, supervision.tried_due_on) == (
        "ann",
        date(2026, 2, 28),
        date(2026, 3, 31),
    )
    assert supervision.is_late_no_more
    opened.tried(MOMENT, "cp-visit", Method(20, Unit.WORKING_DAYS))
    assert logged(record) == [("tried", "worker", [ann]), ("tried", "child", [child])]


def test_a_workers_duties_are_logged_with_the_worker(record: Database, opened: Keyworker):
    ann = handle(opened, HandleKind.WORKER, "ann")
    assert opened.clocks(MOMENT, worker="ann", rules=["sup-experienced-monthly"])
    assert logged(record) == [("clocks", "worker", [ann])]


def test_a_list_of_what_is_due_is_logged_with_its_children_and_with_its_workers(record: Database, opened: Keyworker):
    ann, child = handle(opened, HandleKind.WORKER, "ann"), handle(opened, HandleKind.CHILD, "c1")
    due = opened.due(MOMENT)
    assert {("c1", "cp-visit"), ("ann", "sup-experienced-monthly")} <= {
        (one.reading.subject, one.reading.rule) for one in due
    }
    assert logged(record) == [("due", "child", [child]), ("due", "worker", [ann])]


def test_what_shows_nobody_is_logged_all_the_same(record: Database, opened: Keyworker):
    opened.rules(MOMENT)
    assert logged(record) == [("rules", "child", [])]


def test_when_a_timescale_was_kept_is_counted_from_the_record(record: Database):
    # The visits of 12 February and 2 March: the plan began on 2 February, so the first was due by 16 February (10
    # working days) and was made two working days before; the next fell due on 26 February and was made two after.
    rows = {row["done"]: row["duties"] for row in run("pace", "cp-visit", "--at", AT)}
    assert (rows["2 before"], rows["2 after"], sum(rows.values())) == (1, 1, 3)
    assert rows["not done"] == 1


def test_the_ten_days_ahead_say_nothing_where_too_few_duties_are_known(record: Database):
    rows = {row["rule"]: row for row in run("ahead", "--team", "t1", "--at", AT)}
    assert all(row["told"] == 0 and row["passing"] is None for row in rows.values())


def test_a_timescale_that_is_none_is_refused_in_words(record: Database):
    shown = CliRunner().invoke(app, ["pace", "handsome", "--at", AT])
    assert shown.exit_code != 0
