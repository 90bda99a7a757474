"""Exact tests of very few, and evenness, against published values."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keyworker.measures.about import About, CannotTell
from keyworker.measures.fairness import Evenness, evenness
from keyworker.measures.small_numbers import SignFlips, sign_flips, smallest_p_of_choice, smallest_p_of_order
from keyworker.vocabulary.errors import KeyworkerError
from tests.measures.published import answers

ABOUT = About("made-up pairs", "2025", "a made-up record")


def test_darwins_maize_gives_fishers_863_of_32768():
    printed = answers("inference_small_n.json")["darwin"]
    found = sign_flips(printed["differences"], ABOUT)
    assert isinstance(found, SignFlips)
    assert found.total == printed["sum"]
    assert (found.as_large, found.patterns) == (printed["at_least_as_large_one_sided"], printed["sign_flips"])
    assert round(float(found.p_two_sided), 7) == printed["p_two_sided"]


@settings(deadline=None)
@given(st.lists(st.integers(-9, 9), min_size=1, max_size=8).filter(any))
def test_counting_patterns_agrees_with_trying_every_one(differences: list[int]):
    tried = [
        sum(sign * abs(one) for sign, one in zip(signs, differences, strict=True))
        for signs in product((1, -1), repeat=len(differences))
    ]
    found = sign_flips(differences, ABOUT)
    assert isinstance(found, SignFlips)
    assert found.as_large == sum(total >= abs(sum(differences)) for total in tried)


def test_pairs_that_never_differ_cannot_be_compared():
    assert sign_flips([0, 0], ABOUT) == CannotTell("no pair differs")
    assert sign_flips([], ABOUT) == CannotTell("no pair differs")


def test_few_districts_have_a_floor_under_what_they_can_show():
    floors = answers("inference_small_n.json")["floors"]
    assert float(smallest_p_of_choice(5, 1)) == floors["five_districts_one_treated"]
    assert float(smallest_p_of_choice(5, 2)) == floors["five_districts_two_treated_one_sided"]
    assert float(smallest_p_of_order(5)) == floors["five_distinct_start_dates_one_sided"]


@pytest.mark.parametrize("printed", answers("fairness.json"), ids=lambda one: str(one["loads"]))
def test_gini_and_jain_are_the_printed_ones(printed: dict[str, list[int]]):
    found = evenness(printed["loads"], ABOUT)
    assert isinstance(found, Evenness)
    assert (round(float(found.gini), 6), round(float(found.jain), 6)) == (printed["gini"], printed["jain"])
    assert [found.heaviest, found.lightest] == printed["max_min"]


def test_evenness_of_loads_over_capacity_is_exact():
    found = evenness([Fraction(3, 2), Fraction(1, 2)], ABOUT)
    assert isinstance(found, Evenness)
    assert (found.gini, found.jain) == (Fraction(1, 4), Fraction(4, 5))


def test_a_team_of_nobody_or_with_nothing_has_no_evenness():
    assert evenness([], ABOUT) == CannotTell("nobody is in the team")
    assert evenness([0, 0], ABOUT) == CannotTell("nobody in the team holds anything")
    with pytest.raises(KeyworkerError):
        evenness([1, -1], ABOUT)
