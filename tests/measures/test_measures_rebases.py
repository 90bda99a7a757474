"""Where people let limits start afresh: written, read back, known then, withdrawn, and what a chart makes of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest
from typer.testing import CliRunner

from keyworker.access import Asker, Door, RoleHeld
from keyworker.actions import Keyworker
from keyworker.actions.rebases import QUESTIONS, WantedRebase
from keyworker.cli import app
from keyworker.facts.moment import Moment
from keyworker.measures.charts import Chart
from keyworker.measures.judged import month_ends, over_months
from keyworker.measures.rebased import as_decided, standing
from keyworker.measures.registry import shipped
from keyworker.measures.rows import MeasureRow
from keyworker.record.connect import DatabaseRole
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.servers.asking import asking
from tests.servers.started import Database

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MEASURE = "cp-seen-20-working-days"
ID = "0" * 32
WANTED = WantedRebase(
    ID, MEASURE, date(2026, 3, 31), "performance board", "The duty team plans visits.", frozenset(QUESTIONS)
)


@pytest.fixture
def connection(database: Database) -> Iterator[psycopg.Connection]:
    with database.connect(DatabaseRole.SERVICE, autocommit=True) as opened:
        yield opened


def asked(connection: psycopg.Connection, role: str = "head of service", now: datetime = NOW) -> Keyworker:
    asker = Asker("fen.head", "let the limits of a chart start afresh", Door.PAGE, (RoleHeld(role, "all"),))
    return asking(asker, connection, now)


def test_fresh_limits_are_read_back_with_who_decided_them_and_why(connection: psycopg.Connection) -> None:
    asked(connection).rebase(WANTED)
    (one,) = asked(connection).rebases(Moment(TODAY), MEASURE)
    assert (one.from_on, one.decided_by, one.why, one.all_four) == (
        date(2026, 3, 31),
        "performance board",
        "The duty team plans visits.",
        True,
    )
    assert (one.written_by, one.written_at, one.withdrawn) == ("fen.head", NOW, None)
    assert asked(connection).rebases(Moment(TODAY), "cin-visits-in-time") == []


def test_what_is_withdrawn_holds_no_more_and_did_hold_as_known_then(connection: psycopg.Connection) -> None:
    asked(connection).rebase(WANTED)
    later = NOW + timedelta(days=2)
    asked(connection, now=later).withdraw_rebase(MEASURE, ID, "It did not last.")
    (one,) = asked(connection).rebases(Moment(TODAY), MEASURE)
    assert one.withdrawn is not None
    assert (one.withdrawn.by, one.withdrawn.at, one.withdrawn.why) == ("fen.head", later, "It did not last.")
    assert one.written_at == NOW
    assert standing([one]) == []
    then = asked(connection).rebases(Moment(TODAY, NOW + timedelta(days=1)), MEASURE)
    assert [held.from_on for held in standing(then)] == [date(2026, 3, 31)]
    with pytest.raises(KeyworkerError, match="withdrawn already"):
        asked(connection, now=later).withdraw_rebase(MEASURE, ID, "Again.")


def test_it_is_not_decided_twice_nor_without_all_four_answers(connection: psycopg.Connection) -> None:
    asked(connection).rebase(WANTED)
    for again in (WANTED, replace(WANTED, rebase_id="1" * 32)):
        with pytest.raises(KeyworkerError):
            asked(connection).rebase(again)
    for name in QUESTIONS:
        with pytest.raises(KeyworkerError, match="all four"):
            asked(connection).rebase(
                replace(WANTED, rebase_id="2" * 32, from_on=date(2026, 5, 31), yes=frozenset(QUESTIONS) - {name})
            )
    assert connection.execute("select count(*) from record.chart_rebase").fetchone() == (1,)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("head of service", True),
        ("director", True),
        ("quality assurance", True),
        ("performance analyst", True),
        ("team manager", False),
        ("social worker", False),
    ],
)
def test_only_those_who_lead_or_keep_the_figures_may_decide_it(
    connection: psycopg.Connection, role: str, may: bool
) -> None:
    assert (asked(connection, role).refusal_to_rebase() is None) is may
    if not may:
        with pytest.raises(Refused):
            asked(connection, role).rebase(WANTED)


def chart(connection: psycopg.Connection, many: int) -> Chart:
    """Twelve months at 60 and 62 of 100 in turn, then twelve at 80 and 82, from November 2025 on."""
    days = month_ends(date(2026, 10, 31), 24)
    counted = [60 + 2 * (number % 2) + (20 if number >= 12 else 0) for number in range(24)]
    rows = [MeasureRow(MEASURE, {}, day, None, top, 100, float(top)) for day, top in zip(days, counted, strict=True)][
        -many:
    ]
    held = standing(asked(connection).rebases(Moment(TODAY), MEASURE))
    found = over_months(shipped().definition(MEASURE), rows, [as_decided(one) for one in held])
    assert isinstance(found, Chart)
    return found


def test_a_chart_has_a_section_with_limits_of_its_own_from_that_month_on(connection: psycopg.Connection) -> None:
    assert [section.centre for section in chart(connection, 24).sections] == [71.0]
    asked(connection).rebase(replace(WANTED, from_on=date(2025, 11, 30)))
    before, after = chart(connection, 24).sections
    # The means of 60 and 62 in turn and of 80 and 82 in turn; each step but the one between is 2, and 2.66 * 2 = 5.32.
    assert (before.centre, after.centre) == (61.0, 81.0)
    last = chart(connection, 24).points[-1]
    assert (last.lower, last.upper) == (pytest.approx(75.68), pytest.approx(86.32))
    assert chart(connection, 24).flagged == ()


def test_a_decision_from_the_first_month_drawn_or_before_sets_nothing(connection: psycopg.Connection) -> None:
    asked(connection).rebase(replace(WANTED, from_on=date(2025, 11, 30)))
    assert len(chart(connection, 12).sections) == 1
    assert len(chart(connection, 6).sections) == 1


def run(*arguments: str) -> Any:
    answer = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def test_the_commands_decide_list_and_withdraw(as_database_url: Database) -> None:
    said = ["--decided-by", "performance board", "--why", "A new process."]
    four = ["--behaves-differently", "--cause-known", "--change-accepted", "--expected-to-last"]
    refused = CliRunner().invoke(app, ["rebase", MEASURE, "--from", "2026-03-31", *said, *four[:3]])
    assert refused.exit_code != 0
    run("rebase", MEASURE, "--from", "2026-03-31", *said, *four)
    (row,) = json.loads(run("rebases", MEASURE, "--json"))
    assert (row["from_on"], row["decided_by"], row["withdrawn_at"]) == ("2026-03-31", "performance board", None)
    run("withdraw-rebase", MEASURE, row["rebase_id"], "--why", "It did not last.")
    (row,) = json.loads(run("rebases", MEASURE, "--json"))
    assert row["withdrawn_why"] == "It did not last."
