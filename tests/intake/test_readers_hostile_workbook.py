"""A workbook made to do harm is refused with words before it is laid out."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from keyworker.intake import hostile_workbook
from keyworker.intake.formats.annex_a import AnnexA
from keyworker.vocabulary.errors import FileRefused

HEADING = ["Child Unique ID", "Date of Contact", "Contact Source"]
SHEET = "xl/worksheets/sheet1.xml"


def plain_workbook(path: Path) -> Path:
    """A small, sound list 1."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("List 1")
    sheet.write_row(0, 0, HEADING)
    sheet.write_row(1, 0, ["M1", "2024-05-01", "q) 6: Police"])
    book.close()
    return path


def changed(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """The workbook with one part changed."""
    plain_workbook(path)
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return path


def refused(path: Path, words: str) -> None:
    with pytest.raises(FileRefused, match=words):
        AnnexA().open(path)


def test_a_sound_workbook_opens(tmp_path: Path) -> None:
    opened = hostile_workbook.opened(plain_workbook(tmp_path / "a.xlsx"))
    assert opened.sheets[0].rows == [HEADING, ["M1", "2024-05-01", "q) 6: Police"]]


def test_a_part_packed_beyond_belief_is_refused(tmp_path: Path) -> None:
    bomb = b"<sheetData>" + b" " * 60_000_000
    refused(changed(tmp_path / "a.xlsx", SHEET, b"<sheetData>", bomb), "packed more than")


def test_a_workbook_that_unpacks_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hostile_workbook, "MAX_UNPACKED", 1_000)
    refused(plain_workbook(tmp_path / "a.xlsx"), "unpacks to more than")


def test_two_filled_cells_far_apart_are_refused_before_the_sheet_is_laid_out(tmp_path: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    refused(changed(tmp_path / "a.xlsx", SHEET, b"</sheetData>", far), "reaches over more than")


def test_a_far_cell_without_a_reference_of_its_own_is_refused(tmp_path: Path) -> None:
    wide = b'<row r="1048576">' + b"<c><v>1</v></c>" * 40 + b"</row></sheetData>"
    refused(changed(tmp_path / "a.xlsx", SHEET, b"</sheetData>", wide), "reaches over more than")


def test_one_long_text_shared_by_many_cells_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for row in range(10_000):
        sheet.write_string(row, 0, "long" * 8_000)
    book.close()
    refused(path, "the text of a sheet")


def test_a_document_type_inside_is_refused(tmp_path: Path) -> None:
    entity = b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet'
    refused(changed(tmp_path / "a.xlsx", SHEET, b"<worksheet", entity), "document type")


def test_junk_between_rows_is_let_go(tmp_path: Path) -> None:
    junk = b"<sheetData>" + b"".join(b"<x%d/>" % (at % 7) for at in range(300_000))
    opened = hostile_workbook.opened(changed(tmp_path / "a.xlsx", SHEET, b"<sheetData>", junk))
    assert opened.sheets[0].rows[0] == HEADING


def test_a_row_of_more_cells_than_a_sheet_has_columns_is_refused(tmp_path: Path) -> None:
    wide = b'<row r="3">' + b"<c/>" * 100_000 + b"</row></sheetData>"
    refused(changed(tmp_path / "a.xlsx", SHEET, b"</sheetData>", wide), "more parts than a sheet has columns")


def test_a_damaged_part_is_refused(tmp_path: Path) -> None:
    refused(changed(tmp_path / "a.xlsx", SHEET, b"</sheetData>", b""), "damaged")


def test_a_directory_that_lies_about_a_part_s_size_is_refused(tmp_path: Path) -> None:
    path = plain_workbook(tmp_path / "a.xlsx")
    content = bytearray(path.read_bytes())
    at = content.rindex(SHEET.encode()) - 46  # the part's record in the zip's directory
    size = struct.unpack_from("<I", content, at + 24)[0]
    struct.pack_into("<I", content, at + 24, size // 2)
    path.write_bytes(bytes(content))
    refused(path, "damaged")


def test_a_locked_workbook_is_refused_in_its_own_words(tmp_path: Path) -> None:
    path = plain_workbook(tmp_path / "a.xlsx")
    content = bytearray(path.read_bytes())
    for name in (SHEET, "xl/workbook.xml", "[Content_Types].xml"):
        at = content.rindex(name.encode()) - 46
        content[at + 8] |= 1
    path.write_bytes(bytes(content))
    refused(path, "locked")


def test_a_zip_cut_short_is_not_recognised_and_refused_when_opened(tmp_path: Path) -> None:
    path = plain_workbook(tmp_path / "a.xlsx")
    path.write_bytes(path.read_bytes()[:-40])
    assert not AnnexA().recognises(path)
    refused(path, "damaged")


def test_a_formula_whose_result_was_never_saved_is_counted(tmp_path: Path) -> None:
    old, new = b'<c r="C2"', b'<c r="D2"><f>1+1</f></c><c r="C2"'
    opened = hostile_workbook.opened(changed(tmp_path / "a.xlsx", SHEET, old, new))
    assert "1 formulas have no saved result" in "\n".join(opened.notes())
