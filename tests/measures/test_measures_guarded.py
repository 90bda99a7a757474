"""What is shown of a measure to whoever is not responsible for it, and what an attacker can make of it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keyworker.measures.guarding import EVERYTHING, NOBODYS, Reader, guarded
from keyworker.measures.passes.asked import Asked
from keyworker.measures.registry import Definition, shipped
from keyworker.measures.rows import MeasureRow, Number, Tail
from keyworker.vocabulary.errors import Refused
from tests.measures.attackers import Ends, Sums, by_programme

AT = date(2025, 3, 31)
COUNT = shipped().definition("open-children")
SHARE = shipped().definition("cp-seen-20-working-days")
SPREAD = shipped().definition("caseload")
FTE = shipped().definition("agency-rate")
Group = Mapping[str, str | None]


def row(definition: Definition, group: Group, numerator: Number, denominator: Number | None = None) -> MeasureRow:
    value = float(numerator) if denominator is None else float(numerator) / float(denominator or 1)
    return MeasureRow(definition.name, group, AT, None, numerator, denominator, value)


def shown(definition: Definition, rows: Sequence[MeasureRow], reader: Reader = NOBODYS) -> list[MeasureRow]:
    by = tuple(rows[0].group)
    return guarded(definition, Asked((AT,), by), rows, reader, lambda asked: rows)


def nothing(asked: Asked) -> list[MeasureRow]:
    return []


def by_district(**counts: int) -> list[MeasureRow]:
    return [row(COUNT, {"district": name}, count) for name, count in counts.items()]


def test_whoever_is_responsible_for_everything_sees_everything():
    rows = by_district(North=3, South=40)
    assert shown(COUNT, rows, EVERYTHING) == rows


def test_a_small_count_is_hidden_and_the_lowest_other_with_it():
    """Hiding the 3 alone would let anybody subtract 40 and 9 from the 52 of the whole."""
    found = shown(COUNT, by_district(North=3, South=40, West=9))
    assert [(one.numerator, one.value, one.suppressed) for one in found] == [
        (None, None, True),
        (40, 40.0, False),
        (None, None, True),
    ]


def test_what_the_finest_places_do_not_add_up_to_is_not_shown():
    rows = by_district(North=40, South=50)
    finest = [row(COUNT, {"district": "North", "team": "T1"}, 40), row(COUNT, {"district": "South", "team": "T2"}, 49)]
    found = guarded(COUNT, Asked((AT,), ("district",)), rows, NOBODYS, lambda asked: finest)
    assert [one.numerator for one in found] == [40, None]


def test_two_groups_of_which_neither_is_a_place_are_refused_with_what_to_ask():
    with pytest.raises(Refused) as refused:
        guarded(COUNT, Asked((AT,), ("sex", "status")), [], NOBODYS, nothing)
    assert "a place (such as district)" in refused.value.remedy


def test_nought_and_six_are_shown():
    assert not any(one.suppressed for one in shown(COUNT, by_district(North=0, South=6)))


def test_a_reader_sees_their_own_district_and_what_that_gives_away_is_not_counted_against_them():
    """Who knows North's 3 needs one more hidden, or South's 4 is what is left of the whole."""
    found = shown(COUNT, by_district(North=3, South=4, West=40), Reader(districts=frozenset({"North"})))
    assert [one.numerator for one in found] == [3, None, None]


def test_a_share_is_hidden_where_few_are_left_over():
    """38 of 40 tells of 2 who were not seen."""
    found = shown(SHARE, [row(SHARE, {}, 38, 40)])
    assert found[0].suppressed and found[0].numerator is None and found[0].denominator == 40


def test_of_a_spread_of_few_workers_nothing_is_shown_and_of_many_not_the_one_at_its_end():
    tail = Tail(Decimal(16), 20, 31, 2, 10)
    teams = (("A", 60, 4), ("B", 200, 12), ("C", 190, 11))
    rows = [replace(row(SPREAD, {"team": name}, held, workers), tail=tail) for name, held, workers in teams]
    found = shown(SPREAD, rows)
    assert found[0].suppressed and found[0].tail is None and found[0].denominator is None
    shown_tails = [one.tail for one in found if one.tail]
    assert shown_tails == [Tail(Decimal(16), 20, None, None, None)]


def test_decimals_are_small_as_whole_numbers_are():
    agency = (("A", Decimal("2.5"), Decimal("20.5")), ("B", Decimal("7.25"), 30), ("C", 12, 31))
    found = shown(FTE, [row(FTE, {"team": name}, some, whole) for name, some, whole in agency])
    assert [one.numerator for one in found] == [None, None, 12]


@pytest.mark.parametrize(
    "asked",
    [
        Asked((date(2025, 3, 30),)),
        Asked((AT, date(2025, 4, 1))),
        Asked((AT,), known_at=datetime(2025, 4, 1, tzinfo=UTC)),
        Asked((AT,), on_each_day=True),
        Asked((AT,), ("district", "sex", "status")),
        Asked((AT,), ("sex", "status")),
    ],
)
def test_what_could_be_subtracted_from_another_answer_is_refused(asked: Asked):
    with pytest.raises(Refused, match="not responsible"):
        guarded(COUNT, asked, [], NOBODYS, nothing)
    assert guarded(COUNT, asked, [], EVERYTHING, nothing) == []


FIRST, SECOND = ("North", "South", "West"), ("female", "male", "unknown")
PLACES = list(itertools.product(FIRST, SECOND))


def asked_in_turn(counts: Mapping[tuple[str, str], int]) -> dict[tuple[str, ...], int | None]:
    """What a reader has who asks for the whole, by each group and by both: None where it is hidden."""
    told: dict[tuple[str, ...], int | None] = {}
    for names in ((), ("district",), ("sex",), ("district", "sex")):
        places = {"district": 0, "sex": 1}
        sums: dict[tuple[str, ...], int] = {}
        for key, count in counts.items():
            cell = tuple(key[places[name]] for name in names)
            sums[cell] = sums.get(cell, 0) + count
        rows = [row(COUNT, dict(zip(names, cell, strict=True)), count) for cell, count in sums.items()]
        for one in shown(COUNT, rows):
            cell = tuple(str(value) for value in one.group.values())
            told[cell] = None if one.suppressed else int(one.numerator or 0)
    return told


def attacked(told: Mapping[tuple[str, ...], int | None]) -> Ends:
    """Between which counts each hidden cell lies for whoever holds all four answers."""
    far = 10_000.0
    ends: Ends = {cell: (0.0, far) if count is None else (count, count) for cell, count in told.items()}
    sums: Sums = [((), [(one,) for one in FIRST]), ((), [(one,) for one in SECOND])]
    sums += [((one,), [(one, other) for other in SECOND]) for one in FIRST]
    sums += [((other,), [(one, other) for one in FIRST]) for other in SECOND]
    return by_programme(ends, sums, [cell for cell, count in told.items() if count is None])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 7, 9, 12, 20, 35]), min_size=9, max_size=9))
def test_nobody_finds_a_small_count_by_asking_for_one_grouping_after_another(counts: list[int]):
    """By one group it could be anything from 0 to 5. By two, six counts or more stay possible: where two large groups
    nearly fill the whole, anybody knows that they overlap."""
    of = dict(zip(PLACES, counts, strict=True))
    told = asked_in_turn(of)
    held = {**of, (): sum(counts)}
    for place, names in ((0, FIRST), (1, SECOND)):
        held |= {(name,): sum(count for key, count in of.items() if key[place] == name) for name in names}
    assert all(told[cell] is None for cell, count in held.items() if 1 <= count <= 5)
    for cell, (low, high) in attacked(told).items():
        if 1 <= held[cell] <= 5:
            assert high - low > 4.5, (cell, low, high, told)
            assert len(cell) > 1 or low < 0.5, (cell, low, high, told)
