"""Intervals against printed values and against what defines them."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keyworker.measures.about import About, CannotTell
from keyworker.measures.intervals import (
    BetaPrior,
    Compared,
    Estimate,
    GammaPrior,
    Interval,
    beta_prior,
    difference_of_shares,
    exact_binomial,
    exact_binomial_upper,
    exact_of_finite,
    exact_poisson,
    gamma_prior,
    rate,
    rate_ratio,
    share,
    shrunk_rate,
    shrunk_share,
    wilson,
)
from keyworker.vocabulary.errors import KeyworkerError
from tests.measures.published import answers

ABOUT = About("made-up children", "2025", "a made-up record")


def ends(found: Interval | CannotTell) -> tuple[float, float]:
    assert isinstance(found, Interval)
    return found.low, found.high


def test_no_failure_in_59_leaves_up_to_4_95_per_cent_as_audit_tables_print_it():
    (printed,) = answers("samplesize.json")["clopper_pearson"]
    _, upper = ends(exact_binomial_upper(printed["x"], printed["n"], 0.95))
    assert round(upper, 6) == printed["one_sided_95_upper"]


def test_twelve_audits_without_a_failure_could_still_be_22_per_cent():
    _, upper = ends(exact_binomial_upper(0, 12))
    assert round(upper, 2) == 0.22
    assert upper == pytest.approx(1 - 0.05 ** (1 / 12))


def test_wilson_gives_the_bounds_that_newcombe_prints_for_81_of_263():
    """Newcombe 1998, Statistics in Medicine 17:857, table I: 81/263, score method 0.2553 to 0.3662."""
    low, high = ends(wilson(81, 263))
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


def test_wilson_and_the_exact_interval_give_what_newcombe_prints_for_15_of_148():
    """The same table: 15/148, score 0.0624 to 0.1605, Clopper-Pearson 0.0578 to 0.1617."""
    assert tuple(round(end, 4) for end in ends(wilson(15, 148))) == (0.0624, 0.1605)
    assert tuple(round(end, 4) for end in ends(exact_binomial(15, 148))) == (0.0578, 0.1617)


def test_no_event_at_all_leaves_up_to_3_69_expected():
    """-ln(0.025) by hand: the chance of no event is e to the minus of what was to be expected."""
    low, high = ends(exact_poisson(0))
    assert low == 0.0
    assert high == pytest.approx(-math.log(0.025))


@given(st.integers(0, 60), st.integers(0, 60))
@settings(deadline=None)
def test_the_exact_binomial_ends_are_where_the_tails_are_two_and_a_half_per_cent(x: int, more: int):
    n = x + more
    found = exact_binomial(x, n)
    if not n:
        assert found == CannotTell("there was nobody and nothing to count")
        return
    low, high = ends(found)

    def tail(p: float, outcomes: range) -> float:
        return sum(math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in outcomes)

    assert tail(low, range(x, n + 1)) == pytest.approx(0.025) if x else low == 0.0
    assert tail(high, range(x + 1)) == pytest.approx(0.025) if x < n else high == 1.0
    inner_low, inner_high = ends(wilson(x, n))
    assert 0 <= inner_low <= x / n <= inner_high <= 1


@given(st.integers(0, 12), st.integers(1, 12), st.integers(0, 15))
@settings(deadline=None)
def test_the_interval_of_a_finite_whole_holds_just_the_wholes_that_could_have_given_the_sample(
    x: int, n: int, rest: int
):
    x = min(x, n)
    whole = n + rest

    def chance(bad: int, outcomes: range) -> Fraction:
        ways = sum(math.comb(bad, k) * math.comb(whole - bad, n - k) for k in outcomes)
        return Fraction(ways, math.comb(whole, n))

    possible = [
        bad
        for bad in range(x, whole - n + x + 1)
        if chance(bad, range(x, n + 1)) > Fraction(1, 40) and chance(bad, range(x + 1)) > Fraction(1, 40)
    ]
    assert ends(exact_of_finite(x, n, whole)) == (possible[0] / whole, possible[-1] / whole)


def test_a_sample_of_the_whole_leaves_nothing_to_guess():
    assert ends(exact_of_finite(3, 10, 10)) == (0.3, 0.3)


def test_changes_for_each_hundred_child_months_carry_the_exact_interval_on_that_scale():
    """Five events: Garwood's printed bounds are 1.6235 and 11.6683; over 250 child-months, per hundred."""
    found = rate(5, 250, ABOUT, per=100, unit="changes per 100 child-months")
    assert isinstance(found, Estimate)
    assert found.exactly == 2
    assert tuple(round(end * 2.5, 4) for end in (found.interval.low, found.interval.high)) == (1.6235, 11.6683)


def test_a_share_says_its_base_and_a_base_of_nobody_is_no_share():
    found = share(3, 4, ABOUT)
    assert isinstance(found, Estimate)
    assert (found.numerator, found.denominator, found.value, found.about) == (3, 4, 0.75, ABOUT)
    assert share(0, 0, ABOUT) == CannotTell("there were no made-up children")
    assert rate(0, 0, ABOUT, unit="x") == CannotTell("there were no made-up children")


def test_columns_of_numpy_and_polars_count_like_plain_numbers():
    plain = ends(wilson(7, 10))
    assert ends(wilson(np.int64(7), np.int32(10))) == plain
    x, n = pl.Series([7]), pl.Series([10])
    assert ends(wilson(x[0], n[0])) == plain


@pytest.mark.parametrize(("x", "n"), [(4, 3), (-1, 3), (1.0, 3), (0.5, 1)])
def test_counts_that_cannot_be_are_refused_with_what_to_do(x: object, n: object):
    with pytest.raises(KeyworkerError) as refused:
        wilson(x, n)  # type: ignore[arg-type]
    assert refused.value.remedy


def test_a_level_outside_nought_and_one_is_refused():
    with pytest.raises(KeyworkerError, match="between 0 and 1"):
        wilson(1, 2, level=95)


def test_newcombes_own_example_of_a_difference_is_reproduced():
    """Newcombe 1998, Statistics in Medicine 17:873, table II: 56/70 and 48/80, method 10: 0.0524 to 0.3339."""
    found = difference_of_shares(56, 70, 48, 80, ABOUT)
    assert isinstance(found, Compared)
    assert (round(found.interval.low, 4), round(found.interval.high, 4)) == (0.0524, 0.3339)
    assert found.value == pytest.approx(0.2)


def test_a_ratio_of_rates_turns_over_when_the_groups_do():
    one, other = rate_ratio(9, 359, 21, 182, ABOUT), rate_ratio(21, 182, 9, 359, ABOUT)
    assert isinstance(one, Compared)
    assert isinstance(other, Compared)
    assert one.value == pytest.approx((9 / 359) / (21 / 182))
    assert one.interval.low == pytest.approx(1 / other.interval.high)
    assert one.interval.high == pytest.approx(1 / other.interval.low)


def test_a_ratio_to_a_group_without_events_says_the_least_it_can_be():
    """Of 3 events all 3 are ours: π is at least 0.025^(1/3) = 0.2924, the ratio at least 0.2924/0.7076 = 0.413."""
    assert rate_ratio(3, 10, 0, 10, ABOUT) == CannotTell("the other group had no event; the ratio is at least 0.413")
    assert rate_ratio(0, 10, 0, 10, ABOUT) == CannotTell("neither group had an event")
    assert isinstance(rate_ratio(1, 0, 1, 10, ABOUT), CannotTell)
    none = rate_ratio(0, 10, 3, 10, ABOUT)
    assert isinstance(none, Compared)
    assert (none.value, none.interval.low) == (0.0, 0.0)


def test_shrinkage_adds_the_prior_as_if_it_had_been_counted():
    """Beta(2, 8) and 3 of 10: 5 of 20. Gamma(4, rate 2) and 6 in 3: 10 in 5."""
    assert shrunk_share(3, 10, BetaPrior(2, 8), ABOUT).value == pytest.approx(0.25)
    assert shrunk_rate(6, 3, GammaPrior(4, 2), ABOUT).value == pytest.approx(2.0)
    assert shrunk_share(0, 0, BetaPrior(2, 8), ABOUT).value == pytest.approx(0.2)


def test_five_districts_are_too_few_to_learn_how_far_districts_differ():
    assert isinstance(gamma_prior([1, 2, 3, 4, 5], [10] * 5), CannotTell)
    assert isinstance(beta_prior([1, 2, 3, 4, 5], [10] * 5), CannotTell)


def test_places_that_differ_no_more_than_chance_teach_no_prior():
    same = gamma_prior([4] * 12, [10] * 12)
    assert same == CannotTell("the places differ by no more than chance; use the figure of all of them together")
    assert isinstance(beta_prior([4] * 12, [10] * 12), CannotTell)
    assert isinstance(beta_prior([0, 1] * 6, [1] * 12), CannotTell)


def test_a_prior_learned_from_many_places_is_near_the_one_that_made_them():
    source = np.random.default_rng(7)
    rates = source.gamma(8, 1 / 4, 4000)
    found = gamma_prior(source.poisson(rates * 20), [20] * 4000)
    assert isinstance(found, GammaPrior)
    assert found.shape == pytest.approx(8, rel=0.1)
    assert found.rate == pytest.approx(4, rel=0.1)
    shares = source.beta(3, 9, 4000)
    learned = beta_prior(source.binomial(30, shares), [30] * 4000)
    assert isinstance(learned, BetaPrior)
    assert learned.a == pytest.approx(3, rel=0.1)
    assert learned.b == pytest.approx(9, rel=0.1)
