"""The columns give what the record gives, follow it act by act, hold no names, and are never needed for an answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import duckdb
import polars as pl
import psycopg
import pytest
from hypothesis import given, settings

from keyworker.facts.columns import Columns, each_of_everybody, everybody, follow, of_everybody
from keyworker.facts.columns.everybody import Source
from keyworker.facts.columns.kept import KEPT, held
from keyworker.facts.columns.store import Store
from keyworker.facts.columns.taken import Last, taken
from keyworker.facts.ground import lens_at
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.reference import Reference
from keyworker.facts.remembered import last_act
from keyworker.facts.rows import fetch
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import append, correct, end, erase
from keyworker.vocabulary import TABLES
from tests.facts.histories import NAMES, History, write_postgresql
from tests.facts.test_facts_engines import RANDOM, compare, histories_seen, superuser
from tests.record.made import CORRECTION, ENDING, ENTRY, ERASURE, NOON, involvement, load, visit
from tests.servers.started import Database

__all__ = ["superuser"]

MOMENT = Moment(date(2026, 3, 20))
HELD = {name: held(TABLES[name]) for name in KEPT}
SIGNED = ("Records Officer", "Head of Service")
APPOINTMENT = {"appointment_id": "a1", "worker_id": "w1", "from_on": date(2026, 1, 1)}


@pytest.fixture
def record(database: Database) -> Iterator[psycopg.Connection]:
    with database.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        yield connection
    for key in list(everybody._stores):
        everybody._stores.pop(key).close()


@pytest.fixture
def store() -> Iterator[Store]:
    made = Store()
    yield made
    made.close()


def entries(store: Store, connection: psycopg.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Every entry that is held, superseded or not, when the columns stand after the record's last act."""
    act = last_act(connection)
    assert act is not None
    with store.after(act[0]) as columns:
        assert columns is not None
        return {name: columns.rows(Lens(MOMENT), f"select {_listed(name)} from record.{name} t", {}) for name in KEPT}


def in_record(connection: psycopg.Connection) -> dict[str, list[tuple[Any, ...]]]:
    return {name: connection.execute(f"select {_listed(name)} from record.{name}".encode()).fetchall() for name in KEPT}


def _listed(name: str) -> str:
    return ", ".join(f'"{column}"' for column in HELD[name])


def told(found: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    """Rows by their entry's number, of the tables that have any."""
    return {name: sorted(rows, key=lambda row: row[0]) for name, rows in found.items() if rows}


@settings(RANDOM, max_examples=25)
@given(seen=histories_seen(*(name for name in NAMES if name not in ("permanence", "identity_link"))))
def test_the_columns_give_what_the_reference_gives(superuser: psycopg.Connection, seen: tuple[History, Moment]):
    history, moment = seen
    write_postgresql(superuser, history)
    lens = lens_at(superuser, moment)
    made = Store()
    made.follow(superuser)
    with made.after(history.acts[-1]["act_id"]) as columns:
        assert columns is not None
        compare(lambda query, at: columns.rows(at, query, {}), lens, Reference(history.entries, moment), held=HELD)
    made.close()


@settings(RANDOM, max_examples=15)
@given(seen=histories_seen(*NAMES))
def test_what_is_taken_for_one_question_gives_what_the_reference_gives(
    superuser: psycopg.Connection, seen: tuple[History, Moment]
):
    history, moment = seen
    write_postgresql(superuser, history)
    lens = lens_at(superuser, moment)

    def ask(query: str, at: Lens) -> list[tuple[Any, ...]]:
        with taken(superuser, at, query) as columns:
            return columns.rows(at.taken, query, {})

    compare(ask, lens, Reference(history.entries, moment))


def test_only_the_columns_that_a_question_names_are_taken_and_any_other_fails(record: psycopg.Connection):
    append(record, ENTRY, NOON, {"cin_visits": [visit(1)], "involvements": [involvement(1)]})
    lens = lens_at(record, MOMENT)
    with taken(record, lens, "select child_id, outcome from {visit} v") as columns:
        assert len(columns.rows(lens.taken, "select child_id, outcome from {visit} v", {})) == 1
        for query in (
            "select reason from {visit} v",
            "select cin_visit_id from {cin_visits} c",
            "select child_id from {involvements} i",
        ):
            with pytest.raises(duckdb.Error):
                columns.rows(lens.taken, query, {})


def test_of_visits_that_are_alike_only_the_last_is_taken_and_those_asked_for_whole_all(record: psycopg.Connection):
    said = [(1, 2, True), (2, 9, True), (3, 5, False), (4, 3, None), (5, 4, None)]
    rows = [
        visit(number, child_id="CHILD-1") | {"happened_on": date(2026, 3, day), "seen": seen}
        for number, day, seen in said
    ]
    append(record, ENTRY, NOON, {"cin_visits": rows})
    lens = lens_at(record, MOMENT)
    query = "select child_id, seen, happened_on from {cin_visits} c order by happened_on"
    for whole, days in (("false", [4, 5, 9]), ("t.seen is null", [3, 4, 5, 9])):
        for are_few in (False, True):
            last = Last(frozenset({"child_id", "seen"}), whole, are_few=are_few)
            with taken(record, lens, query, last={"cin_visits": last}) as columns:
                assert [day.day for _, _, day in columns.rows(lens.taken, query, {})] == days


def test_a_child_is_the_place_of_one_among_those_whom_the_lens_shows(record: psycopg.Connection):
    append(record, ENTRY, NOON, {"cin_visits": [visit(number, child_id=f"CHILD-{number}") for number in (1, 2, 3)]})
    lens = lens_at(record, MOMENT).of(["CHILD-3", "CHILD-1"])
    query = "select child_id, outcome from {visit} v order by child_id"
    with taken(record, lens, query, children=pl.Series(["CHILD-3", "CHILD-1"])) as columns:
        assert [child for child, _ in columns.rows(lens.taken, query, {})] == [0, 1]
    with (
        pytest.raises(KeyError, match="does not show"),
        taken(record, lens, query, children=pl.Series(["CHILD-3"])) as columns,
    ):
        columns.rows(lens.taken, query, {})


def test_the_columns_follow_entries_corrections_endings_loads_and_erasures(
    database: Database, record: psycopg.Connection, store: Store
):
    def follows(of: int) -> None:
        assert store.follow(record)
        assert told(entries(store, record)) == told(in_record(record))
        assert sum(map(len, in_record(record).values())) == of

    said = {"cin_visits": [visit(1), visit(2)], "involvements": [involvement(1), involvement(2)]}
    written = append(record, ENTRY, NOON, said).entry_ids
    append(record, ENTRY, NOON, {"appointment": [{**APPOINTMENT, "fte": Decimal("0.333333333333")}]})
    follows(5)
    one = correct(record, CORRECTION, NOON, "cin_visits", written["cin_visits"][0], {"seen": True})
    follows(6)
    # Two acts between two looks: an entry that is both new and superseded since.
    correct(record, CORRECTION, NOON, "cin_visits", one.entry_ids["cin_visits"][0], {"cin_visit_id": "ANOTHER"})
    end(record, ENDING, NOON, "involvements", written["involvements"][1], date(2026, 2, 1))
    follows(9)
    with database.connect(DatabaseRole.LOADER) as loader:
        load(loader, [visit(5), visit(6)])
    follows(11)
    erase(record, ERASURE, NOON, "cin_visits", written["cin_visits"][:1], "a court ordered it", SIGNED)
    follows(11)
    standing = [row for row in entries(store, record)["cin_visits"] if "erased" in row]
    assert standing and not any("CHILD-1" in row for row in standing)


def test_a_question_takes_in_a_few_new_entries_and_leaves_many_to_whoever_follows(
    record: psycopg.Connection, store: Store
):
    append(record, ENTRY, NOON, {"cin_visits": [visit(1)]})
    assert not store.follow(record, most=100), "the first time is never a question's to wait for"
    assert store.follow(record)
    append(record, ENTRY, NOON, {"cin_visits": [visit(2), visit(3)]})
    assert not store.follow(record, most=1)
    with store.after(2) as columns:
        assert columns is None, "nothing of an act is taken in where not all of it is"
    assert store.follow(record, most=2)
    assert told(entries(store, record)) == told(in_record(record))


def test_a_question_is_answered_as_the_record_stood_in_its_own_transaction(
    database: Database, record: psycopg.Connection
):
    append(record, ENTRY, NOON, {"cin_visits": [visit(1)]})
    follow(record)
    with database.connect(DatabaseRole.APPLICATION, autocommit=True) as reader, reader.transaction():
        reader.execute("set transaction isolation level repeatable read, read only")
        assert of_everybody(reader, _visits) == ("columns", 1)
        append(record, ENTRY, NOON, {"cin_visits": [visit(2)]})
        follow(record)
        assert of_everybody(reader, _visits) == ("record", 1), "the columns have gone on; the question has not"
    assert of_everybody(record, _visits) == ("columns", 2)
    append(record, ENTRY, NOON, {"cin_visits": [visit(3)]})
    assert of_everybody(record, _visits) == ("columns", 3), "an entry is in the next answer, whoever wrote it"


def test_several_questions_are_answered_side_by_side_in_their_order_and_as_each_alone(record: psycopg.Connection):
    append(record, ENTRY, NOON, {"cin_visits": [visit(number, child_id=f"c{number % 3}") for number in range(9)]})

    def of(child: str, source: Source) -> tuple[str, int]:
        lens = Lens(MOMENT).of([child])
        ((count,),) = fetch(source, lens, "select count(*) from {cin_visits} v where child_id <> 'c2'")
        return ("columns" if isinstance(source, Columns) else "record", count)

    asks = [partial(of, child) for child in ("c0", "c1", "c2", "nobody")]
    assert each_of_everybody(record, asks) == [("record", 3), ("record", 3), ("record", 0), ("record", 0)]
    follow(record)
    assert each_of_everybody(record, asks) == [("columns", 3), ("columns", 3), ("columns", 0), ("columns", 0)]
    assert of_everybody(record, asks[1]) == ("columns", 3)


def test_without_columns_or_when_they_fail_the_record_answers(record: psycopg.Connection):
    append(record, ENTRY, NOON, {"cin_visits": [visit(1)]})
    assert of_everybody(record, _visits) == ("record", 1)
    follow(record)

    def failing(source: Source) -> tuple[str, int]:
        if isinstance(source, Columns):
            raise duckdb.OutOfMemoryException("more than its bound")
        return _visits(source)

    assert of_everybody(record, failing) == ("record", 1)
    assert of_everybody(record, _visits) == ("record", 1), "they are let go of until somebody follows again"
    follow(record)
    assert of_everybody(record, _visits) == ("columns", 1)


def test_columns_that_do_not_fit_their_bound_are_let_go_of(
    record: psycopg.Connection, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    append(record, ENTRY, NOON, {"cin_visits": [visit(1)]})
    monkeypatch.setattr(everybody, "Store", lambda: Store("300KB"))
    follow(record)
    assert of_everybody(record, _visits) == ("record", 1)
    assert "CHILD-1" not in caplog.text


def test_no_name_or_birth_date_is_held_and_a_question_that_reads_one_fails(record: psycopg.Connection, store: Store):
    append(record, ENTRY, NOON, {"professionals": [{"worker_id": "w1", "name": "Ann Madeup", "job_title": "Wizard"}]})
    store.follow(record)
    with store.after(1) as columns:
        assert columns is not None
        assert columns.rows(Lens(MOMENT), "select worker_id, job_title from {professionals} p", {}) == [
            ("w1", "Wizard")
        ]
        with pytest.raises(duckdb.InvalidInputException, match="name is not held by column"):
            columns.rows(Lens(MOMENT), "select name from {professionals} p", {})
    with store.after(1) as columns, pytest.raises(duckdb.CatalogException):
        assert columns is not None
        columns.rows(Lens(MOMENT), "select forename from {person} p", {})
    assert not {"name", "birth_on"} & set(HELD["professionals"])


def test_empty_words_and_quoted_ones_are_held_as_they_stand(record: psycopg.Connection, store: Store):
    words = ["", "\\N", 'a "quoted", word', "two\nlines", "Ħ", " "]
    said = [involvement(number, role=word) for number, word in enumerate([*words, None])]
    append(record, ENTRY, NOON, {"involvements": said})
    store.follow(record)
    assert told(entries(store, record)) == told(in_record(record))


def _visits(source: Source) -> tuple[str, int]:
    ((count,),) = fetch(source, Lens(MOMENT), "select count(*) from {cin_visits} v")
    return ("columns" if isinstance(source, Columns) else "record", count)
