"""What moved in a team between two days, with the day and the way: on the small service worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import psycopg
import pytest

from keyworker.access import Asker, Door
from keyworker.actions.pictures import team_picture
from keyworker.facts.moment import best_known
from keyworker.measures.pictures import Change
from keyworker.record.connect import DatabaseRole
from tests.clocks.made import tell
from tests.measures.test_measures_stories import ROWS, hold, team
from tests.servers.started import Database

SINCE, AT = date(2026, 2, 20), date(2026, 3, 20)


@pytest.fixture
def told(database: Database) -> Iterator[psycopg.Connection]:
    with database.connect(DatabaseRole.LOADER) as connection:
        rows = {
            **ROWS,
            "team": [*ROWS["team"], team("t2", "Marsh team", date(2025, 1, 1))],
            "cin_episodes": [
                *ROWS["cin_episodes"],
                *({"referral_id": f"r{n}", "child_id": f"c{n}", "from_on": date(2026, 1, 1)} for n in (4, 5, 6)),
            ],
            "involvements": [
                *ROWS["involvements"],
                hold(14, "c4", "dee", date(2026, 1, 1), date(2026, 3, 3), team="t2"),
                hold(15, "c4", "bea", date(2026, 3, 3), None),
                hold(16, "c5", "bea", date(2026, 1, 1), date(2026, 3, 9)),
                hold(17, "c5", "dee", date(2026, 3, 9), None, team="t2"),
                hold(18, "c6", "bea", date(2026, 1, 1), date(2026, 3, 11)),
            ],
        }
        tell(connection, rows)
        yield connection


def moved(connection: psycopg.Connection) -> dict[str, Change]:
    asker = Asker("tester", "test", Door.COMMAND)
    picture = team_picture(connection, best_known(AT), "t1", since=SINCE, asker=asker, may_see=lambda _, rows: rows)
    return {change.says: change for change in picture.changes}


def test_each_child_who_came_or_went_has_the_day_and_the_way(told: psycopg.Connection) -> None:
    found = moved(told)
    assert {says: (one.kind, one.on) for says, one in found.items() if one.kind in ("come", "gone")} == {
        "came from Marsh team": ("come", date(2026, 3, 3)),
        "went to Marsh team": ("gone", date(2026, 3, 9)),
        "is no longer open": ("gone", date(2026, 2, 28)),
        "is with no team now": ("gone", date(2026, 3, 11)),
    }, "c4 came, c5 went, c3 closed on the last day of February, c6 lost its worker and so its team"


def test_a_worker_is_away_since_the_first_day_and_until_the_day_expected(told: psycopg.Connection) -> None:
    away = moved(told)["is away, expected back 1 April 2026"]
    assert (away.kind, away.on, away.worker and away.worker.worker_id) == ("worker away", date(2026, 3, 18), "bea")
