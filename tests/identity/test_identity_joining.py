"""Joins: by number only, never across an adoption, always reversible."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest

from keyworker.facts.ground import lens_at
from keyworker.facts.moment import Moment
from keyworker.intake.joining import Pair, is_nhs_number, join, join_identifiers, match_rates, pairs, part
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append
from keyworker.vocabulary.errors import KeyworkerError

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
UPN = "Z999000000001"
AT = Moment(date(2026, 3, 1))


@pytest.fixture
def connection(database: Any) -> Iterator[psycopg.Connection]:
    with database.connect(DatabaseRole.LOADER, autocommit=True) as opened:
        yield opened


def keep(connection: psycopg.Connection, source: str, **rows: list[dict[str, Any]]) -> None:
    append(connection, Act("entry", author="tester", purpose="test", source=source), NOW, rows)


def with_upn(connection: psycopg.Connection, source: str, child_id: str) -> None:
    keep(
        connection,
        source,
        person=[{"child_id": child_id, "forename": "Ashby", "surname": "Testwood"}],
        send=[{"send_id": f"S-{child_id}", "child_id": child_id, "upn": UPN}],
    )


def test_the_same_upn_joins_two_identifiers_once(connection: psycopg.Connection):
    with_upn(connection, "ssd", "A")
    with_upn(connection, "ssda903", "B")
    assert join_identifiers(connection, NOW) == 1
    assert join_identifiers(connection, NOW) == 0
    assert lens_at(connection, AT).root("B") == "A"


def test_the_same_name_and_birth_date_join_nobody(connection: psycopg.Connection):
    twins = [
        {"child_id": child_id, "forename": "Ashby", "surname": "Testwood", "birth_on": date(2015, 1, 1)}
        for child_id in ("A", "B")
    ]
    keep(connection, "ssd", person=twins)
    assert join_identifiers(connection, NOW) == 0


@pytest.mark.parametrize(
    "ending",
    [
        {"cin_episodes": [{"referral_id": "R", "child_id": "A", "from_on": date(2020, 1, 1), "close_reason": "RC1"}]},
        {
            "cla_episodes": [
                {"episode_id": "E", "child_id": "A", "from_on": date(2020, 1, 1), "episode_ceased_reason": "E12"}
            ]
        },
        {"permanence": [{"permanence_id": "P", "child_id": "A", "permanence_order_type": "Adoption"}]},
    ],
)
def test_nothing_joins_across_an_adoption_and_no_refusal_tells_of_it(connection: psycopg.Connection, ending: Any):
    with_upn(connection, "ssd", "A")
    with_upn(connection, "ssd", "B")
    keep(connection, "ssd", **ending)
    assert join_identifiers(connection, NOW) == 0
    with pytest.raises(KeyworkerError) as because_adopted:
        join(connection, "A", "B", decided_by="tester", why="they look alike", now=NOW)
    with pytest.raises(KeyworkerError) as because_unknown:
        join(connection, "A", "NOBODY", decided_by="tester", why="they look alike", now=NOW)
    assert str(because_adopted.value) == str(because_unknown.value)


def test_a_decision_to_part_stays_and_what_was_believed_can_still_be_asked(connection: psycopg.Connection):
    with_upn(connection, "ssd", "A")
    with_upn(connection, "ssd", "B")
    join_identifiers(connection, NOW)
    believed = connection.execute("select max(recorded_at) from record.act").fetchone()
    part(connection, "B", "A", decided_by="tester", why="two children, one number", now=NOW)
    assert lens_at(connection, AT).root("B") == "B"
    assert believed is not None
    assert lens_at(connection, Moment(AT.at, believed[0])).root("B") == "A"
    assert join_identifiers(connection, NOW) == 0


def test_a_persons_decision_needs_a_reason_and_can_be_undone(connection: psycopg.Connection):
    keep(connection, "ssd", person=[{"child_id": "A"}, {"child_id": "B"}])
    with pytest.raises(KeyworkerError):
        join(connection, "A", "B", decided_by="tester", why=" ", now=NOW)
    join(connection, "A", "B", decided_by="tester", why="seen both files", now=NOW)
    assert lens_at(connection, AT).root("B") == "A"
    part(connection, "A", "B", decided_by="tester", why="mistaken", now=NOW)
    assert lens_at(connection, AT).root("B") == "B"


def test_a_child_whom_whoever_decides_may_not_see_is_joined_and_parted_in_the_words_for_nobody(
    connection: psycopg.Connection,
):
    keep(connection, "ssd", person=[{"child_id": "A"}, {"child_id": "B"}])
    for beyond in ({"A"}, {"B"}):
        with pytest.raises(KeyworkerError, match="cannot be joined"):
            join(connection, "A", "B", decided_by="tester", why="seen both files", now=NOW, beyond=beyond)
    join(connection, "A", "B", decided_by="tester", why="seen both files", now=NOW)
    with pytest.raises(KeyworkerError, match="are not joined"):
        part(connection, "A", "B", decided_by="tester", why="mistaken", now=NOW, beyond={"B"})


def test_match_rates_part_each_sources_children(connection: psycopg.Connection):
    with_upn(connection, "ssd", "A")
    keep(connection, "annex-a", person=[{"child_id": "A"}, {"child_id": "C"}])
    with_upn(connection, "ssda903", "B")
    join_identifiers(connection, NOW)
    rates = {
        rate.source: (rate.children, rate.same_identifier, rate.joined, rate.here_only)
        for rate in match_rates(connection)
    }
    assert rates == {"annex-a": (2, 1, 0, 1), "ssd": (1, 1, 0, 0), "ssda903": (1, 0, 1, 0)}


@pytest.mark.parametrize("number", ["9434765919", "4010232137"])
def test_an_nhs_number_checks_itself(number: str):
    assert is_nhs_number(number)
    assert not is_nhs_number(number[:9] + str((int(number[9]) + 1) % 10))


def test_a_number_that_many_share_is_a_placeholder():
    assert pairs([(child, "same UPN", UPN) for child in "ABCD"]) == []
    assert pairs([(child, "same UPN", UPN) for child in "AB"]) == [Pair("A", "B", "same UPN")]
    assert pairs([("A", "same UPN", "UN1"), ("B", "same UPN", "UN1")]) == []
