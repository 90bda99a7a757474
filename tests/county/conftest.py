"""One small county for every test of what a county is, made once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from keyworker.county import manual_duties
from keyworker.county.county import County, generate
from keyworker.county.kept import Frames

END = date(2024, 11, 30)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker takes every test here, so that the county is made once."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("county"))


@pytest.fixture(scope="session")
def county() -> County:
    return generate(3_000, 8, 11, END)


@pytest.fixture(scope="session")
def truth(county: County) -> Frames:
    return county.truth()


@pytest.fixture(scope="session")
def standing() -> pl.DataFrame:
    """Where every duty of the manual's county stands, rule by rule."""
    return manual_duties.duties_for_the_manual()
