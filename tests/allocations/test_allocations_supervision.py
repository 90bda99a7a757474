"""Case supervision written down by hand, on a small record worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest

from keyworker.actions.case_supervision import EndedAction, NewAction, WantedSupervision, problems
from keyworker.actions.questions.case_supervision import MyActions
from keyworker.actions.questions.naming import NotKnown
from keyworker.actions.questions.needs import Need, Needing
from keyworker.actions.unit_meetings import SpokenOf, WantedMeeting
from keyworker.actions.writing import SentOtherwise
from keyworker.clocks.engine import Reading
from keyworker.clocks.readings import State
from keyworker.facts.moment import Moment
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.allocations.made import FORM, HOME, NOW, TODAY, asked, handle, rows
from tests.clocks.made import tell
from tests.servers.started import Database

PLANNED = date(2026, 1, 19)
DUE = date(2026, 3, 19)
"""Two months after the plan began."""
NEXT = date(2026, 5, 20)
LATER = datetime(2026, 3, 20, 18, tzinfo=UTC)
DAY = timedelta(days=1)
CALL = NewAction("Call the school about Fridays.", "ann", date(2026, 3, 27))


@pytest.fixture
def record(as_database_url: Database) -> Database:
    """Ash is on a plan from 19 January; meg supervises ann."""
    also: dict[str, list[dict[str, Any]]] = {
        "cp_plans": [{"cp_plan_id": "p1", "child_id": "ash", "from_on": PLANNED}],
        "case_supervision": [],
        "supervision_line": [{"worker_id": "ann", "supervisor_id": "meg", "from_on": PLANNED}],
    }
    home = {**HOME, "name": "home of case supervision"}
    with as_database_url.connect(DatabaseRole.LOADER) as loader:
        every = rows() | also
        every["setting"] = [*every["setting"], home]
        tell(loader, every, now=datetime(2026, 3, 19, 9, tzinfo=UTC))
    return as_database_url


@pytest.fixture
def connection(record: Database) -> Iterator[psycopg.Connection]:
    with record.connect(DatabaseRole.SERVICE, autocommit=True) as opened:
        yield opened


def wanted(**changes: Any) -> WantedSupervision:
    base = WantedSupervision(FORM, TODAY, "ann", "meg", "held", "one to one", "The plan goes on.", "He is safer.")
    return replace(base, **changes)


def duty(connection: psycopg.Connection) -> Reading:
    """The one case supervision that is due of the child and not yet met."""
    found = asked(connection).clocks(Moment(TODAY), child=handle(connection), rules=["cp-supervision-2m"])
    (one,) = (one for one in found if one.state in (State.RUNNING, State.OVERDUE))
    return one


def test_a_supervision_that_was_held_meets_its_clock_at_once(connection: psycopg.Connection) -> None:
    assert duty(connection).due_on == DUE
    asked(connection).record_supervision(handle(connection), wanted())
    assert duty(connection).due_on == NEXT
    (one,) = asked(connection, "ann").supervised(handle(connection)).supervisions
    assert (one.decision, one.why, one.form, one.confirmed) == ("The plan goes on.", "He is safer.", "one to one", None)
    assert (one.written_by, one.worker_id, one.supervisor_id) == ("meg.madeup", "ann", "meg")


def test_one_that_was_called_off_says_by_whom_and_meets_nothing(connection: psycopg.Connection) -> None:
    called_off = wanted(outcome="cancelled", cancelled_by="supervisor", decision="")
    asked(connection).record_supervision(handle(connection), called_off)
    assert duty(connection).due_on == DUE
    (one,) = asked(connection).supervised(handle(connection)).supervisions
    assert (one.outcome, one.cancelled_by) == ("cancelled", "supervisor")


def test_an_action_is_carried_to_the_next_supervision_until_it_ends(connection: psycopg.Connection) -> None:
    child = handle(connection)
    visit = NewAction("Visit the grandmother.", "meg", date(2026, 4, 1))
    asked(connection).record_supervision(child, wanted(new=(CALL, visit)))
    first, second = asked(connection).supervised(child).open_actions.values()
    assert (first.what, first.worker_id, first.due_on) == ("Call the school about Fridays.", "ann", date(2026, 3, 27))
    ended = (EndedAction(first.action_id, True, "They will ring."), EndedAction(second.action_id, False, "She moved."))
    asked(connection, now=LATER).record_supervision(child, wanted(number="b" * 32, ended=ended))
    found = asked(connection).supervised(child)
    assert found.open_actions == {}
    assert [(one.done, one.outcome, one.ended_on) for one in found.actions] == [
        (True, "They will ring.", TODAY),
        (False, "She moved.", TODAY),
    ]
    with pytest.raises(KeyworkerError, match="ended already"):
        asked(connection, now=LATER).record_supervision(child, wanted(number="c" * 32, ended=ended))


def test_what_waits_for_somebody_of_every_child_is_one_list_until_it_is_done(connection: psycopg.Connection) -> None:
    child = handle(connection)
    visit = NewAction("Visit the grandmother.", "meg", TODAY + DAY)
    asked(connection).record_supervision(child, wanted(new=(CALL, visit)))
    mine = asked(connection, "ann").my_actions()
    assert [(one.what, mine.children[one.child_id].handle) for one in mine.actions] == [(CALL.what, child)]
    assert [one.supervision_id for one in mine.to_confirm] == [FORM] and mine.out_of_sight == 0
    hers = asked(connection, "meg").my_actions()
    assert [one.what for one in hers.actions] == [visit.what] and hers.to_confirm == ()
    assert asked(connection, "bea").my_actions() == asked(connection, "max").my_actions() == MyActions()
    assert Needing(Need.CONFIRM, 1) in asked(connection, "ann").needs_me()
    past = datetime(2026, 3, 28, 9, tzinfo=UTC)  # her action was to be done by the 27th
    assert Needing(Need.ACTIONS, 1) in asked(connection, "ann", past).needs_me()
    asked(connection, "ann", past).answer_supervision(child, FORM, True)
    ended = tuple(EndedAction(one.action_id, True) for one in (*mine.actions, *hers.actions))
    asked(connection, now=past).record_supervision(child, wanted(number="b" * 32, ended=ended))
    assert [one.supervision_id for one in asked(connection, "ann", past).my_actions().to_confirm] == ["b" * 32]
    assert (
        asked(connection, "ann", past).my_actions().actions == asked(connection, "meg", past).my_actions().actions == ()
    )


def test_the_worker_says_whether_it_was_so_and_nobody_else_does(connection: psycopg.Connection) -> None:
    child = handle(connection)
    asked(connection).record_supervision(child, wanted())
    assert asked(connection, "meg").supervised(child).may_confirm == frozenset()
    with pytest.raises(Refused):
        asked(connection).answer_supervision(child, FORM, True)
    with pytest.raises(KeyworkerError, match="what was otherwise"):
        asked(connection, "ann").answer_supervision(child, FORM, False, " ")
    asked(connection, "ann", LATER).answer_supervision(child, FORM, False, "We did not speak of the plan.")
    (one,) = asked(connection).supervised(child).supervisions
    assert (one.confirmed, one.answer, one.answered_on) == (False, "We did not speak of the plan.", TODAY)


def test_what_the_worker_writes_the_worker_says_was_so(connection: psycopg.Connection) -> None:
    choices = asked(connection, "ann").supervisable(handle(connection))
    assert [ref.worker_id for ref in choices.workers] == ["ann"]
    assert [ref.worker_id for ref in choices.supervisors] == ["ann", "meg"]
    asked(connection, "ann").record_supervision(handle(connection), wanted())
    (one,) = asked(connection).supervised(handle(connection)).supervisions
    assert one.confirmed is True


def test_a_supervision_is_written_by_one_of_the_two_of_a_child_of_theirs(connection: psycopg.Connection) -> None:
    child = handle(connection)
    with pytest.raises(Refused, match="neither of the two"):
        asked(connection).record_supervision(child, wanted(supervisor_id="max"))
    with pytest.raises(Refused):
        asked(connection, "bea").record_supervision(child, wanted(worker_id="bea"))
    with pytest.raises(NotKnown):
        asked(connection, "bea").supervised(child)
    asked(connection).record_supervision(child, wanted())
    with pytest.raises(AlreadyRecorded):
        asked(connection).record_supervision(child, wanted())


def test_one_that_is_withdrawn_was_never_held_and_its_clock_stands_again(connection: psycopg.Connection) -> None:
    child = handle(connection)
    asked(connection).record_supervision(child, wanted(new=(CALL,)))
    asked(connection, now=LATER).withdraw_supervision(child, FORM, "It was another child.")
    assert duty(connection).due_on == DUE
    (one,) = asked(connection).supervised(child).supervisions
    assert (one.is_withdrawn, one.outcome, one.changed_why) == (True, None, "It was another child.")
    with pytest.raises(KeyworkerError, match="can be withdrawn"):
        asked(connection).withdraw_supervision(child, FORM, "Again.")


def test_where_the_case_system_is_its_home_it_is_read_and_not_typed(
    record: Database, connection: psycopg.Connection
) -> None:
    with record.connect(DatabaseRole.LOADER) as loader:
        again = {**HOME, "name": "home of case supervision", "value": "case system", "applies_to": "All"}
        told = {"supervision_id": "s1", "child_id": "ash", "happened_on": TODAY, "outcome": "held", "decision": "On."}
        tell(loader, {"setting": [again], "case_supervision": [told]}, now=datetime(2026, 3, 20, 16, tzinfo=UTC))
    found = asked(connection).supervised(handle(connection))
    assert not found.is_here and [one.is_ours for one in found.supervisions] == [False]
    with pytest.raises(Refused, match="recorded in the case system"):
        asked(connection).record_supervision(handle(connection), wanted())


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"happened_on": None}, ["on"]),
        ({"happened_on": date(2026, 3, 21)}, ["on"]),
        ({"worker_id": ""}, ["worker"]),
        ({"supervisor_id": ""}, ["supervisor"]),
        ({"supervisor_id": "ann"}, ["supervisor"]),
        ({"form": "walk"}, ["form"]),
        ({"outcome": ""}, ["outcome"]),
        ({"decision": " "}, ["decision"]),
        ({"decision": "x" * 4001}, ["decision"]),
        ({"outcome": "cancelled"}, ["cancelled_by"]),
        ({"outcome": "cancelled", "cancelled_by": "worker"}, []),
        ({"outcome": "cancelled", "cancelled_by": "worker", "new": (CALL,)}, ["outcome"]),
        ({"new": (replace(CALL, what=" "),)}, ["what-1"]),
        ({"new": (CALL, replace(CALL, worker_id=""))}, ["owner-2"]),
        ({"new": (replace(CALL, due_on=date(2026, 3, 19)),)}, ["due-1"]),
        ({"ended": (EndedAction("a1", True),)}, []),
        ({"ended": (EndedAction("a1", False),)}, ["outcome-a1"]),
    ],
)
def test_what_is_wrong_with_a_supervision_is_said_by_its_field(changes: dict[str, Any], fields: list[str]) -> None:
    assert list(problems(wanted(**changes), TODAY)) == fields
    assert NOW.date() == TODAY


def test_a_unit_meeting_is_carried_to_each_child_once_and_meets_the_clock(connection: psycopg.Connection) -> None:
    meg = asked(connection)
    (family,) = meg.to_talk_over().families
    assert [row.child_id for row in family.children] == ["ash"] and family.workers["ash"].worker_id == "ann"
    spoken_of = SpokenOf((("ash", "ann"),), "The plan goes on.", "He is safer.")
    meeting = WantedMeeting("f" * 32, TODAY, "meg", "unit meeting", "Ann, Cal and Meg Madeup", (spoken_of,))
    with pytest.raises(KeyworkerError, match="who came"):
        meg.record_meeting_of_unit(replace(meeting, present=" "))
    with pytest.raises(NotKnown):
        meg.record_meeting_of_unit(replace(meeting, families=(replace(spoken_of, children=(("cam", "ann"),)),)))
    with pytest.raises(KeyworkerError, match="their own work"):
        asked(connection, "ann").record_meeting_of_unit(replace(meeting, supervisor_id="ann"))
    meg.record_meeting_of_unit(meeting)
    with pytest.raises(AlreadyRecorded):
        meg.record_meeting_of_unit(meeting)
    with pytest.raises(SentOtherwise):
        meg.record_meeting_of_unit(replace(meeting, families=(replace(spoken_of, decision="It ends."),)))
    (one,) = meg.supervised(handle(connection)).supervisions
    assert (one.form, one.decision, one.present, one.confirmed) == (
        "unit meeting", "The plan goes on.", "Ann, Cal and Meg Madeup", None,
    )  # fmt: skip
    assert duty(connection).due_on == NEXT
    with pytest.raises(NotKnown):
        asked(connection, "max").record_meeting_of_unit(replace(meeting, number="0" * 32, supervisor_id="max"))
