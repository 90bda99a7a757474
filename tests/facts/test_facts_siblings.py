"""A child's family is named beside the child, and laid beside the child, and never across an adoption."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import psycopg
import pytest

from keyworker.clocks.story import story_at
from keyworker.facts.ground import lens_at
from keyworker.facts.moment import best_known, known_then
from keyworker.facts.pictures import Gap, Outcome
from keyworker.facts.siblings import relatives, together
from keyworker.record.connect import DatabaseRole
from tests.clocks.made import AT, NOW, service, tell
from tests.servers.started import Database

BEGAN = date(2026, 1, 5)
LATER = NOW.replace(day=25)


@pytest.fixture
def told(database: Database) -> Iterator[psycopg.Connection]:
    with database.connect(DatabaseRole.LOADER) as connection:
        rows = service()
        cotham = {"child_id": "c4", "forename": "Cotham", "surname": "Madeup", "birth_on": date(2012, 1, 1)}
        rows["person"].append(cotham)
        rows["family"].append({"family_id": "f1", "child_id": "c4"})
        tell(connection, rows)
        yield connection


def names(connection: psycopg.Connection, child_id: str, at: date = AT) -> list[str]:
    return [one.name for one in together(connection, lens_at(connection, best_known(at)).of([child_id]))]


def test_the_child_comes_first_and_then_the_eldest_and_one_of_unknown_age_last(told: psycopg.Connection) -> None:
    assert names(told, "c1") == ["Ashby Madeup", "Cotham Madeup", "Bexley Madeup"]
    assert names(told, "c2") == ["Bexley Madeup", "Cotham Madeup", "Ashby Madeup"]


def test_a_strip_holds_what_the_childs_own_page_holds(told: psycopg.Connection) -> None:
    ashby, _, bexley = together(told, lens_at(told, best_known(AT)).of(["c1"]))
    story = story_at(told, best_known(AT), "c1")
    assert story is not None
    assert ashby.statuses == story.statuses
    assert (ashby.gaps, ashby.untold) == (story.gaps, story.untold)
    assert ashby.visits == tuple((one.happened_on, one.outcome) for one in story.visits)
    assert [(one.worker.worker_id, one.from_on) for one in ashby.holds] == [
        ("cat", BEGAN),
        ("ann", BEGAN),
        ("bea", date(2026, 2, 1)),
    ]
    assert ashby.last_seen_on == date(2026, 3, 6)
    assert ashby.visits[-1] == (date(2026, 3, 18), Outcome.NOT_SEEN)
    holder = ashby.holder(AT)
    assert holder is not None and holder.worker_id == "bea", "the lead, though cat is accountable"
    told = date(2026, 2, 1)  # the first day on which anybody is known to have let a child go
    assert (bexley.holder(AT), bexley.gaps, bexley.untold) == (None, (Gap(told, None),), (Gap(BEGAN, told),))


def test_a_child_who_is_not_open_is_laid_beside_the_others_and_says_so(told: psycopg.Connection) -> None:
    cotham = together(told, lens_at(told, best_known(AT)).of(["c1"]))[1]
    assert (cotham.name, cotham.is_open, cotham.holder(AT)) == ("Cotham Madeup", False, None)


def test_a_mother_who_is_a_child_herself_is_no_brother_or_sister(told: psycopg.Connection) -> None:
    tell(told, {"mother": [{"mother_row_id": "m1", "child_id": "c1", "mother_id": "c4"}]}, source="pack")
    assert names(told, "c1") == ["Ashby Madeup", "Bexley Madeup"]
    lens = lens_at(told, best_known(AT)).of(["c1"])
    assert [(name, what) for _, name, what in relatives(told, lens)] == [
        ("Cotham Madeup", "mother"),
        ("Bexley Madeup", "in the same family"),
    ]


ADOPTED = {
    "closure": {
        "cin_episodes": [
            {
                "referral_id": "r9",
                "child_id": "c2",
                "from_on": BEGAN,
                "to_on": date(2026, 3, 1),
                "close_reason": "RC1",
            }
        ]
    },
    "ceasing": {
        "cla_episodes": [
            {
                "episode_id": "e9",
                "child_id": "c2",
                "from_on": BEGAN,
                "to_on": date(2026, 3, 1),
                "episode_ceased_reason": "E12",
            }
        ]
    },
    "order": {"permanence": [{"permanence_id": "o9", "child_id": "c2", "permanence_order_type": "Adoption order"}]},
}


@pytest.mark.parametrize("how", ADOPTED)
def test_an_adopted_child_is_named_to_nobody_and_nobody_to_them(told: psycopg.Connection, how: str) -> None:
    tell(told, ADOPTED[how], source="pack", now=LATER)
    assert names(told, "c1") == ["Ashby Madeup", "Cotham Madeup"]
    assert names(told, "c2") == ["Bexley Madeup"]
    for child_id, family in (("c1", ["Cotham Madeup"]), ("c2", [])):
        story = story_at(told, best_known(AT), child_id)
        assert story is not None and [name for _, name, _ in story.family] == family


def test_what_is_known_now_of_an_adoption_counts_for_an_earlier_moment_too(told: psycopg.Connection) -> None:
    tell(told, ADOPTED["order"], source="pack", now=LATER)
    lens = lens_at(told, known_then(AT, NOW)).of(["c1"])
    assert [one.name for one in together(told, lens)] == ["Ashby Madeup", "Cotham Madeup"]
    assert [name for _, name, _ in relatives(told, lens)] == ["Cotham Madeup"]


def test_whoever_is_linked_to_an_adopted_child_is_held_apart_from_that_family(told: psycopg.Connection) -> None:
    rows = {
        **ADOPTED["order"],
        "person": [{"child_id": "c8", "forename": "Dunmow", "surname": "Newname"}],
        "family": [{"family_id": "f1", "child_id": "c8"}],
        "identity_link": [{"child_id": "c8", "same_as": "c2", "basis": "decision", "from_on": BEGAN}],
    }
    tell(told, rows, source="pack", now=LATER)
    assert names(told, "c1") == ["Ashby Madeup", "Cotham Madeup"]
    assert names(told, "c8") == ["Dunmow Newname"]
