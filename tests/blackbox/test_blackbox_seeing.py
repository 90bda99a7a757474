"""What the reading commands print: whole identifiers, a word when nobody is found, no file written over."""

from __future__ import annotations

from pathlib import Path

import pytest

import keyworker as kw
from keyworker.vocabulary.errors import KeyworkerError
from tests.blackbox.conftest import Analyst

PERSON = "pers_person_id,pers_dob\nMADE-UP-CHILD-0001,2015-02-03\n"
EPISODE = (
    "cine_referral_id,cine_person_id,cine_referral_date,cine_close_date\n"
    + "MADE-UP-REFERRAL-1,MADE-UP-CHILD-0001,2024-01-05,\n"
)
INVOLVEMENT = (
    "invo_involvements_id,invo_professional_id,invo_professional_role_id,invo_professional_team,"
    "invo_involvement_start_date,invo_involvement_end_date,invo_worker_change_reason,invo_person_id,invo_referral_id\n"
    "I1,MADE-UP-WORKER-01,Social Worker,T1,2024-01-06,,,MADE-UP-CHILD-0001,MADE-UP-REFERRAL-1\n"
)
AT = ("--at", "2024-03-31")


@pytest.fixture
def with_a_child(analyst: Analyst, monkeypatch: pytest.MonkeyPatch) -> Analyst:
    monkeypatch.delenv("COLUMNS", raising=False)
    analyst.writes("in/ssd_person.csv", PERSON)
    analyst.writes("in/ssd_cin_episodes.csv", EPISODE)
    analyst.writes("in/ssd_involvements.csv", INVOLVEMENT)
    analyst.loads("in")
    return analyst


def test_identifiers_are_whole_in_a_file_and_on_a_narrow_screen(
    with_a_child: Analyst, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "MADE-UP-CHILD-0001" in with_a_child.types("children", *AT).stdout
    monkeypatch.setenv("COLUMNS", "80")
    shown = with_a_child.types("children", *AT).stdout
    assert "MADE-UP-CHILD-0001" in shown
    assert "1 row." in shown
    assert "…" not in with_a_child.types("service", *AT).stdout


def test_a_name_that_nobody_bears_is_said_beside_the_empty_answer(with_a_child: Analyst) -> None:
    said = with_a_child.types("children", *AT, "--district", "Nowhere", "--format", "csv")
    assert "No open child is found for district Nowhere" in said.stderr
    assert len(said.stdout.splitlines()) == 1
    assert "No child is open" in with_a_child.types("children", "--at", "1990-01-01").stderr


def test_twelve_months_that_end_with_a_month_begin_with_one(with_a_child: Analyst) -> None:
    """The year to 31 March begins on 1 April, not some days before it."""
    assert "1 April 2023 to 31 March 2024" in with_a_child.types("service", *AT, "--format", "csv").stdout


def test_a_workbook_that_somebody_may_have_filled_in_is_not_written_over(with_a_child: Analyst) -> None:
    with_a_child.types("map")
    before = (with_a_child.folder / "keyworker-meanings.xlsx").read_bytes()
    assert "may hold what you filled in" in with_a_child.types("map", expect=2).stderr
    assert (with_a_child.folder / "keyworker-meanings.xlsx").read_bytes() == before


def test_a_file_that_others_could_read_is_closed_to_them_when_it_is_written_over(with_a_child: Analyst) -> None:
    out = with_a_child.writes("children.csv", "an older one")
    out.chmod(0o644)
    with_a_child.types("children", *AT, "--format", "csv", "--out", out)
    assert out.stat().st_mode & 0o777 == 0o600
    assert "MADE-UP-CHILD-0001" in out.read_text()


def test_a_load_that_stops_names_a_few_files_and_how_many_more(with_a_child: Analyst) -> None:
    for name in ("person", "cin_episodes", "involvements"):
        path = with_a_child.folder / f"in/ssd_{name}.csv"
        path.write_text(path.read_text().splitlines()[0] + "\n")
    with_a_child.writes("in/ssd_cin_visits.csv", "cinv_cin_visit_id,cinv_person_id,cinv_cin_visit_date\n")
    said = with_a_child.types("load", "in", expect=2).stderr
    assert "and 1 more files" in said.replace("\n", " ")


def test_python_makes_no_record_of_a_mistyped_path(tmp_path: Path) -> None:
    with pytest.raises(KeyworkerError, match="no such folder"):
        kw.open(tmp_path / "snapshot-mistyped", purpose="a test")
    assert not (tmp_path / "snapshot-mistyped").exists()
