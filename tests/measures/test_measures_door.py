"""Measures through the one door: who sees what, with which interval, and what the access log keeps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from typer.testing import CliRunner

from keyworker.access import Asker, Door, RoleHeld
from keyworker.actions import Keyworker
from keyworker.actions.measures import MeasureEngine
from keyworker.cli import app
from keyworker.measures.passes.asked import Asked
from keyworker.record.connect import DatabaseRole
from keyworker.vocabulary.errors import Refused
from tests.conformance.engines import fill_postgresql
from tests.conformance.reading import CASES, read
from tests.servers.asking import asking
from tests.servers.started import Database

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
SEEN = read(CASES / "cp-seen-20-working-days" / "the-window.txt")
ENGINES = (MeasureEngine.POSTGRES, MeasureEngine.DUCKDB)


@pytest.fixture
def seen(database: Database) -> Database:
    """Three children on a plan, of whom one was seen in time on 2 February 2026."""
    with database.server.superuser(database.name) as connection:
        fill_postgresql(connection, SEEN.entries)
        for child in ("ash", "birch", "cedar"):
            connection.execute(
                "insert into record.handle (kind, id, handle) values ('child', %s, %s) on conflict do nothing",
                (child, f"handle-of-{child}"),
            )
    return database


@contextmanager
def opened(database: Database, door: Door = Door.COMMAND, *roles: RoleHeld) -> Iterator[Keyworker]:
    with database.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        yield asking(Asker("somebody", "test measures", door, roles), connection, NOW)


ON = Asked((date(2026, 2, 2),))
AT_THE_END = Asked((date(2026, 1, 31),))


@pytest.mark.parametrize("engine", [one for one in MeasureEngine if one is not MeasureEngine.SPARK])
def test_a_share_has_wilsons_interval_on_every_engine(seen: Database, engine: MeasureEngine):
    """One of three: 0.0615 to 0.7923 (Wilson, worked out by hand with z = 1.96)."""
    with opened(seen) as keyworker:
        (row,) = keyworker.measure("cp-seen-20-working-days", ON, engine=engine)
    assert (row.numerator, row.denominator, row.suppressed) == (1, 3, False)
    assert row.interval is not None
    assert (round(row.interval.low, 1), round(row.interval.high, 1)) == (6.1, 79.2)
    assert row.interval.method == "Wilson score interval"


def test_the_machines_owner_may_look_with_anybodys_eyes(seen: Database):
    with opened(seen) as keyworker:
        (row,) = keyworker.measure("cp-seen-20-working-days", AT_THE_END, as_public=True)
        assert (row.numerator, row.denominator, row.value, row.interval, row.suppressed) == (None,) * 4 + (True,)
        with pytest.raises(Refused):
            keyworker.measure("cp-seen-20-working-days", ON, as_public=True)


def test_on_a_page_a_role_over_everything_sees_everything_and_one_over_a_district_does_not(seen: Database):
    with opened(seen, Door.PAGE, RoleHeld("director", "all")) as keyworker:
        (row,) = keyworker.measure("cp-seen-20-working-days", ON)
        assert (row.numerator, row.suppressed) == (1, False)
    with opened(seen, Door.PAGE, RoleHeld("head of service", "North")) as keyworker:
        (row,) = keyworker.measure("cp-seen-20-working-days", AT_THE_END)
        assert row.suppressed


@pytest.mark.parametrize("engine", ENGINES)
def test_the_rows_behind_a_number_are_its_children_and_each_is_logged(seen: Database, engine: MeasureEngine):
    with opened(seen) as keyworker:
        rows = keyworker.behind("cp-seen-20-working-days", ON, part="numerator", engine=engine)
    assert [(one.part, one.whose) for one in rows] == [("numerator", "ash")]
    with seen.connect(DatabaseRole.OWNER) as owner:
        log = owner.execute("select route, kind, handles from record.access_log").fetchall()
    assert log == [("children", "child", ["handle-of-ash"])]


def test_whoever_may_see_no_list_of_children_may_not_see_the_rows(seen: Database):
    with opened(seen, Door.PAGE, RoleHeld("workforce", "all")) as keyworker, pytest.raises(Refused):
        keyworker.behind("cp-seen-20-working-days", ON)


def test_the_rows_of_a_group_that_is_not_theirs_are_not_shown(seen: Database):
    with opened(seen, Door.PAGE, RoleHeld("head of service", "North")) as keyworker:
        assert keyworker.behind("cp-seen-20-working-days", Asked(ON.at, ("district",))) == []


def test_the_reference_has_no_rows_of_its_own(seen: Database):
    with opened(seen) as keyworker, pytest.raises(Exception, match="what its SQL counts"):
        keyworker.behind("cp-seen-20-working-days", ON, engine=MeasureEngine.PLAIN)


def test_the_command_shows_numbers_rows_and_what_anybody_sees(as_database_url: Database):
    with as_database_url.server.superuser(as_database_url.name) as connection:
        fill_postgresql(connection, SEEN.entries)
    name = ("measure", "cp-seen-20-working-days", "--json")
    (row,) = run(*name, "--at", "2026-02-02")
    assert (row["numerator"], row["denominator"], row["interval"], row["suppressed"]) == (
        1,
        3,
        "Wilson score interval",
        False,
    )
    rows = run(*name, "--at", "2026-02-02", "--rows", "--part", "numerator")
    assert [(one["part"], one["subject_id"], one["child_id"]) for one in rows] == [("numerator", "ash", "ash")]
    (row,) = run(*name, "--at", "2026-01-31", "--as-public")
    assert (row["numerator"], row["value"], row["suppressed"]) == (None, None, True)
    assert len(run(*name, "--at", "2026-02-02", "--by", "district", "--rows", "--of", "district=")) == 4


def run(*arguments: str) -> Any:
    answer = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)
