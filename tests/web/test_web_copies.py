"""Copies for people outside on the pages: the form, the look before one goes, the second person, and the sheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import keyworker.web
from keyworker.actions.copies import WantedCopy
from tests.web.conftest import Page
from tests.web.made_copies import AGREED, WAITS
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
CHILD = f"/child/ch{1:022}"
LIST = f"{CHILD}/copies"
NEW = f"{LIST}/new"
FILLED = {
    "copy_id": "c" * 32,
    "relation": "father",
    "person": "Fred Testwood",
    "purpose": "He asked who the worker is.",
    "note": "See you at Quillberry Lane.",
}


def test_the_childs_page_leads_to_its_copies_for_whoever_may_make_one(client: Fetch, source: MadeUp) -> None:
    assert client(CHILD).tree.xpath("//main//a[contains(@href, '/copies')]/@href") == [LIST]
    source.may_decide = False
    assert not client(CHILD).tree.xpath("//main//a[contains(@href, '/copies')]")
    assert {client(path).status for path in (LIST, NEW)} == {403}


def test_the_list_says_for_whom_how_each_stands_and_leads_to_it(client: Fetch) -> None:
    page = client(LIST)
    rows = [" ".join(row.text_content().split()) for row in page.tree.xpath("//section[@id='copies']//tbody/tr")]
    assert "2 copies asked for; 1 waiting for a second person." in page.words()
    assert "Mary Unreal (mother)" in rows[0] and "Waits for a second person" in rows[0]
    assert "May be given" in rows[1] and "ash: It names no place." in rows[1]
    assert page.tree.xpath("//section[@id='copies']//tbody//a/@href") == [f"{LIST}/{WAITS}", f"{LIST}/{AGREED}"]


def test_whom_it_is_for_and_what_for_must_be_said(client: Fetch, source: MadeUp) -> None:
    page = client(NEW, data={"step": "look", "note": "Kept."})
    assert page.status == 400
    assert page.tree.xpath("//div[@role='alert']//a/@href") == ["#relation", "#person", "#purpose"]
    assert page.tree.xpath("//textarea[@name='note']/text()") == ["Kept."]
    assert source.written == []


def test_the_sender_sees_what_it_says_what_is_left_out_and_why_before_it_goes(client: Fetch, source: MadeUp) -> None:
    source.marked = True
    page = client(NEW, data=FILLED | {"step": "look"})
    assert page.status == 200 and source.written == []
    copy = " ".join(page.tree.xpath("//section[@class='kw-copy']")[0].text_content().split())
    left = [" ".join(row.text_content().split()) for row in page.tree.xpath("//section[@id='left-out']//tbody/tr")]
    assert "worker is" in copy and "Quillberry" not in copy and "The team is" not in copy
    assert any("See you at Quillberry Lane." in one and "must not be told to" in one for one in left)
    assert any("The team is" in one and "give an area away" in one for one in left)
    assert "A worker can be looked up" in page.words()
    assert page.tree.xpath("//button[@value='ask']")[0].text_content() == "Ask a second person"


def test_without_anything_marked_nobody_else_is_asked(client: Fetch) -> None:
    page = client(NEW, data=FILLED | {"step": "look"})
    assert page.tree.xpath("//button[@value='ask']")[0].text_content() == "Make the copy"
    assert "Nothing is shown as left out." in page.words()


def test_what_was_looked_at_is_what_is_asked_for(client: Fetch, source: MadeUp) -> None:
    looked = client(NEW, data=FILLED | {"step": "look"})
    (contents,) = looked.tree.xpath("//input[@name='contents']/@value")
    page = client(NEW, data=FILLED | {"step": "ask", "contents": contents})
    assert (page.status, page.headers["Location"]) == (302, f"{LIST}/{'c' * 32}")
    wanted = WantedCopy("c" * 32, "father", "Fred Testwood", FILLED["purpose"], FILLED["note"])
    assert source.written == [(wanted, contents)]


def test_a_copy_that_waits_has_no_sheet_and_one_that_was_agreed_has(client: Fetch) -> None:
    waits = client(f"{LIST}/{WAITS}")
    assert "has not answered" in waits.words() and not waits.tree.xpath("//a[contains(@href, '/sheet')]")
    assert client(f"{LIST}/{WAITS}/sheet").status != 200
    agreed = client(f"{LIST}/{AGREED}")
    assert agreed.tree.xpath("//a[contains(@href, '/sheet')]/@href") == [f"{LIST}/{AGREED}/sheet"]


def test_the_sheet_holds_the_copy_and_nothing_else_of_the_pages(client: Fetch) -> None:
    page = client(f"{LIST}/{AGREED}/sheet")
    assert page.status == 200
    assert "Your worker is" in page.words()
    for other in ("Inside the service only", "not for sharing", "Sign out", "How old each source is"):
        assert other not in page.words()
    assert not page.tree.xpath("//nav|//form|//script|//a")
    assert page.tree.findtext(".//title") == "A copy – Children – Keyworker"


def test_the_second_person_finds_what_waits_looks_afresh_and_answers_with_a_reason(
    client: Fetch, source: MadeUp
) -> None:
    waiting = client("/copies")
    assert "1 copy waits for you to look at." in " ".join(waiting.words().split())
    (way,) = waiting.tree.xpath("//section[@id='copies']//tbody//a/@href")
    assert way == f"{LIST}/{WAITS}/answer"
    page = client(way)
    assert "ash asked for it" in page.words()
    (contents,) = page.tree.xpath("//input[@name='contents']/@value")
    empty = client(way, data={"contents": contents, "step": "agree", "why": " "})
    assert empty.status == 400 and source.written == []
    done = client(way, data={"contents": contents, "step": "refuse", "why": "Ann can be looked up."})
    assert done.headers["Location"] == f"{LIST}/{WAITS}"
    assert source.written == [(WAITS, contents, "Ann can be looked up.", False)]


def test_whoever_asked_cannot_answer(client: Fetch, source: MadeUp) -> None:
    source.may_decide = False
    assert client(f"{LIST}/{WAITS}/answer").status == 403
    assert client(f"{LIST}/{WAITS}/answer", data={"step": "agree", "why": "Fine."}).status == 403
    assert source.written == []


def test_neither_a_name_nor_whom_it_is_for_is_in_what_the_browser_keeps(client: Fetch) -> None:
    for path in (LIST, NEW, f"{LIST}/{AGREED}", f"{LIST}/{AGREED}/sheet", f"{LIST}/{WAITS}/answer", "/copies"):
        page = client(path)
        assert page.status == 200, path
        assert "Ashby" not in page.tree.findtext(".//title") and "Mary" not in page.tree.findtext(".//title")


def test_every_printed_sheet_says_in_its_margin_that_it_stays_inside_but_for_a_copy() -> None:
    css = (Path(keyworker.web.__path__[0]) / "static" / "keyworker.css").read_text(encoding="utf-8")
    for rule in ("@page {", "@page throughline {"):
        assert f'{rule} @top-center {{ content: "Inside the service only"' in css
    assert "@page sheet { size: A4; margin: 14mm; @top-center { content: none; } }" in css


@pytest.mark.parametrize("path", [CHILD, "/my-children", "/due"])
def test_a_downloaded_list_of_children_says_first_that_it_stays_inside(client: Fetch, path: str) -> None:
    for href in client(path).tree.xpath("//a[contains(@href, '.csv')]/@href"):
        assert client(href).text.startswith('"Inside the service only.'), href
