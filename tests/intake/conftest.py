"""The record to load into, and a load into it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from keyworker.intake.load import load_paths
from keyworker.intake.report import LoadReport
from keyworker.record.connect import DatabaseRole
from tests.intake.loading import START, Load
from tests.servers.started import Database


@pytest.fixture
def loader(database: Database) -> Iterator[psycopg.Connection]:
    with database.connect(DatabaseRole.LOADER) as connection:
        yield connection


@pytest.fixture
def take(loader: psycopg.Connection, tmp_path: Path) -> Load:
    """Load one source, an hour later each time."""
    hours = iter(range(1000))

    def taken(path: Path, **wanted: Any) -> LoadReport:
        given = {"author": "Tess Ting", "now": START + timedelta(hours=next(hours))} | wanted
        reports = load_paths([path], connection=loader, home=tmp_path / "home", **given)
        assert len(reports) == 1
        for counts in reports[0].tables.values():
            assert counts.read == counts.added + counts.changed + counts.unchanged + counts.set_aside
        return reports[0]

    return taken
