"""Survival against published answers, against lifelines, and where there is no answer."""

from __future__ import annotations

import math
import warnings
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import AalenJohansenFitter, CoxPHFitter, KaplanMeierFitter
from lifelines.statistics import multivariate_logrank_test
from lifelines.utils import median_survival_times

from keyworker.measures.about import About, CannotTell
from keyworker.measures.continuity import Period, Stretch
from keyworker.measures.intervals import Estimate, Interval
from keyworker.measures.survival import (
    CHANGED,
    CLOSED,
    Curve,
    HazardRatio,
    LogRank,
    Quantile,
    Spell,
    by_cause,
    ends_per,
    first_change,
    hazard_ratio,
    kaplan_meier,
    log_rank,
    spells,
    worker_spells,
)
from keyworker.vocabulary.errors import KeyworkerError
from tests.measures.published import rows

ABOUT = About("made-up spells", "2025", "a made-up record")
DAY = date(2025, 1, 1)


def after(days: int) -> date:
    return DAY + timedelta(days=days)


def curve(given: Any, **said: Any) -> Curve:
    found = kaplan_meier(given, ABOUT, **{"fewest": 1} | said)
    assert isinstance(found, Curve)
    return found


def leukaemia() -> dict[str, tuple[Spell, ...]]:
    read = rows("survival_leukemia.csv")
    return {
        name: spells(
            [int(row["weeks"]) for row in read if row["placebo"] == code],
            [int(row["relapse"]) for row in read if row["placebo"] == code],
        )
        for name, code in (("6-MP", "0"), ("placebo", "1"))
    }


def toy() -> tuple[Spell, ...]:
    read = rows("survival_left_truncated_toy.csv")
    return spells(*([int(row[name]) for row in read] for name in ("exit", "event", "entry")))


def test_late_entry_gives_the_shares_worked_by_hand():
    found = curve(toy())
    assert [(step.age, step.survival) for step in found.steps] == [
        (4, Fraction(8, 10)),
        (5, Fraction(6, 10)),
        (7, Fraction(45, 100)),
        (8, Fraction(3, 10)),
        (12, 0),
    ]


def test_ignoring_late_entry_would_give_another_and_wrong_curve():
    ignored = curve([Spell(0, one.exit, one.cause) for one in toy()])
    assert ignored.steps[0].survival == Fraction(5, 6)


def test_the_leukaemia_curve_has_its_printed_values_and_medians():
    groups = leukaemia()
    found = curve(groups["6-MP"], fewest=10)
    printed = {6: "0.8571", 7: "0.8067", 10: "0.7529", 13: "0.6902", 16: "0.6275", 22: "0.5378", 23: "0.4482"}
    assert {step.age: f"{float(step.survival):.4f}" for step in found.steps} == printed
    medians = [curve(groups[name], fewest=10).median for name in ("6-MP", "placebo")]
    assert [one.age for one in medians if isinstance(one, Quantile)] == [23, 8]


def test_the_log_rank_test_of_leukaemia_is_the_printed_one():
    found = log_rank(leukaemia(), ABOUT)
    assert isinstance(found, LogRank)
    assert f"{found.chi2:.3f}" == "16.793"
    assert found.degrees == 1
    assert found.observed == {"6-MP": 9, "placebo": 21}


def test_the_cox_coefficient_of_leukaemia_with_efrons_ties_is_the_printed_one():
    groups = leukaemia()
    found = hazard_ratio(groups["placebo"], groups["6-MP"], ABOUT)
    assert isinstance(found, HazardRatio)
    assert (f"{found.coefficient:.4f}", f"{found.se:.4f}", f"{found.ratio:.3f}") == ("1.5721", "0.4124", "4.817")


def test_ends_for_the_weeks_watched_are_9_in_359_and_21_in_182():
    groups = leukaemia()
    found = [ends_per(groups[name], ABOUT, unit="relapses a week") for name in ("6-MP", "placebo")]
    assert [one.exactly for one in found if isinstance(one, Estimate)] == [Fraction(9, 359), Fraction(21, 182)]


SPELLS = st.builds(
    lambda entry, length, cause: Spell(entry, entry + length, cause),
    st.integers(0, 12),
    st.integers(1, 12),
    st.sampled_from([None, "a", "b"]),
)


@settings(deadline=None, max_examples=80)
@given(st.lists(SPELLS, min_size=1, max_size=25))
def test_the_curve_is_the_product_over_every_age_of_those_who_went_on(made: list[Spell]):
    found = curve(made)
    survival = Fraction(1)
    for age in range(found.start, found.watched_to + 1):
        at_risk = [one for one in made if max(one.entry, found.start) < age <= one.exit]
        ended = sum(one.exit == age and one.cause is not None for one in at_risk)
        if ended:
            survival *= Fraction(len(at_risk) - ended, len(at_risk))
        assert found.at(age) == survival


@settings(deadline=None, max_examples=40)
@given(st.lists(SPELLS, min_size=12, max_size=40), st.randoms(use_true_random=False))
def test_curve_intervals_and_medians_agree_with_lifelines(made: list[Spell], chance: Any):
    made = [Spell(0, one.exit - one.entry, one.cause) for one in made]
    found = curve(made)
    fitter = KaplanMeierFitter().fit([one.exit for one in made], [one.cause is not None for one in made])
    bounds = fitter.confidence_interval_
    for step in found.steps:
        assert float(step.survival) == pytest.approx(fitter.predict(step.age))
        if isinstance(step.interval, Interval):
            assert (step.interval.low, step.interval.high) == pytest.approx(tuple(bounds.loc[step.age]))
    median = found.median
    # Where exactly half are left, ours is exact and the library's sum of floats may lie a hair above a half.
    if any(step.survival == Fraction(1, 2) for step in found.steps):
        return
    assert (median.age if isinstance(median, Quantile) else math.inf) == fitter.median_survival_time_
    if isinstance(median, Quantile) and found.steps[-1].survival:
        low, high = median_survival_times(bounds).to_numpy()[0]
        assert (median.low if isinstance(median.low, int) else math.inf) == low
        assert (median.high if isinstance(median.high, int) else math.inf) == high


def left_truncated(seed: int, size: int) -> list[Spell]:
    source = np.random.default_rng(seed)
    made = []
    while len(made) < size:
        length, entry = int(source.geometric(0.05)), int(source.integers(0, 20))
        if length > entry:
            watched = min(length, entry + 25)
            cause = str(source.choice(["a", "b"])) if watched == length else None
            made.append(Spell(entry, watched, cause))
    return made


def test_late_entry_agrees_with_lifelines_once_enough_are_at_risk():
    made = left_truncated(5, 200)
    found = curve(made, fewest=10)
    later = [one for one in made if one.exit > found.start]
    fitter = KaplanMeierFitter().fit(
        [one.exit for one in later],
        [one.cause is not None for one in later],
        entry=[max(one.entry, found.start) for one in later],
    )
    assert found.left_out == len(made) - len(later)
    for step in found.steps:
        assert float(step.survival) == pytest.approx(fitter.predict(step.age))


@pytest.mark.parametrize("seed", range(6))
def test_the_hazard_ratio_with_late_entry_and_ties_agrees_with_lifelines(seed: int):
    ours, theirs = left_truncated(seed, 60), left_truncated(seed + 100, 80)
    found = hazard_ratio(ours, theirs, ABOUT)
    frame = pd.DataFrame(
        [
            (one.entry, one.exit, one.cause is not None, group)
            for group, made in ((1, ours), (0, theirs))
            for one in made
        ],
        columns=["entry", "exit", "event", "group"],
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitter = CoxPHFitter().fit(frame, "exit", "event", entry_col="entry", fit_options={"precision": 1e-12})
    assert isinstance(found, HazardRatio)
    assert found.coefficient == pytest.approx(fitter.params_["group"], abs=1e-5)
    assert found.se == pytest.approx(fitter.standard_errors_["group"], abs=1e-5)


def test_the_log_rank_test_of_five_districts_agrees_with_lifelines():
    groups = {f"district {number}": left_truncated(number, 30) for number in range(5)}
    flat = {name: [Spell(0, one.exit, one.cause) for one in made] for name, made in groups.items()}
    found = log_rank(flat, ABOUT)
    every = [(name, one) for name, made in flat.items() for one in made]
    other = multivariate_logrank_test(
        [one.exit for _, one in every], [name for name, _ in every], [one.cause is not None for _, one in every]
    )
    assert isinstance(found, LogRank)
    assert (found.chi2, found.p, found.degrees) == pytest.approx((other.test_statistic, other.p_value, 4))


def test_a_log_rank_test_with_late_entry_is_the_square_of_the_score_worked_by_hand():
    """At ages 4, 5, 7 and 8 one of a and four, three, three and two of b are watched; one spell ends at each."""
    a = [Spell(0, 5, "e"), Spell(6, 12, None)]
    b = [Spell(2, 8, "e"), Spell(0, 9, None), Spell(1, 4, "e"), Spell(3, 7, "e")]
    found = log_rank({"a": a, "b": b}, ABOUT)
    risk = [(1, 4), (1, 3), (1, 3), (1, 2)]
    expected = sum((Fraction(one, one + other) for one, other in risk), Fraction(0))
    variance = sum((Fraction(one * other, (one + other) ** 2) for one, other in risk), Fraction(0))
    assert isinstance(found, LogRank)
    assert found.expected["a"] == pytest.approx(float(expected))
    assert found.chi2 == pytest.approx(float((1 - expected) ** 2 / variance))


def test_shares_by_cause_add_up_to_all_that_has_ended():
    made = left_truncated(9, 150)
    whole = curve(made, fewest=10)
    parts = by_cause(made, ABOUT)
    assert not isinstance(parts, CannotTell)
    for age in (whole.start, 10, 20, 30):
        left = whole.at(age)
        assert isinstance(left, Fraction)
        assert sum(part.by(age) for part in parts.values()) == 1 - left


def test_shares_by_cause_and_their_intervals_agree_with_lifelines():
    source = np.random.default_rng(2)
    lengths = source.permutation(400)[:60] + 1
    causes = source.integers(0, 3, 60)
    made = [Spell(0, int(end), [None, "a", "b"][cause]) for end, cause in zip(lengths, causes, strict=True)]
    parts = by_cause(made, ABOUT)
    assert not isinstance(parts, CannotTell)
    fitter = AalenJohansenFitter(calculate_variance=True).fit(lengths, causes, event_of_interest=1)
    column, bounds = fitter.cumulative_density_.iloc[:, 0], fitter.confidence_interval_
    for step in parts["a"].steps[1:]:
        assert float(step.share) == pytest.approx(column.loc[step.age])
        assert isinstance(step.interval, Interval)
        assert (step.interval.low, step.interval.high) == pytest.approx(tuple(bounds.loc[step.age]), abs=2e-3)


def test_one_minus_the_curve_of_one_cause_alone_would_overstate_it():
    made = left_truncated(9, 150)
    parts = by_cause(made, ABOUT)
    alone = curve([Spell(one.entry, one.exit, one.cause if one.cause == "a" else None) for one in made], fewest=10)
    assert not isinstance(parts, CannotTell)
    assert parts["a"].by(30) < 1 - alone.at(30)  # type: ignore[operator]


def test_fewer_than_ten_at_risk_make_no_curve():
    nine = [Spell(0, 5, "e")] * 9
    assert kaplan_meier(nine, ABOUT) == CannotTell("no more than 9 were ever at risk together; it takes 10")
    assert isinstance(kaplan_meier([], ABOUT), CannotTell)
    assert isinstance(by_cause(nine, ABOUT), CannotTell)


def test_a_curve_begins_only_where_enough_are_at_risk_and_speaks_of_those_who_reach_it():
    """One early spell that ends at 2 would carry everything to nought; from 5 on, twelve are at risk."""
    made = [Spell(0, 2, "e"), *[Spell(5, 9, "e")] * 6, *[Spell(5, 12, None)] * 6]
    found = curve(made, fewest=10)
    assert (found.start, found.spells, found.left_out) == (5, 12, 1)
    assert found.at(9) == Fraction(1, 2)
    assert found.at(3) == CannotTell("too few were at risk before 5 days")


def test_where_everybody_at_risk_has_gone_the_curve_stops_and_says_why():
    collapsed = curve([Spell(0, 3, "e"), Spell(5, 9, "e"), Spell(5, 9, None)])
    assert (collapsed.steps, collapsed.watched_to) == ((), 2)
    assert collapsed.at(9) == CannotTell("everybody at risk at 3 days ended then, though others were watched later")
    broken = curve([Spell(0, 3, "e"), Spell(0, 4, None), Spell(6, 9, "e"), Spell(6, 9, None)])
    assert broken.at(4) == Fraction(1, 2)
    assert broken.at(9) == CannotTell("nobody was at risk after 4 days until others were watched")
    touching = curve([Spell(0, 3, "e"), Spell(0, 4, None), Spell(4, 9, "e"), Spell(4, 9, None)])
    assert touching.at(9) == Fraction(1, 4)


def test_a_median_that_was_not_reached_is_not_a_number():
    found = curve([Spell(0, 3, "e"), *[Spell(0, 9, None)] * 9])
    assert found.median == CannotTell("fewer than 50% had ended by 9 days, when watching stopped")
    assert found.at(20) == CannotTell("nobody was watched beyond 9 days")


def test_groups_without_ends_or_without_each_other_cannot_be_compared():
    some, none = [Spell(0, 5, "e")] * 3, [Spell(0, 5, None)] * 3
    assert log_rank({"a": none, "b": none}, ABOUT) == CannotTell("no spell was seen to end")
    assert log_rank({"a": some, "b": []}, ABOUT) == CannotTell("fewer than two groups have any spell")
    apart = log_rank({"a": some, "b": [Spell(6, 9, "e")]}, ABOUT)
    assert apart == CannotTell("the groups were never at risk at the same age")
    assert isinstance(hazard_ratio(some, none, ABOUT), CannotTell)
    assert isinstance(hazard_ratio(some, [], ABOUT), CannotTell)
    assert isinstance(hazard_ratio(some, [Spell(6, 9, "e")], ABOUT), CannotTell)


def test_groups_that_part_wholly_have_no_finite_ratio():
    early, late = [Spell(0, at, "e") for at in (1, 2, 3)], [Spell(0, at, "e") for at in (7, 8, 9)]
    assert isinstance(hazard_ratio(early, late, ABOUT), CannotTell)


def test_a_spell_that_was_never_watched_is_refused():
    for entry, end in ((3, 3), (4, 2), (-1, 2)):
        with pytest.raises(KeyworkerError, match="not watched"):
            Spell(entry, end)


def test_a_workers_spell_with_a_child_ends_by_a_change_by_closing_or_not_yet():
    held = [Stretch("A", DAY, after(10)), Stretch("B", after(10), after(40)), Stretch("C", after(50), None)]
    is_open = [Period(DAY, after(30)), Period(after(45), after(900))]
    found = worker_spells(held, is_open, records_from=after(4), at=after(59))
    assert found == (Spell(4, 10, CHANGED), Spell(0, 20, CLOSED), Spell(0, 10, None))


def test_a_hold_that_ended_before_the_records_is_no_spell():
    assert worker_spells([Stretch("A", DAY, after(4))], [Period(DAY, after(9))], after(4), after(8)) == ()


def test_the_first_change_waits_from_opening_and_is_none_where_the_case_closed_first():
    held = [Stretch("A", after(-5), after(10)), Stretch("A", after(12), after(20)), Stretch("B", after(20), None)]
    assert first_change(held, DAY, None, DAY, after(99)) == (Spell(0, 20, CHANGED),)
    assert first_change(held, DAY, after(15), DAY, after(99)) == (Spell(0, 15, CLOSED),)
    assert first_change(held, DAY, None, after(5), after(8)) == (Spell(5, 9, None),)
    assert first_change(held, DAY, None, after(30), after(99)) == ()
