"""What the pages show to an attacker: headers on every answer, cookies, one way to send a file, TLS where it is shared.

Every address is found by itself, so that a new one is held to the same.
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver, resolve, reverse

from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.web import doors, entry, guards, site
from keyworker.web.signing.policy import Policy, policy_from
from keyworker.web.signing.secret import secret_of
from tests.servers.started import Database
from tests.web.conftest import FORM, Page

Fetch = Callable[..., Page]
WEB = Path(guards.__file__).parent
ADDRESS, PROXY = "https://keyworker.council.example", "10.0.0.5"
SHARED = {"KEYWORKER_ADDRESS": ADDRESS, "KEYWORKER_PROXY": PROXY}
FILLED = {"handle": f"ch{1:022}", "load": 1, "entry": 1}


def _addresses() -> list[str]:
    """Every address, filled in with anything at all."""
    patterns = get_resolver().url_patterns
    return [
        reverse(one.name, kwargs={name: FILLED.get(name, "anything") for name in one.pattern.converters})
        for one in patterns
    ]


def _check_headers(headers: dict[str, str]) -> None:
    # The web framework must be set up before its views are.
    from keyworker.web.views.direct_work import SEALED_OFF

    shut_off = SEALED_OFF.rpartition("; ")[2]
    parts = (part.partition(" ") for part in headers["Content-Security-Policy"].split("; "))
    policy = {name: whence for name, _, whence in parts}
    assert policy.pop(shut_off, "") == "", "what a policy shuts off is allowed nothing"
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert set(policy.values()) <= {"'none'", "'self'"}, "nothing from elsewhere, nothing inline"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("account", ["sorrel", "refused", "broken", "faulty", ""])
def test_every_answer_of_every_address_has_the_strict_headers_also_when_it_refuses_or_fails(
    client: Fetch, account: str
) -> None:
    addresses = [*_addresses(), "/no-such-page"]
    assert len(addresses) > 70
    for path in addresses:
        for data in (None, {"anything": "at all"}):
            page = client(path, account=account, data=data)
            _check_headers(page.headers)
            kind = page.headers["Content-Type"]
            assert "charset=utf-8" in kind or not kind.startswith("text/"), path
            kept = page.headers["Cache-Control"]
            assert kept == "no-store" or path == "/theme.css", path


def test_a_program_that_asks_another_host_is_told_so_as_every_other_problem(client: Fetch) -> None:
    page = client("/api/v1/children", HTTP_HOST="elsewhere.example")
    assert (page.status, page.headers["Content-Type"]) == (400, "application/problem+json")
    _check_headers(page.headers)


def test_a_request_for_another_host_or_without_a_form_has_them_too(client: Fetch) -> None:
    for page in (client("/", HTTP_HOST="elsewhere.example"), _sent(b"{}", "application/json")):
        assert page.status in (400, 415)
        _check_headers(page.headers)


def test_no_address_but_the_one_that_asks_for_it_takes_a_file_and_none_anything_but_a_form(client: Fetch) -> None:
    assert len(doors.UPLOADS) == 1
    for path in _addresses():
        for body, kind in ((b"--x\r\n", "multipart/form-data; boundary=x"), (b"{}", "application/json"), (b"x", "")):
            takes_it = kind.startswith("multipart") and resolve(path).url_name in doors.UPLOADS
            assert (_sent(body, kind, path).status == 415) is not takes_it, path


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "PROPFIND"])
def test_no_other_kind_of_request_is_looked_at(client: Fetch, method: str) -> None:
    from django.test import Client

    assert Client(SERVER_NAME="127.0.0.1").generic(method, "/my-children").status_code == 405


def test_one_form_alone_offers_to_send_a_file_and_one_view_alone_reads_it() -> None:
    templates = {one.name: one.read_text() for one in (WEB / "templates").rglob("*.html")}
    views = {str(one.relative_to(WEB)): one.read_text() for one in WEB.rglob("*.py")}
    assert len(templates) > 30 and len(views) > 60
    assert [name for name, one in templates.items() if "multipart/form-data" in one] == ["direct-work-new.html"]
    assert [name for name, one in templates.items() if 'type="file"' in one] == ["question.html"]
    assert [name for name, one in views.items() if "request.FILES" in one] == ["views/direct_work.py"]


def test_no_page_is_kept_from_the_check_that_a_form_is_its_own() -> None:
    views = "".join(one.read_text() for one in WEB.rglob("*.py"))
    assert "csrf_exempt" not in views
    assert "django.middleware.csrf.CsrfViewMiddleware" in settings.MIDDLEWARE


def test_a_form_that_is_too_large_is_refused_before_it_is_read(client: Fetch) -> None:
    assert client("/sign-in", account="", data={"account": "x" * 300_000, "password": "y"}).status == 400
    assert client("/sign-in", account="", data={f"field{n}": "x" for n in range(200)}).status == 400


def test_a_form_without_its_own_mark_is_refused(site: Database, client: Fetch) -> None:
    from django.test import Client

    strict = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    assert strict.post("/sign-in", "account=ash&password=wrong", FORM).status_code == 403
    assert strict.post("/sign-out", "sent=yes", FORM).status_code == 403


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(client: Fetch, site: Database) -> None:
    from django.contrib.auth.models import User
    from django.test import Client

    one = Client(SERVER_NAME="127.0.0.1")
    one.get("/sign-in")
    one.post("/sign-in", "account=ash&password=an-obviously-made-up-password", FORM)
    assert User.objects.filter(username="ash").exists()
    for name in ("keyworker-session", "keyworker-form"):
        assert one.cookies[name]["httponly"] and one.cookies[name]["samesite"] == "Strict"
        assert not one.cookies[name]["domain"]


def test_shared_pages_have_cookies_that_only_their_own_host_over_tls_carries() -> None:
    kept = site.shared(policy_from(SHARED))
    assert kept["SESSION_COOKIE_NAME"].startswith("__Host-") and kept["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert kept["SESSION_COOKIE_SECURE"] and kept["CSRF_COOKIE_SECURE"]
    assert kept["ALLOWED_HOSTS"] == ["keyworker.council.example"]
    assert "SESSION_COOKIE_DOMAIN" not in kept and "SESSION_COOKIE_PATH" not in site.FIXED


def test_shared_pages_answer_only_by_tls_and_say_so_to_browsers(client: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "KEYWORKER_SIGN_IN", replace(settings.KEYWORKER_SIGN_IN, address=ADDRESS))
    from django.test import Client

    one = Client(SERVER_NAME="127.0.0.1")
    assert one.get("/sign-in").status_code == 400
    answer = one.get("/sign-in", secure=True)
    assert answer.status_code == 200
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "not for sharing" not in answer.content.decode()


def test_the_proxys_word_is_taken_and_nobody_elses() -> None:
    alone, shared = entry.trusted(Policy()), entry.trusted(policy_from(SHARED))
    assert "trusted_proxy" not in alone
    assert shared["trusted_proxy"] == PROXY and shared["clear_untrusted_proxy_headers"]


def test_another_machine_is_served_only_with_an_address_a_proxy_and_a_second_factor() -> None:
    entry.refuse_far("10.0.0.7", policy_from(SHARED))
    with pytest.raises(Refused, match="this machine alone"):
        entry.refuse_far("10.0.0.7", policy_from({}))
    with pytest.raises(Refused, match="password alone"):
        policy_from({**SHARED, "KEYWORKER_SECOND_FACTOR": "optional"})


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"KEYWORKER_ADDRESS": ADDRESS}, "go together"),
        ({**SHARED, "KEYWORKER_ADDRESS": "http://keyworker.council.example"}, "must begin with https"),
        ({**SHARED, "KEYWORKER_ADDRESS": f"{ADDRESS}/pages"}, "must begin with https"),
        ({**SHARED, "KEYWORKER_PROXY": "everybody"}, "the one address"),
        ({"KEYWORKER_SECOND_FACTOR": "sometimes"}, "means nothing"),
        ({"KEYWORKER_SESSION_IDLE_MINUTES": "0"}, "whole number"),
        ({"KEYWORKER_SESSION_IDLE_MINUTES": "99999"}, "whole number"),
        ({"KEYWORKER_SESSION_HOURS": "eight"}, "whole number"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_in_words(said: dict[str, str], words: str) -> None:
    with pytest.raises(KeyworkerError, match=words):
        policy_from(said)


def test_without_a_word_from_the_machine_everything_is_asked() -> None:
    assert policy_from({}) == Policy()
    assert Policy().second_factor and not Policy().is_shared


def test_the_pages_secret_is_kept_to_its_owner_and_stays_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = secret_of(tmp_path)
    assert secret_of(tmp_path) == first and len(first) >= 48
    kept = tmp_path / "pages.secret"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    kept.chmod(0o644)
    with pytest.raises(KeyworkerError, match="Others may read"):
        secret_of(tmp_path)
    given = tmp_path / "given"
    given.write_text("short")
    given.chmod(0o600)
    monkeypatch.setenv("KEYWORKER_SECRET_FILE", str(given))
    with pytest.raises(KeyworkerError, match="shorter than 32"):
        secret_of(tmp_path)
    given.write_text("a made-up secret of more than thirty-two letters\n")
    assert secret_of(tmp_path) == "a made-up secret of more than thirty-two letters"


def _sent(body: bytes, kind: str, path: str = "/sign-in") -> Page:
    from django.test import Client

    answer = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False).generic("POST", path, body, kind)
    return Page(answer.status_code, answer.content.decode(), None, dict(answer.headers))
