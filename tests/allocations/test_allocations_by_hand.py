"""Who works with a child, decided and handed over by hand, on a small record worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest

from keyworker.actions.allocations import BeforeChange, Part, Steps, problems, problems_of_steps
from keyworker.actions.questions.naming import NotKnown
from keyworker.actions.questions.needs import Need, Needing
from keyworker.clocks.children import children_at
from keyworker.clocks.story import story_at
from keyworker.facts.handovers import Involvement
from keyworker.facts.moment import Moment
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.allocations.made import FORM, HOME, NOW, TODAY, asked, handle, told, wanted
from tests.clocks.made import involvement, tell
from tests.servers.started import Database

DAY = timedelta(days=1)
LATER = datetime(2026, 3, 20, 18, tzinfo=UTC)
STARTS = date(2026, 3, 23)


@pytest.fixture
def record(as_database_url: Database) -> Database:
    with as_database_url.connect(DatabaseRole.LOADER) as loader:
        told(loader)
    return as_database_url


@pytest.fixture
def connection(record: Database) -> Iterator[psycopg.Connection]:
    with record.connect(DatabaseRole.SERVICE, autocommit=True) as opened:
        yield opened


def row(connection: psycopg.Connection, child_id: str = "ash", at: date = TODAY) -> Any:
    (found,) = [one for one in children_at(connection, Moment(at)) if one.child_id == child_id]
    return found


def lead(connection: psycopg.Connection, child_id: str = "ash", at: date = TODAY) -> str | None:
    found = row(connection, child_id, at).lead
    return found.worker_id if found else None


def test_a_child_without_a_worker_is_allocated_and_has_one_at_once(connection: psycopg.Connection) -> None:
    assert row(connection, "cam").unallocated_since is not None
    asked(connection).allocate(handle(connection, "cam"), wanted("cal", cause="first allocation"))
    assert lead(connection, "cam") == "cal" and row(connection, "cam").unallocated_since is None
    # Cal may see the record from now on, and could not before.
    assert asked(connection, "cal").worked_with(handle(connection, "cam")).name == "Camber Invented"
    with pytest.raises(NotKnown):
        asked(connection, "cal").worked_with(handle(connection))


def test_nothing_changes_for_the_child_until_an_offer_is_accepted(connection: psycopg.Connection) -> None:
    child = handle(connection)
    asked(connection).allocate(child, wanted(starts_on=STARTS))
    assert lead(connection) == "ann" and lead(connection, at=STARTS) == "ann"
    (one,) = asked(connection, "bea").worked_with(child).handovers
    assert (one.from_worker_id, one.worker_id, one.is_waiting) == ("ann", "bea", True)
    asked(connection, "bea", LATER).answer_offer(child, FORM, "accepted")
    assert (
        lead(connection) == "ann"
        and lead(connection, at=STARTS - DAY) == "ann"
        and lead(connection, at=STARTS) == "bea"
    )
    story = story_at(connection, Moment(STARTS), "ash")
    assert story is not None
    ribbons = [(one.worker.worker_id, one.from_on, one.to_on, one.cause) for one in story.ribbons]
    assert ribbons == [("ann", date(2026, 1, 5), STARTS, "TSPROC"), ("bea", STARTS, None, None)]
    assert row(connection, at=STARTS).changes_in_12_months == 1


def test_what_the_extract_goes_on_to_say_does_not_hold_the_child_twice(
    record: Database, connection: psycopg.Connection
) -> None:
    child = handle(connection)
    asked(connection).allocate(child, wanted(starts_on=TODAY))
    asked(connection, "max", LATER).answer_offer(child, FORM, "accepted")
    with record.connect(DatabaseRole.LOADER) as loader:
        again = [
            involvement(7, "ann", "Lead", date(2026, 1, 5), None, child_id="ash"),
            involvement(8, "bea", "Lead", date(2026, 3, 22), None, child_id="ash"),
        ]
        tell(loader, {"involvements": again}, now=datetime(2026, 3, 24, 9, tzinfo=UTC))
    found = row(connection, at=date(2026, 3, 24))
    assert found.lead.worker_id == "bea" and found.co_workers == () and found.changes_in_12_months == 1


@pytest.mark.parametrize("answer", ["refused", "withdrawn"])
def test_an_offer_that_comes_to_nothing_says_why_and_leaves_the_child_where_they_are(
    connection: psycopg.Connection, answer: str
) -> None:
    child = handle(connection)
    asked(connection).allocate(child, wanted())
    by = "max" if answer == "refused" else "meg"
    with pytest.raises(KeyworkerError, match="needs a reason"):
        asked(connection, by).answer_offer(child, FORM, answer, " ")
    asked(connection, by, LATER).answer_offer(child, FORM, answer, "Bea knows the family.")
    (one,) = asked(connection).worked_with(child).handovers
    assert (one.answer, one.answered_why, one.written_by) == (answer, "Bea knows the family.", f"{by}.madeup")
    assert lead(connection, at=STARTS) == "ann"
    with pytest.raises(NotKnown):
        asked(connection, "bea").worked_with(child)


def test_only_the_worker_offered_to_or_their_manager_answers(connection: psycopg.Connection) -> None:
    child = handle(connection)
    asked(connection).allocate(child, wanted())
    for who in ("ann", "meg"):
        assert asked(connection, who).worked_with(child).may_answer == frozenset()
        with pytest.raises(Refused, match="answered by the worker"):
            asked(connection, who).answer_offer(child, FORM, "accepted")
    with pytest.raises(NotKnown):
        asked(connection, "cal").answer_offer(child, FORM, "accepted")
    with pytest.raises(Refused, match="decided by whoever manages"):
        asked(connection, "bea").answer_offer(child, FORM, "withdrawn", "I would rather not.")
    offered = Needing(Need.OFFERS, 1)
    assert offered in asked(connection, "max").needs_me() and offered not in asked(connection, "ann").needs_me()


def test_who_works_with_a_child_is_not_for_their_worker_to_decide(connection: psycopg.Connection) -> None:
    for who, error in (("ann", Refused), ("bea", Refused), ("max", Refused)):
        with pytest.raises(error):
            asked(connection, who).allocate(handle(connection), wanted())
    logged = connection.execute("select count(*) from record.access_log where route = 'not given: allocation'")
    assert logged.fetchone() == (3,)


def test_whoever_covers_works_with_the_child_for_a_while_and_the_child_keeps_the_worker(
    connection: psycopg.Connection,
) -> None:
    until = date(2026, 4, 3)
    cover = wanted("cal", part=Part.COVER, until=until, cause="sickness")
    asked(connection).allocate(handle(connection), cover)
    found = row(connection, at=until)
    assert found.lead.worker_id == "ann" and [one.worker_id for one in found.co_workers] == ["cal"]
    assert row(connection, at=until + DAY).co_workers == ()
    assert found.changes_in_12_months == 0


def test_an_ending_leaves_the_child_without_a_worker_from_its_day(connection: psycopg.Connection) -> None:
    child = handle(connection)
    (one,) = asked(connection).worked_with(child).before.working
    asked(connection).end_allocation(child, one.entry_id, TODAY, "resigned")
    found = row(connection)
    assert (found.lead, found.unallocated_since) == (None, TODAY)
    assert lead(connection, at=TODAY - DAY) == "ann"
    asked(connection, now=LATER).allocate(child, wanted("cal", cause="rebalancing"))
    assert lead(connection) == "cal"


@pytest.mark.parametrize(
    ("value", "unit", "by"),
    # Cam has had nobody since Monday 5 January 2026.
    [
        ("1", "working_days", date(2026, 1, 6)),
        ("14", "calendar_days", date(2026, 1, 19)),
        ("soon", "working_days", None),
    ],
)
def test_a_child_with_no_worker_is_to_be_allocated_within_the_councils_own_interval(
    record: Database, connection: psycopg.Connection, value: str, unit: str, by: date | None
) -> None:
    assert asked(connection).team(None, Moment(TODAY)).allocate_by == {}
    with record.connect(DatabaseRole.LOADER) as loader:
        interval = {**HOME, "name": "allocation interval", "value": value, "unit": unit}
        ended = involvement(21, "zoe", "Lead", date(2025, 1, 6), date(2025, 2, 1), child_id="old")
        tell(loader, {"setting": [interval], "involvements": [ended]}, now=datetime(2026, 3, 20, 8, tzinfo=UTC))
    found = asked(connection).team(None, Moment(TODAY))
    assert found.allocate_by == ({"cam": by} if by else {})
    assert found.manager is not None and found.manager.name == "Meg Madeup"


def test_a_form_that_is_sent_twice_writes_once(connection: psycopg.Connection) -> None:
    asked(connection).allocate(handle(connection, "cam"), wanted("cal", part=Part.CO_WORKER))
    with pytest.raises((AlreadyRecorded, KeyworkerError)):
        asked(connection).allocate(handle(connection, "cam"), wanted("cal", part=Part.CO_WORKER))
    assert len(row(connection, "cam").co_workers) == 1


def test_a_handover_is_complete_when_the_child_was_told_beforehand_introduced_and_offered_a_goodbye(
    connection: psycopg.Connection,
) -> None:
    child = handle(connection)
    asked(connection).allocate(child, wanted(starts_on=TODAY))
    asked(connection, "bea").answer_offer(child, FORM, "accepted")
    (one,) = asked(connection, "bea").handovers()
    assert not one.handover.is_complete and one.name == "Ashby Madeup"
    steps = Steps(TODAY - DAY, TODAY)
    asked(connection, "bea").take_steps(child, FORM, steps)
    asked(connection, "bea", LATER).take_steps(child, FORM, replace(steps, goodbye_on=TODAY))
    assert asked(connection, "bea").handovers() == []
    assert asked(connection, "bea").worked_with(child).handovers[0].is_complete
    # Told on the day itself is not told beforehand, however complete the rest is.
    asked(connection, "bea", datetime(2026, 3, 20, 19, tzinfo=UTC)).take_steps(child, FORM, Steps(TODAY, TODAY, TODAY))
    assert len(asked(connection, "bea").handovers()) == 1


def test_where_the_case_system_is_the_home_nobody_is_asked_to_type_it(
    record: Database, connection: psycopg.Connection
) -> None:
    with record.connect(DatabaseRole.LOADER) as loader:
        again = {**HOME, "value": "case system", "from_on": date(2026, 3, 20), "applies_to": "ALL"}
        tell(loader, {"setting": [again]}, now=datetime(2026, 3, 20, 16, tzinfo=UTC))
    found = asked(connection).worked_with(handle(connection))
    assert not found.is_here and not found.may_allocate
    with pytest.raises(Refused, match="recorded in the case system"):
        asked(connection).allocate(handle(connection), wanted())


ANN = Involvement("ash", "i1", "ann", "Lead", "lead", "t1", None, date(2026, 1, 5), "ssd", 1)
HELD = BeforeChange((ANN,))


@pytest.mark.parametrize(
    ("changes", "before", "fields"),
    [
        ({}, HELD, []),
        ({"worker_id": ""}, HELD, ["worker"]),
        ({"worker_id": "ann"}, HELD, ["worker"]),
        ({"worker_id": "ann", "part": Part.CO_WORKER}, HELD, []),
        ({"cause": "because"}, HELD, ["cause"]),
        ({"starts_on": None}, HELD, ["starts_on"]),
        ({"starts_on": date(2026, 1, 5)}, HELD, ["starts_on"]),
        ({"starts_on": date(2026, 6, 20)}, HELD, []),
        ({"starts_on": date(2026, 6, 21)}, HELD, ["starts_on"]),
        ({"starts_on": date(2025, 3, 18)}, BeforeChange(()), ["starts_on"]),
        ({}, replace(HELD, waiting=True), ["worker"]),
        ({}, replace(HELD, changes=1), []),
        ({}, replace(HELD, changes=2), ["why"]),
        ({"why": "The child asked for Bea."}, replace(HELD, changes=2), []),
        ({"part": Part.COVER}, replace(HELD, changes=2, waiting=True), []),
        ({"part": Part.COVER, "until": date(2026, 3, 19)}, HELD, ["until"]),
        ({"why": "x" * 501}, HELD, ["why"]),
    ],
)
def test_what_is_wrong_is_said_by_its_field_and_a_third_change_needs_its_reason(
    changes: dict[str, Any], before: BeforeChange, fields: list[str]
) -> None:
    assert list(problems(wanted(**changes), before, TODAY)) == fields


def test_a_step_of_a_handover_lies_in_the_past() -> None:
    assert list(problems_of_steps(Steps(TODAY, TODAY + DAY, None), TODAY)) == ["introduced_on"]
    assert NOW.date() == TODAY
