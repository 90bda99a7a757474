"""A visit written here and an extract's of a day apart: counted once, or twice, as the plain reference says."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import duckdb
import psycopg
import pytest

from keyworker.facts.ground import lens_at
from keyworker.facts.moment import Moment
from keyworker.facts.reference import Reference
from keyworker.vocabulary.homes import HERE
from tests.facts.histories import BEGAN, History, entry_of, write_duckdb, write_postgresql
from tests.facts.test_facts_engines import compare, in_duckdb, in_postgresql
from tests.servers.started import Database

MONDAY = date(2026, 3, 2)
AT = Moment(MONDAY + timedelta(days=20))
SEED = 20261128


@pytest.fixture
def superuser(database: Database) -> Iterator[psycopg.Connection]:
    with database.server.superuser(database.name) as connection:
        yield connection


def told(table: str, *rows: tuple[str, str, int, dict[str, Any]]) -> History:
    """Visits, each by its child, its source, its day after the first and whatever else is said of it."""
    key = "cp_visit_id" if table == "cp_visits" else "visit_id"
    entries = []
    for number, (child, source, day, said) in enumerate(rows):
        what = {key: f"v{number}", "child_id": child, "source": source, "happened_on": MONDAY + timedelta(days=day)}
        entries.append(entry_of(table, 1, {"worker_id": "ann", "outcome": "seen", **what, **said}))
    acts = [
        {"act_id": number, "source": source, "tables": [table], "recorded_at": BEGAN + timedelta(days=number)}
        for number, source in enumerate(("ssd", HERE, "annex-a"), 1)
    ]
    return History({table: entries}, acts)


def counted(history: History) -> list[tuple[str, int]]:
    """The source and the day of each visit that counts."""
    return sorted(
        (one["source"], (one["happened_on"] - MONDAY).days) for one in Reference(history.entries, AT).visits()
    )


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([(HERE, 3, {}), ("ssd", 4, {})], [("ssd", 4)]),
        ([(HERE, 3, {}), ("ssd", 2, {"worker_id": None})], [("ssd", 2)]),
        ([(HERE, 3, {}), ("ssd", 5, {})], [(HERE, 3), ("ssd", 5)]),
        ([(HERE, 3, {}), ("ssd", 4, {"worker_id": "bea"})], [(HERE, 3), ("ssd", 4)]),
        ([(HERE, 3, {"not_same_on": date(2026, 3, 6)}), ("ssd", 4, {})], [(HERE, 3), ("ssd", 4)]),
        # Whether the child was seen is never taken away.
        ([(HERE, 3, {}), ("ssd", 4, {"outcome": "no access"})], [(HERE, 3), ("ssd", 4)]),
        ([(HERE, 3, {}), ("ssd", 4, {"outcome": None})], [(HERE, 3), ("ssd", 4)]),
        ([(HERE, 3, {"outcome": "no access"}), ("ssd", 4, {"outcome": "cancelled"})], [("ssd", 4)]),
        # Theirs of the 4th is ours of the 4th: ours of the 3rd and of the 5th are other visits.
        ([(HERE, 3, {}), (HERE, 4, {}), (HERE, 5, {}), ("ssd", 4, {})], [(HERE, 3), (HERE, 5), ("ssd", 4)]),
        # One of theirs stands for one of ours.
        ([(HERE, 3, {}), ("ssd", 4, {}), (HERE, 5, {})], [(HERE, 5), ("ssd", 4)]),
    ],
)
def test_a_likely_pair_counts_once_and_whatever_may_be_two_counts_twice(
    rows: list[tuple[str, int, dict[str, Any]]], found: list[tuple[str, int]]
) -> None:
    assert counted(told("cp_visits", *(("c1", *row) for row in rows))) == sorted(found)


def by_chance(chance: random.Random, table: str) -> History:
    """Visits to many children in a few days, told here and elsewhere, that meet in every way."""
    rows = []
    for child in range(80):
        for _ in range(chance.randint(2, 5)):
            said: dict[str, Any] = {
                "worker_id": chance.choice(("ann", "ann", "bea", None)),
                "outcome": chance.choice(("seen", "seen", "Seen_alone", "no access", None)),
                "seen": chance.choice((None, None, True, False)),
            }
            source, day = chance.choice((HERE, "ssd", "ssd", "annex-a")), chance.randint(0, 5)
            if source == HERE and chance.random() < 0.4:
                said["not_same_on"] = MONDAY + timedelta(days=day + chance.choice((-1, 1)))
            if table == "other_visit":
                said["visit_kind"] = chance.choice((None, "other", "assessment"))
            rows.append((f"c{child}", source, day, said))
    return told(table, *rows)


def test_every_engine_counts_likely_pairs_as_the_reference_does(superuser: psycopg.Connection) -> None:
    chance = random.Random(SEED)
    history = by_chance(chance, "cp_visits")
    history.entries |= by_chance(chance, "other_visit").entries
    for act in history.acts:
        act["tables"] = ["cp_visits", "other_visit"]
    write_postgresql(superuser, history)
    lens, right = lens_at(superuser, AT), Reference(history.entries, AT)
    compare(in_postgresql(superuser), lens, right)
    answered = {name: [row | {"not_same_on": None} for row in rows] for name, rows in history.entries.items()}
    assert len(Reference(answered, AT).visits()) < len(right.visits()), "chance has made pairs, and answers to some"
    with duckdb.connect() as connection:
        write_duckdb(connection, history)
        compare(in_duckdb(connection), lens, right)
