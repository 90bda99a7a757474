"""Reminders by email, to a mail server and a Notify on loopback: what is sent, to whom, when, and of whom nothing."""

from __future__ import annotations

import json
import re
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, TypeVar

import pytest
from django.conf import settings
from joserfc import jwt
from joserfc.jwk import OctKey

from keyworker.actions.questions.reminders import ToRemind
from keyworker.facts.days import LONDON
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.web.reminders.machine import ByNotify, BySmtp, Machine, machine_from
from keyworker.web.reminders.message import Reminder, says_of
from keyworker.web.reminders.post import NotSent, post
from tests.access.made import HELD, NOW
from tests.clocks.made import tell
from tests.servers.started import Database
from tests.web.conftest import sign_in
from tests.web.signed import Browser

MONDAY = datetime(2026, 3, 23, 8, tzinfo=LONDON)
LINK = "https://keyworker.council.example/"
SERVICE, SECRET, TEMPLATE = (f"{one * 8}-{one * 4}-{one * 4}-{one * 4}-{one * 12}" for one in "abc")
SOME = re.compile(r"(1 thing needs|[0-9]+ things need) you in Keyworker\.")
"""How much it is hangs on what tests that share the record wrote down before; the words have a test of their own."""
OWN = "social.worker"


One = TypeVar("One", bound=socketserver.BaseServer)


class Mailbox(socketserver.ThreadingTCPServer):
    """A mail server that takes what it is given, or nothing, and knows no TLS."""

    allow_reuse_address, daemon_threads = True, True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Smtp)
        self.mails, self.to, self.heard, self.refuses = list[bytes](), list[str](), b"", False


class _Smtp(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            self.server.heard += line
            word = line[:4].upper()
            if word == b"RCPT" and self.server.refuses:
                self.wfile.write(b"450 not now\r\n")
            elif word == b"RCPT":
                self.server.to.append(line.decode().strip())
                self.wfile.write(b"250 yes\r\n")
            elif word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = list(iter(self.rfile.readline, b".\r\n"))
                self.server.mails.append(b"".join(lines))
                self.wfile.write(b"250 taken\r\n")
            elif word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 yes\r\n")


class Notify(HTTPServer):
    """A GOV.UK Notify that keeps what it is sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Notify)
        self.asked, self.status = list[tuple[str, str, bytes]](), 201


class _Notify(BaseHTTPRequestHandler):
    server: Notify

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, self.headers["Authorization"], body))
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def _served(server: One) -> Iterator[One]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


@pytest.fixture(scope="module", autouse=True)
def note(service: Database) -> None:
    """Something waits for Pat, who holds every role here: a note of supervision to answer."""
    row = {"note_id": "reminded", "worker_id": "pat", "supervisor_id": "sue", "happened_on": NOW.date()}
    row |= {"note": "Made-up words", "written_by": "sue"}
    with service.connect(DatabaseRole.APPLICATION) as connection:
        append(connection, Act("entry", "test", "test", "keyworker"), NOW, {"supervision_note": [row]})


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with _served(Mailbox()) as server:
        yield server


@pytest.fixture
def machine(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, api: Database) -> Machine:
    found = Machine(
        "council.example", BySmtp("127.0.0.1", mailbox.server_address[1], "none", "keyworker@council.example")
    )
    monkeypatch.setattr(settings, "KEYWORKER_REMINDERS", found)
    return found


@pytest.fixture
def browsers(api: Database) -> Iterator[Any]:
    """Somebody's browser, signed in; what they chose is forgotten afterwards."""
    from django.contrib.auth.models import User
    from django.test import Client

    from keyworker.web.signing.models import Reminders

    def of(account: str) -> Browser:
        user, _ = User.objects.get_or_create(username=account)
        client = Client(SERVER_NAME="127.0.0.1")
        sign_in(client, user)
        return Browser(client)

    yield of
    Reminders.objects.all().delete()


def _remind(machine: Machine, now: datetime = MONDAY, link: str = LINK) -> int:
    from keyworker.web.reminders.round import remind

    return remind(now, machine, link)


def _wants(browsers: Any, account: str = OWN, **more: str) -> None:
    assert browsers(account).send("/my-sign-in/reminders", wanted="yes", hour="8", **more).status == 302


def _tells_of_nobody(sent: bytes, service: Database) -> None:
    """No identifier, name, birth date or handle of anybody in the record is in what was sent."""
    with service.connect(DatabaseRole.OWNER) as owner:
        people = owner.execute("select child_id, forename, surname, birth_on::text from record.person").fetchall()
        workers = owner.execute("select worker_id, name from record.professionals").fetchall()
        handles = owner.execute("select handle from record.handle").fetchall()
    words = set(sent.decode().replace("-", " ").replace(".", " ").lower().split())
    said = {str(one).lower() for row in (*people, *workers) for one in row if one}
    assert len(said) > len(HELD) and not said & words
    for told_of in (*said, *(one for (one,) in handles)):
        assert len(told_of) < 6 or told_of.encode() not in sent.lower()


def test_it_says_how_much_and_when_and_names_nobody_once_on_a_working_day(
    service: Database, machine: Machine, mailbox: Mailbox, browsers: Any
) -> None:
    _wants(browsers)
    assert _remind(machine, MONDAY - timedelta(minutes=1)) == 0, "not on a Saturday or a Sunday, nor before its hour"
    assert _remind(machine) == 1
    assert _remind(machine, MONDAY + timedelta(hours=2)) == 0, "one a day"
    (raw,) = mailbox.mails
    mail = message_from_bytes(raw, policy=policy.default)
    assert (mail["To"], mail["Subject"]) == ("social.worker@council.example", "A reminder from Keyworker")
    assert mailbox.to == ["rcpt TO:<social.worker@council.example>"]
    text = mail.get_content()
    assert SOME.match(text) and f"Sign in to see what it is: {LINK}" in text
    _tells_of_nobody(raw, service)
    with service.connect(DatabaseRole.OWNER) as owner:
        rows = owner.execute(
            "select distinct account, route, handles from record.access_log where purpose like 'send the reminder%'"
        ).fetchall()
    assert rows == [(OWN, "needs me", [])]
    assert _remind(machine, MONDAY + timedelta(days=1)) == 1


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (
            ToRemind(3, 0, date(2026, 5, 1)),
            "3 things need you in Keyworker. The next is due on Friday 1 May 2026.",
        ),
        (ToRemind(2, 1, MONDAY.date()), "2 things need you in Keyworker. 1 is past its day. The next is today."),
        (ToRemind(1_200, 2, None), "1,200 things need you in Keyworker. 2 are past their day."),
    ],
)
def test_it_says_in_plain_words_how_much_and_when(found: ToRemind, says: str) -> None:
    assert says_of(found, MONDAY.date()) == says


def test_it_goes_to_the_sign_ins_own_address_whatever_is_sent_with_the_form(
    machine: Machine, mailbox: Mailbox, browsers: Any
) -> None:
    _wants(browsers, address="else@where.example", to="else@where.example", user="director")
    assert _remind(machine) == 1
    assert mailbox.to == ["rcpt TO:<social.worker@council.example>"]
    for account in ("amy@where.example", "amy@council.example@where.example", "a b", "a\r\nb", "a>,b", ""):
        assert machine.address_of(account) == "", account
    assert machine.address_of("Amy@Council.example") == "Amy@council.example"


def test_nothing_is_sent_to_whoever_has_turned_it_off_has_left_or_has_no_way_in(
    site: Database, machine: Machine, mailbox: Mailbox, browsers: Any
) -> None:
    for account in (OWN, "long.gone", "team.manager"):
        _wants(browsers, account)
    page = browsers("else@where.example").get("/my-sign-in/reminders")
    assert "cannot be sent to another address" in page.words() and not page.tree.xpath("//main//form")
    assert browsers(OWN).send("/my-sign-in/reminders", wanted="no", hour="8").status == 302
    with site.connect(DatabaseRole.OWNER, autocommit=True) as owner:
        owner.execute("update web.auth_user set is_active = false where username = 'team.manager'")
        try:
            assert _remind(machine) == 0 and mailbox.mails == []
        finally:
            owner.execute("update web.auth_user set is_active = true where username = 'team.manager'")


def test_nothing_is_sent_while_somebody_is_away(
    service: Database, machine: Machine, mailbox: Mailbox, browsers: Any
) -> None:
    _wants(browsers)
    thursday = MONDAY + timedelta(days=3)
    away = {"absence_id": "away", "worker_id": "pat", "from_on": thursday.date()}
    away |= {"to_on": thursday.date() + timedelta(days=1)}
    with service.connect(DatabaseRole.LOADER) as loader:
        tell(loader, {"absence": [away]}, now=NOW)
    assert _remind(machine, thursday) == 0 and mailbox.mails == []
    assert _remind(machine, thursday + timedelta(days=1)) == 1


def test_what_is_not_taken_is_tried_again_twice_and_what_is_three_hours_late_waits_for_the_next_day(
    machine: Machine, mailbox: Mailbox, browsers: Any
) -> None:
    from keyworker.web.signing.models import Reminders

    _wants(browsers)
    mailbox.refuses = True
    for minutes in (0, 5, 35):
        assert _remind(machine, MONDAY + timedelta(minutes=minutes, seconds=-1)) == 0
        assert Reminders.objects.get().next_at == MONDAY + timedelta(minutes=minutes), "not before"
        assert _remind(machine, MONDAY + timedelta(minutes=minutes)) == 0
    assert Reminders.objects.get().next_at == MONDAY + timedelta(days=1)
    mailbox.refuses = False
    assert _remind(machine, MONDAY + timedelta(days=1, hours=4)) == 0, "too late to be of use"
    assert _remind(machine, MONDAY + timedelta(days=2)) == 1
    assert "Sent" not in (page := browsers(OWN).get("/my-sign-in/reminders").words()) and "The last was sent" in page


def test_by_notify_it_is_signed_by_the_keys_secret_and_says_the_same(
    service: Database, machine: Machine, browsers: Any
) -> None:
    _wants(browsers)
    with _served(Notify()) as notify:
        by = ByNotify(f"http://127.0.0.1:{notify.server_address[1]}", SERVICE, TEMPLATE, SECRET)
        notify.status = 302
        assert _remind(Machine("council.example", by)) == 0, "no redirect is followed"
        notify.status = 201
        assert _remind(Machine("council.example", by), MONDAY + timedelta(minutes=5)) == 1
        path, signed, raw = notify.asked[-1]
    token = jwt.decode(signed.removeprefix("Bearer "), OctKey.import_key(SECRET), algorithms=["HS256"])
    at = int((MONDAY + timedelta(minutes=5)).timestamp())
    assert (path, token.claims) == ("/v2/notifications/email", {"iss": SERVICE, "iat": at})
    body = json.loads(raw)
    assert (body["email_address"], body["template_id"]) == ("social.worker@council.example", TEMPLATE)
    assert body["personalisation"]["link"] == LINK and SOME.match(body["personalisation"]["says"])
    _tells_of_nobody(raw, service)


def test_without_tls_nothing_is_said_to_a_mail_server(mailbox: Mailbox) -> None:
    by = BySmtp("127.0.0.1", mailbox.server_address[1], "starttls", "keyworker@council.example", "user", "secret")
    with pytest.raises(NotSent, match=r"^SMTPNotSupportedError$"):
        post(by, Reminder("amy@council.example", "1 thing needs you in Keyworker.", LINK), MONDAY)
    assert mailbox.mails == [] and b"amy" not in mailbox.heard and b"AUTH" not in mailbox.heard.upper()


def test_the_page_asks_for_what_was_not_chosen_and_says_where_nothing_is_set_up(
    machine: Machine, browsers: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert browsers(OWN).send("/my-sign-in/reminders", wanted="", hour="3").status == 400
    assert "social.worker@council.example and nowhere else" in browsers(OWN).get("/my-sign-in/reminders").words()
    monkeypatch.setattr(settings, "KEYWORKER_REMINDERS", None)
    assert browsers(OWN).send("/my-sign-in/reminders", wanted="", hour="").status == 302
    assert "No reminders are sent from here" in browsers(OWN).get("/my-sign-in/reminders").words()


SMTP = {"KEYWORKER_REMINDERS_DOMAIN": "council.example", "KEYWORKER_SMTP_HOST": "mail.council.example"}
SMTP |= {"KEYWORKER_REMINDERS_FROM": "keyworker@council.example"}
NOTIFY = {"KEYWORKER_REMINDERS_DOMAIN": "council.example", "KEYWORKER_NOTIFY_KEY": f"reminders-{SERVICE}-{SECRET}"}
NOTIFY |= {"KEYWORKER_NOTIFY_TEMPLATE": TEMPLATE}


def test_the_machine_says_how_reminders_are_sent() -> None:
    assert machine_from({}) is None
    found = machine_from(SMTP)
    assert found and found.by == BySmtp("mail.council.example", 587, "starttls", "keyworker@council.example")
    found = machine_from(NOTIFY)
    assert found and found.by == ByNotify("https://api.notifications.service.gov.uk", SERVICE, TEMPLATE, SECRET)
    assert SECRET not in repr(found)


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({**SMTP, "KEYWORKER_REMINDERS_DOMAIN": "@council"}, "DOMAIN"),
        ({**SMTP, "KEYWORKER_REMINDERS_FROM": "a@b.example\r\nBcc: c@d.example"}, "FROM"),
        ({**SMTP, "KEYWORKER_SMTP_TLS": "none"}, "TLS"),
        ({**SMTP, "KEYWORKER_SMTP_PORT": "0"}, "PORT"),
        ({**SMTP, "KEYWORKER_SMTP_USER": "amy"}, "USER"),
        ({**SMTP, **NOTIFY}, "KEYWORKER_SMTP_HOST"),
        ({**NOTIFY, "KEYWORKER_NOTIFY_KEY": "short"}, "KEY"),
        ({**NOTIFY, "KEYWORKER_NOTIFY_ADDRESS": "http://notify.example"}, "ADDRESS"),
    ],
)
def test_a_part_of_the_settings_or_a_wrong_one_is_refused(said: dict[str, str], where: str) -> None:
    with pytest.raises(KeyworkerError) as caught:
        machine_from(said)
    assert where in str(caught.value.where)
