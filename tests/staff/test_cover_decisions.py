"""Who covers for each child of a worker who is away, and children of one who left, on the record of the access tests.

Today is Friday 20 March 2026. Pat and Ann of t1, with the children `own` and `team`, are away for six weeks; Bea of t2
for five days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from keyworker.actions import Keyworker
from keyworker.actions.cover_decisions import WantedCover, days_before
from keyworker.actions.questions.naming import NotKnown
from keyworker.actions.questions.needs import Need
from keyworker.actions.writing import SentOtherwise
from keyworker.facts.cover_decisions import AwayNow
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.access.made import NOW, TODAY, told
from tests.clocks.made import tell
from tests.servers.started import Database, Server
from tests.staff.test_staff_records import standing, wanted, worker
from tests.time_asked.test_time_asked import door, handle

BACK = date(2026, 4, 13)
ABSENCES = [
    {"absence_id": "x0", "worker_id": "pat", "from_on": date(2026, 3, 2), "expected_return_on": BACK},
    {"absence_id": "x1", "worker_id": "ann", "from_on": date(2026, 3, 2), "expected_return_on": BACK},
    {"absence_id": "x2", "worker_id": "bea", "from_on": date(2026, 3, 18), "expected_return_on": date(2026, 3, 23)},
]
NOBODY = WantedCover("1" * 32, None, None, TODAY, date(2026, 3, 27), "Nothing is due by then.")
COVER = WantedCover("2" * 32, "bea", "t2", TODAY, date(2026, 4, 10))
IN_APRIL = datetime(2026, 4, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def record(embedded_server: Server) -> Iterator[Database]:
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(loader, absence=[one | {"reason_class": "SIC"} for one in ABSENCES])
    yield made
    embedded_server.drop(made)


def waiting(on: Keyworker) -> dict[str, bool]:
    """The children who wait, each with whether the worker has left."""
    return {one.child.child_id: one.away is None for one in on.to_cover()}


def test_each_child_of_a_worker_who_is_away_for_long_waits_until_it_is_decided_and_again_when_that_is_over(
    record: Database,
) -> None:
    with door(record, "team.manager") as manager:
        assert waiting(manager) == {"own": False, "team": False}
        child = handle(manager)
        assert manager.cover_told(child).away == AwayNow("ann", date(2026, 3, 2), BACK)
        with pytest.raises(KeyworkerError, match="Say why"):
            manager.decide_cover(child, replace(NOBODY, why=" "))
        manager.decide_cover(child, NOBODY)
        with pytest.raises(AlreadyRecorded):
            manager.decide_cover(child, NOBODY)
        with pytest.raises(SentOtherwise):
            manager.decide_cover(child, replace(NOBODY, covered_by="bea", team_id="t2"))
        assert waiting(manager) == {"own": False}
    with door(record, "team.manager", IN_APRIL) as manager:
        assert waiting(manager) == {"own": False, "team": False}
        assert {one.what: one.count for one in manager.needs_me()}[Need.TO_COVER] == 2


def test_whoever_covers_works_with_the_child_beside_their_worker_for_those_days(record: Database) -> None:
    with door(record, "team.manager") as manager:
        child = handle(manager, "own")
        with pytest.raises(KeyworkerError, match="the worker who is away"):
            manager.decide_cover(child, replace(COVER, covered_by="pat"))
        manager.decide_cover(child, COVER)
        working = {one.worker_id: (one.said, one.is_main) for one in manager.worked_with(child).before.working}
        assert working == {"pat": ("Lead", True), "bea": ("covering worker", False)}
        assert "own" not in waiting(manager)
        (covers,) = (one for one in manager.worked_with(child).before.working if one.worker_id == "bea")
    with door(record, "team.manager", datetime(2026, 4, 11, 12, tzinfo=UTC)) as manager:
        assert [one.worker_id for one in manager.worked_with(child).before.working] == ["pat"]
        assert "own" in waiting(manager)
    with door(record, "team.manager", IN_APRIL) as manager:
        manager.end_allocation(child, covers.entry_id, IN_APRIL.date(), "cover ended")
        assert "own" in waiting(manager), "whoever covers gave the child back"


def test_cover_for_leave_that_is_planned_is_decided_before_and_holds_from_its_first_day(record: Database) -> None:
    """Cal will be away from Monday 30 March for two weeks: ten days from today, and it was said beforehand."""
    first, back = date(2026, 3, 30), date(2026, 4, 13)
    with record.connect(DatabaseRole.LOADER) as loader:
        absence = {"absence_id": "x9", "worker_id": "cal", "from_on": first, "reason_class": "ANN"}
        tell(loader, {"absence": [absence | {"expected_return_on": back}]}, now=NOW)
    with door(record, "director") as director:
        child = handle(director, "all")
        assert waiting(director)["all"] is False
        assert director.cover_told(child).away == AwayNow("cal", first, back)
        director.decide_cover(child, WantedCover("7" * 32, "bea", "t2", first, date(2026, 4, 10)))
        assert "all" not in waiting(director)
        assert [one.worker_id for one in director.worked_with(child).before.working] == ["cal"], "not before that day"
    with door(record, "director", datetime(2026, 3, 30, 12, tzinfo=UTC)) as director:
        assert {one.worker_id for one in director.worked_with(child).before.working} == {"cal", "bea"}
        assert "all" not in waiting(director)


def test_the_children_of_a_worker_who_left_wait_for_another_worker(record: Database) -> None:
    with door(record, "workforce") as hr:
        post = standing(hr, "cal", "appointment").entry_id
        last = {"last_on": "2026-03-19", "leaving_destination": "8", "leaving_reason": "1"}
        hr.record_staff(worker(hr, "cal"), wanted("leaving", "3", post, **last))
    with door(record, "director") as director:
        assert [child for child, has_left in waiting(director).items() if has_left] == ["all"]
        assert {one.what: one.count for one in director.needs_me()}[Need.LEFT] == 1


def test_only_whoever_decides_who_works_with_the_child_decides_who_covers(record: Database) -> None:
    for account in ("social.worker", "workforce", "quality.assurance", "conference.chair"):
        with door(record, account) as other:
            with pytest.raises(Refused):
                other.to_cover()
            with pytest.raises((Refused, NotKnown)):
                other.decide_cover(handle(other), COVER)
    with door(record, "team.manager") as manager, pytest.raises((Refused, NotKnown)):
        manager.decide_cover(handle(manager, "all"), COVER)


@pytest.mark.parametrize(("setting", "days"), [(None, 7), ("3", 3), ("-3", 7), ("soon", 7)])
def test_the_setting_is_a_whole_number_of_days_or_the_usual(setting: str | None, days: int) -> None:
    assert days_before(setting) == days


@pytest.mark.parametrize(
    ("back", "days", "is_long"),
    [(date(2026, 3, 9), 7, False), (date(2026, 3, 10), 7, True), (None, 7, True), (date(2026, 3, 3), 18, False)],
)
def test_an_absence_is_long_by_its_end_by_today_or_where_nobody_knows(
    back: date | None, days: int, is_long: bool
) -> None:
    assert AwayNow("ann", date(2026, 3, 2), back).is_long(days, date(2026, 3, 9) if days == 7 else TODAY) is is_long
