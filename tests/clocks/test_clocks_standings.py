"""Where children stand by the column is where each child's own row says, on random histories, from either source."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
import psycopg
from hypothesis import given, settings
from hypothesis import strategies as st

from keyworker.clocks.children import children_at
from keyworker.clocks.intervals import Interval, Intervals
from keyworker.clocks.standings import judged, standings
from keyworker.clocks.visits import read_visit
from keyworker.facts.columns.everybody import Source
from keyworker.facts.columns.store import Store
from keyworker.facts.ground import lens_at
from keyworker.facts.moment import Moment
from keyworker.facts.open_children import ORDER
from keyworker.facts.pictures import ChildRow, Status, WorkerRef
from keyworker.facts.role_words import role_words
from keyworker.facts.seen import LastSeen
from tests.clocks.made import CP_SETTING, tell
from tests.clocks.test_clocks_children import record
from tests.facts.histories import FIRST, LISTED, SPAN, History, busy_service, write_postgresql
from tests.facts.test_facts_engines import RANDOM, histories_seen, superuser

__all__ = ["record", "superuser"]

LAST = FIRST + timedelta(days=SPAN + 8)
Stood = dict[str, tuple[str | None, str | None, str | None, str]]


def by_row(child: ChildRow) -> tuple[str | None, str | None, str | None, str]:
    def named(worker: WorkerRef | None) -> str | None:
        return worker.worker_id if worker else None

    return named(child.lead), named(child.accountable), child.team.team_id if child.team else None, child.standing.value


def by_column(source: Source, connection: psycopg.Connection, moment: Moment) -> Stood:
    lens = lens_at(connection, moment)
    found: pl.DataFrame = standings(source, lens, role_words(source, lens))
    columns = ["lead", "accountable", "team_id", "standing"]
    assert found["child_id"].is_unique().all()
    return dict(zip(found["child_id"].to_list(), found.select(columns).rows(), strict=True))


DAYS = st.integers(0, 12).map(lambda after: FIRST + timedelta(days=after))
AT = FIRST + timedelta(days=12)


@st.composite
def situations(draw: st.DrawFn) -> tuple[list[Status], LastSeen, Intervals]:
    """A child's statuses, visits and intervals within so few days that dates meet, pass and tie."""
    every, unit = st.sampled_from([2, 4, 7, None]), st.sampled_from(["working_days", "calendar_days"])
    of = {
        kind: [Interval(kind, draw(every), draw(unit), "", "", FIRST, None)]
        for kind in draw(st.sets(st.sampled_from(["cp", "cin", "referral", "looked after", "short break"])))
    }
    plan = Interval("own plan", draw(every), draw(unit), "", "", draw(DAYS), None) if draw(st.booleans()) else None
    kinds = draw(st.lists(st.sampled_from(["looked after", "cp", "cin", "referral", "short break"]), max_size=3))
    statuses = sorted(
        (Status(kind, draw(DAYS), None) for kind in kinds), key=lambda one: (ORDER.index(one.kind), one.from_on)
    )
    seen = LastSeen(seen_on=draw(st.none() | DAYS), unsaid_on=draw(st.none() | DAYS))
    return statuses, seen, Intervals(of, {"c": [plan]} if plan else {})


@settings(deadline=None, max_examples=600)
@given(situations())
def test_a_child_is_judged_by_the_column_as_by_the_row(situation: tuple[list[Status], LastSeen, Intervals]):
    statuses, last, intervals = situation
    seen = pl.DataFrame(
        [("c", last.seen_on, last.unsaid_on)],
        schema={"child_id": pl.String, "seen": pl.Date, "unsaid": pl.Date},
        orient="row",
    )
    began = pl.DataFrame(
        [("c", one.kind, one.from_on) for one in statuses],
        schema={"child_id": pl.String, "kind": pl.String, "began": pl.Date},
        orient="row",
    )
    (row,) = judged(seen, began.join(seen, on="child_id"), intervals, AT).rows()
    assert row == ("c", read_visit("c", statuses, last, intervals, AT).standing.value)


def test_being_looked_after_began_with_the_first_of_its_unbroken_episodes(record: psycopg.Connection):
    """Never seen; to be seen in 20 days. Looked after for 30 days, in this placement for 10: 10 days past."""
    setting = {**CP_SETTING, "applies_to": "cla", "value": "20", "unit": "calendar_days"}
    began, moved = AT - timedelta(days=30), AT - timedelta(days=10)
    episodes = [
        {"episode_id": "e1", "child_id": "c1", "from_on": began, "to_on": moved},
        {"episode_id": "e2", "child_id": "c1", "from_on": moved},
        {"episode_id": "e3", "child_id": "c2", "from_on": moved},
    ]
    tell(record, {"cla_episodes": episodes, "setting": [setting]})
    assert {child: stood[3] for child, stood in by_column(record, record, Moment(AT)).items()} == {
        "c1": "past",
        "c2": "in time",
    }


def test_a_child_in_a_short_break_is_not_held_to_the_interval_of_children_looked_after(record: psycopg.Connection):
    """Both have been away for 30 days and were never seen; to be seen in 20. One is away on a short break."""
    setting = {**CP_SETTING, "applies_to": "cla", "value": "20", "unit": "calendar_days"}
    began = AT - timedelta(days=30)
    episodes = [{"episode_id": f"e{child}", "child_id": child, "from_on": began} for child in ("c1", "c2")]
    statuses = [
        {"legal_status_id": "l1", "child_id": "c1", "from_on": began, "legal_status": "V3"},
        {"legal_status_id": "l2", "child_id": "c2", "from_on": began, "legal_status": "V2"},
    ]
    tell(record, {"cla_episodes": episodes, "legal_status": statuses, "setting": [setting]})
    assert {child: stood[3] for child, stood in by_column(record, record, Moment(AT)).items()} == {
        "c1": "no interval set",
        "c2": "past",
    }


@settings(RANDOM, max_examples=40)
@given(history=busy_service())
def test_a_child_stands_by_the_column_where_their_own_row_says(superuser: psycopg.Connection, history: History):
    write_postgresql(superuser, history)
    for day in (SPAN // 2, SPAN, SPAN + 8):
        moment = Moment(FIRST + timedelta(days=day))
        rows = {child.child_id: by_row(child) for child in children_at(superuser, moment)}
        assert by_column(superuser, superuser, moment) == rows


@settings(RANDOM, max_examples=25)
@given(seen=histories_seen(*LISTED) | busy_service().map(lambda history: (history, Moment(LAST))))
def test_the_columns_say_the_same_of_any_history(superuser: psycopg.Connection, seen: tuple[History, Moment]):
    history, moment = seen
    write_postgresql(superuser, history)
    rows = {child.child_id: by_row(child) for child in children_at(superuser, moment)}
    made = Store()
    made.follow(superuser)
    with made.after(history.acts[-1]["act_id"]) as columns:
        assert columns is not None
        assert by_column(columns, superuser, moment) == by_column(superuser, superuser, moment) == rows
    made.close()
