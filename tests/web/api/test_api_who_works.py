"""Who works with a child, by a token: offered, answered, worked beside, ended; and supervision of the child's case."""

from __future__ import annotations

from typing import Any

import pytest

from keyworker.access import Thing
from keyworker.web.api.uses import Doing, Use
from tests.web.api.conftest import Answer, Ask

SECRET = "Team Madeup’s aunt asked for it."
# With the other tests that write: what one writes of a child another reads.
pytestmark = pytest.mark.xdist_group("api writing")


def _kind(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body["type"].rpartition(":")[2]


def _one(ask: Ask, path: str, name: str, number: str, role: str = "team manager", **more: Any) -> Any:
    return next(one for one in ask(path, role, **more).body["items"] if one[name] == number)


def test_a_child_is_offered_once_its_days_are_kept_and_an_answer_stands(ask: Ask, handles: dict[str, str]) -> None:
    child = f"/children/{handles['team']}"
    new = {"number": "0ffe" + "0" * 28, "part": "worker", "worker": handles["pat"], "starts_on": "2026-03-30"}
    new |= {"cause": "skills match", "why": SECRET}
    assert ask(f"{child}/workers", "team manager", new).status == 201
    assert _kind(ask(f"{child}/workers", "team manager", new)) == (409, "already-recorded")
    assert _kind(ask(f"{child}/workers", "team manager", new | {"why": "Another."})) == (409, "sent-otherwise")
    assert ask(f"{child}/workers", "team manager", new | {"number": "1" * 32, "worker": handles["cal"]}).status == 404
    assert ask(f"{child}/workers", "social worker", new).status in (403, 404)

    offer = f"{child}/handovers/{new['number']}"
    assert ask(f"{offer}/steps", "team manager", {"told_on": "2026-03-19"}).status == 201
    assert _kind(ask(f"{offer}/steps", "team manager", {})) == (409, "already-recorded")
    assert ask(f"{offer}/steps", "team manager", {"introduced_on": "2026-03-20"}).status == 201
    waits = _one(ask, "/handovers", "handover", new["number"])
    assert (waits["told_on"], waits["introduced_on"], waits["complete"]) == ("2026-03-19", "2026-03-20", False)
    assert (waits["child"], waits["from_worker"]["handle"]) == (handles["team"], handles["ann"])
    plain = _one(ask, f"{child}/handovers", "handover", new["number"], uses={Use(Doing.READ, Thing.HANDOVERS)})
    assert (waits["why"], plain["why"], plain["worker"]["name"]) == (SECRET, None, None)

    assert ask(f"{offer}/answer", "team manager", {"answer": "refused"}).status == 422
    refused = {"answer": "refused", "why": "I have no room."}
    assert [ask(f"{offer}/answer", "team manager", refused).status for _ in (1, 2)] == [201, 409]
    assert _kind(ask(f"{offer}/answer", "team manager", {"answer": "accepted"})) == (409, "changed-since")


def test_a_co_worker_works_with_the_child_until_that_is_ended(ask: Ask, handles: dict[str, str]) -> None:
    path = f"/children/{handles['own']}/workers"
    new = {"number": "c0" + "0" * 30, "part": "co-worker", "worker": handles["ann"], "starts_on": "2026-03-19"}
    new |= {"cause": "skills match"}
    assert ask(path, "team manager", new).status == 201
    assert _kind(ask(path, "team manager", new)) == (409, "already-recorded")
    (beside,) = [one for one in ask(path, "team manager").body["items"] if one["role"] == "co-worker"]
    assert (beside["worker"]["handle"], beside["from_on"]) == (handles["ann"], "2026-03-19")
    end = {"on": "2026-03-20", "cause": "skills match"}
    assert ask(f"{path}/{beside['entry']}/end", "team manager", end).status == 201
    assert _kind(ask(f"{path}/{beside['entry']}/end", "team manager", end)) == (409, "changed-since")
    assert {one["role"] for one in ask(path, "team manager").body["items"]} == {"lead"}


def test_a_supervision_is_written_once_with_what_was_undertaken_and_withdrawn(
    ask: Ask, handles: dict[str, str]
) -> None:
    role, path = "social worker", f"/children/{handles['own']}/supervision"
    undertaken = {"what": "Ring the school.", "worker": handles["pat"], "due_on": "2026-03-27"}
    said = {"number": "5e" + "0" * 30, "on": "2026-03-19", "worker": handles["pat"], "supervisor": handles["ann"]}
    said |= {"outcome": "held", "form": "one to one", "decision": SECRET, "undertaken": [undertaken]}
    assert ask(path, role, said).status == 201
    assert _kind(ask(path, role, said)) == (409, "already-recorded")
    assert _kind(ask(path, role, said | {"decision": "Another."})) == (409, "sent-otherwise")
    (mine,) = ask("/own-supervision", role).body["items"]
    assert (mine["child"], mine["what"], mine["due_on"]) == (handles["own"], "Ring the school.", "2026-03-27")

    next_one = said | {"number": "5f" + "0" * 30, "undertaken": [], "decision": "Nothing changes."}
    next_one["ended"] = [{"action": mine["action"], "done": True}]
    assert [ask(path, role, next_one).status for _ in (1, 2)] == [201, 409]
    told = _one(ask, path, "supervision", said["number"], role)
    assert (told["decision"], told["confirmed"]) == (SECRET, True)
    (action,) = ask(path, role).body["actions"]
    assert (action["done"], action["ended_on"]) == (True, "2026-03-19")
    plain = ask(path, role, uses={Use(Doing.READ, Thing.CASE_SUPERVISION)}).text
    assert SECRET not in plain and "Ring the school" not in plain and "Madeup" not in plain

    assert _kind(ask(f"{path}/{said['number']}/answer", role, {"so": True})) == (409, "already-recorded")
    assert ask(f"{path}/{said['number']}/answer", role, {"so": False}).status == 422
    why = {"why": "It was for a test."}
    assert [ask(f"{path}/{said['number']}/withdrawal", role, why).status for _ in (1, 2)] == [201, 409]
    assert _one(ask, path, "supervision", said["number"], role)["withdrawn"]
