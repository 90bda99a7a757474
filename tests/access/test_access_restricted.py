"""A restricted child is answered as one who does not exist, to everybody who is not named, whatever their roles."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from psycopg.types.json import Jsonb

from keyworker.access import Asker, Door
from keyworker.access.table import roles
from keyworker.actions import Keyworker
from keyworker.actions.questions.naming import NotKnown
from keyworker.actions.restrictions import WantedRestriction
from keyworker.facts.ground import lens_at
from keyworker.facts.leaving_out import numbers_of
from keyworker.facts.moment import Moment
from keyworker.facts.restricted import restricted_at
from keyworker.measures.counted import Counted
from keyworker.measures.passes.asked import Asked
from keyworker.record.connect import DatabaseRole
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.access.made import BEGAN, NOW, TODAY, account, all_roles, holding, service
from tests.access.restricting import handle, opened, questions, restricted
from tests.clocks.made import involvement, tell
from tests.servers.asking import asking
from tests.servers.started import Database

MOMENT = Moment(TODAY)
SEES_ALL = ("director", "inspector", "quality assurance", "performance analyst")


@pytest.fixture
def record(database: Database) -> Database:
    """The made-up service; `own` and `team` are one family, and `own`, Pat's own child, is the director's alone."""
    with database.connect(DatabaseRole.LOADER) as loader:
        kin = [{"family_id": "f1", "child_id": one} for one in ("own", "team")]
        tell(loader, service(family=kin))
    restricted(database, "own", "director")
    return database


def _asks(door: Keyworker, named: str) -> list[object]:
    """What every question about one child answers."""
    answers: list[object] = []
    for ask in (
        lambda: door.child(named, MOMENT),
        lambda: door.name_of(named, MOMENT),
        lambda: door.together(named, MOMENT),
        lambda: door.clocks(MOMENT, child=named),
        lambda: door.missed(MOMENT, child=named),
        lambda: door.exceptions(MOMENT, named),
        lambda: door.may_agree(named),
        lambda: door.mark_of(named),
        lambda: door.restricting(named),
        lambda: door.looked_at(named),
        lambda: door.emergencies_of(named),
        lambda: door.restrict(named, WantedRestriction("r2", "other", "a reason of a sentence", ())),
    ):
        try:
            ask()
            answers.append("given")
        except (NotKnown, Refused) as why:
            answers.append((type(why), str(why)))
    return answers


@pytest.mark.parametrize("role", sorted(set(all_roles()) & set(roles()) - {"director"}))
def test_every_question_about_a_restricted_child_is_answered_as_about_one_who_does_not_exist(
    record: Database, role: str
) -> None:
    with opened(record, account(role)) as door:
        assert _asks(door, handle(door, "own")) == _asks(door, "nobodyknowsthishandle1")
    with record.connect(DatabaseRole.OWNER) as owner:
        lines = owner.execute(
            "select account, role, warrant, door, route, purpose, kind, handles, count from record.access_log"
            " order by log_id"
        ).fetchall()
    half = len(lines) // 2
    assert lines[:half] == lines[half:]


@pytest.mark.parametrize("role", ["social worker", "team manager", "head of service", "director"])
def test_not_found_costs_as_many_questions_for_nobody_as_for_one_restricted_and_one_beyond_reach(
    record: Database, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    restricted(record, "district", "nobody.else")
    with opened(record, account(role)) as door:
        named = ["nobodyknowsthishandle1", handle(door, "own"), handle(door, "district"), handle(door, "all")]
        beyond = [one for one in named if _is_not_known(door, one)]
        costs = [questions(monkeypatch, lambda one=one: _is_not_known(door, one)) for one in beyond]
    assert len(beyond) >= 2
    assert all(cost == costs[0] for cost in costs), [len(cost) for cost in costs]


def _is_not_known(door: Keyworker, named: str) -> bool:
    try:
        door.child(named, MOMENT)
    except NotKnown:
        return True
    return False


@pytest.mark.parametrize("role", SEES_ALL)
def test_a_restricted_child_is_in_no_list_of_whoever_sees_everybody_else(record: Database, role: str) -> None:
    restricted(record, "all", "nobody.else")
    with opened(record, account(role)) as door:
        lists = [
            [row.child_id for row in door.children(MOMENT)],
            [row.child_id for row in door.counted(MOMENT, Counted("open"))[0]],
            [one.child.child_id for one in door.nothing_recent(MOMENT, whole=True).children],
            [one.subject_id for one in door.behind("open-children", Asked((TODAY,), ()))],
        ]
        with suppress(Refused):
            lists.append([one.child.child_id for one in door.due(MOMENT, district="Marl") if one.child])
            lists.append([one.child.child_id for one in door.missed_visits(MOMENT, date(2026, 1, 1))])
    assert all("all" not in found for found in lists)
    assert {"team", "district"} <= set(lists[0])
    assert ("own" in lists[0]) is (role == "director")


def test_numbers_go_on_counting_a_restricted_child(record: Database) -> None:
    """Five children are open; the director is told of five, and finds four behind the number: `all` is another's."""
    restricted(record, "all", "nobody.else")
    with opened(record, "director") as door:
        (row,) = door.measure("open-children", Asked((TODAY,), ()))
        assert row.value == 5
        assert len({one.subject_id for one in door.behind("open-children", Asked((TODAY,), ()))}) == 4
        assert door.service(MOMENT).total.children == 5


def test_a_restricted_child_is_not_named_beside_a_brother(record: Database) -> None:
    with opened(record, "director") as door:
        assert {one[1] for one in door.child(handle(door, "team"), MOMENT).family} == {"Own Madeup"}
        assert len(door.together(handle(door, "team"), MOMENT)) == 2
    with opened(record, "inspector") as door:
        assert door.child(handle(door, "team"), MOMENT).family == ()
        assert len(door.together(handle(door, "team"), MOMENT)) == 1


def test_the_page_of_a_team_and_of_a_worker_leave_a_restricted_child_out(record: Database) -> None:
    restricted(record, "team", "nobody.else")
    with opened(record, "team.manager") as door:
        picture = door.team(None, MOMENT)
        assert {row.child_id for row in picture.children} == set()
        assert [one for one in picture.changes if one.child and "Madeup" in one.child[1]] == []
        mine = door.worker(None, MOMENT)
        assert mine.children_now == ()
        assert mine.row is not None
        assert mine.row.children == 1, "the load of a worker counts whom nobody else may see"


def test_whole_tables_and_returns_hold_no_row_of_a_restricted_child(record: Database) -> None:
    with opened(record, "performance.analyst") as door:
        for name, frame in door.frames(MOMENT).items():
            if name == "setting":
                continue  # a setting says `own` too, of no child
            words = frame.write_csv()
            assert "Own" not in words, name
            assert ",own," not in f",{words.replace(chr(10), ',')},", name


def test_the_keeper_of_the_machine_sees_a_restricted_child_for_a_reason_only(record: Database) -> None:
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        plain = asking(Asker("keeper", "see how it stands", Door.COMMAND), connection, NOW)
        assert "own" not in {row.child_id for row in plain.children(MOMENT)}
        for named in ("own", handle(plain, "own")):
            assert _is_not_known(plain, named)
        why = asking(Asker("keeper", "the census", Door.COMMAND, reason="the census asks"), connection, NOW)
        assert "own" in {row.child_id for row in why.children(MOMENT)}
        assert not _is_not_known(why, "own")


def test_whoever_is_named_must_be_named_for_each_restriction_that_stands(record: Database) -> None:
    restricted(record, "own", "social.worker", kind="adoption")
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        assert restricted_at(connection, MOMENT).named == {"own": frozenset()}


def test_being_named_opens_no_further_than_ones_roles_do(database: Database) -> None:
    with database.connect(DatabaseRole.LOADER) as loader:
        tell(loader, service())
    restricted(database, "all", "social.worker", "workforce")
    for one in ("social.worker", "workforce"):
        with opened(database, one) as door:
            assert _refused_or_not_known(door, handle(door, "all"))


def _refused_or_not_known(door: Keyworker, named: str) -> bool:
    try:
        door.child(named, MOMENT)
    except (NotKnown, Refused):
        return True
    return False


def test_restricting_names_whoever_decides_and_whom_they_name_and_hides_the_child_from_the_rest(
    database: Database,
) -> None:
    with database.connect(DatabaseRole.LOADER) as loader:
        tell(loader, service())
    with opened(database, "director") as door:
        named = handle(door, "own")
        door.restrict(named, WantedRestriction("r1", "adoption", "is to be adopted", ("social.worker",)))
        assert door.mark_of(named).restricted
        assert {one.account for one in door.restricting(named).now.may_see} == {"director", "social.worker"}  # type: ignore[union-attr]
        assert [one.name for one in door.restricted_children()] == ["Own Madeup"]
        with pytest.raises(KeyworkerError, match="restricted already"):
            door.restrict(named, WantedRestriction("r2", "other", "again and again", ()))
    with opened(database, "social.worker") as door:
        assert door.child(named, MOMENT).name == "Own Madeup"
        assert door.mark_of(named).restricted
    with opened(database, "quality.assurance") as door, pytest.raises(NotKnown):
        door.child(named, MOMENT)


def test_naming_and_taking_it_back_and_lifting_hold_from_that_moment_on(database: Database) -> None:
    with database.connect(DatabaseRole.LOADER) as loader:
        tell(loader, service())
    with opened(database, "director") as door:
        named = handle(door, "own")
        door.restrict(named, WantedRestriction("r1", "high profile", "in the newspaper", ()))
        door.name_for(named, "quality.assurance", "audits the file this month")
        with opened(database, "quality.assurance") as other:
            assert not _is_not_known(other, named)
        door.name_no_longer(named, "quality.assurance", "the audit is done")
        with opened(database, "quality.assurance") as other:
            assert _is_not_known(other, named)
        with pytest.raises(KeyworkerError, match="nobody who may lift"):
            door.name_no_longer(named, "director", "leaves it to others")
        door.lift(named, "no longer in the newspaper")
        assert not door.mark_of(named).restricted
    with opened(database, "quality.assurance") as other:
        assert not _is_not_known(other, named)


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        (WantedRestriction("r", "no such kind", "a reason", ()), "Choose what makes it needed"),
        (WantedRestriction("r", "other", " ", ()), "Enter why it is needed"),
        (WantedRestriction("r", "other", "a reason", ("nobody.here",)), "Nobody signs in as nobody.here today"),
    ],
)
def test_a_restriction_that_cannot_be_read_is_not_written(
    database: Database, wanted: WantedRestriction, says: str
) -> None:
    with database.connect(DatabaseRole.LOADER) as loader:
        tell(loader, service())
    with opened(database, "director") as door:
        named = handle(door, "own")
        with pytest.raises(KeyworkerError, match=says):
            door.restrict(named, wanted)
        assert not door.mark_of(named).restricted


@pytest.mark.parametrize("role", ["team manager", "social worker", "quality assurance"])
def test_whoever_does_not_lead_the_district_restricts_nobody(database: Database, role: str) -> None:
    with database.connect(DatabaseRole.LOADER) as loader:
        tell(loader, service())
    with opened(database, account(role)) as door, pytest.raises(Refused):
        door.restrict(handle(door, "own"), WantedRestriction("r1", "other", "a reason", ()))


def test_the_pages_of_an_earlier_day_name_no_child_who_is_beyond_reach_today(database: Database) -> None:
    """Pat held `all` in t1 until 1 February; Cal of t3 has since. On 20 January the child was t1's."""
    handed_over, then = date(2026, 2, 1), Moment(date(2026, 1, 20))
    held = [
        involvement(1, "pat", "Lead", BEGAN, handed_over, child_id="all", team_id="t1"),
        involvement(2, "cal", "Lead", handed_over, None, child_id="all", team_id="t3"),
        involvement(3, "pat", "Lead", BEGAN, None, child_id="own", team_id="t1"),
    ]
    with database.connect(DatabaseRole.LOADER) as loader:
        tell(loader, service() | {"involvements": held, "role_holding": [holding("team manager")]})
    with opened(database, "team.manager") as door:
        assert {row.child_id for row in door.team(None, then).children} == {"own", "team"}
        assert {row.child_id for row in door.worker(None, then).children_now} == {"own"}
        gone = door.team(None, Moment(date(2026, 2, 2)), since=date(2026, 1, 25)).changes
    assert [one for one in gone if one.child and one.child[1] == "All Madeup"] == []


def test_what_points_at_a_restricted_child_by_another_number_is_left_out_too(record: Database) -> None:
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        numbers = numbers_of(connection, lens_at(connection, MOMENT), ["own"])
        assert {"own", "r-own", "p-own"} <= numbers
        assert not {"r-team", "p-team", "f1"} & numbers
        assert numbers_of(connection, lens_at(connection, MOMENT), []) == frozenset()


def test_a_row_set_aside_is_not_written_out_where_it_holds_a_number_of_a_restricted_child(
    record: Database, tmp_path: Path
) -> None:
    """Of three rows one names `own`, one a plan of that child in a text that could not be parted, one another child."""
    held = [{"child_id": "own", "forename": "Own"}, {"_row_text": "p-own,2026-01-05,NEG"}, {"child_id": "team"}]
    with record.connect(DatabaseRole.OWNER) as owner:
        for number, raw in enumerate(held, 1):
            owner.execute(
                "insert into record.set_aside (act_id, file, table_name, row_number, column_name, value, reason,"
                " remedy, raw) values (1, 'person.csv', 'person', %s, 'birth_on', 'soon', 'no day', 'write a day', %s)",
                (number, Jsonb(raw)),
            )
    with opened(record, "performance.analyst") as door:
        (written,) = door.set_aside(None, tmp_path / "mend.csv")[1]
    words = written[0].read_text()
    assert written[1] == 1
    assert "team" in words
    assert "own" not in words.replace("unknown", "")
