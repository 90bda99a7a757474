"""What is read as somebody is planned once where it is about a few children, and for its values where it is not."""

from __future__ import annotations

from keyworker.actions.reading import one_reading, same_reading
from keyworker.facts.ground import lens_at
from keyworker.facts.moment import Moment
from keyworker.facts.rows import fetch
from keyworker.record.connect import DatabaseRole
from tests.clocks.made import AT
from tests.servers.started import Database

KEPT = """select sum(generic_plans) > 0, sum(custom_plans) from pg_prepared_statements
where statement like '%cin_episodes%'"""


def test_a_question_about_a_few_children_keeps_its_plan_and_one_about_many_gets_its_own(database: Database) -> None:
    planned = "select current_setting('plan_cache_mode')"
    with (
        database.connect(DatabaseRole.SERVICE, autocommit=True) as shared,
        database.connect(DatabaseRole.SERVICE, autocommit=True) as own,
    ):
        wide = lens_at(shared, Moment(AT))
        one, other = wide.of(["c1"]), wide.of(["c2"])
        with one_reading(shared), same_reading(own, shared):
            own.prepare_threshold = 0
            told = [fetch(own, lens, planned) for lens in (one, wide, other)]
            for lens in (one, other, one):
                fetch(own, lens, "select child_id from {cin_episodes} e")
            assert own.execute(KEPT).fetchone() == (True, 0)
            assert fetch(shared, one, planned) == [("auto",)]
        assert told == [[("force_generic_plan",)], [("auto",)], [("force_generic_plan",)]]
        assert fetch(own, one, planned) == [("auto",)]
