"""The pages of who may see a child, of emergencies and of who has looked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from keyworker.actions.emergencies import WantedOpening
from keyworker.actions.restrictions import WantedRestriction
from tests.web.conftest import Page
from tests.web.made_restricted import HANDLE, REASON
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
CHILD = f"/child/{HANDLE}"
DECISION = {"restriction_id": "d" * 32, "kind": "adoption", "reason": "Is to be placed.", "accounts": "rowan\nsorrel"}


def test_the_form_offers_whoever_works_with_the_child_and_writes_what_is_ticked_and_typed(
    client: Fetch, source: MadeUp
) -> None:
    page = client(f"{CHILD}/restriction")
    assert page.tree.xpath("//input[@type='checkbox']/@name") == ["named-ash"]
    assert page.tree.xpath("//input[@type='checkbox']/@checked"), "who works with the child is ticked at first"
    answer = client(f"{CHILD}/restriction", data={**DECISION, "named-ash": "yes"})
    assert answer.status == 302
    assert source.written == [WantedRestriction("d" * 32, "adoption", "Is to be placed.", ("ash", "rowan", "sorrel"))]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"kind": ""}, "Choose what makes it needed"),
        ({"reason": ""}, "Enter why it is needed"),
        ({"accounts": "nobody.here"}, "Nobody signs in as nobody.here today"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    client: Fetch, source: MadeUp, typed: dict[str, str], says: str
) -> None:
    page = client(f"{CHILD}/restriction", data={**DECISION, **typed})
    assert page.status == 400
    assert says in page.tree.xpath("string(//div[@role='alert'])")
    assert page.tree.xpath("string(//textarea[@id='accounts'])") == typed.get("accounts", DECISION["accounts"])
    assert source.written == []


def test_whoever_is_named_sees_the_mark_and_by_what_they_see_the_child(client: Fetch, source: MadeUp) -> None:
    assert not client(CHILD).tree.xpath("//*[contains(@class, 'kw-mark')]")
    source.restricted = True
    for path in (CHILD, f"{CHILD}/due"):
        marks = [one.text_content() for one in client(path).tree.xpath("//*[contains(@class, 'kw-mark')]")]
        assert REASON in marks[0]
        assert "You opened this record in an emergency" in marks[0]
        assert "Only people who are named may see this child" in marks[1]


def test_a_restricted_child_shows_who_is_named_and_who_was(client: Fetch, source: MadeUp) -> None:
    source.restricted = True
    page = client(f"{CHILD}/restriction")
    named = " ".join(page.tree.xpath("string(//section[@id='named'])").split())
    assert "Sorrel Fictitious, team manager" in named and "Ash Invented, social worker" in named
    assert "rowan" not in named
    assert "the audit is done" in page.tree.xpath("string(//section[@id='before'])")
    client(f"{CHILD}/restriction", data={"account": "rowan", "reason": "Audits the file again."})
    client(f"{CHILD}/restriction/lift", data={"why": "No longer needed."})
    client(f"{CHILD}/restriction/{'b' * 32}/end", data={"why": "Works elsewhere."})
    assert source.written == [("rowan", "Audits the file again."), "No longer needed.", ("ash", "Works elsewhere.")]


@pytest.mark.parametrize("path", ["restriction/lift", f"restriction/{'b' * 32}/end"])
def test_nothing_is_taken_back_without_a_reason(client: Fetch, source: MadeUp, path: str) -> None:
    source.restricted = True
    assert client(f"{CHILD}/{path}", data={"why": " "}).status == 400
    assert source.written == []


def test_a_record_is_opened_for_a_reason_and_leads_to_the_child(client: Fetch, source: MadeUp) -> None:
    typed = {"glass_id": "e" * 32, "handle": HANDLE, "reason": REASON}
    answer = client("/emergency", data=typed)
    assert (answer.status, answer.headers["Location"]) == (302, CHILD)
    assert source.written == [WantedOpening("e" * 32, REASON, HANDLE)]
    answer = client("/emergency", data={"number": "c9", "born": "1 March 2015", "reason": REASON})
    assert answer.headers["Location"] == "/emergency?nobody=yes"
    assert "Nobody is known by what was typed" in client("/emergency?nobody=yes").words()


def test_what_was_typed_of_an_emergency_is_kept_where_something_is_wrong(client: Fetch, source: MadeUp) -> None:
    page = client("/emergency", data={"number": "c9", "reason": "urgent"})
    assert page.status == 400
    says = page.tree.xpath("string(//div[@role='alert'])")
    assert "Enter the birth date" in says and "Enter in a sentence" in says
    assert page.tree.xpath("//input[@id='number']/@value") == ["c9"]
    assert source.written == []


def test_reviews_say_what_waits_and_what_is_overdue_and_offer_nobody_their_own(client: Fetch, source: MadeUp) -> None:
    page = client("/emergency/reviews")
    assert "2 openings in an emergency are waiting for a review; 1 should have been reviewed by now." in page.words()
    assert page.tree.xpath("//a[text()='Review it']/@href") == [f"/emergency/reviews/{'f' * 32}"]
    assert client(f"/emergency/reviews/{'f' * 32}", data={"outcome": "", "found": ""}).status == 400
    client(f"/emergency/reviews/{'f' * 32}", data={"outcome": "action", "found": "Spoken to."})
    assert source.written == [("f" * 32, "action", "Spoken to.")]
    assert client(f"/emergency/reviews/{'0' * 32}").status == 404, "it was reviewed already"


def test_the_first_page_says_what_waits_and_no_other_page_does(client: Fetch, source: MadeUp) -> None:
    source.restricted = True
    shown = client("/needs-me").tree.xpath("//*[contains(@class, 'kw-waits')]")
    assert any(one.text_content().startswith("A record for which you are named was opened") for one in shown)
    assert not client("/due").tree.xpath("//*[contains(@class, 'kw-waits')]")


def test_the_log_says_what_it_is_not_for_and_keeps_what_is_searched_for_out_of_the_address(
    client: Fetch, source: MadeUp
) -> None:
    page = client("/access-log")
    assert "not for managing anybody’s performance" in page.words()
    assert page.tree.xpath("//form[contains(@class, 'kw-form')]/@method") == ["post", "post"]
    assert client("/access-log", data={"account": "ash", "reason": ""}).status == 400
    assert client("/access-log", data={"from": "31 February 2026"}).status == 400
    found = client("/access-log", data={"account": "ash", "reason": "a parent asks who knew of the visit", "page": "2"})
    assert found.status == 200
    assert found.tree.xpath("//button[@name='page']/@value") == ["1", "3"]
    content = client("/access-log/lines.csv", data={"account": "ash", "reason": "a parent asks who knew of it"})
    assert "Social worker,Direct work" in content.text
    assert "Ash Invented" not in content.text, "a file of the log names no member of staff"
    assert source.downloads


def test_a_child_can_be_told_who_has_looked_and_never_by_name(client: Fetch) -> None:
    page = client(f"{CHILD}/looked")
    words = page.tree.xpath("string(//section[@id='looks'])")
    assert "20 November 2026" in words and "Social worker" in words and "Direct work" in words
    assert "Ash" not in words
