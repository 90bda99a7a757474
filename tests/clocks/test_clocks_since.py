"""How far back a duty can have begun that was due on or after a day."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from keyworker.clocks.catalogue import rulebook
from keyworker.clocks.counting import Method, due_days
from keyworker.clocks.due import Exempted, Local, editions_of
from keyworker.clocks.engine import every_rule
from keyworker.clocks.since import at_most, began_since

METHODS = sorted(
    {
        method
        for rule in rulebook()
        for edition in editions_of(rule)
        for method in (edition.first, edition.again)
        if method is not None and not method.before
    },
    key=repr,
)
STARTS = np.arange("2010-01-01", "2031-01-01", dtype="datetime64[D]")
DUE_SINCE = date(2026, 1, 1)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.words)
def test_no_count_of_the_catalogue_ever_reaches_further_than_is_read_back(method: Method):
    reached = due_days(STARTS, method) - STARTS
    assert reached.max() <= np.timedelta64(at_most(method).days, "D")


def test_a_rule_of_ten_working_days_is_read_from_some_weeks_before():
    rules = every_rule()
    ten = next(
        rule.id
        for rule in rules
        if {one.first.words for one in rule.editions if one.first} == {"10 working days after, that day being day 0"}
    )
    began = began_since(rules, DUE_SINCE, Local())
    # Over Christmas, what began on Tuesday 16 December 2025 is due on Friday 2 January.
    assert DUE_SINCE - timedelta(days=40) < began[ten] <= date(2025, 12, 16)


def test_nothing_is_left_out_of_a_rule_whose_day_an_event_a_term_or_a_plan_decides():
    began = began_since(every_rule(), DUE_SINCE, Local())
    assert not {"visit-own-plan", "pep-termly", "agency-experience-3y", "iro-consult-15wd"} & set(began)


def test_nothing_is_left_out_of_a_rule_from_which_a_later_day_was_agreed():
    rule = sorted(began_since(every_rule(), DUE_SINCE, Local()))[0]
    agreed = Exempted("c1", rule, date(2025, 1, 1), None, date(2026, 6, 1), "a head of service", "made up")
    excused = Exempted("c1", rule, date(2025, 1, 1), None, None, "a head of service", "made up")
    assert rule not in began_since(every_rule(), DUE_SINCE, Local(exceptions={("c1", rule): (agreed,)}))
    assert rule in began_since(every_rule(), DUE_SINCE, Local(exceptions={("c1", rule): (excused,)}))
