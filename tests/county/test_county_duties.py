"""Every timescale finds in the county what starts, meets and stops it, as the clocks of a council read it."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from keyworker.clocks.catalogue import rulebook
from keyworker.clocks.readings import State
from keyworker.clocks.rules import RuleKind
from keyworker.county import manual_duties
from keyworker.county.county import generate
from keyworker.county.standing import standings, state_counts

RARE = {
    "cl-bnb-2wd", "former-lac-detained-10wd", "cl-s23ca-assessment-3m", "secure-72h", "secure-first-order-3m",
    "epo-extension-7d", "lcspr-6m", "serious-incident-5wd", "rapid-review-15wd",
}  # fmt: skip
"""Rules that so few children meet in a county of this size that any one state may be empty."""


@pytest.fixture(scope="module")
def counts(standing: pl.DataFrame) -> dict[str, dict[str, int]]:
    return state_counts(standing)


def test_every_rule_that_is_in_force_has_duties(counts: dict[str, dict[str, int]]) -> None:
    without = {rule for rule, states in counts.items() if not sum(states.values())}
    assert without - {"visit-own-plan"} == set(manual_duties.NOT_HELD)


def test_every_deadline_is_met_in_time_by_some_and_late_by_others(counts: dict[str, dict[str, int]]) -> None:
    deadlines = {one for one in rulebook().ids if rulebook()[one].binding.kind is RuleKind.DEADLINE}
    common = {one for one in deadlines if sum(counts[one].values()) >= 60}
    assert len(common) > 70
    assert {one for one in common if not counts[one][State.MET_IN_TIME]} == set()
    never_late = {one for one in common - RARE if not counts[one][State.MET_LATE]}
    # A term is over or not; an offer comes before or not; what was due in the spring of 2020 had no limit; and
    # children who agreed to be seen twice a year are seen as often as others.
    assert never_late <= {
        "pep-termly", "fgdm-offer-before-proceedings", "lac-covid-2020", "lac-visit-longterm-foster-6m",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("state", "at_least"), [(State.RUNNING, 80), (State.OVERDUE, 75), (State.STOPPED, 60), (State.MET_LATE, 105)]
)
def test_most_rules_have_duties_in_every_state(counts: dict[str, dict[str, int]], state: State, at_least: int) -> None:
    assert sum(states[state] > 0 for states in counts.values()) >= at_least


def test_no_rule_s_duties_are_mostly_beyond_telling(counts: dict[str, dict[str, int]]) -> None:
    dark = {
        rule
        for rule, states in counts.items()
        if states[State.CANNOT_TELL] > 0.5 * max(sum(states.values()), 1) and sum(states.values())
    }
    assert dark == set()


def test_assessments_before_april_2013_have_the_limits_of_their_time() -> None:
    county = generate(400, 2, 3, date(2014, 3, 31))
    old = state_counts(standings(county))
    for rule in ("initial-assessment-10wd", "core-assessment-35wd"):
        assert old[rule][State.MET_IN_TIME] > 0, rule
        assert old[rule][State.MET_LATE] > 0, rule


def test_the_standards_of_2027_are_met_once_they_are_in_force() -> None:
    later = state_counts(standings(generate(60, 1, 3, date(2027, 6, 30))))
    assert (
        later["early-career-standards-2027"][State.MET_IN_TIME] + later["early-career-standards-2027"][State.MET_LATE]
        == 1
    )
