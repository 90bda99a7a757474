"""Challenges, on the pages: those about a child stage by stage, those that are open, and the forms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from keyworker.actions.challenges import WantedStage
from tests.web.conftest import Page
from tests.web.fictional import MANAGER
from tests.web.made_challenges import OFFICERS, SCHOOLS
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
CHILD = f"/child/ch{1:022}"
LIST = f"{CHILD}/challenges"
NEW = f"{LIST}/new"
SAID = {
    "number": "e" * 32, "raised_by": "conference chair", "on": "2026-11-20", "what": "No plan.", "why": "It drifts.",
    "stage": "team manager", "worker": MANAGER.handle, "due": "2026-11-27",
}  # fmt: skip


def test_the_page_says_what_is_challenged_why_and_what_was_answered_at_each_stage(client: Fetch) -> None:
    assert LIST in client(CHILD).tree.xpath("//main//a/@href")
    page = client(LIST)
    assert "1 challenge is open about Ashby Testwood. 1 was to be answered by now." in page.words()
    school, officer = (" ".join(one.text_content().split()) for one in page.tree.xpath("//article"))
    assert "Keep the <b>weekly</b> visits." in school and not page.tree.xpath("//article//b")
    assert "Answered 9 November 2026 by tern, not agreed: The plan <b>stands</b>." in school
    assert "With the team manager (Hazel Notreal), since 10 November 2026. To be answered by 17 November 2026" in school
    assert "the independent reviewing officer" in officer
    assert "It was resolved on 20 September 2026: There is one now." in officer
    ways = page.tree.xpath("//article//a/@href")
    assert ways == [f"{LIST}/{SCHOOLS.challenge_id}/{way}" for way in ("answer", "next", "end")]


def test_the_open_ones_name_no_worker_and_lead_to_the_child(client: Fetch, source: MadeUp) -> None:
    page = client("/challenges")
    (row,) = page.tree.xpath("//section[@id='open']//tbody/tr")
    words = " ".join(row.text_content().split())
    assert "Keep the <b>weekly</b> visits." in words and "17 November 2026" in words and "School or college" in words
    assert "Notreal" not in words and row.xpath(".//a/@href") == [LIST]
    assert "Ashby Testwood" in client("/challenges/open.csv").body.decode()
    source.empty = True
    assert "No challenge about a child whom you may see is open." in client("/challenges").words()
    assert "Nobody has challenged" in client(LIST).words()


def test_a_challenge_is_raised_answered_taken_further_and_ended(client: Fetch, source: MadeUp) -> None:
    assert client(NEW, data=SAID | {"why": ""}).tree.xpath("//div[@role='alert']//a/@href") == ["#why"]
    assert client(NEW, data=SAID).headers["Location"] == LIST
    (wanted,) = source.written
    assert (wanted.raised_by, wanted.first) == (
        "conference chair",
        WantedStage("team manager", MANAGER.worker_id, date(2026, 11, 27)),
    )
    way = f"{LIST}/{SCHOOLS.challenge_id}"
    for name in ("answer", "next", "end"):
        assert client(f"{way}/{name}").status == 200 and client(f"{way}/{name}", data={"on": "x"}).status == 400, name
    client(f"{way}/answer", data={"answer": "in part", "says": "Fortnightly.", "on": "2026-11-20"})
    client(f"{way}/next", data={"stage": "director", "due": "2026-12-01"})
    client(f"{way}/end", data={"outcome": "resolved", "says": "Weekly again.", "on": "2026-11-20"})
    assert source.written[1:] == [
        (SCHOOLS.challenge_id, "in part", "Fortnightly.", date(2026, 11, 20)),
        (SCHOOLS.challenge_id, WantedStage("director", "", date(2026, 12, 1))),
        (SCHOOLS.challenge_id, "resolved", "Weekly again.", date(2026, 11, 20)),
    ]


def test_what_has_ended_is_not_changed_and_whoever_may_not_is_led_nowhere(client: Fetch, source: MadeUp) -> None:
    assert {client(f"{LIST}/{OFFICERS.challenge_id}/{way}").status for way in ("answer", "next", "end")} == {404}
    source.may_decide = False
    assert not client(LIST).tree.xpath("//main//a[contains(@href, 'challenges/')]") and client(NEW).status == 403


def test_a_form_sent_again_with_other_words_is_shown_again_under_a_new_number(client: Fetch, source: MadeUp) -> None:
    source.sent_otherwise = True
    again = client(NEW, data=SAID)
    assert again.status == 400 and "says something else" in again.words()
    assert again.tree.xpath("//input[@name='number']/@value") != ["e" * 32]


def test_a_challenge_that_came_to_another_stage_since_is_taken_no_further_but_by_a_new_form(client: Fetch) -> None:
    way = f"{LIST}/{SCHOOLS.challenge_id}/next"
    assert client(way).tree.xpath("//input[@name='number']/@value") == ["2"]
    again = client(way, data={"stage": "director", "due": "2026-12-01", "number": "1"})
    assert again.status == 400 and "It came to another stage since you opened this" in again.words()
    assert again.tree.xpath("//input[@name='number']/@value") == ["2"]
