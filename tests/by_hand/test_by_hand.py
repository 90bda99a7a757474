"""What is recorded by hand with a form, through the real door, on the service of the access tests.

Today is Friday 20 March 2026. The child `own` is with Pat of t1, by whom everybody signs in, and was referred on 5
January 2026 by an extract. Working days are counted by hand: Good Friday is 3 April 2026 and Easter Monday 6 April.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time

import pytest

from keyworker.actions.by_hand import problems
from keyworker.actions.correcting import Correction
from keyworker.actions.writing import SentOtherwise
from keyworker.facts.by_hand import HandEntry
from keyworker.facts.moment import Moment
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import AlreadyRecorded, NotCurrent
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.vocabulary.forms import form
from tests.access.made import TODAY, told
from tests.access.restricting import handle, opened
from tests.by_hand.made import standing, wanted
from tests.servers.started import Database, Server

REFERRED = date(2026, 1, 5)


@pytest.fixture(scope="module")
def record(embedded_server: Server) -> Iterator[Database]:
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(loader, family=[{"family_id": "f", "child_id": one} for one in ("own", "supervised", "team", "all")])
    yield made
    embedded_server.drop(made)


CONTACT = {"happened_on": "2026-03-19", "happened_time": "16:40", "source_code": "2A", "source_desc": "A school"}


def test_a_contact_starts_its_clock_and_the_decision_on_it_meets_it_in_the_same_act(record: Database) -> None:
    with opened(record, "social.worker") as door:
        child = handle(door, "own")
        table, entry = door.record_entry(child, wanted("contact", "1", CONTACT))
        told_of = door.entry(child, table, entry)
        assert told_of.entry is not None and told_of.entry.values["happened_time"] == time(16, 40)
        assert told_of.entry.written_by == "social.worker" and told_of.entry.is_ours
        assert [(one.rule, one.due_on) for one in told_of.turned.began] == [("contact-screening-1wd", TODAY)]
        with pytest.raises(Refused):
            door.record_entry(child, wanted("contact-decision", "2", {"happened_on": "2026-03-20"}, entry))
    with opened(record, "team.manager") as door:
        decided = {"happened_on": "2026-03-20", "outcome": "information and advice"}
        step, number = door.record_entry(child, wanted("contact-decision", "2", decided, entry))
        met = door.entry(child, step, number)
        assert met.entry is not None
        assert (met.entry.values["belongs_to"], met.entry.values["belongs_to_id"]) == ("contacts", "1" * 32)
        assert met.entry.values["by_whom"] == "team manager" and met.entry.values["worker_id"] is None
        assert [(one.rule, one.met_on) for one in met.turned.met] == [("contact-screening-1wd", TODAY)]
        assert [one.number for one in door.entry(child, table, entry).belongs] == ["2" * 32]


def test_an_assessment_begins_is_looked_at_and_its_end_meets_the_45_working_days(record: Database) -> None:
    with opened(record, "team.manager") as door:
        child = handle(door, "own")
        referral = standing(door, child, "cin_episodes")
        table, entry = door.record_entry(child, wanted("assessment", "3", {"from_on": "2026-01-12"}, referral.entry_id))
        began = door.entry(child, table, entry).entry
        assert began is not None
        assert (began.values["referral_id"], began.values["worker_id"], began.values["team_id"]) == (
            "r-own",
            "pat",
            "t1",
        )
        looked = door.record_entry(child, wanted("assessment-check", "4", {"happened_on": "2026-01-19"}, entry))
        assert "assessment-internal-review" in {one.rule for one in door.entry(child, *looked).turned.met}
        ended = {"last_on": "2026-03-09", "child_seen": "yes", "outcome_nfa": "no"}
        _, closed = door.record_entry(child, wanted("assessment-end", "5", ended, entry))
        met = {one.rule: one for one in door.entry(child, table, closed).turned.met}["assessment-45wd"]
        # From 5 January to 9 March 2026 are nine weeks of five working days: the 45th falls on 9 March.
        assert (met.met_on, met.due_on, met.state.value) == (date(2026, 3, 9), date(2026, 3, 9), "met_in_time")
        told_of = door.entry(child, table, entry)
        assert told_of.entry is not None and told_of.entry.until == date(2026, 3, 10)
        assert [(one.kind, one.stands, one.entry.until) for one in told_of.versions] == [
            ("entry", True, None),
            ("ending", True, date(2026, 3, 10)),
        ]


def test_what_ended_cannot_end_again_and_a_form_sent_twice_writes_once(record: Database) -> None:
    with opened(record, "team.manager") as door:
        child = handle(door, "team")
        referral = standing(door, child, "cin_episodes")
        plan = wanted("child-in-need-plan", "6", {"from_on": "2026-02-02"}, referral.entry_id)
        table, entry = door.record_entry(child, plan)
        with pytest.raises(AlreadyRecorded):
            door.record_entry(child, plan)
        with pytest.raises(SentOtherwise):
            door.record_entry(child, replace(plan, said={"from_on": "2026-02-03"}))
        assert problems(replace(plan, number="7" * 32), door.on_record(child).entries, TODAY) == {
            "from_on": "Child in need plan: one is open since 2 February 2026; end that first"
        }
        end = wanted("child-in-need-plan-end", "8", {"last_on": "2026-03-13"}, entry)
        door.record_entry(child, end)
        with pytest.raises(AlreadyRecorded):
            door.record_entry(child, end)
        with pytest.raises(SentOtherwise):
            door.record_entry(child, replace(end, said={"last_on": "2026-03-14"}))
        again = replace(end, of=door.entry(child, table, entry).last.entry_id)
        with pytest.raises(KeyworkerError, match="ended already"):
            door.record_entry(child, again)


def test_a_step_down_ends_one_plan_and_begins_the_other_on_one_day_and_what_was_told_stays_told(
    record: Database,
) -> None:
    with opened(record, "team.manager") as door:
        child = handle(door, "own")
        plan = standing(door, child, "cp_plans")
        assert plan.source != "keyworker"
        table, entry = door.record_entry(child, wanted("step-down", "9", {"last_on": "2026-03-20"}, plan.entry_id))
        ours = door.entry(child, table, entry)
        assert (table, ours.last.is_ours, ours.last.number, ours.last.until) == (
            "cp_plans", True, plan.number, date(2026, 3, 21),
        )  # fmt: skip
        assert [one.entry.source for one in ours.versions] == [plan.source, "keyworker"]
        assert [one for one in door.on_record(child).entries if one.table == "cp_plans"] == [ours.entry]
        assert standing(door, child, "cin_plans").on == TODAY
        assert "cp" not in {one.kind for one in door.child(child, Moment(date(2026, 3, 21))).statuses if not one.to_on}


def test_a_case_is_closed_only_when_its_plans_and_assessments_have_ended(record: Database) -> None:
    with opened(record, "team.manager") as door:
        child = handle(door, "supervised")
        referral = standing(door, child, "cin_episodes")
        close = wanted("closure", "a", {"last_on": "2026-03-20", "close_reason": "RC7"}, referral.entry_id)
        wrong = problems(close, door.on_record(child).entries, TODAY)
        assert wrong == {"of": "Still open: child protection plan. End these first"}
        plan = standing(door, child, "cp_plans")
        door.record_entry(child, wanted("child-protection-plan-end", "b", {"last_on": "2026-03-20"}, plan.entry_id))
        table, entry = door.record_entry(child, close)
        assert door.entry(child, table, entry).last.values["close_reason"] == "RC7"
        assert door.on_record(child).entries[0].until is not None or standing(door, child, "cin_episodes").until


def test_an_entry_is_corrected_with_a_reason_and_what_it_said_before_can_still_be_asked(record: Database) -> None:
    with opened(record, "social.worker") as door:
        child = handle(door, "own")
        said = {"happened_on": "2026-03-10", "source_code": "6"}
        table, entry = door.record_entry(child, wanted("contact", "c", said))
        before = door.entry(child, table, entry).versions[0].entry.written_at
        right = Correction(said | {"happened_on": "2026-03-11"}, "The police gave the day before.")
        now = door.correct_entry(child, table, entry, right, "d" * 32)
        with pytest.raises(NotCurrent):
            door.correct_entry(child, table, entry, replace(right, why="Once more."), "e" * 32)
        with pytest.raises(KeyworkerError, match="Nothing would change"):
            door.correct_entry(child, table, now, right, "e" * 32)
        with pytest.raises(KeyworkerError, match="Say why"):
            door.correct_entry(child, table, now, Correction(said, " "), "e" * 32)
        told_of = door.entry(child, table, entry)
        first, second = told_of.versions
        assert (first.entry.on, second.entry.on) == (date(2026, 3, 10), date(2026, 3, 11))
        assert (first.why, second.why, second.kind) == (None, "The police gave the day before.", "correction")
        assert first.superseded_at == second.entry.written_at > before
        assert second.entry.written_by == "social.worker"
        door.withdraw_entry(child, table, now, "It was about another child.", "f" * 32)
        gone = door.entry(child, table, entry)
        assert gone.entry is None and gone.versions[-1].why == "It was about another child."
        assert not gone.versions[-1].stands and gone.last.on == date(2026, 3, 11)
        with pytest.raises(KeyworkerError, match="withdrawn already"):
            door.withdraw_entry(child, table, now, "Again.", "0" * 32)


def test_what_the_case_system_told_is_corrected_beside_it_but_for_the_day_by_which_the_two_match(
    record: Database,
) -> None:
    with opened(record, "team.manager") as door:
        child = handle(door, "team")
        referral = standing(door, child, "cin_episodes")
        with pytest.raises(KeyworkerError, match="goes on telling it"):
            door.correct_entry(
                child, "cin_episodes", referral.entry_id,
                Correction({"from_on": "2026-01-06", "referral_source_code": "6"}, "A day late."), "1" * 32,
            )  # fmt: skip
        right = Correction({"from_on": "2026-01-05", "referral_source_code": "6"}, "The police referred.")
        entry = door.correct_entry(child, "cin_episodes", referral.entry_id, right, "2" * 32)
        told_of = door.entry(child, "cin_episodes", entry)
        assert told_of.last.values["referral_source_code"] == "6" and told_of.last.number == referral.number
        assert [one.why for one in told_of.versions] == [None, "The police referred."]
        assert len([one for one in door.on_record(child).entries if one.table == "cin_episodes"]) == 1
        with pytest.raises(KeyworkerError, match="belong"):
            door.withdraw_entry(child, "cin_episodes", entry, "Never.", "3" * 32)


def test_what_was_told_can_be_corrected_again_after_a_correction_of_it_was_withdrawn(record: Database) -> None:
    with opened(record, "director") as door:
        child = handle(door, "all")
        told_here = standing(door, child, "cin_episodes")
        said = {"from_on": "2026-01-05", "referral_source_code": "6"}
        first = door.correct_entry(child, "cin_episodes", told_here.entry_id, Correction(said, "Police."), "4" * 32)
        door.withdraw_entry(child, "cin_episodes", first, "Not so.", "5" * 32)
        again = standing(door, child, "cin_episodes")
        assert again.entry_id == told_here.entry_id
        for code, number in (("6", "6"), ("2A", "7")):
            right = Correction(said | {"referral_source_code": code}, "It was they.")
            now = standing(door, child, "cin_episodes")
            entry = door.correct_entry(child, "cin_episodes", now.entry_id, right, number * 32)
            stands = standing(door, child, "cin_episodes")
            assert (stands.entry_id, stands.values["referral_source_code"], stands.is_ours) == (entry, code, True)
            door.withdraw_entry(child, "cin_episodes", entry, "Not so either.", f"{number}{'0' * 31}")


def test_a_correction_that_is_sent_twice_stands_once_and_one_that_says_something_else_is_told(
    record: Database,
) -> None:
    with opened(record, "social.worker") as door:
        child = handle(door, "own")
        said = {"happened_on": "2026-03-09", "source_code": "6"}
        table, entry = door.record_entry(child, wanted("contact", "0", said))
        right = Correction(said | {"happened_on": "2026-03-10"}, "A day late.")
        assert door.corrected_before(child, table, entry, right, "8" * 32) is None
        now = door.correct_entry(child, table, entry, right, "8" * 32)
        assert door.corrected_before(child, table, entry, right, "8" * 32) == now
        with pytest.raises(SentOtherwise):
            door.corrected_before(child, table, entry, replace(right, why="Other words."), "8" * 32)
        with pytest.raises(SentOtherwise):
            other = replace(right, said=said | {"happened_on": "2026-03-11"})
            door.corrected_before(child, table, entry, other, "8" * 32)


def test_nobody_records_what_is_not_theirs_and_where_the_case_system_is_the_home_nobody_does(record: Database) -> None:
    contact = form("contact")
    plan = form("child protection plan")
    assert contact is not None and plan is not None
    for account, near, far, decides in (
        ("social.worker", True, False, False),
        ("business.support", True, False, False),
        ("team.manager", True, False, True),
        ("director", True, True, True),
        ("conference.chair", False, False, False),
        ("quality.assurance", False, False, False),
        ("inspector", False, False, False),
    ):
        with opened(record, account) as door:
            own, other = handle(door, "own"), handle(door, "all")
            may = [door.refusal_to_record(own, contact), door.refusal_to_record(other, contact)]
            assert [one is None for one in may] == [near, far], account
            assert (door.refusal_to_record(own, plan) is None) is decides, account
    with opened(record, "social.worker") as door, pytest.raises(Refused):
        door.record_entry(handle(door, "all"), wanted("contact", "5", CONTACT))


@pytest.mark.parametrize(
    ("kind", "said", "of", "wrong"),
    [
        ("contact", {}, None, {
            "happened_on": "The day on which it reached the council: enter a real day, such as 27 March 2026",
            "source_code": "Who made contact: choose one",
        }),
        ("contact", CONTACT | {"happened_on": "2026-03-21"}, None, {"happened_on": "The day must be today or before"}),
        ("contact", CONTACT | {"happened_time": "25:00"}, None, {
            "happened_time": "The time of day, if you know it: enter a time of the day, such as 15:30",
        }),
        ("contact", CONTACT | {"happened_time": "16:30+05:00"}, None, {
            "happened_time": "The time of day, if you know it: enter a time of the day, such as 15:30",
        }),
        ("contact", CONTACT | {"happened_on": "2026-W12-4"}, None, {
            "happened_on": "The day on which it reached the council: enter a real day, such as 27 March 2026",
        }),
        ("contact", CONTACT | {"source_code": "7Z"}, None, {"source_code": "Who made contact: choose one"}),
        ("contact", CONTACT | {"source_desc": "x" * 501}, None, {
            "source_desc": "More about who made contact, such as which school: use 500 characters or fewer",
        }),
        ("strategy-discussion", {"happened_on": "2026-03-20", "outcome": "enquiry"}, None, {
            "of": "Which referral: choose one",
        }),
        ("strategy-discussion", {"happened_on": "2026-01-04", "outcome": "enquiry"}, 7, {
            "happened_on": "The day must be on or after 5 January 2026",
        }),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_form_is_said_by_its_field(
    kind: str, said: dict[str, str], of: int | None, wrong: dict[str, str]
) -> None:
    values = {"referral_id": "r", "child_id": "own", "from_on": REFERRED, "to_on": None}
    stands = HandEntry(7, "cin_episodes", "ssd", 1, "loader", None, values)  # type: ignore[arg-type]
    assert problems(wanted(kind, "1", said, of), [stands], TODAY) == wrong


def test_a_household_a_language_and_a_disability_are_written_down_and_not_known_is_not_no(record: Database) -> None:
    with opened(record, "social.worker") as door:
        child = handle(door, "own")
        mother = {"person": "Mary Madeup", "relation": "mother", "responsibility": "yes", "from_on": "2015-03-01"}
        table, entry = door.record_entry(child, wanted("relationship", "1", mother))
        values = door.entry(child, table, entry).last.values
        assert (values["responsibility"], values["lives_with"], values["worker_id"]) == (True, None, "pat")
        ended = door.record_entry(child, wanted("relationship-end", "2", {"last_on": "2026-03-01"}, entry))
        assert door.entry(child, *ended).last.until == date(2026, 3, 2)
        for kind, number, said in (
            ("address", "3", {"type": "home", "json": "1 Made-up Row", "postcode": "ZZ1 1ZZ", "from_on": "2024-09-01"}),
            ("language", "4", {"who": "parent", "language": "Polish", "interpreter": "yes", "from_on": "2024-09-01"}),
            ("disability", "5", {"disability_code": "HEAR"}),
            ("legal-status", "6", {"legal_status": "V2", "from_on": "2026-02-02"}),
        ):
            door.record_entry(child, wanted(kind, number, said))
        cover = door.cover_sheet(child)
        assert ("1 Made-up Row", "ZZ1 1ZZ") in {one.values for one in cover.before.lives}
        assert "Polish" in {one.language for one in cover.before.languages}
        with pytest.raises(AlreadyRecorded):
            door.record_entry(child, wanted("disability", "7", {"disability_code": "HEAR"}))
