"""The clock engine on small records, each due date counted by hand from the bank holidays of England and Wales."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import psycopg
import pytest

from keyworker.clocks.engine import Reading, readings
from keyworker.clocks.readings import State
from keyworker.facts.moment import Moment, best_known
from keyworker.record.connect import DatabaseRole
from tests.clocks.made import tell
from tests.clocks.small_rulebook import small_rulebook
from tests.servers.started import Database

RULEBOOK = small_rulebook()


@pytest.fixture
def record(database: Database) -> Iterator[psycopg.Connection]:
    with database.connect(DatabaseRole.LOADER) as connection:
        yield connection


def read(record: psycopg.Connection, at: date, rule: str, **more: Any) -> list[Reading]:
    """The readings of one rule of one child, or of the worker named, oldest first."""
    asked = more or {"child_ids": ["c1"]}
    moment = more.pop("moment", None) or best_known(at)
    found = readings(record, moment, rules=[rule], rulebook=RULEBOOK, **asked)
    return sorted(found, key=lambda one: (one.started_on or date.min, one.met_on or date.max))


def short(found: list[Reading]) -> list[tuple[Any, ...]]:
    return [(one.started_on, one.due_on, one.met_on, one.state.value) for one in found]


def referral(from_on: date, to_on: date | None = None, number: str = "r1") -> dict[str, Any]:
    return {"referral_id": number, "child_id": "c1", "from_on": from_on, "to_on": to_on}


def assessment(from_on: date, to_on: date | None) -> dict[str, Any]:
    return {"assessment_id": "a1", "child_id": "c1", "from_on": from_on, "to_on": to_on}


def plan(from_on: date, to_on: date | None = None) -> dict[str, Any]:
    return {"cp_plan_id": "p1", "child_id": "c1", "from_on": from_on, "to_on": to_on}


def visit(number: int, day: date, **said: Any) -> dict[str, Any]:
    return {"cp_visit_id": f"v{number}", "child_id": "c1", "happened_on": day, "seen": True, **said}


def step(kind: str, day: date, **said: Any) -> dict[str, Any]:
    return {"step_id": f"{kind} {day}", "child_id": "c1", "kind": kind, "happened_on": day, **said}


def test_what_is_due_on_the_day_is_running_and_overdue_the_day_after(record: psycopg.Connection):
    # 45 working days after Monday 5 January 2026; no bank holiday between: nine weeks, Monday 9 March.
    tell(record, {"cin_episodes": [referral(date(2026, 1, 5))], "cin_assessments": []})
    due = date(2026, 3, 9)
    assert short(read(record, date(2026, 3, 8), "assessment")) == [(date(2026, 1, 5), due, None, "running")]
    assert short(read(record, due, "assessment")) == [(date(2026, 1, 5), due, None, "running")]
    assert short(read(record, date(2026, 3, 10), "assessment")) == [(date(2026, 1, 5), due, None, "overdue")]


@pytest.mark.parametrize(
    ("last_day", "state", "passed"),
    [
        (date(2026, 3, 8), State.MET_IN_TIME, False),
        (date(2026, 3, 9), State.MET_IN_TIME, False),
        (date(2026, 3, 10), State.MET_LATE, True),
    ],
)
def test_an_assessment_that_ends_on_the_due_day_is_in_time(
    record: psycopg.Connection, last_day: date, state: State, passed: bool
):
    # A source's last day is kept as the exclusive end, one day later.
    ended = assessment(date(2026, 1, 6), date.fromordinal(last_day.toordinal() + 1))
    tell(record, {"cin_episodes": [referral(date(2026, 1, 5))], "cin_assessments": [ended]})
    (found,) = read(record, date(2026, 4, 1), "assessment")
    assert (found.met_on, found.state, found.passed_due) == (last_day, state, passed)


def test_a_duty_that_ended_before_it_was_met_is_stopped_and_says_whether_its_date_had_passed(
    record: psycopg.Connection,
):
    early = referral(date(2026, 1, 5), date(2026, 2, 3))
    late = referral(date(2025, 9, 1), date(2025, 12, 2), "r0")
    tell(record, {"cin_episodes": [early, late], "cin_assessments": []})
    first, second = read(record, date(2026, 4, 1), "assessment")
    # 45 working days after 1 September 2025 is 3 November.
    assert (first.due_on, first.stopped_on, first.state, first.passed_due) == (
        date(2025, 11, 3),
        date(2025, 12, 1),
        State.STOPPED,
        True,
    )
    assert (second.stopped_on, second.state, second.passed_due) == (date(2026, 2, 2), State.STOPPED, False)


def test_met_and_ended_on_one_day_is_met(record: psycopg.Connection):
    tell(
        record,
        {
            "cin_episodes": [referral(date(2026, 1, 5), date(2026, 2, 3))],
            "cin_assessments": [assessment(date(2026, 1, 6), date(2026, 2, 3))],
        },
    )
    (found,) = read(record, date(2026, 4, 1), "assessment")
    assert (found.state, found.met_on, found.stopped_on) == (State.MET_IN_TIME, date(2026, 2, 2), None)


def test_visits_recur_from_the_last_at_which_the_child_was_seen(record: psycopg.Connection):
    # The plan begins on Thursday 18 December 2025. Christmas Day, Boxing Day and New Year's Day are left out, so ten
    # working days after it is Tuesday 6 January.
    rows = [
        visit(1, date(2026, 1, 6)),
        visit(2, date(2026, 1, 14), seen=False),
        visit(3, date(2026, 1, 21)),
        visit(4, date(2026, 2, 2), outcome="cancelled", seen=None),
    ]
    tell(record, {"cp_plans": [plan(date(2025, 12, 18))], "cp_visits": rows})
    assert short(read(record, date(2026, 2, 5), "visit")) == [
        (date(2025, 12, 18), date(2026, 1, 6), date(2026, 1, 6), "met_in_time"),
        (date(2026, 1, 6), date(2026, 1, 20), date(2026, 1, 21), "met_late"),
        (date(2026, 1, 21), date(2026, 2, 4), None, "overdue"),
    ]


def test_a_visit_on_the_day_the_plan_begins_meets_the_plans_duty_and_starts_the_next(record: psycopg.Connection):
    tell(record, {"cp_plans": [plan(date(2026, 2, 2))], "cp_visits": [visit(1, date(2026, 2, 2))]})
    assert short(read(record, date(2026, 2, 10), "visit")) == [
        (date(2026, 2, 2), date(2026, 2, 16), date(2026, 2, 2), "met_in_time"),
        (date(2026, 2, 2), date(2026, 2, 16), None, "running"),
    ]


def test_a_visit_outside_a_plan_starts_nothing(record: psycopg.Connection):
    rows = [visit(1, date(2026, 2, 20)), visit(2, date(2026, 1, 5))]
    tell(record, {"cp_plans": [plan(date(2026, 2, 2), date(2026, 2, 17))], "cp_visits": rows})
    (found,) = read(record, date(2026, 4, 1), "visit")
    assert (found.started_on, found.stopped_on, found.state) == (
        date(2026, 2, 2),
        date(2026, 2, 16),
        State.STOPPED,
    )


def test_a_visit_that_does_not_say_whether_the_child_was_seen_cannot_be_told(record: psycopg.Connection):
    rows = [visit(1, date(2026, 2, 6), seen=None)]
    tell(record, {"cp_plans": [plan(date(2026, 2, 2))], "cp_visits": rows})
    (running,) = read(record, date(2026, 2, 16), "visit")
    (after,) = read(record, date(2026, 2, 17), "visit")
    assert (running.state, after.state) == (State.RUNNING, State.CANNOT_TELL)
    assert "6 February 2026" in after.reason


def test_a_later_visit_is_not_known_before_it_was_recorded_and_may_be_recorded_late(record: psycopg.Connection):
    first = datetime(2026, 2, 10, 9, tzinfo=UTC)
    tell(record, {"cp_plans": [plan(date(2026, 2, 2))], "cp_visits": []}, now=first)
    seen = visit(1, date(2026, 2, 12), entered_at=datetime(2026, 2, 20, 15, tzinfo=UTC))
    tell(record, {"cp_visits": [seen]}, now=datetime(2026, 3, 1, tzinfo=UTC))
    known = Moment(date(2026, 2, 17), datetime(2026, 2, 17, 18, tzinfo=UTC))
    (then,) = read(record, date(2026, 2, 17), "visit", moment=known, child_ids=["c1"])
    now, _ = read(record, date(2026, 2, 17), "visit")
    assert (then.state, now.state, now.recorded_late) == (State.OVERDUE, State.MET_IN_TIME, True)
    assert now.said == "done in time, recorded late"


def test_whether_it_was_recorded_late_is_not_known_where_the_source_does_not_say(record: psycopg.Connection):
    tell(record, {"cp_plans": [plan(date(2026, 2, 2))], "cp_visits": [visit(1, date(2026, 2, 12))]})
    found, _ = read(record, date(2026, 2, 17), "visit")
    assert (found.state, found.recorded_late) == (State.MET_IN_TIME, None)


def test_a_report_is_due_so_many_working_days_before_what_it_is_for(record: psycopg.Connection):
    # Five working days before Tuesday 7 April 2026 (Easter Monday is the 6th, Good Friday the 3rd) is 27 March.
    reviews = [
        {"cp_review_id": "1", "child_id": "c1", "happened_on": date(2026, 4, 7), "due_on": date(2026, 4, 9)},
        {"cp_review_id": "2", "child_id": "c1", "happened_on": None, "due_on": date(2026, 9, 30)},
    ]
    tell(record, {"cp_reviews": reviews, "step": [step("conference report", date(2026, 3, 30))]})
    assert short(read(record, date(2026, 4, 20), "report")) == [
        (date(2026, 4, 7), date(2026, 3, 27), date(2026, 3, 30), "met_late"),
        (date(2026, 9, 30), date(2026, 9, 23), None, "running"),
    ]


@pytest.mark.parametrize(
    ("told", "state"),
    [
        # Back at some time on Friday 27 March; 72 hours later is some time on Monday the 30th.
        (step("return home interview", date(2026, 3, 29)), State.MET_IN_TIME),
        (step("return home interview", date(2026, 3, 30)), State.CANNOT_TELL),
        (step("return home interview", date(2026, 4, 1)), State.MET_LATE),
    ],
)
def test_a_missing_time_of_day_cannot_be_told_only_where_the_hour_decides(
    record: psycopg.Connection, told: dict[str, Any], state: State
):
    back = {"missing_id": "m1", "child_id": "c1", "from_on": date(2026, 3, 25), "to_on": date(2026, 3, 28)}
    tell(record, {"missing": [back], "step": [told]})
    (found,) = read(record, date(2026, 4, 10), "interview")
    assert (found.due_on, found.state) == (date(2026, 3, 30), state)


@pytest.mark.parametrize(
    ("at_time", "state"),
    [(time(10, 45), State.MET_IN_TIME), (time(11), State.MET_IN_TIME), (time(11, 15), State.MET_LATE)],
)
def test_seventy_two_real_hours_cross_the_change_of_the_clock(record: psycopg.Connection, at_time: time, state: State):
    """Clocks go forward on Sunday 29 March 2026, so 72 hours after 10.00 on Friday end at 11.00 on Monday."""
    back = {
        "missing_id": "m1",
        "child_id": "c1",
        "from_on": date(2026, 3, 25),
        "to_on": date(2026, 3, 28),
        "to_time": time(10),
    }
    told = step("return home interview", date(2026, 3, 30), happened_time=at_time)
    tell(record, {"missing": [back], "step": [told]})
    (found,) = read(record, date(2026, 4, 10), "interview")
    assert found.state is state


def test_writing_up_is_judged_by_the_rows_own_entry(record: psycopg.Connection):
    at_ten = {"happened_time": time(10)}
    steps = [
        step("critical event", date(2026, 3, 2), entered_at=datetime(2026, 3, 3, 9, tzinfo=UTC), **at_ten),
        step("critical event", date(2026, 3, 5), entered_at=datetime(2026, 3, 6, 11, tzinfo=UTC), **at_ten),
        step("critical event", date(2026, 3, 9)),
    ]
    tell(record, {"step": steps})
    states = [one.state for one in read(record, date(2026, 3, 20), "writing up")]
    assert states == [State.MET_IN_TIME, State.MET_LATE, State.CANNOT_TELL]


def test_a_month_ends_on_the_last_day_where_the_number_does_not_exist(record: psycopg.Connection):
    appointed = {"appointment_id": "1", "worker_id": "ann", "from_on": date(2026, 1, 31)}
    held = {"supervision_id": "1", "worker_id": "ann", "happened_on": date(2026, 2, 28), "outcome": "held"}
    tell(record, {"appointment": [appointed], "personal_supervision": [held]})
    found = read(record, date(2026, 3, 10), "supervision", worker_ids=["ann"])
    assert short(found) == [
        (date(2026, 1, 31), date(2026, 2, 28), date(2026, 2, 28), "met_in_time"),
        (date(2026, 2, 28), date(2026, 3, 28), None, "running"),
    ]


def test_the_councils_own_duties_begin_on_a_day_of_the_year_from_the_edition_on(record: psycopg.Connection):
    sent = {
        "step_id": "1",
        "kind": "return submitted",
        "happened_on": date(2025, 7, 30),
        "belongs_to": "cin census",
    }
    tell(record, {"step": [sent]})
    found = readings(record, best_known(date(2026, 8, 1)), rules=["census"], rulebook=RULEBOOK)
    assert sorted(short(found)) == [
        (date(2025, 3, 31), date(2025, 7, 31), date(2025, 7, 30), "met_in_time"),
        (date(2026, 3, 31), date(2026, 7, 31), None, "overdue"),
    ]


def test_a_window_is_no_task(record: psycopg.Connection):
    tell(record, {"cin_episodes": [referral(date(2024, 5, 1)), referral(date(2025, 5, 1), number="r2")]})
    assert short(read(record, date(2026, 5, 2), "re-referral")) == [
        (date(2024, 5, 1), date(2025, 5, 1), date(2025, 5, 1), "met_in_time"),
        (date(2025, 5, 1), date(2026, 5, 1), None, "not_applicable"),
    ]


def test_what_no_source_supplies_cannot_be_told(record: psycopg.Connection):
    tell(record, {"cp_plans": [plan(date(2026, 2, 2))]})
    (found,) = read(record, date(2026, 4, 1), "visit")
    assert found.state is State.CANNOT_TELL
    (report,) = read(record, date(2026, 4, 1), "report")
    assert (report.started_on, report.state) == (None, State.CANNOT_TELL)


def test_a_setting_is_an_edition_of_the_councils_own(record: psycopg.Connection):
    setting = {
        "name": "timescale",
        "applies_to": "visit",
        "value": "14",
        "unit": "calendar_days",
        "set_by": "practice board",
        "written_in": "Practice standards (example)",
        "from_on": date(2026, 2, 1),
    }
    rows = [visit(1, date(2026, 1, 30)), visit(2, date(2026, 2, 9))]
    tell(record, {"cp_plans": [plan(date(2026, 1, 20))], "cp_visits": rows, "setting": [setting]})
    found = read(record, date(2026, 2, 10), "visit")
    assert [one.due_on for one in found] == [date(2026, 2, 3), date(2026, 2, 13), date(2026, 2, 23)]
    assert found[-1].source == "Practice standards (example), set by practice board"


def test_an_exception_says_who_granted_it_and_keeps_its_reason_to_itself(record: psycopg.Connection):
    agreed = {
        "exception_id": "1",
        "child_id": "c1",
        "rule": "visit",
        "granted_by": "team manager",
        "reason": "the family is abroad",
        "from_on": date(2026, 2, 10),
        "to_on": date(2026, 3, 1),
    }
    tell(record, {"cp_plans": [plan(date(2026, 2, 2))], "cp_visits": [], "timescale_exception": [agreed]})
    (found,) = read(record, date(2026, 3, 20), "visit")
    assert found.state is State.NOT_APPLICABLE
    assert "granted by team manager" in found.reason
    assert "the family is abroad" not in found.reason  # free text about a family stands with the exception alone


def test_a_bank_holiday_announced_later_does_not_move_what_was_known_then(record: psycopg.Connection):
    """Monday 19 September 2022 became a bank holiday on 10 September; ten working days after 6 September moved."""
    first = datetime(2022, 9, 7, 9, tzinfo=UTC)
    tell(record, {"cp_plans": [plan(date(2022, 9, 6))], "cp_visits": []}, now=first)
    then = Moment(date(2022, 9, 8), datetime(2022, 9, 8, 18, tzinfo=UTC))
    (known_then,) = read(record, date(2022, 9, 8), "visit", moment=then, child_ids=["c1"])
    (best,) = read(record, date(2022, 9, 8), "visit")
    assert (known_then.due_on, best.due_on) == (date(2022, 9, 20), date(2022, 9, 21))
