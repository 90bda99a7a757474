"""How often somebody may try to sign in, and how sessions end."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta

import pytest

from keyworker.record.connect import DatabaseRole
from keyworker.vocabulary.errors import Refused
from keyworker.web import bound, entry
from keyworker.web.signing import tries
from keyworker.web.signing.sessions import Ending, ending_of
from tests.servers.started import Database
from tests.web import fictional as made_up
from tests.web.signed import Browser, Clock
from tests.web.source import MadeUp

PASSWORD = "badgers mend seven umbrellas"
_numbers = itertools.count(1)


@pytest.fixture
def clock(source: MadeUp) -> Clock:
    made = Clock(made_up.NOW)
    bound.bind(source, made)
    return made


@pytest.fixture
def account(site: Database, clock: Clock) -> str:
    name = f"keeper-of-sessions-{next(_numbers)}"
    entry.make_sign_ins(site.conninfo(DatabaseRole.OWNER), [entry.SignIn(name, PASSWORD)])
    return name


@pytest.fixture
def browser(clock: Clock) -> Callable[..., Browser]:
    from django.test import Client

    def opened(address: str = "", **headers: str) -> Browser:
        # Each test has an address of its own, so that the tries of one do not count for another.
        where = address or f"192.0.2.{next(_numbers) % 250 + 1}"
        client = Client(SERVER_NAME="127.0.0.1", REMOTE_ADDR=where, raise_request_exception=False)
        return Browser(client, headers)

    return opened


def _signed_in(one: Browser, account: str) -> Browser:
    assert one.send("/sign-in", account=account, password=PASSWORD).status == 302
    return one


@pytest.mark.parametrize(
    ("failures", "minutes"), [(5, 0), (6, 1), (7, 2), (8, 4), (9, 8), (10, 16), (11, 32), (12, 60), (5000, 60)]
)
def test_a_wait_doubles_from_one_minute_to_an_hour(failures: int, minutes: int) -> None:
    assert tries.ACCOUNT.wait_after(failures) == timedelta(minutes=minutes)


@pytest.mark.parametrize("exists", [True, False])
def test_six_wrong_passwords_make_an_account_wait_whether_or_not_there_is_one(
    account: str, browser: Callable[..., Browser], clock: Clock, exists: bool
) -> None:
    name = account if exists else f"nobody-called-{account}"
    told = [browser().send("/sign-in", account=name, password="wrong") for _ in range(7)]
    assert [one.status for one in told] == [400] * 6 + [429]
    assert "Wait until" in told[-1].words()
    right = browser().send("/sign-in", account=name.upper(), password=PASSWORD)
    assert right.status == 429, "neither another address nor other letters go round it, nor does the right password"
    clock.turn(seconds=61)
    assert browser().send("/sign-in", account=name, password=PASSWORD).status == (302 if exists else 400)


@pytest.mark.parametrize("exists", [True, False])
def test_a_name_that_nobody_has_costs_as_much_work_as_one_that_somebody_has(
    account: str, browser: Callable[..., Browser], monkeypatch: pytest.MonkeyPatch, exists: bool
) -> None:
    from django.contrib.auth.hashers import get_hasher

    hashed: list[str] = []
    kind = type(get_hasher())
    encode = kind.encode
    monkeypatch.setattr(kind, "encode", lambda self, *args: hashed.append("once") or encode(self, *args))
    browser().send("/sign-in", account=account if exists else f"nobody-called-{account}", password="wrong")
    assert hashed == ["once"]


def test_signing_in_forgets_the_tries_before_it(account: str, browser: Callable[..., Browser]) -> None:
    for _ in range(3):
        for _ in range(5):
            assert browser().send("/sign-in", account=account, password="wrong").status == 400
        _signed_in(browser(), account)


def test_a_right_password_does_not_give_more_tries_at_the_code(
    account: str, browser: Callable[..., Browser], clock: Clock
) -> None:
    from django.contrib.auth.models import User

    from keyworker.web.signing import factors, totp

    secret = totp.new_secret()
    assert factors.keep_app(
        User.objects.get(username=account), secret, totp.code_at(secret, totp.step_at(clock.at)), clock.at
    )
    statuses = []
    for _ in range(4):
        one = browser()
        statuses.append(one.send("/sign-in", account=account, password=PASSWORD).status)
        statuses.append(one.send("/sign-in/code", code="000000").status)
    assert statuses[:6] == [302, 400] * 3
    assert statuses[6] == 429


def test_one_address_may_not_try_many_accounts(browser: Callable[..., Browser], clock: Clock) -> None:
    one = browser("198.51.100.7")
    statuses = [one.send("/sign-in", account=f"guess-{n}", password="wrong").status for n in range(61)]
    assert statuses == [400] * 60 + [429]
    assert browser("198.51.100.8").send("/sign-in", account="guess-61", password="wrong").status == 400


def test_an_office_that_signs_in_by_one_address_is_not_made_to_wait(
    account: str, browser: Callable[..., Browser]
) -> None:
    for _ in range(70):
        _signed_in(browser("203.0.113.20"), account)


def test_who_is_signed_in_cannot_be_guessed_at_from_within(account: str, browser: Callable[..., Browser]) -> None:
    one = _signed_in(browser(), account)
    new = "another seven wooden lanterns"
    statuses = [one.send("/my-sign-in/password", now="wrong", new=new, again=new).status for _ in range(7)]
    assert statuses == [400] * 6 + [429]


def test_a_session_ends_half_an_hour_after_its_last_page(
    account: str, browser: Callable[..., Browser], clock: Clock
) -> None:
    one = _signed_in(browser(), account)
    for _ in range(3):
        clock.turn(minutes=29)
        assert one.is_signed_in()
    clock.turn(minutes=30)
    assert not one.is_signed_in()


def test_a_session_is_drawn_out_by_one_press_and_never_after_it_ended(
    account: str, browser: Callable[..., Browser], clock: Clock
) -> None:
    one = _signed_in(browser(), account)
    for _ in range(3):
        clock.turn(minutes=29)
        assert one.get("/my-sign-in/stay").status == 204
    clock.turn(minutes=30)
    assert one.get("/my-sign-in/stay").status == 302, "to the page on which one signs in"


def test_a_page_is_told_when_its_session_ends(clock: Clock) -> None:
    began = made_up.NOW.isoformat()
    clock.turn(hours=7)
    # Half an hour without a page, of which the last minute is not counted on; and what is left of eight hours.
    assert ending_of({"opened_at": began}) == Ending(idle=1740, left=3600)
    clock.turn(hours=2)
    assert ending_of({"opened_at": began}) == Ending(idle=1740, left=0)
    assert ending_of({}) is None


def test_a_session_ends_after_eight_hours_whatever_is_done_in_it(
    account: str, browser: Callable[..., Browser], clock: Clock
) -> None:
    one = _signed_in(browser(), account)
    for _ in range(23):
        clock.turn(minutes=20)
        assert one.is_signed_in()
    clock.turn(minutes=20)
    assert not one.is_signed_in()


def test_ones_own_sessions_are_listed_and_ended_from_one_page(account: str, browser: Callable[..., Browser]) -> None:
    phone = {"HTTP_USER_AGENT": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/605.1"}
    here, there = _signed_in(browser(), account), _signed_in(browser(**phone), account)
    assert "Safari on an iPhone, by password" in here.get("/my-sign-in").words()
    assert here.send("/my-sign-in/sign-out-elsewhere").status == 302
    assert here.is_signed_in() and not there.is_signed_in()
    assert "iPhone" not in here.get("/my-sign-in").words()


def test_one_of_ones_own_sessions_is_ended_and_nobody_elses(account: str, browser: Callable[..., Browser]) -> None:
    here, other, third = (_signed_in(browser(), account) for _ in range(3))
    offered = here.get("/my-sign-in").tree.xpath("//input[@name='which']/@value")
    assert len(offered) == 2
    here.send("/my-sign-in/sign-out-elsewhere", which=offered[0])
    assert here.is_signed_in() and [other.is_signed_in(), third.is_signed_in()].count(True) == 1


def test_nobody_ends_a_session_of_somebody_else(account: str, site: Database, browser: Callable[..., Browser]) -> None:
    another = f"another-{account}"
    entry.make_sign_ins(site.conninfo(DatabaseRole.OWNER), [entry.SignIn(another, PASSWORD)])
    mine, theirs, attacker = (_signed_in(browser(), one) for one in (account, account, another))
    (which,) = mine.get("/my-sign-in").tree.xpath("//input[@name='which']/@value")
    attacker.send("/my-sign-in/sign-out-elsewhere", which=which)
    assert theirs.is_signed_in()


def test_a_wrong_password_is_told_to_its_owner_and_a_name_that_nobody_has_is_not_kept(
    account: str, site: Database, browser: Callable[..., Browser]
) -> None:
    typed = f"perhaps-a-password-{account}"
    for name in (account, typed):
        browser().send("/sign-in", account=name, password="wrong")
    assert "a wrong password" in _signed_in(browser(), account).get("/my-sign-in").words()
    with site.connect(DatabaseRole.OWNER) as owner:
        held = str(owner.execute("select account, what, by from web.sign_in_happening").fetchall())
    assert "('', 'a wrong password', 'somebody unknown')" in held
    assert typed not in held


def test_signing_in_takes_a_new_session_so_that_none_can_be_prepared(
    account: str, browser: Callable[..., Browser]
) -> None:
    one = browser()
    one.client.cookies["keyworker-session"] = "a" * 32
    _signed_in(one, account)
    assert one.client.cookies["keyworker-session"].value != "a" * 32
    before = one.client.cookies["keyworker-session"].value
    one.send("/sign-out")
    one.client.cookies["keyworker-session"] = before
    assert not one.is_signed_in(), "a session that was signed out cannot be taken up again"


def test_who_leaves_is_shut_out_in_the_middle_of_a_session(
    account: str, browser: Callable[..., Browser], source: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = _signed_in(browser(), account)
    assert one.get("/my-children").status == 200

    def left(*_: object) -> None:
        raise Refused("This sign-in belongs to somebody who has left the service, so no page is open to it.")

    monkeypatch.setattr(source, "visitor", left)
    assert one.get("/my-children").status == 403
    monkeypatch.undo()
    assert not one.is_signed_in(), "the session itself has ended"
