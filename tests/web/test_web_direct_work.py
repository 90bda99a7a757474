"""Direct work on the pages: from a visit, the list, the file that is sent and the one that is opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from lxml import html

from keyworker.intake.attached import MOST_BYTES
from tests.web.conftest import Page
from tests.web.made_direct_work import DRAWN, WORK, picture
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
CHILD = f"/child/ch{1:022}"
LIST = f"{CHILD}/direct-work"
VISIT = f"{CHILD}/visits/{'d' * 32}-1"
NEW = f"{VISIT}/direct-work"
SAID = {
    "work_id": "e" * 32,
    "kind": "drawing",
    "purpose": "To say what home is like.",
    "agreement": "shown",
    "agreed_on": "2026-11-20",
}


@pytest.fixture
def send(client: Fetch) -> Callable[..., Any]:
    """Send the form with a file, as a browser does."""
    from django.contrib.auth.models import User
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from tests.web.conftest import sign_in

    browser = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
    sign_in(browser, User.objects.get(username="sorrel"))

    def post(path: str, content: bytes, name: str = "child-name.png", **said: str) -> Any:
        return browser.post(path, {**said, "file": SimpleUploadedFile(name, content, "text/html")})

    return post


def test_a_visit_and_the_child_lead_there_for_whoever_works_with_the_child(client: Fetch, source: MadeUp) -> None:
    assert LIST in client(CHILD).tree.xpath("//main//a/@href") and NEW in client(VISIT).tree.xpath("//main//a/@href")
    source.may_decide = False
    assert LIST not in client(CHILD).tree.xpath("//main//a/@href")
    assert {client(path).status for path in (LIST, NEW, f"{LIST}/{DRAWN.work_id}/open")} == {403}


def test_a_file_is_sent_by_the_form_alone_and_its_name_counts_for_nothing(
    send: Callable[..., Any], source: MadeUp
) -> None:
    done = send(NEW, picture(), **SAID)
    assert (done.status_code, done.headers["Location"]) == (302, LIST)
    ((visit, wanted),) = source.written
    assert visit == f"{'d' * 32}-1" and wanted.content == picture()
    assert (wanted.kind, wanted.agreement, wanted.agreed_on) == ("drawing", "shown", date(2026, 11, 20))
    for path in (f"{CHILD}/own-words/new", f"{VISIT}/withdraw", "/find"):
        assert send(path, picture(), **SAID).status_code == 415, "no other address takes a file"


def test_what_cannot_be_kept_is_refused_beside_its_field_and_what_was_typed_stays(
    send: Callable[..., Any], source: MadeUp
) -> None:
    refused = send(NEW, b"<script>alert(1)</script>", **SAID)
    page = html.fromstring(refused.content.decode())
    assert refused.status_code == 400 and source.written == []
    assert page.xpath("//div[@role='alert']//a/@href") == ["#file"]
    assert "web page" in page.xpath("string(//*[@id='file-error'])") and not page.xpath("//main//script")
    assert page.xpath("//input[@name='purpose']/@value") == ["To say what home is like."]
    large = send(NEW, b"\x89PNG\r\n\x1a\n" + b"\0" * MOST_BYTES, **SAID)
    assert large.status_code == 400 and "8 MB" in large.content.decode() and source.written == []


def test_a_form_sent_again_with_another_file_is_shown_again_under_a_new_number_and_says_so(
    send: Callable[..., Any], source: MadeUp
) -> None:
    source.sent_otherwise = True
    again = send(NEW, picture(), **SAID)
    page = html.fromstring(again.content.decode())
    assert again.status_code == 400 and "says something else" in page.xpath("string(//*[@id='file-error'])")
    assert page.xpath("//input[@name='purpose']/@value") == ["To say what home is like."]
    (number,) = page.xpath("//input[@name='work_id']/@value")
    assert number != SAID["work_id"] and len(number) == 32


def test_without_the_childs_agreement_nothing_is_attached_and_nothing_is_chosen_beforehand(
    client: Fetch, send: Callable[..., Any], source: MadeUp
) -> None:
    form = client(NEW)
    assert not form.tree.xpath("//input[@checked]") and form.tree.xpath("//form/@enctype") == ["multipart/form-data"]
    assert form.tree.xpath("//input[@name='agreement']/@value") == ["shown", "worker alone"]
    asked = send(NEW, picture(), **{**SAID, "agreement": ""})
    assert asked.status_code == 400 and b"#agreement" in asked.content and source.written == []


def test_the_list_leads_to_what_the_child_lets_one_open_and_to_nothing_else(client: Fetch) -> None:
    page = client(LIST)
    ways = page.tree.xpath("//section[@id='direct-work']//tbody//a/@href")
    assert [way for way in ways if way.endswith("/open")] == [f"{LIST}/{WORK[0].work_id}/open"]
    assert "Nobody opens it any more, said on 21 November 2026" in page.words()
    assert "“I <b>sleep</b> now.”" in page.words() and "Nothing is attached" in page.words()
    assert not page.tree.xpath("//tbody//b|//main//img")


def test_what_is_opened_comes_alone_and_nothing_in_it_runs_or_is_kept(client: Fetch, source: MadeUp) -> None:
    page = client(f"{LIST}/{DRAWN.work_id}/open")
    assert page.status == 200 and page.body == picture() and page.headers["Content-Type"] == "image/png"
    policy = page.headers["Content-Security-Policy"].split("; ")
    assert policy[0] == "default-src 'none'" and policy[-1] == "sandbox" and "'self'" not in " ".join(policy)
    assert page.headers["X-Content-Type-Options"] == "nosniff" and page.headers["Cache-Control"] == "no-store"
    assert page.headers["Content-Disposition"] == 'inline; filename="direct-work.png"'
    assert source.purposes[-1] == "open direct work as the child agrees"


def test_what_the_child_says_otherwise_is_written_down(client: Fetch, source: MadeUp) -> None:
    way = f"{LIST}/{DRAWN.work_id}/agreement"
    assert client(way).tree.xpath("//input[@checked]/@value") == ["shown"]
    assert client(way, data={"agreement": "not shown", "agreed_on": "2026-11-19"}).status == 400
    assert client(way, data={"agreed_on": "2026-11-21"}).status == 400
    done = client(way, data={"agreement": "not shown", "agreed_on": "2026-11-21"})
    assert done.headers["Location"] == LIST
    assert source.written == [(DRAWN.work_id, "not shown", date(2026, 11, 21))]


def test_a_colleague_is_offered_nothing_wider_than_the_child_last_agreed_to_and_cannot_send_it(
    client: Fetch, source: MadeUp
) -> None:
    way = f"{LIST}/{WORK[1].work_id}/agreement"
    assert client(way).tree.xpath("//input[@name='agreement']/@value") == ["not shown"]
    refused = client(way, data={"agreement": "shown", "agreed_on": "2026-11-22"})
    assert refused.status == 400 and "only whoever attached it" in refused.words() and source.written == []


def test_visits_that_mention_direct_work_of_which_nothing_is_attached_are_listed_with_the_way_to_each(
    client: Fetch, source: MadeUp
) -> None:
    page = client("/direct-work/nothing-attached")
    assert "visit mentions direct work, and nothing of it is attached." in page.words()
    assert page.tree.xpath("//section[@id='nothing-attached']//tbody//a/@href") == [VISIT]
    source.empty = True
    assert "something of it is attached." in client("/direct-work/nothing-attached").words()
