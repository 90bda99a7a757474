"""Returns from small hand-made frames, checked cell by cell."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from keyworker.facts.dtypes import INSTANT, schema_of
from keyworker.returns import FORMATS, Line, write
from keyworker.returns.cin_census import census_year, factor_codes
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.errors import KeyworkerError

AT = date(2026, 3, 31)


def frame(table: str, *rows: dict[str, Any], entered_at: datetime | None = None) -> pl.DataFrame:
    """Rows of a described table; columns not given are empty."""
    schema = schema_of(TABLES[table].columns)
    schema["entered_at"] = INSTANT
    return pl.DataFrame([{"entered_at": entered_at, **row} for row in rows], schema=schema)


@pytest.fixture
def frames() -> dict[str, pl.DataFrame]:
    """One family whose names could belong to nobody."""
    return {
        "person": frame(
            "person",
            {"child_id": "K1", "forename": "Ashby", "surname": "Testwood", "sex": "F", "ethnicity": "WBRI",
             "birth_on": date(2015, 4, 2)},
            {"child_id": "K2", "forename": "Bramble", "surname": "Testwood", "sex": "M", "ethnicity": "XXXX"},
        ),
        "cin_episodes": frame(
            "cin_episodes",
            {"referral_id": "R1", "child_id": "K1", "from_on": date(2025, 5, 1), "referral_source_code": "6",
             "primary_need_code": "N1", "referral_nfa": False},
            {"referral_id": "R2", "child_id": "K2", "from_on": date(2019, 5, 1), "to_on": date(2019, 6, 2)},
            {"referral_id": "R3", "child_id": "K1", "from_on": date(2025, 11, 3), "referral_nfa": True,
             "to_on": date(2025, 11, 5), "close_reason": "RC7"},
            {"referral_id": "R4", "child_id": "GONE", "from_on": date(2025, 11, 3)},
        ),
        "cp_plans": frame(
            "cp_plans",
            {"cp_plan_id": "P1", "child_id": "K1", "referral_id": "R1", "from_on": date(2025, 7, 1),
             "to_on": date(2026, 1, 16), "initial_category": "NEG", "latest_category": "EMO"},
        ),
        "cp_reviews": frame("cp_reviews", {"cp_review_id": "V1", "child_id": "K1", "cp_plan_id": "P1",
                                           "happened_on": date(2025, 9, 20)}),
        "cp_visits": frame(
            "cp_visits",
            {"cp_visit_id": "C1", "child_id": "K1", "happened_on": date(2025, 12, 1), "seen": True, "seen_alone": False,
             "outcome": "seen", "worker_id": "W1", "happened_time": time(15, 30)},
            entered_at=datetime(2025, 12, 3, 9, 0, tzinfo=UTC),
        ),
    }  # fmt: skip


def test_an_extract_writes_last_days_flags_times_and_entry_times_under_the_datasets_names(frames, tmp_path: Path):
    write("ssd", frames, AT, tmp_path / "out")
    plans = pl.read_csv(tmp_path / "out" / "ssd_cp_plans.csv", infer_schema=False)
    assert plans["cppl_cp_plan_end_date"].to_list() == ["2026-01-15"]
    visits = pl.read_csv(tmp_path / "out" / "ssd_cp_visits.csv", infer_schema=False).to_dicts()[0]
    assert (visits["cppv_cp_visit_date"], visits["cppv_happened_time"]) == ("2025-12-01", "15:30:00")
    assert (visits["cppv_cp_visit_seen"], visits["cppv_cp_visit_seen_alone"]) == ("Y", "N")
    assert (visits["cppv_worker_id"], visits["cppv_entered_at"]) == ("W1", "2025-12-03T09:00:00Z")


def test_the_census_holds_the_year_and_nothing_after_it(frames, tmp_path: Path):
    written = write("cin", frames, AT, tmp_path / "out")
    tree = etree.parse(str(tmp_path / "out" / "cin_census_2026.xml"))
    assert [one.text for one in tree.findall(".//LAchildID")] == ["K1"]
    assert [one.text for one in tree.findall(".//CINreferralDate")] == ["2025-05-01", "2025-11-03"]
    assert [one.text for one in tree.findall(".//CPPendDate")] == ["2026-01-15"]
    assert [one.text for one in tree.findall(".//CPPreviewDate")] == ["2025-09-20"]
    assert tree.findtext(".//Sex") == "F"
    assert tree.find(".//GenderCurrent") is None
    line = next(one for one in written.reconciliation.lines if one.part == "CINdetails")
    assert (line.rows_in, line.rows_out) == (4, 2)
    assert line.left_out == {"episode is not of this census year": 1, "no such child in the record": 1}


@pytest.mark.parametrize(
    ("at", "ends"), [(date(2026, 3, 30), 2025), (date(2026, 3, 31), 2026), (date(2026, 4, 1), 2026)]
)
def test_the_census_year_is_the_newest_that_has_ended(at: date, ends: int):
    assert census_year(at).ends == ends


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ('["1B","2A"]', ["1B", "2A"]),
        ('{"3C": "Y", "4A": "N"}', ["3C"]),
        ("21", ["21"]),
        (None, []),
        ("1B, 18C", ["1B", "18C"]),
    ],
)
def test_factors_are_read_however_a_source_lists_them(said: str | None, codes: list[str]):
    assert factor_codes(said) == codes


def test_annex_a_holds_the_look_back_and_reconciles_what_it_leaves_out(frames, tmp_path: Path):
    written = write("annex-a", frames, AT, tmp_path / "out")
    book = CalamineWorkbook.from_path(str(tmp_path / "out" / "annex_a_2026-03-31.xlsx"))
    assert book.sheet_names == [f"List {number}" for number in range(1, 12)] + ["Reconciliation"]
    protection = book.get_sheet_by_name("List 7").to_python()
    row = dict(zip(protection[0], protection[1], strict=True))
    assert row["Child Unique ID"] == "K1"
    assert row["Child Protection Plan End Date"] == date(2026, 1, 15)
    assert row["Date of the Last Statutory Visit"] == date(2025, 12, 1)
    assert row["Was the Child Seen Alone?"] == "b) No"
    assert row["Ethnicity"] == "a) WBRI"
    referrals = next(line for line in written.reconciliation.lines if line.part.startswith("List 3"))
    assert (referrals.rows_in, referrals.rows_out, referrals.left_out["no such child in the record"]) == (4, 1, 1)
    assert "Draft" in written.reconciliation.draft


def test_a_formula_in_the_record_leaves_as_text(frames, tmp_path: Path):
    frames["cp_plans"] = frames["cp_plans"].with_columns(pl.lit('=HYPERLINK("x")').alias("latest_category"))
    write("annex-a", frames, AT, tmp_path / "out")
    book = CalamineWorkbook.from_path(str(tmp_path / "out" / "annex_a_2026-03-31.xlsx"))
    assert '=HYPERLINK("x")' in book.get_sheet_by_name("List 7").to_python()[1]


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_record_writes_every_return_and_every_file_is_private(form: str, tmp_path: Path):
    written = write(form, {}, AT, tmp_path / "out")
    assert written.paths
    assert {path.stat().st_mode & 0o777 for path in written.paths} == {0o600}


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(KeyworkerError, match="not empty"):
        write("ssd", {}, AT, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_return_that_fails_leaves_nothing(frames, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setitem(FORMATS, "cin", broken)
    with pytest.raises(RuntimeError):
        write("cin", frames, AT, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_line_that_does_not_add_up_cannot_be_built():
    with pytest.raises(ValueError, match="3 in is not 1 out"):
        Line("x", 3, 1, {"why": 1})
