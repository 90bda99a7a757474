"""Forms that keep what is typed before it is sent: kept, gone on with, thrown away, and gone once they are sent."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.urls import get_resolver, resolve

from keyworker.web import doors
from keyworker.web.drafting import KEPT
from tests.web.conftest import Page
from tests.web.source import MadeUp

Client = Callable[..., Page]
NEW = "/child/ashbys-handle/visits/new"
NUMBER = "c" * 32
ELSEWHERE = ["", "/roles", "/sign-in", "//[", "http://[x", "https://elsewhere.example" + NEW, "//x" + NEW, "/" * 400]
TYPED = {
    "together_id": NUMBER,
    "1-words": "Wants to swim <again> & again.",
    "1-outcome": "seen alone",
    "on": "2026-03-19",
}


def kept(client: Client, address: str = NEW, **more: str) -> Page:
    return client("/begun/keep", data={**TYPED, "draft_address": address, **more})


def by_script(client: Client, **more: str) -> dict[str, object]:
    page = kept(client, draft_by="script", **more)
    assert page.headers["Content-Type"] == "application/json" and page.headers["Cache-Control"] == "no-store"
    return dict(json.loads(page.text))


def test_without_script_a_button_keeps_what_is_typed_and_the_list_leads_back_to_it(
    client: Client, source: MadeUp
) -> None:
    assert kept(client).headers["Location"] == "/begun"
    page = client("/begun")
    assert "1 form was begun and not sent. Only you see this." in page.words()
    assert "A visit: Ashby Testwood" in page.words() and "You stopped on" in page.words()
    (link,) = page.tree.xpath("//a[starts-with(., 'Go on with it')]/@href")
    form = client(link)
    assert form.tree.xpath("//textarea[@name='1-words']/text()") == ["Wants to swim <again> & again."]
    assert form.tree.xpath("//input[@name='1-outcome'][@checked]/@value") == ["seen alone"]
    assert form.tree.xpath("//input[@name='together_id']/@value") == [NUMBER]
    assert "There is a problem" not in form.words()
    assert source.written == []


def test_the_page_of_a_form_offers_what_was_begun_to_go_on_with_or_to_throw_away(
    client: Client, source: MadeUp
) -> None:
    kept(client)
    page = client(NEW)
    assert page.tree.xpath("//textarea[@name='1-words']/text()") == []
    assert "and did not send this form. Go on with it" in page.words()
    (action,) = page.tree.xpath("//main//form[contains(@action, 'throw-away')]/@action")
    assert client(action, data={"back": NEW}).headers["Location"] == NEW
    assert source.begun == {} and "did not send" not in client(NEW).words()


def test_a_draft_that_is_gone_is_said_to_be_and_the_form_is_empty(client: Client, source: MadeUp) -> None:
    page = client(f"{NEW}?draft={'9' * 32}")
    assert "was sent, thrown away, or has ended" in page.words()


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example/x", "/roles", "javascript:x", "//["]
)
def test_throwing_away_leads_to_no_other_place(client: Client, source: MadeUp, back: str) -> None:
    assert client(f"/begun/{'1' * 32}/throw-away", data={"back": back}).headers["Location"] == "/begun"


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nothing_is_kept_of_what_is_no_such_form(client: Client, source: MadeUp, address: str) -> None:
    assert kept(client, address).status == 404
    assert source.kept == []


def test_of_a_form_its_own_secrets_are_not_kept(client: Client, source: MadeUp) -> None:
    kept(client, csrfmiddlewaretoken="x" * 64, draft_tab="t" * 32)
    assert source.kept[0].said == TYPED


def test_a_script_is_told_when_it_was_kept_and_what_another_window_kept(client: Client, source: MadeUp) -> None:
    first = by_script(client, draft_tab="a" * 32)
    assert first["others"] == [] and str(first["says"]).startswith("Kept on 23 November 2026 at ")
    second = by_script(client, draft_tab="b" * 32, **{"1-words": "Something else."})
    assert [one["said"]["1-words"] for one in second["others"]] == ["Wants to swim <again> & again."]  # type: ignore[attr-defined]
    assert len(source.begun) == 2
    # Once told, a window is told again only of what was kept since.
    assert by_script(client, draft_tab="b" * 32, draft_seen=str(second["seen"]))["others"] == []


def test_what_was_begun_goes_once_its_form_is_sent_and_taken_also_what_another_window_kept_of_it(
    client: Client, source: MadeUp
) -> None:
    by_script(client, draft_tab="a" * 32)
    by_script(client, draft_tab="b" * 32)
    by_script(client, draft_tab="d" * 32, together_id="e" * 32)
    assert client(NEW, data={**TYPED, "1-outcome": "", "draft_address": NEW}).status == 400
    assert len(source.begun) == 3, "a form that was not taken takes nothing away"
    assert client(NEW, data={**TYPED, "draft_address": NEW}).status == 302
    assert [one.said["together_id"] for one in source.begun.values()] == ["e" * 32]


def test_a_form_sent_and_not_taken_keeps_at_once_what_was_typed_last(client: Client, source: MadeUp) -> None:
    page = client(NEW, data={**TYPED, "1-outcome": "", "draft_address": NEW, "draft": "7" * 32})
    assert page.tree.xpath("//*[@data-draft-now]")
    assert page.tree.xpath("//input[@name='draft']/@value") == ["7" * 32]


def test_every_form_that_asks_for_more_than_a_line_keeps_what_is_typed() -> None:
    takes = {str(one.name) for one in get_resolver().url_patterns} & doors.FORMS
    assert set(KEPT) <= takes
    assert resolve(NEW).url_name in KEPT


def test_a_page_whose_form_keeps_nothing_says_nothing_of_drafts(client: Client, source: MadeUp) -> None:
    assert not client("/find", data={"who": "x"}).tree.xpath("//*[@data-draft]")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (NEW, TYPED | {"1-words": "a\0b"}),
        (NEW, TYPED | {"a\0b": "x"}),
        ("/begun/keep", TYPED | {"draft_address": NEW, "1-words": "a\0b"}),
        ("/begun/keep", TYPED | {"draft_address": NEW, "draft_tab": "a\0b"}),
        ("/begun/keep", TYPED | {"draft_address": f"{NEW}?draft=a\0b"}),
        (f"{NEW}?draft=a%00b", None),
    ],
)
def test_a_character_that_cannot_be_kept_is_refused_in_words_and_nothing_is_written(
    client: Client, source: MadeUp, path: str, said: dict[str, str] | None
) -> None:
    page = client(path, data=said)
    assert page.status == 400 and "A character cannot be kept" in page.words()
    assert source.written == [] and source.kept == []
