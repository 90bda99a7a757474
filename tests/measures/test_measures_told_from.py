"""A measure says from when on its numbers are whole; no number is changed, and no month before sets a limit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from typer.testing import CliRunner

from keyworker.access import Asker, Door
from keyworker.actions import Keyworker
from keyworker.actions.measures import MeasureEngine
from keyworker.cli import app
from keyworker.facts.reach import APPOINTED, EPISODES, INVOLVED
from keyworker.measures.about import CannotTell
from keyworker.measures.charts import xmr
from keyworker.measures.drawing import draw_chart
from keyworker.measures.judged import month_ends, over_months, places
from keyworker.measures.passes.asked import Asked
from keyworker.measures.registry import shipped
from keyworker.measures.rows import MeasureRow, record
from keyworker.measures.told_from import in_words, telling, whole_from
from keyworker.record.connect import DatabaseRole
from tests.clocks.made import involvement, tell
from tests.measures.made_charts import MONTHS, plan
from tests.servers.asking import asking
from tests.servers.started import Database

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
ENDED = date(2026, 1, 15)  # the first day after the first period known to have ended


def episodes() -> dict[str, list[dict[str, Any]]]:
    """One child's episode that ended on 14 January 2026, and another's that goes on."""
    return {
        "cin_episodes": [
            {"referral_id": "r1", "child_id": "c1", "from_on": date(2025, 6, 1), "to_on": ENDED},
            {"referral_id": "r2", "child_id": "c2", "from_on": date(2025, 6, 1), "to_on": None},
        ]
    }


@contextmanager
def opened(database: Database) -> Iterator[Keyworker]:
    with database.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        yield asking(Asker("somebody", "test measures", Door.COMMAND, ()), connection, NOW)


@pytest.mark.parametrize("engine", [MeasureEngine.POSTGRES, MeasureEngine.DUCKDB])
def test_each_number_stands_beside_the_first_day_on_which_it_is_whole_and_is_none_the_less(
    database: Database, engine: MeasureEngine
) -> None:
    with database.connect(DatabaseRole.LOADER) as loader:
        tell(loader, episodes())
    with opened(database) as keyworker:
        asked = Asked((date(2025, 12, 31), date(2026, 1, 14), ENDED, date(2026, 1, 31)))
        rows = keyworker.measure("episodes-of-need", asked, engine=engine)
    assert [(row.numerator, row.whole_from, row.is_whole) for row in rows] == [
        (2, ENDED, False),
        (1, ENDED, False),  # official counts are of what has not ended by the end of the day
        (1, ENDED, True),
        (1, ENDED, True),
    ]
    assert (record(rows[0])["whole_from"], record(rows[0])["is_whole"]) == (ENDED, False)


def test_where_nothing_has_ended_nothing_says_how_far_back_the_record_goes(database: Database) -> None:
    with database.connect(DatabaseRole.LOADER) as loader:
        tell(loader, {"cin_episodes": episodes()["cin_episodes"][1:]})
    with opened(database) as keyworker:
        (row,) = keyworker.measure("episodes-of-need", Asked((ENDED,)))
    assert (row.numerator, row.whole_from, row.is_whole) == (1, None, None)
    assert in_words([row]).startswith("Nothing says how far back the record goes for this measure")


def test_a_group_that_is_read_from_another_table_is_whole_only_where_both_are(database: Database) -> None:
    with database.connect(DatabaseRole.LOADER) as loader:
        later = date(2026, 3, 1)
        tell(loader, {**episodes(), "involvements": [involvement(1, "ann", "Lead", date(2025, 7, 1), later)]})
    with opened(database) as keyworker:
        (alone,) = keyworker.measure("episodes-of-need", Asked((later,)))
        by_team = keyworker.measure("episodes-of-need", Asked((later,), ("team",)))
    assert (alone.whole_from, {row.whole_from for row in by_team}) == (ENDED, {later})


def test_what_was_known_at_an_instant_reaches_as_far_back_as_was_known_then(database: Database) -> None:
    first, second = datetime(2026, 3, 1, 9, tzinfo=UTC), datetime(2026, 4, 1, 9, tzinfo=UTC)
    earlier = {"referral_id": "r3", "child_id": "c3", "from_on": date(2024, 6, 1), "to_on": date(2025, 2, 1)}
    with database.connect(DatabaseRole.LOADER) as loader:
        tell(loader, episodes(), now=first)
        tell(loader, {"cin_episodes": [earlier]}, source="annex-a", now=second)
    with opened(database) as keyworker:
        (then,) = keyworker.measure("episodes-of-need", Asked((ENDED,), (), first))
        (now,) = keyworker.measure("episodes-of-need", Asked((ENDED,)))
    assert (then.whole_from, now.whole_from) == (ENDED, date(2025, 2, 1))


def test_a_measure_of_twelve_months_is_whole_once_twelve_months_have_been_told() -> None:
    year = shipped().definition("episodes-of-need-ended")
    told = {EPISODES: date(2025, 4, 1)}
    assert year.period == "the 12 months that end with the day"
    assert whole_from(year, (), None, lambda table, _: told.get(table)) == date(2026, 3, 31)
    leap = {EPISODES: date(2024, 2, 29)}
    assert whole_from(year, (), None, lambda table, _: leap.get(table)) == date(2025, 2, 28)


def test_a_measure_that_reads_no_table_whose_rows_end_goes_by_children_or_by_workers() -> None:
    assert telling(shipped().definition("learning-offered"), ()) == {APPOINTED}
    assert telling(shipped().definition("episodes-of-need"), ()) == {EPISODES}
    assert INVOLVED in telling(shipped().definition("episodes-of-need"), ("team",))


def rows_of(values: list[int], first_whole: int) -> list[MeasureRow]:
    days = month_ends(date(2026, 10, 31), len(values))
    return [
        MeasureRow("episodes-of-need", {}, day, None, value, None, float(value), whole_from=days[first_whole])
        for day, value in zip(days, values, strict=True)
    ]


SURVIVORS = [3, 9, 20, 31]
STEADY = [60, 64, 61, 63, 60, 65, 62, 61, 64, 60, 63, 62]


def test_months_before_the_record_are_drawn_and_neither_judged_nor_counted_towards_limits() -> None:
    definition = shipped().definition("episodes-of-need")
    chart, alone = (over_months(definition, rows) for rows in (rows_of(SURVIVORS + STEADY, 4), rows_of(STEADY, 0)))
    assert not isinstance(chart, CannotTell) and not isinstance(alone, CannotTell)
    assert [point.is_whole for point in chart.points] == [False] * 4 + [True] * 12
    assert [point.value for point in chart.points[:4]] == [3.0, 9.0, 20.0, 31.0]
    assert {(point.centre, point.upper, point.signal) for point in chart.points[:4]} == {(None, None, None)}
    # The mean of the twelve: 745 / 12.
    assert chart.points[-1].centre == pytest.approx(745 / 12)
    assert chart.points[4:] == alone.points, "as if the months before were not there"
    assert chart.flagged == ()


def test_the_picture_its_words_and_its_table_tell_such_months_apart() -> None:
    months = MONTHS[:16]
    before = frozenset(months[:4])
    drawn = draw_chart(xmr(months, SURVIVORS + STEADY, plan=plan(not_whole=before)))
    for svg in (drawn.wide, drawn.narrow):
        assert svg.count('class="is-not-whole"') == 4
        assert svg.count('class="figures is-not-whole"') == svg.count('class="figures"') == 1
    assert [row[-1] for row in drawn.table.rows[:4]] == ["not whole: the record does not go back so far"] * 4
    assert "4 earlier points are not whole, up to and with July 2023" in drawn.description
    assert any(note.startswith("4 earlier points are not whole") for note in drawn.notes)


def test_a_chart_of_nothing_but_such_months_sets_no_limits() -> None:
    drawn = draw_chart(xmr(MONTHS[:6], STEADY[:6], plan=plan(not_whole=frozenset(MONTHS[:6]))))
    assert "too few points" in drawn.title
    assert 'class="centre"' not in drawn.wide


def test_places_are_not_set_beside_one_another_on_a_day_that_is_not_whole() -> None:
    rows = [
        MeasureRow("cp-seen-20-working-days", {"district": name}, ENDED, None, 5, 10, 50.0, whole_from=date(2026, 2, 1))
        for name in ("North", "South", "West")
    ]
    found = places(shipped().definition("cp-seen-20-working-days"), "district", rows)
    assert isinstance(found, CannotTell) and "does not go back far enough" in found.reason


def test_the_command_says_beside_its_rows_which_days_are_not_whole(as_database_url: Database) -> None:
    with as_database_url.connect(DatabaseRole.LOADER) as loader:
        tell(loader, episodes())
    days = "2025-12-31,2026-01-31"
    answer = CliRunner().invoke(app, ["measure", "episodes-of-need", "--at", days, "--format", "csv"])
    assert answer.exit_code == 0, answer.output
    assert "The record is whole for this measure from 15 January 2026. 1 of the days here is earlier" in " ".join(
        answer.stderr.split()
    )
    heading, first, last = answer.stdout.splitlines()
    assert heading.endswith("whole_from,is_whole")
    assert first.endswith("2026-01-15,false") and last.endswith("2026-01-15,true")
