"""The looked after children return (SSDA903): one CSV for each of its tables, for one collection year.

Source  the return's published field names, in the order of the vocabulary's layout; dates are day/month/year.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from keyworker.returns.holding import holding
from keyworker.returns.pupil_numbers import UPN, linked_numbers, with_education
from keyworker.returns.questions import ask, count, described, put
from keyworker.returns.reconciliation import Line, Reconciliation, blanks
from keyworker.returns.ssda903.tables import TABLES_OF_RETURN
from keyworker.returns.ssda903.views import MACROS, VIEWS
from keyworker.returns.words import is_sound_upn
from keyworker.returns.year import Year, census_year
from keyworker.vocabulary.layouts import ssda903

Frames = Mapping[str, pl.DataFrame]

# Tables that do not go row by row: what each row of them stands for.
_COUNTED = {
    "oc2": "select count(distinct child_id) from cla_episodes",
    "uasc": "select count(distinct child_id) from immigration_status",
}
_WHY = "not of the year, or not of a child whom this table is about"


def write(frames: Frames, at: date, out: Path, authority: str) -> Reconciliation:  # noqa: ARG001
    """Write the return of the newest year that has ended by `at`: the year is in each file's name."""
    year = census_year(at)
    layout = ssda903(year.ends)
    sheet = Reconciliation()
    with _opened(frames, year) as connection:
        for name, (source, question) in TABLES_OF_RETURN.items():
            if layout.has(name):
                rows = ask(connection, _placed(question, year)).select(layout.record(name).field_names)
                rows = rows.sort(rows.columns, nulls_last=True)
                rows.with_columns(pl.col(pl.Date).dt.strftime("%d/%m/%Y")).write_csv(out / f"{year.ends}-{name}.csv")
                rows_in = count(connection, _COUNTED.get(name) or f'select count(*) from "{source}"')
                rest = rows_in - rows.height
                sheet.lines.append(Line(name, rows_in, rows.height, {_WHY: rest} if rest else {}, blanks(rows)))
    return sheet


def _opened(frames: Frames, year: Year) -> duckdb.DuckDBPyConnection:
    connection = described(frames)
    put(connection, "holding", holding(frames))
    numbers = with_education(frames, linked_numbers(frames, year, pl.lit(value=True), UPN), pl.lit(value=True))
    sound = {child: upn for child, upn in numbers.items() if is_sound_upn(upn)}
    table = {"child_id": list(sound), "upn": list(sound.values())}
    put(connection, "pupil_number", pl.DataFrame(table, schema=dict.fromkeys(table, pl.String)))
    for text in (MACROS, VIEWS):
        connection.execute(_placed(text, year))
    return connection


def _placed(sql: str, year: Year) -> str:
    for name, value in {
        "$first": f"date '{year.first}'",
        "$last": f"date '{year.last}'",
        "$ends": f"'{year.ends}'",
    }.items():
        sql = sql.replace(name, value)
    return sql
