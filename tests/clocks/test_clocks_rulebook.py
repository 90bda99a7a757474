"""The shipped rulebook: every rule of the catalogue, its editions, and where its days have a place in the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from keyworker.clocks.catalogue import read_rulebook, rulebook
from keyworker.clocks.counting import Unit
from keyworker.clocks.places import Place, PlaceKind, UnknownPlace
from keyworker.clocks.reference import NAME, page
from keyworker.clocks.rules import RuleKind
from keyworker.vocabulary import TABLES, Type
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.shipped import rows

ADDED = ["iro-dispute-20wd"]
"""What the rulebook holds beyond the catalogue."""
RETURNS = {"cin_census", "workforce_census", "agency_return"}


@pytest.fixture(scope="module")
def catalogue(shared: Path) -> dict[str, dict[str, Any]]:
    """Every rule of the catalogue that the shipped one restates."""
    read = yaml.safe_load((shared / "domain" / "timescales.yaml").read_text(encoding="utf-8"))
    return {rule["id"]: rule for rule in read["timescales"]}


@pytest.fixture(scope="module")
def shipped(repo_root: Path) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    data = repo_root / "src" / "keyworker" / "clocks" / "data"
    timescales, bindings = (
        yaml.safe_load((data / name).read_text(encoding="utf-8")) for name in ("timescales.yaml", "bindings.yaml")
    )
    return timescales["timescales"], bindings


def places() -> Iterator[tuple[str, Place]]:
    for rule in rulebook():
        for place in rule.binding.places:
            yield rule.id, place


def test_every_rule_of_the_catalogue_is_shipped_and_bound(
    catalogue: dict[str, dict[str, Any]], shipped: tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]
):
    timescales, bindings = shipped
    assert len(catalogue) == 136
    assert [rule["id"] for rule in timescales] == [*catalogue, *ADDED]
    assert set(bindings) == {*catalogue, *ADDED}
    assert set(rulebook().ids) == {*catalogue, *ADDED}


def test_a_rule_without_a_binding_is_noticed(
    shipped: tuple[list[dict[str, Any]], dict[str, dict[str, Any]]],
):
    timescales, bindings = shipped
    with pytest.raises(KeyError, match="cp-visit"):
        read_rulebook(timescales, {rule: bound for rule, bound in bindings.items() if rule != "cp-visit"})
    with pytest.raises(UnknownPlace, match="no table is called 'visits'"):
        read_rulebook(timescales, bindings | {"cp-visit": {**bindings["cp-visit"], "meets": ["visits.happened_on"]}})


def test_each_newest_edition_is_what_the_catalogue_says(catalogue: dict[str, dict[str, Any]]):
    """Two of the catalogue's own words ask for a day that its numbers miss by one, so those count the first day."""
    for rule in (one for one in rulebook() if one.id not in ADDED):
        said, newest = catalogue[rule.id], rule.editions[-1]
        due = said["due"]
        assert (newest.n, newest.unit) == (due["n"], due["unit"] or ""), rule.id
        assert str(newest.source.document) == said["source"]["document"] or newest.unconfirmed, rule.id
        assert bool(newest.unconfirmed) == said.get("unconfirmed", False) or rule.id == "ehc-final-20w", rule.id
        if newest.first is not None:
            assert newest.first.before == (due["direction"] == "before"), rule.id
            first_counts = bool(due["trigger_day_counts"]) or rule.id in ("swe-renewal-window", "swe-cpd-2-items")
            assert newest.first.day_one == first_counts, rule.id
        again = said["recurring"]
        if again.get("unit") in {unit.value for unit in Unit}:
            assert newest.again is not None and (newest.again.n, newest.again.unit.value) == (again["n"], again["unit"])


def test_editions_follow_one_another_without_overlap():
    for rule in rulebook():
        for earlier, later in zip(rule.editions, rule.editions[1:], strict=False):
            assert earlier.to_on == later.from_on is not None, rule.id


@pytest.mark.parametrize(
    ("rule_id", "day", "n"),
    [
        # Seven working days until April 2010, then ten, until single assessments began on 15 April 2013.
        ("initial-assessment-10wd", date(2010, 3, 31), 7),
        ("initial-assessment-10wd", date(2010, 4, 1), 10),
        ("initial-assessment-10wd", date(2013, 4, 14), 10),
        ("core-assessment-35wd", date(2013, 4, 14), 35),
        ("assessment-45wd", date(2013, 4, 15), 45),
        # Sixteen weeks are 112 days; for some months of the pandemic it was 24 weeks, which are 168.
        ("lac-temp-approval-16w", date(2020, 4, 23), 112),
        ("lac-temp-approval-16w", date(2020, 4, 24), 168),
        ("lac-temp-approval-16w", date(2020, 9, 24), 168),
        ("lac-temp-approval-16w", date(2020, 9, 25), 112),
        ("lac-visit-longterm-foster-6m", date(2015, 4, 1), 6),
    ],
)
def test_old_law_is_kept_and_speaks_of_its_own_days(rule_id: str, day: date, n: int):
    edition = rulebook()[rule_id].edition(day)
    assert edition is not None and edition.n == n


@pytest.mark.parametrize(
    ("rule_id", "day"),
    [
        ("initial-assessment-10wd", date(2013, 4, 15)),
        ("core-assessment-35wd", date(2013, 4, 15)),
        ("assessment-45wd", date(2013, 4, 14)),
        ("lac-visit-longterm-foster-6m", date(2015, 3, 31)),
        ("lac-covid-2020", date(2020, 4, 23)),
        ("lac-covid-2020", date(2020, 9, 25)),
        ("early-career-standards-2027", date(2027, 3, 31)),
        ("fgdm-offer-before-proceedings", date(2026, 4, 28)),
        ("agency-cooling-off-3m", date(2024, 10, 30)),
    ],
)
def test_a_rule_says_nothing_of_days_on_which_no_edition_was_in_force(rule_id: str, day: date):
    assert rulebook()[rule_id].edition(day) is None


def test_what_was_read_of_the_2023_guidance_is_confirmed_and_its_carry_over_is_not():
    """The catalogue marks the carry-over alone; a duty that began under the older guidance is no matter of doubt."""
    conference = rulebook()["icpc-15wd"]
    before, after = conference.edition(date(2026, 3, 17)), conference.edition(date(2026, 3, 18))
    assert before is not None and not before.unconfirmed
    assert after is not None and "2026" in after.unconfirmed and "2026" in str(after.source)


def test_every_place_holds_a_day_that_the_vocabulary_knows():
    for rule_id, place in places():
        if place.kind is PlaceKind.COLUMN:
            assert TABLES[place.table].column(place.column).type is Type.DATE, (rule_id, place)
        if place.kind is PlaceKind.STEP:
            assert place.what in codes("step_kind"), (rule_id, place)


def test_what_a_place_asks_of_a_row_can_be_so():
    """What must be so for a row to count is a flag, a code of its column's list, or an outcome that the step has."""
    outcomes = {row["kind"]: set(row["outcomes"].split(";")) for row in rows("step_kinds.csv")}
    for rule_id, place in places():
        for name, values in place.only:
            said = {value for value in values if value}
            column = TABLES[place.table].column(name)
            if place.kind is PlaceKind.STEP:
                allowed = outcomes[place.what] if name == "outcome" else set(TABLES) | RETURNS
            elif column.type is Type.FLAG:
                allowed = {"true", "false"}
            else:
                allowed = set(codes(column.codes)) if column.codes else set()
            assert said <= allowed, (rule_id, place.written)


def test_step_kinds_are_said_once_and_belong_to_tables():
    kinds = rows("step_kinds.csv")
    assert len({row["kind"] for row in kinds}) == len(kinds)
    assert all(row["says"].endswith(".") for row in kinds)
    assert {row["belongs_to"] for row in kinds} - {""} <= set(TABLES)


def test_no_step_kind_lies_idle(repo_root: Path):
    """A rule or a derived event or relation reads each kind, or the service records it for itself."""
    used = {place.what for _, place in places() if place.kind is PlaceKind.STEP}
    source = repo_root / "src" / "keyworker"
    sql = "\n".join(
        path.read_text(encoding="utf-8")
        for path in [*source.glob("clocks/sql/**/*.sql"), *source.glob("facts/sql/*.sql")]
    )
    idle = {kind for kind in codes("step_kind") if kind not in used and f"'{kind}'" not in sql}
    assert idle == {"allocation decision"}


def test_every_rule_speaks_plainly():
    """A sentence without the number, which the edition holds; words for what starts and meets it, and what it needs."""
    for rule in rulebook():
        bound = rule.binding
        assert bound.says[0].isupper() and bound.says.endswith("."), rule.id
        assert bound.needs and bound.starts and bound.meets, rule.id
        assert bound.starts_says and bound.meets_says, rule.id
        assert bool(bound.stops) == bool(bound.stops_says), rule.id
        for said in (bound.starts_says, bound.meets_says, bound.stops_says):
            assert not said.endswith(".") and (not said or said[0].islower()), (rule.id, said)


def test_every_visit_rule_says_what_counts():
    for rule in rulebook():
        counts_visits = any(place.kind is PlaceKind.VISIT for place in rule.binding.meets)
        if counts_visits or "bedroom" in rule.id:
            assert set(rule.binding.counts) == {"who", "own", "where", "alone"}, rule.id


def test_only_a_visit_at_which_the_child_was_seen_resets_the_interval():
    for rule_id in ("cp-visit", "cin-visit"):
        bound = rulebook()[rule_id].binding
        assert [place.column for place in bound.meets] == ["seen"]
        assert [place.column for place in bound.may_meet] == ["unsaid"]


def test_windows_and_gates_are_no_tasks():
    kinds = {rule.id: rule.binding.kind for rule in rulebook()}
    assert {rule for rule, kind in kinds.items() if kind is RuleKind.WINDOW} == {
        "re-referral-window-12m",
        "cp-repeat-plan-any-time",
        "ilacs-cycle-3y",
    }
    assert {rule for rule, kind in kinds.items() if kind is RuleKind.GATE} == {
        "cl-eligible-13w",
        "agency-cooling-off-3m",
        "agency-notice-4w",
    }


def test_every_returned_rule_names_its_own_return():
    named = [value for _, place in places() for name, values in place.only for value in values if name == "belongs_to"]
    assert set(named) >= RETURNS


def test_the_committed_page_is_what_the_bindings_say(repo_root: Path):
    """A stale page fails: run `make reference` and commit what it writes."""
    assert (repo_root / "docs" / "reference" / NAME).read_text(encoding="utf-8") == page()
