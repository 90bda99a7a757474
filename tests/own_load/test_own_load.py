"""A worker's own load and its challenge, through the real door, on the record of the access tests.

Ann of t1, whom Amy signs in as, holds `team`, on a child protection plan since 5 January 2026, and works beside Pat
with `own`. A child on a plan weighs 1.25 and a child in need 1, from the same day. Today is Friday 20 March; five
working days on is Friday 27 March.

She is in her first year since 5 January. Her protected load is 5% of 18 children, so less than one. She was supervised
on 2 March: fortnightly, the next is due on 16 March.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from keyworker.actions.load_challenges import Standing, WantedChallenge, answer_by
from keyworker.actions.questions.naming import NotKnown
from keyworker.actions.questions.needs import Need
from keyworker.actions.writing import SentOtherwise
from keyworker.facts.first_year import InFirstYear
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.moment import Moment
from keyworker.facts.stories import Count
from keyworker.measures.first_year import Kept, What, first_year
from keyworker.measures.over_time import Level
from keyworker.measures.passes.asked import Asked
from keyworker.measures.passes.behind import behind
from keyworker.measures.sources.postgres import PostgresSource
from keyworker.record.connect import DatabaseRole
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.access.made import BEGAN, NOW, TODAY, setting, told
from tests.clocks.made import involvement
from tests.servers.started import Database, Server
from tests.time_asked.test_time_asked import AMY, door
from tests.web.fictional import worker_row

FORM = "a" * 32
WANTED = WantedChallenge(FORM, "weight", "She is looked after in all but name.")
LATE = datetime(2026, 3, 30, 9, tzinfo=UTC)
MEANINGS = [
    {"subject": "involvement role", "said": said, "allocation_role": means, "from_on": BEGAN}
    for said, means in (("Lead", "lead"), ("Beside", "co-worker"))
]


@pytest.fixture(scope="module")
def made(embedded_server: Server) -> Iterator[Database]:
    """The service, with weights and with Ann beside Pat."""
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(
            loader,
            role_holding=[AMY],
            involvements=[involvement(20, "ann", "Beside", BEGAN, None, child_id="own", team_id="t1")],
            meaning=MEANINGS,
            setting=[
                setting("case weight", "1.25", "child protection plan"),
                setting("case weight", "1", "Child in need"),
                setting("case weight", "a lot", "looked after"),
                setting("full load", "18", unit="children"),
                setting("protected load", "5", "first year", "percent"),
                setting("protected time", "10", "first year", "percent"),
            ],
            appointment=[
                {"appointment_id": "first", "worker_id": "ann", "team_id": "t1", "from_on": BEGAN, "first_year": True}
            ],
            personal_supervision=[
                {
                    "supervision_id": "s1",
                    "worker_id": "ann",
                    "supervisor_id": "pat",
                    "happened_on": date(2026, 3, 2),
                    "outcome": "held",
                    "minutes": 90,
                }
            ],
        )
    yield made
    embedded_server.drop(made)


def needs(record: Database, account: str, now: datetime = NOW) -> dict[Need, int]:
    with door(record, account, now) as on:
        return {one.what: one.count for one in on.needs_me()}


def test_it_names_every_child_with_a_part_and_says_why_one_does_not_count(made: Database) -> None:
    with door(made, "amy") as amy:
        load = amy.own_load(None, Moment(TODAY)).load
    assert [one.child.child_id for one in load.counted] == ["team"]
    (beside,) = (one for one in load.parts if not one.counts)
    assert (beside.child.child_id, "beside" in beside.why_not) == ("own", True)
    assert (load.weight, load.unweighed, load.row.families) == (Decimal("1.25"), 0, 1)
    assert [(one.status, one.weight, one.written_in) for one in load.weights] == [
        ("child protection plan", Decimal("1.25"), "Access policy (example)"),
        ("child in need", Decimal(1), "Access policy (example)"),
    ]


def test_what_it_weighs_is_what_the_measure_weighs(made: Database) -> None:
    with made.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        rows = behind(PostgresSource(connection), "weighted-caseload", Asked((TODAY,)))
    weighed = {row.subject_id: row.weight for row in rows}
    with door(made, "director") as director:
        for worker in ("pat", "ann", "sue", "bea", "cal"):
            handle = handles_of(director.connection, HandleKind.WORKER, [worker])[worker]
            assert director.own_load(handle, Moment(TODAY)).load.weight == weighed[worker], worker


def test_before_a_weight_was_set_nothing_is_weighed(made: Database) -> None:
    with door(made, "amy") as amy:
        load = amy.own_load(None, Moment(date(2026, 1, 4))).load
    assert (load.parts, load.weight) == ((), None)


def test_nobody_but_the_line_sees_anothers_load(made: Database) -> None:
    for account in ("social.worker", "workforce", "learning", "quality.assurance"):
        with door(made, account) as other:
            handle = handles_of(other.connection, HandleKind.WORKER, ["cal"])["cal"]
            with pytest.raises((Refused, NotKnown)):
                other.own_load(handle, Moment(TODAY))


def test_a_challenge_waits_for_the_manager_then_for_the_worker_and_unsettled_for_a_manager_again(
    made: Database,
) -> None:
    with door(made, "amy") as amy:
        amy.challenge_load(WANTED)
        amy.challenge_load(WANTED)  # the same form sent again says it once
        with pytest.raises(SentOtherwise):
            amy.challenge_load(WantedChallenge(FORM, "weight", "Something else."))
        with pytest.raises(KeyworkerError, match="waits for an answer"):
            amy.challenge_load(WantedChallenge("b" * 32, "weight", "Again."))
        (mine,) = amy.own_load(None, Moment(TODAY)).challenges
        with pytest.raises(Refused, match="your own load"):
            amy.answer_load(FORM, "explained", "It is.")
    said = mine.said
    assert (said.children, said.weight, said.answer_by_on) == (1, Decimal("1.25"), date(2026, 3, 27))
    assert needs(made, "team.manager")[Need.LOADS] == 1
    assert needs(made, "head.of.service", LATE)[Need.LOADS_UNANSWERED] == 1
    assert not {Need.LOADS, Need.LOAD_ANSWERED} & set(needs(made, "amy"))

    with door(made, "workforce") as hr, pytest.raises((Refused, NotKnown)):
        hr.answer_load(FORM, "explained", "It is.")
    with door(made, "team.manager") as manager:
        (one,) = manager.loads_to_answer()
        assert (one.worker.worker_id, one.standing, one.may_answer) == ("ann", Standing.WAITS, True)
        with pytest.raises(KeyworkerError, match="Say what was changed"):
            manager.answer_load(FORM, "put right", " ")
        manager.answer_load(FORM, "explained", "She is on a plan, and weighs as that.")
        with pytest.raises(KeyworkerError, match="answered already"):
            manager.answer_load(FORM, "explained", "Once more.")
    assert needs(made, "amy")[Need.LOAD_ANSWERED] == 1

    with door(made, "amy") as amy:
        amy.settle_load(FORM, is_settled=False)
    assert needs(made, "head.of.service")[Need.LOADS] == 1
    with door(made, "head.of.service") as head:
        head.answer_load(FORM, "put right", "The weights are set anew from April.")
    with door(made, "amy") as amy:
        amy.settle_load(FORM, is_settled=True)
        assert amy.load_challenge(FORM).standing is Standing.SETTLED
        with pytest.raises(KeyworkerError, match="answered already"):
            amy.take_load_back(FORM)
    assert not {Need.LOADS, Need.LOADS_UNANSWERED} & set(needs(made, "head.of.service", LATE))


def test_whoever_said_it_takes_it_back_while_nobody_answered_and_nobody_else_does(made: Database) -> None:
    with door(made, "amy") as amy:
        amy.challenge_load(WantedChallenge("c" * 32, "capacity", "I work three days."))
    with door(made, "team.manager") as manager, pytest.raises(Refused):
        manager.take_load_back("c" * 32)
    with door(made, "amy") as amy:
        amy.take_load_back("c" * 32)
        assert amy.load_challenge("c" * 32).standing is Standing.TAKEN_BACK
    assert Need.LOADS not in needs(made, "team.manager")


@pytest.mark.parametrize(
    ("said", "day"),
    [(None, date(2026, 3, 27)), ("1", date(2026, 3, 23)), ("soon", date(2026, 3, 27)), ("-4", date(2026, 3, 27))],
)
def test_the_day_of_the_answer_is_five_working_days_on_unless_the_council_says_otherwise(
    said: str | None, day: date
) -> None:
    assert answer_by(TODAY, said) == day


def test_a_promise_that_is_not_kept_says_since_when_and_one_to_come_by_when(made: Database) -> None:
    with door(made, "amy") as amy:
        year = amy.own_load(None, Moment(TODAY)).first_year
    assert year is not None and year.year.from_on == BEGAN
    stands = {(one.what, one.rule): (one.kept, one.since, one.due_on) for one in year.promises}
    assert stands[What.LOAD, "asye-reduced-caseload-90pct"] == (Kept.NOT_KEPT, BEGAN, None)
    assert stands[What.SUPERVISION, "sup-nqsw-fortnightly"] == (Kept.NOT_KEPT, date(2026, 3, 17), date(2026, 3, 16))
    assert stands[What.TIME, "asye-reduced-caseload-90pct"][0] is Kept.CANNOT_TELL
    assert (What.SUPERVISION, "sup-nqsw-monthly") not in stands, "it is asked for after six months"


def test_before_its_day_the_same_supervision_was_kept(made: Database) -> None:
    with door(made, "amy") as amy:
        year = amy.own_load(None, Moment(date(2026, 3, 16))).first_year
    assert year is not None
    (one,) = (one for one in year.promises if one.rule == "sup-nqsw-fortnightly")
    assert (one.kept, one.due_on) == (Kept.KEPT, date(2026, 3, 16))


def test_the_line_sees_whose_promises_are_not_kept_and_nobody_else_does(made: Database) -> None:
    for account in ("team.manager", "head.of.service", "director"):
        with door(made, account) as on:
            assert [one.row.worker.worker_id for one in on.first_years(Moment(TODAY))] == ["ann"], account
        assert needs(made, account)[Need.FIRST_YEARS] == 1, account
    with door(made, "social.worker") as other:
        assert other.first_years(Moment(TODAY)) == []
    assert (needs(made, "amy")[Need.MY_FIRST_YEAR], Need.FIRST_YEARS in needs(made, "amy")) == (2, False)


def test_a_load_is_within_its_promise_up_to_the_number_and_above_it_from_the_day_of_one_more() -> None:
    year = InFirstYear("w", date(2026, 1, 1), None)
    row = worker_row(4, 3, agreed_capacity=2.0)
    held = Level((Count(date(2026, 1, 1), 3), Count(date(2026, 1, 10), 2), Count(date(2026, 2, 1), 3)))
    (above, *_) = first_year(row, year, {}, (), date(2026, 3, 1), held).promises
    assert (above.kept, above.since) == (Kept.NOT_KEPT, date(2026, 2, 1))
    within = first_year(replace(row, children=2), year, {}, (), date(2026, 1, 31), held).promises[0]
    assert (within.kept, within.since) == (Kept.KEPT, date(2026, 1, 10))
    unknown = first_year(replace(row, agreed_capacity=None), year, {}, (), date(2026, 1, 31), held).promises[0]
    assert unknown.kept is Kept.CANNOT_TELL
