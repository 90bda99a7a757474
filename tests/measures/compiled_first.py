"""Every function that counts measures, compiled once before several workers of a build would each compile it.

`python -m tests.measures.compiled_first` counts a definition of each way to count on a few random histories, the same
each time, with identifiers as text and as numbers. What is compiled is kept beside its module, where every worker
finds it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keyworker.measures.passes.asked import Asked
from keyworker.measures.passes.run import measured_together
from keyworker.measures.registry import shipped
from keyworker.measures.registry.definition import Definition
from keyworker.measures.sources.duck import DuckSource
from tests.facts.histories import FIRST, SPAN, History, busy_holdings, busy_service, write_duckdb
from tests.measures.numbered import numbered

SERIES = tuple(FIRST + timedelta(days=days) for days in (0, 20, SPAN, 200))


@settings(max_examples=2, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.tuples(busy_holdings(), busy_service()))
def every_function(some: tuple[History, ...]) -> None:
    """Count one definition of each way to count, those that belong to somebody by groups."""
    of_nobody = [one.name for one in _one_of_each() if one.belongs_to == "nobody"]
    others = [one.name for one in _one_of_each() if one.belongs_to != "nobody"]
    for history in some:
        with duckdb.connect() as told:
            write_duckdb(told, history)
            with numbered(told) as numbers:
                for connection in (told, numbers):
                    source = DuckSource(connection)
                    measured_together(source, of_nobody, Asked(SERIES))
                    measured_together(source, others, Asked(SERIES, ("team type", "district")))


def _one_of_each() -> Iterable[Definition]:
    """Of definitions that are counted in the same way, the first by name."""
    every = sorted(shipped().definitions.values(), key=lambda one: one.name, reverse=True)
    ways = {
        (
            *(one.counts, bool(one.bands), one.within, one.one_per, one.grouped, one.weighed, one.belongs_to),
            bool(shipped().rules_of(one.sql)),
        ): one
        for one in every
    }
    return [*ways.values(), *(shipped().definition(name) for name in ("open-children", "cp-seen-20-working-days"))]


if __name__ == "__main__":
    every_function()
