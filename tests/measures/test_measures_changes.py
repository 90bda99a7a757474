"""Changes of worker, by hand-worked lives."""

from datetime import date

import pytest

from keyworker.measures.changes import Hold, OpenDays, causes, changes_of_worker, child_months, rate_figure

SINCE, UNTIL = date(2025, 1, 1), date(2026, 1, 1)


def hold(child: str, worker: str, from_on: date, to_on: date | None = None, cause: str | None = None) -> Hold:
    return Hold(child, worker, from_on, to_on, cause)


def test_a_first_worker_is_no_change_and_each_later_one_is():
    lives = [
        hold("c1", "ann", date(2025, 1, 5), date(2025, 3, 1), "LEFTRL"),
        hold("c1", "bea", date(2025, 3, 1), date(2025, 6, 1)),
        hold("c1", "ann", date(2025, 6, 1)),
        hold("c2", "bea", date(2025, 2, 1)),
    ]
    found = changes_of_worker(lives, SINCE, UNTIL)
    assert [(change.child_id, change.on) for change in found] == [("c1", date(2025, 3, 1)), ("c1", date(2025, 6, 1))]
    assert causes(found) == (("LEFTRL", 1), ("not recorded", 1))


def test_the_same_worker_after_a_pause_is_no_change():
    lives = [hold("c1", "ann", date(2025, 1, 5), date(2025, 2, 1)), hold("c1", "ann", date(2025, 4, 1))]
    assert changes_of_worker(lives, SINCE, UNTIL) == []


@pytest.mark.parametrize(("on", "counted"), [(date(2024, 12, 31), 0), (SINCE, 1), (date(2025, 12, 31), 1), (UNTIL, 0)])
def test_a_change_counts_from_the_first_day_of_the_period_up_to_but_not_on_its_end(on: date, counted: int):
    lives = [hold("c1", "ann", date(2024, 1, 1), on), hold("c1", "bea", on)]
    assert len(changes_of_worker(lives, SINCE, UNTIL)) == counted


def test_child_months_count_only_days_inside_the_period():
    spells = [OpenDays("c1", date(2024, 7, 1), None), OpenDays("c2", date(2025, 12, 31), date(2026, 5, 1))]
    assert child_months(spells, SINCE, UNTIL) == pytest.approx(366 / (365.25 / 12))


def test_a_rate_with_no_months_behind_it_has_no_value():
    assert rate_figure([], 0.0, "2025").share is None
