"""Opening a record in an emergency: it cannot be used to fish, it ends, is seen, and is reviewed by somebody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest

from keyworker.actions import Keyworker
from keyworker.actions.emergencies import Rules, WantedOpening, rules_at
from keyworker.actions.questions.emergencies import Notices
from keyworker.actions.questions.log import TELLING, LogSearch
from keyworker.actions.questions.naming import NotKnown
from keyworker.actions.sign_ins import signed_in
from keyworker.facts.moment import Moment
from keyworker.record.connect import DatabaseRole
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.access.made import BEGAN, NOW, TODAY, account, holding, service, setting
from tests.access.restricting import handle, questions, restricted
from tests.clocks.made import tell
from tests.servers.asking import asking
from tests.servers.started import Database

MOMENT = Moment(TODAY)
BORN = date(2015, 3, 1)
REASON = "rung by the police: the child is at the station"


@pytest.fixture
def record(database: Database) -> Database:
    """The made-up service, with a second director to review what the first opens."""
    other = {**holding("director"), "account": "other.director", "worker_id": "cal"}
    with database.connect(DatabaseRole.LOADER) as loader:
        tell(loader, service(role_holding=[other]))
    return database


@contextmanager
def at(database: Database, who: str, now: datetime = NOW) -> Iterator[Keyworker]:
    with database.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        asker, _ = signed_in(connection, who, now.date(), purpose="test")
        yield asking(asker, connection, now)


def wanted(form: int = 1, **typed: object) -> WantedOpening:
    return WantedOpening(f"{form:032x}", REASON, **typed)  # type: ignore[arg-type]


def opens(door: Keyworker, named: str) -> bool:
    try:
        door.child(named, MOMENT)
    except NotKnown:
        return False
    return True


def test_a_record_beyond_reach_is_open_for_four_hours_and_then_closed(record: Database) -> None:
    with at(record, "social.worker") as door:
        named = handle(door, "all")
        assert not opens(door, named)
        assert door.break_glass(wanted(handle=f"http://127.0.0.1/child/{named}/")) == named
        assert opens(door, named)
        standing = door.mark_of(named).standing
        assert standing is not None
        assert (standing.until_at - standing.opened_at, standing.reason) == (timedelta(hours=4), REASON)
        assert "all" not in {row.child_id for row in door.children(MOMENT)}, "no list holds what was opened"
    for passed, is_open in ((timedelta(hours=4, seconds=-1), True), (timedelta(hours=4), False)):
        with at(record, "social.worker", NOW + passed) as door:
            assert opens(door, named) is is_open


def test_a_restricted_child_is_opened_by_number_and_birth_date_together(record: Database) -> None:
    restricted(record, "own", "director")
    with at(record, "social.worker") as door:
        named = handle(door, "own")
        assert door.break_glass(wanted(1, number="own", born_on=date(2015, 3, 2))) is None
        assert not opens(door, named)
        assert door.break_glass(wanted(2, number="own", born_on=BORN)) == named
        assert opens(door, named)
        mark = door.mark_of(named)
        assert mark.restricted
        assert mark.standing is not None


def test_an_attempt_costs_as_many_questions_and_is_kept_alike_whether_or_not_there_is_such_a_child(
    record: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    restricted(record, "own", "director")
    with at(record, "social.worker") as door:
        for n in (8, 9):  # so that each attempt follows upon an act, and none upon the first that tells of attempts
            door.break_glass(wanted(n, number="nobody", born_on=BORN))
        costs = [
            questions(monkeypatch, lambda one=one, n=n: door.break_glass(wanted(n, number=one, born_on=BORN)))
            for n, one in enumerate(("nobody", "own"), 1)
        ]
        before = [[line for line in cost if "insert" not in line and "handle" not in line] for cost in costs]
    assert before[0] == before[1]
    with record.connect(DatabaseRole.OWNER) as owner:
        kept = owner.execute("select child_id, reason, account from record.broken_glass order by entry_id").fetchall()
    assert kept[2:] == [(None, REASON, "social.worker"), ("own", REASON, "social.worker")]


def test_nobody_tries_more_often_than_the_council_lets_them_in_a_day(record: Database) -> None:
    with at(record, "social.worker") as door:
        for number in range(5):
            door.break_glass(wanted(number, number="nobody", born_on=BORN))
        with pytest.raises(Refused, match="5 times in 24 hours"):
            door.break_glass(wanted(6, number="own", born_on=BORN))
    with at(record, "social.worker", NOW + timedelta(hours=24)) as door:
        door.break_glass(wanted(7, number="nobody", born_on=BORN))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({}, "Enter the address"),
        ({"number": "own"}, "Enter the birth date"),
        ({"number": "own", "born_on": BORN, "reason": "urgent"}, "Enter in a sentence"),
    ],
)
def test_what_cannot_be_read_opens_nothing_and_costs_no_attempt(
    record: Database, typed: dict[str, object], says: str
) -> None:
    asked = {"glass_id": "a" * 32, "reason": REASON, **typed}
    with at(record, "social.worker") as door:
        with pytest.raises(KeyworkerError, match=says):
            door.break_glass(WantedOpening(**asked))  # type: ignore[arg-type]
        assert door.emergency().left == 5


@pytest.mark.parametrize("role", ["quality assurance", "performance analyst", "inspector", "workforce", "councillor"])
def test_whoever_has_no_cell_for_it_opens_nothing(record: Database, role: str) -> None:
    with at(record, account(role)) as door, pytest.raises(Refused):
        door.break_glass(wanted(number="own", born_on=BORN))


def test_the_council_sets_hours_days_and_how_often_and_a_word_that_is_no_number_means_the_usual(
    database: Database,
) -> None:
    said = [
        setting("emergency hours", "2"),
        setting("emergency review days", "soon"),
        setting("emergency openings a day", "0"),
    ]
    with database.connect(DatabaseRole.LOADER) as loader:
        tell(loader, service(setting=said))
    with database.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        assert rules_at(connection, MOMENT) == Rules(hours=2, review_days=3, a_day=5)


def test_the_head_of_the_childs_district_reviews_it_and_the_named_see_it(record: Database) -> None:
    """Friday 20 March 2026; three working days later is Wednesday 25 March."""
    restricted(record, "own", "director", "other.director", "conference.chair")
    with at(record, "social.worker") as door:
        door.break_glass(wanted(number="own", born_on=BORN))
    with at(record, "head.of.service") as door:
        assert door.emergencies() == [], "not named, so to them there is no such child"
        assert door.notices() == Notices()
    with at(record, "conference.chair") as door:
        named = handle(door, "own")
        assert door.notices() == Notices(0, 0, (named,))
        assert [one.opening.reason for one in door.emergencies_of(named)] == [REASON]
    with at(record, "director") as door:
        (one,) = door.emergencies()
        assert one.is_own and door.notices().waiting == 0, "Pat opened it, under another sign-in"
        with pytest.raises(Refused, match="opened themselves"):
            door.review(one.opening.glass_id, "right", "rang the police, who confirm it")
    with at(record, "other.director") as door:
        (one,) = door.emergencies()
        assert (one.opening.review_by_on, one.who) == (date(2026, 3, 25), "Pat Madeup, social worker")
        assert door.notices() == Notices(1, 0, ())
        door.review(one.opening.glass_id, "right", "rang the police, who confirm it")
        assert door.notices() == Notices()
        (seen,) = door.emergencies()
        assert (seen.opening.outcome, seen.opening.reviewed_by) == ("right", "other.director")
        with pytest.raises(KeyworkerError, match="reviewed already"):
            door.review(one.opening.glass_id, "not right", "on second thoughts")


def test_a_review_is_overdue_from_the_day_after_its_last(record: Database) -> None:
    with at(record, "social.worker") as door:
        door.break_glass(wanted(number="all", born_on=BORN))
    for day, overdue in ((25, 0), (26, 1)):
        with at(record, "other.director", datetime.fromisoformat(f"2026-03-{day}T09:00+00:00")) as door:
            assert door.notices() == Notices(1, overdue, ())


def test_nobody_reviews_what_they_opened_themselves(record: Database) -> None:
    restricted(record, "all", "other.director")
    with at(record, "director") as door:
        door.break_glass(wanted(number="all", born_on=BORN))
        assert door.notices() == Notices()
    with at(record, "other.director") as door:
        (one,) = door.emergencies()
        door.review(one.opening.glass_id, "action", "spoken to, and trained again")


def test_an_attempt_that_named_nobody_goes_to_the_head_of_whoever_asked(record: Database) -> None:
    with at(record, "social.worker") as door:
        door.break_glass(wanted(number="nobody", born_on=BORN))
    with at(record, "head.of.service") as door:
        (one,) = door.emergencies()
        assert one.child is None


def test_what_was_opened_can_be_closed_before_its_time(record: Database) -> None:
    with at(record, "social.worker") as door:
        named = door.break_glass(wanted(number="all", born_on=BORN)) or ""
    later = NOW + timedelta(minutes=30)
    with at(record, "social.worker", later) as door:
        door.close_emergency(f"{1:032x}")
        assert not opens(door, named)
    with at(record, "director") as door, pytest.raises(KeyworkerError, match="No such record"):
        door.close_emergency(f"{1:032x}")


def test_the_log_says_by_which_role_and_for_what_somebody_was_let_in(record: Database) -> None:
    both = {**holding("quality assurance"), "account": "social.worker"}
    with record.connect(DatabaseRole.LOADER) as loader:
        tell(loader, {"role_holding": [both]})
    with at(record, "social.worker") as door:
        opens(door, handle(door, "own"))
        opens(door, handle(door, "all"))
    with at(record, "director") as door:
        looks = door.looked_at(handle(door, "own"))
        assert ("social worker", "direct work", "child") in {(one.role, one.warrant, one.route) for one in looks}
        looks = door.looked_at(handle(door, "all"))
        assert ("quality assurance", "quality assurance") in {(one.role, one.warrant) for one in looks}
    assert not any("account" in name for name in type(looks[0]).__slots__)


def test_a_childs_own_sheet_says_of_no_look_that_something_is_hidden(record: Database) -> None:
    with at(record, "director") as door:
        child = handle(door, "own")
        before = sum(one.times for one in door.looked_at(child))
        door.markers(MOMENT, child)
        door.restricting(child)
        door.child(child, MOMENT)
        found = door.looked_at(child)
    assert not {one.route for one in found} & TELLING
    assert len(found) == len(set(found)), "what is told alike is told once"
    assert sum(one.times for one in found) == before + 4, "and nothing of it is left out"


def test_who_looked_at_a_child_is_told_of_every_number_of_theirs(record: Database) -> None:
    with at(record, "director") as door:
        door.child(handle(door, "district"), MOMENT)
    with record.connect(DatabaseRole.LOADER) as loader:
        tell(
            loader,
            {"identity_link": [{"child_id": "district", "same_as": "all", "basis": "upn", "from_on": BEGAN}]},
        )
    with at(record, "director") as door:
        named = handle(door, "all")
        assert "child" in {one.route for one in door.looked_at(named)}
    with at(record, "quality.assurance") as door:
        (line,) = door.access_log(LogSearch(TODAY, TODAY, child=named, route="child")).lines
        assert line.account == "director"


def test_no_question_takes_the_place_of_another_by_its_name() -> None:
    own = {one: [name for name in vars(one) if not name.startswith("__")] for one in Keyworker.__mro__}
    asked = Counter(name for names in own.values() for name in names)
    twice = {name for name, times in asked.items() if times > 1}
    assert twice == {"record_visit"}, "a planned visit that is made is written down as any visit is, and then met"


def test_what_is_seen_in_an_emergency_is_logged_as_that(record: Database) -> None:
    with at(record, "social.worker") as door:
        named = door.break_glass(wanted(number="all", born_on=BORN)) or ""
        opens(door, named)
    with at(record, "director") as door:
        found = {(one.role, one.warrant, one.route) for one in door.looked_at(named)}
    assert ("social worker", "an emergency", "child") in found


def test_the_log_is_searched_by_child_route_and_purpose_a_page_at_a_time(record: Database) -> None:
    with at(record, "social.worker") as door:
        named = handle(door, "own")
        for _ in range(3):
            opens(door, named)
        door.children(MOMENT)
    with at(record, "quality.assurance") as door:
        first = door.access_log(LogSearch(TODAY, TODAY, child=named, route="child"), a_page=2)
        second = door.access_log(LogSearch(TODAY, TODAY, child=named, route="child", page=2), a_page=2)
        assert (len(first.lines), first.has_more, len(second.lines), second.has_more) == (2, True, 1, False)
        assert first.names == {"social.worker": "Pat Madeup, social worker"}
        work = door.access_log(LogSearch(TODAY, TODAY, purpose="direct work")).lines
        assert {one.route for one in work} == {"child", "children"}
        assert door.access_log(LogSearch(date(2026, 3, 1), date(2026, 3, 19))).lines == ()
        with pytest.raises(KeyworkerError, match="before the first"):
            door.access_log(LogSearch(TODAY, date(2026, 3, 1)))
    restricted(record, "own", "director")
    with at(record, "quality.assurance") as door, pytest.raises(NotKnown):
        door.access_log(LogSearch(TODAY, TODAY, child=named))
    with at(record, "administrator") as door, pytest.raises(NotKnown):
        door.access_log(LogSearch(TODAY, TODAY, child=handle(door, "all")))


def test_a_search_by_sign_in_needs_a_reason_that_is_kept_and_the_worker_sees_that_it_was_made(
    record: Database,
) -> None:
    with at(record, "social.worker") as door:
        door.children(MOMENT)
    with at(record, "quality.assurance") as door:
        with pytest.raises(Refused, match="only for a reason"):
            door.access_log(LogSearch(TODAY, TODAY, account="social.worker"))
        why = "a parent says that a neighbour knew of the visit"
        door.access_log(LogSearch(TODAY, TODAY, account="social.worker", reason=why))
    with at(record, "social.worker") as door:
        door.worker(None, MOMENT)
    with at(record, "social.worker") as door:
        found = {(one.role, one.warrant, one.route) for one in door.looked_at_me()}
        assert ("quality assurance", "quality assurance", "access log") in found
        assert "worker" not in {route for _, _, route in found}, "one's own looking tells nothing of who looked"
    with record.connect(DatabaseRole.OWNER) as owner:
        kept = owner.execute("select purpose from record.access_log where route = 'access log'").fetchall()
    assert (why,) in kept
