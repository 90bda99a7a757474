"""A cluster of separate workers says of every case what was worked out by hand."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from keyworker.actions.folders import measure_of_folder
from keyworker.actions.measures import MeasureEngine
from keyworker.measures.passes.asked import Asked
from keyworker.measures.registry import shipped
from keyworker.measures.sources.extract import GROUND
from tests.conformance.engines import filled_duckdb
from tests.conformance.reading import CASES, Case, cases, read
from tests.conformance.test_conformance import answer
from tests.spark.conftest import parent_of, workers_of
from tests.spark.entries import filled


def asked_of(case: Case) -> frozenset[str]:
    """The tables that a case's questions read."""
    return GROUND.union(*(shipped().tables_for(one.measure, one.by) for one in case.questions))


def test_there_are_two_workers_and_each_is_a_process_of_its_own(cluster: SparkSession):
    workers = workers_of(cluster)
    assert len(workers) == 2
    assert os.getpid() not in workers
    assert parent_of(os.getpid()) not in workers


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_spark_says_what_the_case_says(case: Case, cluster: SparkSession):
    source = filled(cluster, case.entries, asked_of(case))
    for question in case.questions:
        assert answer(source, question) == question.answer, question


def test_many_councils_are_worked_out_one_by_one_as_on_duckdb(tmp_path: Path, cluster: SparkSession):
    case = read(CASES / "cp-seen-20-working-days" / "the-window.txt")
    for council in ("801", "802"):
        place = tmp_path / f"council={council}"
        place.mkdir()
        with filled_duckdb(case.entries) as duck:
            for name in case.entries:
                rows = f"select * exclude (row_key, digest) from record.{name}"  # a snapshot's keys are no UUIDs
                duck.execute(f"copy ({rows}) to '{place / name}.parquet' (format parquet)")
    asked, now = Asked((date(2026, 2, 2),), ("council",)), datetime(2026, 11, 27, tzinfo=UTC)
    on_spark, on_duckdb = (
        measure_of_folder(tmp_path, "cp-seen-20-working-days", asked, now=now, engine=engine)
        for engine in (MeasureEngine.SPARK, MeasureEngine.DUCKDB)
    )
    assert on_spark == on_duckdb
    told = [(row.group["council"], row.numerator, row.denominator) for row in on_spark]
    assert told == [("801", 1, 3), ("802", 1, 3)]
