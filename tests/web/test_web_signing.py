"""Signing in by password and a second factor, as a person meets it, and what may not be gone round."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.conf import settings

from keyworker.record.connect import DatabaseRole
from keyworker.vocabulary.errors import Refused
from keyworker.web import bound, entry, shown
from keyworker.web.signing import totp
from keyworker.web.signing.passwords import fault_of
from keyworker.web.signing.sealed import unseal
from tests.servers.started import Database
from tests.web import fictional as made_up
from tests.web.signed import Browser, Clock, codes_of, letters_of
from tests.web.source import MadeUp

FIRST, OWN = "the-first-made-up-word", "badgers mend seven umbrellas"
_numbers = itertools.count(1)


@pytest.fixture
def clock(source: MadeUp) -> Clock:
    """A clock that a test may turn."""
    made = Clock(made_up.NOW)
    bound.bind(source, made)
    return made


@pytest.fixture
def account(site: Database, clock: Clock) -> str:
    """A sign-in of the test's own, whose first password somebody else knows."""
    name = f"signer-{next(_numbers)}"
    entry.make_sign_ins(site.conninfo(DatabaseRole.OWNER), [entry.SignIn(name, FIRST, change_first=True)])
    return name


@pytest.fixture
def asks_for_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """A council that lets nobody in by a password alone, as all do unless they say otherwise."""
    monkeypatch.setattr(settings, "KEYWORKER_SIGN_IN", replace(settings.KEYWORKER_SIGN_IN, second_factor=True))


@pytest.fixture
def browser(clock: Clock) -> Callable[[], Browser]:
    """A browser that nobody has signed in with."""
    from django.test import Client

    return lambda: Browser(Client(SERVER_NAME="127.0.0.1", raise_request_exception=False))


@pytest.fixture
def enrolled(account: str, asks_for_two: None, browser: Callable[[], Browser]) -> Iterator[tuple[str, list[str]]]:
    """The secret and recovery codes of somebody who has set everything up, and has signed out again."""
    one = browser()
    one.send("/sign-in", account=account, password=FIRST)
    one.send("/sign-in/password", new=OWN, again=OWN)
    secret = letters_of(one.get("/sign-in/authenticator-app"))
    page = one.send("/sign-in/authenticator-app", code=totp.code_at(secret, totp.step_at(bound.now())))
    one.send("/sign-out")
    yield secret, codes_of(page)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_codes_are_those_of_rfc_6238_appendix_b(seconds: int, code: str) -> None:
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert totp.code_at(secret, totp.step_at(datetime.fromtimestamp(seconds, UTC)), digits=8) == code


def test_a_code_is_right_for_one_step_before_and_after_and_no_further() -> None:
    secret, now = totp.new_secret(), datetime(2026, 11, 27, 9, 0, 0, tzinfo=UTC)
    here = totp.step_at(now)
    right = [off for off in range(-3, 4) if totp.step_of(secret, totp.code_at(secret, here + off), now) is not None]
    assert right == [-1, 0, 1]


def test_the_first_sign_in_asks_for_a_password_of_ones_own_and_then_for_an_app(
    account: str, asks_for_two: None, browser: Callable[[], Browser], clock: Clock
) -> None:
    one = browser()
    answer = one.send("/sign-in", account=account, password=FIRST, next="/quality")
    assert answer.headers["Location"] == "/sign-in/password"
    assert not one.is_signed_in()
    assert one.send("/sign-in/password", new=FIRST, again=FIRST).status == 400
    answer = one.send("/sign-in/password", new=OWN, again=OWN)
    assert answer.headers["Location"] == "/sign-in/authenticator-app"
    assert not one.is_signed_in()
    page = one.get("/sign-in/authenticator-app")
    secret = letters_of(page)
    assert page.tree.xpath("//svg[@role='img']"), "the same secret as a square picture"
    assert one.send("/sign-in/authenticator-app", code="000000").status == 400
    assert letters_of(one.get("/sign-in/authenticator-app")) == secret, "the picture that was scanned stays true"
    page = one.send("/sign-in/authenticator-app", code=totp.code_at(secret, totp.step_at(clock.at)))
    assert len(codes_of(page)) == 10
    assert page.tree.xpath("//a[@href='/quality']")
    assert one.is_signed_in()


def test_a_first_password_works_no_more_after_a_week(
    account: str, browser: Callable[[], Browser], clock: Clock
) -> None:
    clock.turn(days=7, seconds=-1)
    assert browser().send("/sign-in", account=account, password=FIRST).status == 302
    clock.turn(seconds=1)
    page = browser().send("/sign-in", account=account, password=FIRST)
    assert page.status == 400 and "works no more" in page.words()


def test_a_password_that_has_become_common_must_be_changed_at_the_next_sign_in(
    site: Database, clock: Clock, browser: Callable[[], Browser]
) -> None:
    name = f"signer-{next(_numbers)}"
    entry.make_sign_ins(site.conninfo(DatabaseRole.OWNER), [entry.SignIn(name, "Password2026!")])
    one = browser()
    answer = one.send("/sign-in", account=name, password="Password2026!")
    assert answer.headers["Location"] == "/sign-in/password"
    assert one.send("/sign-in/password", new=OWN, again=OWN).status == 302
    assert one.is_signed_in()


def test_a_right_password_alone_signs_nobody_in(
    account: str, enrolled: tuple[str, list[str]], browser: Callable[[], Browser]
) -> None:
    one = browser()
    assert one.send("/sign-in", account=account, password=OWN).headers["Location"] == "/sign-in/code"
    for path in ("/my-children", "/my-sign-in", "/my-sign-in/password", "/", "/figures"):
        assert one.get(path).headers["Location"].startswith("/sign-in"), path
    for path in ("/sign-in/password", "/sign-in/authenticator-app"):
        assert one.get(path).headers["Location"] == "/sign-in/code", "a later step cannot come before an earlier one"
    assert one.send("/sign-in/code", code="123456").status == 400


def test_a_code_lets_in_once_and_the_next_one_again(
    account: str, enrolled: tuple[str, list[str]], browser: Callable[[], Browser], clock: Clock
) -> None:
    secret, _ = enrolled
    clock.turn(seconds=60)
    code = totp.code_at(secret, totp.step_at(clock.at))
    first, second = browser(), browser()
    for one in (first, second):
        one.send("/sign-in", account=account, password=OWN)
    assert first.send("/sign-in/code", code=f"{code[:3]} {code[3:]}").status == 302
    assert second.send("/sign-in/code", code=code).status == 400
    clock.turn(seconds=30)
    assert second.send("/sign-in/code", code=totp.code_at(secret, totp.step_at(clock.at))).status == 302
    assert first.is_signed_in() and second.is_signed_in()


def test_a_recovery_code_lets_in_once_in_place_of_the_app(
    account: str, enrolled: tuple[str, list[str]], browser: Callable[[], Browser]
) -> None:
    _, codes = enrolled
    for expected in (302, 400):
        one = browser()
        one.send("/sign-in", account=account, password=OWN)
        assert one.send("/sign-in/code", code=codes[0].upper().replace("-", " ")).status == expected


def test_half_a_sign_in_is_forgotten_after_ten_minutes(
    account: str, enrolled: tuple[str, list[str]], browser: Callable[[], Browser], clock: Clock
) -> None:
    secret, _ = enrolled
    one = browser()
    one.send("/sign-in", account=account, password=OWN)
    clock.turn(minutes=10)
    answer = one.send("/sign-in/code", code=totp.code_at(secret, totp.step_at(clock.at)))
    assert answer.headers["Location"] == "/sign-in"
    assert not one.is_signed_in()


def test_a_session_that_no_completed_sign_in_opened_signs_nobody_in(account: str, clock: Clock) -> None:
    from django.contrib.auth.models import User
    from django.test import Client

    one = Client(SERVER_NAME="127.0.0.1")
    one.force_login(User.objects.get(username=account))
    assert one.get("/my-children").status_code == 302


def test_nothing_in_the_database_can_be_used_to_sign_in(
    site: Database, account: str, enrolled: tuple[str, list[str]], browser: Callable[[], Browser], clock: Clock
) -> None:
    secret, codes = enrolled
    clock.turn(minutes=1)
    one = browser()
    one.send("/sign-in", account=account, password=OWN)
    one.send("/sign-in/code", code=totp.code_at(secret, totp.step_at(clock.at)))
    key = one.client.cookies["keyworker-session"].value
    with site.connect(DatabaseRole.OWNER) as owner:
        tables = owner.execute("select tablename from pg_tables where schemaname = 'web'").fetchall()
        held = "\n".join(str(owner.execute(f"select * from web.{name}").fetchall()) for (name,) in tables)
    assert account in held
    for hidden in (secret, codes[0], codes[0].replace("-", ""), OWN, key):
        assert hidden not in held
    # A page reads the record, for which a secret is kept.
    one.client.get("/my-children")
    kept = [str(one) for one in _kept_in_sessions(site)]
    assert MadeUp().signed_in(account) in map(unseal, kept) and MadeUp().signed_in(account) not in kept


def _kept_in_sessions(site: Database) -> list[object]:
    """What each session of the pages keeps of the record, as whoever has the database reads it."""
    from keyworker.web.signing.sessions import SessionStore

    with site.connect(DatabaseRole.OWNER) as owner:
        rows = owner.execute("select session_data from web.open_session").fetchall()
    kept = [SessionStore().decode(data).get(shown.KEPT) for (data,) in rows]
    return [one[1] for one in kept if one]


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("short words", "at least 12"),
        ("a" * 129, "no more than 128"),
        ("ababababababab", "repeats a few"),
        ("Password2026!", "guessed first"),
        ("P4ssw0rd!!2026", "guessed first"),
        ("qwertyuiop123", "guessed first"),
        ("123456789012345", "guessed first"),
        ("ash.rowan-ash.rowan", "guessed first"),
        ("Testshire-Keyworker", "guessed first"),
    ],
)
def test_a_password_that_would_be_guessed_first_is_refused_in_words(password: str, says: str) -> None:
    assert says in fault_of(password, "ash.rowan", "Testshire County Council")


@pytest.mark.parametrize("password", [OWN, "åäö ñandú çok güzel", "correct horse battery staple", "x9-Zf!kq2Lm#v"])
def test_a_long_password_of_any_characters_will_do(password: str) -> None:
    assert fault_of(password, "ash.rowan", "Testshire County Council") == ""


def test_changing_a_password_asks_for_the_one_before_and_signs_out_everywhere_else(
    account: str, browser: Callable[[], Browser]
) -> None:
    here, elsewhere = browser(), browser()
    here.send("/sign-in", account=account, password=FIRST)
    here.send("/sign-in/password", new=OWN, again=OWN)
    elsewhere.send("/sign-in", account=account, password=OWN)
    assert here.is_signed_in() and elsewhere.is_signed_in()
    new = "another seven wooden lanterns"
    assert here.send("/my-sign-in/password", now="wrong", new=new, again=new).status == 400
    assert here.send("/my-sign-in/password", now=OWN, new=new, again="different").status == 400
    assert elsewhere.is_signed_in()
    assert here.send("/my-sign-in/password", now=OWN, new=new, again=new).status == 302
    assert here.is_signed_in() and not elsewhere.is_signed_in()
    assert browser().send("/sign-in", account=account, password=OWN).status == 400


def test_setting_an_app_up_later_asks_again_who_one_is_when_the_sign_in_is_old(
    account: str, browser: Callable[[], Browser], clock: Clock
) -> None:
    one = browser()
    one.send("/sign-in", account=account, password=FIRST)
    one.send("/sign-in/password", new=OWN, again=OWN)
    clock.turn(minutes=16)
    answer = one.get("/my-sign-in/authenticator-app")
    assert answer.headers["Location"] == "/my-sign-in/prove?next=%2Fmy-sign-in%2Fauthenticator-app"
    assert one.send("/my-sign-in/prove", password="wrong", next="/my-sign-in/authenticator-app").status == 400
    answer = one.send("/my-sign-in/prove", password=OWN, next="/my-sign-in/authenticator-app")
    assert answer.headers["Location"] == "/my-sign-in/authenticator-app"
    secret = letters_of(one.get("/my-sign-in/authenticator-app"))
    page = one.send("/my-sign-in/authenticator-app", code=totp.code_at(secret, totp.step_at(clock.at)))
    assert len(codes_of(page)) == 10
    assert "with a second factor" in one.get("/my-sign-in").words()
    assert "authenticator app set up" in one.get("/my-sign-in").words()


def test_a_new_password_and_signing_out_everywhere_end_sessions_of_commands_too(
    account: str, browser: Callable[[], Browser], source: MadeUp
) -> None:
    one = browser()
    one.send("/sign-in", account=account, password=FIRST)
    one.send("/sign-in/password", new=OWN, again=OWN)
    assert source.ended.count(f"every session of {account}") == 1
    one.send(
        "/my-sign-in/password", now=OWN, new="another seven wooden lanterns", again="another seven wooden lanterns"
    )
    assert source.ended.count(f"every session of {account}") == 2
    one.send("/my-sign-in/sign-out-elsewhere")
    assert source.ended.count(f"every session of {account}") == 3
    assert one.is_signed_in()


def test_a_reset_takes_lost_factors_away_ends_sessions_and_is_written_down_with_who_did_it(
    site: Database, account: str, enrolled: tuple[str, list[str]], browser: Callable[[], Browser], clock: Clock
) -> None:
    from keyworker.web.schema import OWNER, as_owner
    from keyworker.web.signing.keeping import Keeping

    secret, _ = enrolled
    clock.turn(minutes=1)
    one = browser()
    one.send("/sign-in", account=account, password=OWN)
    one.send("/sign-in/code", code=totp.code_at(secret, totp.step_at(clock.at)))
    assert one.is_signed_in()
    ended: list[str] = []
    with as_owner(site.conninfo(DatabaseRole.OWNER)):
        Keeping(OWNER, clock.at, ended.append).reset_alone(
            account, FIRST, "rowan, on the machine", "nobody else is here"
        )
    assert not one.is_signed_in()
    assert ended == [account]
    assert one.send("/sign-in", account=account, password=OWN).status == 400
    assert one.send("/sign-in", account=account, password=FIRST).headers["Location"] == "/sign-in/password"
    one.send("/sign-in/password", new=OWN, again=OWN)
    secret = letters_of(one.get("/sign-in/authenticator-app"))
    one.send("/sign-in/authenticator-app", code=totp.code_at(secret, totp.step_at(clock.at)))
    said = one.get("/my-sign-in").words()
    assert "set up anew by one person alone, since nobody else could agree, by rowan, on the machine" in said
    assert "why: nobody else is here" in said


def test_passkeys_are_offered_by_name_and_not_by_number(account: str, browser: Callable[[], Browser]) -> None:
    from django.test import Client

    assert browser().get("/sign-in/passkey").headers["Location"] == "/sign-in"
    named = Browser(Client(SERVER_NAME="localhost"))
    page = named.get("/sign-in/passkey")
    assert page.tree.xpath("//form[@data-passkey='show']/@data-options")
    assert page.tree.xpath("//script[@src='/static/passkey.js']")


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "null", '{"id": 1}', "not json", "[" * 5000, '{"id":"a","rawId":"a"}']
)
def test_an_answer_that_is_none_is_refused_in_words(account: str, clock: Clock, answer: str) -> None:
    from django.test import Client

    one = Browser(Client(SERVER_NAME="localhost"))
    one.get("/sign-in/passkey")
    page = one.send("/sign-in/passkey", answer=answer)
    assert page.status == 400 and "was not taken" in page.words()


def test_passwords_are_hashed_with_scrypt_of_64_megabytes_and_cheaper_hashes_are_made_anew(site: Database) -> None:
    from django.contrib.auth.hashers import ScryptPasswordHasher

    from keyworker.web.signing.hashing import CostlyScrypt

    made = CostlyScrypt().encode(OWN, "a-made-up-salt-of-some-length")
    decoded = CostlyScrypt().decode(made)
    # Memory is 128 bytes x block size x cost: RFC 7914, section 5.
    assert 128 * decoded["block_size"] * decoded["work_factor"] == 64 * 1024 * 1024
    assert CostlyScrypt().verify(OWN, made) and not CostlyScrypt().verify("another", made)
    cheap = ScryptPasswordHasher().encode(OWN, "a-made-up-salt-of-some-length")
    assert CostlyScrypt().verify(OWN, cheap) and CostlyScrypt().must_update(cheap)
    assert not CostlyScrypt().must_update(made)


def test_on_the_machine_a_person_shows_the_same_two_things_within_the_same_limits(
    account: str, enrolled: tuple[str, list[str]], clock: Clock
) -> None:
    from keyworker.web.signing import terminal

    secret, _ = enrolled
    assert terminal.needs_code(account) and terminal.needs_code("nobody-at-all")

    def prove(password: str, code: str) -> None:
        terminal.prove(account, password, code, clock.at, second_factor=True)

    clock.turn(minutes=1)
    code = totp.code_at(secret, totp.step_at(clock.at))
    prove(OWN, code)
    with pytest.raises(Refused, match="code is not right"):
        prove(OWN, code)
    for _ in range(5):
        with pytest.raises(Refused, match="do not fit together"):
            prove("wrong", "")
    clock.turn(seconds=30)
    with pytest.raises(Refused, match="too many tries"):
        prove(OWN, totp.code_at(secret, totp.step_at(clock.at)))
    clock.turn(minutes=1)
    prove(OWN, totp.code_at(secret, totp.step_at(clock.at)))


@pytest.mark.parametrize("second_factor", [True, False])
def test_on_the_machine_nobody_goes_round_what_the_pages_ask_at_first(
    account: str, clock: Clock, second_factor: bool
) -> None:
    from keyworker.web.signing import terminal

    with pytest.raises(Refused, match="not set up yet"):
        terminal.prove(account, FIRST, "", clock.at, second_factor=second_factor)


def test_the_demonstrations_password_lets_each_of_its_people_straight_in() -> None:
    from keyworker.cli.county import PASSWORD
    from keyworker.county.demo import ACCOUNTS

    council = "Keyworker demonstration county"
    assert {fault_of(PASSWORD, name, council) for name, _ in ACCOUNTS} == {""}
