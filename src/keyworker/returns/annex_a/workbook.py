"""Write the lists as one workbook, with a sheet that reconciles them with what went in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import polars as pl

from keyworker.returns.annex_a.labels import UNCONFIRMED, macros
from keyworker.returns.annex_a.lists import LISTS, AnnexList
from keyworker.returns.annex_a.views import MACROS, VIEWS
from keyworker.returns.holding import holding
from keyworker.returns.questions import ask, at_day, count, described, put
from keyworker.returns.reconciliation import Line, Reconciliation, blanks
from keyworker.vocabulary.late import Late

if TYPE_CHECKING:
    import xlsxwriter
else:
    xlsxwriter = Late("xlsxwriter")

Frames = Mapping[str, pl.DataFrame]

DRAFT = "Draft, layout unconfirmed against Ofsted's template"

# Children whom two lists tell different things about: worth reading one by one before the lists are sent.
CONFLICTS = {
    "on a child protection plan, but with no open episode of need": """
        select count(*) from latest_plan p where p.to_on is null
          and not exists (select 1 from latest_episode e where e.child_id = p.child_id and e.to_on is null)""",
    "looked after, but with no open episode of need": """
        select count(*) from latest_care c where c.ceased_on is null
          and not exists (select 1 from latest_episode e where e.child_id = c.child_id and e.to_on is null)""",
    "looked after and on a child protection plan": """
        select count(*) from latest_plan p join latest_care c using (child_id)
        where p.to_on is null and c.ceased_on is null""",
    "leaving care as no longer looked after, but still looked after": """
        select count(*) from care_leavers l join latest_care c using (child_id)
        where c.ceased_on is null and lower(coalesce(l.eligibility, '')) not like '%eligible child%'""",
}


def write(frames: Frames, at: date, out: Path, authority: str) -> Reconciliation:  # noqa: ARG001
    """Write the eleven lists as at a day, and the reconciliation beside them."""
    sheet = Reconciliation(draft=DRAFT)
    with _opened(frames, at) as connection:
        found = [(one, _rows(connection, one, at)) for one in LISTS]
        sheet.lines = [_line(connection, one, rows) for one, rows in found]
        sheet.unconfirmed = {
            (_part(one), column): rows[column].len() - rows[column].null_count()
            for one, rows in found
            for column in rows.columns
            if column in UNCONFIRMED and rows.height
        }
        sheet.conflicts = {what: count(connection, question) for what, question in CONFLICTS.items()}
    _workbook(out / f"annex_a_{at:%Y-%m-%d}.xlsx", at, found, sheet)
    return sheet


def _opened(frames: Frames, at: date) -> duckdb.DuckDBPyConnection:
    connection = described(frames)
    put(connection, "holding", holding(frames))
    for text in (MACROS, macros(), at_day(VIEWS, at)):
        connection.execute(text)
    return connection


def _rows(connection: duckdb.DuckDBPyConnection, one: AnnexList, at: date) -> pl.DataFrame:
    rows = ask(connection, at_day(one.question, at))
    return rows.sort(one.order, *(name for name in rows.columns if name != one.order), nulls_last=True)


def _part(one: AnnexList) -> str:
    return f"List {one.number}: {one.title}"


def _line(connection: duckdb.DuckDBPyConnection, one: AnnexList, rows: pl.DataFrame) -> Line:
    part = _part(one)
    if not one.source:
        return Line(part, 0, 0, blanks={one.scope: 0})
    rows_in = count(connection, f"select count(*) from {one.source}")
    strangers = count(
        connection, f"select count(*) from {one.source} where child_id not in (select child_id from person)"
    )
    rest = rows_in - rows.height - strangers
    left_out = {f"not {one.scope}": rest, "no such child in the record": strangers}
    return Line(part, rows_in, rows.height, {why: number for why, number in left_out.items() if number}, blanks(rows))


def _workbook(path: Path, at: date, found: list[tuple[AnnexList, pl.DataFrame]], sheet: Reconciliation) -> None:
    # A value that begins with an equals sign is somebody's text, never a formula of this workbook.
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(path), {**safe, "default_date_format": "dd/mm/yyyy"})
    book.set_properties({"title": f"Annex A at {at:%d/%m/%Y}", "comments": DRAFT, "created": _midnight(at)})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for one, rows in found:
        page = book.add_worksheet(f"List {one.number}")
        page.write_row(0, 0, rows.columns, bold)
        page.freeze_panes(1, 1)
        page.set_header(f"&L{_part(one)}&R{DRAFT}. As at {at:%d/%m/%Y}")
        page.write_comment(0, 0, f"{DRAFT}. As at {at:%d/%m/%Y}.", {"author": "Keyworker", "visible": False})
        page.set_column(0, max(len(rows.columns) - 1, 0), 18)
        for number, row in enumerate(rows.iter_rows(), start=1):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    page.write_datetime(number, column, value, day)
                elif value is not None:
                    page.write(number, column, value)
    page = book.add_worksheet("Reconciliation")
    page.activate()
    page.write_row(0, 0, [sheet.draft], bold)
    page.write_row(
        1, 0, [f"As at {at:%d/%m/%Y}. Rows in are the record's; each is in a list, or left out for a reason."]
    )
    page.write_row(3, 0, ["Part", "What", "Detail", "Count"], bold)
    page.set_column(0, 2, 48)
    for number, line in enumerate(sheet.rows(), start=4):
        page.write_row(number, 0, line)
    book.close()


def _midnight(day: date) -> datetime:
    """The day of the lists as the workbook's making, so that the same record writes the same bytes."""
    return datetime.combine(day, time(), tzinfo=UTC)
