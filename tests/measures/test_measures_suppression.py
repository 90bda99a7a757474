"""Small-number control, tested by attack: readers with pencil, computer and a long night recover nothing."""

from __future__ import annotations

import math
import random
from collections.abc import Collection, Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keyworker.measures.about import About
from keyworker.measures.suppression import (
    OF,
    PUBLIC,
    WITH,
    WITHOUT,
    Cell,
    Range,
    Release,
    Rule,
    Sum,
    Symbol,
    Table,
    Why,
    attack,
    banded,
    nearest,
    per_cent,
    shares,
    staff,
    suppress,
    together,
    tree,
    two_way,
)
from keyworker.vocabulary.errors import KeyworkerError
from tests.measures.attackers import by_programme, by_propagation, every_table, seen
from tests.measures.published import answers

ABOUT = About("made-up children", "2025", "a made-up record")
SDC = answers("sdc.json")
SLOW = settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])

COUNTS = st.integers(0, 30) | st.integers(0, 6)


def hold_against_attack(release: Release, earlier: Sequence[Release] = (), told: Collection[Cell] = ()) -> None:
    """Nothing exact, and nothing within the interval of protection, is recovered of what is suppressed.

    What a reader was told of old may already bound a cell, with nothing shown: no more than that may be recovered.
    """
    need = release.rule.must_allow
    ends, sums = seen([release, *earlier], told)
    hidden = {(cell, release.table.counts[cell]): why for cell, why in release.suppressed.items() if cell not in told}
    known = {(cell, release.table.counts[cell]) for cell in told}
    untold = {name: one if name in known else (0.0, math.inf) for name, one in ends.items()}
    before = by_programme(untold, sums, hidden) if told else dict.fromkeys(hidden, (0.0, math.inf))
    by_hand = by_propagation(ends, sums)
    by_computer = by_programme(ends, sums, hidden)
    ours = attack(release, earlier=earlier, knowing=told)
    for name, why in hidden.items():
        (low, high), (floor, ceiling) = by_computer[name], before[name]
        if why is Why.SMALL:
            assert low < max(0, floor) + 1e-6, name
            assert high > min(need, ceiling) - 1e-6, name
        if not told:
            assert high - low > need - 1e-6, name
        assert by_hand[name][0] <= low + 1e-6
        assert by_hand[name][1] >= high - 1e-6
        assert ours[name[0]].low >= low - 1e-6
        assert ours[name[0]].high is None or ours[name[0]].high <= high + 1e-6


def suppressed(table: Table, *cells: Cell) -> Release:
    return Release(table, PUBLIC, dict.fromkeys(cells, Why.SMALL), {}, (), ABOUT)


def printed_table() -> Table:
    return two_way("abc", "xyz", SDC["table"])


def cells_of(places: list[list[int]]) -> list[Cell]:
    return [("abc"[row], "xyz"[column]) for row, column in places]


@pytest.mark.parametrize(
    ("more", "interval"),
    [
        ([], "primary_only_interval"),
        (SDC["with_secondary"], "interval_of_primary"),
        (SDC["alternative_secondary"], "alternative_interval"),
    ],
)
def test_an_attack_finds_the_printed_interval(more: list[list[int]], interval: str):
    (primary,) = cells_of(SDC["primary"])
    found = attack(suppressed(printed_table(), primary, *cells_of(more)))
    assert found[primary] == Range(*SDC[interval])


def test_the_printed_table_is_protected_by_the_lowest_cells_that_do_it():
    found = suppress(printed_table(), PUBLIC, ABOUT)
    (primary,) = cells_of(SDC["primary"])
    assert found.suppressed == {primary: Why.SMALL} | dict.fromkeys(
        cells_of(SDC["alternative_secondary"]), Why.WOULD_GIVE_AWAY
    )
    assert found.exposed == ()
    hold_against_attack(found)


def test_a_table_with_nothing_small_is_shown_whole():
    found = suppress(two_way("ab", "xy", [[10, 20], [0, 30]]), PUBLIC, ABOUT)
    assert found.suppressed == {}
    assert [found.shown(cell) for cell in (("a", "x"), ("b", "x"), ("", ""))] == [10, 0, 60]


def test_hiding_the_small_cell_alone_is_what_these_attackers_break():
    """The tests below can fail: where nothing but the small cell is suppressed, all three attackers recover it."""
    table = tree({("north",): 3, ("south",): 20})
    ends, sums = seen([suppressed(table, ("north",))])
    name = (("north",), 3)
    assert by_propagation(ends, sums)[name] == (3, 3)
    assert by_programme(ends, sums, [name])[name] == (3, 3)
    assert {made[name] for made in every_table(ends, sums, 40)} == {3}
    with pytest.raises(AssertionError):
        hold_against_attack(suppressed(table, ("north",)))


@SLOW
@given(st.lists(COUNTS, min_size=2, max_size=8))
def test_a_list_of_groups_with_a_total_holds(counts: list[int]):
    found = suppress(tree({(f"g{at}",): one for at, one in enumerate(counts)}), PUBLIC, ABOUT)
    assert found.exposed == ()
    hold_against_attack(found)


@SLOW
@given(st.integers(2, 5), st.integers(2, 5), st.data())
def test_rows_by_columns_hold(rows: int, columns: int, data: st.DataObject):
    lines = [[data.draw(COUNTS) for _ in range(columns)] for _ in range(rows)]
    found = suppress(two_way("abcde"[:rows], "vwxyz"[:columns], lines), PUBLIC, ABOUT)
    assert found.exposed == ()
    hold_against_attack(found)


@SLOW
@given(st.lists(st.lists(COUNTS, min_size=1, max_size=5), min_size=1, max_size=4))
def test_teams_districts_and_county_hold(districts: list[list[int]]):
    leaves = {(f"d{at}", f"t{team}"): one for at, teams in enumerate(districts) for team, one in enumerate(teams)}
    found = suppress(tree(leaves), PUBLIC, ABOUT)
    assert found.exposed == ()
    hold_against_attack(found)


@SLOW
@given(st.lists(st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=4), min_size=1, max_size=3), st.booleans())
def test_numerators_with_their_bases_and_complements_hold(districts: list[list[tuple[int, int]]], for_staff: bool):
    pairs = {(f"d{at}", f"t{team}"): one for at, teams in enumerate(districts) for team, one in enumerate(teams)}
    table = shares({key: some for key, (some, _) in pairs.items()}, {key: a + b for key, (a, b) in pairs.items()})
    found = suppress(table, staff() if for_staff else PUBLIC, ABOUT)
    assert found.exposed == ()
    hold_against_attack(found)
    for cell, count in table.counts.items():
        if found.rule.small(count):
            assert found.shown(cell) is Symbol.CONFIDENTIAL
    for some, others, base in table.shares if for_staff else ():
        if table.counts[base] and not (table.counts[some] and table.counts[others]):
            assert {some, others} <= found.suppressed.keys()


@SLOW
@given(st.data())
def test_two_tables_that_share_a_margin_hold_together(data: st.DataObject):
    teams, ages = ("a", "b", "c"), ("under 5", "over 5")
    lines = [[data.draw(COUNTS) for _ in ages] for _ in teams]
    by_age = two_way(teams, ages, lines)
    kinds = []
    for row in lines:
        first = data.draw(st.integers(0, sum(row)))
        kinds.append([first, sum(row) - first])
    by_kind = two_way(teams, ("plan", "no plan"), kinds)
    both = together(by_age, by_kind)
    found = suppress(both, PUBLIC, ABOUT)
    assert found.exposed == ()
    hold_against_attack(found)


@SLOW
@given(st.lists(st.integers(0, 6), min_size=2, max_size=4))
def test_every_whole_table_that_fits_leaves_every_count_up_to_five_possible(counts: list[int]):
    """Twice over: each row of two, and the columns, with all margins; tried one table after another."""
    lines = [counts[:2], [*counts[2:], 7, 0][:2]]
    found = suppress(two_way("ab", "xy", lines), PUBLIC, ABOUT)
    ends, sums = seen([found])
    made = list(every_table(ends, sums, 13))
    for cell, why in found.suppressed.items():
        values = {one[(cell, found.table.counts[cell])] for one in made}
        assert len(values) > 5
        if why is Why.SMALL:
            assert set(range(6)) <= values, cell


@SLOW
@given(st.lists(COUNTS, min_size=2, max_size=6), st.data())
def test_a_correction_that_came_later_gives_nothing_away_beside_what_was_shown_before(
    before: list[int], data: st.DataObject
):
    now = [max(one + data.draw(st.sampled_from([0, 0, 0, 1, -1, 3, -4, 8])), 0) for one in before]
    then = suppress(tree({(f"g{at}",): one for at, one in enumerate(before)}), PUBLIC, ABOUT)
    found = suppress(tree({(f"g{at}",): one for at, one in enumerate(now)}), PUBLIC, ABOUT, earlier=[then])
    given_up = {one.cell for one in found.exposed}
    ends, sums = seen([found, then])
    for release in (found, then):
        small = [(cell, release.table.counts[cell]) for cell, why in release.suppressed.items() if why is Why.SMALL]
        for name, (low, high) in by_programme(ends, sums, small).items():
            if name[0] not in given_up:
                assert low < 1e-6
                assert high > 5 - 1e-6
    for cell, count in found.table.counts.items():
        old = then.shown(cell)
        if isinstance(old, int) and 1 <= abs(count - old) <= 5:
            assert found.shown(cell) is Symbol.CONFIDENTIAL
            if cell not in given_up:
                low, high = by_programme(ends, sums, [(cell, count)])[(cell, count)]
                assert high - low > 5 - 1e-6 or low < 1e-6


def test_a_group_that_was_shown_cannot_be_hidden_again_so_its_total_goes():
    """Then 6 and 9 of 15; now 6 and 4 of 10. The 6 is known, so to hide the 4 the total must be suppressed."""
    then = suppress(tree({("a",): 6, ("b",): 9}), PUBLIC, ABOUT)
    now = suppress(tree({("a",): 6, ("b",): 4}), PUBLIC, ABOUT, earlier=[then])
    assert set(now.suppressed) == {("b",), ()}
    assert now.exposed == ()


def test_what_was_suppressed_before_stays_hidden_when_another_table_comes():
    """Then 3 and 12 were both suppressed in a total of 35. Showing the 12 now, unchanged, would give the 3 away."""
    then = suppress(tree({("a",): 3, ("b",): 12, ("c",): 20}), PUBLIC, ABOUT)
    assert set(then.suppressed) == {("a",), ("b",)}
    alone = suppress(tree({("b",): 12, ("d",): 30}), PUBLIC, ABOUT)
    assert alone.suppressed == {}
    beside = suppress(tree({("b",): 12, ("d",): 30}), PUBLIC, ABOUT, earlier=[then])
    assert ("b",) in beside.suppressed
    hold_against_attack(then, earlier=[beside])


def test_a_small_change_since_the_last_wave_is_hidden_and_a_large_one_shown():
    then = suppress(tree({("a",): 20, ("b",): 30}), PUBLIC, ABOUT)
    few = suppress(tree({("a",): 22, ("b",): 30}), PUBLIC, ABOUT, earlier=[then])
    assert few.suppressed == {("a",): Why.FEW_CHANGED, (): Why.FEW_CHANGED}
    many = suppress(tree({("a",): 29, ("b",): 30}), PUBLIC, ABOUT, earlier=[then])
    assert many.suppressed == {}


def test_what_was_published_before_under_no_rule_is_reported_as_exposed():
    table = tree({("a",): 3, ("b",): 30})
    careless = Release(table, PUBLIC, {}, {}, (), ABOUT)
    found = suppress(table, PUBLIC, ABOUT, earlier=[careless])
    assert [(one.cell, one.could_be) for one in found.exposed] == [(("a",), Range(3, 3))]


def test_a_period_that_was_shown_and_one_that_contains_it_are_one_sum():
    """April to June was 12 and is public; April to July is 15: July's 3 is what is left. Both cannot be shown."""
    cells: dict[Cell, int] = {("April to June",): 12, ("July",): 3, ("April to July",): 15}
    table = Table(cells, (Sum(("April to July",), (("April to June",), ("July",))),))
    found = suppress(table, PUBLIC, ABOUT, known=[("April to June",)])
    assert set(found.suppressed) == {("July",), ("April to July",)}
    hold_against_attack(found, told=[("April to June",)])


@SLOW
@given(st.lists(st.lists(COUNTS, min_size=1, max_size=4), min_size=1, max_size=3), st.data())
def test_a_manager_sees_their_own_team_and_can_work_out_no_other(districts: list[list[int]], data: st.DataObject):
    leaves = {(f"d{at}", f"t{team}"): one for at, teams in enumerate(districts) for team, one in enumerate(teams)}
    own = data.draw(st.sampled_from(sorted(leaves)))
    found = suppress(tree(leaves), PUBLIC, ABOUT, known=[own])
    assert found.shown(own) == leaves[own]
    assert found.exposed == ()
    hold_against_attack(found, told=[own])


@SLOW
@given(st.lists(COUNTS, min_size=2, max_size=5))
def test_what_is_public_holds_against_each_manager_who_knows_their_own_group(counts: list[int]):
    table = tree({(f"g{at}",): one for at, one in enumerate(counts)})
    insiders = [[cell] for cell in table.counts if cell]
    found = suppress(table, PUBLIC, ABOUT, insiders=insiders)
    assert found.exposed == ()
    for told in insiders:
        hold_against_attack(found, told=told)


def test_two_small_groups_hide_each_other_from_outsiders_but_not_from_each_others_managers():
    table = tree({("a",): 3, ("b",): 4})
    outside = suppress(table, PUBLIC, ABOUT)
    assert set(outside.suppressed) == {("a",), ("b",)}
    inside = suppress(table, PUBLIC, ABOUT, insiders=[[("a",)], [("b",)]])
    assert set(inside.suppressed) == {("a",), ("b",), ()}


def test_rounded_totals_are_shown_to_the_nearest_ten_and_leave_their_tens_unknown():
    table = tree({("a",): 3, ("b",): 21})
    found = suppress(table, PUBLIC, ABOUT, rounded={(): 10})
    assert found.shown(()) == 20
    hold_against_attack(found)
    # The total lies from 15 to 24, so beside a shown 21 the small one would lie from 0 to 3: the 21 goes too.
    assert set(found.suppressed) == {("a",), ("b",)}
    beside = suppress(tree({("a",): 3, ("b",): 16}), PUBLIC, ABOUT, rounded={(): 10})
    assert set(beside.suppressed) == {("a",)}  # from 15 to 24 again, so from 0 to 8
    hold_against_attack(beside)


def test_rounding_is_half_upward_and_low_is_not_nought():
    assert [nearest(one, 10) for one in (0, 4, 5, 14, 15, 25, 24)] == [0, 0, 10, 10, 20, 30, 20]
    found = Release(tree({("a",): 4, ("b",): 0}), Rule(0, 0, 0, False, PUBLIC.method), {}, {("a",): 10}, (), ABOUT)
    assert (found.shown(("a",)), found.shown(("b",))) == (Symbol.LOW, 0)
    assert [per_cent(1, 3), per_cent(2, 3), per_cent(1, 16), per_cent(1, 2000)] == [33.3, 66.7, 6.3, 0.1]
    with pytest.raises(KeyworkerError):
        nearest(1, 0)


def test_a_percentage_is_shown_only_where_both_its_counts_are():
    """10 of 40 is a quarter. 3 of 40, so that 37 too is suppressed, has no percentage: to hide one hides nothing."""
    table = shares({("a",): 10, ("b",): 3, ("c",): 0}, {("a",): 40, ("b",): 40, ("c",): 0})
    found = suppress(table, PUBLIC, ABOUT)
    assert found.percentage((WITH, "b"), (OF, "b")) is Symbol.CONFIDENTIAL
    assert found.percentage((WITH, "c"), (OF, "c")) is Symbol.NOT_APPLICABLE
    whole = suppress(shares({("a",): 10, ("b",): 20}, {("a",): 40, ("b",): 40}), PUBLIC, ABOUT)
    assert whole.percentage((WITH, "a"), (OF, "a")) == 25.0


def test_a_complement_that_is_small_is_suppressed_with_what_would_give_it_away():
    """38 of 40 leaves 2: the 38 is not small, but with its base it says 2."""
    found = suppress(shares({("a",): 38, ("b",): 20}, {("a",): 40, ("b",): 60}), PUBLIC, ABOUT)
    assert found.suppressed[(WITHOUT, "a")] is Why.SMALL
    assert {(WITH, "a"), (OF, "a")} & found.suppressed.keys()
    hold_against_attack(found)


def test_staff_results_hide_what_everybody_said_and_anything_of_fewer_than_ten():
    found = suppress(shares({("a",): 11, ("b",): 30}, {("a",): 11, ("b",): 60}), staff(), ABOUT)
    assert found.suppressed[(WITH, "a")] is Why.EVERYONE
    assert attack(found)[(WITHOUT, "a")].covers(0, 9)
    nine = suppress(tree({("a",): 9, ("b",): 40, ("c",): 50}), staff(), ABOUT)
    assert nine.suppressed == {("a",): Why.SMALL, ("b",): Why.WOULD_GIVE_AWAY}


def test_the_threshold_for_staff_is_only_ever_raised():
    assert staff(15).largest == 14
    with pytest.raises(KeyworkerError, match="at least 10"):
        staff(9)


def test_a_nearly_unanimous_share_is_said_in_a_band():
    assert [banded(some, 11) for some in (11, 9, 5, 2)] == ["80% or more", "80% or more", "45.5%", "20% or less"]


def test_tables_that_do_not_add_up_or_disagree_are_refused():
    with pytest.raises(KeyworkerError, match="do not add up"):
        Table({("a",): 1, (): 2}, (Sum((), (("a",),)),))
    with pytest.raises(KeyworkerError, match="not in the table"):
        Table({(): 2}, (Sum((), (("a",),)),))
    with pytest.raises(KeyworkerError, match="two counts"):
        together(tree({("a",): 1}), tree({("a",): 2}))
    with pytest.raises(KeyworkerError, match="one depth"):
        tree({("a",): 1, ("b", "c"): 2})
    with pytest.raises(KeyworkerError, match="More were counted"):
        shares({("a",): 3}, {("a",): 2})
    with pytest.raises(KeyworkerError, match="numerator and no denominator"):
        shares({("a",): 3}, {("b",): 3})


def test_an_empty_table_has_nothing_to_hide():
    assert suppress(Table({}, ()), PUBLIC, ABOUT).suppressed == {}
    lone = suppress(Table({("a",): 2}, ()), PUBLIC, ABOUT)
    assert (lone.suppressed, attack(lone)) == ({("a",): Why.SMALL}, {("a",): Range(0, None)})


def test_a_whole_countys_table_of_shares_holds():
    chance = random.Random(1)
    bases: dict[Cell, Any] = {
        (f"district {d}", f"team {t}"): chance.randint(5, 60) for d, t in product(range(5), range(6))
    }
    some = {path: min(base, chance.choice([0, 2, 4, base // 2, base - 3, base])) for path, base in bases.items()}
    found = suppress(shares({path: max(one, 0) for path, one in some.items()}, bases), PUBLIC, ABOUT)
    assert found.exposed == ()
    hold_against_attack(found)
    assert len(found.suppressed) < len(found.table.counts) / 2
