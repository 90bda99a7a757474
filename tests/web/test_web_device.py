"""Where there is no signal: what is taken along, what a device is shown, and what comes of what it sends."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from keyworker.actions.visits import WantedVisit
from keyworker.facts.visit_notes import VisitNote
from keyworker.record import envelopes
from keyworker.record.sealing import Key
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.vocabulary.words import VisitOutcome
from tests.web.conftest import Page
from tests.web.made_visits import NOTE
from tests.web.sealed_there import sealed_there
from tests.web.source import MadeUp
from tests.web.source.drafts import KEY

Client = Callable[..., Page]
CHILD, OTHER = f"ch{1:022}", f"ch{2:022}"
NEW = f"/child/{CHILD}/visits/new"
NUMBER = "c" * 32
SAID = {
    "1-child": CHILD,
    "1-outcome": "seen alone",
    "1-words": "Wants to swim.",
    "2-child": OTHER,
    "on": "2026-11-20",
    "place": "home",
}


def told(**changes: Any) -> dict[str, Any]:
    shown = [["C.T.: What came of the visit?", "Seen alone"]]
    return {"address": NEW, "number": NUMBER, "finished": True, "said": SAID, "shown": shown, **changes}


def send(client: Client, what: Any, **more: str) -> Page:
    return client("/device/send", data={**sealed_there(envelopes.public_point(KEY, "sorrel"), what), **more})


def state(page: Page) -> str:
    return str(json.loads(page.text)["state"])


def test_a_visit_from_a_device_is_written_down_once_however_often_it_is_sent(client: Client, source: MadeUp) -> None:
    source.visited = False
    assert state(send(client, told())) == "written"
    (wanted,) = source.written
    assert (wanted.together_id, wanted.happened_on, wanted.place) == (NUMBER, date(2026, 11, 20), "home")
    assert [(one.child_id, one.outcome, one.words) for one in wanted.children] == [
        ("c1", VisitOutcome.SEEN_ALONE, "Wants to swim.")
    ]
    send(client, told())
    assert len(source.written) == 1


def test_what_was_only_begun_there_is_kept_here_as_a_draft_and_goes_when_it_is_finished(
    client: Client, source: MadeUp
) -> None:
    source.visited = False
    assert state(send(client, told(finished=False))) == "begun"
    assert source.written == []
    (draft,) = source.begun.values()
    page = client(f"{NEW}?draft={draft.draft_id}")
    assert page.tree.xpath("//textarea[@name='1-words']/text()") == ["Wants to swim."]
    assert page.tree.xpath("//input[@name='together_id']/@value") == [NUMBER]
    assert state(send(client, told())) == "written"
    assert source.begun == {}


def waits(client: Client, source: MadeUp, what: dict[str, Any], why: str) -> None:
    """It is not written down, nothing of it is lost, and why is said where its writer reads it."""
    before = list(source.written)
    assert state(send(client, what)) == "waits"
    assert source.written == before
    page = client("/begun")
    assert why in page.words()
    (link,) = page.tree.xpath("//a[starts-with(., 'Read what you typed')]/@href")
    assert "Seen alone" in client(link).words()


def test_a_visit_on_a_day_of_which_one_stands_already_waits_for_a_person(client: Client, source: MadeUp) -> None:
    on = NOTE.happened_on.isoformat()
    waits(client, source, told(said={**SAID, "on": on}), "was written down already, by")


def test_a_visit_that_lacks_something_waits_for_a_person(client: Client, source: MadeUp) -> None:
    waits(client, source, told(said={**SAID, "1-outcome": "not seen"}), "Say why the child was not seen")


def test_a_visit_to_a_child_with_whom_one_no_longer_works_is_kept_to_be_read_and_not_written_down(
    client: Client, source: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(child: str) -> Any:
        raise Refused("Visits are recorded in the case system now.", remedy="Record the visit there.")

    monkeypatch.setattr(source, "visitable", gone)
    waits(client, source, told(), "Visits are recorded in the case system now. Record the visit there.")


def sent_meanwhile(source: MadeUp, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    """Another window writes the same form down after this one has looked for it."""
    source.visited = False
    stands: list[VisitNote] = []

    def record_visit(child: str, wanted: WantedVisit) -> Any:
        (one,) = wanted.children
        stands.append(
            replace(NOTE, together_id=wanted.together_id, kind=one.kind, outcome=one.outcome, why=None, words=words,
                    bedroom=None, place=wanted.place, present=None)
        )  # fmt: skip
        raise AlreadyRecorded("An entry for this is recorded already.")

    def visits_written(child: str) -> list[VisitNote]:
        return stands if child == CHILD else []

    monkeypatch.setattr(source, "record_visit", record_visit)
    monkeypatch.setattr(source, "visits_written", visits_written)


def test_a_visit_that_another_window_sent_meanwhile_is_written_down_and_nothing_is_left_to_send(
    client: Client, source: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent_meanwhile(source, monkeypatch, "Wants to swim.")
    assert state(send(client, told())) == "written"
    assert source.begun == {}


def test_a_visit_that_another_window_sent_meanwhile_in_other_words_waits_for_a_person(
    client: Client, source: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent_meanwhile(source, monkeypatch, "Wants to sing.")
    waits(client, source, told(), "what stands since then says something else")


def test_what_was_typed_of_one_child_is_never_written_down_of_another(client: Client, source: MadeUp) -> None:
    # On the device the brother stood first; here the child whose form it is does.
    source.visited = False
    swapped = {"1-child": OTHER, "2-child": CHILD, "2-outcome": "seen alone", "2-words": "Wants to swim."}
    assert state(send(client, told(said={**swapped, "on": "2026-11-20"}))) == "written"
    assert [(one.child_id, one.words) for one in source.written[0].children] == [("c1", "Wants to swim.")]
    # Of somebody whom the form is no longer about, nothing is written and nothing lost.
    left = {"1-child": CHILD, "1-outcome": "seen alone", "2-child": "ch" + "9" * 22, "2-words": "Cried."}
    waits(client, source, told(number="e" * 32, said={**left, "on": "2026-11-20"}), "it is not shown here")


@pytest.mark.parametrize(
    "what",
    [
        "no visit",
        {},
        told(address="/roles"),
        told(address="//elsewhere.example" + NEW),
        told(number="../x"),
        told(said={"1-words": 3}),
        told(said={"1-words": "x" * 5_000}),
        told(said={f"{one}": "" for one in range(300)}),
        told(shown=[["one"]]),
        told(address=NEW + "?a=\0"),
        told(said={"\ud800": "seen"}),
    ],
)
def test_what_no_device_would_send_is_refused_and_stays_there(client: Client, source: MadeUp, what: Any) -> None:
    assert send(client, what).status in (400, 404)
    assert (source.written, source.begun) == ([], {})


@pytest.mark.parametrize("what", [told(number="../x"), told(said={"1-words": "x" * 4_001}), told(address="//[")])
def test_a_device_is_told_in_words_of_what_can_never_be_taken(client: Client, source: MadeUp, what: Any) -> None:
    page = send(client, what)
    answer = json.loads(page.text)
    assert (page.status, answer["state"]) == (400, "refused")
    assert "an answer has more than 4,000 characters" in answer["says"]


@pytest.mark.parametrize("typed", ["Wants to\0swim.", "Wants to\ud800swim."])
def test_a_character_that_cannot_be_kept_loses_nothing_else_and_waits_for_a_person(
    client: Client, source: MadeUp, typed: str
) -> None:
    source.visited = False
    waits(client, source, told(said={**SAID, "1-words": typed}), "A character was typed that cannot be kept")
    (draft,) = source.begun.values()
    assert draft.said["1-words"] == "Wants to\ufffdswim."
    assert state(send(client, told(finished=False, shown=[["Words", typed]]))) == "begun"


def test_what_was_sealed_for_another_sign_in_or_changed_on_the_way_does_not_open(
    client: Client, source: MadeUp
) -> None:
    for form in (
        sealed_there(envelopes.public_point(KEY, "ash"), told()),
        sealed_there(envelopes.public_point(Key(b"n" * 32), "sorrel"), told()),
        sealed_there(envelopes.public_point(KEY, "sorrel"), told()) | {"nonce": base64.b64encode(b"n" * 12).decode()},
        {"point": "%%", "nonce": "", "sealed": ""},
        {"point": ""},
    ):
        assert client("/device/send", data=form).status == 404
    assert source.written == []


def test_a_form_taken_along_calls_children_by_initials_unless_names_are_asked_for(
    client: Client, source: MadeUp
) -> None:
    page = client("/take-with-me")
    handle = page.tree.xpath("//input[@name='child']/@value")[0]
    taken = json.loads(client("/take-with-me", data={"child": handle, "hours": "4"}).text)
    assert "Testwood" not in json.dumps(taken) and taken["forms"][0]["called"] == "CT (1)"
    assert taken["until"] == "2026-11-23T13:00:00+00:00"
    named = json.loads(client("/take-with-me", data={"child": handle, "hours": "900", "named": "yes"}).text)
    assert named["forms"][0]["called"] == "Child 1 Testwood"
    assert named["until"] == "2026-11-23T21:00:00+00:00", "no longer than the council's setting"
    endless = json.loads(client("/take-with-me", data={"child": handle, "hours": "9" * 5_000}).text)
    assert endless["until"] == named["until"]
    assert "take the forms of visits along where there is no signal" in source.purposes


def test_only_the_forms_of_ones_own_children_are_taken_along(client: Client, source: MadeUp) -> None:
    taken = json.loads(client("/take-with-me", data={"child": "somebody-elses-handle"}).text)
    assert taken["forms"] == []


def test_the_page_of_a_device_is_the_same_for_everybody_and_holds_nothing_of_anybody(
    client: Client, source: MadeUp
) -> None:
    page = client("/on-this-device")
    assert page.text == client("/on-this-device", account="").text
    assert "Testwood" not in page.text and "csrf" not in page.text and "sorrel" not in page.text.lower()


def test_what_the_worker_keeps_is_the_frame_and_no_page(client: Client, source: MadeUp) -> None:
    page = client("/service-worker.js", account="")
    assert page.headers["Content-Type"] == "text/javascript; charset=utf-8"
    kept = json.loads(page.text.split("const KEPT = ", 1)[1].split(";\n", 1)[0])
    assert [one for one in kept if not one.startswith("/static/")] == ["/on-this-device", "/theme.css"]
    for one in kept:
        assert client(one, account="").status == 200, one


def test_the_pages_can_be_installed_and_every_icon_is_there(client: Client, source: MadeUp) -> None:
    (link,) = client("/needs-me").tree.xpath("//link[@rel='manifest']/@href")
    page = client(link, account="")
    assert page.headers["Content-Type"].startswith("application/manifest+json")
    told_there = json.loads(page.text)
    assert told_there["start_url"] == "/" and told_there["display"] == "standalone"
    for icon in told_there["icons"]:
        body = client(icon["src"], account="").body
        assert body[:8] == b"\x89PNG\r\n\x1a\n"
        assert f"{int.from_bytes(body[16:20])}x{int.from_bytes(body[20:24])}" == icon["sizes"]


def test_a_mark_tells_one_sign_in_from_another_and_nobody_whose_it_is(client: Client, source: MadeUp) -> None:
    marks = {
        account: json.loads(client("/device/mark", account=account).text)["account"] for account in ("sorrel", "ash")
    }
    assert len(set(marks.values())) == 2 and "sorrel" not in str(marks.values())
    assert client("/device/mark", account="").status == 302


def test_a_point_is_the_same_each_time_and_anothers_is_another() -> None:
    assert envelopes.public_point(KEY, "ash") == envelopes.public_point(KEY, "ash")
    assert len(envelopes.public_point(KEY, "ash")) == 65
    assert envelopes.public_point(KEY, "ash") != envelopes.public_point(KEY, "bex")
    with pytest.raises(KeyworkerError):
        envelopes.opened(KEY, "ash", b"\x04" + b"\x01" * 64, b"n" * 12, b"s" * 40)
