"""Folders as analysts keep them: several kinds of file side by side, and things that are no data at all."""

from __future__ import annotations

from pathlib import Path

from tests.blackbox.conftest import Analyst

VISITS = "cinv_cin_visit_id,cinv_person_id,cinv_cin_visit_date\nV1,CHILD-1,2024-01-01\n"
PERSON = "pers_person_id,pers_dob\nCHILD-1,2015-02-03\n"
UASC = "CHILD,SEX,DOB,DUC\nCHILD-1,1,01/02/2010,01/02/2028\n"


def test_every_file_of_a_mixed_folder_is_loaded_or_named(analyst: Analyst, shared: Path) -> None:
    """A census, a workbook and a return beside an extract are loaded too; what nobody knows is named."""
    analyst.writes("in/ssd_person.csv", PERSON)
    analyst.writes("in/below/ssd_cin_visits.csv", VISITS)
    analyst.writes("in/below/uasc.csv", UASC)
    analyst.writes("in/letter.docx", "no data at all")
    analyst.writes("in/notes.txt", "ring them back")
    analyst.writes("in/.hidden", "of the machine, not of the analyst")
    (analyst.folder / "in/census.xml").write_bytes((shared / "data/samples_cin_census/liia_cin-2022.xml").read_bytes())
    reports = analyst.loads("in")
    assert {report["format"] for report in reports} == {"ssd", "ssda903", "cin-census"}
    assert {file for report in reports for file in report["files"]} == {
        "ssd_person.csv", "ssd_cin_visits.csv", "uasc.csv", "census.xml",
    }  # fmt: skip
    notes = [note for report in reports for note in report["notes"] if "left out:" in note]
    assert "letter.docx was left out: nobody here knows what this is." in notes
    assert "notes.txt was left out: nobody here knows what this is." in notes
    assert not any("uasc" in note or "hidden" in note for note in notes)


def test_folders_that_hold_nothing_are_told_apart(analyst: Analyst) -> None:
    (analyst.folder / "empty").mkdir()
    analyst.writes("strange/letter.docx", "no data at all")
    assert "There is no file in this folder." in analyst.types("load", "empty", expect=2).stderr
    assert "Nothing in this folder is known." in analyst.types("load", "strange", expect=2).stderr
    assert "neither a file nor a folder" in analyst.types("load", "/dev/null", expect=2).stderr


def test_nothing_added_says_why(analyst: Analyst) -> None:
    """A file whose rows are all set aside is not one that the record held already."""
    heading, row = VISITS.splitlines()
    analyst.writes("bad.csv", f"{heading}\n{row.replace('2024-01-01', 'soon')}\n")
    assert "Every row was set aside; nothing was added." in analyst.types("load", "bad.csv").stdout
    analyst.writes("none.csv", heading + "\n")
    assert "It holds no rows" in analyst.types("load", "none.csv").stdout
    analyst.writes("good.csv", VISITS)
    analyst.types("load", "good.csv")
    assert "held all of this already" in analyst.types("load", "good.csv").stdout
    analyst.writes("both.csv", f"{heading}\n{row}\nV2,CHILD-1,soon\n")
    assert "held the rest already" in analyst.types("load", "both.csv").stdout
