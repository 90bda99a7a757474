"""Planning visits through the real door, on a small record worked out by hand. Today is Friday 20 March 2026.

Pat holds the child `own` and manages the team of the child `team`, its sister. `far` is with nobody Pat manages.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from keyworker.access import Door
from keyworker.actions import Keyworker
from keyworker.actions.for_child_plans import kept_words, promised, to_come
from keyworker.actions.lone_visits import WantedAlone
from keyworker.actions.planned_visits import WantedEnd, WantedPlan, problems, problems_of_end
from keyworker.actions.questions.naming import NotKnown
from keyworker.actions.questions.needs import Need, Needing
from keyworker.actions.sign_ins import signed_in
from keyworker.actions.visits import Visited, WantedVisit
from keyworker.actions.writing import SentOtherwise
from keyworker.clocks.ground import is_by_visit
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.pictures import Outcome
from keyworker.facts.planned_visits import PlannedVisit, PlanStanding
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, AlreadyRecorded, append
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.vocabulary.words import VisitOutcome
from tests.access.made import NOW, TODAY, told
from tests.servers.asking import asking
from tests.servers.started import Database, Server
from tests.time_asked.test_time_asked import AMY
from tests.web import made_plans

FORM, OTHER = "a" * 32, "b" * 32
MONDAY = date(2026, 3, 23)
ON_MONDAY = datetime(2026, 3, 23, 17, tzinfo=UTC)
ON_TUESDAY = datetime(2026, 3, 24, 9, tzinfo=UTC)
PLAN = WantedPlan(FORM, MONDAY, time(15, 30), "", "pat", announced=True, place="home", child_ids=("own", "team"))
BY_FAMILY = WantedEnd("family", "Their mother is in hospital.")
FAMILY = [{"family_id": "f1", "child_id": one} for one in ("own", "team")]
WARNINGS = [
    {"warning_id": f"w-{child}", "child_id": child, "kind": "dog", "says": says, "from_on": date(2026, 3, 2)}
    for child, says in (("own", "It bites."), ("team", "It bites."), ("all", "Ring first."))
]


@pytest.fixture
def record(embedded_server: Server) -> Iterator[Database]:
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(loader, family=FAMILY, cp_visits=[], visit_warning=WARNINGS)
    yield made
    embedded_server.drop(made)


@contextmanager
def door(record: Database, account: str = "team.manager", now: datetime = NOW) -> Iterator[Keyworker]:
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        asker, _ = signed_in(connection, account, now.date(), purpose="test", door=Door.PAGE)
        yield asking(asker, connection, now)


def handle(on: Keyworker, child: str = "own") -> str:
    return handles_of(on.connection, HandleKind.CHILD, [child])[child]


def standing(on: Keyworker, today: date, child: str = "own") -> list[tuple[PlanStanding, Outcome | None]]:
    return [(one.standing(today), one.outcome) for one in on.planned_visits(handle(on, child))]


def needs(on: Keyworker) -> dict[Need, int]:
    return {one.what: one.count for one in on.needs_me()}


def test_one_visit_is_planned_to_brothers_and_sisters_and_counts_for_nothing_until_it_is_written_down(
    record: Database,
) -> None:
    with door(record) as pat:
        before = [
            (one.child_id, one.last_seen_on, one.last_attempted_on) for one in pat.my_children(pat._today).every()
        ]
        children, workers = pat.plannable(handle(pat))
        assert [one.name for one in children] == ["Own Madeup", "Team Madeup"]
        assert workers[0].name == "Pat Madeup" and "Ann Madeup" in [one.name for one in workers]
        numbers = pat.plan_visit(handle(pat), PLAN)
        told = pat.planned_visit(handle(pat), numbers[handle(pat)])
        assert (told.worker and told.worker.name, [one.name for one in told.others]) == ("Pat Madeup", ["Team Madeup"])
        after = [(one.child_id, one.last_seen_on, one.last_attempted_on) for one in pat.my_children(pat._today).every()]
        assert after == before and Need.VISITS not in needs(pat)
        assert {one.planned_on for one in pat.next_visits([handle(pat)], "my children").values()} == {MONDAY}
    with door(record, now=ON_MONDAY) as pat:
        assert needs(pat)[Need.VISITS] == 1, "one visit to two children is one"
    with door(record, now=ON_TUESDAY) as pat:
        assert needs(pat)[Need.PAST_VISITS] == 1
        assert standing(pat, ON_TUESDAY.date()) == [(PlanStanding.UNRECORDED, None)]


def test_a_visit_that_is_written_down_meets_the_plan_that_it_names_for_each_of_its_children(record: Database) -> None:
    seen = Visited("own", "cp", VisitOutcome.SEEN_ALONE)
    with door(record, now=ON_MONDAY) as pat:
        pat.plan_visit(handle(pat), PLAN)
        visit = WantedVisit(OTHER, MONDAY, time(15, 40), "home", True, "", (seen,), planned=FORM)
        number = pat.record_visit(handle(pat), visit)[handle(pat)]
        (one,) = pat.planned_visits(handle(pat))
        assert (one.outcome, one.visit_id) == (Outcome.SEEN_ALONE, number)
        assert standing(pat, MONDAY, "team") == [(PlanStanding.PLANNED, None)], "it was not to the sister"
        pat.withdraw_visit(handle(pat), number, "It was another family.")
        assert standing(pat, MONDAY) == [(PlanStanding.PLANNED, None)], "a visit that never was meets nothing"


@pytest.mark.parametrize(
    ("outcome", "came"),
    [(VisitOutcome.NO_ACCESS, Outcome.NO_ACCESS), (VisitOutcome.CANCELLED, Outcome.CANCELLED)],
)
def test_a_visit_of_the_very_day_meets_the_plan_whoever_tells_of_it(
    record: Database, outcome: VisitOutcome, came: Outcome
) -> None:
    one = Visited("own", "cp", outcome, cancelled_by="family" if outcome is VisitOutcome.CANCELLED else "")
    with door(record, now=ON_MONDAY) as pat:
        pat.plan_visit(handle(pat), PLAN)
        pat.record_visit(handle(pat), WantedVisit(OTHER, MONDAY, None, "", None, "", (one,)))
        assert standing(pat, MONDAY) == [(PlanStanding.MET, came)]


def test_moving_keeps_the_plan_that_stood_with_who_asked_and_why(record: Database) -> None:
    later = replace(PLAN, together_id=OTHER, planned_on=MONDAY + timedelta(days=2))
    with door(record) as pat:
        number = pat.plan_visit(handle(pat), PLAN)[handle(pat)]
        pat.move_visit(handle(pat), number, later, BY_FAMILY)
        first, second = pat.planned_visits(handle(pat))
        assert (first.ended, first.ended_by, first.ended_why) == ("moved", "family", "Their mother is in hospital.")
        assert (second.planned_on, second.moved_from, second.ended) == (date(2026, 3, 25), number, None)
        assert [one.ended for one in pat.planned_visits(handle(pat, "team"))] == ["moved", None], "both move together"
        pat.move_visit(handle(pat), number, later, BY_FAMILY)
        assert len(pat.planned_visits(handle(pat))) == 2, "a form sent twice moves once"
        with pytest.raises(SentOtherwise):
            pat.move_visit(handle(pat), number, replace(later, planned_on=date(2026, 3, 26)), BY_FAMILY)
        with pytest.raises(KeyworkerError, match="Nothing would move"):
            pat.move_visit(handle(pat), second.planned_id, replace(later, together_id="c" * 32), BY_FAMILY)


def test_a_form_that_is_sent_twice_plans_once_and_one_that_says_something_else_is_not_lost_unsaid(
    record: Database,
) -> None:
    with door(record) as pat:
        number = pat.plan_visit(handle(pat), PLAN)[handle(pat)]
        with pytest.raises(AlreadyRecorded):
            pat.plan_visit(handle(pat), PLAN)
        with pytest.raises(SentOtherwise):
            pat.plan_visit(handle(pat), replace(PLAN, planned_time=time(9)))
        pat.call_visit_off(handle(pat), number, BY_FAMILY)
        pat.call_visit_off(handle(pat), number, BY_FAMILY)
        with pytest.raises(SentOtherwise):
            pat.call_visit_off(handle(pat), number, WantedEnd("worker", "Ill."))
        assert standing(pat, TODAY) == standing(pat, TODAY, "team") == [(PlanStanding.CANCELLED, None)]


def test_whoever_may_not_visit_a_child_neither_plans_nor_calls_off_and_nobody_elsewhere_is_sent(
    record: Database,
) -> None:
    with door(record) as pat:
        number = pat.plan_visit(handle(pat), PLAN)[handle(pat)]
        with pytest.raises(KeyworkerError, match="child’s team"):
            pat.plan_visit(handle(pat), replace(PLAN, together_id=OTHER, worker_id="cal"))
        with pytest.raises((Refused, NotKnown)):
            pat.plan_visit(handle(pat, "all"), replace(PLAN, together_id=OTHER, child_ids=("all",)))
        with pytest.raises(NotKnown):
            pat.plan_visit(handle(pat), replace(PLAN, together_id=OTHER, child_ids=("own", "all")))
    with door(record, "quality.assurance") as reader:
        assert [one.planned_id for one in reader.planned_visits(handle(reader))] == [number]
        assert not reader.planned_visit(handle(reader), number).may_change
        with pytest.raises(Refused):
            reader.call_visit_off(handle(reader), number, BY_FAMILY)
    with door(record, "social.worker") as worker:  # under `own`, whoever visits one child does not see the sister
        assert [one.name for one in worker.planned_visit(handle(worker), number).others] == []


def test_a_visitor_is_warned_once_of_what_brothers_and_sisters_share_and_of_nobody_beyond_reach(
    record: Database,
) -> None:
    with door(record) as pat:
        (one,) = pat.visit_warnings([handle(pat), handle(pat, "team")])
        assert (one.kind, one.says) == ("dog", "It bites.")
        with pytest.raises(NotKnown):
            pat.visit_warnings([handle(pat), handle(pat, "all")])


def test_what_a_plan_must_say_is_asked_by_its_field() -> None:
    assert problems(PLAN, TODAY) == {}
    assert list(problems(replace(PLAN, planned_on=None), TODAY)) == ["on"]
    assert list(problems(replace(PLAN, planned_on=date(2026, 3, 19)), TODAY)) == ["on"]
    assert list(problems(replace(PLAN, planned_on=date(2027, 3, 22)), TODAY)) == ["on"]
    assert problems(replace(PLAN, planned_on=date(2027, 3, 21)), TODAY) == {}
    assert list(problems(replace(PLAN, part_of_day="morning"), TODAY)) == ["part"]
    assert list(problems(replace(PLAN, worker_id="", child_ids=()), TODAY)) == ["children", "who"]
    assert list(problems_of_end(WantedEnd("", " "))) == ["by", "why"]
    assert list(problems_of_end(WantedEnd("family", "x" * 501))) == ["why"]


def test_a_duty_that_a_visit_meets_can_be_planned_and_no_other() -> None:
    assert [is_by_visit(rule) for rule in ("cp-visit", "cin-visit", "cp-bedroom-seen")] == [True] * 3
    assert [is_by_visit(rule) for rule in ("cpp-review-first", "assessment-45wd", "none such")] == [False] * 3


def test_the_child_reads_of_those_visits_alone_that_the_family_was_told_of() -> None:
    at = date(2026, 11, 24)

    def past(number: int, **changes: object) -> PlannedVisit:
        return replace(made_plans.TODAYS, planned_id=str(number), planned_on=date(2026, 11, number), **changes)  # type: ignore[arg-type]

    plans = [
        past(2, outcome=Outcome.SEEN),
        past(3, ended="cancelled", ended_by="service", ended_on=date(2026, 11, 3)),
        past(4, ended="moved", ended_by="worker", ended_on=date(2026, 11, 4)),
        past(5),
        past(6, announced=False),
        replace(made_plans.COMING, announced=True),
        made_plans.COMING,
    ]
    told = promised(plans, {"w1": made_plans.GOERS[0]})
    assert list(to_come(told, at)) == ["Sorrel Fictitious plans to come on Tuesday 1 December 2026 after school."]
    assert list(kept_words(told, at)) == [
        "Of 4 that we planned with you, somebody came to 1.",
        "Thursday 5 November 2026 at 15:30: Sorrel Fictitious was to come. Whether they came is not written down.",
        "Wednesday 4 November 2026 at 15:30: Sorrel Fictitious was to come. It was moved.",
        "Tuesday 3 November 2026 at 15:30: Sorrel Fictitious was to come. Our office called it off.",
    ]


def test_whoever_goes_alone_is_waited_for_by_whom_they_named_and_their_manager_until_somebody_says_they_are_safe(
    record: Database,
) -> None:
    """Ann manages in the team t1 and signs in as Amy; everybody else signs in as Pat, who goes."""
    number, late = f"{FORM}-1", datetime(2026, 3, 23, 17, 31, tzinfo=UTC)
    with record.connect(DatabaseRole.LOADER) as loader:
        append(
            loader,
            Act("load", "made-up", "test", "pack"),
            NOW,
            {"role_holding": [AMY | {"role": "team manager", "scope": "t1"}]},
        )
    with door(record, "social.worker", ON_MONDAY - timedelta(hours=8)) as on:
        own = handle(on)
        on.plan_visit(own, replace(PLAN, child_ids=("own",)))
        assert [one.worker_id for one in on.going_alone(own, number).may_tell] == ["ann"]
        alone = WantedAlone("c" * 32, time(17, 0), "ann")
        on.say_alone(own, number, alone)
        with pytest.raises(KeyworkerError, match="Choose who is told"):
            on.say_alone(own, number, replace(alone, told_id="bea"))
        on.say_alone(own, number, replace(alone, lone_id="d" * 32, back_by=time(17, 30)))
        (one,) = on.lone_visits().visits
        assert (one.is_own, one.is_late, one.visit.back_by) == (True, False, time(17, 30)), "it is the same visit"
        assert {need.what: need.count for need in on.needs_me()}[Need.ALONE] == 1
    with door(record, "amy", ON_MONDAY) as on:
        assert not on.lone_visits().visits[0].is_late and Need.NOT_BACK not in {one.what for one in on.needs_me()}
    for account in ("amy", "head.of.service"):
        with door(record, account, late) as on:
            assert on.needs_me()[0].what is Need.NOT_BACK, account
    for account in ("partner", "quality.assurance", "conference.chair"):
        with door(record, account, late) as on:
            assert Need.NOT_BACK not in {one.what for one in _needs(on)}, account
            with pytest.raises((Refused, KeyworkerError)):
                on.say_how_it_ended("c" * 32, "reached", "I guess so.")
    with door(record, "amy", late) as on:
        with pytest.raises(KeyworkerError, match="how you know"):
            on.say_how_it_ended("c" * 32, "reached")
        on.say_how_it_ended("c" * 32, "reached", "I rang her at 17:40.")
        on.say_how_it_ended("c" * 32, "reached", "Again.")
        assert on.lone_visits().visits == () and Need.NOT_BACK not in {one.what for one in on.needs_me()}


def _needs(on: Keyworker) -> list[Needing]:
    try:
        return on.needs_me()
    except Refused:
        return []
