"""How many children of 0 to 17 live in a council's area, as published, as a relation: `{published_population}`.

A rate divides by the mid-year estimate that lies in the year which ends on 31 March, as published rates do: 31 March
2024 by mid-2023. So an estimate stands from 1 April of its own year to 31 March of the next; the newest goes on until
another is shipped. The columns are code (such as E10000003), old_code (such as 873), children, from_on and to_on.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

POPULATION = "published_population"
TYPES: dict[str, type] = {"code": str, "old_code": str, "children": int, "from_on": date, "to_on": date}
APRIL = 4


@cache
def published() -> Mapping[str, Sequence[Any]]:
    """Every council's estimates by column, as shipped. Source: Office for National Statistics."""
    text = files("keyworker.measures").joinpath("data/population.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    newest = max(int(row["year"]) for row in rows)
    years = [int(row["year"]) for row in rows]
    return {
        "code": [row["code"] for row in rows],
        "old_code": [row["old_code"] for row in rows],
        "children": [int(row["children"]) for row in rows],
        "from_on": [date(year, APRIL, 1) for year in years],
        "to_on": [None if year == newest else date(year + 1, APRIL, 1) for year in years],
    }
