"""Funnel plots: published limits, overdispersion by hand, and what is never shown."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
import pytest
from scipy.stats import binom, poisson

from keyworker.measures.about import About, CannotTell
from keyworker.measures.charts import Good, Meaning
from keyworker.measures.charts.funnel import (
    Drawn,
    Funnel,
    Of,
    Overdispersion,
    Places,
    Standing,
    funnel,
    overdispersion,
    walls,
    winsorised,
)
from keyworker.vocabulary.errors import KeyworkerError
from tests.measures.published import answers

ABOUT = About("made-up children", "2025", "a made-up record")


def made(names: list[str], x: list[int], n: list[float], **said: Any) -> Funnel | CannotTell:
    kept = {"places": Places.DISTRICTS, "of": Of.SHARE, "name": "Seen in time", "unit": "%", "about": ABOUT} | said
    return funnel(names, x, n, **kept)


def sure(found: Funnel | CannotTell) -> Funnel:
    assert isinstance(found, Funnel)
    return found


def test_confidence_limits_about_an_expected_fifteen_are_the_printed_ones():
    printed = answers("inference_small_n.json")["funnel"]["expected_15"]
    low, high, far_low, far_high = walls(Of.RATE, Drawn.CONFIDENCE, 1.0, 15)
    found = [f"{one:.7g}" for one in (low, high, far_low, far_high)]
    assert found == [f"{printed[key]:.7g}" for key in ("l95", "u95", "l998", "u998")]


@pytest.mark.parametrize("base", [1, 7, 40, 300])
def test_quantile_limits_leave_no_more_outside_than_they_say(base: int):
    low, high, far_low, far_high = walls(Of.SHARE, Drawn.QUANTILES, 0.3, base)
    for inner, outer, tail in ((low, high, 0.025), (far_low, far_high, 0.001)):
        assert binom.cdf(round(inner * base) - 1, base, 0.3) <= tail
        assert binom.sf(round(outer * base), base, 0.3) <= tail
    low, high, _, _ = walls(Of.RATE, Drawn.QUANTILES, 0.3, base)
    assert poisson.cdf(round(low * base) - 1, 0.3 * base) <= 0.025
    assert poisson.sf(round(high * base), 0.3 * base) <= 0.025


def test_normal_limits_are_1_96_and_3_09_deviations_cut_where_shares_end():
    low, high, far_low, far_high = walls(Of.SHARE, Drawn.NORMAL, 0.5, 25)
    assert (low, high) == pytest.approx((0.5 - 1.959964 * 0.1, 0.5 + 1.959964 * 0.1), abs=1e-6)
    assert (far_low, far_high) == pytest.approx((0.5 - 3.090232 * 0.1, 0.5 + 3.090232 * 0.1), abs=1e-6)
    assert walls(Of.SHARE, Drawn.NORMAL, 0.9, 4)[1] == 1


def test_winsorising_draws_in_one_score_at_each_end_of_eleven():
    """Ranks 0 to 10: the 10th and 90th percentiles are the second and the tenth of eleven scores."""
    scores = [-50.0, *[float(one) for one in range(1, 10)], 80.0]
    assert winsorised(scores) == [1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9]


def test_overdispersion_is_the_method_of_moments_worked_by_hand():
    """Scores of ±2 by turns, eleven places of one size: φ = 4, τ² = (44 - 10) / (11w - w) with w = 1/s² = 4."""
    z = [2.0, -2.0] * 5 + [2.0]
    found = overdispersion(z, [0.5] * 11)
    assert isinstance(found, Overdispersion)
    assert (found.phi, found.places) == (4, 11)
    assert found.tau2 == pytest.approx(34 / 40)


def test_places_that_differ_no_more_than_chance_widen_nothing():
    found = overdispersion([0.5, -0.5] * 6, [0.1] * 12)
    assert isinstance(found, Overdispersion)
    assert found.tau2 == 0


def test_five_districts_cannot_widen_their_own_funnel_but_may_be_given_what_all_councils_show():
    names, x, n = list("abcde"), [10, 20, 5, 30, 9], [50, 60, 40, 80, 10]
    alone = sure(made(names, x, n))
    assert isinstance(alone.widened, CannotTell)
    assert alone.drawn is Drawn.QUANTILES
    lent = sure(made(names, x, n, widened=Overdispersion(4.0, 0.01, 150)))
    assert lent.drawn is Drawn.NORMAL_WIDENED
    place = lent.placed[0]
    reach = 1.959964 * sqrt(lent.target * (1 - lent.target) / 50 + 0.01)
    assert place.walls is not None
    assert place.walls[1] == pytest.approx(lent.target + reach, abs=1e-6)


def test_many_places_that_differ_widen_the_funnel_by_themselves():
    """Shares vary by 0.01 about 0.3, so z by 1 + 0.01/(0.21/200) = 10.52; winsorising keeps 0.679 of a normal spread,
    so φ is near 7.14 and τ² near (7.14 - 1) × 0.00105: smaller than the 0.01 that made them, as the method would have.
    """
    source = np.random.default_rng(11)
    share = source.beta(6, 14, 150)
    x = source.binomial(200, share).tolist()
    found = sure(made([f"council {one}" for one in range(150)], x, [200.0] * 150, places=Places.COUNCILS))
    assert isinstance(found.widened, Overdispersion)
    assert found.drawn is Drawn.NORMAL_WIDENED
    assert sqrt(found.widened.tau2) == pytest.approx(sqrt(6.14 * 0.00105), rel=0.2)


def test_places_stand_by_name_whatever_their_figures():
    found = sure(made(["west", "east", "north"], [1, 5, 9], [10, 10, 10]))
    assert [place.name for place in found.placed] == ["east", "north", "west"]


def test_only_places_can_be_compared_never_workers():
    assert {str(one) for one in Places} == {"teams", "districts", "councils", "regions"}


def test_a_place_with_nobody_in_the_base_is_named_but_not_placed():
    found = sure(made(["a", "b"], [3, 0], [10, 0]))
    assert (found.placed[1].value, found.placed[1].standing) == (None, Standing.NOT_PLACED)
    assert found.target == 0.3


def test_standing_and_meaning_are_judged_by_the_drawn_limits():
    """Target 0.5 and 100 in the base: binomial quantiles 40 and 60 (95%), 35 and 65 (99.8%)."""
    names = ["at the wall", "beyond", "far beyond"]
    found = sure(made(names, [60, 61, 66], [100, 100, 100], target=0.5, good=Good.DOWN))
    assert [one.standing for one in found.placed] == [Standing.WITHIN, Standing.BEYOND_95, Standing.BEYOND_998]
    assert [one.meaning for one in found.placed] == [Meaning.COMMON, Meaning.CONCERN, Meaning.CONCERN]
    assert found.beyond_by_chance == pytest.approx((0.15, 0.006))


def test_nobody_anywhere_or_everybody_everywhere_makes_no_funnel():
    assert made(["a"], [0], [0]) == CannotTell("none of the districts had anybody in the base")
    assert isinstance(made(["a", "b"], [0, 0], [9, 9]), CannotTell)
    assert isinstance(made(["a", "b"], [9, 9], [9, 9]), CannotTell)


def test_columns_that_cannot_be_are_refused():
    for names, x, n in ((["a", "a"], [1, 1], [2, 2]), (["a"], [3], [2]), (["a"], [1], [-1])):
        with pytest.raises(KeyworkerError):
            made(names, x, n)
    with pytest.raises(KeyworkerError, match="events without a base"):
        made(["a", "b"], [1, 1], [0, 5], of=Of.RATE)
