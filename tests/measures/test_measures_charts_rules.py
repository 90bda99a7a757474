"""What charts do where the published vectors are silent: ties, gaps, few points, decisions, targets."""

from __future__ import annotations

import math
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keyworker.measures.about import About, CannotTell
from keyworker.measures.charts import (
    Assurance,
    Baseline,
    Chart,
    Decision,
    Good,
    LeftOut,
    Meaning,
    Plan,
    Rebase,
    Rules,
    Side,
    Signal,
    autocorrelation,
    c_chart,
    days_between,
    every_month,
    g_chart,
    p_chart,
    run_chart,
    t_chart,
    u_chart,
    xmr,
    xmr_of,
)
from keyworker.measures.charts.flows import residuals
from keyworker.vocabulary.errors import KeyworkerError

ABOUT = About("made-up children", "2025", "a made-up record")
WHO = Decision("A. Manager", date(2026, 1, 5), "the new rota began")


def plan(**said: Any) -> Plan:
    return Plan("Visits in time", "%", ABOUT, **said)


def drawn(y: list[Any], **said: Any) -> Chart:
    return xmr(range(1, len(y) + 1), y, plan=plan(**said))


def winning(chart: Chart) -> list[Signal | None]:
    return [point.signal for point in chart.points]


def rebased(on: int, **said: Any) -> Rebase:
    return Rebase(on, WHO, True, True, True, True, **said)


# Mean 10 and moving ranges of 2, so that limits are 10 ± 5.32 and two thirds of them 10 ± 3.5466...
STEADY = [9, 11] * 10


def judged(*after: float) -> Chart:
    return drawn([*STEADY, *after], baseline=Baseline(20, WHO))


def test_a_point_on_a_limit_is_inside_it_and_a_hair_beyond_is_outside():
    assert winning(judged(Fraction("15.32")))[-1] is None
    assert winning(judged(Fraction("15.3200001")))[-1] is Signal.OUTSIDE
    assert winning(judged(4.68))[-1] is None
    assert winning(judged(4.67))[-1] is Signal.OUTSIDE


def test_six_points_on_one_side_are_no_shift_and_seven_are_one_for_all_of_them():
    assert winning(judged(*[11] * 5))[19:] == [None] * 6
    assert winning(judged(*[11] * 6))[18:] == [None, *[Signal.SHIFT] * 7]


def test_a_point_on_the_mean_breaks_a_shift_and_decimals_are_exact_about_it():
    assert Signal.SHIFT not in winning(judged(11, 11, 11, 10, 11, 11, 11, 9))
    tenths = drawn([0.1, 0.3] * 6 + [0.1, 0.2, 0.3])
    assert tenths.points[-2].value == tenths.points[-2].centre == 0.2


def test_a_trend_is_seven_points_that_rise_each_time_and_a_tie_breaks_it():
    assert winning(judged(9.1, 9.2, 9.3, 9.4, 9.5, 9.6, 9.7))[-7:] == [Signal.TREND] * 7
    assert Signal.TREND not in winning(judged(9.1, 9.2, 9.3, 9.3, 9.4, 9.5, 9.6))
    falling = judged(10.7, 10.6, 10.5, 10.4, 10.3, 10.2, 10.1)
    assert {point.side for point in falling.points[-7:]} == {Side.LOW}


def test_two_of_three_flags_only_the_near_points_and_all_three_must_be_on_that_side():
    assert winning(judged(14, 11, 14))[-3:] == [Signal.TWO_OF_THREE, None, Signal.TWO_OF_THREE]
    assert Signal.TWO_OF_THREE not in winning(judged(9, 14, 9, 14, 9))
    assert Signal.TWO_OF_THREE not in winning(judged(9, 14, 10, 14, 9))


def test_a_point_outside_does_not_count_as_near():
    assert winning(judged(9, 16, 11, 14, 9))[-5:] == [None, Signal.OUTSIDE, None, None, None]


def test_outside_wins_over_trend_and_trend_over_two_of_three_and_that_over_shift():
    rising = judged(10.5, 11, 11.5, 12, 14, 14.5, 16)
    assert winning(rising)[-1] is Signal.OUTSIDE
    assert rising.points[-1].signals == (Signal.OUTSIDE, Signal.TREND, Signal.SHIFT)
    assert rising.points[-2].signals == (Signal.TREND, Signal.TWO_OF_THREE, Signal.SHIFT)
    near = judged(*[11] * 6, 14, 14)
    assert near.points[-1].signals == (Signal.TWO_OF_THREE, Signal.SHIFT)


@settings(deadline=None)
@given(st.lists(st.none() | st.integers(0, 12), min_size=0, max_size=40), st.integers(2, 8), st.integers(2, 8))
def test_runs_are_those_that_looking_at_every_stretch_finds(y: list[int | None], shift: int, trend: int):
    rules = Rules(shift=shift, trend=trend, used=(Signal.SHIFT, Signal.TREND))
    found = drawn(y, rules=rules)
    known = [one for one in y if one is not None]
    middle = Fraction(sum(known), len(known)) if len(known) >= 5 else None
    expected: list[set[Signal]] = [set() for _ in y]
    for length, rule in ((shift, Signal.SHIFT), (trend, Signal.TREND)):
        for first in range(len(y) - length + 1):
            stretch = [one for one in y[first : first + length] if one is not None]
            if len(stretch) < length:
                continue
            pairs = list(pairwise(stretch))
            if rule is Signal.SHIFT:
                holds = middle is not None and (all(v > middle for v in stretch) or all(v < middle for v in stretch))
            else:
                holds = all(a < b for a, b in pairs) or all(a > b for a, b in pairs)
            if holds:
                for at in range(first, first + length):
                    expected[at].add(rule)
    assert [set(point.signals) for point in found.points] == expected


def test_a_missing_month_is_a_gap_that_breaks_runs_and_takes_no_moving_range():
    broken = judged(11, 11, 11, None, 11, 11, 11)
    assert Signal.SHIFT not in winning(broken)
    assert broken.points[-4].value is None
    assert broken.points[-4].missing == "no figure"
    # Steps of 2 on both sides of the gap; the step of 90 across it is not one.
    apart = drawn([1, 3, 1, 3, 1, 3, None, 93, 91, 93, 91, 93, 91])
    assert apart.sections[0].mean_moving_range == 2


def test_a_month_without_anybody_in_the_base_is_missing_and_not_nought():
    chart = xmr([1, 2, 3], [1, 0, 2], [4, 0, 4], plan=plan(), per=100)
    assert [point.value for point in chart.points] == [25, None, 50]
    assert chart.points[1].missing == "nobody in the base"


def test_months_that_are_absent_from_counts_become_gaps():
    made = every_month(date(2025, 11, 30), date(2026, 2, 1), {date(2025, 11, 30): (1, 2), date(2026, 2, 28): (0, 5)})
    assert made.on == (date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1))
    assert made.values == (Fraction(1, 2), None, None, 0)
    assert xmr_of(made, plan()).points[1].missing == "no figure"


@pytest.mark.parametrize("y", [[], [7], [1, 2, 3, 4], [None, None, 1, None]])
def test_fewer_than_five_points_make_a_line_without_limits(y: list[int | None]):
    found = drawn(y)
    assert isinstance(found.sections[0].cannot, CannotTell)
    assert "it takes 5" in found.sections[0].cannot.reason
    assert all(point.lower is None and point.signal is None for point in found.points)


def test_five_points_give_trial_limits_and_twelve_firm_ones():
    assert drawn([1, 2, 1, 2, 1]).sections[0].trial
    assert drawn([1, 2] * 5 + [1]).sections[0].trial
    assert "Trial limits: 11 points set them; they are firm from 12." in drawn([1, 2] * 5 + [1]).warnings
    assert not drawn([1, 2] * 6).sections[0].trial


@pytest.mark.parametrize("screened", [True, False])
def test_points_that_are_all_the_same_give_a_centre_but_no_limits(screened: bool):
    found = drawn([4] * 15, rules=Rules(screened=screened))
    assert found.sections[0].centre == 4
    assert found.sections[0].cannot == CannotTell("the points that set the limits do not vary")
    assert found.flagged == ()


def test_one_leap_between_two_flat_levels_leaves_nothing_to_set_limits_by_once_screened():
    found = drawn([1] * 10 + [9] * 10)
    assert isinstance(found.sections[0].cannot, CannotTell)
    assert {point.signal for point in found.points} == {Signal.SHIFT}


def test_every_second_month_missing_leaves_no_step_to_measure():
    found = drawn([1, None, 2, None, 3, None, 4, None, 5])
    assert isinstance(found.sections[0].cannot, CannotTell)
    assert "neighbouring" in found.sections[0].cannot.reason


def test_a_baseline_longer_than_the_chart_uses_what_there_is_on_trial():
    found = drawn([1, 2, 1, 2, 1, 2], baseline=Baseline(20, WHO))
    assert (found.sections[0].used, found.sections[0].trial) == (6, True)


def test_a_baseline_of_three_sets_no_limits_for_all_that_follows():
    found = drawn([1, 2] * 10, baseline=Baseline(3, WHO))
    assert found.sections[0].cannot == CannotTell("3 points can set no limits; it takes 5")


def test_a_point_left_out_sets_no_limit_but_is_judged():
    found = drawn([*STEADY[:10], 60, *STEADY[:10]], left_out=(LeftOut(11, WHO),))
    assert (found.points[0].centre, found.points[0].upper) == (10, 15.32)
    assert found.points[10].signal is Signal.OUTSIDE
    assert found.points[10].left_out == LeftOut(11, WHO)


def test_rules_and_limits_start_afresh_with_each_section_and_the_decision_stays_with_it():
    found = drawn([*STEADY[:12], *[21, 19] * 6], rebases=(rebased(13),))
    first, second = found.sections
    assert (first.rebase, second.rebase) == (None, rebased(13))
    assert second.rebase.decision == WHO
    assert (first.centre, second.centre) == (10, 20)
    assert found.flagged == ()
    across = drawn([*[9, 11] * 6, 9, 11, 11.5, 12, 12.5, 13, 13.5, 14, 11, 13, 11, 13, 11, 13], rebases=(rebased(17),))
    assert Signal.TREND not in winning(across)


def test_a_rebase_without_four_yeses_or_without_a_reason_is_refused():
    with pytest.raises(KeyworkerError, match="all four questions"):
        Rebase(13, WHO, True, True, True, expected_to_last=False)
    with pytest.raises(KeyworkerError, match="only by a person with a reason"):
        Decision("A. Manager", date(2026, 1, 5), " ")
    with pytest.raises(KeyworkerError, match="only by a person with a reason"):
        Decision("", date(2026, 1, 5), "because")


def test_a_rebase_at_no_point_or_at_the_first_is_refused():
    for on in (1, 99):
        with pytest.raises(KeyworkerError, match="start afresh only at a point"):
            drawn(STEADY, rebases=(rebased(on),))


def test_colour_follows_which_way_is_better():
    high = [*STEADY, 20]
    meanings = [drawn(high, good=good).points[-1].meaning for good in (Good.UP, Good.DOWN, Good.NEITHER)]
    assert meanings == [Meaning.IMPROVEMENT, Meaning.CONCERN, Meaning.NEUTRAL]
    assert drawn(high).points[0].meaning is Meaning.COMMON


@pytest.mark.parametrize(
    ("good", "target", "says"),
    [
        (Good.UP, 15.33, Assurance.MISS),
        (Good.UP, 15.32, Assurance.HIT_AND_MISS),
        (Good.UP, 4.67, Assurance.MEET),
        (Good.DOWN, 15.33, Assurance.MEET),
        (Good.DOWN, 4.68, Assurance.HIT_AND_MISS),
        (Good.DOWN, 4.67, Assurance.MISS),
    ],
)
def test_assurance_is_where_the_target_lies_beside_the_last_limits(good: Good, target: float, says: Assurance):
    assert drawn(STEADY, good=good, target=target).assurance is says


def test_assurance_without_a_target_a_direction_or_limits_cannot_be_told():
    assert drawn(STEADY).assurance == CannotTell("no target is set")
    assert isinstance(drawn(STEADY, target=9.0).assurance, CannotTell)
    assert isinstance(drawn([1, 2], target=9.0, good=Good.UP).assurance, CannotTell)


def test_a_stock_is_warned_of_because_each_point_follows_the_one_before():
    rising = drawn(list(range(1, 25)))
    assert any("lag-1 autocorrelation" in one for one in rising.warnings)
    # Steps about a mean of 0: products -1 eleven times over squares of 1 twelve times.
    assert autocorrelation([1.0, -1.0] * 6) == pytest.approx(-11 / 12)
    assert isinstance(autocorrelation([1.0] * 11), CannotTell)
    assert isinstance(autocorrelation([1.0] * 12), CannotTell)


def test_residuals_of_a_stock_follow_one_another_less_than_it_does():
    source = np.random.default_rng(3)
    stock = [100.0]
    for step in source.normal(size=200):
        stock.append(100 + 0.8 * (stock[-1] - 100) + step)
    found = residuals(stock)
    assert not isinstance(found, CannotTell)
    left, follows = found
    assert follows == pytest.approx(0.8, abs=0.1)
    after = autocorrelation([one for one in left if one is not None])
    assert isinstance(after, float)
    assert abs(after) < 0.15
    assert residuals([*[1.0, 2.0] * 7, None, 1.0])[0][-2:] == [None, None]  # type: ignore[index]


def test_columns_of_numpy_and_polars_make_the_same_chart_as_plain_lists():
    on, x, n = list(range(12)), [3, 4] * 6, [10] * 12
    plain = xmr(on, x, n, plan=plan())
    assert xmr(np.array(on).tolist(), np.array(x), np.array(n), plan=plan()) == plain
    assert xmr(on, pl.Series(x), pl.Series(n), plan=plan()) == plain


def test_columns_that_do_not_fit_or_run_backwards_are_refused():
    for on, y in (([1, 2], [1]), ([2, 1], [1, 1]), ([1, 1], [1, 1])):
        with pytest.raises(KeyworkerError):
            xmr(on, y, plan=plan())
    with pytest.raises(KeyworkerError, match="not a finite number"):
        drawn([1.0, math.nan])


def test_a_p_chart_cuts_its_limits_at_nought_and_everybody():
    """p = 18/20 = 0.9 with 2 in each base: 0.9 ± 3 × 0.2121, cut to 0.264 and 1."""
    found = p_chart(range(10), [2, 2, 1, 2, 2, 2, 2, 1, 2, 2], [2] * 10, plan=plan(), per=1)
    assert found.points[0].centre == 0.9
    assert found.points[0].lower == pytest.approx(0.9 - 3 * math.sqrt(0.9 * 0.1 / 2))
    assert found.points[0].upper == 1
    assert any("fewer than 20" in one for one in found.warnings)


def test_a_share_that_is_always_everybody_has_no_variation():
    found = p_chart(range(12), [5] * 12, [5] * 12, plan=plan())
    assert found.sections[0].cannot == CannotTell("the points that set the limits do not vary")


def test_a_share_of_more_than_everybody_is_refused():
    with pytest.raises(KeyworkerError, match="not a part"):
        p_chart([1], [3], [2], plan=plan())


def test_a_u_chart_has_its_own_limits_for_each_months_exposure():
    """12 events in 600 child-months: 2 per 100; with 100 in a month, 2 ± 3 × √0.02/10 × 100 → 0 and 6.243."""
    found = u_chart(range(6), [2] * 6, [100, 100, 100, 100, 150, 50], plan=plan(), per=100)
    assert found.points[0].centre == 2
    assert (found.points[0].lower, found.points[0].upper) == (0, pytest.approx(2 + 3 * math.sqrt(0.02 / 100) * 100))
    assert found.points[5].upper > found.points[0].upper > found.points[4].upper  # type: ignore[operator]


def test_laneys_correction_without_variation_between_months_cannot_set_limits():
    found = u_chart(range(12), [2] * 12, [100] * 12, plan=plan(), laney=True)
    assert isinstance(found.sections[0].cannot, CannotTell)


def test_laneys_correction_is_the_moving_range_of_z_over_1_128():
    """p = 1/2 and n = 4: z is ∓1 by turns for 1 and 3 of 4, ranges of 2, so σz = 2/1.128."""
    found = p_chart(range(12), [1, 3] * 6, [4] * 12, plan=plan(), per=1, laney=True)
    assert found.sections[0].sigma_z == pytest.approx(2 / 1.128)


def test_a_c_chart_refuses_counts_below_nought():
    with pytest.raises(KeyworkerError):
        c_chart([1], [-1], plan=plan())


def test_a_g_chart_has_an_upper_limit_alone_and_one_rule():
    """Mean 12: 12 + 3 √(12 × 13) = 49.47."""
    found = g_chart(range(1, 13), [3] * 11 + [111], plan=plan(good=Good.UP))
    point = found.points[-1]
    assert (point.centre, point.lower, f"{point.upper:.2f}") == (12, None, "49.47")
    assert [one.on for one in found.flagged] == [12]
    assert point.meaning is Meaning.IMPROVEMENT


def test_a_g_chart_with_nothing_between_events_cannot_set_limits():
    assert isinstance(g_chart(range(6), [0] * 6, plan=plan()).sections[0].cannot, CannotTell)


def test_a_t_chart_is_an_xmr_chart_on_the_scale_of_the_power_raised_back():
    days = [round(one**3.6) for one in (2, 3) * 6]
    found = t_chart(range(12), days, plan=plan())
    scaled = [one ** (1 / 3.6) for one in days]
    middle = sum(scaled) / 12
    step = sum(abs(a - b) for a, b in pairwise(scaled)) / 11
    assert found.points[0].centre == pytest.approx(middle**3.6)
    assert found.points[0].upper == pytest.approx((middle + 2.66 * step) ** 3.6)
    assert found.points[0].lower == pytest.approx(max(middle - 2.66 * step, 0) ** 3.6)
    assert [point.value for point in found.points] == pytest.approx(days)


def test_two_events_on_one_day_lie_no_day_apart_and_can_be_charted():
    on, days = days_between([date(2026, 1, 1), date(2026, 1, 4), date(2026, 1, 4), date(2026, 2, 4)])
    assert on == (date(2026, 1, 4), date(2026, 1, 4), date(2026, 2, 4))
    assert days == (3, 0, 31)
    assert [point.value for point in t_chart(on, days, plan=plan()).points] == pytest.approx([3, 0, 31])
    with pytest.raises(KeyworkerError, match="not in order"):
        days_between([date(2026, 1, 2), date(2026, 1, 1)])


def test_a_run_chart_of_few_useful_points_cannot_tell():
    assert isinstance(run_chart(range(9), range(9), about=ABOUT).shifted, CannotTell)
    assert isinstance(run_chart([], [], about=ABOUT).shifted, CannotTell)
    flat = run_chart(range(20), [5] * 20, about=ABOUT)
    assert (flat.useful, flat.longest, flat.crossings) == (0, 0, 0)
    assert isinstance(flat.shifted, CannotTell)


def test_a_run_chart_passes_over_points_on_the_median():
    found = run_chart(range(13), [1, 1, 1, 1, 1, 1, 5, 9, 9, 9, 9, 9, 9], about=ABOUT)
    assert (found.centre, found.useful, found.longest, found.crossings, found.shifted) == (5, 12, 6, 1, True)
