"""Visits written down by hand, on a small record worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import psycopg
import pytest

from keyworker.access import Asker, Door, RoleHeld
from keyworker.actions import Keyworker, writing
from keyworker.actions import visits as by_hand
from keyworker.actions.questions.naming import NotKnown
from keyworker.actions.questions.needs import Need
from keyworker.actions.visits import Visited, WantedVisit, kind_for, problems, problems_of
from keyworker.clocks.engine import Reading
from keyworker.clocks.readings import State
from keyworker.clocks.stored import People, is_kept, keep_all
from keyworker.clocks.within_act import renew_within
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import Status
from keyworker.facts.rows import fetch
from keyworker.record.connect import DatabaseRole
from keyworker.record.sessions import show
from keyworker.record.writer import Act, AlreadyRecorded, WriteRefused, append
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.vocabulary.words import VisitOutcome
from tests.clocks.made import CP_SETTING, involvement, tell
from tests.servers.asking import asking
from tests.servers.started import Database

TODAY = date(2026, 3, 20)
NOW = datetime(2026, 3, 20, 17, tzinfo=UTC)
BEGAN = date(2026, 3, 9)
# Ten working days after Monday 9 March 2026 is Monday 23 March. After Friday 20 March it is Tuesday 7 April: Good
# Friday and Easter Monday lie between.
DUE, NEXT = date(2026, 3, 23), date(2026, 4, 7)
FORM = "a" * 32
HOME = {
    "name": "home of visits",
    "applies_to": "all",
    "value": "keyworker",
    "set_by": "practice board",
    "written_in": "Recording policy (example)",
    "from_on": date(2026, 3, 1),
}


@pytest.fixture
def record(as_database_url: Database) -> Database:
    """Ash and Bex, brother and sister, both on plans from 9 March and held by ann; Cam of another family, by bea."""
    began = date(2026, 1, 5)
    rows: dict[str, list[dict[str, Any]]] = {
        "person": [
            {"child_id": "ash", "forename": "Ashby", "surname": "Madeup", "birth_on": date(2015, 3, 1)},
            {"child_id": "bex", "forename": "Bexley", "surname": "Madeup", "birth_on": date(2025, 3, 1)},
            {"child_id": "cam", "forename": "Camber", "surname": "Invented"},
        ],
        "family": [{"family_id": "f1", "child_id": "ash"}, {"family_id": "f1", "child_id": "bex"}],
        "cin_episodes": [
            {"referral_id": f"r-{child}", "child_id": child, "from_on": began, "team_id": "t1"}
            for child in ("ash", "bex", "cam")
        ],
        "cp_plans": [
            {"cp_plan_id": "p1", "child_id": "ash", "from_on": BEGAN},
            {"cp_plan_id": "p2", "child_id": "bex", "from_on": BEGAN},
        ],
        "cp_visits": [],
        "professionals": [{"worker_id": "ann", "name": "Ann Madeup"}],
        "involvements": [
            involvement(1, "ann", "Lead", began, None, child_id="ash"),
            involvement(2, "ann", "Lead", began, None, child_id="bex"),
            involvement(3, "bea", "Lead", began, None, child_id="cam"),
        ],
        "team": [
            {"team_id": "t1", "name": "Fen 1", "district": "Fenland", "team_type": "other", "from_on": date(2020, 1, 6)}
        ],
        "setting": [
            CP_SETTING,
            HOME,
            {**HOME, "name": "beyond own children", "value": "own"},
        ],
    }
    with as_database_url.connect(DatabaseRole.LOADER) as connection:
        tell(connection, rows, now=datetime(2026, 3, 19, 9, tzinfo=UTC))
    return as_database_url


@pytest.fixture
def connection(record: Database) -> Iterator[psycopg.Connection]:
    with record.connect(DatabaseRole.SERVICE, autocommit=True) as opened:
        yield opened


def asked(
    connection: psycopg.Connection, worker_id: str | None = "ann", role: str = "social worker", now: datetime = NOW
) -> Keyworker:
    asker = Asker("ann.madeup", "write down a visit", Door.PAGE, (RoleHeld(role, "all"),), worker_id)
    return asking(replace(asker, beyond=asker.beyond.OWN), connection, now)


def handle(connection: psycopg.Connection, child_id: str = "ash") -> str:
    return handles_of(connection, HandleKind.CHILD, [child_id])[child_id]


def wanted(*children: Visited, **changes: Any) -> WantedVisit:
    alone = Visited("ash", "cp", VisitOutcome.SEEN_ALONE, words="Wants to swim.")
    base = WantedVisit(FORM, TODAY, time(15, 30), "home", True, "A grandmother.", children or (alone,))
    return replace(base, **changes)


def duty(connection: psycopg.Connection, child_id: str = "ash", known_at: datetime | None = None) -> Reading:
    """The one visit that is due to a child and not yet met."""
    found = asked(connection).clocks(Moment(TODAY, known_at), child=handle(connection, child_id), rules=["cp-visit"])
    (one,) = (one for one in found if one.state in (State.RUNNING, State.OVERDUE))
    return one


def visits(connection: psycopg.Connection) -> list[tuple[Any, ...]]:
    return fetch(
        connection,
        lens_at(connection, Moment(TODAY)),
        "select child_id, kind, outcome, worker_id, source from {visit} v order by child_id, source",
    )


def test_a_visit_at_which_the_child_was_seen_meets_its_duty_and_begins_the_next(connection: psycopg.Connection) -> None:
    assert duty(connection).due_on == DUE
    number = asked(connection).record_visit(handle(connection), wanted())[handle(connection)]
    assert duty(connection).due_on == NEXT
    assert visits(connection) == [("ash", "cp", "seen alone", "ann", "keyworker")]
    told = asked(connection).visit(handle(connection), number)
    one = told.note
    assert (told.name, told.worker, told.others) == ("Ashby Madeup", "Ann Madeup", ())
    assert (one.place, one.announced, one.present, one.words) == ("home", True, "A grandmother.", "Wants to swim.")
    assert (one.written_by, one.happened_time, one.is_withdrawn) == ("ann.madeup", time(15, 30), False)


def test_one_entry_says_for_each_brother_and_sister_what_came_of_the_visit(connection: psycopg.Connection) -> None:
    asleep = Visited("bex", "cp", VisitOutcome.NOT_SEEN, why="Bex was at nursery.")
    found = asked(connection).visitable(handle(connection))
    assert [(one.name, one.kind, one.is_baby) for one in found] == [
        ("Ashby Madeup", "cp", False),
        ("Bexley Madeup", "cp", True),
    ]
    numbers = asked(connection).record_visit(handle(connection), wanted(*wanted().children, asleep))
    assert duty(connection).due_on == NEXT
    assert duty(connection, "bex").due_on == DUE, "a visit at which the child was not seen meets nothing"
    told = asked(connection).visit(handle(connection, "bex"), numbers[handle(connection, "bex")])
    assert told.note.outcome == "not seen" and told.note.why == "Bex was at nursery."
    assert [other.name for other in told.others] == ["Ashby Madeup"]


def test_a_form_that_is_sent_twice_writes_one_visit(connection: psycopg.Connection) -> None:
    asked(connection).record_visit(handle(connection), wanted())
    with pytest.raises(AlreadyRecorded):
        asked(connection).record_visit(handle(connection), wanted())
    assert len(visits(connection)) == 1


def test_the_extracts_copy_of_a_visit_is_not_counted_twice(record: Database, connection: psycopg.Connection) -> None:
    asked(connection).record_visit(handle(connection), wanted())
    copy = {"cp_visit_id": "n1", "child_id": "ash", "happened_on": TODAY, "seen": True, "seen_alone": True}
    with record.connect(DatabaseRole.LOADER) as loader:
        tell(loader, {"cp_visits": [copy]}, now=datetime(2026, 3, 20, 20, tzinfo=UTC))
    assert visits(connection) == [("ash", "cp", "seen alone", None, "ssd")]


def _told_a_day_before(record: Database, connection: psycopg.Connection) -> str:
    """A visit of today, and the extract's of the day before; gives the number of the first."""
    number = asked(connection).record_visit(handle(connection), wanted())[handle(connection)]
    copy = {"cp_visit_id": "n1", "child_id": "ash", "happened_on": date(2026, 3, 19), "seen": True}
    with record.connect(DatabaseRole.LOADER) as loader:
        tell(loader, {"cp_visits": [copy]}, now=datetime(2026, 3, 20, 20, tzinfo=UTC))
    return number


def waiting(connection: psycopg.Connection, now: datetime) -> int:
    """How many visits to match stand in what needs whoever asks."""
    return next((one.count for one in asked(connection, now=now).needs_me() if one.what is Need.MATCH), 0)


def test_a_visit_of_the_day_before_in_an_extract_is_asked_about_and_once_it_is_the_same_it_counts_once(
    record: Database, connection: psycopg.Connection
) -> None:
    child, later = handle(connection), datetime(2026, 3, 20, 21, tzinfo=UTC)
    number = _told_a_day_before(record, connection)
    assert visits(connection) == [("ash", "cp", "seen", None, "ssd")], "it most likely is, and counts once until then"
    (one,) = asked(connection, now=later).visits_to_match()
    assert (one.handle, one.pair.visit_id, one.pair.theirs_on) == (child, number, date(2026, 3, 19))
    assert one.pair.is_one and duty(connection).due_on == date(2026, 4, 2)
    assert asked(connection, now=later).visit(child, number).note.outcome == "seen alone", "what was written is shown"
    assert waiting(connection, later) == 1
    asked(connection, now=later).match_visit(child, number, is_same=True)
    assert visits(connection) == [("ash", "cp", "seen", None, "ssd")]
    assert waiting(connection, later) == 0
    # Ten working days after 19 March 2026 is Thursday 2 April.
    assert duty(connection).due_on == date(2026, 4, 2)
    told = asked(connection, now=later).visit(child, number).note
    assert (told.words, told.happened_on, told.is_withdrawn) == ("Wants to swim.", date(2026, 3, 19), False)
    asked(connection, now=later).match_visit(child, number, is_same=False)
    assert len(visits(connection)) == 1, "an answer that comes twice changes nothing"


def test_a_visit_of_the_day_before_that_was_another_stands_and_nobody_is_asked_again(
    record: Database, connection: psycopg.Connection
) -> None:
    child, later = handle(connection), datetime(2026, 3, 20, 21, tzinfo=UTC)
    number = _told_a_day_before(record, connection)
    assert len(visits(connection)) == 1
    asked(connection, now=later).match_visit(child, number, is_same=False)
    assert len(visits(connection)) == 2 and duty(connection).due_on == NEXT
    assert asked(connection, now=later).visits_to_match() == []
    assert waiting(connection, later) == 0
    assert asked(connection, now=later).visit_pair(child, number) is None


def test_a_visit_that_is_withdrawn_was_never_made_and_the_duty_stands_again(connection: psycopg.Connection) -> None:
    child = handle(connection)
    number = asked(connection).record_visit(child, wanted())[child]
    written = asked(connection).visit(child, number).note.written_at
    asked(connection, now=datetime(2026, 3, 20, 18, tzinfo=UTC)).withdraw_visit(child, number, "It was another family.")
    assert duty(connection).due_on == DUE and visits(connection) == []
    one = asked(connection).visit(child, number).note
    assert (one.is_withdrawn, one.outcome, one.changed_why) == (True, None, "It was another family.")
    assert duty(connection, known_at=written).due_on == NEXT, "while it stood it was known to be made"
    with pytest.raises(KeyworkerError, match="withdrawn already"):
        asked(connection).withdraw_visit(child, number, "Again.")


def test_what_is_kept_of_todays_duties_is_renewed_in_the_act_of_the_visit(connection: psycopg.Connection) -> None:
    def kept() -> tuple[bool, list[date]]:
        rows = connection.execute("select due_on from kept.open_duty where rule = 'cp-visit' and subject = 'ash'")
        return is_kept(connection, TODAY), [row[0] for row in rows.fetchall()]

    with connection.transaction():
        keep_all(connection, TODAY, People(["ash", "bex", "cam"], []))
    assert kept() == (True, [DUE])
    asked(connection).record_visit(handle(connection), wanted())
    assert kept() == (True, [NEXT])


def _everything_kept(connection: psycopg.Connection) -> set[tuple[Any, ...]]:
    rows = connection.execute("select subject, rule, started_on, again, edition, due_on, excused from kept.open_duty")
    return set(rows.fetchall())


def test_the_act_of_a_visit_keeps_by_itself_what_is_worked_out_of_everybody_anew(
    connection: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "renew", lambda *_: pytest.fail("renewed after the act, not in it"))
    everybody = People(["ash", "bex", "cam"], [])
    with connection.transaction():
        keep_all(connection, TODAY, everybody)
    child = handle(connection)
    number = asked(connection).record_visit(child, wanted())[child]
    assert is_kept(connection, TODAY)
    found = _everything_kept(connection)
    with connection.transaction():
        keep_all(connection, TODAY, everybody)
    assert _everything_kept(connection) == found
    asked(connection, now=datetime(2026, 3, 20, 18, tzinfo=UTC)).withdraw_visit(child, number, "It was another family.")
    assert is_kept(connection, TODAY) and _everything_kept(connection) != found


def test_a_fault_between_a_visit_and_what_is_kept_leaves_neither(
    connection: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(on: psycopg.Connection, act_id: int) -> bool:
        assert renew_within(on, act_id)
        raise OSError("the power fails")

    with connection.transaction():
        keep_all(connection, TODAY, People(["ash", "bex", "cam"], []))
    before = _everything_kept(connection)
    monkeypatch.setattr(writing, "renew_within", crash)
    with pytest.raises(OSError):
        asked(connection).record_visit(handle(connection), wanted())
    assert visits(connection) == []
    assert is_kept(connection, TODAY) and _everything_kept(connection) == before


def test_whoever_does_not_see_all_of_a_child_has_it_renewed_after_the_act_and_cannot_do_it_in_it(
    record: Database, connection: psycopg.Connection
) -> None:
    with connection.transaction():
        keep_all(connection, TODAY, People(["ash", "bex", "cam"], []))
    before = _everything_kept(connection)
    with record.bare_connect(DatabaseRole.APPLICATION) as bare, bare.transaction():
        show(bare, asked(connection)._token)
        seen = {"cp_visit_id": "b1", "child_id": "bex", "happened_on": TODAY, "worker_id": "ann", "entered_at": NOW}
        act = append(bare, Act("entry", "ann.madeup", "test", "keyworker"), NOW, {"cp_visits": [seen]}).act_id
        ground = bare.execute("select act_id, rulebook, at from kept.open_ground()").fetchone()
        renewing = "select kept.renew_open(%s, %s, %s, %s, %s, '[]')"
        assert bare.execute(renewing, (ground[0], act, *ground[1:], ["cam"])).fetchone() == (False,)
        assert bare.execute(renewing, (ground[0], act, *ground[1:], ["ash"])).fetchone() == (False,), "not written of"
        assert bare.execute(renewing, (ground[0], act, *ground[1:], [])).fetchone() == (True,)
        raise psycopg.Rollback
    assert _everything_kept(connection) == before


def test_nobody_writes_a_visit_to_a_child_who_is_not_theirs(connection: psycopg.Connection) -> None:
    with pytest.raises(Refused):
        asked(connection).record_visit(handle(connection, "cam"), wanted())
    # Nor by naming another's child in a form of their own.
    with pytest.raises(NotKnown):
        asked(connection).record_visit(handle(connection), wanted(Visited("cam", "cin", VisitOutcome.SEEN_ALONE)))
    for worker_id, role in (("ann", "performance analyst"), (None, "team manager"), ("ann", "inspector")):
        with pytest.raises(Refused):
            asked(connection, worker_id, role).record_visit(handle(connection), wanted())
    assert visits(connection) == []
    logged = connection.execute("select count(*) from record.access_log where route = 'not given: visits'").fetchone()
    assert logged == (5,)


def test_a_visit_that_meets_anothers_act_is_refused_in_words_and_nothing_is_written(
    record: Database, connection: psycopg.Connection
) -> None:
    door = asked(connection)
    with record.connect(DatabaseRole.LOADER) as loader:
        changed = {**HOME, "name": "council", "value": "873"}
        tell(loader, {"setting": [changed]}, now=datetime(2026, 3, 20, 16, tzinfo=UTC))
    with pytest.raises(WriteRefused, match="Nothing was written"):
        by_hand.record(door.own, door.asker, NOW, "ann", wanted(), TODAY)
    assert visits(connection) == []


def test_nobody_is_asked_to_type_what_the_case_system_holds(record: Database, connection: psycopg.Connection) -> None:
    with record.connect(DatabaseRole.LOADER) as loader:
        again = {**HOME, "value": "case system", "from_on": date(2026, 3, 20)}
        tell(loader, {"setting": [again]}, now=datetime(2026, 3, 20, 16, tzinfo=UTC))
    with pytest.raises(Refused, match="recorded in the case system"):
        asked(connection).visitable(handle(connection))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"happened_on": None}, "on"),
        ({"happened_on": date(2026, 3, 21)}, "on"),
        ({"happened_on": date(2025, 3, 18)}, "on"),
        ({"children": ()}, "children"),
        ({"present": "x" * 501}, "present"),
    ],
)
def test_what_is_wrong_with_a_visit_is_said_by_its_field(changes: dict[str, Any], field: str) -> None:
    assert list(problems(wanted(**changes) if "children" not in changes else replace(wanted(), **changes), TODAY)) == [
        field
    ]
    assert problems(wanted(), TODAY) == {}


@pytest.mark.parametrize(
    ("one", "fields"),
    [
        (Visited("ash", "cp", None), ["outcome"]),
        (Visited("ash", "cp", VisitOutcome.SEEN), ["why"]),
        (Visited("ash", "cp", VisitOutcome.SEEN, why="A sister would not leave."), []),
        (Visited("ash", "cp", VisitOutcome.NOT_SEEN), ["why"]),
        (Visited("ash", "cp", VisitOutcome.NO_ACCESS), []),
        (Visited("ash", "cp", VisitOutcome.CANCELLED), ["cancelled_by"]),
        (Visited("ash", "cp", VisitOutcome.CANCELLED, cancelled_by="family"), []),
        (Visited("ash", "cp", VisitOutcome.SEEN_ALONE, words="x" * 2001), ["words"]),
    ],
)
def test_not_alone_asks_why_and_a_cancelled_visit_by_whom(one: Visited, fields: list[str]) -> None:
    assert list(problems_of(one)) == fields


@pytest.mark.parametrize(
    ("statuses", "kind"),
    [(["cp", "looked after"], "cla"), (["referral", "cp"], "cp"), (["referral"], "assessment"), ([], "other")],
)
def test_a_visit_counts_as_what_the_child_is_open_for(statuses: list[str], kind: str) -> None:
    assert kind_for([Status(status, BEGAN, None) for status in statuses]) == kind
