"""Entries of a child by forms, by a token: written once, read again, corrected for a reason, withdrawn."""

from __future__ import annotations

from typing import Any

import pytest

from keyworker.access import Thing
from keyworker.vocabulary.forms import forms
from keyworker.web.api.uses import NAMES, Doing, Use
from tests.web.api.conftest import Answer, Ask

NUMBER = "5" * 32
SAID = {"happened_on": "2026-03-19", "kind": "call", "note": "Her school rang. Own Madeup was not there on Monday."}
# One after another: what one writes of the child another reads.
pytestmark = pytest.mark.xdist_group("api writing")


def _write(ask: Ask, handle: str, form: str = "case-note", **more: Any) -> Answer:
    said = {"number": NUMBER, "said": SAID} | {name: value for name, value in more.items() if name != "uses"}
    uses = {"uses": more["uses"]} if "uses" in more else {}
    return ask(f"/children/{handle}/entries/{form}", "social worker", said, **uses)


def test_every_form_says_what_it_asks_and_what_a_token_must_be_for(ask: Ask) -> None:
    told = {one["form"]: one for one in ask("/forms").body["items"]}
    assert set(told) == {one.slug for one in forms().values()}
    assert told["case-note"]["use"] == "write: case notes"
    (day, *_) = told["contact"]["questions"]
    assert (day["name"], day["kind"], day["needed"]) == ("happened_on", "day", True)
    assert told["contact-decision"]["of"]["needed"] and told["referral"]["of"] is None


def test_an_entry_is_written_once_read_corrected_for_a_reason_and_withdrawn(ask: Ask, handles: dict[str, str]) -> None:
    own = handles["own"]
    made = _write(ask, own)
    assert made.status == 201, made.text
    again, otherwise = _write(ask, own), _write(ask, own, said=SAID | {"kind": "message"})
    assert [one.body["type"].rpartition(":")[2] for one in (again, otherwise)] == ["already-recorded", "sent-otherwise"]
    assert {again.status, otherwise.status} == {409}

    path = f"/children/{own}/entries/case-note/{made.body['entry']}"
    (told,) = ask(f"/children/{own}/entries?form=case-note", "social worker").body["items"]
    assert (told["entry"], told["on"], told["said"]["note"]) == (made.body["entry"], "2026-03-19", SAID["note"])
    assert told["written_at"].startswith("2026-03-20") and told["written_here"]
    plain = ask(f"/children/{own}/entries?form=case-note", "social worker", uses={Use(Doing.READ, Thing.CHILD)})
    assert plain.body["items"][0]["said"] == told["said"] | {"note": None}
    assert "Madeup" not in plain.text and plain.body["items"][0]["written_by"] is None

    right = {"number": "6" * 32, "said": {"note": "Her school rang on Monday."}, "why": "Another child was meant."}
    now = ask(f"{path}/correction", "social worker", right)
    assert now.status == 201, now.text
    assert ask(f"{path}/correction", "social worker", right).body["type"].endswith("already-recorded")
    late = ask(f"{path}/correction", "social worker", right | {"number": "7" * 32, "said": {"kind": "message"}})
    assert (late.status, late.body["type"].rpartition(":")[2]) == (409, "changed-since")
    history = ask(path, "social worker").body
    assert [one["entry"]["said"]["note"] for one in history["versions"]] == [SAID["note"], right["said"]["note"]]
    assert [one["why"] for one in history["versions"]] == [None, right["why"]]

    gone = {"number": "8" * 32, "why": "It was of another child altogether."}
    path = f"/children/{own}/entries/case-note/{now.body['entry']}"
    assert ask(f"{path}/withdrawal", "social worker", gone).status == 201
    assert not ask(path, "social worker").body["stands"]
    assert ask(f"/children/{own}/entries?form=case-note", "social worker").body["of"] == 0


def test_what_does_not_fit_a_form_says_which_question_and_nothing_is_written(ask: Ask, handles: dict[str, str]) -> None:
    own = handles["own"]
    told = _write(ask, own, number="9" * 32, said={"happened_on": "2026-03-21", "kind": "call"})
    assert told.status == 422
    assert {one["where"] for one in told.body["errors"]} == {"said.happened_on", "said.note"}
    unknown = _write(ask, own, number="9" * 32, said=SAID | {"secret_name": "x"})
    assert unknown.status == 422 and "secret_name" not in unknown.text
    alone = _write(ask, own, "referral", number="9" * 32, said={"from_on": "2026-03-19", "referral_source_code": "6"})
    assert "one is open since" in alone.text
    assert _write(ask, own, "no-such-form").status == 404


def test_a_token_writes_with_no_form_but_those_of_its_own_thing(ask: Ask, handles: dict[str, str]) -> None:
    own, uses = handles["own"], {Use(Doing.WRITE, Thing.FRONT_DOOR), Use(Doing.READ, Thing.CHILD), NAMES}
    refused = _write(ask, own, number="9" * 32, uses=uses)
    assert (refused.status, refused.body["type"].rpartition(":")[2]) == (403, "token-not-for-this")
    deciding = _write(ask, own, "cp-plan", number="9" * 32, said={})
    assert deciding.status in (403, 404)


def test_an_entry_is_changed_by_the_form_alone_under_which_it_stands(ask: Ask, handles: dict[str, str]) -> None:
    """Else a token for one thing would change, by a form of its own, what another thing opens."""
    own, why = handles["own"], {"number": "9" * 32, "why": "It is another form’s."}
    for form in ("case-note", "contact", "contact-decision"):
        answer = ask(f"/children/{own}/entries/{form}/{handles['referral']}/withdrawal", "team manager", why)
        assert answer.status in (403, 422), form
    (stands,) = ask(f"/children/{own}/entries?form=referral", "team manager").body["items"]
    assert stands["entry"] == int(handles["referral"])


def test_the_forms_of_a_child_are_those_that_the_account_may_fill_in(ask: Ask, handles: dict[str, str]) -> None:
    told = {one["form"]: one for one in ask(f"/children/{handles['own']}/forms", "social worker").body["items"]}
    assert told["case-note"]["possible"] and not told["referral"]["possible"]
    assert int(handles["referral"]) in told["referrer-told"]["of"]
    assert "contact-decision" not in told
    assert ask(f"/children/{handles['own']}/forms", "inspector").body["items"] == []
