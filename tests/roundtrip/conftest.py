"""A small made-up county, made once, and a trip for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from keyworker.county.county import generate
from tests.roundtrip.trip import Trip
from tests.servers.started import Database, Server

END = date(2025, 3, 31)


@pytest.fixture(scope="session")
def small_county() -> dict[str, pl.DataFrame]:
    """About 150 children, as known at the end of a census year; without the role whose end is said beforehand, which
    a picture of that day shows as open."""
    made = generate(150, 3, 7, END).frames()
    return made | {"role_holding": made["role_holding"].filter(pl.col("to_on").is_null() | (pl.col("to_on") <= END))}


@pytest.fixture
def trip(database: Database, tmp_path: Path) -> Trip:
    return Trip(database, tmp_path, END, END)


@pytest.fixture
def new_trip(embedded_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[date], Trip]]:
    """A trip of its own for each example of a property."""
    made: list[Database] = []

    def trip_of(seen_from: date) -> Trip:
        while made:
            embedded_server.drop(made.pop())
        made.append(embedded_server.fresh())
        return Trip(made[-1], tmp_path_factory.mktemp("trip"), END, seen_from)

    yield trip_of
    while made:
        embedded_server.drop(made.pop())
