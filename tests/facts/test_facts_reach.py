"""How far back the record can be counted on, from the days on which periods ended."""

from __future__ import annotations

from datetime import date, timedelta

from keyworker.facts.reach import begins


def months_of(counts: list[int], first: date) -> list[tuple[date, int]]:
    """So many endings in each month, all on its third day."""
    year, month = first.year, first.month
    found = []
    for count in counts:
        if count:
            found.append((date(year, month, 3), count))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def test_a_few_earlier_endings_of_those_who_came_back_do_not_make_the_record_begin_with_them() -> None:
    history, steady = [2, 0, 1, 0, 0, 3, 2, 1], [100, 90, 110, 95, 105, 100, 120, 80, 100, 100, 90, 110]
    assert begins(months_of(history + steady, date(2023, 1, 1))) == date(2023, 9, 3)


def test_a_first_month_with_half_of_what_is_usual_is_taken_and_one_with_less_is_not() -> None:
    steady = [100] * 12
    assert begins(months_of([50, *steady], date(2024, 1, 1))) == date(2024, 1, 3)
    assert begins(months_of([49, *steady], date(2024, 1, 1))) == date(2024, 2, 3)


def test_one_month_in_which_every_team_changed_does_not_make_the_others_too_few() -> None:
    assert begins(months_of([100] * 6 + [5_000] + [100] * 6, date(2024, 1, 1))) == date(2024, 1, 3)


def test_with_too_few_endings_to_say_what_is_usual_the_first_of_them_is_taken() -> None:
    assert begins([(date(2026, 2, 1), 1), (date(2026, 3, 9), 4)]) == date(2026, 2, 1)
    assert begins([]) is None


def test_an_ending_written_with_a_wrong_year_does_not_carry_the_record_back() -> None:
    day, steady = date(2024, 1, 1), []
    while day < date(2025, 1, 1):
        steady.append((day, 1))
        day += timedelta(days=1)
    assert begins([(date(1924, 5, 5), 1), *steady]) == date(2024, 1, 1)
