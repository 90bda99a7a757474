"""How far back a duty can have begun that was due on or after a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from keyworker.clocks.catalogue import rulebook
from keyworker.clocks.counting import Method, Unit, due_days
from keyworker.clocks.due import Exempted, Local, OwnInterval, editions_of
from keyworker.clocks.engine import every_rule
from keyworker.clocks.places import place
from keyworker.clocks.since import at_most, began_since, first_days

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


def test_nothing_is_left_out_of_a_rule_whose_day_an_event_or_a_term_decides():
    began = began_since(every_rule(), DUE_SINCE, Local())
    assert not {"pep-termly", "agency-experience-3y", "iro-consult-15wd"} & set(began)


def test_what_a_childs_own_plan_says_is_read_from_as_far_back_as_the_longest_plan_reaches():
    weekly = OwnInterval(Method(7, Unit.CALENDAR_DAYS), date(2020, 1, 1), None)
    yearly = OwnInterval(Method(12, Unit.MONTHS), date(2020, 1, 1), date(2021, 1, 1))
    unreadable = OwnInterval(None, date(2020, 1, 1), None)
    of_all = began_since(every_rule(), DUE_SINCE, Local(own={"c1": (weekly, unreadable), "c2": (yearly,)}))
    assert of_all["visit-own-plan"] <= date(2025, 1, 1)
    of_one = began_since(every_rule(), DUE_SINCE, Local(own={"c1": (weekly, unreadable)}))
    assert date(2025, 12, 1) < of_one["visit-own-plan"] <= date(2025, 12, 25)


def test_a_place_is_read_from_the_earliest_day_that_any_rule_wants_and_whole_where_one_wants_it_whole():
    visit_rule, plan, visit = every_rule()["cp-visit"], place("cp_plans.from_on"), place("visit:cp:seen")
    of_visits = replace(visit_rule, id="of-visits", binding=replace(visit_rule.binding, starts=(visit,), stops=()))
    rules = [visit_rule, of_visits]
    assert first_days(rules, {"cp-visit": date(2025, 3, 1)}).keys() == {plan, place("cp_plans.to_on")}
    both = first_days(rules, {"cp-visit": date(2025, 3, 1), "of-visits": date(2025, 2, 1)})
    assert (both[plan], both[visit]) == (date(2025, 3, 1), date(2025, 2, 1))


def test_nothing_is_left_out_of_a_rule_from_which_a_later_day_was_agreed():
    rule = sorted(began_since(every_rule(), DUE_SINCE, Local()))[0]
    agreed = Exempted("c1", rule, date(2025, 1, 1), None, date(2026, 6, 1), "a head of service")
    excused = Exempted("c1", rule, date(2025, 1, 1), None, None, "a head of service")
    assert rule not in began_since(every_rule(), DUE_SINCE, Local(exceptions={("c1", rule): (agreed,)}))
    assert rule in began_since(every_rule(), DUE_SINCE, Local(exceptions={("c1", rule): (excused,)}))
