"""A file that no reader knows is refused with what it seems to be, what is wrong with it and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from keyworker.intake.recognise import recognised
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.errors import FileRefused
from tests.intake.test_readers_cin_census import census, child

CENSUS = census(child("MADEUP1", ""))


def refusal(path: Path) -> FileRefused:
    with pytest.raises(FileRefused) as error:
        for one in recognised(path, path.parent):
            list(one.open().batches)
    return error.value


def written(folder: Path, text: str | bytes, name: str = "given.xml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_census_that_breaks_off_is_called_a_census_with_the_place_at_which_it_does(
    tmp_path: Path, encoding: str
) -> None:
    short = CENSUS[: CENSUS.index("MADEUP1") + 3]
    said = refusal(written(tmp_path, short.encode(encoding)))
    assert said.what.startswith("This is a CIN census. The file breaks off inside <LAchildID>")
    assert "within <Message>: it was cut short." in said.what
    assert said.where == f"given.xml, line {short.count(chr(10)) + 1}"
    assert "Export it again" in said.remedy and "MADE" not in str(said)


def test_a_census_that_is_whole_and_wrong_inside_is_not_said_to_break_off(tmp_path: Path) -> None:
    assert "not well-formed" in refusal(written(tmp_path, CENSUS.replace("</LAchildID>", "</Another>", 1))).what


def test_xml_that_breaks_off_before_it_says_what_it_is_is_called_xml(tmp_path: Path) -> None:
    said = refusal(written(tmp_path, "<Message>\n  <Header>\n    <Coll"))
    assert said.what.startswith("This is XML that begins with <Message>, and it breaks off before")
    assert said.where == "given.xml, line 3"
    assert "breaks off" in refusal(written(tmp_path, "<Mess")).what


def test_another_collection_is_named(tmp_path: Path) -> None:
    said = refusal(written(tmp_path, "<Message><Header><Collection>School Census</Collection></Header></Message>"))
    assert said.what == (
        "This is XML that begins with <Message> of the collection School Census, which no return read here is."
    )
    assert "a CIN census" in said.remedy


def test_rows_without_a_heading_are_said_to_have_none_with_the_tables_that_are_as_wide(tmp_path: Path) -> None:
    person = [column.ssd for column in TABLES["person"].columns if column.ssd]
    row = ["MADEUP1", "Imagined", "2015-03-04", *("x" for _ in person[3:])]
    said = refusal(written(tmp_path, f"{','.join(row)}\n" * 3, "people.csv"))
    assert said.what == (
        f"These are rows of {len(person)} columns without a heading: the first row holds values, no names of columns."
    )
    assert said.where == "people.csv, row 1"
    assert "in the first row" in said.remedy and "person" in said.remedy.split("Looked for")[0]
    assert "MADEUP1" not in str(said) and "Imagined" not in str(said)


def test_a_heading_that_nobody_knows_is_not_taken_for_values_nor_repeated(tmp_path: Path) -> None:
    said = refusal(written(tmp_path, "apples,pears,plums\nmany,few,none\n", "orchard.csv"))
    assert said.what == (
        "These are rows of 3 columns, and the first row is the heading of no table that is known here."
    )
    assert "apples" not in str(said)


def test_a_width_that_no_table_has_is_said_so(tmp_path: Path) -> None:
    said = refusal(written(tmp_path, f"{','.join(['1'] * 400)}\n", "wide.csv"))
    assert "No table that is read here has just so many columns." in said.remedy


def test_a_folder_in_which_nothing_is_known_says_what_its_files_seem_to_be(tmp_path: Path) -> None:
    folder = tmp_path / "extract"
    folder.mkdir()
    written(folder, "MADEUP1,2015-03-04,M\n", "a.csv")
    written(folder, "<Message><Header>", "b.xml")
    said = refusal(folder)
    assert said.what == "Nothing in this folder is known."
    assert "a.csv: these are rows of 3 columns without a heading" in said.remedy
    assert "b.xml: this is XML that begins with <Message>, and it breaks off" in said.remedy
