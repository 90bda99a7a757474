"""Asking for time for a duty and answering, through the real door, on a small record worked out by hand.

Each child is on a plan from Monday 5 January 2026 and was to be seen within ten working days: by Monday 19 January.
Today is Friday 20 March. One working day on is Monday 23 March.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from keyworker.access import Door
from keyworker.actions import Keyworker
from keyworker.actions.questions.naming import NotKnown
from keyworker.actions.sign_ins import signed_in
from keyworker.actions.time_asked import Standing, WantedAnswer, WantedTime, answer_by, problems, problems_of_answer
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.moment import Moment
from keyworker.facts.time_asked import GIVEN, LATE, LATER, TOGETHER
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.access.made import BEGAN, NOW, TODAY, setting, told
from tests.servers.asking import asking
from tests.servers.started import Database, Server
from tests.web.made_time import ASKED

DUE, ANSWER_BY = date(2026, 1, 19), date(2026, 3, 23)
FORM = "a" * 32
WANTED = WantedTime(FORM, "cp-visit", DUE, "In court all week.")
AMY = {"account": "amy", "role": "social worker", "scope": "all", "worker_id": "ann", "from_on": BEGAN}
SEEN = {"cp_visit_id": "v1", "child_id": "all", "happened_on": date(2026, 3, 19), "seen": True, "seen_alone": True}
"""Of somebody a visit must be told, or of nobody can it be told that there was none."""


@pytest.fixture
def record(embedded_server: Server) -> Iterator[Database]:
    """The service of the access tests, and Amy, by whom Ann signs in: the child `team` is hers, and Pat's team's."""
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(
            loader,
            cp_visits=[SEEN],
            role_holding=[AMY],
            setting=[setting("days to answer who asks for time", "1", unit="working_days")],
        )
    yield made
    embedded_server.drop(made)


@contextmanager
def door(record: Database, account: str, now: datetime = NOW) -> Iterator[Keyworker]:
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        asker, _ = signed_in(connection, account, now.date(), purpose="test", door=Door.PAGE)
        yield asking(asker, connection, now)


def handle(on: Keyworker, child: str = "team") -> str:
    return handles_of(on.connection, HandleKind.CHILD, [child])[child]


def asked(record: Database) -> None:
    with door(record, "amy") as amy:
        amy.ask_time(handle(amy), WANTED)


def test_who_works_with_a_child_asks_and_the_manager_must_answer_within_the_days_that_are_set(record: Database) -> None:
    asked(record)
    with door(record, "team.manager") as manager:
        (one,) = manager.time_to_answer()
    assert (one.asked.rule, one.asked.due_on, one.asked.answer_by_on) == ("cp-visit", DUE, ANSWER_BY)
    assert (one.name, one.standing, one.team and one.team.name) == ("Team Madeup", Standing.WAITS, "Fen 1")
    assert (one.who, one.is_own) == (None, False)
    with door(record, "amy") as amy:
        (mine,) = amy.time_of_mine()
    assert mine.is_own and mine.asked.reason == "In court all week."


def test_a_form_that_is_sent_twice_asks_once_and_a_duty_that_waits_is_not_asked_for_again(record: Database) -> None:
    asked(record)
    with door(record, "amy") as amy:
        with pytest.raises((AlreadyRecorded, KeyworkerError)):
            amy.ask_time(handle(amy), WANTED)
        with pytest.raises(KeyworkerError, match="waits for an answer"):
            amy.ask_time(handle(amy), replace(WANTED, asked_id="b" * 32))
        assert len(amy.time_asked(handle(amy))) == 1


def test_unanswered_by_its_day_it_is_the_services_lateness_and_stands_up_the_line(record: Database) -> None:
    asked(record)
    for now, how in (
        (datetime(2026, 3, 23, 12, tzinfo=UTC), Standing.WAITS),
        (datetime(2026, 3, 24, 9, tzinfo=UTC), Standing.UNANSWERED),
    ):
        for account in ("team.manager", "head.of.service", "director"):
            with door(record, account, now) as on:
                assert [one.standing for one in on.time_to_answer()] == [how], account


def test_the_date_is_changed_by_an_exception_of_the_same_machinery(record: Database) -> None:
    asked(record)
    until = date(2026, 3, 27)
    with door(record, "team.manager") as manager:
        child = handle(manager)
        found = manager.answerable(child, FORM)
        assert found.may_answer and found.may_change and found.duty
        manager.answer_time(child, FORM, WantedAnswer(LATER, until, None, "See the child on Friday."))
        (one,) = manager.time_asked(child)
        (agreed,) = manager.exceptions(Moment(TODAY), child)
        readings = manager.clocks(Moment(TODAY), child=child, rules=["cp-visit"])
    assert (one.answer, one.until_on, one.answered_by, one.answered_on) == (LATER, until, "team.manager", TODAY)
    assert (agreed.exception_id, agreed.new_due_on, agreed.reason) == (
        one.exception_id,
        until,
        "See the child on Friday.",
    )
    assert until in {reading.due_on for reading in readings}


@pytest.mark.parametrize(("answer", "helper"), [(GIVEN, "pat"), (TOGETHER, "pat")])
def test_it_is_given_to_somebody_of_the_team_or_somebody_goes_too_and_sees_it(
    record: Database, answer: str, helper: str
) -> None:
    asked(record)
    with door(record, "team.manager") as manager:
        child = handle(manager)
        names = [one.worker_id for one in manager.answerable(child, FORM).helpers]
        manager.answer_time(child, FORM, WantedAnswer(answer, None, helper, "Pat is near there."))
        assert manager.time_to_answer() == []
        (given,) = manager.time_of_mine()
    assert set(names) == {"ann", "pat"}
    assert (given.standing, given.asked.answer, given.asked.helper_id) == (Standing.ANSWERED, answer, "pat")


def test_nothing_is_given_to_somebody_whose_sign_in_may_not_see_the_child(record: Database) -> None:
    # Under the setting `own`, Ann's sign-in sees the child whom she holds, and not the one whom Pat holds.
    with door(record, "team.manager") as manager:
        manager.ask_time(handle(manager, "own"), replace(WANTED, asked_id="d" * 32))
    with door(record, "head.of.service") as head:
        child = handle(head, "own")
        assert [one.worker_id for one in head.answerable(child, "d" * 32).helpers] == ["pat"]


def test_it_may_be_late_until_a_day_and_an_answer_is_given_once(record: Database) -> None:
    asked(record)
    late = WantedAnswer(LATE, TODAY + timedelta(days=7), None, "Next week will do.")
    with door(record, "head.of.service") as head:
        head.answer_time(handle(head), FORM, late)
        with pytest.raises(KeyworkerError):
            head.answer_time(handle(head), FORM, late)
    with door(record, "amy") as amy:
        (one,) = amy.time_of_mine()
        told_to = amy.answerable(handle(amy), FORM).told
    assert (one.asked.answer, one.asked.answer_says) == (LATE, "Next week will do.")
    assert told_to.who and told_to.who.worker_id == "ann"


def test_nobody_answers_themselves_nor_for_a_child_who_is_not_theirs(record: Database) -> None:
    late = WantedAnswer(LATE, TODAY + timedelta(days=7), None, "Next week will do.")
    with door(record, "team.manager") as manager:  # Pat, who also holds the child `own`
        manager.ask_time(handle(manager, "own"), replace(WANTED, asked_id="c" * 32))
        assert [one for one in manager.time_to_answer() if one.asked.asked_id == "c" * 32] == []
        with pytest.raises(Refused, match="You asked"):
            manager.answer_time(handle(manager, "own"), "c" * 32, late)
    asked(record)
    with door(record, "amy") as amy, pytest.raises(Refused):
        amy.answer_time(handle(amy), FORM, late)
    with door(record, "quality.assurance") as reader, pytest.raises(Refused):
        reader.answer_time(handle(reader), FORM, late)
    with door(record, "social.worker") as other, pytest.raises((Refused, NotKnown)):
        other.ask_time(handle(other, "all"), WANTED)


def test_whoever_asked_takes_it_back_and_nobody_else(record: Database) -> None:
    asked(record)
    with door(record, "team.manager") as manager, pytest.raises(Refused):
        manager.take_time_back(handle(manager), FORM)
    with door(record, "amy") as amy:
        amy.take_time_back(handle(amy), FORM)
        assert amy.time_of_mine() == []
    with door(record, "team.manager") as manager:
        assert manager.time_to_answer() == []


def test_somebody_elsewhere_cannot_be_named_as_who_helps(record: Database) -> None:
    asked(record)
    with door(record, "team.manager") as manager, pytest.raises(KeyworkerError, match="child’s team"):
        manager.answer_time(handle(manager), FORM, WantedAnswer(GIVEN, None, "cal", "Cal could."))


@pytest.mark.parametrize(
    ("said", "day"),
    [
        (None, date(2026, 3, 23)),
        ("1", date(2026, 3, 23)),
        ("3", date(2026, 3, 25)),
        ("soon", date(2026, 3, 23)),
        ("-4", date(2026, 3, 23)),
    ],
)
def test_the_day_of_the_answer_is_counted_in_working_days_and_is_the_next_where_nothing_is_set(
    said: str | None, day: date
) -> None:
    assert answer_by(TODAY, said) == day


def test_a_duty_that_is_no_longer_open_has_no_time_to_ask_for() -> None:
    assert list(problems(WANTED, None, [])) == ["duty"]
    assert list(problems(replace(WANTED, reason=" "), None, [])) == ["duty", "reason"]


def test_a_later_day_must_be_later_than_the_duty_and_than_yesterday() -> None:
    late = WantedAnswer(LATE, date(2026, 11, 27), None, "Yes.")
    assert list(problems_of_answer(late, ASKED, date(2026, 11, 23))) == ["until"]
    assert problems_of_answer(replace(late, until_on=date(2026, 11, 28)), ASKED, date(2026, 11, 23)) == {}
    assert list(problems_of_answer(replace(late, until_on=date(2026, 12, 1)), ASKED, date(2026, 12, 2))) == ["until"]
    assert problems_of_answer(replace(late, until_on=date(2026, 12, 2)), ASKED, date(2026, 12, 2)) == {}
