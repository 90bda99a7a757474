"""What must not be told of a child on the pages: the warning, the list, the form with its check, and its undoing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from keyworker.actions.marking import WantedMarker
from tests.web.conftest import Page
from tests.web.made_markers import GONE, HELD
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
CHILD = f"/child/ch{1:022}"
LIST = f"{CHILD}/not-to-be-told"
NEW = f"{LIST}/new"
WITHDRAW = f"{LIST}/{HELD}/withdraw"
FILLED = {
    "marker_id": "c" * 32,
    "what": "other",
    "kind": "school",
    "value": "Fernbank Primary",
    "told_to": "named person",
    "relation": "father",
    "person": "Fred Testwood",
    "why": "court order",
    "said_by": "Family court",
    "last_on": "4 December 2026",
}


@pytest.fixture(autouse=True)
def marked(source: MadeUp) -> None:
    source.marked = True


def test_the_childs_page_warns_in_words_before_anything_else_and_never_says_the_thing(client: Fetch) -> None:
    page = client(CHILD)
    said = [
        " ".join(one.text_content().split())
        for one in page.tree.xpath("//section[@aria-labelledby='not-told-title']//li")
    ]
    assert said == [
        "An address must not be told to Fred Testwood (father): safe address.",
        "Where the child is placed must not be told to anyone outside the service: court order.",
    ]
    assert "Quillberry" not in page.text and "ZZ1 2AB" not in page.text and "ZZ3 4CD" not in page.text
    assert page.tree.xpath("//main//section")[0].get("aria-labelledby") == "not-told-title"


def test_a_child_of_whom_nothing_is_marked_has_no_warning(client: Fetch, source: MadeUp) -> None:
    source.marked = False
    assert not client(CHILD).tree.xpath("//section[@aria-labelledby='not-told-title']")


def test_whoever_may_not_mark_is_warned_and_sees_no_way_to_the_list(client: Fetch, source: MadeUp) -> None:
    source.may_decide = False
    page = client(CHILD)
    assert page.tree.xpath("//section[@aria-labelledby='not-told-title']")
    assert not page.tree.xpath("//a[contains(@href, '/not-to-be-told')]")
    assert {client(path).status for path in (LIST, NEW, WITHDRAW)} == {403}


def test_the_list_says_what_to_whom_why_and_what_was_withdrawn_and_has_no_file(client: Fetch) -> None:
    page = client(LIST)
    rows = [" ".join(row.text_content().split()) for row in page.tree.xpath("//section[@id='markers']//tbody/tr")]
    assert "2 things about" in page.words()
    assert "12, Quillberry Lane, Elsewhere, ZZ1 2AB" in rows[0] and "Fred Testwood (father)" in rows[0]
    assert "Nobody has said" in rows[0] and "31 December 2026" in rows[1]
    assert "Withdrawn" in rows[2] and "by ash: The school has changed." in rows[2]
    assert page.tree.xpath("//section[@id='markers']//a[text()='Withdraw it']/@href")[0] == WITHDRAW
    assert not page.tree.xpath("//a[contains(@href, '.csv')]")


def test_the_form_offers_what_the_record_holds_and_chooses_nothing_by_itself(client: Fetch) -> None:
    page = client(NEW)
    assert page.tree.xpath("//input[@name='what']/@value") == ["address:AD2", "cla_placement:PL1", "other"]
    assert not page.tree.xpath("//input[@checked]") and not page.tree.xpath("//option[@selected]")


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(client: Fetch, source: MadeUp) -> None:
    page = client(NEW, data=FILLED | {"value": "", "person": "", "last_on": "31 February", "step": "check"})
    assert page.status == 400
    assert page.tree.xpath("//div[@role='alert']//a/@href") == ["#value", "#person", "#last_on"]
    assert page.tree.xpath("//input[@name='last_on']/@value") == ["31 February"]
    assert page.tree.xpath("//select[@name='kind']/option[@selected]/@value") == ["school"]
    nothing = client(NEW, data={"step": "check"})
    assert nothing.tree.xpath("//div[@role='alert']//a/@href") == ["#what", "#told_to", "#why", "#said_by"]
    assert source.written == []


def test_it_is_checked_in_words_before_it_is_written(client: Fetch, source: MadeUp) -> None:
    said = client(NEW, data=FILLED | {"step": "check"}).words()
    for words in ("School: Fernbank Primary", "Fred Testwood (father)", "A court ordered it", "4 December 2026"):
        assert words in said
    assert source.written == []
    page = client(NEW, data=FILLED | {"step": "mark"})
    assert (page.status, page.headers["Location"]) == (302, LIST)
    assert source.written == [
        WantedMarker(
            "c" * 32, None, "school", "Fernbank Primary", "named person", "father", "Fred Testwood", "court order",
            "Family court", date(2026, 12, 4),
        )
    ]  # fmt: skip


def test_a_row_of_the_record_is_written_as_that_row_whatever_else_was_typed(client: Fetch, source: MadeUp) -> None:
    client(NEW, data=FILLED | {"what": "address:AD2", "step": "mark"})
    (wanted,) = source.written
    assert wanted.row == ("address", "AD2") and wanted.kind == ""


def test_a_withdrawal_needs_a_reason_and_is_written_with_it(client: Fetch, source: MadeUp) -> None:
    assert client(WITHDRAW, data={"why": " "}).status == 400
    assert source.written == []
    page = client(WITHDRAW, data={"why": "The order was discharged."})
    assert page.headers["Location"] == LIST
    assert source.written == [(HELD, "The order was discharged.")]
    assert client(f"{LIST}/{'d' * 32}/withdraw").status == 404


def test_a_second_person_agrees_or_leaves_it_standing_and_whoever_asked_cannot_agree(
    client: Fetch, source: MadeUp
) -> None:
    source.asked_to_withdraw = True
    assert client(WITHDRAW).tree.xpath("//button[@name='step']/@value") == ["keep"]
    assert "another person must agree" in client(WITHDRAW).words()
    assert "sorrel asks to withdraw it: No longer so." in client(LIST).words()
    client(WITHDRAW, data={"why": "Sent twice.", "step": "ask"})
    assert source.written == []
    source.another_asked = True
    assert client(WITHDRAW).tree.xpath("//button[@name='step']/@value") == ["agree", "keep"]
    for step in ("agree", "keep"):
        client(WITHDRAW, data={"why": "I have read the order.", "step": step})
    assert source.written == [(HELD, "I have read the order.", True), (HELD, "I have read the order.", False)]
    assert WITHDRAW in client("/copies").tree.xpath("//section[@id='to-withdraw']//a/@href")


def test_a_hostile_value_is_shown_as_words(client: Fetch) -> None:
    page = client(NEW, data=FILLED | {"value": "<script>alert(1)</script>", "step": "check"})
    assert "<script>alert" not in page.text and "<script>alert(1)</script>" in page.words()


def test_neither_a_name_nor_the_thing_is_in_what_the_browser_keeps(client: Fetch) -> None:
    for path in (LIST, NEW, WITHDRAW):
        page = client(path)
        assert "Ashby" in page.words() and "Ashby" not in page.tree.findtext(".//title")
        assert "Quillberry" not in page.tree.findtext(".//title")


def test_what_was_withdrawn_cannot_be_withdrawn_by_a_button(client: Fetch) -> None:
    assert GONE not in client(LIST).text
