"""A workforce census gives every value that it holds: in a column, as JSON beside it, or counted."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from lxml import etree

from keyworker.intake.formats.workforce_census import WorkforceCensus
from keyworker.vocabulary.errors import FileRefused
from tests.intake.reading import Read, read

MESSAGES = ["csww_sample.xml", *(f"social_work_workforce_{year}.xml" for year in (2020, 2021, 2022))]
COLUMNS = {
    "SWENo": "worker_id",
    "AgencyWorker": "agency_worker",
    "OrgRole": "role_class",
    "FTE": "fte",
    "Cases30": "cases",
    "RoleStartDate": "contract_from_on",
    "RoleEndDate": "role_ended_on",
    "StartOrigin": "start_origin",
    "ReasonLeave": "leaving_reason",
    "LeaverDestination": "leaving_destination",
    "Absat30Sept": "absent_on_day",
    "ReasonAbsence": "absence_reason",
    "WorkingDaysLost": "working_days_lost",
    "PersonBirthDate": "birth_on",
    "GenderCurrent": "sex",
    "Ethnicity": "ethnicity",
    "QualLevel": "qualification_level",
}
TOTALS = {
    "NumberOfVacancies": "vacancies_fte",
    "NoAgencyFTE": "agency_fte",
    "NoAgencyHeadcount": "agency_headcount",
}


def others(given: Read) -> Counter[str]:
    """What the JSON beside the columns holds, counted by name."""
    kept = given.tables["workforce_snapshot"]["other_json"].drop_nulls()
    return Counter(name for text in kept for name, value in json.loads(text).items() if value is not None)


@pytest.mark.parametrize("name", MESSAGES)
def test_every_value_of_a_message_is_kept(shared: Path, name: str) -> None:
    path = shared / "data/samples_workforce_census" / name
    given = read(WorkforceCensus(), path)
    message = etree.parse(path)
    said = Counter(part.tag for part in message.iterfind("CSWWWorker/*") if (part.text or "").strip())
    beside = others(given)
    for tag, count in said.items():
        if tag in COLUMNS:
            assert given.filled("workforce_snapshot", COLUMNS[tag]) == count, tag
        else:
            assert beside[tag] == count, tag
    assert not set(beside) - set(said)
    assert all(given.filled("workforce_totals", column) == 1 for column in TOTALS.values())
    assert given.tables["professionals"].height == len({part.text for part in message.iterfind("CSWWWorker/SWENo")})
    assert not given.aside
    assert given.left_in_all == 0


def test_the_count_day_is_30_september_of_the_header_s_year(shared: Path) -> None:
    given = read(WorkforceCensus(), shared / "data/samples_workforce_census/social_work_workforce_2021.xml")
    assert set(given.tables["workforce_snapshot"]["happened_on"]) == {"2021-09-30"}
    assert given.tables["workforce_totals"]["authority"].to_list() == ["301"]
    assert (given.opened.scope.from_on, given.opened.scope.to_on) == (date(2021, 9, 30), date(2021, 10, 1))
    assert given.opened.cut_at is not None


def test_a_header_whose_dates_disagree_lets_nothing_vanish(shared: Path) -> None:
    opened = WorkforceCensus().open(shared / "data/samples_workforce_census/social_work_workforce_2020.xml")
    assert not opened.scope.whole
    assert any("Year is 2020" in note for note in opened.notes)


@pytest.mark.parametrize(
    "name",
    [f"social_work_workforce_{year}_workerlevel_clean" for year in (2021, 2022)]
    + ["worker_level_merged", "worker_level_with_seniority"],
)
def test_every_cell_of_a_flat_form_is_kept_or_its_row_set_aside(shared: Path, name: str) -> None:
    path = shared / f"data/samples_workforce_census/flat/{name}.csv"
    given = read(WorkforceCensus(), path)
    cells = pl.read_csv(path, infer_schema=False).filter(~pl.col("SWENo").str.ends_with("_BAD"))
    told = Counter({column: cells[column].count() for column in cells.columns})
    if not cells.height:
        return
    beside = others(given)
    for name, count in told.items():
        if name in {"YEAR", "YearCensus", "LA", "LEA"}:
            continue
        kept = given.filled("workforce_snapshot", COLUMNS[name]) if name in COLUMNS else 0
        assert kept + beside[name] + beside[f"{name} (year)"] == count, name


def test_numbers_that_are_deliberately_wrong_are_set_aside_with_the_remedy(shared: Path) -> None:
    path = shared / "data/samples_workforce_census/flat/social_work_workforce_2022_workerlevel_clean.csv"
    bad = pl.read_csv(path, infer_schema=False)["SWENo"].str.ends_with("_BAD").sum()
    given = read(WorkforceCensus(), path)
    assert bad > 0
    assert len(given.aside) == bad
    assert given.aside[0].row == 2
    assert "registration number" in given.aside[0].reason


@pytest.mark.parametrize("year", [2021, 2022])
def test_a_flat_form_of_totals_is_read(shared: Path, year: int) -> None:
    path = shared / f"data/samples_workforce_census/flat/social_work_workforce_{year}_lalevel_clean.csv"
    row = read(WorkforceCensus(), path).tables["workforce_totals"].row(0, named=True)
    cells = pl.read_csv(path, infer_schema=False).row(0, named=True)
    assert {tag: row[column] for tag, column in TOTALS.items()} == {tag: cells[tag] for tag in TOTALS}
    assert row["authority"] == "Barking and Dagenham"


def test_pseudonyms_make_no_professional(shared: Path) -> None:
    given = read(WorkforceCensus(), shared / "data/samples_workforce_census/flat/worker_level_merged.csv")
    assert "professionals" not in given.tables


def test_pay_items_of_the_newer_census_are_kept_or_counted(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_text(
        "<Message><Header><CollectionDetails><Collection>CSWW</Collection><Year>2025</Year>"
        "<ReferenceDate>2025-09-30</ReferenceDate></CollectionDetails><Source><LEA>999</LEA></Source></Header>"
        "<LALevel><NumberOfVacancies>1</NumberOfVacancies><RetentionBonus>2</RetentionBonus></LALevel>"
        "<CSWWWorker><SWENo>SW1</SWENo><Sex>F</Sex><BaseSalary>1.00</BaseSalary></CSWWWorker></Message>"
    )
    given = read(WorkforceCensus(), path)
    assert given.left("totals", "RetentionBonus") == 1
    assert others(given) == {"BaseSalary": 1}
    assert given.tables["workforce_snapshot"]["sex"].to_list() == ["F"]


def test_a_census_without_a_year_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_text(
        "<Message><Header><CollectionDetails><Collection>CSWW</Collection></CollectionDetails></Header>"
        "<CSWWWorker><SWENo>SW1</SWENo></CSWWWorker></Message>"
    )
    with pytest.raises(FileRefused, match="which year"):
        WorkforceCensus().open(path)
