"""What is said of a council's own limits, beside the published ones."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from keyworker.clocks.checked import checked


def edition(basis: str, n: int, **more: Any) -> dict[str, Any]:
    row = {"rule": "r", "basis": basis, "n": n, "unit": "months", "direction": "after", "day_1": False}
    return {**row, "from_on": date(2020, 1, 1), "to_on": None, "source": "a page", "set_by": "head", **more}


@pytest.mark.parametrize(
    ("basis", "wrong"),
    [
        ("statutory", "It is longer than the law allows."),
        ("national guidance", "It is longer than national guidance says."),
        ("national indicator convention", "It is longer than national figures are counted by."),
    ],
)
def test_a_limit_longer_than_any_published_one_is_warned_of(basis: str, wrong: str):
    assert [one["wrong"] for one in checked([edition(basis, 3), edition("local setting", 5)])] == [wrong]


def test_a_limit_that_is_no_longer_or_of_which_nothing_is_published_is_not():
    for basis, n in (("statutory", 3), ("national guidance", 2), ("local policy default", 5)):
        assert checked([edition(basis, 3), edition("local setting", n)]) == []
