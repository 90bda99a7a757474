"""Every engine says of every case what was worked out by hand."""

from __future__ import annotations

import pytest

from keyworker.measures.passes.asked import Asked
from keyworker.measures.passes.run import measured
from keyworker.measures.passes.source import Source
from keyworker.measures.plain.lives import SPANS
from keyworker.measures.plain.run import plainly_measured
from keyworker.measures.registry import shipped
from keyworker.measures.rows import MeasureRow, record
from keyworker.measures.sources.duck import DuckSource
from keyworker.measures.sources.postgres import PostgresSource
from tests.conformance.engines import fill_postgresql, filled_duckdb
from tests.conformance.reading import Case, Question, cases
from tests.measures.duck_sql import DuckSql
from tests.servers.started import Database

CASES = cases()


def answer(source: Source, question: Question) -> list[dict[str, str | None]]:
    """What an engine says, in the columns that the case names."""
    return in_its_columns(question, measured(source, question.measure, asked(question)))


def asked(question: Question) -> Asked:
    return Asked(question.at, question.by, question.known_at)


def in_its_columns(question: Question, rows: list[MeasureRow]) -> list[dict[str, str | None]]:
    wanted = question.answer[0] if question.answer else {"at": None, "numerator": None}
    return [{name: _said(record(row)[name]) for name in wanted} for row in rows]


def _said(value: object) -> str | None:
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return None if value is None else {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_duckdb_says_what_the_case_says(case: Case):
    with filled_duckdb(case.entries) as connection:
        for question in case.questions:
            assert answer(DuckSource(connection), question) == question.answer, question


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_duckdbs_own_sql_says_what_the_case_says(case: Case):
    with filled_duckdb(case.entries) as connection:
        for question in case.questions:
            assert answer(DuckSql(connection), question) == question.answer, question


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_postgresql_says_what_the_case_says(case: Case, database: Database):
    with database.server.superuser(database.name) as connection:
        fill_postgresql(connection, case.entries)
        for question in case.questions:
            assert answer(PostgresSource(connection), question) == question.answer, question


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_plain_reference_says_what_the_case_says(case: Case):
    for question in (one for one in case.questions if one.measure in SPANS):
        definition = shipped().definition(question.measure)
        rows = plainly_measured(case.entries, definition, asked(question))
        assert in_its_columns(question, rows) == question.answer, question


def test_every_definition_has_a_case():
    """A measure that nobody has worked out by hand is not yet one."""
    asked = {question.measure for case in CASES for question in case.questions}
    assert set(shipped().definitions) == asked
