"""A quotation mark that opens and never closes costs its own row, never those after it; a text of many lines stays one.

What is found is held to two readers of rows that know nothing of it: Arrow's and Python's own.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import csv as arrow_csv

from keyworker.intake import quoting
from keyworker.intake.formats.ssd import READERS
from keyworker.intake.formats.ssda903 import Ssda903
from keyworker.intake.quoting import REASON, Broken, Unmarked, broken_marks
from tests.intake.reading import Read, read

SSD = READERS[0]
HEADING = "cinv_cin_visit_id,cinv_person_id,cinv_cin_visit_date,cinv_cin_visit_seen"


def written(path: Path, *lines: str, heading: str = HEADING, end: str = "\n") -> Path:
    path.write_bytes(end.join([heading, *lines, ""]).encode())
    return path


def ids(given: Read) -> list[tuple[int, str]]:
    return [(row, one) for frame in given.tables.values() for row, one in frame["_row", "cin_visit_id"].iter_rows()]


ROW_2 = "V1,C1,2024-03-01,Y"
ROW_4 = "V3,C3,2024-03-03,Y"
BROKEN = 'V2,C2,2024-03-02,"N'


@pytest.mark.parametrize(
    "after",
    [
        [],
        [ROW_4],
        [ROW_4, 'V4,C4,2024-03-04,"Y"'],
        [ROW_4, 'V4,C4,2024-03-04,Y"'],
        [ROW_4, 'V4,C4,2024-03-04,"Y', "V5,C5,2024-03-05,N"],
        [ROW_4, 'V4,"C4",2024-03-04,Y'],
        [ROW_4, '"V4",C4,2024-03-04,Y', '"V5",C5,2024-03-05,Y'],
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_mark_that_never_closes_sets_its_own_row_aside_and_keeps_every_other(
    tmp_path: Path, after: list[str], end: str
) -> None:
    found = read(SSD, written(tmp_path / "visits.csv", ROW_2, BROKEN, *after, end=end))
    lost = [number for number, line in enumerate([ROW_2, BROKEN, *after], 2) if line.count('"') % 2 and ',"' in line]
    assert [number for number, _ in ids(found)] == [n for n in range(2, 4 + len(after)) if n not in lost]
    assert [one.row for one in found.aside] == lost
    assert found.aside[0].reason == REASON
    assert found.aside[0].text == BROKEN
    assert found.aside[0].values == {
        "cin_visit_id": "V2", "child_id": "C2", "happened_on": "2024-03-02", "seen": '"N',
    }  # fmt: skip


def test_a_mark_in_the_middle_of_a_row_leaves_a_row_of_the_wrong_width_aside(tmp_path: Path) -> None:
    found = read(SSD, written(tmp_path / "visits.csv", 'V1,"C1,2024-03-01', ROW_4, 'V4,C4,"2024-03-04",Y'))
    assert ids(found) == [(3, "V3"), (4, "V4")]
    assert [(one.row, one.reason, one.text) for one in found.aside] == [(2, REASON, 'V1,"C1,2024-03-01')]


def test_a_column_that_nobody_knows_swallows_no_row_either(tmp_path: Path) -> None:
    heading = f"{HEADING},local_colour"
    found = read(SSD, written(tmp_path / "visits.csv", f'{ROW_2},"red', f"{ROW_4},blue", heading=heading))
    assert ids(found) == [(3, "V3")]
    assert [one.row for one in found.aside] == [2]


@pytest.mark.parametrize(
    "text",
    [
        "one line\nand another",
        "- seen at home, with mum, and well\n- wrote to school\n\n12 July: called, no answer, tried again",
        'she said ""no""\nand left',
        "2024-03-05\n2024-03-06",
        "\n",
        "12 High Street,\nWisbech,\nPE13 1AA",
    ],
)
def test_a_text_of_many_lines_stays_one_value(tmp_path: Path, text: str) -> None:
    heading = f"{HEADING},cinv_reason"
    path = written(tmp_path / "visits.csv", f'{ROW_2},"{text}"', f'{ROW_4},"{text}"', heading=heading)
    found = read(SSD, path)
    assert ids(found) == [(2, "V1"), (3, "V3")]
    assert found.tables["cin_visits"]["reason"].to_list() == [text.replace('""', '"')] * 2
    assert not found.aside


def test_two_marks_that_close_each_other_rows_apart_are_seen_by_the_rows_between(tmp_path: Path) -> None:
    rows = [f"V{number},C{number},2024-03-{number:02d},Y" for number in range(3, 20)]
    found = read(SSD, written(tmp_path / "visits.csv", ROW_2, BROKEN, *rows, 'V20,C20,2024-03-20,Y"', ROW_4))
    assert [number for number, _ in ids(found)] == [2, *range(4, 23)]
    assert [one.row for one in found.aside] == [3]


def test_a_return_s_flat_table_loses_no_row_either(tmp_path: Path) -> None:
    path = tmp_path / "missing.csv"
    path.write_text('CHILD,DOB,MISSING,MIS_START,MIS_END\n1,,M,01/05/2020,"02/05/2020\n2,,A,01/06/2020,\n')
    found = read(Ssda903(), path)
    assert found.tables["missing"]["child_id"].to_list() == ["2"]
    (aside,) = found.aside
    assert (aside.table, aside.row, aside.values["child_id"]) == ("missing", 2, "1")
    assert aside.reason == f"{REASON} (in MIS_END)"
    assert aside.values["to_on"] == '"02/05/2020'


def test_utf_16_is_looked_at_as_text_and_not_as_bytes(tmp_path: Path) -> None:
    path = tmp_path / "visits.csv"
    path.write_bytes("\n".join([HEADING, "V∀,C1,2024-03-01,Y", BROKEN, ROW_4, ""]).encode("utf-16"))
    found = read(SSD, path)
    assert ids(found) == [(2, "V∀"), (4, "V3")]
    assert [(one.row, one.text) for one in found.aside] == [(3, BROKEN)]


def test_a_mark_that_is_never_closed_is_not_looked_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quoting, "LONGEST", 1 << 12)
    monkeypatch.setattr(quoting, "CHUNK", 1 << 10)
    content = b'a,"b\n' + b'""\n' * 10_000
    assert broken_marks(io.BytesIO(content), ",", 2, 0) == [Broken(2, 1, 1, 'a,"b')]


def _arrow(content: bytes, width: int) -> tuple[int, list[int]]:
    """How many rows Arrow reads whole, and the numbers of those of another width."""
    wrong: list[int] = []

    def keep(row: arrow_csv.InvalidRow) -> str:
        wrong.append(row.number)
        return "skip"

    names = [f"c{position}" for position in range(width)]
    try:
        table = arrow_csv.read_csv(
            io.BytesIO(content),
            read_options=arrow_csv.ReadOptions(use_threads=False, column_names=names),
            parse_options=arrow_csv.ParseOptions(
                newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=keep
            ),
            convert_options=arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
        )
    except pa.ArrowInvalid as error:
        if "Empty CSV" in str(error):
            return 0, wrong
        raise
    return table.num_rows, wrong


PIECES = st.sampled_from(['"', '"', ",", "\n", "\r\n", "\r", "a1", "2", "x y", '""', ',"', '",'])


@settings(max_examples=500, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from([2, 3]), st.sampled_from([1, 3, 7, 1 << 20]))
def test_whatever_the_marks_both_readers_then_agree_on_the_rows(text: str, width: int, chunk: int) -> None:
    content = text.encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quoting, "CHUNK", chunk)
        found = broken_marks(io.BytesIO(content), ",", width, 0)
    mended = Unmarked(io.BytesIO(content), found).read() or b""
    good, wrong = _arrow(mended, width)
    plain = list(csv.reader(io.TextIOWrapper(io.BytesIO(mended), "utf-8", newline="")))
    assert good + len(wrong) == len(plain)
    assert all(one.row <= len(plain) for one in found)
    assert broken_marks(io.BytesIO(mended), ",", width, 0) == []


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.text("ab,\"\n'1 ", max_size=6), min_size=3, max_size=3), max_size=8))
def test_what_a_sound_writer_writes_has_no_broken_mark_unless_a_text_looks_like_rows(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([f"id-{at}", *row] for at, row in enumerate(rows))
    for one in broken_marks(io.BytesIO(out.getvalue().encode()), ",", 4, 0):
        assert any(line.count(",") >= 1 and "1" in line for cell in rows[one.row - 1] for line in cell.split("\n")[1:])
