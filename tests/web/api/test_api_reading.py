"""What is read by a token: the same that the account may see on a page, and no more."""

from __future__ import annotations

from typing import Any

import pytest

from keyworker.access import Scope, Thing, who_may
from keyworker.access.scopes import Subject
from keyworker.access.table import roles
from keyworker.record.connect import DatabaseRole
from keyworker.web.api.uses import NAMES, Doing, Use
from tests.servers.started import Database
from tests.web.api.conftest import Ask, Operation, operations, sent

READ = [one for one in ("own", "supervised", "team", "district", "all") if one != "supervised"]
HANDLES = {Subject.CHILD: "all", Subject.WORKER: "cal", Subject.TEAM: "t3"}
BEYOND = "All Madeup"
READERS = ("director", "conference chair", "team manager", "social worker")


def _address(one: Operation, handles: dict[str, str], child: str = "all") -> str:
    """An operation's address about whoever stands farthest off."""
    assert one.use is not None
    about = {**HANDLES, Subject.CHILD: child}.get(who_may()[one.use.thing].about, "post-1")
    at = "?at=2026-02-28" if "{name}" in one.path else ""  # of other days a measure is told to the responsible alone
    entry = {"form": "referral", "entry": handles["referral of all"]}
    return one.filled(handle=handles[about], **entry) + at


def _reading() -> list[Operation]:
    return [one for one in operations() if one.method == "GET" and one.use]


@pytest.mark.parametrize("role", roles())
def test_each_operation_is_open_to_a_role_as_its_cell_says_and_tells_nothing_beyond_it(
    role: str, ask: Ask, handles: dict[str, str]
) -> None:
    """Every role's token that is for everything asks every operation about whoever stands farthest off."""
    faults: list[Any] = []
    found = _reading()
    assert len(found) >= 30
    for place, one in enumerate(found):
        row = who_may()[one.use.thing]  # type: ignore[union-attr]
        closed, cell = [other for other in roles() if row.cell(other).scope is Scope.NONE], row.cell(role)
        if cell.scope is Scope.NONE and role != closed[place % len(closed)]:
            continue  # each operation is refused to one role at least to which it is closed
        answer = ask(_address(one, handles), role)
        if cell.scope is Scope.NONE and answer.status != 403:
            faults.append((one.path, answer.status, "is closed"))
        if cell.scope is Scope.ALL and answer.status != 200:
            faults.append((one.path, answer.status, "is open"))
        if answer.status >= 500 or (answer.status != 200 and "items" in answer.text):
            faults.append((one.path, answer.status))
        if answer.status == 200 and "of" in answer.body and answer.body["of"] != len(answer.body["items"]):
            faults.append((one.path, answer.body["of"], "is not how many it holds"))
        names = who_may()[Thing.NAMES].cell(role)
        if BEYOND in answer.text and (names.scope is not Scope.ALL or names.needs_reason):
            faults.append((one.path, "the child's name"))
        if "Supervised Madeup" in answer.text or handles["supervised"] in answer.text:
            faults.append((one.path, "a restricted child"))
    assert faults == []


def test_a_restricted_child_is_answered_as_a_handle_that_nobody_has(ask: Ask, handles: dict[str, str]) -> None:
    """Asked by somebody to whom the table opens the operation: whoever sees most reads, whoever works there writes."""
    of_child = [one for one in operations() if one.path.startswith("/api/v1/children/{handle}")]
    assert len(of_child) > 40
    for one in of_child:
        cells = who_may()[one.use.thing].cells  # type: ignore[union-attr]
        role = next(role for role in (READERS if one.method == "GET" else READERS[::-1]) if role in cells)
        said = [
            ask(one.filled(handle=at), role, sent(one, at)) for at in (handles["supervised"], "nobodyhasthishandle1")
        ]
        assert (said[0].status, said[0].body) == (said[1].status, said[1].body), one.path
        assert said[0].status in (403, 404), one.path


@pytest.mark.parametrize(
    ("role", "children"),
    [
        ("social worker", ["own"]),
        ("team manager", ["own", "team"]),
        ("head of service", ["district", "own", "team"]),
        ("director", ["all", "district", "own", "team"]),
    ],
)
def test_a_list_holds_the_children_whom_the_role_may_see_by_their_handles(
    role: str, children: list[str], ask: Ask, handles: dict[str, str]
) -> None:
    answer = ask("/children", role)
    assert answer.status == 200
    assert sorted(one["handle"] for one in answer.body["items"]) == sorted(handles[one] for one in children)
    assert answer.body["of"] == len(children)


def test_a_long_list_is_fetched_page_by_page_and_each_child_stands_on_one_page(ask: Ask) -> None:
    pages = [ask(f"/children?size=3&page={number}").body for number in (1, 2, 3)]
    assert [len(one["items"]) for one in pages] == [3, 1, 0]
    assert {one["of"] for one in pages} == {4}
    handles = [child["handle"] for one in pages for child in one["items"]]
    assert len(set(handles)) == 4


def test_the_children_behind_a_number_are_listed_of_a_place_and_to_nobody_who_leads_none(
    ask: Ask, handles: dict[str, str]
) -> None:
    every = ask("/children-counted/open?size=2", "director").body
    assert (len(every["items"]), every["of"]) == (2, 4)
    (one,) = ask(f"/children-counted/open?team={handles['t2']}", "director").body["items"]
    assert one["handle"] == handles["district"]
    assert ask("/children-counted/no-worker", "director").body["of"] == 0
    assert ask("/children-counted/open", "social worker").status == 403


def test_only_the_children_whom_a_page_shows_are_logged_by_their_handles_with_the_purpose_and_the_token(
    ask: Ask, service: Database
) -> None:
    shown = ask("/children?size=2&page=1").body["items"]
    with service.connect(DatabaseRole.OWNER) as owner:
        line = owner.execute(
            "select account, role, warrant, door, route, purpose, handles from record.access_log"
            " order by log_id desc limit 1"
        ).fetchone()
    assert line is not None
    assert line[:5] == ("director", "director", "management", "api", "children")
    assert line[5].startswith("management; token ")
    assert sorted(line[6]) == sorted(one["handle"] for one in shown)


def test_names_and_numbers_are_told_only_by_a_token_that_is_for_names(ask: Ask, handles: dict[str, str]) -> None:
    plain = {Use(Doing.READ, Thing.CHILDREN), Use(Doing.READ, Thing.CHILD)}
    for path in ("/children", f"/children/{handles['own']}"):
        without = ask(path, uses=plain)
        assert without.status == 200
        assert "Madeup" not in without.text and '"own"' not in without.text and "2015-03-01" not in without.text
        assert "Own Madeup" in ask(path, uses={*plain, NAMES}).text


def test_whoever_needs_a_reason_for_names_sends_it_and_it_is_kept(ask: Ask, service: Database) -> None:
    assert "Own Madeup" not in ask("/children", "performance analyst").text
    why = "The census asks for every child."
    assert "Own Madeup" in ask("/children", "performance analyst", headers={"Keyworker-Reason": why}).text
    with service.connect(DatabaseRole.OWNER) as owner:
        row = owner.execute("select purpose from record.access_log order by log_id desc limit 1").fetchone()
    assert row is not None and row[0].endswith(f"for a reason: {why}")


def test_a_token_is_for_nothing_but_what_it_was_made_for(ask: Ask, handles: dict[str, str]) -> None:
    answer = ask(f"/children/{handles['own']}", uses={Use(Doing.READ, Thing.CHILDREN)})
    assert answer.status == 403
    assert answer.body["type"] == "urn:keyworker:problem:token-not-for-this"
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.body["remedy"]


@pytest.mark.parametrize(("sent", "status"), [("", 400), ("curiosity", 400), ("reporting", 403), ("management", 200)])
def test_a_purpose_of_the_table_must_be_sent_and_must_be_the_accounts_own(ask: Ask, sent: str, status: int) -> None:
    answer = ask("/children", headers={"Keyworker-Purpose": sent})
    assert answer.status == status
    if status != 200:
        assert "management" in answer.body["remedy"]


def test_a_child_is_never_asked_for_by_another_systems_number(ask: Ask) -> None:
    assert ask("/children/own").status == 422  # too short for a handle
    assert ask("/children/own-child-number").status == 404


def test_a_district_that_nobody_knows_is_answered_as_a_team_that_nobody_knows(ask: Ask) -> None:
    for path in ("/children", "/due"):
        team = ask(f"{path}?team=nobodyhasthishandle1")
        district = ask(f"{path}?district=Nowhere")
        assert (
            (team.status, team.body["type"])
            == (district.status, district.body["type"])
            == (
                404,
                "urn:keyworker:problem:not-known",
            )
        )
        assert "by that handle" in team.body["detail"] and "Nowhere" not in district.text
        assert ask(f"{path}?district=Fenland").status == 200


def test_a_day_that_has_not_come_and_one_before_records_are_refused_with_what_to_do(ask: Ask) -> None:
    for query in ("at=2026-03-21", "at=1900-01-01", "known_at=2027-01-01T00:00:00Z", "at=yesterday"):
        answer = ask(f"/children?{query}")
        assert answer.status == 422
        assert answer.body["remedy"]


def test_a_word_that_nobody_asks_for_is_refused_for_mistyped_it_would_be_lost(ask: Ask) -> None:
    assert ask("/children?known_at=2026-03-19T12:00:00Z").body["of"] == 0
    answer = ask("/children?knownat=2026-03-19T12:00:00Z")
    assert answer.status == 422 and "knownat" not in answer.text


def test_what_was_known_then_is_asked_with_the_same_two_verbs_as_everywhere(ask: Ask) -> None:
    """The service was told at nine on 20 March 2026: before that nothing of 19 March was known."""
    assert ask("/children?at=2026-03-19").body["of"] == 4
    then = ask("/children?at=2026-03-19&known_at=2026-03-19T12:00:00Z").body
    assert then["of"] == 0
    assert then["known_at"] == "2026-03-19T12:00:00Z"


def test_small_numbers_are_left_out_as_on_the_pages(ask: Ask) -> None:
    """Five children are open, of whom a councillor may be told no number below six, and of the last days of months."""
    (told,) = ask("/measures/open-children?at=2026-02-28", "councillor").body["items"]
    assert told["suppressed"] and told["numerator"] is None
    (all_of_it,) = ask("/measures/open-children?at=2026-02-28", "director").body["items"]
    assert (all_of_it["suppressed"], all_of_it["numerator"]) == (False, 5)
