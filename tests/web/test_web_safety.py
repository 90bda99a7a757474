"""Signing in, being refused, faults, headers, hosts and logs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.web import entry
from tests.servers.started import Database
from tests.web.conftest import Page
from tests.web.opened import PASSWORD
from tests.web.source import MadeUp

Fetch = Callable[..., Page]


def test_nobody_sees_a_page_without_signing_in_and_comes_back_to_it_afterwards(client: Fetch) -> None:
    answer = client("/my-children", account="")
    assert answer.status == 302
    assert answer.headers["Location"] == "/sign-in?next=/my-children"
    answer = client("/sign-in", account="", data={"account": "ash", "password": PASSWORD, "next": "/quality"})
    assert (answer.status, answer.headers["Location"]) == (302, "/quality")


def test_signing_in_never_leads_to_another_site(client: Fetch) -> None:
    data = {"account": "ash", "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert client("/sign-in", account="", data=data).headers["Location"] == "/"


@pytest.mark.parametrize("account", ["ash", "nobody-at-all"])
def test_a_wrong_password_and_an_unknown_name_look_the_same_and_keep_what_was_typed(
    client: Fetch, account: str
) -> None:
    page = client("/sign-in", account="", data={"account": account, "password": "wrong"})
    assert page.status == 400
    assert "The sign-in name and password do not fit together" in page.words()
    assert page.tree.xpath("//input[@id='account']/@value") == [account]


def test_a_refusal_says_why_and_whom_to_ask(client: Fetch) -> None:
    page = client("/my-children", account="refused")
    assert page.status == 403
    assert "Ask the analyst who keeps the roles" in page.words()
    assert "Nothing in the record has changed" in page.words()


def test_a_record_that_does_not_answer_says_so(client: Fetch) -> None:
    page = client("/my-children", account="broken")
    assert page.status == 503
    assert "Try again in a minute" in page.words()


def test_a_database_that_is_gone_is_said_in_words_before_anybody_is_known(
    source: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    browser = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
    browser.cookies[settings.SESSION_COOKIE_NAME] = "made-up-" * 4
    connection.close()
    with monkeypatch.context() as gone:
        gone.setitem(connection.settings_dict, "HOST", "/no/such/place")
        page = browser.get("/my-children")
        told = browser.get("/api/v1/children", headers={"Authorization": "Bearer kw_made-up"})
    assert (page.status_code, page["Retry-After"]) == (503, "60")
    assert "Try again in a minute" in page.content.decode()
    assert "nothing is written down twice" in page.content.decode()
    assert (told.status_code, told["Retry-After"]) == (503, "60")
    assert told.json()["title"] == "The record does not answer"


def test_a_child_nobody_knows_is_not_found_in_plain_words(client: Fetch) -> None:
    page = client("/child/nobody-knows-this-one")
    assert page.status == 404
    assert "No child is known by that name" in page.words()


def test_a_fault_shows_words_and_the_log_holds_neither_values_nor_paths(
    client: Fetch, caplog: pytest.LogCaptureFixture
) -> None:
    page = client("/my-children?at=2026-03-01", account="faulty")
    assert page.status == 500
    assert "fault in Keyworker, not something that you did" in page.words()
    logged = caplog.text
    assert "my-children" in logged
    assert "Testwood" not in logged
    assert "2026-03-01" not in logged


@pytest.mark.parametrize("path", ["/no-such-page", "/child/short", "/child/ch0000000000000000000001/nothing.csv"])
def test_an_address_that_leads_nowhere_says_what_to_do(client: Fetch, path: str) -> None:
    page = client(path)
    assert page.status == 404
    assert "start from the first page" in page.words()


def test_a_request_for_another_host_is_refused(client: Fetch) -> None:
    assert client("/my-children", HTTP_HOST="elsewhere.example").status == 400


def test_every_answer_forbids_what_is_inline_and_what_is_elsewhere(client: Fetch) -> None:
    headers = client("/my-children").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Frame-Options"] == "DENY"


def test_a_list_downloads_as_csv_and_says_as_at_when_and_from_where(client: Fetch) -> None:
    page = client("/my-children/lead.csv?at=2026-11-01")
    assert page.headers["Content-Type"].startswith("text/csv")
    assert "As at 1 November 2026, as best known now" in page.text
    assert "http://127.0.0.1/my-children/lead.csv?at=2026-11-01" in page.text
    assert "Gorse Testwood" in page.text


def test_no_file_is_named_after_a_child(client: Fetch) -> None:
    name = client(f"/child/ch{1:022}/visits.csv").headers["Content-Disposition"]
    assert "Testwood" not in name and "ch0000" not in name


def test_each_reading_has_a_purpose(client: Fetch, source: MadeUp) -> None:
    of_pages = []
    for path in ("/my-children", f"/child/ch{1:022}", "/team", "/service", "/loads", "/meaning", "/quality"):
        before = len(source.purposes)
        client(path)
        of_pages.append(frozenset(source.purposes[before:]))
    assert all(of_pages)
    assert len(set(of_pages)) == 7, "each page reads for purposes of its own"


def test_a_page_known_then_also_asks_what_has_been_learnt_since(client: Fetch, source: MadeUp) -> None:
    client(f"/child/ch{1:022}?at=2026-02-20&known=2025-10-10")
    known = [moment.known_at is not None for what, moment in source.calls if what == "child"]
    assert known == [True, False]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "keyworker.example"])
def test_no_address_that_another_machine_could_reach_is_served(host: str, site: Database) -> None:
    with pytest.raises(Refused, match="this machine alone"):
        entry.serve(0, host=host)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_this_machines_own_addresses_are_served(host: str) -> None:
    entry.refuse_far(host, entry.Policy())


def test_a_councils_colour_must_be_one_that_white_words_can_be_read_on() -> None:
    entry.Council("Testshire", "#004b50")
    with pytest.raises(KeyworkerError, match="cannot be read"):
        entry.Council("Testshire", "#ffdd00")
    with pytest.raises(KeyworkerError, match="must look like"):
        entry.Council("Testshire", "teal")


def test_preparing_twice_changes_nothing_and_the_pages_cannot_change_a_schema(site: Database) -> None:
    import psycopg

    from keyworker.record.connect import DatabaseRole

    owner = site.conninfo(DatabaseRole.OWNER)
    entry.prepare(owner)
    assert entry.make_sign_ins(owner, [entry.SignIn("ash", "another-password")]) == 0
    with site.connect(DatabaseRole.APPLICATION) as pages, pytest.raises(psycopg.errors.InsufficientPrivilege):
        pages.execute("create table web.anything ()")
