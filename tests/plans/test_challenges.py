"""Challenges, through the real door, on the service of the access tests. Today is Friday 20 March 2026.

The child `own` is with Pat. Twenty working days after Friday 13 February 2026 is Friday 13 March.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from keyworker.actions.by_hand import WantedEntry
from keyworker.actions.challenges import AtAnotherStage, WantedChallenge, WantedStage, problems
from keyworker.actions.questions.needs import Need
from keyworker.actions.writing import SentOtherwise
from keyworker.clocks.readings import State
from keyworker.facts.chairing import Met, MovedSince, Next
from keyworker.facts.moment import Moment
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, AlreadyRecorded, append
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.vocabulary.forms import form
from tests.access.made import NOW, TODAY, holding, service
from tests.access.restricting import handle, opened
from tests.clocks.made import involvement, tell
from tests.servers.started import Database, Server

FIRST = WantedStage("team manager", "pat", date(2026, 3, 27))
RAISED = WantedChallenge("1" * 32, date(2026, 3, 16), "conference chair", "No plan.", "It drifts.", FIRST)


@pytest.fixture(scope="module")
def record(embedded_server: Server) -> Iterator[Database]:
    made = embedded_server.fresh()
    held = [
        holding("social worker"),
        holding("team manager", worker_id="sue"),
        *(holding(role, worker_id=None) for role in ("conference chair", "quality assurance", "inspector")),
        holding("conference chair", account="pat.too"),
    ]
    with made.connect(DatabaseRole.LOADER) as loader:
        tell(loader, service() | {"role_holding": held}, now=NOW - timedelta(hours=1))
    yield made
    embedded_server.drop(made)


def test_a_challenge_goes_through_its_stages_and_nobody_answers_or_ends_anothers(record: Database) -> None:
    number = RAISED.challenge_id
    with opened(record, "conference.chair") as chair:
        child = handle(chair, "own")
        chair.raise_challenge(child, RAISED)
        with pytest.raises(AlreadyRecorded):
            chair.raise_challenge(child, RAISED)
        for changed in (replace(RAISED, what="No visit."), replace(RAISED, first=replace(FIRST, stage="director"))):
            with pytest.raises(SentOtherwise):
                chair.raise_challenge(child, changed)
        with pytest.raises(Refused, match="Nobody answers"):
            chair.answer_challenge(child, number, "agreed", "Yes.", TODAY)
    with opened(record, "quality.assurance") as other, pytest.raises(Refused):
        other.answer_challenge(child, number, "agreed", "All fine.", TODAY)
    with opened(record, "social.worker") as worker:
        assert {one.what: one.count for one in worker.needs_me()}[Need.CHALLENGES] == 1
        with pytest.raises(Refused, match="whoever raised it"):
            worker.end_challenge(child, number, "resolved", "Done.", TODAY)
        worker.answer_challenge(child, number, "not agreed", "The plan is new.", TODAY)
        assert Need.CHALLENGES not in {one.what for one in worker.needs_me()}
    with opened(record, "conference.chair") as chair:
        chair.take_challenge_further(child, number, WantedStage("director", "", date(2026, 4, 2)))
        (one,) = chair.open_challenges().challenges
        assert [(stage.stage, stage.answer) for stage in one.stages] == [
            ("team manager", "not agreed"),
            ("director", None),
        ]
        assert [stage.written_by for stage in one.stages] == ["social.worker", "conference.chair"]
        chair.end_challenge(child, number, "resolved", "A plan with days.", TODAY)
        (one,) = chair.challenged(child).challenges
        assert (one.ended_on, one.outcome, one.written_at < one.changed_at) == (TODAY, "resolved", True)
        assert chair.open_challenges().challenges == ()
        with pytest.raises(KeyworkerError, match="ended already"):
            chair.end_challenge(child, number, "withdrawn", "No.", TODAY)


def test_a_challenge_is_answered_by_the_worker_who_is_named_or_whoever_manages_the_team(record: Database) -> None:
    number = "6" * 32
    with opened(record, "conference.chair") as chair:
        child = handle(chair, "own")
        chair.raise_challenge(child, replace(RAISED, challenge_id=number, first=replace(FIRST, worker_id="bea")))
    with opened(record, "pat.too") as other:
        other.raise_challenge(child, replace(RAISED, challenge_id="7" * 32))
    with opened(record, "social.worker") as worker, pytest.raises(Refused, match="Nobody answers"):
        worker.answer_challenge(child, "7" * 32, "agreed", "All fine.", TODAY)
    with opened(record, "social.worker") as worker:
        assert number not in worker.challenged(child).may_answer
        with pytest.raises(Refused, match="one worker"):
            worker.answer_challenge(child, number, "agreed", "All fine.", TODAY)
    with opened(record, "team.manager") as manager:
        assert number in manager.challenged(child).may_answer
        manager.answer_challenge(child, number, "in part", "In April.", TODAY)
    with opened(record, "conference.chair") as chair:
        for one in (number, "7" * 32):
            chair.end_challenge(child, one, "withdrawn", "Made up.", TODAY)


def test_a_challenge_taken_further_twice_by_one_form_comes_to_one_stage_more(record: Database) -> None:
    number, director = "4" * 32, WantedStage("director", "", date(2026, 4, 2))
    with opened(record, "conference.chair") as chair:
        child = handle(chair, "own")
        chair.raise_challenge(child, replace(RAISED, challenge_id=number))
        chair.take_challenge_further(child, number, director, 1)
        with pytest.raises(AlreadyRecorded):
            chair.take_challenge_further(child, number, director, 1)
        for changed, after in ((replace(director, due_on=date(2026, 4, 3)), 1), (director, 0), (director, 3)):
            with pytest.raises(AtAnotherStage):
                chair.take_challenge_further(child, number, changed, after)
        stages = next(one.stages for one in chair.challenged(child).challenges if one.challenge_id == number)
        assert [stage.stage for stage in stages] == ["team manager", "director"]
        chair.end_challenge(child, number, "withdrawn", "Made up.", TODAY)


def test_an_officers_dispute_has_one_clock_of_twenty_working_days_through_all_its_stages(record: Database) -> None:
    dispute = replace(RAISED, challenge_id="2" * 32, raised_by="reviewing officer", raised_on=date(2026, 2, 13))
    dispute = replace(dispute, first=replace(FIRST, due_on=date(2026, 2, 20)))
    with opened(record, "conference.chair") as chair:
        child = handle(chair, "own")

        def stands() -> list[tuple[State, date | None]]:
            found = chair.clocks(Moment(TODAY), child=child)
            return [(one.state, one.due_on) for one in found if one.rule == "iro-dispute-20wd"]

        chair.raise_challenge(child, dispute)
        assert stands() == [(State.OVERDUE, date(2026, 3, 13))]
        chair.take_challenge_further(child, dispute.challenge_id, WantedStage("director", "", date(2026, 4, 2)))
        assert stands() == [(State.OVERDUE, date(2026, 3, 13))], "a next stage does not begin it anew"
        chair.end_challenge(child, dispute.challenge_id, "resolved", "A plan.", date(2026, 3, 13))
        assert stands() == [(State.MET_IN_TIME, date(2026, 3, 13))]


def test_who_sees_the_child_reads_it_and_the_open_ones_are_those_in_sight(record: Database) -> None:
    with opened(record, "conference.chair") as chair:
        far = handle(chair, "all")
        chair.raise_challenge(far, replace(RAISED, challenge_id="3" * 32, first=replace(FIRST, worker_id="")))
        assert "3" in {one.challenge_id[0] for one in chair.open_challenges().challenges}
    with opened(record, "social.worker") as worker:
        assert worker.open_challenges().challenges == ()
        with pytest.raises(KeyworkerError):
            worker.challenged(far)
    with opened(record, "inspector") as inspector:
        assert len(inspector.challenged(far).challenges) == 1
        with pytest.raises(Refused):
            inspector.open_challenges()
        with pytest.raises(Refused):
            inspector.raise_challenge(far, replace(RAISED, challenge_id="9" * 32))


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, set()),
        ({"raised_by": ""}, {"raised_by"}),
        ({"raised_by": "agency"}, {"agency"}),
        ({"raised_by": "agency", "agency": "school"}, set()),
        ({"raised_on": None}, {"on"}),
        ({"raised_on": date(2026, 3, 21)}, {"on"}),
        ({"what": " "}, {"what"}),
        ({"why": "x" * 501}, {"why"}),
        ({"first": replace(FIRST, stage="")}, {"stage"}),
        ({"first": replace(FIRST, due_on=date(2026, 3, 15))}, {"due"}),
        ({"first": replace(FIRST, due_on=date(2026, 6, 18))}, {"due"}),
    ],
)
def test_what_is_not_whole_is_said_by_its_field(changed: dict[str, object], wrong: set[str]) -> None:
    assert set(problems(replace(RAISED, **changed), TODAY)) == wrong  # type: ignore[arg-type]


def test_whoever_chairs_a_child_sees_what_is_next_and_what_moved_since_the_last(record: Database) -> None:
    said = {"what": "conferences", "from_on": "2026-01-12"}
    with opened(record, "conference.chair") as chair:
        child = handle(chair, "own")
        before = {one.row.child_id for one in chair.children_i_chair()}
        assert before == set(), "a child is on the page only once somebody says who chairs"
        found = form("chairing")
        assert found is not None
        table, entry = chair.record_entry(child, WantedEntry("c" * 32, found, said))
        (one,) = chair.children_i_chair()
        assert (one.last, one.since, one.next) == (None, date(2026, 1, 12), None)
    with opened(record, "pat.too") as other:
        assert other.children_i_chair() == (), "another chair does not chair this child"
    for account in ("quality.assurance", "social.worker", "team.manager"):
        with opened(record, account) as door:
            with pytest.raises(Refused):
                door.children_i_chair()
            assert door.refusal_to_record(child, found) is not None
    rows = {
        "cp_reviews": [
            {"cp_review_id": "v1", "child_id": "own", "due_on": date(2026, 2, 20), "happened_on": date(2026, 2, 16)},
            {"cp_review_id": "v2", "child_id": "own", "due_on": date(2026, 3, 13)},
        ],
        "cp_visits": [
            {"cp_visit_id": "before", "child_id": "own", "happened_on": date(2026, 2, 9), "outcome": "seen"},
            {"cp_visit_id": "alone", "child_id": "own", "happened_on": date(2026, 3, 2), "outcome": "seen alone"},
            {"cp_visit_id": "vain", "child_id": "own", "happened_on": date(2026, 3, 9), "outcome": "no access"},
        ],
        "involvements": [involvement(71, "pat", "IRO", date(2026, 2, 2), None, child_id="team")],
        "meeting": [
            {
                "meeting_id": "m1",
                "child_id": "district",
                "happened_on": TODAY,
                "kind": "initial conference",
                "worker_id": "pat",
                "held": True,
                "next_on": date(2026, 6, 12),
            },
        ],
        "legal_status": [{"legal_status_id": "s1", "child_id": "own", "legal_status": "C2", "from_on": TODAY}],
    }
    action = {"action_id": "a1", "child_id": "own", "plan": "cp", "what": "made-up", "due_on": date(2026, 3, 6)}
    done = {"ended_on": date(2026, 3, 10), "done": True, "happened_on": date(2026, 2, 16)}
    actions = [action | {"happened_on": date(2026, 2, 16)}, action | {"action_id": "a2"} | done]
    with record.connect(DatabaseRole.LOADER) as loader:
        append(loader, Act("load", "made-up", "test", "ssd"), NOW, rows | {"plan_action": actions})
    with opened(record, "pat.too") as other:
        chaired = [(row.row.child_id, sorted(row.chairs.what), row.next) for row in other.children_i_chair()]
        # An extract names a reviewing officer; where nobody is named, whoever chaired the last conference chairs.
        named = Next("conferences", date(2026, 6, 12))
        assert chaired == [("district", ["conferences"], named), ("team", ["reviews"], None)]
    with opened(record, "conference.chair") as chair:
        (one,) = chair.children_i_chair()
        assert one.last == Met("conferences", date(2026, 2, 16)) and one.is_past(TODAY)
        assert one.next == Next("conferences", date(2026, 3, 13))
        assert one.moved == MovedSince(1, 1, (("legal status", "C2", TODAY),))
        assert (one.done, one.given_up, one.late, one.workers) == (1, 0, 1, 0)
        assert {row.what: row.count for row in chair.needs_me()}[Need.CHAIRED] == 1
        end = form("chairing end")
        assert end is not None
        over = {"last_on": "2026-03-19", "ended_why": "It went to a colleague."}
        chair.record_entry(child, WantedEntry("d" * 32, end, over, entry))
        assert chair.children_i_chair() == () and table == "chairing"
