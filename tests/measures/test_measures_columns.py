"""Columns read once for several measures: branches that need no engine, twins of relations, identifiers as numbers."""

from __future__ import annotations

import os
from datetime import date, timedelta

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keyworker.facts.moment import Moment
from keyworker.measures.kernel.branches import branches
from keyworker.measures.kernel.rows import NEVER, Rows, joined
from keyworker.measures.kernel.run import Run
from keyworker.measures.kernel.twins import READ, TWINS
from keyworker.measures.kernel.words import FARTHEST, Words
from keyworker.measures.passes.asked import Asked
from keyworker.measures.passes.dates import dates
from keyworker.measures.passes.run import measured, measured_together
from keyworker.measures.passes.windows import Windows, is_window
from keyworker.measures.registry import shipped
from keyworker.measures.rows import record
from keyworker.measures.sources.duck import DuckSource
from tests.facts.histories import FIRST, SPAN, History, busy_holdings, histories, write_duckdb
from tests.measures.duck_sql import DuckSql
from tests.measures.numbered import numbered

NAMES = ["open-children", "caseload", "cp-seen-20-working-days", "changes-of-worker-12-months"]
ABOUT = ("cin_episodes", "involvements", "cp_plans", "cp_visits", "team", "appointment")
SERIES = tuple(FIRST + timedelta(days=days) for days in (0, 20, SPAN, 200, 364))
RANDOM = settings(
    deadline=None, max_examples=int(os.environ.get("KEYWORKER_HISTORIES", "4")), suppress_health_check=list(HealthCheck)
)


def test_a_number_is_the_word_of_its_digits_and_keeps_its_ordinal():
    known = Words()
    first = known.ordinals(pa.array([70_000, None, 3, 70_000], pa.int32()))
    assert first[1] == -1 and first[0] == first[3] != first[2]
    assert known.ordinals(pa.array(["70000", "3", "003"])).tolist() == [first[0], first[2], 2]
    assert [known.word(one) for one in (first[0], first[2])] == ["70000", "3"]


def test_numbers_below_nought_and_far_away_are_words_too():
    known = Words()
    far = known.ordinals(pa.array([-1, FARTHEST, 2**62, -1, None]))
    assert far.tolist() == [0, 1, 2, 0, -1]
    assert known.ordinals(pa.array(["-1", str(2**62)])).tolist() == [0, 2]


def test_a_column_of_no_number_and_one_kept_as_a_dictionary_are_read():
    known = Words()
    assert known.ordinals(pa.nulls(2, pa.int32())).tolist() == [-1, -1]
    assert known.ordinals(pa.array(["b", None, "a", "b"]).dictionary_encode()).tolist() == [0, -1, 1, 0]


def test_numbers_are_told_only_if_all_that_are_asked_about_came_as_numbers():
    known = Words()
    five, two = known.ordinals(pa.array([5, 2])).tolist()
    word = int(known.ordinals(pa.array(["c1"]))[0])
    numbers = known.numbers(np.array([five, -1], np.int32))
    assert numbers is not None and numbers.tolist() == [5]
    assert known.numbers(np.array([two, word], np.int32)) is None


def test_of_rows_only_those_are_kept_that_hold_a_marked_number():
    with duckdb.connect() as connection:
        source = DuckSource(connection)
        some = "(values ('7', 'a'), ('8', 'b'), (null, 'c'), ('x', 'd'), ('7', 'e')) t(child_id, name)"
        join = source.marked("t.child_id", np.array([7, 9], np.int32))
        assert connection.execute(f"select name from {some} {join} order by name").fetchall() == [("a",), ("e",)]
        source.forget()
        assert connection.execute("select count(*) from duckdb_tables()").fetchall() == [(0,)]


def test_identifiers_are_given_back_as_they_came_all_of_them_numbers_or_all_words():
    known = Words()
    five, two = known.ordinals(pa.array([5, 2]))
    word = known.ordinals(pa.array(["c1"]))[0]
    assert known.as_given(np.array([five, two], np.int32)) == [5, 2]
    assert known.as_given(np.array([five, word], np.int32)) == ["5", "c1"]


def test_a_branch_of_columns_and_constants_needs_no_engine():
    first, second, third = branches(
        """-- Words before it.
        select 'value' as part, h.worker_id as subject_id, rank, 1 as weight
        from {child_held} h where team_id is not null
        union all
        select 'limit', null, 0, agreed_capacity + 1 from {appointment} a
        union all
        select 'value', c.child_id, 7, w.until
        from {change_of_worker} c join {past 12 months} w on w.day = c.happened_on"""
    )
    assert first.shown == ("value", ".worker_id", ".rank", 1) and first.there == "team_id"
    assert second.shown == () and second.names == ("part", "subject_id", "rank", "weight")
    assert third.shown == ("value", ".child_id", 7, ".until")
    assert (third.window, third.day) == ("past 12 months", "happened_on")
    assert "from {other} c join {past 12 months} w" in third.over("other").sql


def test_weights_of_different_places_are_brought_to_the_same_before_they_are_added():
    """2 and nothing, beside 0.25: as whole numbers of the second place 200 and 25."""
    bits = np.ones((2, 1), np.uint64)
    whole = Rows({"weight": np.array([2, NEVER])}, bits)
    exact = Rows({"weight": np.array([25])}, bits[:1], scale=100)
    both = joined([whole, exact])
    assert both.scale == 100 and both.columns["weight"].tolist() == [200, NEVER, 25]


@pytest.mark.parametrize(
    "sql",
    [
        "select key from (select child_id as key from {person} p union all select 1 from {person} q) s",
        "select child_id as key from {person} p union all values (1)",
        "with a as (select 1) select child_id as key from {person} p",
    ],
)
def test_whatever_is_no_plain_union_is_left_to_the_engine(sql: str):
    assert branches(sql) == ()


def test_a_branch_that_joins_anything_but_a_counting_table_is_left_to_the_engine():
    month = "select c.child_id as key, m.until from {contacts} c join {calendar_month} m on m.day = c.day"
    assert branches(month) == ()
    joined_to = {branch.window for one in shipped().definitions.values() for branch in branches(one.sql)} - {""}
    assert joined_to and all(map(is_window, joined_to))


def test_a_branch_that_joins_a_counting_table_for_its_end_alone_is_asked_for_the_day():
    first, second = branches(
        """select 'denominator' as part, child_id as subject_id, from_on, to_on from {cp_plans} p
        union all
        select 'numerator', v.child_id, v.happened_on, w.until
        from {visit} v
        join {within 20 working days} w on w.day = v.happened_on
        where v.outcome in ('seen', 'seen alone') or v.kind = 'cp'"""
    )
    assert (first.part, first.by_day) == ("denominator", "")
    assert (second.part, second.window, second.day) == ("numerator", "within 20 working days", "happened_on")
    assert second.by_day == (
        "select 'numerator', v.child_id, v.happened_on, v.happened_on from {visit} v"
        " where v.happened_on between %(window_from)s and %(window_to)s"
        " and (v.outcome in ('seen', 'seen alone') or v.kind = 'cp')"
    )


@pytest.mark.parametrize(
    "branch",
    [
        "v.child_id, v.happened_on, least(w.until, v.ended_on) from {visit} v {W}",
        "v.child_id, w.until, w.until from {visit} v {W}",
        "v.child_id, v.happened_on, w.until from {visit} v {W} where w.until > v.ended_on",
        "v.child_id, v.happened_on, w.until from {visit} v {W} where day is not null",
        "distinct child_id, happened_on, w.until from {visit} v {W} where v.kind = 'cp'",
        "v.child_id, v.happened_on, w.until from {visit} v {W} join {other} o on o.child_id = v.child_id",
        "v.child_id, min(v.happened_on), w.until from {visit} v {W} where v.seen group by v.child_id, w.until",
        "v.child_id, v.happened_on, w.until from {visit} v {W} where v.kind = 'two  spaces'",
    ],
)
def test_a_branch_that_takes_more_of_a_counting_table_or_of_all_its_rows_is_left_as_it_is(branch: str):
    first = "select child_id as key, from_on, to_on from {cp_plans} p"
    second = f"select {branch}".replace("{W}", "join {past 9 days} w on w.day = v.happened_on")
    sql = f"{first} union all {second}"
    assert branches(sql)[1].by_day == ""


def test_the_branches_of_every_definition_are_named_as_its_columns():
    for one in shipped().definitions.values():
        for branch in branches(one.sql):
            assert set(one.columns) <= set(branch.names), one.name


def rows_of(run: Run, source: DuckSource, name: str) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """A relation's rows by its twin and by its SQL, the identifiers as words and the days as days."""
    columns = run.columns(name)
    assert columns is not None
    names = [one for one in columns if one in _SHOWN]
    told = [
        tuple(_said(run.known, one, columns[one][place]) for one in names) for place in range(len(columns[names[0]]))
    ]
    fetched = source.fetch(run.text(f"select {', '.join(names)} from {{{name}}} r"), run.lens, {})
    return sorted(told, key=repr), sorted(map(tuple, fetched), key=repr)


_IDENTIFIERS = ("child_id", "worker_id", "team_id", "worker_before")
_DAYS = ("from_on", "to_on", "happened_on", "since_on")
_SHOWN = (*_IDENTIFIERS, *_DAYS, "rank", "team_rank", "order_id", "entry_id")


def _said(known: Words, name: str, value: np.generic) -> object:
    if name in _IDENTIFIERS:
        return known.word(int(value))
    if name in _DAYS:
        day = date(1970, 1, 1) + timedelta(days=int(value))
        return None if day == date(9999, 12, 31) else day
    return int(value)


@st.composite
def held_histories(draw: st.DrawFn) -> History:
    return draw(st.one_of(busy_holdings(), histories(("involvements", "appointment", "team", "meaning"))))


@RANDOM
@given(data=st.data())
def test_a_twin_gives_the_rows_of_its_relation_or_leaves_them_to_the_sql(data: st.DataObject):
    history = data.draw(held_histories())
    at = FIRST + timedelta(days=data.draw(st.integers(0, SPAN)))
    with duckdb.connect() as connection:
        write_duckdb(connection, history)
        source = DuckSource(connection)
        run = Run(source, shipped().relations, Moment(at), dates([at]), Windows())
        for name in (*READ, *(one for one in TWINS if " " not in one)):
            if run.columns(name) is not None:
                told, right = rows_of(run, source, name)
                assert told == right, name


def test_children_held_by_two_at_once_are_left_to_the_sql_and_nobody_else_is():
    day = FIRST
    alone = {"involvement_id": "i1", "child_id": "c1", "worker_id": "w1", "role": "Lead", "from_on": day}
    after = alone | {"involvement_id": "i2", "worker_id": "w2", "from_on": day + timedelta(days=9)}
    for to_on, twice in ((day + timedelta(days=9), False), (day + timedelta(days=10), True)):
        with duckdb.connect() as connection:
            write_duckdb(connection, History())
            for number, row in enumerate((alone | {"to_on": to_on}, after)):
                said = {**row, "entry_id": number, "standing": "reported", "source": "ssd"}
                listed, marks = ", ".join(said), ", ".join(f"${one}" for one in said)
                connection.execute(f"insert into record.involvements ({listed}) values ({marks})", said)
            moment = Moment(day + timedelta(days=30))
            run = Run(DuckSource(connection), shipped().relations, moment, dates([moment.at]), Windows())
            assert (run.columns("change_of_chosen_worker") is None) is twice
            only = run.columns("change_of_only_worker")
            assert only is not None and len(only["child_id"]) == (0 if twice else 1)


@RANDOM
@given(data=st.data())
def test_identifiers_that_are_whole_numbers_give_what_text_gives(data: st.DataObject):
    history = data.draw(st.one_of(histories(ABOUT), busy_holdings()))
    asked = Asked(SERIES, data.draw(st.sampled_from([(), ("district",), ("status",)])))
    with duckdb.connect() as told:
        write_duckdb(told, history)
        right = measured_together(DuckSql(told), NAMES, asked)
        with numbered(told) as numbers:
            found = measured_together(DuckSource(numbers), NAMES, asked)
    for name in NAMES:
        assert [record(row) for row in found[name]] == [record(row) for row in right[name]]


def test_every_definition_group_and_link_is_understood_where_identifiers_are_whole_numbers():
    with duckdb.connect() as told:
        write_duckdb(told, History())
        with numbered(told) as numbers:
            asked = Asked((FIRST,))
            for name in shipped().definitions:
                measured(DuckSource(numbers), name, asked)
            for group in shipped().groups.values():
                name = {"child": "open-children", "worker": "caseload", "team": "open-children"}[group.of]
                measured(DuckSource(numbers), name, Asked((FIRST,), (group.name,)))


@RANDOM
@given(data=st.data())
def test_a_warm_source_says_on_the_next_question_what_a_new_one_says(data: st.DataObject):
    history = data.draw(histories((*ABOUT, "meaning", "identity_link")))
    with duckdb.connect() as connection:
        write_duckdb(connection, history)
        warm = DuckSource(connection, warm=True)
        for at in (SERIES, SERIES[-1:], SERIES[1:2], SERIES):
            asked = Asked(at, ("district",), data.draw(st.sampled_from([None, *history.instants])))
            assert measured_together(warm, NAMES, asked) == measured_together(DuckSource(connection), NAMES, asked)


def test_a_source_that_is_not_to_stay_warm_keeps_nothing():
    with duckdb.connect() as connection:
        write_duckdb(connection, History())
        for warm, left in ((False, 0), (True, 1)):
            source = DuckSource(connection, warm=warm)
            source.kept("held", source.lens(Moment(FIRST)), lambda: ("select 1 as one", {}))
            source.forget()
            kept = "select count(*) from duckdb_tables() where table_name like 'kept_%'"
            assert connection.execute(kept).fetchall() == [(left,)]
