"""What a child's plan asks, through the real door, on the service of the access tests. Today is 20 March 2026.

The child `own` is with Pat, by whom the social worker signs in. The partner signs in for a school.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from keyworker.actions import Keyworker
from keyworker.actions.challenges import WantedChallenge, WantedStage
from keyworker.actions.copies import WantedCopy
from keyworker.actions.marking import WantedMarker
from keyworker.actions.plan_actions import LEFT_OUT, WantedAction, problems
from keyworker.actions.questions.needs import Need
from keyworker.actions.questions.outside import ToldOutside
from keyworker.actions.questions.plan_actions import NOBODY_SIGNS_IN
from keyworker.actions.telling import ANSWERED, MOVED, WAITS, Leaves, LookFirst, words_of_action
from keyworker.actions.writing import SentOtherwise
from keyworker.facts.told_to_agency import ACTION, ANSWER
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, AlreadyRecorded, append
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.access.made import NOW, TODAY, holding, told
from tests.access.restricting import handle, opened, restricted
from tests.servers.started import Database, Server

AGREED = date(2026, 3, 2)
SCHOOLS = WantedAction(
    "1" * 32, AGREED, "cp", "Ring home by nine", "agency", date(2026, 3, 16), need="In school every day",
    agency="school", account="partner", told_as="O. in class 4",
)  # fmt: skip
PATS = replace(SCHOOLS, action_id="2" * 32, owner="worker", worker_id="pat", due_on=date(2026, 3, 27))


LANE = WantedMarker("6" * 32, None, "address", "7 Elsewhere Lane", "anyone outside", "", "", "safe address", "Court")


PARTNERS = [
    holding("partner", account="another.school", worker_id=None),
    holding("partner", account="partner.gone", worker_id=None, to_on=TODAY),
    holding("head of service", account="second.person", worker_id=None),
]
"""Somebody of another school, somebody who has left theirs, and whoever agrees to what Pat wrote."""
BROTHERS = [{"family_id": "f1", "child_id": one} for one in ("own", "team", "district")]


@pytest.fixture(scope="module")
def record(embedded_server: Server) -> Iterator[Database]:
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(loader, role_holding=PARTNERS, family=BROTHERS)
    yield made
    embedded_server.drop(made)


def test_an_action_stands_with_both_times_of_each_thing_that_happened_to_it(record: Database) -> None:
    with opened(record, "social.worker") as door:
        child = handle(door, "own")
        for wanted in (SCHOOLS, PATS):
            door.write_plan_action(child, wanted)
        with pytest.raises(AlreadyRecorded):
            door.write_plan_action(child, SCHOOLS)
        with pytest.raises(SentOtherwise):
            door.write_plan_action(child, replace(SCHOOLS, what="Ring home by ten"))
        with pytest.raises(SentOtherwise):
            door.write_plan_action(child, replace(PATS, worker_id="sue"))
        school, pats = door.plan_actions(child).actions
        assert (school.agency, school.worker_id, school.account) == ("school", None, "partner")
        assert (pats.agency, pats.worker_id, pats.account) == ("children's social care", "pat", None)
        assert (pats.agreed_on, pats.written_at >= NOW, pats.written_by) == (AGREED, True, "social.worker")
        door.move_plan_action(child, pats.action_id, date(2026, 4, 3), "The surgery was shut.")
        door.move_plan_action(child, pats.action_id, date(2026, 4, 7), "It is shut still.")
        with pytest.raises(AlreadyRecorded):
            door.write_plan_action(child, PATS)
        door.end_plan_action(child, pats.action_id, date(2026, 3, 19), True, "They rang back.")
        one = door.plan_actions(child).actions[1]
        assert (one.first_due_on, one.due_on) == (date(2026, 3, 27), date(2026, 4, 7))
        assert one.moved_why == "It is shut still."
        assert (one.ended_on, one.done, one.outcome) == (date(2026, 3, 19), True, "They rang back.")
        assert one.written_at < one.changed_at
        with pytest.raises(KeyworkerError, match="ended already"):
            door.end_plan_action(child, pats.action_id, TODAY, True, "")


def test_a_worker_is_told_how_many_actions_of_their_own_are_past_their_day(record: Database) -> None:
    with opened(record, "social.worker") as door:
        for number, due in (("5", date(2026, 3, 19)), ("6", TODAY)):
            door.write_plan_action(handle(door, "own"), replace(PATS, action_id=number * 32, due_on=due))
        assert {one.what: one.count for one in door.needs_me()}[Need.PLAN_ACTIONS] == 1
        assert {one.action_id[0] for one in door.own_actions().actions} >= {"5", "6"}


def test_another_agency_sees_its_own_actions_alone_says_what_came_of_them_and_no_more(record: Database) -> None:
    with opened(record, "social.worker") as door:
        child = handle(door, "own")
        door.write_plan_action(child, replace(SCHOOLS, action_id="3" * 32, account="another.school"))
        door.write_plan_action(child, replace(SCHOOLS, action_id="4" * 32, what="Tell the nurse"))
    with opened(record, "partner") as door:
        found = door.own_actions()
        mine = {one.action_id: one for one in found.actions}
        assert "4" * 32 in mine and "3" * 32 not in mine and not found.children
        assert {one.told_as for one in found.actions} == {"O. in class 4"}
        for refused in (lambda: door.plan_actions(child), lambda: door.name_of(child, door._today)):
            with pytest.raises(KeyworkerError):
                refused()
        with pytest.raises(Refused, match="not yours"):
            door.end_own_action("3" * 32, TODAY, True, "")
        door.end_own_action("4" * 32, TODAY, True, "The nurse knows.")
        ended = {one.action_id: one for one in door.own_actions().actions}["4" * 32]
        assert (ended.done, ended.outcome, ended.changed_by) == (True, "The nurse knows.", "partner")
    with opened(record, "quality.assurance") as door, pytest.raises(Refused):
        door.own_actions()


@pytest.mark.parametrize("account", ["nobody", "somebody.else", "councillor", "partner.gone"])
def test_an_action_is_given_to_no_sign_in_that_nobody_has_or_to_which_it_would_not_be_shown(
    record: Database, account: str
) -> None:
    with opened(record, "social.worker") as door:
        child, wanted = handle(door, "own"), replace(SCHOOLS, action_id="c" * 32, account=account)
        assert door.wrong_sign_in(child, wanted) == NOBODY_SIGNS_IN
        with pytest.raises(KeyworkerError, match="role of a partner first"):
            door.write_plan_action(child, wanted)
        assert "c" * 32 not in {one.action_id for one in door.plan_actions(child).actions}
        for may in (SCHOOLS, replace(wanted, account="", told_as=""), replace(PATS, account=account)):
            assert door.wrong_sign_in(child, may) == ""
        with pytest.raises(KeyworkerError):
            door.wrong_sign_in(handle(door, "all"), wanted)


def look(door: Keyworker, child: str, wanted: WantedAction) -> Leaves:
    return door.look_outside(child, wanted.account, words_of_action(wanted.need, wanted.what, wanted.told_as))


def agree(door: Keyworker, child: str, in_table: str, in_row: str, *, agrees: bool = True) -> ToldOutside:
    found = door.look_told(child, in_table, in_row)
    door.answer_told(child, found, found.leaves.contents, uuid4().hex, "It is as it must be.", agrees=agrees)
    return found


def test_another_agency_is_told_nothing_that_nobody_agreed_to_and_then_all_but_what_is_marked(record: Database) -> None:
    """Also of what was written before anything was marked."""
    with opened(record, "social.worker") as door:
        child = handle(door, "own")
        door.write_plan_action(child, replace(SCHOOLS, action_id="7" * 32, what="Post it to 7 Elsewhere Lane"))
        door.mark(child, LANE)
        assert "7 Elsewhere Lane" in {one.what[-16:] for one in door.plan_actions(child).actions}
        assert door.plan_actions(child).not_told["7" * 32] == WAITS
    with opened(record, "partner") as door:
        assert "7" * 32 not in {one.action_id for one in door.own_actions().actions}
        with pytest.raises(Refused, match="not yours"):
            door.end_own_action("7" * 32, TODAY, True, "")
    with opened(record, "team.manager") as door:
        assert "7" * 32 not in {one.message.in_row for one in door.waiting_outside()}, "Pat wrote it, as a worker"
    with opened(record, "second.person") as door:
        (waits,) = [one for one in door.waiting_outside() if one.message.in_row == "7" * 32]
        assert {one.what: one.count for one in door.needs_me()}[Need.COPIES] >= 1
        assert waits.leaves.told[1] == ("What is to be done", LEFT_OUT)
        assert [one.text for one in waits.leaves.let_out.left_out] == ["Post it to 7 Elsewhere Lane"]
        with pytest.raises(KeyworkerError, match="changed since"):
            door.answer_told(child, waits, "0" * 64, uuid4().hex, "Why not.", agrees=True)
        agree(door, child, ACTION, "7" * 32)
        with pytest.raises(KeyworkerError, match="waits for an answer"):
            door.look_told(child, ACTION, "7" * 32)
    with opened(record, "partner") as door:
        (one,) = (one for one in door.own_actions().actions if one.action_id == "7" * 32)
        assert (one.what, one.need) == (LEFT_OUT, "In school every day")
        door.end_own_action("7" * 32, TODAY, True, "It is in the post.")
        assert "7" * 32 in {one.action_id for one in door.own_actions().actions}, "their own words wait for nobody"


def test_who_writes_for_another_agency_looks_first_at_what_stays_behind_and_somebody_else_agrees(
    record: Database,
) -> None:
    """What is marked of a brother is the child's too."""
    wanted = replace(SCHOOLS, action_id="9" * 32, what="Bring him to 12 Brothers Green")
    with opened(record, "team.manager") as door:
        door.mark(handle(door, "team"), replace(LANE, marker_id="8" * 32, value="12 Brothers Green"))
        child = handle(door, "own")
        for seen in ("", look(door, child, replace(wanted, what="Bring him")).contents):
            with pytest.raises(LookFirst):
                door.write_plan_action(child, wanted, seen)
        looked = look(door, child, wanted)
        assert looked.needs_second and [one.text for one in looked.let_out.left_out] == [wanted.what]
        door.write_plan_action(child, wanted, looked.contents)
        assert "9" * 32 not in {one.message.in_row for one in door.waiting_outside()}, "one's own"
        with pytest.raises(Refused, match="another person"):
            agree(door, child, ACTION, "9" * 32)
    with opened(record, "social.worker") as door, pytest.raises(KeyworkerError):
        door.look_told(child, ACTION, "9" * 32)
    with opened(record, "business.support") as door, pytest.raises(Refused):
        look(door, child, wanted)  # who writes nothing of the plan would find out by it what is marked
    with opened(record, "second.person") as door:
        agree(door, child, ACTION, "9" * 32, agrees=False)
    with opened(record, "partner") as door:
        assert "9" * 32 not in {one.action_id for one in door.own_actions().actions}
    with opened(record, "team.manager") as door:
        assert door.plan_actions(child).not_told["9" * 32].startswith("second.person said")
        for write in (
            lambda seen: door.move_plan_action(child, "9" * 32, date(2026, 4, 3), "The door was shut.", seen),
            lambda seen: door.end_plan_action(child, "9" * 32, TODAY, True, "He came.", seen),
        ):
            with pytest.raises(LookFirst):
                write("")
        seen = door.look_outside(child, "partner", {MOVED: "The door was shut."}).contents
        door.move_plan_action(child, "9" * 32, date(2026, 4, 3), "The door was shut.", seen)
    with opened(record, "second.person") as door:
        found = agree(door, child, ACTION, "9" * 32)
        assert found.leaves.told[-1] == (MOVED, "The door was shut."), "other words are looked at again"
    with opened(record, "partner") as door:
        (one,) = (one for one in door.own_actions().actions if one.action_id == "9" * 32)
        assert one.what == LEFT_OUT


def test_of_a_restricted_child_another_agency_sees_no_action(embedded_server: Server) -> None:
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(loader)
    with opened(made, "social.worker") as door:
        door.write_plan_action(handle(door, "own"), SCHOOLS)
    with opened(made, "partner") as door:
        assert len(door.own_actions().actions) == 1
    restricted(made, "own", "nobody.here")
    with opened(made, "partner") as door:
        assert door.own_actions().actions == ()
        rows = door.own.execute("select count(*) from record.plan_action").fetchone()
    embedded_server.drop(made)
    assert rows == (0,), "the database itself shows none"


def test_who_sees_the_child_reads_it_and_only_those_who_work_with_the_child_or_chair_write(record: Database) -> None:
    for account, reads, writes in (
        ("conference.chair", True, True),
        ("team.manager", True, True),
        ("quality.assurance", True, False),
        ("workforce", False, False),
    ):
        with opened(record, account) as door:
            child = handle(door, "own")
            assert (door.refusal_to_plan(child) is None) is writes, account
            if not reads:
                with pytest.raises(Refused):
                    door.plan_actions(child)
            elif not writes:
                with pytest.raises(Refused):
                    door.write_plan_action(child, replace(SCHOOLS, action_id="9" * 32))
    with opened(record, "social.worker") as door, pytest.raises(Refused):
        door.write_plan_action(handle(door, "all"), replace(SCHOOLS, action_id="8" * 32))


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, set()),
        ({"plan": ""}, {"plan"}),
        ({"agreed_on": None, "due_on": TODAY}, {"on"}),
        ({"agreed_on": date(2026, 3, 21), "due_on": date(2026, 3, 21)}, {"on"}),
        ({"what": " "}, {"what"}),
        ({"what": "x" * 501}, {"what"}),
        ({"owner": ""}, {"owner"}),
        ({"owner": "worker"}, {"worker"}),
        ({"owner": "family"}, {"relation"}),
        ({"owner": "family", "relation": "mother"}, set()),
        ({"agency": "children's social care"}, {"agency"}),
        ({"told_as": ""}, {"told_as"}),
        ({"account": "", "told_as": ""}, set()),
        ({"due_on": None}, {"due"}),
        ({"due_on": date(2026, 3, 1)}, {"due"}),
        ({"due_on": date(2028, 3, 3)}, {"due"}),
    ],
)
def test_what_is_not_whole_is_said_by_its_field(changed: dict[str, object], wrong: set[str]) -> None:
    assert set(problems(replace(SCHOOLS, **changed), TODAY)) == wrong  # type: ignore[arg-type]


def test_a_copy_for_the_family_says_what_the_plan_asks_in_plain_words_but_what_is_marked(
    embedded_server: Server,
) -> None:
    record = embedded_server.fresh()
    with record.connect(DatabaseRole.LOADER) as loader:
        told(loader)
    mothers = replace(
        SCHOOLS, action_id="a" * 32, owner="family", relation="mother", account="", what="Come on Mondays."
    )
    wanted = WantedCopy("b" * 32, "mother", "Mary Madeup", "a test", with_plan=True)
    with opened(record, "social.worker") as door:
        child = handle(door, "own")
        for one in (SCHOOLS, PATS, replace(SCHOOLS, action_id="7" * 32, what="Post it to 7 Elsewhere Lane"), mothers):
            door.write_plan_action(child, one)
        door.end_plan_action(child, PATS.action_id, date(2026, 3, 19), True, "They rang back.")
        door.mark(child, LANE)
        looked = door.look(child, wanted)
        said = dict(looked.copy.sections)["What the plan asks"]
        assert "Come on Mondays. You are to do this by 16 March 2026. It is for this: In school every day." in said
        assert (
            "Ring home by nine. School or college is to do this by 16 March 2026. It is for this: In school every day."
            in said
        )
        assert "Ring home by nine. This was done on 19 March 2026. It is for this: In school every day." in said
        assert not any("Elsewhere" in line for line in said) and looked.needs_second
        assert "What the plan asks" not in dict(door.look(child, replace(wanted, with_plan=False)).copy.sections)
        door.ask_copy(child, wanted, looked.copy.contents)
        assert door.look_again(child, wanted.copy_id)[1].copy.contents == looked.copy.contents


FIRST = WantedStage("", "", date(2026, 3, 27))
RAISED = WantedChallenge("7" * 32, TODAY, "agency", "No plan for nights.", "He is afraid.", FIRST)


def test_another_agency_challenges_what_is_planned_for_a_child_of_an_action_of_its_own_and_sees_the_answer_alone(
    record: Database,
) -> None:
    with opened(record, "social.worker") as door:
        child = handle(door, "own")
        given = replace(SCHOOLS, action_id="51" * 16, account="another.school")
        door.write_plan_action(child, given, look(door, child, given).contents)
        with pytest.raises(Refused, match="another agency"):
            door.raise_own_challenge("51" * 16, RAISED)
    with opened(record, "second.person") as second:
        agree(second, child, ACTION, "51" * 16)
    with opened(record, "partner") as other:
        with pytest.raises(Refused):
            other.raise_own_challenge("51" * 16, RAISED)
        with pytest.raises(Refused):
            other.raise_challenge(child, RAISED)
    with opened(record, "another.school") as door:
        door.raise_own_challenge("51" * 16, RAISED)
        with pytest.raises(AlreadyRecorded):
            door.raise_own_challenge("51" * 16, RAISED)
        with pytest.raises(SentOtherwise):
            door.raise_own_challenge("51" * 16, replace(RAISED, what="Something else."))
        (one,) = door.own_challenges().challenges
        assert (one.agency, one.stages[0].stage, one.stages[0].worker_id) == ("school", "team manager", None)
        with pytest.raises(KeyworkerError):
            door.challenged(child)
    with opened(record, "partner") as other:
        assert other.own_challenges().challenges == ()
        with pytest.raises(KeyworkerError):
            other.end_own_challenge("7" * 32, "withdrawn", "Mine now.", TODAY)
    with opened(record, "team.manager") as manager:
        manager.mark(child, replace(LANE, marker_id="61" * 16))
        (told,) = [row for row in manager.challenged(child).challenges if row.challenge_id == "7" * 32]
        assert told.account == "another.school" and told.challenge_id in manager.challenged(child).may_answer
        said = "They are safe at 7 Elsewhere Lane."
        with pytest.raises(LookFirst):
            manager.answer_challenge(child, "7" * 32, "not agreed", said, TODAY)
        assert manager.agency_behind(child, told) == "another.school"
        seen = manager.look_outside(child, "another.school", {ANSWERED: said}).contents
        manager.answer_challenge(child, "7" * 32, "not agreed", said, TODAY, seen)
        (told,) = [row for row in manager.challenged(child).challenges if row.challenge_id == "7" * 32]
        assert manager.challenged(child).not_told == {told.stages[0].stage_id: WAITS}
    with opened(record, "another.school") as door:
        (stage,) = door.own_challenges().challenges[0].stages
        assert (stage.waits, stage.answer, stage.answer_says) == (True, None, None)
    with opened(record, "second.person") as second:
        agree(second, child, ANSWER, told.stages[0].stage_id)
    with opened(record, "another.school") as door:
        (one,) = door.own_challenges().challenges
        (stage,) = one.stages
        assert (stage.answer, stage.answer_says, stage.written_by) == ("not agreed", LEFT_OUT, "")
        door.take_own_further("7" * 32, WantedStage("director", "", date(2026, 3, 31)), 1)
        assert [each.stage for each in door.own_challenges().challenges[0].stages] == ["team manager", "director"]
        door.end_own_challenge("7" * 32, "resolved", "There is a plan now.", TODAY)
        assert not door.own_challenges().challenges[0].is_open


def test_what_a_sender_is_shown_does_not_hang_on_what_is_marked_of_a_brother_whom_they_may_not_see(
    record: Database,
) -> None:
    """They would find out by typing it where he is. It stays behind all the same, and who may see him is told why."""
    academy = {
        "marker_id": "d" * 32, "child_id": "district", "kind": "school", "value": "Marrowfield Academy",
        "told_to": "anyone outside", "why": "safe address", "said_by": "Court", "from_on": TODAY,
    }  # fmt: skip
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        append(connection, Act("entry", "far.away", "test", "keyworker"), NOW, {"not_to_be_told": [academy]})
    restricted(record, "district", "second.person")
    said = ("Ring Marrowfield Academy", "Ring Elmparkfield Academy")
    notes = {each: WantedCopy(uuid4().hex, "mother", "Mary Unreal", "She asked.", note=each) for each in said}
    with opened(record, "social.worker") as door:
        child = handle(door, "own")
        shown = {each: look(door, child, replace(SCHOOLS, what=each)) for each in said}
        copies = {each: door.look(child, notes[each]) for each in said}
        told = [(one.told[1][1], one.let_out, one.needs_second) for one in shown.values()]
        assert told == [(each, replace(told[0][1], pieces=one.let_out.pieces), True) for each, one in shown.items()]
        assert [each in one.copy.text for each, one in copies.items()] == [True, True]
        assert copies[said[0]].let_out.left_out == copies[said[1]].let_out.left_out
        assert copies[said[0]].let_out.cautions == copies[said[1]].let_out.cautions
        # What was looked at can be worked out by whoever typed it, and so holds nothing else either.
        assert shown[said[0]].contents != shown[said[0]].leaving and shown[said[1]].contents == shown[said[1]].leaving
        wanted = replace(SCHOOLS, action_id="d" * 32, what=said[0])
        door.write_plan_action(child, wanted, shown[said[0]].contents)
        door.ask_copy(child, notes[said[0]], copies[said[0]].copy.contents)
    with opened(record, "second.person") as door:
        assert [one.text for one in agree(door, child, ACTION, "d" * 32).leaves.let_out.left_out] == [said[0]]
        _, looked, _ = door.look_again(child, notes[said[0]].copy_id)
        assert said[0] in {one.text for one in looked.let_out.left_out}
        door.answer_copy(child, notes[said[0]].copy_id, looked.copy.contents, "It names no place.", agrees=True)
    with opened(record, "partner") as door:
        assert {one.what for one in door.own_actions().actions if one.action_id == "d" * 32} == {LEFT_OUT}
    with opened(record, "social.worker") as door:
        assert "Marrowfield" not in door.give_copy(child, notes[said[0]].copy_id).text
