"""The rows behind a number add up to it, for every number of the conformance suite."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from keyworker.measures.passes.behind import Behind, behind
from keyworker.measures.passes.run import measured
from keyworker.measures.registry import Counts, Definition, shipped
from keyworker.measures.rows import MeasureRow
from keyworker.measures.sources.duck import DuckSource
from tests.conformance.engines import filled_duckdb
from tests.conformance.reading import Case, cases
from tests.conformance.test_conformance import asked


def added_up(definition: Definition, part: str, rows: list[Behind]) -> Any:
    """What rows of one part come to, in the way in which the measure counts."""
    if definition.counts is Counts.DAYS:
        least: dict[str, int] = {}
        for row in rows:
            least[row.subject_id] = min(row.weight, least.get(row.subject_id, row.weight))
        return sum(least.values())
    whole = definition.counts in (Counts.DISTINCT, Counts.SHARE)
    if whole or (definition.counts is Counts.EACH and part == "denominator"):
        return len({row.subject_id for row in rows})
    return sum((Decimal(row.weight or 0) for row in rows), Decimal())


def parted(rows: list[Behind]) -> dict[tuple[Any, ...], list[Behind]]:
    found = defaultdict(list)
    for row in rows:
        found[row.part, row.at, tuple(row.group.values()), row.band].append(row)
    return found


def check(definition: Definition, row: MeasureRow, rows: dict[tuple[Any, ...], list[Behind]]) -> None:
    group = [value for name, value in row.group.items() if name != "band"]
    spread = definition.counts in (Counts.DISTRIBUTION, Counts.DAYS)
    above = rows.get(("value" if spread else "numerator", row.at, tuple(group), row.group.get("band")), [])
    assert added_up(definition, "numerator", above) == row.numerator
    if spread:
        assert len({one.subject_id for one in above}) == row.denominator
    elif row.denominator is not None:
        below = rows.get(("denominator", row.at, tuple(group), None), [])
        assert added_up(definition, "denominator", below) == row.denominator


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_the_rows_behind_a_number_add_up_to_it(case: Case):
    with filled_duckdb(case.entries) as connection:
        source = DuckSource(connection)
        for question in case.questions:
            definition, first = shipped().definition(question.measure), replace(asked(question), at=question.at[:2])
            rows = parted(behind(source, question.measure, first))
            for row in measured(source, question.measure, first):
                if not row.reason:
                    check(definition, row, rows)
