"""The workforce by hand, through the real door, on the record of the access tests. Today is Friday 20 March 2026."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from lxml import etree
from typer.testing import CliRunner

from keyworker.actions import Keyworker
from keyworker.actions.by_hand import WantedEntry
from keyworker.actions.correcting import Correction
from keyworker.actions.new_workers import WantedWorker
from keyworker.actions.questions.naming import NotKnown
from keyworker.actions.staff_by_hand import problems
from keyworker.actions.staff_correcting import asks_of
from keyworker.actions.writing import SentOtherwise
from keyworker.cli import app
from keyworker.facts.by_hand import HandEntry
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.moment import Moment
from keyworker.facts.read_causes import around
from keyworker.facts.workers import in_line_of, supervised_by, workers_at
from keyworker.measures.passes.asked import Asked
from keyworker.measures.passes.run import measured
from keyworker.measures.sources.postgres import PostgresSource
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import AlreadyRecorded, NotCurrent
from keyworker.returns.workforce_census import write
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.vocabulary.staff_forms import staff_form
from tests.access.made import BEGAN, NOW, TODAY, told
from tests.cli.asking_as import asking_as
from tests.servers.started import Database, Server
from tests.time_asked.test_time_asked import door

POST = {"post_id": "P-1", "title": "Social worker", "team_id": "t2", "fte": 1, "holds_cases": True}
WHY = "MADEUPWHY"
NEED = {"happened_on": "2026-03-02", "subject": "neglect", "asked_by": "worker", "aim": "made-up aim"}
OFFER = {"subject": "neglect", "happened_on": "2026-03-19", "format": "online", "fits_pattern": "no"}


@pytest.fixture(scope="module")
def made(embedded_server: Server) -> Iterator[Database]:
    """The service, and an empty post."""
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(loader, post=[POST | {"role_class": "case holder", "from_on": BEGAN}])
    yield made
    embedded_server.drop(made)


def wanted(kind: str, number: str, of: int | None = None, **said: str) -> WantedEntry:
    form = staff_form(kind)
    assert form is not None
    return WantedEntry(number * 32, form, said, of)


def named(on: Keyworker, kind: HandleKind, one: str) -> str:
    return handles_of(on.connection, kind, [one])[one]


def worker(on: Keyworker, one: str) -> str:
    return named(on, HandleKind.WORKER, one)


def standing(on: Keyworker, one: str, table: str) -> HandEntry:
    return next(row for row in on.staff_record(worker(on, one)).entries if row.table == table)


def test_a_worker_whom_nobody_knew_begins_in_an_empty_post_is_returned_in_the_census_and_leaves(
    made: Database, tmp_path: Path
) -> None:
    new = WantedWorker("w-new", "New Madeup", "Social worker")
    with door(made, "workforce") as hr:
        handle = hr.write_worker(new)
        assert hr.write_worker(new) == handle
        with pytest.raises(SentOtherwise):
            hr.write_worker(replace(new, name="Other Madeup"))
        post = named(hr, HandleKind.POST, "P-1")
        said = {"from_on": "2025-03-24", "employment": "permanent", "fte": "0.8", "start_origin": "1"}
        start = wanted("start", "1", post_id=post, **said)
        hr.record_staff(handle, start)
        number = {"body": "social work england", "registration_no": "SW000002", "from_on": "2024-12-01"}
        hr.record_staff(handle, wanted("registration", "3", **number))
        registered = standing(hr, "w-new", "registration").entry_id
        right = Correction(number | {"registration_no": "SW000003"}, WHY)
        hr.change_staff_entry(handle, "registration", registered, right, "5" * 32, WHY)
        with pytest.raises(AlreadyRecorded):
            hr.record_staff(handle, start)
        with pytest.raises(SentOtherwise):
            hr.record_staff(handle, replace(start, said=start.said | {"fte": "0.9"}))
        began = standing(hr, "w-new", "appointment")
    assert {name: began.values[name] for name in ("team_id", "role_class", "job_title", "fte")} == {
        "team_id": "t2", "role_class": "case holder", "job_title": "Social worker", "fte": Decimal("0.8"),
    }  # fmt: skip
    assert began.values["post_id"] == "P-1"
    with door(made, "director") as director:
        assert [row.vacant for row in director.posts(Moment(TODAY))[0]] == [pytest.approx(0.2)]
    with door(made, "workforce") as hr:
        leaves = {"last_on": "2026-03-13", "leaving_destination": "1", "leaving_reason": "1"}
        leaving = wanted("leaving", "2", began.entry_id, **leaves)
        hr.record_staff(handle, leaving)
        with pytest.raises(AlreadyRecorded):
            hr.record_staff(handle, leaving)
        with pytest.raises(NotCurrent):
            hr.record_staff(handle, replace(leaving, said=leaving.said | {"leaving_reason": "5"}))
    with door(made, "performance.analyst") as analyst:
        returned = _returned(analyst._with_absence(Moment(TODAY)), tmp_path)
    with made.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        reasons = measured(PostgresSource(connection), "leaving-reasons", Asked((date(2026, 3, 31),)))
    assert returned["SWENo"] == "SW000003"
    assert returned["FTE"] == "0.800000" and returned["RoleStartDate"] == "2025-03-24"
    assert [(row.group, row.numerator, row.denominator) for row in reasons if row.numerator] == [({"band": "1"}, 1, 1)]


def _returned(known: Mapping[str, pl.DataFrame], folder: Path) -> dict[str, str]:
    """What the census of 30 September 2025 says of the one whose first post it was, as its sender reads it."""
    write(known, TODAY, folder, "873")
    tree = etree.parse(folder / "social_work_workforce_2025.xml")
    rows = [{one.tag: one.text or "" for one in row.iter()} for row in tree.iter("CSWWWorker")]
    (found,) = (row for row in rows if row.get("StartOrigin") == "1")
    return found


def test_an_absence_tells_others_until_when_and_nobody_why_and_its_days_are_counted(made: Database) -> None:
    with door(made, "workforce") as hr:
        ann = worker(hr, "ann")
        said = {"from_on": "2026-03-02", "reason_class": "SIC", "expected_return_on": "2026-03-30"}
        hr.record_staff(ann, wanted("absence", "3", **said))
        away = standing(hr, "ann", "absence")
        assert problems(wanted("absence", "4", **said), hr.staff_record(ann).entries, TODAY) == {
            "from_on": "Absence: one goes on since 2 March 2026; end that first"
        }
        hr.record_staff(ann, wanted("expected-return", "5", away.entry_id, expected_return_on="2026-04-13"))
    with door(made, "team.manager") as manager:
        team = manager.team(named(manager, HandleKind.TEAM, "t1"), Moment(TODAY))
        (row,) = (one for one in team.workers if one.worker.worker_id == "ann")
        assert row.away_until == date(2026, 4, 13)
    with door(made, "workforce") as hr:
        away = standing(hr, "ann", "absence")
        hr.record_staff(ann, wanted("return", "6", away.entry_id, last_on="2026-03-19"))
        back = standing(hr, "ann", "absence")
    # From Monday 2 to Thursday 19 March 2026 are two weeks of five working days and four more.
    assert (back.until, back.values["working_days_lost"]) == (TODAY, Decimal(14))


def test_a_deputy_is_named_for_a_supervisor_who_is_away_and_supervises_until_the_last_day(made: Database) -> None:
    with door(made, "workforce") as hr:
        ann = worker(hr, "ann")
        said = {"from_on": "2026-03-16", "deputy_why": "away"}
        with pytest.raises(KeyworkerError, match="Nobody supervises or observes themselves"):
            hr.record_staff(ann, wanted("deputy", "c", supervisor_id=ann, **said))
        with pytest.raises(Refused, match="Nobody names themselves"):
            hr.record_staff(ann, wanted("deputy", "c", supervisor_id=worker(hr, str(hr.asker.worker_id)), **said))
        assert not [one for one in hr.staff_record(ann).entries if one.table == "supervision_deputy"]
        hr.record_staff(ann, wanted("deputy", "d", supervisor_id=worker(hr, "bea"), **said))
        one = standing(hr, "ann", "supervision_deputy")
        assert one.values["deputy"] and "bea" not in str(one.values["deputy"]).split()
        assert [ask.name for ask in asks_of(one)] == ["from_on", "deputy_why"], "whom it names is not corrected"
        lens = lens_at(hr.connection, Moment(TODAY))
        assert supervised_by(hr.connection, lens, "bea") == {"ann"} and not in_line_of(hr.connection, lens, "bea")
        assert workers_at(hr.connection, lens)["ann"].supervisor_id == "bea"
        hr.record_staff(ann, wanted("deputy ends", "e", one.entry_id, last_on="2026-03-18"))
        assert not supervised_by(hr.connection, lens_at(hr.connection, Moment(TODAY)), "bea")


def test_registration_the_assessed_year_and_the_disclosure_check_are_kept_and_the_number_from_others(
    made: Database,
) -> None:
    with door(made, "workforce") as hr:
        bea = worker(hr, "bea")
        post = standing(hr, "bea", "appointment").entry_id
        number = {"body": "social work england", "registration_no": "SW000001", "from_on": "2019-12-01"}
        hr.record_staff(bea, wanted("registration", "7", **number))
        hr.record_staff(bea, wanted("assessed-year-began", "8", post, happened_on="2026-01-05"))
        review = {"happened_on": "2026-03-16", "outcome": "three months"}
        hr.record_staff(bea, wanted("assessed-year-review", "9", post, **review))
        hr.record_staff(bea, wanted("disclosure-check", "a", happened_on="2023-05-04", outcome="clear"))
        assert hr.staff_record(bea).sees_numbers
    with door(made, "head.of.service") as head:
        told_of = head.staff_record(worker(head, "bea"))
        assert not told_of.sees_numbers and not told_of.forms
        assert {row.table for row in told_of.entries} == {"registration", "step", "disclosure_check", "appointment"}
        duties = {one.rule: one.met_on for one in head.clocks(Moment(TODAY), worker=worker(head, "bea"))}
    assert duties["asye-review-3m"] == date(2026, 3, 16)


def test_learning_is_needed_offered_attended_or_not_and_applied_and_its_measures_count_it(made: Database) -> None:
    with door(made, "learning") as learning:
        ann = worker(learning, "ann")
        learning.record_staff(ann, wanted("training-need", "b", **NEED))
        need = standing(learning, "ann", "training_need")
        for number in ("c", "d"):
            learning.record_staff(ann, wanted("training-offer", number, need.entry_id, **OFFER))
        entries = learning.staff_record(ann).entries
        first, second = (one.entry_id for one in entries if one.table == "training_session")
        missed = wanted("training-attended", "e", first, attended="no")
        assert problems(missed, learning.staff_record(ann).entries, TODAY) == {"reason_not": "If not, why: choose one"}
        learning.record_staff(ann, replace(missed, said={"attended": "no", "reason_not": "called to court"}))
        learning.record_staff(ann, wanted("training-attended", "f", second, attended="yes"))
        came = next(one for one in learning.staff_record(ann).entries if one.values.get("attended"))
        applied = {"applied_on": "2026-03-20", "applied_how": "made-up change"}
        learning.record_staff(ann, wanted("training-applied", "0", came.entry_id, **applied))
        assert {one.table for one in learning.staff_record(ann).entries} == {"training_need", "training_session"}
    with door(made, "team.manager") as manager:
        entries = manager.staff_record(worker(manager, "ann")).entries
        assert {one.table for one in entries} >= {"training_need", "training_session", "appointment"}
    with made.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        source, asked = PostgresSource(connection), Asked((date(2026, 3, 31),))
        found = {
            name: [(row.group.get("band"), row.numerator, row.denominator) for row in measured(source, name, asked)]
            for name in ("learning-attended", "learning-applied", "learning-missed")
        }
    assert [row[1:] for row in found["learning-attended"]] == [(1, 2)]
    assert [row[1:] for row in found["learning-applied"]] == [(1, 1)]
    assert ("court", 1, 2) in found["learning-missed"]


def test_an_observation_of_practice_is_read_by_the_worker_and_the_line_and_by_no_colleague(made: Database) -> None:
    said = {
        "happened_on": "2026-03-18",
        "practice": "home visit",
        "feedback": "Madeup praise.",
        "agreed_next": "Again.",
    }
    with door(made, "learning") as learning:
        bea = worker(learning, "bea")
        with pytest.raises(KeyworkerError, match="observes themselves"):
            learning.record_staff(bea, wanted("practice-observation", "2", observer_id=bea, **said))
        seen = wanted("practice-observation", "2", observer_id=worker(learning, "cal"), **said)
        learning.record_staff(bea, seen)
        with pytest.raises(AlreadyRecorded):
            learning.record_staff(bea, seen)
        one = standing(learning, "bea", "practice_observation")
        assert one.values["feedback"] == "Madeup praise." and one.values["observer"]
    with door(made, "head.of.service") as head:
        assert standing(head, "bea", "practice_observation").values["agreed_next"] == "Again."
    with door(made, "social.worker") as other, pytest.raises((NotKnown, Refused)):
        other.staff_record(worker(other, "bea"))


def test_an_entry_is_corrected_or_withdrawn_for_a_reason_and_a_kind_of_absence_is_never_shown_again(
    made: Database,
) -> None:
    with door(made, "workforce") as hr:
        cal = worker(hr, "cal")
        hr.record_staff(cal, wanted("absence", "1", from_on="2026-03-09", reason_class="SIC"))
        away = standing(hr, "cal", "absence")
        right = Correction({"from_on": "2026-03-10"}, WHY)
        hr.change_staff_entry(cal, "absence", away.entry_id, right, "2" * 32, WHY)
        hr.change_staff_entry(cal, "absence", away.entry_id, right, "2" * 32, WHY)
        now = standing(hr, "cal", "absence")
        assert (now.on, now.values["reason_class"]) == (date(2026, 3, 10), "SIC")
        with pytest.raises(NotCurrent):
            hr.change_staff_entry(cal, "absence", away.entry_id, right, "3" * 32, WHY)
        with pytest.raises(KeyworkerError, match="Nothing would change"):
            hr.change_staff_entry(cal, "absence", now.entry_id, right, "3" * 32, WHY)
        hr.change_staff_entry(cal, "absence", now.entry_id, None, "4" * 32, WHY)
        told_of = hr.staff_record(cal)
    assert "absence" not in {row.table for row in told_of.entries}
    assert [(one.what, one.why, one.author) for one in told_of.changes] == [
        ("withdrawn", WHY, "workforce"),
        ("corrected", WHY, "workforce"),
    ]


def test_a_past_absence_and_why_one_was_corrected_are_told_to_the_worker_and_the_workforce_alone(
    made: Database,
) -> None:
    """Bea and Pat were away. Pat is whoever signs in, so that the last is told of Pat as the worker."""
    others = ("head.of.service", "director", "learning")
    asked = "select count(*) from record.staff_change where in_table = 'absence'"
    with door(made, "workforce") as hr:
        for one, number in (("bea", "a1"), ("pat", "a2")):
            of = worker(hr, one)
            hr.record_staff(of, wanted("absence", number, from_on="2026-02-02", reason_class="SIC"))
            right = Correction({"from_on": "2026-02-03"}, WHY)
            hr.change_staff_entry(of, "absence", standing(hr, one, "absence").entry_id, right, number * 16, WHY)
    with door(made, "director") as director:
        away = standing(director, "bea", "absence")
        assert (away.until, away.values["reason_class"]) == (None, None), "until when, while it goes on"
        assert len(director.worker(worker(director, "bea"), Moment(TODAY)).absences) == 1
    with door(made, "workforce") as hr:
        for one, number in (("bea", "b"), ("pat", "c")):
            back = standing(hr, one, "absence")
            assert back.values["reason_class"] == "SIC"
            hr.record_staff(worker(hr, one), wanted("return", number, back.entry_id, last_on="2026-02-13"))
        assert WHY in {one.why for one in hr.staff_record(worker(hr, "bea")).changes}
    for account in others:
        with door(made, account) as other:
            told_of = other.staff_record(worker(other, "bea"))
            assert "absence" not in {one.table for one in told_of.entries}, account
            assert "absence" not in {one.in_table for one in told_of.changes}, account
            if account != "learning":
                story = other.worker(worker(other, "bea"), Moment(TODAY))
                assert (story.absences, story.past_absence_told) == ((), False), account
                assert {month.away_days for month in story.months} == {None}, account
            assert other.own.execute(asked).fetchone() == (0,), account
            assert other.own.execute("select count(*) from record.absence").fetchone() == (0,), account
            away = around(other.own, lens_at(other.own, Moment(TODAY)), ["bea"], []).absences
            assert dict(away) == ({} if account == "learning" else {"bea": [(date(2026, 2, 3), date(2026, 2, 14))]})
    with door(made, "performance.analyst") as analyst:
        (sent,) = analyst._with_absence(Moment(TODAY))["absence"].filter(pl.col("worker_id") == "bea").rows(named=True)
        assert sent["reason_class"] == "SIC", "the census asks for it"
    with door(made, "social.worker") as pat:
        mine = pat.staff_record(None)
        (was,) = (one for one in mine.entries if one.table == "absence")
        assert (was.values["working_days_lost"], was.values["reason_class"]) == (Decimal(9), None)
        assert ("absence", WHY) in {(one.in_table, one.why) for one in mine.changes}
        story = pat.worker(None, Moment(TODAY))
        assert len(story.absences) == 1 and sum(month.away_days or 0 for month in story.months) == 11
    with door(made, "workforce") as hr:
        for one, number in (("bea", "d"), ("pat", "e")):
            gone = standing(hr, one, "absence").entry_id
            hr.change_staff_entry(worker(hr, one), "absence", gone, None, number * 32, WHY)


def test_nobody_else_writes_of_a_worker_and_nobody_before_keyworker_became_the_home(made: Database) -> None:
    away = wanted("absence", "5", from_on="2026-03-09", reason_class="SIC")
    for account in ("team.manager", "social.worker", "learning", "director", "performance.analyst"):
        with door(made, account) as other, pytest.raises((Refused, NotKnown)):
            other.record_staff(worker(other, "pat"), away)
    with door(made, "workforce") as hr, pytest.raises(Refused):
        hr.record_staff(worker(hr, "pat"), wanted("training-need", "6", **NEED))
    yesterday = datetime(2026, 3, 19, 12, tzinfo=UTC)
    with door(made, "workforce", yesterday) as hr, pytest.raises(Refused, match="system"):
        hr.record_staff(worker(hr, "pat"), away)
    with door(made, "workforce", NOW) as hr:
        assert "absence" not in {row.table for row in hr.staff_record(worker(hr, "pat")).entries}


def test_the_commands_write_read_and_correct_as_the_pages_do(made: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*words: str, typed: str = "") -> str:
        of = () if words[0] == "new-worker" else ("--worker", "w-shell")
        done = CliRunner().invoke(app, [*words, *of], input=typed)
        assert done.exit_code == 0, done.output
        return done.stdout

    with asking_as(made, "workforce", NOW, monkeypatch):
        run("new-worker", "w-shell", "--name", "Shell Madeup", "--title", "Social worker")
        said = ("from_on=2026-03-02", "employment=agency", "fte=0.6", "team_id=t1", "role_class=case holder")
        run("record-staff", "start", *said)
        (row,) = json.loads(run("staff-recorded", "--format", "json"))
        assert (row["table"], row["on"]) == ("appointment", "2026-03-02")
        run("correct-staff", "appointment", str(row["entry"]), "fte=-", "--why", "-", typed=f"{WHY}\n0.8\n")
        run("record-staff", "absence", "from_on=2026-03-09", "reason_class=-", typed="SIC\n")
    with door(made, "workforce") as hr:
        assert standing(hr, "w-shell", "appointment").values["fte"] == Decimal("0.8")
        assert standing(hr, "w-shell", "absence").values["reason_class"] == "SIC"
        assert hr.staff_record(worker(hr, "w-shell")).changes[0].why == WHY


@pytest.mark.parametrize(
    ("kind", "said", "fields"),
    [
        ("start", {}, {"from_on", "employment", "fte", "team_id"}),
        ("start", {"from_on": "2027-03-22", "employment": "agency", "fte": "1.2", "team_id": "t1"}, {"from_on", "fte"}),
        ("absence", {"from_on": "2026-04-01", "reason_class": "SIC", "expected_return_on": "2026-03-31"},
         {"expected_return_on"}),
        ("return", {"last_on": "2026-03-21"}, {"of", "last_on"}),
        ("disclosure-check", {"happened_on": "2026-03-21", "outcome": "a caution"}, {"happened_on", "outcome"}),
        ("training-need", NEED | {"wanted_by_on": "2026-03-01"}, {"wanted_by_on"}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_where_it_was_typed(kind: str, said: dict[str, str], fields: set[str]) -> None:
    assert set(problems(wanted(kind, "7", **said), [], TODAY)) == fields


def test_whether_a_worker_came_is_said_after_the_day_and_an_expected_return_before_it_too() -> None:
    to_come = {"session_id": "s-1", "worker_id": "w-1", "happened_on": date(2026, 3, 21), "attended": None}
    away = {"absence_id": "a-1", "worker_id": "w-1", "from_on": date(2026, 3, 21), "to_on": None}
    stands = [
        HandEntry(1, "training_session", "keyworker", 1, "made-up", NOW, to_come),
        HandEntry(2, "absence", "keyworker", 1, "made-up", NOW, away),
    ]
    early = problems(wanted("training-attended", "8", 1, attended="yes"), stands, TODAY)
    assert early == {"of": "The training is on 21 March 2026: say afterwards whether the worker came"}
    assert problems(wanted("training-attended", "8", 1, attended="yes"), stands, date(2026, 3, 21)) == {}
    assert problems(wanted("expected-return", "9", 2, expected_return_on="2026-04-01"), stands, TODAY) == {}
