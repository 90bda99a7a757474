"""A list is the same on the page and in its file, and a file can do nothing but be read."""

from __future__ import annotations

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from keyworker.web import rows
from keyworker.web.tables import Cell, Table, heads


def table(*texts: str) -> Table:
    return Table("t", "A list", heads("What"), tuple((Cell(text),) for text in texts), "Nothing.")


def test_a_cell_in_a_file_holds_its_notes_and_why() -> None:
    cell = Cell("3 days past", notes=("by 20 November 2026",), why="every 28 days")
    assert cell.plain == "3 days past; by 20 November 2026; every 28 days"


def test_a_heading_says_whether_it_is_a_number_and_may_be_sorted() -> None:
    found = heads("Plain", "#Number", "^Sorted", "^#Both")
    assert [(one.text, one.numeric, one.sortable) for one in found] == [
        ("Plain", False, False),
        ("Number", True, False),
        ("Sorted", False, True),
        ("Both", True, True),
    ]


@settings(deadline=None, max_examples=100)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20), max_size=5))
def test_no_cell_of_a_file_begins_as_a_formula_would(texts: list[str]) -> None:
    rows = list(csv.reader(io.StringIO(table(*texts).as_csv(["=1+1"]), newline="")))
    assert rows[0] == ["'=1+1"]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)
    assert len(rows) == len(texts) + 2


def test_every_word_of_a_row_is_escaped_and_only_a_drawn_picture_passes() -> None:
    hostile = "<b>\"&'</b>"
    cell = Cell(hostile, notes=(hostile,), why=hostile)
    linked = Cell(hostile, href=f"/x?{hostile}")
    drawn = Cell("", picture="<svg></svg>")
    listed = Table(hostile, hostile, heads(hostile, hostile, "P"), ((cell, linked, drawn),), "", row_ids=(hostile,))
    markup = rows.rows(listed)
    assert "<b>" not in markup
    assert markup.count("&lt;b&gt;") == 8
    assert "<svg></svg>" in markup
