"""Each sample of a statutory format goes from its file into the record, and a second time adds nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from keyworker.intake.load import load_paths
from keyworker.intake.report import LoadReport
from keyworker.record.connect import DatabaseRole
from tests.servers.started import Database

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
SOURCES = [
    "samples_cin_census/CIN_Census_2021.xml",
    "samples_cin_census/CIN_Census_2024.xml",
    "samples_cin_census/CIN_header_issues_100.xml",
    "samples_cin_census/fake_CIN_data_part1.xml",
    "samples_cin_census/liia_cin-2022_three_children.xml",
    "samples_cin_census/csv",
    "samples_ssda903/set_a",
    "samples_ssda903/set_b",
    "samples_ssda903/set_b/fake_903.xml",
    "samples_ssda903/five_years",
    "samples_annex_a/Annex_A.xlsx",
    "samples_annex_a/Annex_A_2022-06.xlsx",
    "samples_workforce_census/csww_sample.xml",
    "samples_workforce_census/flat",
    "samples_dfe_api_json/children_full_and_partial.json",
]
SEVERAL = {"samples_ssda903/five_years", "samples_workforce_census/flat"}  # an older one after a newer is a change


@pytest.mark.parametrize("name", SOURCES)
def test_a_sample_is_loaded_once_and_a_second_time_changes_nothing(
    database: Database, shared: Path, tmp_path: Path, name: str
) -> None:
    path = shared / "data" / name
    with database.connect(DatabaseRole.LOADER) as connection:

        def load() -> list[LoadReport]:
            reports = load_paths(
                [path], connection=connection, home=tmp_path / "home", now=NOW, author="Tess Ting", allow_ending=True
            )
            for report in reports:
                assert sum(counts.read for counts in report.tables.values()) > 0
                for counts in report.tables.values():
                    assert counts.read == counts.added + counts.changed + counts.unchanged + counts.set_aside
            return reports

        first = load()
        if name not in SEVERAL:
            assert not any(report.changed_nothing for report in first)
            assert all(report.changed_nothing for report in load())
