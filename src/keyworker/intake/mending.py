"""The rows that a load set aside, written out so that a person can mend them and load them again."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import psycopg

from keyworker.intake.contract import ENTERED
from keyworker.intake.headings import NUMBER, OURS, prefix
from keyworker.vocabulary import TABLES, Table
from keyworker.vocabulary.errors import KeyworkerError

_WORD = re.compile(r"[^\s,;|\"']+")
WHY = ("file", "row", "column", "value", "reason", "remedy")
ROW_TEXT = "_row_text"
DATASET = "ssd"
FORMULA = ("=", "+", "-", "@", "\t", "\r")

QUERY = """
    select set_aside_id, table_name, file, row_number, column_name, value, reason, remedy, raw
    from record.set_aside where act_id = %s and mended_by is null order by table_name, file, row_number
"""


def write_out(
    connection: psycopg.Connection, load: int | None, out: Path, *, without: Collection[str] = ()
) -> tuple[int, list[tuple[Path, int]]]:
    """Write the rows that a load set aside and nobody mended since, readable by their owner only.

    Takes   load, its number, or None for the last one that has such rows; out, a CSV. Where the rows are of several
            tables, there is a CSV for each, named after it; without, identifiers: no row that holds one is written.
    Gives   the load's number, and each file with how many rows it holds.
    Raises  KeyworkerError when there was no such load, or a file is there already.
    """
    number, said = _load(connection, load)
    tables: dict[str, list[Sequence[Any]]] = {}
    with connection.transaction():
        for name, *row in connection.execute(
            QUERY.replace("set_aside_id, table_name", "table_name, set_aside_id"), (number,)
        ):
            if not _holds_any(row, without):
                tables.setdefault(name, []).append(row)
    written = []
    for name, rows in tables.items():
        path = out if len(tables) == 1 else out.with_name(f"{out.stem}-{name}{out.suffix or '.csv'}")
        _write(path, _as_csv(TABLES[name], rows, dataset=said == DATASET))
        written.append((path, len(rows)))
    return number, written


def _holds_any(row: Sequence[Any], identifiers: Collection[str]) -> bool:
    """Whether a row's values, or the text of a row that could not be parted into values, hold an identifier."""
    if not identifiers:
        return False
    raw = row[-1] or {}
    values = {str(value).strip() for value in (row[3], *raw.values()) if value is not None}
    return not (values | set(_WORD.findall(str(raw.get(ROW_TEXT, ""))))).isdisjoint(identifiers)


def _load(connection: psycopg.Connection, load: int | None) -> tuple[int, str]:
    with connection.transaction():
        found = connection.execute(
            "select act_id, coalesce(scope ->> 'format', source) from record.act"
            " where kind = 'load' and act_id = coalesce(%s, act_id) order by"
            " exists (select 1 from record.set_aside as row where row.act_id = act.act_id and mended_by is null) desc,"
            " act_id desc limit 1",
            (load,),
        ).fetchone()
    if found is None:
        raise KeyworkerError(
            "There was no such load.", where=f"load {load}" if load else "", remedy="See `keyworker loads`."
        )
    return found[0], found[1]


def _as_csv(table: Table, rows: Sequence[Sequence[Any]], *, dataset: bool) -> str:
    names = [name for name in (*table.column_names, ENTERED) if any(name in (row[-1] or {}) for row in rows)]
    names = names or list(table.column_names)
    said = _names(table) if dataset and table.ssd else {ENTERED: "entered_at"}
    content = io.StringIO()
    writer = csv.writer(content)
    writer.writerow([*(said.get(name, name) for name in names), NUMBER + table.name, *(OURS + name for name in WHY)])
    for number, *why, raw in rows:
        why[3] = (raw or {}).get(ROW_TEXT) or why[3]
        held = ((raw or {}).get(name) for name in names)
        writer.writerow([*map(_harmless, held), number, *map(_harmless, why)])
    return content.getvalue()


def _names(table: Table) -> Mapping[str, str]:
    named = {column.name: column.ssd or f"{prefix(table)}_{column.name}" for column in table.columns}
    return named | {ENTERED: f"{prefix(table)}_entered_at"}


def _harmless(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula, made plain by a mark that is taken off when it comes back."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _write(path: Path, content: str) -> None:
    try:
        with os.fdopen(
            os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8-sig", newline=""
        ) as out:
            out.write(content)
    except FileExistsError as error:
        raise KeyworkerError(
            "There is a file of that name.", where=str(path), remedy="Choose another with --out."
        ) from error
