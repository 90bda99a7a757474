"""What the columns that a server holds say of a measure is what the record says; what they do not hold, it says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from keyworker.actions import measures
from keyworker.actions.measures import MeasureEngine, measure_of
from keyworker.facts.columns import everybody, follow
from keyworker.measures.passes.asked import Asked
from keyworker.measures.passes.run import measured
from keyworker.measures.registry import shipped
from keyworker.measures.sources.held import HeldSource, is_held
from keyworker.measures.sources.postgres import PostgresSource
from tests.facts.histories import FIRST, SPAN, meeting, write_postgresql
from tests.servers.started import Database

RANDOM = settings(
    deadline=None,
    max_examples=1,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
DAYS = tuple(FIRST + timedelta(days=days) for days in (0, 20, SPAN, 200, 364))
PARTED = {
    one: ("district",) if shipped().definition(one).belongs_to != "nobody" else () for one in shipped().definitions
}
HELD = sorted(name for name, by in PARTED.items() if is_held(name, by))


@pytest.fixture
def superuser(database: Database) -> Iterator[psycopg.Connection]:
    with database.server.superuser(database.name) as connection:
        yield connection
    for key in list(everybody._stores):
        everybody._stores.pop(key).close()


def test_the_four_indicators_are_held_and_what_tells_an_age_or_reads_an_action_is_not():
    assert {"open-children", "caseload", "cp-seen-20-working-days", "changes-of-worker-12-months"} <= set(HELD)
    assert not is_held("open-children", ("age band",)), "a day of birth is not held"
    assert not any("action" in shipped().tables_for(name, PARTED[name]) for name in HELD)


@pytest.mark.parametrize("names", [HELD[place::4] for place in range(4)])
@RANDOM
@given(data=st.data())
def test_a_measure_by_the_columns_is_as_the_record_has_it(
    superuser: psycopg.Connection, names: list[str], data: st.DataObject
):
    tables = frozenset().union(*(shipped().tables_for(name, PARTED[name]) for name in names))
    history = data.draw(meeting(tuple(sorted(tables))))
    write_postgresql(superuser, history)
    follow(superuser)
    with patch.object(measures, "HeldSource", wraps=HeldSource) as asked_of_columns:
        for name in names:
            asked = Asked(DAYS, PARTED[name])
            found = measure_of(superuser, name, asked, MeasureEngine.POSTGRES)
            assert found == measured(PostgresSource(superuser), name, asked), name
        assert asked_of_columns.call_count == len(names)
    for key in list(everybody._stores):
        everybody._stores.pop(key).close()
