"""What is written by a token: the same as by the pages' forms, once, by whoever may, and withdrawn again."""

from __future__ import annotations

from typing import Any

import pytest

from keyworker.access import Thing
from keyworker.web.api.uses import Doing, Use
from tests.web.api.conftest import Ask

VISIT = "0123456789abcdef0123456789abcdef"
# One after another: what one writes of the child another reads.
pytestmark = pytest.mark.xdist_group("api writing")


def _visit(handle: str, **more: Any) -> dict[str, Any]:
    said = {"child": handle, "outcome": "seen alone", "words": "She likes the new school."}
    return {"number": VISIT, "on": "2026-03-19", "place": "home", "children": [said]} | more


def _told(ask: Ask, path: str, **more: Any) -> dict[str, Any]:
    """The visit of these tests, among those that others have written down of the same child."""
    (found,) = [one for one in ask(path, "social worker", **more).body["items"] if one["visit"] == f"{VISIT}-1"]
    return dict(found)


def test_a_visit_is_written_once_read_again_and_withdrawn(ask: Ask, handles: dict[str, str]) -> None:
    def seen_alone_on() -> str | None:
        (row,) = [one for one in ask("/children", "social worker").body["items"] if one["handle"] == own]
        return str(row["last_seen_alone_on"])

    own, path = handles["own"], f"/children/{handles['own']}/visits"
    before = seen_alone_on()
    made = ask(path, "social worker", _visit(own))
    assert made.status == 201, made.text
    assert made.body["visits"] == {own: f"{VISIT}-1"}
    again = ask(path, "social worker", _visit(own))
    assert (again.status, again.body["type"]) == (409, "urn:keyworker:problem:already-recorded")

    told = _told(ask, path)
    assert (told["on"], told["outcome"], told["kind"]) == ("2026-03-19", "seen alone", "cp")
    assert told["words"] == "She likes the new school."
    assert _told(ask, path, uses={Use(Doing.READ, Thing.CHILD)})["words"] is None
    assert seen_alone_on() == "2026-03-19" != before

    withdrawal = f"{path}/{VISIT}-1/withdrawal"
    assert ask(withdrawal, "social worker", {"why": ""}).status == 422
    assert ask(withdrawal, "social worker", {"why": "It was to another child."}).status == 201
    assert _told(ask, path)["is_withdrawn"]
    assert seen_alone_on() == before


def test_a_visit_says_enough_or_is_not_written(ask: Ask, handles: dict[str, str]) -> None:
    own = handles["own"]
    for wrong in (
        {"on": "2026-03-21"},  # tomorrow
        {"on": "2024-03-19"},  # more than a year ago
        {"number": "mine"},
        {"place": "under the stairs"},
        {"children": []},
        {"children": [{"child": own, "outcome": "not seen"}]},  # why not?
        {"children": [{"child": own, "outcome": "cancelled"}]},  # by whom?
    ):
        answer = ask(f"/children/{own}/visits", "social worker", _visit(own) | {"number": "f" * 32} | wrong)
        assert answer.status == 422, wrong
        assert answer.body["remedy"]


def test_a_field_that_nobody_knows_is_refused_and_its_name_is_not_told_back(ask: Ask, handles: dict[str, str]) -> None:
    own = handles["own"]
    unknown = _visit(own) | {"number": "f" * 32, "A Secret Name": 1}
    answer = ask(f"/children/{own}/visits", "social worker", unknown)
    assert answer.status == 422 and answer.body["errors"] and "A Secret Name" not in answer.text


def test_nobody_writes_of_a_child_beyond_them_nor_beside_one_of_theirs(ask: Ask, handles: dict[str, str]) -> None:
    far, own = handles["all"], handles["own"]
    number = {"number": "e" * 32}
    assert ask(f"/children/{far}/visits", "social worker", _visit(far) | number).status == 403
    beside = _visit(far) | number
    assert ask(f"/children/{own}/visits", "social worker", beside).status == 404
    assert ask(f"/children/{own}/visits", "performance analyst", _visit(own) | number).status == 403
    without = {Use(Doing.READ, Thing.VISITS), Use(Doing.READ, Thing.CHILD)}
    assert ask(f"/children/{own}/visits", "social worker", _visit(own) | number, uses=without).status == 403


def test_an_exception_is_agreed_by_whoever_answers_for_the_child_and_withdrawn(
    ask: Ask, handles: dict[str, str]
) -> None:
    """The child protection plan began on 5 January 2026: some duty of it is open, and is asked for by its own day."""
    own, number = handles["own"], "d" * 32
    open_now = [
        one
        for one in ask(f"/children/{own}/duties", "team manager").body["items"]
        if one["state"] in ("overdue", "running") and one["due_on"] and "indicator" not in one["basis"]
    ]
    path = f"/children/{own}/exceptions"
    for duty in open_now:
        wanted = {"number": number, "rule": duty["rule"], "due_on": duty["due_on"], "granted_by": "team manager"}
        made = ask(path, "team manager", wanted | {"reason": "The family is away until then."})
        if made.status == 201:
            break
    assert made.status == 201, made.text
    assert ask(path, "social worker", wanted | {"reason": "I ask for it."}).status == 403
    (told,) = [one for one in ask(path, "team manager").body["items"] if one["exception"] == number]
    assert (told["exception"], told["rule"], told["withdrawn_at"]) == (number, duty["rule"], None)
    duties = {"team manager": None, "plain": {Use(Doing.READ, Thing.CHILD)}}
    says = {
        key: next(
            one["reason"]
            for one in ask(f"/children/{own}/duties", "team manager", **({"uses": uses} if uses else {})).body["items"]
            if "Agreed exception" in one["reason"]
        )
        for key, uses in duties.items()
    }
    assert says["team manager"].endswith("not asked for this time; granted by team manager.")
    assert says["plain"] == says["team manager"].replace("; granted by team manager", "")
    (plain,) = [
        one
        for one in ask(path, "team manager", uses={Use(Doing.READ, Thing.CHILD)}).body["items"]
        if one["exception"] == number
    ]
    assert (plain["granted_by"], plain["reason"], told["granted_by"]) == (None, None, "team manager")
    gone = ask(f"{path}/{number}/withdrawal", "team manager", {"why": "They came back."})
    assert gone.status == 201
    (told,) = [one for one in ask(path, "team manager").body["items"] if one["exception"] == number]
    assert told["withdrawn_at"] is not None


def test_what_is_not_json_or_too_large_is_refused_before_anything_is_asked(ask: Ask, handles: dict[str, str]) -> None:
    from django.test import Client

    client, path = Client(SERVER_NAME="127.0.0.1"), f"/api/v1/children/{handles['own']}/visits"
    assert client.post(path, "a=b", "application/x-www-form-urlencoded").status_code == 415
    assert client.generic("DELETE", path).status_code == 405
    assert client.generic("PATCH", path).headers["Allow"]
    assert client.post(path, "{}", "application/json").status_code == 401
    large = ask(f"/children/{handles['own']}/visits", "social worker", {"number": "x" * 300_000})
    assert large.status == 413
    assert ask("/no-such-address").status == 404
