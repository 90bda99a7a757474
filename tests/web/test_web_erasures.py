"""Lawful erasure on the pages: asking for it, what waits, and the second person's answer."""

from __future__ import annotations

from collections.abc import Callable

from keyworker.actions.erasures import WantedErasure
from tests.web.conftest import Page
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
CHILD = f"/child/ch{1:022}"
ENTRY = f"{CHILD}/entries/contacts/82"
ERASURE = f"{CHILD}/erasures/{'7' * 32}"
NUMBER = "e" * 32


def test_an_erasure_is_asked_for_with_a_lawful_reason_having_read_what_goes_and_what_stays(
    client: Fetch, source: MadeUp
) -> None:
    assert f"{ENTRY}/erase" in client(ENTRY).tree.xpath("//main//a/@href")
    page = client(f"{ENTRY}/erase")
    assert "Nothing goes until a second person agrees." in page.words() and "What stays" in page.words()
    assert not page.tree.xpath("//main//*[@checked]")
    wrong = client(f"{ENTRY}/erase", data={"number": NUMBER})
    assert wrong.status == 400 and wrong.tree.xpath("//div[@role='alert']//a/@href") == ["#reason", "#why"]
    said = {"number": NUMBER, "reason": "another child", "why": "Told of a neighbour."}
    assert client(f"{ENTRY}/erase", data=said).headers["Location"] == ENTRY
    assert source.written == [WantedErasure(NUMBER, "another child", "Told of a neighbour.")]


def test_the_second_person_sees_what_it_is_and_answers_and_what_was_erased_is_shown_no_more(
    client: Fetch, source: MadeUp
) -> None:
    assert ERASURE in client("/erasures").tree.xpath("//main//a/@href")
    page = client(ERASURE)
    assert "rowan asks that an entry of Ashby Testwood be erased in all its history." in page.words()
    assert "Contact at the front door, 19 November 2026" in page.words()
    assert client(ERASURE, data={"why": ""}).tree.xpath("//div[@role='alert']//a/@href") == ["#answer"]
    refused = client(ERASURE, data={"answer": "refused", "why": ""})
    assert refused.status == 400 and refused.tree.xpath("//div[@role='alert']//a/@href") == ["#why"]
    assert page.tree.xpath("//input[@name='seen']/@value") == ["82"]
    earlier = client(ERASURE, data={"answer": "agreed", "seen": "81"})
    assert earlier.status == 400 and "says something else since you opened this" in earlier.words()
    assert client(ERASURE, data={"answer": "agreed", "seen": "82"}).headers["Location"] == ERASURE
    assert source.written == [("7" * 32, True, "")]
    source.empty = True
    done = client(ERASURE)
    assert "was agreed by sorrel" in done.words() and "Contact" not in done.words()
    assert not done.tree.xpath("//main//form")
    assert "No erasure waits for you." in client("/erasures").words()


def test_whoever_may_not_ask_is_led_nowhere(client: Fetch, source: MadeUp) -> None:
    source.may_decide = False
    assert not client(ENTRY).tree.xpath("//main//a[contains(@href, 'erase')]")
    assert client(f"{ENTRY}/erase").status == 403
