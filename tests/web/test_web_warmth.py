"""When what today's pages show is read anew: at once after a load, and after small acts only once it has rested."""

from __future__ import annotations

from datetime import date

from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append
from keyworker.web.warmth import is_wanted, rest_until
from tests.clocks.made import NOW
from tests.servers.started import Database

TODAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 3)
SETTING = {"applies_to": "all", "value": "1", "from_on": date(2026, 1, 1)}


def test_a_load_is_read_at_once_and_small_acts_only_after_a_rest(database: Database) -> None:
    with database.connect(DatabaseRole.LOADER) as record:

        def act(kind: str, name: str) -> int:
            written = append(
                record, Act(kind, "made up", "made up", "ssd"), NOW, {"setting": [SETTING | {"name": name}]}
            )  # type: ignore[arg-type]
            return written.act_id

        first = act("load", "one")
        small = act("entry", "two")
        assert is_wanted(record, (first, TODAY), None, is_rested=False)
        assert not is_wanted(record, (first, TODAY), (first, TODAY), is_rested=True)
        assert not is_wanted(record, (small, TODAY), (first, TODAY), is_rested=False)
        assert is_wanted(record, (small, TODAY), (first, TODAY), is_rested=True)
        assert is_wanted(record, (small, TOMORROW), (first, TODAY), is_rested=False)
        load = act("load", "three")
        later = act("entry", "four")
        assert is_wanted(record, (load, TODAY), (first, TODAY), is_rested=False)
        assert is_wanted(record, (later, TODAY), (small, TODAY), is_rested=False)
        assert not is_wanted(record, (later, TODAY), (load, TODAY), is_rested=False)


def test_small_acts_wait_nine_times_as_long_as_the_last_reading_took() -> None:
    assert rest_until(100.0, 110.0) == 200.0
