"""Webhooks: told that something moved and of whom by handle, signed, tried again, given up, and never led inside."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from threading import Event
from typing import Any
from uuid import uuid4

import pytest

from keyworker.access import Thing
from keyworker.record.connect import DatabaseRole
from keyworker.web import bound
from keyworker.web.api.reaching import LOOPBACK, Target, Unreachable
from keyworker.web.api.uses import Doing, Use
from keyworker.web.source import OutOfReach
from tests.access.made import NOW
from tests.servers.started import Database
from tests.web.api.conftest import Ask

HERE = "http://127.0.0.1:9/moved"


class Told:
    """Somebody who is told, and answers as the test wants."""

    def __init__(self, status: int = 204) -> None:
        self.status, self.messages, self.signed = status, list[dict[str, Any]](), list[tuple[bytes, str]]()

    def __call__(self, target: Target, body: bytes, headers: dict[str, str]) -> int:
        self.messages.append(json.loads(body))
        self.signed.append((body, headers["Keyworker-Signature"]))
        return self.status


@pytest.fixture(autouse=True)
def this_machine(api: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Addresses on this machine may be told, and no webhook of another test is open."""
    from keyworker.web.api.models import Webhook

    monkeypatch.setenv(LOOPBACK, "yes")
    yield
    Webhook.objects.filter(ended_at=None).update(ended_at=NOW)


@pytest.fixture
def register(ask: Ask) -> Callable[..., tuple[str, str]]:
    """Register an address as a role; gives the webhook's short name and its secret."""

    def registered(role: str = "social worker", address: str = HERE) -> tuple[str, str]:
        made = ask("/webhooks", role, {"address": address})
        assert made.status == 201, made.text
        return made.body["webhook"], made.body["secret"]

    return registered


def _visit(ask: Ask, handle: str, letter: str, role: str = "social worker") -> None:
    came = {"child": handle, "outcome": "seen alone", "words": "A secret of hers."}
    visit = {"number": letter * 32, "on": "2026-03-18", "children": [came]}
    made = ask(f"/children/{handle}/visits", role, visit)
    assert made.status == 201, made.text


def test_a_message_says_what_moved_by_handle_and_instant_signed_and_nothing_else(
    ask: Ask, handles: dict[str, str], register: Callable[..., tuple[str, str]]
) -> None:
    from keyworker.web.api.telling import tell

    ref, secret = register()
    _visit(ask, handles["own"], "1")
    told = Told()
    assert tell(NOW, told) == 1
    (message,) = told.messages
    assert set(message) == {"message", "kind", "handle", "at"}
    assert (message["kind"], message["handle"]) == ("child", handles["own"])
    ((body, signed),) = told.signed
    at, _, by_hand = signed.removeprefix("t=").partition(",v1=")
    assert int(at) == int(NOW.timestamp())
    assert by_hand == hmac.new(secret.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert tell(NOW + timedelta(hours=1), told) == 0, "each message is taken once"
    (kept,) = [one for one in ask("/webhooks", "social worker").body["items"] if one["webhook"] == ref]
    assert (kept["taken"], kept["waiting"], kept["given_up"]) == (1, 0, 0)


def test_what_changes_no_duty_is_told_of_too_where_programs_may_ask_for_it(
    ask: Ask, handles: dict[str, str], register: Callable[..., tuple[str, str]]
) -> None:
    from keyworker.web.api.telling import tell

    register()
    said = {"number": "4" * 32, "on": "2026-03-18", "kind": "words", "said_by": "child", "words": "A secret of hers."}
    assert ask(f"/children/{handles['own']}/own-words", "social worker", said).status == 201
    told = Told()
    assert tell(NOW, told) == 1
    (message,) = told.messages
    assert (set(message), message["handle"]) == ({"message", "kind", "handle", "at"}, handles["own"])


def test_whatever_is_told_of_beside_duties_names_its_child_or_it_would_be_told_of_everybody() -> None:
    from keyworker.actions.questions.moved import TOLD
    from keyworker.vocabulary import TABLES

    assert {"handover", "case_supervision_note", "cover_decision", "lone_visit"} <= TOLD
    assert [name for name in TOLD if all(column.name != "child_id" for column in TABLES[name].columns)] == []


def test_nobody_is_told_of_a_child_beyond_them_and_whoever_sees_everybody_is(
    ask: Ask, handles: dict[str, str], register: Callable[..., tuple[str, str]]
) -> None:
    from keyworker.web.api.telling import tell

    register("team manager")
    _visit(ask, handles["own"], "2")
    register("director")
    told = Told()
    tell(NOW, told)
    assert [one["handle"] for one in told.messages] == [handles["own"]], "the director is told from now on"
    register("quality assurance")
    _visit(ask, handles["team"], "3", "team manager")
    told = Told()
    tell(NOW, told)
    assert [one["handle"] for one in told.messages] == [handles["team"]] * 3


def test_what_moves_of_a_restricted_child_is_told_to_nobody_who_is_not_named(
    service: Database, register: Callable[..., tuple[str, str]]
) -> None:
    from keyworker.record.writer import Act, append
    from keyworker.web.api.telling import tell

    register("director")
    row = {"cin_visit_id": "hidden-1", "child_id": "supervised", "happened_on": NOW.date(), "seen": True}
    with service.connect(DatabaseRole.APPLICATION) as connection:
        append(connection, Act("entry", "far.away", "test", "keyworker"), NOW, {"cin_visits": [row]})
    told = Told()
    tell(NOW, told)
    assert told.messages == []


def test_what_is_not_taken_is_tried_again_after_longer_and_longer_waits_and_given_up_after_seven(
    ask: Ask, handles: dict[str, str], register: Callable[..., tuple[str, str]]
) -> None:
    """By the table: after 1, 5 and 30 minutes, then 2, 8 and 24 hours, each after the last."""
    from keyworker.web.api.telling import tell

    ref, _ = register()
    _visit(ask, handles["own"], "4")
    told = Told(500)
    waits = [timedelta(minutes=m) for m in (0, 1, 5, 30)] + [timedelta(hours=h) for h in (2, 8, 24)]
    at = NOW
    for wait in waits:
        before = len(told.messages)
        if wait:
            tell(at + wait - timedelta(seconds=1), told)
            assert len(told.messages) == before, "too soon"
        at += wait
        tell(at, told)
        assert len(told.messages) == before + 1
    tell(at + timedelta(days=20), told)
    assert len(told.messages) == 7
    assert len({one["message"] for one in told.messages}) == 1
    (kept,) = [one for one in ask("/webhooks", "social worker").body["items"] if one["webhook"] == ref]
    assert (kept["given_up"], kept["waiting"], kept["last_try"]) == (1, 0, "answered 500")


def test_a_webhook_is_told_nothing_once_it_or_its_token_was_ended(
    ask: Ask, handles: dict[str, str], register: Callable[..., tuple[str, str]]
) -> None:
    from keyworker.web.api import tokens
    from keyworker.web.api.telling import tell

    ref, _ = register()
    _visit(ask, handles["own"], "5")
    assert ask(f"/webhooks/{ref}/end", "social worker", {}).status == 201
    assert ask(f"/webhooks/{ref}/end", "social worker", {}).status == 422
    register()
    _visit(ask, handles["own"], "6")
    tokens.end([one for one in tokens.of_person("social.worker") if one.ended_at is None], NOW, "a test")
    told = Told()
    tell(NOW, told)
    assert told.messages == []


@pytest.mark.parametrize("fault", [OutOfReach("made up for a test"), UnicodeError("made up for a test")])
def test_the_thread_beside_the_pages_tells_and_goes_on_after_a_fault(
    fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    from keyworker.web.api import telling

    twice, asked = Event(), list[object]()

    def tell(now: object) -> int:
        asked.append(now)
        if len(asked) == 1:
            raise fault
        twice.set()
        return 0

    monkeypatch.setattr(telling, "tell", tell)
    monkeypatch.setattr(telling, "LOOK_EVERY", 0.01)
    thread = telling.Telling()
    thread.start()
    assert twice.wait(10)
    thread.stop()


def test_nothing_is_asked_or_logged_while_nothing_is_recorded(
    service: Database, register: Callable[..., tuple[str, str]]
) -> None:
    from keyworker.web.api.telling import tell

    def lines() -> int:
        with service.connect(DatabaseRole.OWNER) as owner:
            row = owner.execute("select count(*) from record.access_log").fetchone()
        assert row is not None
        return int(row[0])

    register()
    before = lines()
    for seconds in range(3):
        tell(NOW + timedelta(seconds=seconds), Told())
    assert lines() == before


def test_a_token_that_may_not_read_the_list_registers_nothing(ask: Ask) -> None:
    assert ask("/webhooks", "workforce", {"address": HERE}).status == 403
    assert ask("/webhooks", "director", {"address": HERE}, uses={Use(Doing.READ, Thing.CHILD)}).status == 403


def test_a_fault_of_one_webhook_keeps_no_other_from_being_told(
    ask: Ask, handles: dict[str, str], register: Callable[..., tuple[str, str]]
) -> None:
    from keyworker.web.api.models import Webhook
    from keyworker.web.api.telling import tell

    unreadable, _ = register(address="http://127.0.0.1:9/none")
    register(address="http://127.0.0.1:9/one")
    register(address="http://127.0.0.1:9/two")
    register(address="http://127.0.0.1:9/three")
    Webhook.objects.filter(ref=unreadable).update(purpose="no purpose of the table")
    _visit(ask, handles["own"], "7")

    def sending(target: Target, body: bytes, headers: dict[str, str]) -> int:
        if target.url.endswith("/one"):
            raise Unreachable("ConnectError")
        if target.url.endswith("/two"):
            raise ValueError("made up for a test")
        return 200

    assert tell(bound.now(), sending) == 1


def _waiting(ref: str, *handles: str, at: datetime = NOW) -> None:
    """Messages of children, by their handles, that wait for a webhook since they moved."""
    from keyworker.web.api.models import Message, Webhook

    webhook = Webhook.objects.get(ref=ref)
    Message.objects.bulk_create(
        Message(ref=uuid4().hex, webhook=webhook, kind="child", handle=one, at=at, next_at=at) for one in handles
    )


def test_a_message_that_waits_is_not_sent_of_a_child_who_is_out_of_sight_since(
    ask: Ask, handles: dict[str, str], register: Callable[..., tuple[str, str]]
) -> None:
    from keyworker.web.api.telling import tell

    ref, _ = register()
    _waiting(ref, handles["own"], handles["all"], handles["supervised"])
    told = Told()
    assert tell(NOW, told) == 1
    assert [one["handle"] for one in told.messages] == [handles["own"]]
    (kept,) = [one for one in ask("/webhooks", "social worker").body["items"] if one["webhook"] == ref]
    assert (kept["taken"], kept["waiting"], kept["given_up"]) == (1, 0, 0)


def test_what_waits_is_not_sent_while_the_account_holds_no_role_and_is_once_it_does(
    handles: dict[str, str], register: Callable[..., tuple[str, str]]
) -> None:
    from keyworker.web.api.models import Token
    from keyworker.web.api.telling import tell

    ref, _ = register()
    _waiting(ref, handles["own"])
    token = Token.objects.filter(webhooks__ref=ref)
    token.update(account="long.gone", owner="long.gone")
    told = Told()
    assert tell(NOW, told) == 0 and told.messages == []
    token.update(account="social.worker", owner="social.worker")
    assert tell(NOW + timedelta(hours=1), told) == 1


def test_what_waits_for_a_token_that_is_over_is_given_up_and_forgotten_after_a_month(
    handles: dict[str, str], register: Callable[..., tuple[str, str]]
) -> None:
    from keyworker.web.api.models import Message, Token
    from keyworker.web.api.sending import forget_old

    ref, _ = register()
    _waiting(ref, handles["own"])
    _waiting(ref, handles["own"], at=NOW - timedelta(days=31))
    of_this = Message.objects.filter(webhook__ref=ref)
    forget_old(NOW)
    assert of_this.filter(next_at__isnull=False).count() == 2
    Token.objects.filter(webhooks__ref=ref).update(expires_at=NOW)
    forget_old(NOW)
    assert [(one.next_at, one.given_up_at) for one in of_this] == [(None, NOW)]
    forget_old(NOW + timedelta(days=30, seconds=1))
    assert not of_this.all().exists()


def test_a_receiver_that_takes_nothing_costs_one_try_a_round_and_keeps_no_message_from_its_own(
    handles: dict[str, str], register: Callable[..., tuple[str, str]]
) -> None:
    from keyworker.web.api.telling import tell

    dead, _ = register(address="http://127.0.0.1:9/dead")
    alive, _ = register(address="http://127.0.0.1:9/alive")
    _waiting(dead, *[handles["own"]] * 3)
    _waiting(alive, *[handles["own"]] * 3)
    tried: list[str] = []

    def sending(target: Target, body: bytes, headers: dict[str, str]) -> int:
        if target.url.endswith("/alive"):
            return 200
        tried.append(json.loads(body)["message"])
        raise Unreachable("ReadTimeout")

    assert tell(NOW, sending) == 3
    assert len(tried) == 1
    assert [tell(NOW, sending) for _ in range(3)] == [0, 0, 0]
    assert len(tried) == len(set(tried)) == 3, "each once, and none again before its wait is over"


def test_a_slow_receivers_turn_ends_with_its_share_of_time_and_the_rest_is_sent_once_in_the_next_round(
    handles: dict[str, str], register: Callable[..., tuple[str, str]]
) -> None:
    """Six seconds for each answer: the second of them ends a share of ten."""
    from keyworker.web.api.sending import send_due

    ref, _ = register()
    _waiting(ref, *[handles["own"]] * 3)
    seconds, sent = [0.0], list[str]()

    def slow(target: Target, body: bytes, headers: dict[str, str]) -> int:
        assert send_due(NOW, lambda _, children: children, Told()) == 0, "whoever else sends has nothing to send"
        seconds[0] += 6
        sent.append(json.loads(body)["message"])
        return 200

    def one_round() -> int:
        return send_due(NOW, lambda _, children: children, slow, lambda: seconds[0])

    assert [one_round(), one_round(), one_round()] == [2, 1, 0]
    assert len(set(sent)) == 3
