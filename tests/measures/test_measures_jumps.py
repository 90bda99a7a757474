"""Implausible jumps, on the published series that shows why they must be challenged."""

import csv
from pathlib import Path

import pytest

from keyworker.measures.jumps import implausible


def test_the_published_caseload_of_2020_is_challenged_and_no_other_year(shared: Path):
    with (shared / "data/dfe_workforce/csww_indicators_2017_to_2024.csv").open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["new_la_code"] == "E10000003"]
    series = sorted((int(row["time_period"]), float(row["caseload_fte"])) for row in rows)
    found = implausible([value for _, value in series])
    assert [series[at][0] for at in found] == [2020]


@pytest.mark.parametrize(
    "series",
    [[10, 10, 20, 20, 20], [10, 11, 12, 13, 14], [10, 50], [None, 10, None], [10, None, 10], [0, 0, 0]],
)
def test_a_lasting_change_a_slope_or_too_little_is_not_challenged(series: list[float | None]):
    assert implausible(series) == []


def test_a_single_month_that_vanishes_is_challenged():
    assert implausible([100, 102, 3, 101, 99]) == [2]
