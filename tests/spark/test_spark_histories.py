"""Random histories: Spark says of them what DuckDB says, of a definition of each shape."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyspark.sql import SparkSession

from keyworker.measures.passes.run import measured
from keyworker.measures.registry import shipped
from keyworker.measures.sources.extract import GROUND
from tests.facts.histories import write_duckdb
from tests.measures.duck_sql import DuckSql
from tests.measures.test_measures_every_definition import asked_of
from tests.spark.entries import filled

SHAPES = (
    "open-children",  # distinct
    "cp-seen-20-working-days",  # a share
    "assessments-45-working-days",  # a share of events, grouped on the day of each
    "changes-of-worker-12-months",  # added up for each of the denominator
    "caseload",  # a distribution, one worker a child
)
FEW = settings(
    deadline=None,
    max_examples=int(os.environ.get("KEYWORKER_HISTORIES", "3")),
    phases=(Phase.explicit, Phase.generate),  # to make a failing history smaller would take Spark an hour
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def duck() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def held(duck: duckdb.DuckDBPyConnection, table: str) -> list[dict[str, Any]]:
    found = duck.execute(f'select * from record."{table}"')
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@pytest.mark.parametrize("name", SHAPES)
@FEW
@given(data=st.data())
def test_spark_says_of_a_random_history_what_duckdb_says(
    cluster: SparkSession, duck: duckdb.DuckDBPyConnection, name: str, data: st.DataObject
):
    history, asked = data.draw(asked_of(shipped().definition(name)))
    write_duckdb(duck, history)
    tables = GROUND | shipped().tables_for(name, asked.by)
    source = filled(cluster, {table: held(duck, table) for table in tables}, tables)
    assert measured(source, name, asked) == measured(DuckSql(duck), name, asked)
