"""Charts against their published answers, to the digits printed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from keyworker.measures.about import About
from keyworker.measures.charts import (
    Baseline,
    Chart,
    Decision,
    LeftOut,
    Plan,
    Rules,
    Signal,
    by_chance,
    c_chart,
    p_chart,
    run_chart,
    xmr,
)
from keyworker.measures.charts.rules import in_window, shift_ends, trend_ends
from keyworker.measures.charts.runs import expected
from tests.measures.published import answers, rows

ABOUT = About("as printed", "as printed", "the book")
BOOK = Decision("the book's author", date(1985, 1, 1), "the example says so")
XMR = answers("spc_xmr.json")


def plan(**said: Any) -> Plan:
    return Plan("A printed series", "units", ABOUT, **said)


def numbers(name: str, *columns: str) -> list[list[int]]:
    return [[int(row[column]) for row in rows(name)] for column in columns]


def outside(chart: Chart) -> list[object]:
    return [point.on for point in chart.points if Signal.OUTSIDE in point.signals]


@pytest.mark.parametrize("case", XMR["cases"], ids=lambda one: one["name"])
def test_xmr_limits_are_the_published_ones_with_and_without_screening(case: dict[str, Any]):
    y = case["y"]
    found = xmr(range(len(y)), y, plan=plan(rules=Rules(screened=case["screen_outliers"])))
    got = [found.points[0].centre, found.points[0].lower, found.points[0].upper]
    printed = [case["mean"], case["lower"], case["upper"]]
    figures = {"2 dp": "{:.2f}", "7 significant figures": "{:.7g}"}[case["published_to"]]
    assert [figures.format(one) for one in got] == [figures.format(one) for one in printed]
    if "exact" in case:
        assert got == pytest.approx([case["exact"][key] for key in ("mean", "lower", "upper")], abs=1e-9)


@pytest.mark.parametrize("case", XMR["rules"], ids=lambda one: str(one))
def test_the_rules_flag_what_the_published_vectors_flag(case: dict[str, Any]):
    match case["rule"]:
        case "shift7":
            found = [abs(one) for one in shift_ends(case["side_of_mean"], 7)]
            assert found == case["flag_at_end"]
        case "trend7":
            assert trend_ends(case["y"], 7) == case["flag_at_end"]
        case "two_of_three":
            near = [bool(one) for one in case["near_limit"]]
            assert [int(one) for one in in_window(near, case["side_of_mean"])] == case["in_window"]


def test_montgomery_6_5_has_its_printed_limits_from_a_baseline_of_twenty_weeks():
    week, cost = numbers("spc_imr_montgomery_6_5.csv", "week", "cost")
    found = xmr(week, cost, plan=plan(baseline=Baseline(20, BOOK)))
    point, section = found.points[-1], found.sections[0]
    assert point.centre == 300.5
    assert f"{section.mean_moving_range:.4f}" == "7.7895"
    assert (f"{point.lower:.2f}", f"{point.upper:.2f}", f"{section.range_limit:.3f}") == ("279.78", "321.22", "25.448")
    assert outside(found) == [39, 40]


def test_montgomery_7_3_has_its_printed_limits_with_two_samples_left_out():
    sample, counts = numbers("spc_c_montgomery_7_3.csv", "sample", "count")
    found = c_chart(
        sample, counts, plan=plan(baseline=Baseline(26, BOOK), left_out=(LeftOut(6, BOOK), LeftOut(20, BOOK)))
    )
    point = found.points[0]
    assert (f"{point.centre:.4f}", f"{point.lower:.4f}", f"{point.upper:.4f}") == ("19.6667", "6.3625", "32.9708")
    assert outside(found) == [6, 20]
    assert run_chart(sample, counts, about=ABOUT, centre=found.sections[0].centre).longest == 8


def test_very_large_shares_have_their_printed_limits_with_laneys_correction():
    week, within, attended = numbers("spc_pprime_nhs_accidents.csv", "week", "within_target", "attendances")
    plain = p_chart(week, within, attended, plan=plan(), per=1)
    adjusted = p_chart(week, within, attended, plan=plan(), per=1, laney=True)
    assert f"{plain.points[0].centre:.6f}" == "0.952900"
    assert len(outside(plain)) == 16
    assert f"{adjusted.sections[0].sigma_z:.4f}" == "10.6404"
    assert (f"{adjusted.points[0].lower:.5f}", f"{adjusted.points[0].upper:.5f}") == ("0.94013", "0.96567")
    assert adjusted.flagged == ()


@pytest.mark.parametrize(
    ("points", "shares", "any_rule"),
    [(12, (5, 1, 0, 2), 7), (24, (10, 9, 1, 4), 19), (36, (13, 17, 1, 5), 29), (60, (20, 31, 2, 8), 47)],
)
def test_a_chart_cries_wolf_as_often_as_the_handbook_says(points: int, shares: tuple[int, ...], any_rule: int):
    """Two simulations of 20,000 runs each may part by a point of percentage and the rounding of one."""
    found = by_chance(points)
    order = (Signal.OUTSIDE, Signal.SHIFT, Signal.TREND, Signal.TWO_OF_THREE)
    assert [100 * found.by_rule[rule] for rule in order] == pytest.approx(shares, abs=1.1)
    assert 100 * found.any_rule == pytest.approx(any_rule, abs=1.1)


@pytest.mark.parametrize(("follows", "printed"), [(0.3, 47), (0.6, 80)])
def test_points_that_follow_one_another_cry_wolf_far_more_often(follows: float, printed: int):
    assert 100 * by_chance(24, follows=follows).any_rule == pytest.approx(printed, abs=2)


@pytest.mark.parametrize(("n", "run", "crossings"), [(10, 6, 2), (12, 7, 3), (24, 8, 8), (36, 8, 13), (60, 9, 23)])
def test_a_run_chart_lets_chance_off_with_the_printed_bounds(n: int, run: int, crossings: int):
    assert expected(n) == (run, crossings)
