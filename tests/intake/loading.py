"""Extracts of visits to load, and what the record holds of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from keyworker.intake.report import LoadReport

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
HEADING = "cinv_cin_visit_id,cinv_person_id,cinv_cin_visit_date,cinv_outcome"
Row = tuple[str, str, str, str]
Load = Callable[..., LoadReport]


def visits(path: Path, rows: Sequence[Row]) -> Path:
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text("\n".join([HEADING, *(",".join(row) for row in rows)]) + "\n")
    return path


def many(count: int, outcome: str = "seen") -> list[Row]:
    return [(f"V{number}", f"CHILD-{number % 7}", f"2024-01-{number % 28 + 1:02d}", outcome) for number in range(count)]


def counts(report: LoadReport, table: str = "cin_visits") -> tuple[int, ...]:
    one = report.tables[table]
    return (one.read, one.added, one.changed, one.ended, one.unchanged, one.set_aside)


def current(connection: psycopg.Connection, table: str = "cin_visits") -> Mapping[str, tuple[Any, ...]]:
    with connection.transaction():
        rows = connection.execute(
            f"select cin_visit_id, child_id, happened_on, outcome from record.{table}"
            " where superseded_at is null and standing = 'reported'"
        ).fetchall()
    return {row[0]: row[1:] for row in rows}


def entries(connection: psycopg.Connection) -> int:
    with connection.transaction():
        row = connection.execute("select count(*) from record.cin_visits").fetchone()
    assert row
    return int(row[0])
