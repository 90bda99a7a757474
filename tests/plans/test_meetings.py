"""Meetings about a child, through the real door, on the service of the access tests. Today is 20 March 2026.

The child `own` is with Pat and on a child protection plan from Monday 5 January 2026: the first core group is due ten
working days later, on 19 January. Two agencies beside social care make a quorum of a core group.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from keyworker.actions import Keyworker
from keyworker.actions.meetings import WantedMeeting, problems, step_rows
from keyworker.actions.writing import SentOtherwise
from keyworker.clocks.readings import State
from keyworker.facts.moment import Moment
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.access.made import NOW, TODAY, told
from tests.access.restricting import handle, opened
from tests.servers.started import Database, Server

MET = date(2026, 3, 16)
ALL_CAME = {"children's social care": "came", "school": "came", "police": "came"}
GROUP = WantedMeeting(
    "1" * 32, MET, "core group", True, ALL_CAME, "pat", child_part="came", parents_part="came",
    advocate_offered=True, advocate_came=True, decision="The plan goes on.", next_on=date(2026, 4, 13),
)  # fmt: skip

ANOTHERS = {"step_id": "s1", "child_id": "all", "kind": "core group", "happened_on": date(2026, 1, 12)}
"""Until the record holds any core group it cannot tell whether one is missing."""


@pytest.fixture(scope="module")
def record(embedded_server: Server) -> Iterator[Database]:
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(loader, step=[ANOTHERS])
    yield made
    embedded_server.drop(made)


def first_core_group(door: Keyworker, child: str) -> State:
    (state,) = {
        one.state for one in door.clocks(Moment(TODAY), child=child) if one.rule == "core-group-first-10wd"
    }  # fmt: skip
    return state


def test_a_core_group_that_is_written_down_meets_its_clock_and_one_that_is_withdrawn_does_not(record: Database) -> None:
    with opened(record, "social.worker") as door:
        child = handle(door, "own")
        assert first_core_group(door, child) is State.OVERDUE
        door.record_meeting(child, replace(GROUP, meeting_id="0" * 32, held=False, why="Snow."))
        assert first_core_group(door, child) is State.OVERDUE, "one that did not go ahead meets nothing"
        door.record_meeting(child, GROUP)
        with pytest.raises(AlreadyRecorded):
            door.record_meeting(child, GROUP)
        with pytest.raises(SentOtherwise):
            door.record_meeting(child, replace(GROUP, invited=ALL_CAME | {"police": "absent", "housing": "came"}))
        one = next(one for one in door.meetings(child).meetings if one.meeting_id == GROUP.meeting_id)
        assert (one.happened_on, one.written_at >= NOW, one.written_by) == (MET, True, "social.worker")
        assert (one.quorate, dict(one.invited), one.next_on) == (True, ALL_CAME, date(2026, 4, 13))
        assert first_core_group(door, child) is State.MET_LATE
        with pytest.raises(KeyworkerError, match="for a reason"):
            door.withdraw_meeting(child, GROUP.meeting_id, " ")
        door.withdraw_meeting(child, GROUP.meeting_id, "It was another child's.")
        assert first_core_group(door, child) is State.OVERDUE
        with pytest.raises(KeyworkerError, match="already"):
            door.withdraw_meeting(child, GROUP.meeting_id, "Again.")


def test_a_quorum_is_social_care_and_as_many_others_as_the_council_has_set() -> None:
    assert GROUP.is_quorate(2) and not GROUP.is_quorate(3) and GROUP.is_quorate(None) is None
    assert replace(GROUP, invited={"school": "came", "police": "came", "housing": "came"}).is_quorate(2) is False
    assert replace(GROUP, invited=ALL_CAME | {"police": "report"}).is_quorate(2) is False, "a report is not attendance"


def test_what_a_meeting_is_to_the_clocks() -> None:
    base = {"meeting_id": "m", "child_id": "c", "happened_on": MET, "held": True, "enquiry": None, "report_on": None}
    strategy = step_rows(base | {"kind": "strategy discussion", "enquiry": False})
    assert [(one["kind"], one["outcome"], one["belongs_to"]) for one in strategy] == [
        ("strategy discussion", "no enquiry", "cin_episodes")
    ]
    report = date(2026, 3, 9)
    review = step_rows(base | {"kind": "review conference", "report_on": report})
    assert [(one["kind"], one["happened_on"], one["belongs_to"]) for one in review] == [
        ("conference report", report, "cp_reviews")
    ]
    assert step_rows(base | {"kind": "initial conference"}) == []
    assert step_rows(base | {"kind": "core group", "held": False}) == []


def test_who_sees_the_child_reads_it_and_who_works_with_the_child_chairs_or_takes_notes_writes(
    record: Database,
) -> None:
    for account, reads, writes in (
        ("conference.chair", True, True),
        ("business.support", True, True),
        ("quality.assurance", True, False),
        ("partner", False, False),
    ):
        with opened(record, account) as door:
            child = handle(door, "own")
            assert (door.refusal_to_minute(child) is None) is writes, account
            if not reads:
                with pytest.raises(KeyworkerError):
                    door.meetings(child)
            elif not writes:
                with pytest.raises(Refused):
                    door.record_meeting(child, replace(GROUP, meeting_id="9" * 32))
    with opened(record, "business.support") as door:
        door.record_meeting(handle(door, "own"), replace(GROUP, meeting_id="7" * 32))
    with opened(record, "social.worker") as door, pytest.raises(Refused):
        door.record_meeting(handle(door, "all"), replace(GROUP, meeting_id="8" * 32))


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, set()),
        ({"kind": ""}, {"kind"}),
        ({"happened_on": None, "next_on": None}, {"on"}),
        ({"happened_on": date(2026, 3, 21)}, {"on"}),
        ({"held": None}, {"held"}),
        ({"held": False}, {"why"}),
        ({"held": False, "why": "Snow.", "decision": "", "child_part": "", "parents_part": ""}, set()),
        ({"invited": {"school": "came"}}, {"why"}),
        ({"invited": {"school": "came"}, "why": "It could not wait."}, set()),
        ({"invited": {}, "why": "It could not wait."}, {"invited"}),
        ({"invited": ALL_CAME | {"circus": "came"}}, {"invited"}),
        ({"child_part": ""}, {"child_part"}),
        ({"child_part": "not asked"}, {"child_part_why"}),
        ({"parents_part": ""}, {"parents_part"}),
        ({"advocate_offered": False}, {"advocate_came"}),
        ({"decision": " "}, {"decision"}),
        ({"kind": "strategy discussion"}, {"enquiry"}),
        ({"report_on": date(2026, 3, 17)}, {"report_on"}),
        ({"next_on": MET}, {"next_on"}),
    ],
)
def test_what_is_not_whole_is_said_by_its_field(changed: dict[str, object], wrong: set[str]) -> None:
    assert set(problems(replace(GROUP, **changed), 2, TODAY)) == wrong  # type: ignore[arg-type]
