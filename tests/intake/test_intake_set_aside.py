"""Rows that cannot be trusted: set aside with their values, mended, and never taken for vanished."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import psycopg
import pytest

from keyworker.intake import listing, mending
from keyworker.vocabulary.errors import KeyworkerError
from tests.intake.loading import Load, Row, counts, current, many, visits


def test_exact_duplicates_are_unchanged_and_clashing_rows_are_all_set_aside(
    loader: psycopg.Connection, take: Load, tmp_path: Path
) -> None:
    rows: list[Row] = [
        ("A", "CHILD-1", "2024-01-01", "seen"),
        ("A", "CHILD-1", "2024-01-01", "seen"),
        ("B", "CHILD-1", "2024-01-02", "seen"),
        ("B", "CHILD-2", "2024-01-02", "seen"),
        ("B", "CHILD-1", "2024-01-02", "seen"),
        ("C", "CHILD-1", "2024-01-03", "seen"),
    ]
    report = take(visits(tmp_path / "in" / "a.csv", rows))
    assert counts(report) == (6, 2, 0, 0, 1, 3)
    assert set(current(loader)) == {"A", "C"}
    with loader.transaction():
        aside = loader.execute(
            "select row_number, column_name, reason, raw from record.set_aside order by 1"
        ).fetchall()
    assert [row[0] for row in aside] == [4, 5, 6]
    assert all(row[1] == "cin_visit_id" and "says otherwise" in row[2] for row in aside)
    assert aside[1][3]["child_id"] == "CHILD-2"


def test_a_row_set_aside_has_not_vanished(loader: psycopg.Connection, take: Load, tmp_path: Path) -> None:
    rows = many(50)
    take(visits(tmp_path / "in" / "a.csv", rows))
    rows[3] = ("V3", "CHILD-3", "31/02/2024", "seen")
    rows += [("V4", "CHILD-9", "2024-01-05", "seen")]
    report = take(visits(tmp_path / "in" / "b.csv", rows))
    assert counts(report) == (51, 0, 0, 0, 48, 3)
    assert len(current(loader)) == 50


def test_a_row_of_the_wrong_width_has_not_vanished(loader: psycopg.Connection, take: Load, tmp_path: Path) -> None:
    rows = many(50)
    take(visits(tmp_path / "in" / "a.csv", rows))
    path = visits(tmp_path / "in" / "b.csv", rows)
    text = path.read_text().replace("V3,CHILD-3,2024-01-04,seen", "V3,CHILD-3,2024-01-04,seen,at home")
    path.write_text(text.replace("V4,CHILD-4,2024-01-05,seen", 'V4,CHILD-4,2024-01-05,"seen'))
    assert counts(take(path)) == (50, 0, 0, 0, 48, 2)
    assert len(current(loader)) == 50


def test_rows_set_aside_can_be_mended_and_loaded_again(loader: psycopg.Connection, take: Load, tmp_path: Path) -> None:
    rows = many(50)
    rows[3] = ("V3", "CHILD-3", "31/02/2024", "seen")
    rows[4] = ("V4", "CHILD-4", "30/02/2024", "seen")
    first = take(visits(tmp_path / "in" / "a.csv", rows))
    number, written = mending.write_out(loader, None, tmp_path / "mend.csv")
    assert (number, written) == (first.act_id, [(tmp_path / "mend.csv", 2)])
    text = (tmp_path / "mend.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[0].startswith("cinv_cin_visit_id,cinv_person_id,cinv_cin_visit_date,")
    assert "keyworker_remedy" in text
    mended = tmp_path / "mended.csv"
    mended.write_text(text.replace("V3,CHILD-3,31/02/2024", "V3,CHILD-3,29/02/2024"))
    report = take(mended, mends=number)
    assert counts(report) == (2, 1, 0, 0, 0, 1)
    assert len(current(loader)) == 49
    assert [one.to_mend for one in listing.loads(loader)] == [0, 1]  # the other waits where it was last set aside


def test_a_row_of_a_return_is_mended_as_a_row_of_the_pack(
    loader: psycopg.Connection, take: Load, tmp_path: Path, shared: Path
) -> None:
    """A census is XML; what it set aside comes back as a CSV under the vocabulary's names, and stays the census's."""
    first = take(shared / "data" / "samples_cin_census" / "CIN_Census_2021.xml")
    assert counts(first, "person")[5] == 1
    mending.write_out(loader, first.act_id, tmp_path / "mend.csv")
    text = (tmp_path / "mend.csv").read_text(encoding="utf-8-sig")
    assert "1066-04-13" in text
    (tmp_path / "mend.csv").write_text(text.replace("1066-04-13,", "2022-04-13,", 1))
    report = take(tmp_path / "mend.csv", mends=first.act_id)
    assert (report.format, report.source) == ("pack", "cin-census")
    assert counts(report, "person") == (1, 1, 0, 0, 0, 0)
    assert [one.to_mend for one in listing.loads(loader)] == [0, 0]


def test_mending_a_load_that_never_was_is_refused(take: Load, tmp_path: Path) -> None:
    with pytest.raises(KeyworkerError, match="no such load"):
        take(visits(tmp_path / "in" / "a.csv", many(2)), mends=99)


def test_a_row_of_the_wrong_width_comes_out_with_its_values_and_can_be_mended(
    loader: psycopg.Connection, take: Load, tmp_path: Path
) -> None:
    path = visits(tmp_path / "in" / "a.csv", many(3))
    path.write_text(path.read_text() + "V9,CHILD-9,2024-02-01,seen,at home\n" + 'V10,CHILD-3,2024-02-02,"seen\n')
    first = take(path)
    assert counts(first) == (5, 3, 0, 0, 0, 2)
    mending.write_out(loader, None, tmp_path / "mend.csv")
    text = (tmp_path / "mend.csv").read_text(encoding="utf-8-sig")
    (wide, open_ended) = csv.DictReader(io.StringIO(text))
    assert (wide["cinv_cin_visit_id"], wide["cinv_outcome"]) == ("V9", "seen")
    assert wide["keyworker_value"] == "V9,CHILD-9,2024-02-01,seen,at home"
    assert open_ended["cinv_outcome"] == '"seen'
    (tmp_path / "mend.csv").write_text(text.replace('"""seen"', "seen"))
    assert counts(take(tmp_path / "mend.csv", mends=first.act_id)) == (2, 2, 0, 0, 0, 0)
    assert current(loader)["V10"] == ("CHILD-3", date(2024, 2, 2), "seen")
    assert [one.to_mend for one in listing.loads(loader)] == [0, 0]


def test_a_worker_without_a_sound_registration_number_comes_out_with_every_value_and_can_be_mended(
    loader: psycopg.Connection, take: Load, tmp_path: Path
) -> None:
    path = tmp_path / "workers.csv"
    path.write_text(
        "YEAR,SWENo,AgencyWorker,FTE,Cases30,RoleStartDate,QualInst\n"
        "2022,SW11,0,1.0,16,2020-01-05,Fiction University\n"
        "2022,SW12_BAD,1,0.6,9,2021-03-01,Made-up College\n"
        "2022,SW13,0,0.5,11,2019-07-01\n"
    )
    first = take(path)
    assert counts(first, "workforce_snapshot") == (3, 1, 0, 0, 0, 2)
    mending.write_out(loader, first.act_id, tmp_path / "mend.csv")
    text = (tmp_path / "mend.csv").read_text(encoding="utf-8-sig")
    bad, narrow = sorted(csv.DictReader(io.StringIO(text)), key=lambda row: row["worker_id"])
    held = ("worker_id", "happened_on", "agency_worker", "fte", "cases", "contract_from_on", "other_json")
    assert [bad[name] for name in held] == [
        "SW12_BAD", "2022-09-30", "1", "0.6", "9", "2021-03-01", '{"QualInst":"Made-up College"}',
    ]  # fmt: skip
    assert [narrow[name] for name in held] == ["SW13", "2022-09-30", "0", "0.5", "11", "2019-07-01", ""]
    (tmp_path / "mend.csv").write_text(text.replace("SW12_BAD", "SW12"))
    report = take(tmp_path / "mend.csv", mends=first.act_id)
    assert (report.source, counts(report, "workforce_snapshot")) == ("workforce-census", (2, 2, 0, 0, 0, 0))
    assert [one.to_mend for one in listing.loads(loader)] == [0, 0]


def test_a_row_set_aside_cannot_run_in_a_spreadsheet_and_comes_back_as_it_was(
    loader: psycopg.Connection, take: Load, tmp_path: Path
) -> None:
    path = visits(tmp_path / "in" / "a.csv", [("=1+1", "CHILD-1", "31/02/2024", "=cmd()")])
    number = take(path).act_id
    mending.write_out(loader, number, tmp_path / "mend.csv")
    text = (tmp_path / "mend.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[1].startswith("'=1+1,CHILD-1,31/02/2024,'=cmd()")
    (tmp_path / "mend.csv").write_text(text.replace("CHILD-1,31/02", "CHILD-1,29/02"))
    take(tmp_path / "mend.csv", mends=number)
    assert current(loader) == {"=1+1": ("CHILD-1", date(2024, 2, 29), "=cmd()")}


def test_several_rows_of_one_element_are_each_counted_and_kept(
    loader: psycopg.Connection, take: Load, tmp_path: Path
) -> None:
    """A child of a payload has one number and many rows: each that is wrong or clashes is set aside."""
    days = [
        ("A1", "31/02/2024"),
        ("A2", "2024-02-31"),
        ("A3", "2024-01-03"),
        ("A4", "2024-01-04"),
        ("A4", "2024-01-05"),
    ]
    parts = [{"child_and_family_assessment_id": name, "start_date": day} for name, day in days]
    episode = {"social_care_episode_id": "E1", "referral_date": "2024-01-01", "child_and_family_assessments": parts}
    path = tmp_path / "children.json"
    path.write_text(json.dumps([{"la_child_id": "C1", "child_details": {}, "social_care_episodes": [episode]}]))
    assert counts(take(path), "cin_assessments") == (5, 1, 0, 0, 0, 4)
    with loader.transaction():
        aside = loader.execute(
            "select row_number, raw ->> 'assessment_id', raw ->> 'from_on' from record.set_aside order by 1, 2, 3"
        ).fetchall()
    assert aside == [(1, name, day) for name, day in days if name != "A3"]
