"""What else is written of a child by a token: plans, meetings, challenges, planned visits, time asked for."""

from __future__ import annotations

from typing import Any

import pytest

from keyworker.access import Thing
from keyworker.web.api.uses import Doing, Use
from tests.web.api.conftest import Ask, operations, sent

NUMBER = "c0ffee" + "0" * 26
SECRET = "Own Madeup’s mother said it."
# One after another: what one writes of the child another reads.
pytestmark = pytest.mark.xdist_group("api writing")
CAME = [{"agency": one, "did": "came"} for one in ("children's social care", "school", "police")]
FIRST = {"stage": "worker", "due_on": "2026-04-01"}
WRITTEN: dict[str, tuple[str, str, dict[str, Any], dict[str, Any]]] = {
    "plan-actions": (
        "social worker",
        "action",
        {"agreed_on": "2026-03-19", "plan": "cp", "owner": "family", "relation": "mother", "due_on": "2026-04-01"}
        | {"what": SECRET},
        {"what": "Something else."},
    ),
    "meetings": (
        "social worker",
        "meeting",
        {"on": "2026-03-19", "kind": "core group", "held": True, "invited": CAME, "decision": SECRET}
        | {"child_part": "sent words", "parents_part": "came"},
        {"decision": "Something else."},
    ),
    "challenges": (
        "conference chair",
        "challenge",
        {
            "raised_on": "2026-03-19",
            "raised_by": "conference chair",
            "what": SECRET,
            "why": "It is late.",
            "first": FIRST,
        },
        {"why": "Something else."},
    ),
    "planned-visits": (
        "social worker",
        "planned",
        {"on": "2026-03-23", "part_of_day": "morning", "announced": True, "place": "home"},
        {"place": "school"},
    ),
    "own-words": (
        "social worker",
        "said",
        {"on": "2026-03-19", "kind": "words", "said_by": "child", "words": SECRET},
        {"words": "Something else."},
    ),
}
"""By address: who writes it, the name of its number, what is sent, and what would be something else."""


@pytest.mark.parametrize("what", WRITTEN)
def test_what_is_written_of_a_child_is_written_once_and_read_again(
    what: str, ask: Ask, handles: dict[str, str]
) -> None:
    role, number, said, otherwise = WRITTEN[what]
    own = handles["own"]
    path, body = f"/children/{own}/{what}", {"number": NUMBER} | said
    if what == "planned-visits":
        body["children"] = [own]
    made = ask(path, role, body)
    assert made.status == 201, made.text
    again = ask(path, role, body)
    assert (again.status, again.body["type"].rpartition(":")[2]) == (409, "already-recorded")
    other = ask(path, role, body | otherwise)
    assert (other.status, other.body["type"].rpartition(":")[2]) == (409, "sent-otherwise")

    (told,) = [one for one in ask(path, role).body["items"] if one[number].startswith(NUMBER)]
    assert (SECRET in str(told)) == (SECRET in body.values())
    plain = ask(path, role, uses={Use(Doing.READ, Thing.CHILD)})
    assert plain.status == 200 and plain.body["of"] and "Madeup" not in plain.text
    far = ask(f"/children/{handles['all']}/{what}", "social worker", body)
    assert far.status in (403, 404) and "Madeup" not in far.text
    if what == "planned-visits":  # or it would wait for Pat beside what other tests let wait
        off = {"by": "worker", "why": "It was for a test."}
        assert ask(f"{path}/{told[number]}/cancellation", role, off).status == 201


def test_an_action_of_a_plan_is_moved_for_a_reason_and_ended(ask: Ask, handles: dict[str, str]) -> None:
    path = f"/children/{handles['own']}/plan-actions"
    body = {"number": "d00d" + "0" * 28, "agreed_on": "2026-03-19", "plan": "cp", "what": "Ring the school."}
    made = ask(path, "social worker", body | {"owner": "worker", "worker": handles["pat"], "due_on": "2026-03-24"})
    assert made.status == 201, made.text
    action = f"{path}/{made.body['action']}"
    assert ask(f"{action}/day", "social worker", {"due_on": "2026-03-27", "why": "The school is shut."}).status == 201
    (mine,) = [one for one in ask("/own-actions", "social worker").body["items"] if one["child"] == handles["own"]]
    assert (mine["asks"]["due_on"], mine["asks"]["first_due_on"]) == ("2026-03-27", "2026-03-24")
    assert ask(f"{action}/end", "social worker", {"on": "2026-03-20", "done": False}).status == 422
    assert ask(f"{action}/end", "social worker", {"on": "2026-03-20", "done": True}).status == 201
    (told,) = [one for one in ask(path, "social worker").body["items"] if one["action"] == made.body["action"]]
    assert (told["done"], told["ended_on"], told["worker"]["handle"]) == (True, "2026-03-20", handles["pat"])
    nobody = body | {"number": "d" * 32, "owner": "worker", "worker": handles["cal"], "due_on": "2026-03-24"}
    assert ask(path, "social worker", nobody).status == 404


def test_a_challenge_is_answered_by_another_taken_further_once_and_ended(ask: Ask, handles: dict[str, str]) -> None:
    path = f"/children/{handles['own']}/challenges"
    body = {"number": "e1" + "0" * 30, "raised_on": "2026-03-19", "raised_by": "agency", "agency": "school"}
    made = ask(path, "conference chair", body | {"what": "A plan.", "why": "There is none.", "first": FIRST})
    assert made.status == 201, made.text
    challenge = f"{path}/{made.body['challenge']}"
    answer = {"answer": "agreed", "says": "A plan is made.", "on": "2026-03-20"}
    assert ask(f"{challenge}/answer", "conference chair", answer).status == 403
    further = FIRST | {"stage": "team manager", "after": 1}
    assert ask(f"{challenge}/stage", "conference chair", further).status == 201
    assert ask(f"{challenge}/stage", "conference chair", further).status == 409
    (told,) = [one for one in ask(path, "director").body["items"] if one["challenge"] == made.body["challenge"]]
    assert [one["stage"] for one in told["stages"]] == ["worker", "team manager"]
    ended = ask(f"{challenge}/end", "conference chair", {"outcome": "resolved", "says": "Done.", "on": "2026-03-20"})
    assert ended.status == 201, ended.text
    assert made.body["challenge"] not in ask("/challenges", "director").text


def test_a_planned_visit_is_moved_and_called_off_with_by_whom_and_why(ask: Ask, handles: dict[str, str]) -> None:
    own = handles["own"]
    path, why = f"/children/{own}/planned-visits", {"by": "family", "why": "They are away."}
    body = {"number": "f1" + "0" * 30, "on": "2026-03-24", "children": [own]}
    planned = ask(path, "social worker", body).body["planned"][own]
    moved = ask(f"{path}/{planned}/move", "social worker", {"number": "f2" + "0" * 30, "on": "2026-03-25"} | why)
    assert moved.status == 201, moved.text
    now = moved.body["planned"][own]
    assert now in ask("/planned-visits", "social worker").text
    assert ask(f"{path}/{now}/cancellation", "social worker", why).status == 201
    told = {one["planned"]: one["standing"] for one in ask(path, "social worker").body["items"]}
    assert (told[planned], told[now]) == ("moved", "cancelled")
    beside = body | {"number": "f3" + "0" * 30, "children": [own, handles["all"]]}
    assert ask(path, "social worker", beside).status == 404


def test_time_is_asked_for_answered_by_a_manager_and_never_tells_who_asked(ask: Ask, handles: dict[str, str]) -> None:
    own = handles["own"]
    duties = ask(f"/children/{own}/duties", "social worker").body["items"]
    path = f"/children/{own}/time-asked"
    for duty in (one for one in duties if one["state"] in ("overdue", "running") and one["due_on"]):
        body = {"number": "aa" + "0" * 30, "rule": duty["rule"], "due_on": duty["due_on"], "reason": "I am in court."}
        if (made := ask(path, "social worker", body)).status == 201:
            break
    assert made.status == 201, made.text
    told = ask(path, "team manager")
    assert handles["pat"] not in told.text and "pat" not in told.text
    (one,) = told.body["items"]
    assert (one["reason"], one["answer"], one["asked_on"]) == ("I am in court.", None, "2026-03-20")
    given = {"answer": "given", "helper": handles["ann"], "says": "Ann goes."}
    mine = ask(f"{path}/{one['asked']}/answer", "team manager", given)  # Pat asked, who holds every role here
    assert mine.status == 403
    assert ask(f"{path}/{one['asked']}/withdrawal", "social worker", {}).status == 201
    assert ask(path, "social worker").body["items"][0]["answer"] == "taken back"


def test_what_a_child_does_not_agree_with_stands_beside_it_and_is_taken_back_by_the_child_alone(
    ask: Ask, handles: dict[str, str]
) -> None:
    path, entry = f"/children/{handles['own']}/own-words", int(handles["referral"])
    assert entry in [one["entry"] for one in ask(f"{path}/entries", "social worker").body["items"]]
    said = {"number": "b0" + "0" * 30, "on": "2026-03-19", "kind": "not agreed", "said_by": "child", "entry": entry}
    made = ask(path, "social worker", said)
    assert made.status == 201, made.text
    back = {"on": "2026-03-20", "theirs": False}
    assert ask(f"{path}/{made.body['said']}/taken-back", "social worker", back).status == 422
    assert ask(f"{path}/{made.body['said']}/taken-back", "social worker", back | {"theirs": True}).status == 201
    (told,) = [one for one in ask(path, "social worker").body["items"] if one["said"] == made.body["said"]]
    assert (told["entry"], told["taken_back_on"]) == (entry, "2026-03-20")


def test_the_page_for_the_child_is_for_tokens_that_read_names(ask: Ask, handles: dict[str, str]) -> None:
    path = f"/children/{handles['own']}/for-child?words=young child"
    told = ask(path, "social worker").body
    assert told["words"] == "young child" and "Pat Madeup" in str(told["parts"][0]["says"])
    plain = ask(path, "social worker", uses={Use(Doing.READ, Thing.COPIES)})
    assert (plain.status, plain.body["type"].rpartition(":")[2]) == (403, "token-not-for-this")


def test_a_worker_says_that_their_load_is_not_right_and_answers_to_nobody_but_a_manager(
    ask: Ask, handles: dict[str, str]
) -> None:
    path, said = "/load-challenges", {"number": "ab" + "0" * 30, "part": "weight", "reason": "It is a hard one."}
    assert [ask(path, "social worker", said).status for _ in (1, 2)] == [201, 201]
    assert ask(path, "social worker", said | {"reason": "Another."}).body["type"].endswith("sent-otherwise")
    load = ask(f"/workers/{handles['pat']}/load", "social worker").body
    (told,) = load["challenges"]
    assert (told["part"], told["standing"], told["reason"]) == ("weight", "waits", "It is a hard one.")
    assert [one["child"] for one in load["parts"]] == [handles["own"]] and load["children"] == 1
    own = ask(f"{path}/{told['challenge']}/answer", "director", {"answer": "explained", "says": "It is right."})
    assert own.status == 403  # Pat holds every role here, and answers nobody's own load
    assert ask(f"{path}/to-answer", "director").body["of"] == 0
    assert ask(f"{path}/{told['challenge']}/withdrawal", "social worker", {}).status == 201
    assert ask("/first-years", "director").body["items"] == []


def test_a_post_is_written_its_steps_taken_corrected_and_closed_for_a_reason(ask: Ask, handles: dict[str, str]) -> None:
    new = {"post_number": "P-2", "title": "Social worker", "role_class": "case holder", "fte": 0.6}
    new |= {"from_on": "2026-03-02", "team": handles["t1"]}
    made = ask("/posts", "workforce", new)
    assert made.status == 201, made.text
    assert ask("/posts", "workforce", new).body == made.body
    assert ask("/posts", "workforce", new | {"fte": 1}).status == 409
    path, step = f"/posts/{made.body['post']}", {"kind": "advertised", "on": "2026-03-10"}
    assert [ask(f"{path}/steps", "workforce", step).status for _ in (1, 2)] == [201, 201]
    (taken,) = ask(path, "workforce").body["steps"]
    right = {"number": "ac" + "0" * 30, "step": step | {"on": "2026-03-11"}, "why": "It was a day later."}
    assert ask(f"{path}/steps/{taken['entry']}/correction", "workforce", right).status == 201
    closed = {"number": "ad" + "0" * 30, "last_on": "2026-03-31", "why": "The money is gone."}
    assert ask(f"{path}/change", "workforce", closed).status == 201
    told = ask(path, "workforce").body
    assert (told["number"], told["to_on"], told["steps"][0]["on"]) == ("P-2", "2026-04-01", "2026-03-11")
    assert made.body["post"] in [one["post"] for one in ask("/posts?district=Fenland", "workforce").body["items"]]
    assert ask("/posts", "team manager", new | {"post_number": "P-3"}).status == 403


def test_nothing_is_written_by_a_role_to_which_the_table_opens_nothing(ask: Ask, handles: dict[str, str]) -> None:
    closed = [one for one in operations() if one.method == "POST" and one.use and one.use.doing is Doing.WRITE]
    assert len(closed) > 30
    own = handles["own"]
    told = {one.path: ask(one.filled(handle=own), "performance analyst", sent(one, own)).status for one in closed}
    assert {path: status for path, status in told.items() if status != 403} == {}
