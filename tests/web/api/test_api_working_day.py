"""The working day by a token: a new child, one note of two children, going alone, who covers, what waits."""

from __future__ import annotations

import pytest

from keyworker.access import Thing
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append
from keyworker.web.api.uses import Doing, Use
from tests.access.made import NOW
from tests.servers.started import Database
from tests.web.api.conftest import Answer, Ask, operations

# With the other tests that write: what one writes of a child another reads.
pytestmark = pytest.mark.xdist_group("api writing")
TEAM = "team manager"


def _kind(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body["type"].rpartition(":")[2]


def test_a_child_who_may_be_known_is_not_written_down_until_somebody_says_that_it_is_another(
    ask: Ask, handles: dict[str, str]
) -> None:
    child = {"forename": "Team", "surname": "Madeup", "birth_on": "2015-03-01"}
    likes = {one["handle"]: one for one in ask("/new-children/alike", TEAM, child).body["items"]}
    like = likes[handles["team"]]
    assert set(likes) == {handles["own"], handles["team"]}
    assert (like["name"], like["birth_on"]) == ("Team Madeup", "2015-03-01")
    plain = ask("/new-children/alike", TEAM, child, uses={Use(Doing.READ, Thing.NEW_CHILDREN)})
    assert plain.status == 201 and "Madeup" not in plain.text and "2015" not in plain.text
    assert [one["handle"] for one in ask("/new-children/alike", "social worker", child).body["items"]] == [
        handles["own"]
    ]

    new = {"number": "ba" + "0" * 30, "child": child, "brought_by": "contact"}
    new["said"] = {"happened_on": "2026-03-20", "source_code": "6"}
    assert _kind(ask("/new-children", TEAM, new)) == (409, "may-be-known")
    assert ask("/new-children", TEAM, new | {"none_of": [*likes]}).status == 422
    new |= {"none_of": [*likes], "why": "The school knows both."}
    made = ask("/new-children", TEAM, new)
    assert made.status == 201, made.text
    assert ask("/new-children", TEAM, new).body == made.body
    assert ask(f"/children/{made.body['child']}", "director").body["name"] == "Team Madeup"
    born = {"number": "bb" + "0" * 30, "child": child | {"birth_on": "2015-03-02"}, "why": "It was a day later."}
    assert [ask(f"/children/{made.body['child']}/name", TEAM, born).status for _ in (1, 2)] == [201, 201]
    assert ask(f"/children/{handles['team']}/name", TEAM, born).status == 403  # the case system names this child
    assert ask(f"/children/{made.body['child']}", "director").body["birth_on"] == "2015-03-02"
    other = new | {"child": child | {"forename": "Another"}}
    assert _kind(ask("/new-children", TEAM, other)) == (409, "sent-otherwise")


def test_one_note_is_written_of_a_child_and_of_a_brother_and_of_nobody_else(ask: Ask, handles: dict[str, str]) -> None:
    own, team = handles["own"], handles["team"]
    assert [one["handle"] for one in ask(f"/children/{own}/noted-too", TEAM).body["items"]] == [team]
    assert ask(f"/children/{own}/noted-too", "social worker").body["items"] == []
    new = {"number": "b1" + "0" * 30, "said": {"happened_on": "2026-03-19", "kind": "call", "note": "Both are well."}}
    new["of"] = [{"child": team, "alone": "She starts at another school."}]
    path = f"/children/{own}/shared-notes"
    made = ask(path, TEAM, new)
    assert made.status == 201, made.text
    assert _kind(ask(path, TEAM, new)) == (409, "already-recorded")
    assert _kind(ask(path, TEAM, new | {"said": new["said"] | {"note": "Another."}})) == (409, "sent-otherwise")
    notes = [ask(f"/children/{one}/entries?form=case-note", TEAM).text for one in (own, team)]
    assert ["Both are well." in one for one in notes] == [True, True]
    assert ["another school" in one for one in notes] == [False, True]
    assert ask(path, TEAM, new | {"number": "b2" + "0" * 30, "of": [{"child": handles["all"]}]}).status == 422


def test_who_covers_is_decided_once_and_nobody_is_told_why_somebody_is_away(ask: Ask, handles: dict[str, str]) -> None:
    path = f"/children/{handles['district']}/cover"
    waits = {one["child"]: one for one in ask("/to-cover", "head of service").body["items"]}[handles["district"]]
    assert waits["worker"]["handle"] == handles["bea"]
    assert (waits["away_since"], waits["back_on"], waits["has_left"]) == ("2026-03-02", "2026-05-01", False)
    new = {"number": "c1" + "0" * 30, "from_on": "2026-03-20", "until_on": "2026-04-30", "why": "She rings every week."}
    assert ask(path, "head of service", {**new, "why": ""}).status == 422
    assert ask(path, "head of service", new).status == 201
    assert _kind(ask(path, "head of service", new)) == (409, "already-recorded")
    assert _kind(ask(path, "head of service", new | {"why": "Another."})) == (409, "sent-otherwise")
    assert ask(path, TEAM, new).status in (403, 404)
    assert handles["district"] not in [one["child"] for one in ask("/to-cover", "head of service").body["items"]]
    told = ask(path, "head of service").body
    assert (told["items"][0]["why"], told["items"][0]["covered_by"]) == ("She rings every week.", None)


def test_somebody_goes_alone_to_a_visit_is_back_and_it_waits_no_more(ask: Ask, handles: dict[str, str]) -> None:
    role, child = "social worker", f"/children/{handles['own']}"
    visit = {"number": "b3" + "0" * 30, "on": "2026-03-20", "children": [handles["own"]]}
    planned = ask(f"{child}/planned-visits", role, visit).body["planned"][handles["own"]]
    needs = {one["what"]: one["count"] for one in ask("/needs-me", role).body["items"]}
    assert needs["visits planned for today"] == 1
    alone = {"number": "b4" + "0" * 30, "back_by": "17:30", "told": handles["ann"]}
    path = f"{child}/planned-visits/{planned}"
    assert ask(f"{path}/alone", role, alone | {"told": handles["cal"]}).status == 404
    assert [ask(f"{path}/alone", role, alone).status for _ in (1, 2)] == [201, 201]
    (out,) = ask("/lone-visits", role).body["items"]
    assert (out["alone"], out["child"], out["told"]["handle"]) == (alone["number"], handles["own"], handles["ann"])
    assert (out["own"], out["late"]) == (True, False)
    # Whoever went says that they are back; others whom they reached.
    end = f"/lone-visits/{out['alone']}/end"
    assert ask(end, role, {"answer": "reached", "says": "I rang."}).status == 422
    assert [ask(end, role, {"answer": "back"}).status for _ in (1, 2)] == [201, 201]
    assert ask("/lone-visits", role).body["items"] == []
    assert ask(f"{path}/cancellation", role, {"by": "worker", "why": "It was for a test."}).status == 201


def test_what_copies_were_asked_for_is_told_and_no_program_asks_for_one(
    ask: Ask, handles: dict[str, str], service: Database
) -> None:
    row = {
        "copy_id": "of-a-test",
        "child_id": "district",
        "relation": "mother",
        "person": "Mo Madeup",
        "state": "asked",
    }
    row |= {"purpose": "She asked for it.", "with_family": False, "contents": "0" * 64, "left_out": 1}
    row |= {"asked_by": "head.of.district", "happened_on": NOW.date()}
    with service.connect(DatabaseRole.APPLICATION) as connection:
        append(connection, Act("entry", "test", "test", "keyworker"), NOW, {"copy_for_outside": [row]})
    path = f"/children/{handles['district']}/copies"
    (told,) = ask(path, "head of service").body["items"]
    (waits,) = ask("/copies-to-answer", "head of service").body["items"]
    assert told == waits and (told["person"], told["left_out"], told["state"]) == ("Mo Madeup", 1, "asked")
    plain = ask(path, "head of service", uses={Use(Doing.READ, Thing.COPIES)})
    assert plain.body["of"] == 1 and "Madeup" not in plain.text and "asked for it" not in plain.text
    assert [one.path for one in operations() if one.method == "POST" and "cop" in one.path] == []
