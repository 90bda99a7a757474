"""Continuity against the published indices, and in the awkward cases."""

from __future__ import annotations

from datetime import date, time, timedelta
from fractions import Fraction
from itertools import combinations
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keyworker.measures.about import About, CannotTell
from keyworker.measures.continuity import (
    VISITS,
    Average,
    ByAllocated,
    Hold,
    Indices,
    Period,
    Stretch,
    Visit,
    allocated_share,
    by_allocated,
    by_child,
    changes_per_100_child_months,
    continuity,
    families_touched,
    holding,
    in_order,
    over_children,
    over_visits,
    sequence,
    share_with_two_or_more,
    stretches,
    tenure,
    yearly_rate_behind,
)
from keyworker.measures.estimated import estimated
from keyworker.measures.intervals import Estimate
from keyworker.measures.registry import shipped
from keyworker.measures.rows import MeasureRow
from keyworker.vocabulary.errors import KeyworkerError
from tests.measures.published import answers

ABOUT = About("open children", "2025", "a made-up record")
PRINTED = answers("continuity.json")
DAY = date(2025, 1, 1)


def after(days: int) -> date:
    return DAY + timedelta(days=days)


def sure(workers: Any) -> Indices:
    found = continuity(sequence(workers))
    assert found.lower == found.upper
    return found.lower


def held(*parts: tuple[str, int], gap: int = 0) -> list[Hold]:
    rows, day = [], DAY
    for worker, days in parts:
        rows.append(Hold(worker, day, day + timedelta(days=days)))
        day += timedelta(days=days + gap)
    return rows


@pytest.mark.parametrize("case", PRINTED["cases"], ids=lambda one: one["sequence"])
def test_every_index_of_a_published_sequence_is_the_printed_one(case: dict[str, Any]):
    found = sure(case["sequence"])
    assert (found.visits, found.workers, found.handovers) == (case["contacts"], case["workers"], case["handovers"])
    for name in ("UPC", "COC", "HHI", "SECON", "K"):
        got = getattr(found, name.lower())
        assert isinstance(got, CannotTell) if case[name] is None else got == Fraction(case[name]), name
    for name in ("MCI", "MMCI"):
        got = getattr(found, name.lower())
        assert isinstance(got, CannotTell) if case[name] is None else round(float(got), 6) == case[name], name


@pytest.mark.parametrize("case", PRINTED["day_weighted"], ids=lambda one: str(one["segments"]))
def test_days_with_each_worker_give_the_printed_shares(case: dict[str, Any]):
    rows = held(*[(worker, days) for worker, days in case["segments"]])
    found = holding(rows, DAY, after(case["days"]))
    assert (found.open_days, found.workers, found.changes) == (case["days"], case["workers"], case["changes"])
    assert (found.upc, found.hhi) == (Fraction(case["UPC_days"]), Fraction(case["HHI_days"]))
    assert (found.segments, found.days_without) == (len(case["segments"]), 0)


@given(st.lists(st.sampled_from("abcd"), min_size=2, max_size=14))
def test_coc_follows_from_hhi_and_is_the_chance_that_two_visits_share_a_worker(workers: list[str]):
    found, n = sure(workers), len(workers)
    assert isinstance(found.hhi, Fraction)
    assert found.coc == (n * found.hhi - 1) / (n - 1)
    pairs = list(combinations(workers, 2))
    assert found.coc == Fraction(sum(one == other for one, other in pairs), len(pairs))


def test_a_child_knows_who_comes_when_anyone_met_before_returns():
    assert sure("ABCA").known_worker == Fraction(1, 3)
    assert sure("ABAB").known_worker == Fraction(2, 3)


def test_no_visit_and_one_visit_say_why_there_is_no_index():
    none = sure([])
    assert none.upc == none.hhi == none.coc == none.secon == none.mci == CannotTell("there were no visits")
    assert sure("A").secon == CannotTell("one visit has none before it")


def test_a_joint_visit_is_half_of_each_and_the_same_if_anyone_is():
    """A and B, then B, then C: B 3/2 of 3, and one of two next visits brought somebody from the one before."""
    found = sure([("A", "B"), "B", "C"])
    assert (found.upc, found.secon, found.handovers) == (Fraction(1, 2), Fraction(1, 2), 1)
    assert found.hhi == Fraction(1, 4) * Fraction(1, 9) + Fraction(9, 4) * Fraction(1, 9) + Fraction(1, 9)
    assert isinstance(found.coc, CannotTell)
    assert isinstance(found.k, CannotTell)


def test_visits_by_nobody_known_give_two_values_and_never_one_worker_called_unknown():
    found = continuity(sequence(["A", None, None, "A"]))
    assert found.unknown == 2
    assert (found.lower.upc, found.upper.upc) == (Fraction(1, 2), Fraction(1, 2))
    assert (found.lower.secon, found.upper.secon) == (0, Fraction(1, 3))
    assert (found.lower.workers, found.upper.workers) == (3, 2)
    nobody = continuity(sequence([None] * 4))
    assert (nobody.lower.upc, nobody.upper.upc) == (Fraction(1, 4), 1)


@given(st.lists(st.none() | st.sampled_from("abc"), max_size=10))
def test_the_lower_value_is_never_above_the_upper(workers: list[str | None]):
    found = continuity(sequence(workers))
    for name in ("upc", "hhi", "coc", "secon", "k", "known_worker"):
        low, high = getattr(found.lower, name), getattr(found.upper, name)
        assert (low == high) if isinstance(low, CannotTell) else low <= high


def test_somebody_on_duty_is_a_different_person():
    assert sure(["A", "duty 1", "A"]).upc == Fraction(2, 3)


def test_visits_of_one_day_stand_by_time_then_record_and_never_by_file():
    made = [
        Visit(DAY, frozenset("C"), "r9"),
        Visit(DAY, frozenset("B"), "r2", time(15)),
        Visit(DAY, frozenset("D"), "r7", time(9)),
        Visit(DAY, frozenset("A"), "r1", time(9)),
        Visit(after(-1), frozenset("E"), "r8"),
    ]
    expected = [frozenset(one) for one in "EADBC"]
    assert in_order(made) == in_order(reversed(made)) == expected


def test_averages_are_over_children_with_three_visits_and_say_how_many_are_left_out():
    children = [sure("AAA"), sure("ABC"), sure("A"), sure([])]
    found = over_children(children, lambda one: one.upc, ABOUT)
    assert found == Average(Fraction(2, 3), 2, 2, 3, ABOUT)
    assert over_children(children[2:], lambda one: one.upc, ABOUT) == CannotTell("no child had 3 visits or more")


def test_an_average_over_visits_counts_children_often_seen_more():
    children = [sure("AAAAA"), sure("AB")]
    found = over_visits(children, ABOUT)
    assert isinstance(found, Estimate)
    assert (found.exactly, found.denominator) == (Fraction(4, 5), 5)
    by_child_average = over_children(children, lambda one: one.secon, ABOUT, fewest=2)
    assert isinstance(by_child_average, Average)
    assert by_child_average.value == Fraction(1, 2)
    assert isinstance(over_visits([sure("A")], ABOUT), CannotTell)


def test_rows_of_one_worker_that_touch_are_one_before_anything_is_counted():
    rows = [Hold("A", DAY, after(10)), Hold("A", after(10), after(20)), Hold("A", after(15), after(30))]
    assert stretches(rows) == [Stretch("A", DAY, after(30))]
    assert (holding(rows, DAY, after(30)).segments, holding(rows, DAY, after(30)).changes) == (1, 0)


def test_a_day_between_two_rows_of_one_worker_is_a_gap_unless_the_setting_lets_it_pass():
    rows = [Hold("A", DAY, after(10)), Hold("A", after(11), after(20))]
    assert holding(rows, DAY, after(20)).gaps == (Period(after(10), after(11)),)
    assert holding(rows, DAY, after(20), tolerance=1).gaps == ()
    inside = [*rows, Hold("A", after(2), after(4))]
    assert holding(inside, DAY, after(20), tolerance=1).gaps == ()


def test_the_same_worker_after_a_gap_is_no_change_and_another_is_one():
    same = holding(held(("A", 10), ("A", 10), gap=5), DAY, after(25))
    assert (same.changes, same.days_without, same.longest_gap, same.segments) == (0, 5, 5, 2)
    other = holding(held(("A", 10), ("B", 10), gap=5), DAY, after(25))
    assert (other.changes, other.workers) == (1, 2)


def test_a_change_counts_on_the_day_it_happens_and_only_inside_the_window():
    rows = held(("A", 10), ("B", 10), ("C", 10))
    assert holding(rows, after(10), after(20)).changes == 1
    assert holding(rows, after(11), after(20)).changes == 0
    assert holding(rows, DAY, after(21)).changes == 2


def test_days_held_while_the_child_was_not_open_do_not_count():
    rows = [Hold("A", DAY, None)]
    found = holding(rows, DAY, after(100), [(after(10), after(20)), (after(50), None)])
    assert (found.open_days, found.held_days, found.upc) == (60, 60, 1)


def test_a_child_who_was_not_open_has_no_shares():
    found = holding([Hold("A", DAY, None)], DAY, after(10), [])
    assert isinstance(found.upc, CannotTell)
    assert isinstance(found.hhi, CannotTell)


def test_an_open_child_whom_nobody_held_is_wholly_a_gap():
    found = holding([], DAY, after(10))
    assert (found.upc, found.held_days, found.gaps, found.workers) == (0, 0, (Period(DAY, after(10)),), 0)


def test_a_row_that_ends_before_it_begins_is_refused():
    with pytest.raises(KeyworkerError, match="on or before"):
        stretches([Hold("A", DAY, DAY)])


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 30), st.integers(1, 20) | st.none()), max_size=6),
    st.integers(0, 20),
    st.integers(1, 25),
)
def test_days_agree_with_looking_at_each_day(rows: list[tuple[str, int, int | None]], start: int, length: int):
    holds = [Hold(who, after(at), None if days is None else after(at + days)) for who, at, days in rows]
    from_on, to_on = after(start), after(start + length)
    by_day: list[str | None] = []
    for number in range(-1, start + length):
        day = after(number)
        runs: dict[str, date] = {}
        for who in "abc":
            back = day
            while any(
                row.worker_id == who and row.from_on <= back and (row.to_on is None or row.to_on > back)
                for row in holds
            ):
                runs[who] = back
                back -= timedelta(days=1)
        by_day.append(max(runs, key=lambda who: (runs[who], who)) if runs else None)
    found = holding(holds, from_on, to_on)
    window = by_day[start + 1 :]
    counts = {who: window.count(who) for who in "abc" if window.count(who)}
    assert found.held_days == sum(counts.values())
    assert found.days_without == window.count(None)
    assert found.workers == len(counts)
    assert found.upc == Fraction(max(counts.values(), default=0), length)
    latest, changes = None, 0
    for number, who in enumerate(by_day, -1):
        if who and latest and who != latest and number >= start:
            changes += 1
        latest = who or latest
    assert found.changes == changes


def test_tenure_counts_the_day_itself_and_nobody_has_none():
    rows = held(("A", 10), ("B", 10))
    assert tenure(rows, after(10)) == 1
    assert tenure(rows, after(9)) == 10
    assert isinstance(tenure(rows, after(20)), CannotTell)


def test_changes_are_a_rate_per_hundred_child_months_with_the_exact_interval():
    """Five changes in 1461 child-days, which are 48 months: 10.42 per hundred; Garwood 1.6235 to 11.6683 over 48."""
    found = changes_per_100_child_months(5, 1461, ABOUT)
    assert isinstance(found, Estimate)
    assert found.exactly == Fraction(500, 48)
    assert f"{found.interval.low:.2f} {found.interval.high:.2f}" == "3.38 24.31"
    assert isinstance(changes_per_100_child_months(0, 0, ABOUT), CannotTell)


def test_the_measure_of_changes_has_the_same_interval_as_the_statistic():
    """The same five changes in 48 months, as the definition counts them."""
    definition = shipped().definition("changes-per-100-child-months")
    (row,) = estimated(definition, [MeasureRow(definition.name, {}, date(2025, 12, 31), None, 5, 48, 500 / 48)])
    assert row.interval is not None
    assert f"{row.interval.low:.2f} {row.interval.high:.2f}" == "3.38 24.31"


def test_sixty_per_cent_with_a_new_worker_is_a_rate_of_0_92_and_23_per_cent_with_two():
    behind = yearly_rate_behind(0.6)
    assert f"{behind:.2f}" == "0.92"
    assert f"{share_with_two_or_more(behind):.0%}" == "23%"
    with pytest.raises(KeyworkerError):
        yearly_rate_behind(1.0)


def test_five_brothers_and_sisters_who_lose_a_worker_are_one_family():
    changes = [("f1", DAY, "A")] * 5 + [("f1", after(1), "A"), ("f2", DAY, "A")]
    assert families_touched(changes) == 3


def test_a_visit_by_the_allocated_worker_is_by_whoever_held_the_child_that_day():
    found = stretches(held(("A", 10), ("B", 10)))
    made = [
        Visit(after(9), frozenset("A"), "1"),
        Visit(after(10), frozenset("A"), "2"),
        Visit(after(10), frozenset(["A", "B"]), "3"),
        Visit(after(12), frozenset(), "4"),
        Visit(after(30), frozenset("B"), "5"),
        Visit(after(31), frozenset(), "6"),
    ]
    counts = by_allocated(made, found)
    assert counts == ByAllocated(by_allocated=2, by_others=3, unknown=1, nobody_held=2)
    least, most = allocated_share(counts, ABOUT)
    assert isinstance(least, Estimate)
    assert isinstance(most, Estimate)
    assert (least.exactly, most.exactly) == (Fraction(2, 6), Fraction(3, 6))


def test_no_visit_has_no_share_by_the_allocated_worker():
    assert all(isinstance(one, CannotTell) for one in allocated_share(by_allocated([], []), ABOUT))


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["c1", "c2"]),
            st.integers(0, 4),
            st.none() | st.integers(8, 10),
            st.sets(st.sampled_from(["w1", "w2", "?"]), max_size=3),
        ),
        max_size=14,
    )
)
def test_counting_by_the_column_is_counting_child_by_child(made: list[tuple[str, int, int | None, set[str]]]):
    visits: dict[str, list[Visit]] = {}
    rows: list[tuple[str, date, time | None, str, str | None]] = []
    for number, (child, day, hour, who) in enumerate(made):
        at, record_id = (None if hour is None else time(hour)), f"r{number:02}"
        visits.setdefault(child, []).append(Visit(after(day), frozenset(who), record_id, at))
        rows += [(child, after(day), at, record_id, worker) for worker in (who or [None])]
    found = by_child(pl.DataFrame(rows, schema=VISITS, orient="row"))
    assert found["child_id"].to_list() == sorted(visits)
    for row in found.iter_rows(named=True):
        one = continuity(in_order(visits[row["child_id"]]))
        assert (row["visits"], row["unknown"]) == (one.lower.visits, one.unknown)
        for end, indices in (("least", one.lower), ("most", one.upper)):
            assert Fraction(row[f"main_{end}"], 60 * row["visits"]) == indices.upc
            if row["visits"] > 1:
                assert Fraction(row[f"same_{end}"], row["visits"] - 1) == indices.secon


def test_a_row_said_twice_counts_once_and_a_row_without_a_worker_adds_nothing_to_one_with():
    rows = [("c", DAY, None, "r1", "A"), ("c", DAY, None, "r1", "A"), ("c", DAY, None, "r2", None)]
    rows += [("c", DAY, None, "r2", "A"), ("c", DAY, None, "r3", None), ("c", DAY, None, "r3", None)]
    found = by_child(pl.DataFrame(rows, schema=VISITS, orient="row")).row(0, named=True)
    assert (found["visits"], found["unknown"]) == (3, 1)
    assert (found["main_least"], found["same_least"], found["same_most"]) == (120, 1, 1)


def test_no_visit_at_all_is_no_child():
    assert by_child(pl.DataFrame(schema=VISITS)).height == 0


def test_a_visit_of_seven_workers_is_refused_where_sixtieths_would_not_be_exact():
    rows = [("c", DAY, None, "r", f"w{number}") for number in range(7)]
    with pytest.raises(KeyworkerError, match="more than 6"):
        by_child(pl.DataFrame(rows, schema=VISITS, orient="row"))
