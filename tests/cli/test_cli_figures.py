"""`keyworker figures`: published figures at the command line, without a record."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from keyworker.cli import app
from keyworker.vocabulary.errors import KeyworkerError


def said(*arguments: str) -> str:
    found = CliRunner().invoke(app, ["figures", *arguments], catch_exceptions=False, env={"COLUMNS": "300"})
    assert found.exit_code == 0
    return found.output


@pytest.fixture(autouse=True)
def no_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A data folder that is not there, and is still not there afterwards."""
    home = tmp_path / "nowhere"
    monkeypatch.setenv("KEYWORKER_HOME", str(home))
    yield
    assert not home.exists()


def test_the_list_says_which_measures_have_figures_and_why_others_have_none():
    rows = {row["id"]: row for row in json.loads(said("--json"))}
    assert rows["cin-rate-31-march"]["years"] == "2013 to 2024"
    assert rows["sw-base-salary"]["reason"].startswith("no file by council")


def test_a_council_without_a_measure_shows_its_last_figure_of_each():
    rows = {row["id"]: row for row in json.loads(said("--council", "873", "--json"))}
    assert len(rows) == 72
    found = rows["cin-rate-31-march"]
    names = ("value", "england", "neighbours_low", "neighbours_high")
    assert [found[name] for name in names] == [232.5, 332.9, 198.8, 341.1]
    # Of ten neighbours nine have a figure, which add up to 2,489.8.
    assert (found["neighbours_known"], found["neighbours_mean"]) == (9, 276.64)


def test_a_council_stands_beside_whom_it_was_asked_to():
    rows = list(
        csv.DictReader(io.StringIO(said("cpp-rate", "--council", "873", "--with", "england", "--format", "csv")))
    )
    assert [row["area"] for row in rows] == ["Cambridgeshire"] * 12 + ["England"] * 12
    assert rows[11] == {
        "measure": "cpp-rate",
        "band": "",
        "code": "873",
        "area": "Cambridgeshire",
        "level": "council",
        "of": "council",
        "close": "",
        "year": "2024",
        "day": "2024-03-31",
        "value": "27.9",
        "symbol": "",
        "why": "",
        "numerator": "389",
        "denominator": "139191",
        "unit": "per 10,000",
        "worked_out": "false",
        "release": "Characteristics of children in need, 2013 to 2024",
    }


def test_the_screen_says_what_a_symbol_means_the_source_and_the_licence():
    shown = said("cin-rate-31-march", "--council", "Hampshire", "--year", "2024")
    assert "u: not published: low reliability." in shown
    assert "Open Government Licence v3.0" in shown
    assert "published October 2024" in shown
    assert shown.index("Bracknell Forest") < shown.index("Gloucestershire") < shown.index("Wiltshire")


def test_a_file_holds_every_area(tmp_path: Path):
    said("cla-31-march", "--format", "parquet", "--out", str(tmp_path / "cla.parquet"))
    held = pl.read_parquet(tmp_path / "cla.parquet")
    assert held.filter((pl.col("level") == "council") & (pl.col("year") == 2024)).height >= 153


def test_a_year_without_a_figure_says_which_there_are():
    with pytest.raises(KeyworkerError) as refused:
        said("cpp-rate", "--council", "873", "--year", "2001")
    assert refused.value.remedy == "It has figures for 2013 to 2024."
