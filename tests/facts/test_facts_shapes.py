"""Shapes of relations: periods that touch are one, and days are taken away, worked out by hand."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from keyworker.facts.shapes import shaped

ROWS = """select who, cast(from_on as date) as from_on, cast(to_on as date) as to_on, said from (values
    ('touching', '2025-01-01', '2025-02-01', 4), ('touching', '2025-02-01', '2025-03-01', 2),
    ('overlapping', '2025-01-01', '2025-06-01', 1), ('overlapping', '2025-02-01', '2025-03-01', 1),
    ('overlapping', '2025-05-01', null, 1),
    ('a day apart', '2025-01-01', '2025-02-01', 7), ('a day apart', '2025-02-02', '2025-03-01', 8),
    ('begun together', '2025-01-01', '2025-01-05', 1), ('begun together', '2025-01-01', '2025-01-09', 1),
    ('no day', '2025-01-01', '2025-01-01', 1), ('backwards', '2025-01-02', '2025-01-01', 1),
    ('no first day', null, '2025-02-01', 1), ('no first day', null, null, 1)
) as v(who, from_on, to_on, said)"""


def asked(text: str) -> list[tuple[object, ...]]:
    return duckdb.sql(f"select * from ({shaped(text)}) s order by 1, 2").fetchall()


def test_periods_that_touch_or_overlap_are_one_and_a_day_between_parts_them():
    assert asked(f"-- Whole stays.\n-- unbroken by who\n{ROWS}") == [
        ("a day apart", date(2025, 1, 1), date(2025, 2, 1)),
        ("a day apart", date(2025, 2, 2), date(2025, 3, 1)),
        ("begun together", date(2025, 1, 1), date(2025, 1, 9)),
        ("overlapping", date(2025, 1, 1), None),
        ("touching", date(2025, 1, 1), date(2025, 3, 1)),
    ]


def test_what_became_one_can_keep_more_than_its_days():
    found = asked(f"-- unbroken by who, with min(said) as least, count(*) as rows\n{ROWS}")
    assert ("touching", date(2025, 1, 1), date(2025, 3, 1), 2, 2) in found
    assert ("a day apart", date(2025, 2, 2), date(2025, 3, 1), 8, 1) in found


def test_rows_of_one_unbroken_run_have_one_number_and_those_that_begin_together_too():
    text = shaped(f"-- runs by who\n{ROWS}")
    found = duckdb.sql(f"select who, run from ({text}) s").fetchall()
    runs = {who: [run for other, run in found if other == who] for who, _ in found}
    assert runs["touching"] == runs["begun together"] == [1, 1]
    assert runs["overlapping"] == [1, 1, 1]
    assert sorted(runs["a day apart"]) == [1, 2]
    assert not {"no day", "backwards", "no first day"} & runs.keys()


def test_days_of_others_are_taken_away_and_what_is_left_is_unbroken():
    found = asked(f"""-- unbroken by who
{ROWS}
-- but not
select who, cast(from_on as date) as from_on, cast(to_on as date) as to_on from (values
    ('touching', '2025-01-20', '2025-02-10'), ('touching', '2025-02-05', '2025-02-15'),
    ('overlapping', '2025-07-01', null),
    ('a day apart', '2025-02-01', '2025-02-02'), ('a day apart', '2025-02-10', '2025-02-10'),
    ('begun together', '2024-12-01', '2025-02-01'), ('nobody else', '2025-01-01', null)
) as v(who, from_on, to_on)""")
    assert found == [
        ("a day apart", date(2025, 1, 1), date(2025, 2, 1)),
        ("a day apart", date(2025, 2, 2), date(2025, 3, 1)),
        ("overlapping", date(2025, 1, 1), date(2025, 7, 1)),
        ("touching", date(2025, 1, 1), date(2025, 1, 20)),
        ("touching", date(2025, 2, 15), date(2025, 3, 1)),
    ]


def test_between_two_days_on_which_any_begins_or_ends_it_is_told_how_many_there_are():
    found = asked(f"-- at once by who\n{ROWS}")
    assert [row[1:] for row in found if row[0] == "overlapping"] == [
        (date(2025, 1, 1), date(2025, 2, 1), 1),
        (date(2025, 2, 1), date(2025, 3, 1), 2),
        (date(2025, 3, 1), date(2025, 5, 1), 1),
        (date(2025, 5, 1), date(2025, 6, 1), 2),
        (date(2025, 6, 1), None, 1),
    ]
    assert [row[1:] for row in found if row[0] == "begun together"] == [
        (date(2025, 1, 1), date(2025, 1, 5), 2),
        (date(2025, 1, 5), date(2025, 1, 9), 1),
    ]
    assert not {"no day", "backwards", "no first day"} & {row[0] for row in found}


def test_of_those_that_cover_a_day_the_first_speaks_until_one_begins_or_ends():
    found = asked(f"-- one at a time by who, with said, first by said desc, from_on desc\n{ROWS}")
    told = {who: sorted(row[2:] + row[1:2] for row in found if row[0] == who) for who in ("touching", "a day apart")}
    assert told["touching"] == [
        (date(2025, 1, 1), date(2025, 2, 1), 4),
        (date(2025, 2, 1), date(2025, 3, 1), 2),
    ]
    assert told["a day apart"] == [
        (date(2025, 1, 1), date(2025, 2, 1), 7),
        (date(2025, 2, 2), date(2025, 3, 1), 8),
    ]
    of_two = """-- one at a time by who, with said, first by rank, from_on desc
select who, cast(from_on as date) as from_on, cast(to_on as date) as to_on, said, rank from (values
    ('w1', '2025-01-01', '2025-04-01', 'accountable', 1), ('w1', '2025-02-01', '2025-03-01', 'lead', 0),
    ('w1', '2025-03-20', null, 'later', 1)
) as v(who, from_on, to_on, said, rank)"""
    assert sorted(row[2:] + row[1:2] for row in asked(of_two)) == [
        (date(2025, 1, 1), date(2025, 2, 1), "accountable"),
        (date(2025, 2, 1), date(2025, 3, 1), "lead"),
        (date(2025, 3, 1), date(2025, 3, 20), "accountable"),
        (date(2025, 3, 20), date(2025, 4, 1), "later"),
        (date(2025, 4, 1), None, "later"),
    ]


def test_a_query_without_a_shape_stays_as_it_is_and_one_half_said_is_refused():
    assert shaped(ROWS) == ROWS
    for half in (ROWS, f"-- runs by who\n{ROWS}", f"-- unbroken by who, with min(said) as least\n{ROWS}"):
        with pytest.raises(ValueError, match="unbroken by"):
            shaped(f"{half}\n-- but not\n{ROWS}")
    for half in ("-- one at a time by who", "-- one at a time by who, with said", "-- unbroken by who, first by said"):
        with pytest.raises(ValueError, match="one at a time"):
            shaped(f"{half}\n{ROWS}")
