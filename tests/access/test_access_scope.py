"""How far one may see beyond one's own: the setting, several roles, cover, leaving, ends; and what a refusal says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest

from keyworker.access import Asker, Beyond, Door, Scope
from keyworker.actions import Keyworker
from keyworker.actions.measures import reader_of
from keyworker.actions.questions.naming import NotKnown
from keyworker.actions.questions.permitting import NOT_SHOWN
from keyworker.actions.sign_ins import beyond_own, signed_in
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.moment import Moment
from keyworker.record.connect import DatabaseRole
from keyworker.vocabulary.errors import Refused
from tests.access.made import BEGAN, HELD, NOW, SOCIAL_WORKER, TODAY, holding, service, setting
from tests.clocks.made import involvement, tell
from tests.servers.asking import asking
from tests.servers.started import Database

MOMENT = Moment(TODAY)


def made(database: Database, **tables: list[dict[str, Any]]) -> None:
    """The made-up service with some tables put in the place of its own."""
    with database.connect(DatabaseRole.LOADER) as loader:
        tell(loader, service() | tables)


@contextmanager
def opened(database: Database, account: str) -> Iterator[Keyworker]:
    with database.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        asker, _ = signed_in(connection, account, TODAY, purpose="test", door=Door.PAGE)
        yield asking(asker, connection, NOW)


def records(door: Keyworker) -> set[str]:
    """The children whose record a door opens."""
    return {one.value for one in HELD if opens(door, one.value)}


def opens(door: Keyworker, child_id: str) -> bool:
    try:
        door.child(handles_of(door.connection, HandleKind.CHILD, [child_id])[child_id], MOMENT)
    except NotKnown:
        return False
    return True


def listed(door: Keyworker) -> set[str]:
    return {row.child_id for row in door.children(MOMENT)}


OVER_T1 = holding("social worker", scope="t1")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("own", {"own"}),
        ("team", {"own", "team"}),
        ("district", {"own", "team", "district"}),
        ("service", {"own", "supervised", "team", "district", "all"}),
        (None, {"own", "team"}),
        ("everything", {"own"}),
    ],
)
def test_the_setting_says_how_far_a_social_worker_opens_records_and_no_list_of_them(
    database: Database, said: str | None, found: set[str]
) -> None:
    made(database, role_holding=[OVER_T1], setting=[setting("beyond own children", said)] if said else [])
    with opened(database, "social.worker") as door:
        assert records(door) == found
        assert listed(door) == {"own"}


def test_a_setting_holds_between_its_days(database: Database) -> None:
    days = {"to_on": date(2026, 2, 1)}, {"from_on": date(2026, 2, 1)}
    values = [setting("beyond own children", said, **also) for said, also in zip(("own", "service"), days, strict=True)]
    made(database, setting=values)
    with database.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        assert beyond_own(connection, date(2026, 1, 31)) == (Beyond.OWN, "own")
        assert beyond_own(connection, date(2026, 2, 1)) == (Beyond.SERVICE, "service")
        assert beyond_own(connection, date(2026, 1, 4)) == (Beyond.TEAM, None)


def test_a_role_over_more_than_a_team_opens_to_a_team_manager_the_team_in_which_they_are_appointed(
    database: Database,
) -> None:
    made(database, role_holding=[holding("team manager", scope="all")])
    with opened(database, "team.manager") as door:
        assert listed(door) == {"own", "supervised", "team"}


def test_several_roles_at_once_add_up(database: Database) -> None:
    both = [
        {**holding(role), "account": "pat", "scope": of} for role, of in (("team manager", "t2"), ("workforce", "all"))
    ]
    made(database, role_holding=both)
    with opened(database, "pat") as door:
        assert listed(door) == {"own", "supervised", "district"}
        assert door.posts(MOMENT)
        with pytest.raises(Refused):
            door.loads()


def test_cover_opens_for_its_days_what_the_covered_manager_holds_and_supervises(database: Database) -> None:
    """Quin manages t2 and supervises Cal, and is away; Pat covers Quin from 1 to 20 March, the last day counted."""
    quin = {**holding("team manager"), "account": "quin", "scope": "t2", "worker_id": "quin"}
    cover = {
        "account": "pat",
        "role": "team manager",
        "scope": "t2",
        "worker_id": "pat",
        "covering_for": "quin",
        "from_on": date(2026, 3, 1),
        "to_on": date(2026, 3, 21),
    }
    own = {"account": "pat", "role": "social worker", "scope": "t1", "worker_id": "pat", "from_on": BEGAN}
    lines = [{"worker_id": "cal", "supervisor_id": "quin", "from_on": BEGAN}]
    made(database, role_holding=[quin, cover, own], supervision_line=lines)
    with database.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        found = {}
        for day in (date(2026, 2, 28), date(2026, 3, 20), date(2026, 3, 21)):
            asker, _ = signed_in(connection, "pat", day, purpose="test")
            found[day.isoformat()] = {row.child_id for row in asking(asker, connection, NOW).children(MOMENT)}
    assert found == {"2026-02-28": {"own"}, "2026-03-20": {"own", "district", "all"}, "2026-03-21": {"own"}}


@pytest.mark.parametrize(("last", "may"), [(date(2026, 3, 20), False), (date(2026, 3, 21), True), (None, True)])
def test_somebody_who_has_left_has_no_access_from_the_day_after_their_last(
    database: Database, last: date | None, may: bool
) -> None:
    """An appointment's `to_on` is the first day on which it is no longer held."""
    appointed = {"appointment_id": "a1", "worker_id": "pat", "team_id": "t1", "from_on": BEGAN, "to_on": last}
    made(database, appointment=[appointed])
    with database.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        if may:
            assert signed_in(connection, "director", TODAY, purpose="test")[0].worker_id == "pat"
        else:
            with pytest.raises(Refused, match="has left the service"):
                signed_in(connection, "director", TODAY, purpose="test")


def test_somebody_of_whom_no_appointment_is_known_has_not_left(database: Database) -> None:
    made(database, appointment=[])
    with opened(database, "director") as door:
        assert len(listed(door)) == len(HELD)


def test_an_inspector_reads_until_a_day_that_is_said_and_never_without_one(database: Database) -> None:
    for_ever = {**holding("inspector", to_on=None), "account": "for.ever"}
    made(database, role_holding=[holding("inspector", to_on=date(2026, 3, 21)), for_ever])
    with database.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        assert signed_in(connection, "inspector", TODAY, purpose="test")[0].holds("inspector")
        with pytest.raises(Refused):
            signed_in(connection, "inspector", date(2026, 3, 21), purpose="test")
        with pytest.raises(Refused, match="needs a last day"):
            signed_in(connection, "for.ever", TODAY, purpose="test")


def test_an_analyst_lists_children_without_their_names_and_birth_dates(database: Database) -> None:
    made(database)
    with opened(database, "performance.analyst") as door:
        assert {(row.name, row.birth_on) for row in door.children(MOMENT)} == {(NOT_SHOWN, None)}
    with database.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        asker, _ = signed_in(connection, "performance.analyst", TODAY, purpose="test")
        why = Asker(asker.account, asker.purpose, asker.door, asker.roles, reason="match two extracts by hand")
        assert "All Madeup" in {row.name for row in asking(why, connection, NOW).children(MOMENT)}


def test_a_child_beyond_reach_is_answered_as_one_that_does_not_exist_and_leaves_the_same_line(
    database: Database,
) -> None:
    made(database)
    said = []
    with opened(database, "social.worker") as door:
        handle = handles_of(door.connection, HandleKind.CHILD, ["all"])["all"]
        for named in (handle, "nobodyknowsthishandle1"):
            with pytest.raises(NotKnown) as why:
                door.child(named, MOMENT)
            said.append((str(why.value), type(why.value)))
    assert len(set(said)) == 1
    with database.connect(DatabaseRole.OWNER) as owner:
        lines = owner.execute(
            "select account, role, door, route, purpose, kind, handles, count from record.access_log"
        ).fetchall()
    assert len(lines) == 2
    assert lines[0] == lines[1]
    assert lines[0][3:] == ("not given: child", "test", "child", [], 0)


def test_a_child_whom_nobody_works_with_any_more_stays_with_the_team_that_did(database: Database) -> None:
    """Closed on 1 February, last with Ann of t1: her team's manager opens the record, another team's does not."""
    closed = date(2026, 2, 1)
    made(
        database,
        cin_episodes=[{"referral_id": "r", "child_id": "team", "from_on": BEGAN, "to_on": closed, "team_id": "t1"}],
        cp_plans=[],
        involvements=[involvement(1, "ann", "Lead", BEGAN, closed, child_id="team", team_id="t1")],
        role_holding=[
            {**holding("team manager"), "account": one, "scope": one, "worker_id": None} for one in ("t1", "t2")
        ],
    )
    with opened(database, "t1") as door:
        assert opens(door, "team")
    with opened(database, "t2") as door:
        assert not opens(door, "team")


def test_brothers_and_sisters_beyond_reach_are_not_drawn_beside_a_child(database: Database) -> None:
    kin = [{"family_id": "f1", "child_id": one} for one in ("own", "team", "all")]
    made(database, family=kin, role_holding=[OVER_T1], setting=[setting("beyond own children", "team")])
    with opened(database, "social.worker") as door:
        handle = handles_of(door.connection, HandleKind.CHILD, ["own"])["own"]
        assert {one.name for one in door.together(handle, MOMENT)} == {"Own Madeup", "Team Madeup"}


def test_duties_of_a_worker_go_to_the_line_alone_however_far_the_setting_lets_see_children(database: Database) -> None:
    """A manager of t1 asks for t2's list, which the setting opens: its children are there, and Bea's own duties not."""
    made(
        database,
        role_holding=[holding("team manager", scope="t1")],
        setting=[setting("beyond own children", "service"), setting("visit interval", "10", "cp", "working_days")],
        personal_supervision=[
            {"supervision_id": f"s-{one}", "worker_id": one, "happened_on": BEGAN, "outcome": "held"}
            for one in ("ann", "bea")
        ],
    )
    with opened(database, "team.manager") as door:
        other = door.due(MOMENT, team=handles_of(door.connection, HandleKind.TEAM, ["t2"])["t2"])
        mine = door.due(MOMENT, team=handles_of(door.connection, HandleKind.TEAM, ["t1"])["t1"])
    assert {one.child.child_id for one in other if one.child} == {"district"}
    assert not [one for one in other if one.worker]
    assert {one.worker.worker.worker_id for one in mine if one.worker} >= {"ann"}


@pytest.mark.parametrize("role", ["social worker", "team manager"])
def test_a_list_of_another_day_holds_only_children_who_are_within_reach_today(database: Database, role: str) -> None:
    """Pat held `all` in t1 until 1 February, Cal of t3 has since: the record is closed to t1, and so is the list."""
    handed_over, then = date(2026, 2, 1), Moment(date(2026, 1, 20))
    held = [
        involvement(1, "pat", "Lead", BEGAN, handed_over, child_id="all", team_id="t1"),
        involvement(2, "cal", "Lead", handed_over, None, child_id="all", team_id="t3"),
        involvement(3, "pat", "Lead", BEGAN, None, child_id="own", team_id="t1"),
    ]
    made(database, role_holding=[holding(role, scope="t1")], involvements=held)
    with opened(database, role.replace(" ", ".")) as door:
        assert not opens(door, "all")
        assert "own" in {row.child_id for row in door.children(then)}
        mine = door.my_children(then).every()
        listed = [*door.children(then), *mine, *(one.child for one in door.due(then) if one.child)]
        listed += [one.child for one in door.nothing_recent(Moment(date(2026, 1, 31))).children]
        assert {row.child_id for row in mine} == {"own"}
        assert "all" not in {row.child_id for row in listed}


def test_what_is_ahead_of_another_district_is_no_count_for_a_team_manager(database: Database) -> None:
    """A list holds only whom one may see; a count of everybody's duties would tell of children beyond them."""
    made(database, role_holding=[holding("team manager", scope="t1"), holding("head of service", scope="Fenland")])
    with opened(database, "team.manager") as door:
        assert {one.child.child_id for one in door.due(MOMENT, district="Fenland") if one.child} == {"own", "team"}
        for district in ("Fenland", "Marl"):
            with pytest.raises(Refused, match="not part of your work"):
                door.ahead(MOMENT, district=district)
        door.ahead(MOMENT, team=handles_of(door.connection, HandleKind.TEAM, ["t1"])["t1"])
    with opened(database, "head.of.service") as door:
        door.ahead(MOMENT, district="Fenland")


@pytest.mark.parametrize(("role", "counted"), [("team manager", 2), ("business support", 1)])
def test_what_is_ahead_counts_the_duties_of_those_workers_alone_whose_figures_one_may_see(
    database: Database, role: str, counted: int
) -> None:
    """Pat and Ann of t1 were supervised on 25 February: the next is due on 25 March, within ten working days."""
    held = [
        {"supervision_id": f"s-{one}", "worker_id": one, "happened_on": date(2026, 2, 25), "outcome": "held"}
        for one in ("pat", "ann")
    ]
    made(database, role_holding=[holding(role, scope="t1")], personal_supervision=held)
    with opened(database, role.replace(" ", ".")) as door:
        t1 = handles_of(door.connection, HandleKind.TEAM, ["t1"])["t1"]
        found = {one.rule: one.duties for one in door.ahead(MOMENT, team=t1)}
        listed = {one.worker.worker.worker_id for one in door.due(MOMENT, team=t1) if one.worker}
    assert (found["sup-experienced-monthly"], len(listed)) == (counted, counted)


@pytest.mark.parametrize("word", ["unmapped", "anything", ""])
def test_a_role_held_over_a_word_that_is_no_place_opens_no_team_that_nobody_has_placed(
    database: Database, word: str
) -> None:
    """Ivy is in a team of which nobody has said where it is; pages call its district unmapped."""
    nowhere = {"appointment_id": "a-ivy", "worker_id": "ivy", "team_id": "t9", "from_on": BEGAN, **SOCIAL_WORKER}
    tables = service()
    tables["appointment"].append(nowhere)
    tables["involvements"].append(involvement(9, "ivy", "Lead", BEGAN, None, child_id="all", team_id="t9"))
    tables["involvements"] = [one for one in tables["involvements"] if one["worker_id"] != "cal"]
    tables["cin_episodes"] = [one | {"team_id": "t9"} for one in tables["cin_episodes"] if one["child_id"] == "all"]
    held = [holding("head of service", scope=word or "Marl"), holding("director", scope=word or "Marl")]
    made(database, **tables | {"role_holding": held})
    for account in ("head.of.service", "director"):
        with opened(database, account) as door:
            assert not opens(door, "all")
            assert "all" not in listed(door)


def test_no_distance_is_left_out_of_the_made_up_service() -> None:
    assert set(HELD) == set(Scope) - {Scope.NONE, Scope.OWN_ACTIONS}


def test_nothing_recent_offers_the_districts_whose_list_is_open_and_no_other(database: Database) -> None:
    made(database, role_holding=[holding("team manager", scope="t1"), holding("head of service", scope="Fenland")])
    with opened(database, "team.manager") as door:
        assert door.nothing_recent(MOMENT, whole=True).districts == ()
    with opened(database, "head.of.service") as door:
        assert door.nothing_recent(MOMENT, whole=True).districts == ("Fenland",)


def test_whoever_may_not_look_ahead_of_a_district_is_told_so_before_they_are_led_there(database: Database) -> None:
    made(database, role_holding=[holding("team manager", scope="t1"), holding("head of service", scope="Fenland")])
    with opened(database, "team.manager") as door:
        assert door.refusal_to_look_ahead("Fenland") is not None
        assert door.refusal_to_look_ahead(None) is None
    with opened(database, "head.of.service") as door:
        assert door.refusal_to_look_ahead("Fenland") is None


def test_a_name_that_another_team_has_borne_opens_no_small_number(database: Database) -> None:
    """t1 was Fen 1 until March and is Fen 9 now; t2 took the name over: who answers for t1 answers for Fen 9 alone."""
    named = {"district": "Fenland", "team_type": "cin"}
    teams = [
        {"team_id": "t1", "name": "Fen 1", "from_on": BEGAN, "to_on": date(2026, 3, 1), **named},
        {"team_id": "t1", "name": "Fen 9", "from_on": date(2026, 3, 1), **named},
        {"team_id": "t2", "name": "Fen 1", "from_on": date(2026, 3, 1), **named},
    ]
    made(database, role_holding=[holding("team manager", scope="t1")], team=teams)
    with opened(database, "team.manager") as door:
        reader = reader_of(door.connection, door.asker)
        assert reader.answers_for({"team": "Fen 9"})
        assert not reader.answers_for({"team": "Fen 1"})
