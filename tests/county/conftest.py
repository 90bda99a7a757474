"""One small county for every test of what a county is, made once."""

from __future__ import annotations

from datetime import date

import pytest

from keyworker.county.county import County, generate
from keyworker.county.kept import Frames

END = date(2024, 11, 30)


@pytest.fixture(scope="session")
def county() -> County:
    return generate(3_000, 8, 11, END)


@pytest.fixture(scope="session")
def truth(county: County) -> Frames:
    return county.truth()
