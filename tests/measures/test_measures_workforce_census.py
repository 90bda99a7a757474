"""A made-up county's own workforce census, counted by the published method, is what the measures say of its record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl
import pytest
from lxml import etree

from keyworker.county.county import generate
from keyworker.facts.dtypes import INSTANT, schema_of
from keyworker.measures.passes.asked import Asked
from keyworker.measures.passes.run import measured
from keyworker.measures.rows import MeasureRow
from keyworker.measures.sources.duck import DuckSource
from keyworker.returns import write
from keyworker.vocabulary import TABLES

END, COUNT_DAY = date(2025, 3, 31), date(2024, 9, 30)
Workers = list[dict[str, str]]


@pytest.fixture(scope="module")
def county() -> Mapping[str, pl.DataFrame]:
    """About 300 children and those who work with them."""
    return generate(300, 3, 11, END).frames()


@pytest.fixture(scope="module")
def census(county: Mapping[str, pl.DataFrame], tmp_path_factory: pytest.TempPathFactory) -> tuple[Workers, Decimal]:
    """The workers whom the county returns, item by item, and the vacancies that it returns."""
    out: Path = tmp_path_factory.mktemp("census")
    write("workforce", county, END, out)
    message = etree.parse(str(out / f"social_work_workforce_{COUNT_DAY.year}.xml"))
    workers = [{item.tag: item.text or "" for item in one} for one in message.iter("CSWWWorker")]
    return workers, Decimal(message.findtext(".//NumberOfVacancies"))


@pytest.fixture(scope="module")
def record(county: Mapping[str, pl.DataFrame]) -> Iterator[DuckSource]:
    """The same county as a record, in DuckDB."""
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'; create schema record")
        for table in TABLES.values():
            empty = pl.DataFrame(schema=schema_of(table.columns) | {"entered_at": INSTANT})
            frame = pl.concat([empty, county.get(table.name, empty)], how="diagonal_relaxed").with_row_index("entry_id")
            whole = frame.select(
                pl.col("entry_id").cast(pl.Int64),
                pl.lit(1).alias("act_id"),
                pl.lit("ssd").alias("source"),
                pl.lit("reported").alias("standing"),
                pl.lit(datetime(2025, 4, 1, tzinfo=UTC)).alias("recorded_at"),
                pl.lit(None, INSTANT).alias("superseded_at"),
                pl.exclude("entry_id"),
            )
            connection.register("frame", whole.to_arrow())
            connection.execute(f'create table record."{table.name}" as select * from frame')
            connection.unregister("frame")
        yield DuckSource(connection)


def said(record: DuckSource, name: str) -> list[MeasureRow]:
    return measured(record, name, Asked((COUNT_DAY,), (), None))


def exact(number: object) -> Decimal:
    return Decimal(str(number))


def hours(workers: Workers) -> Decimal:
    return sum((Decimal(one["FTE"]) for one in workers), Decimal())


def parts(census: tuple[Workers, Decimal]) -> tuple[Workers, Workers, Workers]:
    """In post and not from an agency, from an agency, and leavers, as the published method tells them apart."""
    workers = census[0]
    leavers = [one for one in workers if one.get("RoleEndDate")]
    agency = [one for one in workers if one["AgencyWorker"] == "1"]
    return [one for one in workers if one not in leavers and one not in agency], agency, leavers


def test_people_and_hours_in_post_are_those_of_the_return(record: DuckSource, census: tuple[Workers, Decimal]):
    in_post, agency, _ = parts(census)
    assert len(in_post) > 10
    assert said(record, "social-workers")[0].numerator == len(in_post)
    assert exact(said(record, "social-workers-fte")[0].numerator) == hours(in_post)
    assert exact(said(record, "agency-social-workers-fte")[0].numerator) == hours(agency) > 0


def test_vacancies_and_the_rates_are_those_of_the_return(record: DuckSource, census: tuple[Workers, Decimal]):
    (in_post, agency, _), vacancies = parts(census), census[1]
    (rate,) = said(record, "vacancy-rate")
    assert (exact(rate.numerator), exact(rate.denominator)) == (vacancies, vacancies + hours(in_post))
    (rate,) = said(record, "agency-rate")
    assert (exact(rate.numerator), exact(rate.denominator)) == (hours(agency), hours(agency) + hours(in_post))


def test_leavers_by_reason_are_those_of_the_return(record: DuckSource, census: tuple[Workers, Decimal]):
    _, _, leavers = parts(census)
    assert leavers
    found = {row.group["band"]: row.numerator for row in said(record, "leaving-reasons")}
    reasons = [one.get("ReasonLeave") or "not recorded" for one in leavers]
    assert found == {reason: reasons.count(reason) for reason in reasons}


def test_the_average_caseload_is_that_of_the_return(record: DuckSource, census: tuple[Workers, Decimal]):
    in_post, agency, _ = parts(census)
    holders = [one for one in in_post + agency if int(one.get("Cases30") or 0) and Decimal(one["FTE"])]
    (row,) = said(record, "cases-per-social-worker")
    assert exact(row.numerator) == sum(int(one["Cases30"]) for one in holders) > 0
    assert exact(row.denominator) == hours(holders)


def test_roles_are_those_of_the_return(record: DuckSource, census: tuple[Workers, Decimal]):
    in_post, _, _ = parts(census)
    found = {row.group["band"]: row.numerator for row in said(record, "social-workers-by-role")}
    assert found["case holder"] == sum(1 for one in in_post if one["OrgRole"] == "5")
    assert found["first line manager"] == sum(1 for one in in_post if one["OrgRole"] == "3")
