"""Tokens: made and shown once, kept as a digest, ended by a person, by their day, with a sign-in, with their owner."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from keyworker.access import Thing
from keyworker.cli import app
from keyworker.record.connect import DatabaseRole
from keyworker.record.sessions import end_sessions_of
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.web import bound, entry
from keyworker.web.api.uses import Doing, Use
from tests.access.made import NOW
from tests.servers.started import Database
from tests.web import fictional as made_up
from tests.web.api.conftest import operations
from tests.web.opened import PASSWORD
from tests.web.signed import Browser
from tests.web.source import MadeUp

READ_CHILDREN = frozenset({Use(Doing.READ, Thing.CHILDREN)})


def _made(account: str = "director", owner: str = "", days: int = 30) -> tuple[str, str]:
    from keyworker.web.api import tokens

    wanted = tokens.Wanted(account, owner or account, "A test", READ_CHILDREN, timedelta(days=days))
    secret, kept = tokens.make(wanted, bound.now(), "a test")
    return secret, kept.ref


def _children(secret: str, **headers: str) -> int:
    from django.test import Client

    sent = {"Authorization": f"Bearer {secret}", "Keyworker-Purpose": "management"} | headers
    return Client(SERVER_NAME="127.0.0.1").get("/api/v1/children", headers=sent).status_code


def test_only_the_digest_of_a_token_is_kept(api: Database, site: Database) -> None:
    secret, _ = _made()
    with site.connect(DatabaseRole.OWNER) as owner:
        (kept,) = owner.execute("select string_agg(t::text, ' ') from web.api_token t").fetchone()  # type: ignore[misc]
    assert len(secret) > 40
    assert secret not in kept and secret.removeprefix("kw_") not in kept


def test_no_token_a_forged_one_and_a_cookie_open_nothing(api: Database) -> None:
    from django.test import Client

    assert _children("kw_forged") == 401
    answer = Client(SERVER_NAME="127.0.0.1").get("/api/v1/children")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


def test_no_operation_opens_without_a_token_or_to_a_forged_one(api: Database) -> None:
    from django.test import Client

    client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
    opened = [
        (one.method, one.path)
        for one in operations()
        for sent in ({}, {"Authorization": "Bearer kw_forged"})
        if client.generic(one.method, one.filled(handle="x" * 22), "{}", "application/json", headers=sent).status_code
        != 401
    ]
    assert len(operations()) > 100 and opened == []


def test_a_token_in_an_address_opens_nothing(api: Database) -> None:
    from django.test import Client

    secret, _ = _made()
    answer = Client(SERVER_NAME="127.0.0.1").get(f"/api/v1/children?token={secret}&access_token={secret}")
    assert answer.status_code == 401


def test_a_token_opens_nothing_from_the_instant_at_which_it_expires(api: Database, service: Database) -> None:
    secret, _ = _made(days=1)
    assert _children(secret) == 200
    source = bound.source()
    bound.bind(source, lambda: NOW + timedelta(hours=24) - timedelta(seconds=1))
    assert _children(secret) == 200
    bound.bind(source, lambda: NOW + timedelta(hours=24))
    assert _children(secret) == 401


def test_a_token_that_was_ended_opens_nothing(api: Database) -> None:
    from keyworker.web.api import tokens

    secret, ref = _made()
    assert _children(secret) == 200
    tokens.end([one for one in tokens.of_person("director") if one.ref == ref], NOW, "director")
    assert _children(secret) == 401


def test_signing_out_everywhere_ends_the_sessions_of_a_token_and_the_next_request_opens_one_anew(
    api: Database, service: Database
) -> None:
    secret, _ = _made()
    assert _children(secret) == 200
    with service.connect(DatabaseRole.DOOR, autocommit=True) as door:
        assert end_sessions_of(door, "director") >= 1
    assert _children(secret) == 200


def test_a_token_asks_as_its_account_does_today_so_one_without_a_role_sees_nothing(api: Database) -> None:
    secret, _ = _made("nobody.here")
    assert _children(secret) == 403


def test_a_systems_token_opens_nothing_once_its_owner_holds_no_role(api: Database) -> None:
    secret, _ = _made("director", owner="long.gone")
    assert _children(secret) == 403
    secret, _ = _made("director", owner="team.manager")
    assert _children(secret) == 200


def test_closing_a_sign_in_ends_the_tokens_that_ask_as_it_or_for_which_it_answers(
    api: Database, site: Database
) -> None:
    from django.contrib.auth.models import User

    from keyworker.web.schema import OWNER, as_owner
    from keyworker.web.signing.keeping import Keeping

    address = site.conninfo(DatabaseRole.OWNER)
    entry.make_sign_ins(address, [entry.SignIn("team.manager", PASSWORD)])
    own, _ = _made("team.manager")
    for_system, _ = _made("director", owner="team.manager")
    assert _children(own) == _children(for_system) == 200
    with as_owner(address):
        Keeping(OWNER, NOW, lambda _: None).close("team.manager", "a test")
    ended = [_children(own), _children(for_system)]
    with as_owner(address):  # the site is that of every test of pages
        User.objects.db_manager(OWNER).filter(username="team.manager").delete()
    assert ended == [401, 401]


def test_one_token_that_asks_too_fast_is_told_when_to_ask_again_and_others_go_on(api: Database) -> None:
    from django.test import Client

    from keyworker.web.api.admission import refill

    refill(lambda: 0.0)  # no time goes by
    hasty, calm = _made()[0], _made()[0]
    client = Client(SERVER_NAME="127.0.0.1")
    asked = [client.get("/api/v1/token", headers={"Authorization": f"Bearer {hasty}"}) for _ in range(121)]
    assert [one.status_code for one in asked] == [200] * 120 + [429]
    late = asked[-1]
    assert int(late.headers["Retry-After"]) >= 1
    assert late.headers["Content-Type"] == "application/problem+json"
    assert client.get("/api/v1/token", headers={"Authorization": f"Bearer {calm}"}).json()["account"] == "director"


@pytest.fixture
def keeper(site: Database, service: Database, api: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[CliRunner]:
    """Commands on the machine, with the pages' tables where the site has them and the record of these tests."""
    from contextlib import contextmanager

    import psycopg

    from keyworker.web.api.keeping import TokensKept
    from keyworker.web.schema import OWNER, as_owner

    @contextmanager
    def kept() -> Iterator[TokensKept]:
        address = site.conninfo(DatabaseRole.OWNER)
        with as_owner(address), psycopg.connect(service.conninfo(DatabaseRole.SERVICE), autocommit=True) as connection:
            yield TokensKept(OWNER, NOW, connection)

    monkeypatch.setattr(entry, "tokens_kept", kept)
    entry.make_sign_ins(site.conninfo(DatabaseRole.OWNER), [entry.SignIn("head.of.service", PASSWORD)])
    yield CliRunner()


def test_the_keeper_makes_no_token_that_asks_as_a_person(keeper: CliRunner) -> None:
    """Every account of the made-up service belongs to Pat, but for those without a role."""
    asked = ["tokens", "add", "director", "--owner", "head.of.service", "--name", "Figures", "--for", "read: measures"]
    answer = keeper.invoke(app, asked)
    assert isinstance(answer.exception, Refused)
    assert "person" in str(answer.exception)
    answer = keeper.invoke(app, ["tokens", "add", "nobody.here", *asked[3:]])
    assert isinstance(answer.exception, KeyworkerError) and "no role" in str(answer.exception)


def test_a_token_is_listed_without_its_secret_and_ended_by_command(
    keeper: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    secret, ref = _made()
    said = keeper.invoke(app, ["tokens", "list"], catch_exceptions=False).output
    assert ref in said and secret not in said
    assert "Ended" in keeper.invoke(app, ["tokens", "end", ref], catch_exceptions=False).output
    assert _children(secret) == 401
    assert isinstance(keeper.invoke(app, ["tokens", "end", ref]).exception, KeyworkerError)


PAGE = "/my-sign-in/tokens"
FORM = {"step": "make", "name": "Evening figures", "days": "30", "uses": "read: a list of children"}


@pytest.fixture
def browser(source: MadeUp) -> Browser:
    """A browser in which Sorrel has just signed in."""
    from django.test import Client

    one = Browser(Client(SERVER_NAME="127.0.0.1", raise_request_exception=False))
    assert one.send("/sign-in", account="sorrel", password=PASSWORD).status == 302
    return one


def test_a_person_makes_a_token_on_their_page_sees_it_once_and_ends_it(browser: Browser) -> None:
    assert browser.get(PAGE).tree.xpath("//input[@name='uses'][@value='read: a list of children']")
    made = browser.send(PAGE, **FORM)
    (secret,) = made.tree.xpath("//code/text()")
    assert secret.startswith("kw_")
    again = browser.get(PAGE)
    assert secret not in again.text and "Evening figures" in again.text
    (ref,) = again.tree.xpath("//input[@name='token']/@value")
    assert browser.send(PAGE, step="end", token=ref).status == 302
    assert "no longer open" in browser.get(PAGE).words()


def test_a_token_is_made_only_by_somebody_who_showed_a_little_while_ago_who_they_are(
    browser: Browser, source: MadeUp
) -> None:
    bound.bind(source, lambda: made_up.NOW + timedelta(minutes=16))
    page = browser.send(PAGE, **FORM)
    assert page.status == 302 and "/prove?" in page.headers["Location"]


def test_nobody_ends_anothers_token_nor_makes_one_for_what_is_closed_to_them(browser: Browser) -> None:
    from keyworker.web.api import tokens

    _, ref = _made("ash")
    browser.send(PAGE, step="end", token=ref)
    assert [one.ended_at for one in tokens.of_person("ash") if one.ref == ref] == [None]
    page = browser.send(PAGE, **FORM | {"uses": "read: the access log"})
    assert page.status == 400 and "kw_" not in page.text


@pytest.mark.parametrize("wrong", [{"name": "x"}, {"days": "4000"}, {"days": "-1"}, {"uses": ""}])
def test_what_is_wrong_with_a_wanted_token_is_said_and_none_is_made(browser: Browser, wrong: dict[str, str]) -> None:
    page = browser.send(PAGE, **FORM | wrong)
    assert page.status == 400
    assert page.tree.xpath("//*[@role='alert']") and "kw_" not in page.text
