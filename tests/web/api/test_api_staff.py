"""What is recorded of workers, by a token: once, corrected for a reason; why somebody is away is told to none."""

from __future__ import annotations

import pytest

from keyworker.access import Thing
from keyworker.web.api.uses import NAMES, Doing, Use
from tests.web.api.conftest import Answer, Ask

# With the other tests that write: what one writes of a worker another reads.
pytestmark = pytest.mark.xdist_group("api writing")
KEEPS, LEARNS = "workforce", "learning"


def _kind(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body["type"].rpartition(":")[2]


def test_a_worker_is_written_down_once_registered_and_that_is_corrected_and_withdrawn(
    ask: Ask, handles: dict[str, str]
) -> None:
    new = {"worker_number": "W-77", "name": "Dee Madeup", "job_title": "Social worker"}
    made = ask("/staff", KEEPS, new)
    assert made.status == 201, made.text
    assert ask("/staff", KEEPS, new).body == made.body
    assert _kind(ask("/staff", KEEPS, new | {"name": "Another Madeup"})) == (409, "sent-otherwise")
    assert made.body["worker"] in [one["worker"]["handle"] for one in ask("/staff", KEEPS).body["items"]]

    path = f"/workers/{made.body['worker']}/entries"
    said = {"body": "social work england", "registration_no": "SW7777", "from_on": "2026-03-02"}
    entry = {"number": "57" + "0" * 30, "said": said}
    assert ask(f"{path}/registration", KEEPS, entry).status == 201
    assert _kind(ask(f"{path}/registration", KEEPS, entry)) == (409, "already-recorded")
    other = entry | {"said": said | {"registration_no": "SW1"}}
    assert _kind(ask(f"{path}/registration", KEEPS, other)) == (409, "sent-otherwise")
    assert ask(f"{path}/registration", KEEPS, entry | {"number": "5" * 32, "said": {"mistyped": "x"}}).status == 422
    record = f"/workers/{made.body['worker']}/staff-record"
    (told,) = ask(record, KEEPS).body["entries"]
    plain = ask(record, KEEPS, uses={Use(Doing.READ, Thing.KEEPING_STAFF)})
    assert (told["said"]["from_on"], told["said"]["registration_no"]) == ("2026-03-02", None)
    assert plain.status == 200 and "SW7777" not in plain.text and "Madeup" not in plain.text

    right = {"number": "58" + "0" * 30, "said": {"from_on": "2026-03-09"}, "why": "It was a week later."}
    one = f"{path}/registration/{told['entry']}"
    assert [ask(f"{one}/correction", KEEPS, right).status for _ in (1, 2)] == [201, 201]
    assert _kind(ask(f"{one}/correction", KEEPS, right | {"number": "59" + "0" * 30})) == (409, "changed-since")
    stands = ask(record, KEEPS).body
    assert (stands["entries"][0]["on"], stands["changes"][0]["what"]) == ("2026-03-09", "corrected")
    gone = {"number": "60" + "0" * 30, "why": "It was for a test."}
    now = stands["entries"][0]["entry"]
    assert ask(f"{path}/absence/{now}/withdrawal", KEEPS, gone).status == 404
    assert ask(f"{path}/registration/{now}/withdrawal", KEEPS, gone).status == 201
    assert ask(record, KEEPS).body["entries"] == []


def test_no_token_is_told_why_somebody_is_away(ask: Ask, handles: dict[str, str]) -> None:
    path = f"/workers/{handles['cal']}"
    said = {"from_on": "2026-03-19", "reason_class": "SIC", "expected_return_on": "2026-03-23"}
    assert ask(f"{path}/entries/absence", KEEPS, {"number": "61" + "0" * 30, "said": said}).status == 201
    (away,) = [one for one in ask(f"{path}/staff-record", KEEPS).body["entries"] if one["form"] == "absence"]
    assert (away["said"]["from_on"], away["said"]["reason_class"]) == ("2026-03-19", None)
    gone = {"number": "62" + "0" * 30, "why": "It was for a test."}
    assert ask(f"{path}/entries/absence/{away['entry']}/withdrawal", KEEPS, gone).status == 201


def test_a_token_for_learning_writes_no_post_and_one_for_posts_no_learning(ask: Ask, handles: dict[str, str]) -> None:
    path = f"/workers/{handles['ann']}/entries/training-need"
    said = {"happened_on": "2026-03-19", "subject": "Court work", "asked_by": "worker", "aim": "To write a statement."}
    need = {"number": "63" + "0" * 30, "said": said}
    assert _kind(ask(path, LEARNS, need, uses={Use(Doing.WRITE, Thing.KEEPING_STAFF)})) == (403, "token-not-for-this")
    assert ask(path, KEEPS, need).status == 403
    assert ask(path, LEARNS, need).status == 201
    (told,) = ask("/learning", "team manager").body["items"]
    said = told["entry"]["said"]
    assert (told["worker"]["handle"], said["asked_by"], said["subject"]) == (handles["ann"], "worker", None)
    plain = ask("/learning", "team manager", uses={Use(Doing.READ, Thing.LEARNING)})
    assert plain.body["of"] == 1 and "Court work" not in plain.text
    assert ask("/own-staff-record", "social worker", uses={Use(Doing.READ, Thing.WORKER), NAMES}).status == 200
    gone = {"number": "64" + "0" * 30, "why": "It was for a test."}
    assert ask(f"{path}/{told['entry']['entry']}/withdrawal", LEARNS, gone).status == 201
