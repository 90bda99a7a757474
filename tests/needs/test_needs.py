"""What needs whoever asks, through the real door, on the small record of the tests of asking for time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from keyworker.actions.questions.needs import Need, Needing
from keyworker.actions.time_asked import WantedAnswer
from keyworker.clocks.readings import State
from keyworker.facts.moment import Moment
from keyworker.facts.time_asked import GIVEN, LATE
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append
from tests.access.made import BEGAN, NOW, TODAY, told
from tests.servers.started import Database, Server
from tests.time_asked.test_time_asked import AMY, FORM, SEEN, asked, door, handle

ALONE = {"referral_id": "r-alone", "child_id": "alone", "from_on": BEGAN, "team_id": "t1"}
AFTER = datetime(2026, 3, 24, 9, tzinfo=UTC)


@pytest.fixture
def record(embedded_server: Server) -> Iterator[Database]:
    """The service of the access tests, Amy by whom Ann signs in, and a child of t1 with whom nobody works."""
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(loader, cp_visits=[SEEN], role_holding=[AMY], cin_episodes=[ALONE])
    yield made
    embedded_server.drop(made)


def needs(record: Database, account: str, now: datetime = NOW) -> dict[Need, int]:
    with door(record, account, now) as on:
        found = on.needs_me()
    assert [one.what for one in found] == [what for what in Need if what in {one.what for one in found}], "in order"
    assert all(one.count > 0 for one in found), "what is nought needs nobody"
    return {one.what: one.count for one in found}


def test_a_child_with_no_worker_needs_whoever_manages_the_team_and_no_social_worker(record: Database) -> None:
    for account in ("team.manager", "head.of.service", "director"):
        assert needs(record, account)[Need.NO_WORKER] == 1, account
    for account in ("social.worker", "quality.assurance", "conference.chair"):
        assert Need.NO_WORKER not in needs(record, account), account


def test_who_asks_for_time_needs_the_manager_and_unanswered_the_line(record: Database) -> None:
    assert Need.TO_ANSWER not in needs(record, "team.manager")
    asked(record)
    assert needs(record, "team.manager")[Need.TO_ANSWER] == 1
    late = needs(record, "head.of.service", AFTER)
    assert (late[Need.UNANSWERED], Need.TO_ANSWER in late) == (1, False)
    assert Need.TO_ANSWER not in needs(record, "amy") and Need.UNANSWERED not in needs(record, "amy", AFTER)


def test_what_was_given_to_somebody_needs_them_and_what_was_answered_needs_nobody(record: Database) -> None:
    asked(record)
    with door(record, "head.of.service") as head:
        head.answer_time(handle(head), FORM, WantedAnswer(GIVEN, None, "pat", "Pat is near there."))
    found = needs(record, "team.manager")  # Pat, who sees the team's children
    assert found[Need.GIVEN] == 1 and Need.TO_ANSWER not in found
    assert Need.GIVEN not in needs(record, "amy")


def test_accepted_late_it_needs_nobody_to_answer(record: Database) -> None:
    asked(record)
    with door(record, "team.manager") as manager:
        manager.answer_time(handle(manager), FORM, WantedAnswer(LATE, TODAY + timedelta(days=5), None, "Next week."))
    assert not {Need.TO_ANSWER, Need.GIVEN, Need.UNANSWERED} & set(needs(record, "team.manager"))


def test_what_is_past_its_date_to_ones_own_children_needs_their_worker_alone(record: Database) -> None:
    """The child `own` was to be seen by 19 January; each of Ann's and Pat's children was."""
    assert needs(record, "social.worker")[Need.OVERDUE] == needs(record, "amy")[Need.OVERDUE] > 0
    assert Need.OVERDUE not in needs(record, "performance.analyst")


def test_a_reminder_says_how_much_of_it_is_late_and_which_day_comes_first(record: Database) -> None:
    """As above: what is past its date is late, and what is due within a week has the next day."""
    with door(record, "social.worker") as pat:
        found, told_of = pat.needs_me(), pat.to_remind()
        dues = [one for one in pat.due(Moment(TODAY)) if one.child and one.child.child_id == "own"]
    soon = [one.reading.due_on for one in dues if one.reading.state is State.RUNNING]
    counts = {one.what: one.count for one in found}
    assert told_of is not None and told_of.late == counts[Need.OVERDUE]
    assert told_of.things == sum(counts.values())
    assert told_of.first_on == min((day for day in soon if day and day <= TODAY + timedelta(days=7)), default=None)
    with door(record, "conference.chair") as chair:
        assert chair.to_remind() is None


def test_a_note_of_supervision_needs_whoever_was_supervised(record: Database) -> None:
    note = {
        "note_id": "n1",
        "worker_id": "ann",
        "supervisor_id": "pat",
        "happened_on": TODAY,
        "note": "Made-up words",
        "written_by": "pat",
    }
    with record.connect(DatabaseRole.APPLICATION) as connection:
        append(connection, Act("entry", "test", "test", "keyworker"), NOW, {"supervision_note": [note]})
    assert needs(record, "amy")[Need.NOTES] == 1
    assert Need.NOTES not in needs(record, "social.worker")


def test_where_nothing_waits_nothing_is_told(record: Database) -> None:
    with door(record, "conference.chair") as chair:
        assert chair.needs_me() == []


def test_it_logs_that_it_was_asked_and_shows_nobody(record: Database) -> None:
    needs(record, "director")
    with record.connect(DatabaseRole.OWNER) as owner:
        rows = owner.execute("select handles from record.access_log where route = 'needs me'").fetchall()
    assert rows == [([],)]


def test_a_need_is_one_of_the_few_that_are_known() -> None:
    assert Needing(Need("past its date"), 1).what is Need.OVERDUE
