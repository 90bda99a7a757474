"""The extract as councils' scripts write it: every encoding, separator, heading and fault that they are known for."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from keyworker.intake import csv_rows
from keyworker.intake.contract import ENTERED, ROW
from keyworker.intake.formats.ssd import READERS
from keyworker.intake.recognise import recognised
from keyworker.vocabulary.errors import FileRefused
from tests.intake.reading import Aside, asides, trusted

SSD, PACK = READERS
HEADING = "cinv_cin_visit_id,cinv_person_id,cinv_cin_visit_date,cinv_cin_visit_seen"
ROWS = "V1,CHILD-é,2024-03-01,Y\nV2,CHILD-2,2024-03-02,N\n"


def write(folder: Path, content: str | bytes, name: str = "extract.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(path: Path) -> tuple[list[dict[str, object]], list[Aside]]:
    items = list(SSD.open(path).batches)
    rows = [row for item in items for row in trusted(item).frame.iter_rows(named=True)]
    return rows, [aside for item in items for aside in asides(item)]


ENCODINGS = {
    "utf-8": b"",
    "utf-8 with a mark": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-16-le without a mark": b"",
    "utf-16-be without a mark": b"",
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
    "cp1252": b"",
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_every_encoding_and_separator_gives_the_same_rows(
    tmp_path: Path, encoding: str, separator: str, ending: str
) -> None:
    text = f"{HEADING}\n{ROWS}".replace(",", separator).replace("\n", ending)
    path = write(tmp_path, ENCODINGS[encoding] + text.encode(encoding.split()[0]))
    assert SSD.recognises(path)
    rows, aside = read(path)
    assert not aside
    assert [(row[ROW], row["cin_visit_id"], row["child_id"], row["seen"]) for row in rows] == [
        (2, "V1", "CHILD-é", "Y"),
        (3, "V2", "CHILD-2", "N"),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        HEADING,
        HEADING.upper(),
        "ssd_" + HEADING.replace(",", ",ssd_"),
        '"' + HEADING.replace(",", '","') + '"',
        HEADING.replace("_", " ").title(),
        "sep=,\n" + HEADING,
    ],
)
def test_a_heading_may_be_written_in_other_ways(tmp_path: Path, heading: str) -> None:
    rows, aside = read(write(tmp_path, f"{heading}\n{ROWS}"))
    assert [row["cin_visit_id"] for row in rows] == ["V1", "V2"]
    assert not aside


@pytest.mark.parametrize("name", ["ssd_cin_visits.csv", "Fictionshire_20240301_CIN.csv", "a", "contacts.csv", "x.TXT"])
def test_a_table_is_known_by_its_columns_whatever_its_file_is_called(tmp_path: Path, name: str) -> None:
    write(tmp_path, f"{HEADING}\n{ROWS}", name)
    assert SSD.open(tmp_path).scope.tables == {"cin_visits"}


def test_columns_that_the_dataset_lacks_go_under_its_prefix(tmp_path: Path) -> None:
    heading = f"{HEADING},cinv_worker_id,cinv_outcome,cinv_entered_at"
    rows, _ = read(write(tmp_path, f"{heading}\nV1,C1,2024-03-01,Y,W1,seen,2024-03-02T10:00:00\n"))
    assert (rows[0]["worker_id"], rows[0]["outcome"], rows[0][ENTERED]) == ("W1", "seen", "2024-03-02T10:00:00")


def test_unknown_columns_are_counted_and_named(tmp_path: Path) -> None:
    opened = SSD.open(write(tmp_path, f"{HEADING},Local Colour,local_2\nV1,C1,2024-03-01,Y,red,\n"))
    assert "extract.csv: 2 unknown columns left out: Local Colour, local_2." in opened.notes


def test_missing_tables_are_named_and_are_not_in_the_scope(tmp_path: Path) -> None:
    write(tmp_path, f"{HEADING}\n{ROWS}")
    opened = SSD.open(tmp_path)
    assert any("Not in this extract: person" in note for note in opened.notes)
    assert opened.scope.tables == {"cin_visits"}
    assert opened.scope.whole


def test_a_file_that_is_no_table_is_named_and_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "extract"
    folder.mkdir()
    write(folder, f"{HEADING}\n{ROWS}")
    write(folder, "fruit,colour\npear,green\n", "orchard.csv")
    write(folder, b"", "ssd_person.csv")
    (found,) = recognised(folder, tmp_path)
    notes = found.open().notes
    seems = "these are rows of 2 columns, and the first row is the heading of no table that is known here."
    assert f"orchard.csv was left out: {seems}" in notes
    assert "ssd_person.csv was left out: it is empty." in notes


def test_a_heading_without_rows_is_a_table_that_is_present(tmp_path: Path) -> None:
    for content in (HEADING, HEADING + "\n", HEADING + "\r\n"):
        path = write(tmp_path, content)
        assert SSD.open(path).scope.tables == {"cin_visits"}
        assert read(path) == ([], [])


def test_null_words_and_empty_lines_are_nothing(tmp_path: Path) -> None:
    rows, aside = read(write(tmp_path, f"{HEADING}\nV1,C1,2024-03-01,NULL\n\n,,,\nV2,C2,2024-03-02,\n"))
    assert [(row[ROW], row["seen"]) for row in rows] == [(2, None), (5, None)]
    assert not aside


def test_a_value_may_hold_separators_quotation_marks_and_lines(tmp_path: Path) -> None:
    content = f'{HEADING},cinv_reason\nV1,C1,2024-03-01,Y,"one, ""two""\nthree"\nV2,C2,2024-03-02,N,plain\n'
    rows, _ = read(write(tmp_path, content))
    assert [(row[ROW], row["reason"]) for row in rows] == [(2, 'one, "two"\nthree'), (3, "plain")]


def test_a_ragged_row_is_set_aside_whole_and_the_numbers_stay_right(tmp_path: Path) -> None:
    rows, aside = read(
        write(tmp_path, f"{HEADING}\nV1,C1,2024-03-01,Y\nV2,C2\nV3,C3,2024-03-03,Y,extra\nV4,C4,2024-03-04,N\n")
    )
    assert [(row[ROW], row["cin_visit_id"]) for row in rows] == [(2, "V1"), (5, "V4")]
    assert [(one.row, one.text) for one in aside] == [(3, "V2,C2"), (4, "V3,C3,2024-03-03,Y,extra")]
    assert [(one.values["cin_visit_id"], one.values["seen"]) for one in aside] == [("V2", None), ("V3", "Y")]
    assert all("columns" in one.reason and one.remedy for one in aside)


def test_numbers_stay_right_across_blocks_and_ragged_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_rows, "BLOCK", 200)
    lines = [f"V{number},C{number},2024-03-01,Y{',odd' * (number % 7 == 0)}" for number in range(2, 300)]
    rows, aside = read(write(tmp_path, HEADING + "\n" + "\n".join(lines) + "\n"))
    assert len(rows) + len(aside) == 298
    assert all(row["cin_visit_id"] == f"V{row[ROW]}" for row in rows)
    assert all(one.text.startswith(f"V{one.row},") for one in aside)


def test_a_file_whose_rows_hardly_ever_fit_its_heading_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_rows, "MOST_RAGGED", 10_000)
    with pytest.raises(FileRefused, match="wider or narrower"):
        read(write(tmp_path, HEADING + "\n" + "V1,C1\n" * 5_000))


def test_a_row_that_never_ends_is_refused_without_reading_it_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_rows, "BLOCK", 1 << 16)
    path = write(tmp_path, f"{HEADING}\nV1,C1,2024-03-01,{'x' * 500_000}\n")
    with pytest.raises(FileRefused, match="A row is longer than 65,536 bytes"):
        read(path)


def test_a_table_without_what_tells_its_rows_apart_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="has no column cinv_cin_visit_id"):
        SSD.open(write(tmp_path, "cinv_person_id,cinv_cin_visit_date,cinv_cin_visit_seen\nC1,2024-03-01,Y\n"))


def test_a_column_that_the_heading_names_twice_is_read_where_both_agree(tmp_path: Path) -> None:
    path = write(
        tmp_path, f"{HEADING},CINV_person_id\nV1,C1,2024-03-01,Y,C1\nV2,,2024-03-02,Y,C2\nV3,C3,2024-03-03,N,C4\n"
    )
    rows, aside = read(path)
    assert [(row["cin_visit_id"], row["child_id"]) for row in rows] == [("V1", "C1"), ("V2", "C2")]
    assert [(one.row, one.text) for one in aside] == [(4, "C3 | C4")]
    assert "the two differ" in aside[0].reason
    assert any("names CINV_person_id more than once" in note for note in SSD.open(path).notes)


def test_lines_that_repeat_the_heading_are_no_rows(tmp_path: Path) -> None:
    opened = SSD.open(write(tmp_path, f"{HEADING}\n---,----,--,---\n{ROWS}{HEADING.upper()}\nV3,C3,2024-03-03,N\n"))
    rows = [(row[ROW], row["cin_visit_id"]) for item in opened.batches for row in item.frame.iter_rows(named=True)]
    assert rows == [(3, "V1"), (4, "V2"), (6, "V3")]
    assert "extract.csv: 2 more lines of headings passed over." in opened.notes


def test_a_few_bytes_that_stand_for_nothing_do_not_make_a_file_of_utf_8_another(tmp_path: Path) -> None:
    content = (
        f"{HEADING}\nV1,CHILD-é,2024-03-01,Y\nV2,CHILD-ü,2024-03-02,N\n".encode() + b"V3,CHILD-\xff,2024-03-03,N\n"
    )
    path = write(tmp_path, content)
    rows, aside = read(path)
    assert [row["child_id"] for row in rows] == ["CHILD-é", "CHILD-ü", "CHILD-\ufffd"]
    assert not aside
    assert "extract.csv: 1 byte stands for no character; each was replaced by \ufffd." in SSD.open(path).notes


US_DAYS = ["V1,C1,02/28/2024,Y", "V2,C1,03/04/2024,Y", "V3,C1,12/31/23 09:30,Y"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_days_written_month_first_are_read_so_where_some_can_be_read_in_no_other_way(
    tmp_path: Path, encoding: str
) -> None:
    opened = SSD.open(write(tmp_path, "\n".join([HEADING, *US_DAYS, ""]).encode(encoding)))
    (frame,) = (item.frame for item in opened.batches)
    assert frame["happened_on"].to_list() == ["28/02/2024", "04/03/2024", "31/12/23 09:30"]
    assert any("written month first, such as 12/31/2023, and were read so" in note for note in opened.notes)


def test_days_of_both_kinds_in_one_file_are_read_day_first_and_said_to_be_mixed(tmp_path: Path) -> None:
    opened = SSD.open(write(tmp_path, "\n".join([HEADING, *US_DAYS, "V4,C1,31/12/2023,N", ""])))
    (frame,) = (item.frame for item in opened.batches)
    assert frame["happened_on"].to_list()[1] == "03/04/2024"
    assert any("some days are written month first and some day first" in note for note in opened.notes)


def test_an_identifier_under_another_edition_s_name_is_taken_and_told(tmp_path: Path) -> None:
    heading = "miss_old_reference_id,miss_person_id,miss_missing_episode_start_date"
    opened = SSD.open(write(tmp_path, f"{heading}\nM1,C1,2024-03-01\n"))
    (frame,) = (item.frame for item in opened.batches)
    assert frame["missing_id"].to_list() == ["M1"]
    assert "extract.csv: it has no miss_table_id; miss_old_reference_id was taken for it." in opened.notes


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 5000,
        bytes(range(256)) * 40,
        b"\x89PNG\r\n\x1a\n" + bytes(range(200)),
        b"%PDF-1.7\n\x01\x02\x03\x04\x05\x06\x07\x08",
        b"<html><body>Sign in</body></html>",
        b"just some words\nand more of them\n",
        b"\n\n\n",
        b"x" * 100_000,
    ],
)
def test_what_is_no_extract_is_not_taken_for_one(tmp_path: Path, content: bytes) -> None:
    path = write(tmp_path, content)
    assert not SSD.recognises(path)
    assert not PACK.recognises(path)
    assert not SSD.recognises(tmp_path)


def test_an_empty_folder_is_not_an_extract(tmp_path: Path) -> None:
    assert not SSD.recognises(tmp_path)


def test_a_zero_byte_reaches_the_typing_and_breaks_nothing(tmp_path: Path) -> None:
    rows, _ = read(write(tmp_path, f"{HEADING}\nV1,C\x001,2024-03-01,Y\n"))
    assert rows[0]["child_id"] == "C\x001"


def test_utf_16_that_breaks_off_is_refused(tmp_path: Path) -> None:
    whole = codecs.BOM_UTF16_LE + f"{HEADING}\n{ROWS}".encode("utf-16-le")
    with pytest.raises(FileRefused, match="cut short"):
        SSD.open(write(tmp_path, whole[:-1]))


def test_a_pack_is_known_by_its_headings_and_names(tmp_path: Path) -> None:
    write(
        tmp_path,
        "worker_id,supervisor_id,from_on,to_on,entered_at\nW1,W2,2024-01-01,,2024-01-02\n",
        "supervision_line 2024.csv",
    )
    write(tmp_path, "absence_id,worker_id,reason_class,from_on\nA1,W1,sickness,2024-01-01\n", "absence.csv")
    assert PACK.recognises(tmp_path)
    assert not SSD.recognises(tmp_path)
    opened = PACK.open(tmp_path)
    assert (opened.format, opened.scope.tables) == ("pack", {"supervision_line", "absence"})
    frames = {item.table: item.frame for item in opened.batches}
    assert frames["supervision_line"][ENTERED].to_list() == ["2024-01-02"]


def test_an_extract_and_a_pack_in_one_folder_are_each_known_and_neither_calls_the_other_unknown(tmp_path: Path) -> None:
    write(tmp_path, f"{HEADING}\n{ROWS}")
    (tmp_path / "pack").mkdir()
    write(tmp_path / "pack", "worker_id,supervisor_id,from_on\nW1,W2,2024-01-01\n", "supervision_line.csv")
    for reader, table in ((SSD, "cin_visits"), (PACK, "supervision_line")):
        opened = reader.open(tmp_path)
        assert opened.scope.tables == {table}
        assert not any("left out" in note for note in opened.notes)
