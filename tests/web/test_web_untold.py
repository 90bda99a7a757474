"""What was before the extracts begin is said as not told: never as nothing, never as a number that is whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from keyworker.facts.pictures import ChildRow, Gap
from keyworker.web.over_time import siblings
from keyworker.web.presenters.children import waiting_table
from keyworker.web.presenters.picture import nowhere
from keyworker.web.presenters.siblings import siblings_table
from keyworker.web.presenters.team import team_page
from keyworker.web.throughline.spark import spark
from tests.web import made_families, made_service
from tests.web.fictional import TODAY, ago, child


def waiting(number: int, **changes: Any) -> ChildRow:
    """A child whom nobody holds."""
    return child(number, lead=None, accountable=None, lead_since=None, **changes)


TOLD = ago(12)
LONGER = waiting(1, unallocated_since=TOLD, perhaps_unallocated_before=True)
SINCE_THEN = waiting(2, unallocated_since=ago(4))
BEFORE = waiting(3, unallocated_since=None, perhaps_unallocated_before=True)


def test_days_with_no_worker_are_counted_from_the_first_day_that_is_told_and_said_to_be_the_least() -> None:
    table = waiting_table("waiting", "Children with no worker", [SINCE_THEN, LONGER], TODAY, nowhere)
    said = [(row[1].text, *row[1].notes) for row in table.rows]
    assert said == [
        ("13 days or more", "At least since 11 November 2026, when the extracts begin"),
        ("5 days", "Since 19 November 2026"),
    ]


def test_of_a_day_before_the_extracts_it_cannot_be_told_how_long_a_child_has_waited() -> None:
    (row,) = waiting_table("waiting", "Children with no worker", [BEFORE], TODAY, nowhere).rows
    assert (row[1].text, row[1].notes) == ("Cannot tell yet", ("The extracts do not go back so far",))


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ((SINCE_THEN, LONGER), "Two children have no worker, the longest for at least 13 days."),
        ((LONGER,), "One child has no worker, for at least 13 days."),
        ((SINCE_THEN,), "One child has no worker, for 5 days."),
        ((BEFORE,), "One child has no worker."),
    ],
)
def test_a_team_says_of_the_longest_wait_whether_it_is_the_least_that_it_can_be(
    rows: tuple[ChildRow, ...], says: str
) -> None:
    assert team_page(made_service.team_picture(unallocated=rows, changes=()), nowhere).answer.startswith(says)


def test_twelve_months_in_a_list_show_days_that_are_not_told_apart_from_days_with_nobody() -> None:
    drawn = spark(LONGER, TODAY)
    assert 'class="untold"' in drawn and 'class="gap"' in drawn
    assert 'class="untold"' not in spark(SINCE_THEN, TODAY)
    opened_since = replace(LONGER, statuses=(replace(LONGER.statuses[0], from_on=TOLD),))
    assert 'class="untold"' not in spark(opened_since, TODAY), "no day before it was open"


def test_brothers_and_sisters_show_untold_days_as_the_childs_own_picture_does_and_say_so() -> None:
    told = date(2025, 6, 1)
    birch = made_families.kin(
        2, "Birch Testwood", untold=(Gap(date(2025, 3, 4), told),), holds=(), gaps=(Gap(told, None),)
    )
    family = (made_families.kin(1, "Ashby Testwood"), birch)
    ashby, other = siblings.sibling_lanes(family, TODAY, "now").lanes
    (bar,) = (bar for bar in other.bars if bar.cls == "untold")
    assert (bar.from_on, bar.to_on, bar.says[0]) == (date(2025, 3, 4), told, "not told")
    assert not [bar for bar in ashby.bars if bar.cls == "untold"]
    assert "no extract tells who" in [line.says for line in siblings.key_lines(family)]
    assert siblings.label(birch, TODAY).endswith("no extract tells who held them before 1 June 2025")
    first, second = siblings_table(family, TODAY, nowhere).rows
    assert second[-1].notes == ("No extract tells who held them before 1 June 2025",)
    assert first[-1].notes == ()
