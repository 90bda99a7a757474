"""Signing in by a council's own service, at a certified provider on loopback, and every answer that is not believed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings

from keyworker.record.connect import DatabaseRole
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.web import bound
from keyworker.web.signing.service import Service, service_from
from tests.servers.started import Database
from tests.web import provided
from tests.web.provided import CLIENT, SECRET, Provider
from tests.web.signed import Browser, Clock
from tests.web.source import MadeUp

BACK = "http://127.0.0.1/sign-in/council/back"
SET = {
    "KEYWORKER_OPENID_ISSUER": "https://sign-in.council.example",
    "KEYWORKER_OPENID_CLIENT": "keyworker",
    "KEYWORKER_OPENID_SECRET": "made-up",
}


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with provided.provider([BACK]) as running:
        yield running


@pytest.fixture
def clock(source: MadeUp) -> Clock:
    """The hour that it is: the provider has a clock of its own."""
    made = Clock(datetime.now(UTC))
    bound.bind(source, made)
    return made


@pytest.fixture
def service(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> Service:
    made = Service(provider.issuer, CLIENT, SECRET)
    monkeypatch.setattr(settings, "KEYWORKER_OPENID", made)
    return made


@pytest.fixture
def browser(clock: Clock, service: Service) -> Callable[[], Browser]:
    from django.test import Client

    return lambda: Browser(Client(SERVER_NAME="127.0.0.1", raise_request_exception=False))


@pytest.fixture(autouse=True)
def nobody_bound(site: Database) -> Iterator[None]:
    """Nobody who comes by the service has a sign-in here before a test, or after it."""

    def forget() -> None:
        with site.connect(DatabaseRole.OWNER, autocommit=True) as owner:
            for name in ("sandpiper", "late.joiner", "nobody.here"):
                owner.execute(
                    "delete from web.sign_in s using web.auth_user u where u.id = s.user_id and username = %s", [name]
                )
                owner.execute("delete from web.auth_user where username = %s", [name])

    forget()
    yield
    forget()


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def _sent(one: Browser, following: str = "") -> str:
    answer = one.get(f"/sign-in/council{following}")
    assert answer.status == 302
    return answer.headers["Location"]


def test_somebody_whom_the_service_knows_and_a_role_names_is_signed_in(
    provider: Provider, browser: Callable[[], Browser]
) -> None:
    one = browser()
    asked = parse_qs(urlsplit(_sent(one, "?next=/quality")).query)
    assert asked["code_challenge_method"] == ["S256"] and asked["response_type"] == ["code"]
    assert len(asked["state"][0]) > 40 and len(asked["nonce"][0]) > 40
    page = one.get(_path(provider.answer(_sent(one, "?next=/quality"), "s-100")))
    assert "You are signed in" in page.words()
    assert page.tree.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=/quality"]
    assert one.get("/my-children").status == 200
    own = one.get("/my-sign-in").words()
    assert "by the council's sign-in service" in own and "are kept there, not here" in own
    assert one.get("/my-sign-in/password").status == 302, "there is no password here to change"


def test_an_account_that_no_role_names_is_refused_in_words_and_no_sign_in_is_made(
    provider: Provider, browser: Callable[[], Browser], source: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.contrib.auth.models import User

    def no_role(*_: object) -> None:
        raise Refused("This sign-in holds no role today, so no page is open to it.", remedy="Ask the analyst.")

    monkeypatch.setattr(source, "visitor", no_role)
    one = browser()
    page = one.get(_path(provider.answer(_sent(one), "s-200")))
    assert page.status == 403
    assert "knows you, and Keyworker lets you in no further. This sign-in holds no role today" in page.words()
    assert not one.is_signed_in()
    assert not User.objects.filter(username="nobody.here").exists()


def test_a_sign_in_with_a_password_here_is_not_taken_over_by_the_service(
    provider: Provider, browser: Callable[[], Browser]
) -> None:
    one = browser()
    page = one.get(_path(provider.answer(_sent(one), "s-400")))
    assert page.status == 403 and "signs in with a password here" in page.words()
    assert not one.is_signed_in()


def test_an_account_stays_with_the_person_whom_the_service_first_meant(
    provider: Provider, browser: Callable[[], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = browser()
    first.get(_path(provider.answer(_sent(first), "s-500")))
    assert first.is_signed_in()
    from keyworker.web.signing.models import State

    State.objects.filter(user__username="late.joiner").update(subject="s-somebody-before")
    second = browser()
    page = second.get(_path(provider.answer(_sent(second), "s-500")))
    assert page.status == 403 and "somebody else’s" in page.words()
    assert not second.is_signed_in()


def test_an_answer_works_once_and_only_in_the_browser_that_asked(
    provider: Provider, browser: Callable[[], Browser]
) -> None:
    asker, other = browser(), browser()
    answer = _path(provider.answer(_sent(asker), "s-100"))
    assert "did not set out from here" in other.get(answer).words()
    _sent(other)
    assert "not to what this browser asked" in other.get(answer).words()
    assert asker.get(answer).status == 200
    assert asker.is_signed_in()
    again = browser()
    _sent(again)
    again.client.cookies["keyworker-going"] = asker.client.cookies["keyworker-going"].value
    assert again.get(answer).status == 403
    assert not again.is_signed_in() and not other.is_signed_in()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ((r"state=[^&]+", "state=another"), "not to what this browser asked"),
        ((r"code=[^&]+", "code=made-up"), "answered 400"),
        ((r"iss=[^&]+", "iss=https%3A%2F%2Felsewhere.example"), "another sign-in service"),
        ((r"code=[^&]+", "error=access_denied"), "let nobody in"),
    ],
)
def test_an_answer_that_was_changed_on_the_way_is_not_believed(
    provider: Provider, browser: Callable[[], Browser], changed: tuple[str, str], says: str
) -> None:
    one = browser()
    answer = re.sub(*changed, _path(provider.answer(_sent(one), "s-100")))
    page = one.get(answer)
    assert page.status == 403 and says in page.words()
    assert not one.is_signed_in()


@pytest.mark.parametrize("what", ["client", "clock", "nonce", "verifier"])
def test_a_token_for_another_program_another_question_or_another_time_is_not_believed(
    provider: Provider,
    browser: Callable[[], Browser],
    service: Service,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
) -> None:
    from django.core import signing

    from keyworker.web.signing import openid
    from keyworker.web.views.openid import SALT

    one = browser()
    answer = _path(provider.answer(_sent(one), "s-100"))
    if what == "client":
        claims = openid._claims
        monkeypatch.setattr(
            openid, "_claims", lambda client, known, *rest: claims(client, replace(known, client="another"), *rest)
        )
    elif what == "clock":
        clock.turn(hours=2)
    else:
        held = signing.loads(one.client.cookies["keyworker-going"].value, salt=SALT)
        one.client.cookies["keyworker-going"] = signing.dumps(held | {what: "x" * 64}, salt=SALT)
    page = one.get(answer)
    assert page.status == 403
    assert ("cannot be believed" in page.words()) or (what == "verifier" and "answered 400" in page.words())
    assert not one.is_signed_in()


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_that_these_pages_could_have_signed_is_not_believed(
    provider: Provider, browser: Callable[[], Browser], monkeypatch: pytest.MonkeyPatch, algorithm: str
) -> None:
    import base64
    import hashlib
    import hmac
    import json

    from keyworker.web.signing import openid

    tokens = openid._tokens

    def part(said: bytes) -> str:
        return base64.urlsafe_b64encode(said).rstrip(b"=").decode()

    def forged(*given: object) -> dict[str, object]:
        true = dict(tokens(*given))  # type: ignore[arg-type]
        body = str(true["id_token"]).split(".")[1]
        signed = f"{part(json.dumps({'alg': algorithm}).encode())}.{body}"
        mark = part(hmac.digest(SECRET.encode(), signed.encode(), hashlib.sha256)) if algorithm == "HS256" else ""
        return true | {"id_token": f"{signed}.{mark}"}

    monkeypatch.setattr(openid, "_tokens", forged)
    one = browser()
    page = one.get(_path(provider.answer(_sent(one), "s-100")))
    assert page.status == 403
    assert "cannot be believed" in page.words()


def test_a_service_that_does_not_answer_says_so(
    browser: Callable[[], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "KEYWORKER_OPENID", Service("http://127.0.0.1:9", CLIENT, SECRET))
    page = browser().get("/sign-in/council")
    assert page.status == 403 and "does not answer" in page.words()


def test_the_cookie_of_the_journey_is_short_and_out_of_reach_of_scripts(browser: Callable[[], Browser]) -> None:
    one = browser()
    _sent(one)
    cookie = one.client.cookies["keyworker-going"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and int(cookie["max-age"]) == 600


def test_without_a_service_there_is_no_such_page(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.test import Client

    monkeypatch.setattr(settings, "KEYWORKER_OPENID", None)
    one = Browser(Client(SERVER_NAME="127.0.0.1"))
    assert one.get("/sign-in/council").status == one.get("/sign-in/council/back").status == 404
    assert "council account" not in one.get("/sign-in").words()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"KEYWORKER_OPENID_SECRET": ""}, "only a part"),
        ({"KEYWORKER_OPENID_ISSUER": "http://sign-in.council.example"}, "must begin with https"),
        ({"KEYWORKER_OPENID_SECRET": "", "KEYWORKER_OPENID_SECRET_FILE": "/no/such/file"}, "cannot be read"),
    ],
)
def test_a_service_that_is_half_set_is_refused_in_words(changed: dict[str, str], words: str) -> None:
    with pytest.raises(KeyworkerError, match=words):
        service_from(SET | changed)


def test_a_services_secret_may_be_in_a_file_and_is_never_shown(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("made-up-and-in-a-file\n")
    said = SET | {"KEYWORKER_OPENID_SECRET": "", "KEYWORKER_OPENID_SECRET_FILE": str(tmp_path / "secret")}
    made = service_from(said)
    assert made is not None and made.secret == "made-up-and-in-a-file"
    assert "made-up-and-in-a-file" not in repr(made)
    assert service_from({}) is None


def test_the_clocks_of_the_two_may_differ_by_a_minute(
    provider: Provider, browser: Callable[[], Browser], clock: Clock
) -> None:
    one = browser()
    answer = _path(provider.answer(_sent(one), "s-100"))
    clock.at -= timedelta(seconds=50)
    page = one.get(answer)
    assert page.status == 200, page.words()
