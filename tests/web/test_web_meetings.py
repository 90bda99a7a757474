"""Meetings about a child, on the pages: what stands, the form, and withdrawing one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from keyworker.vocabulary.codes import codes
from tests.web.conftest import Page
from tests.web.fictional import ADEYEMI
from tests.web.made_meetings import CORE_GROUP, WITHDRAWN
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
CHILD = f"/child/ch{1:022}"
LIST = f"{CHILD}/meetings"
NEW = f"{LIST}/new"
AGENCY = {code: f"agency-{place}" for place, code in enumerate(codes("agency"), 1)}
SAID = {
    "number": "e" * 32, "kind": "core group", "on": "2026-11-20", "held": "yes", "chair": ADEYEMI.handle,
    AGENCY["children's social care"]: "came", AGENCY["school"]: "came", AGENCY["police"]: "came",
    "child_part": "sent words", "parents_part": "came", "advocate_offered": "yes", "decision": "The plan goes on.",
    "next_on": "2026-12-18",
}  # fmt: skip


def test_the_page_says_who_came_how_the_family_took_part_and_whether_there_was_a_quorum(client: Fetch) -> None:
    assert LIST in client(CHILD).tree.xpath("//main//a/@href")
    page = client(LIST)
    assert "The last meeting about Ashby Testwood was 14 days ago: core group." in page.words()
    assert "The next is agreed for 7 December 2026." in page.words()
    held, not_held, withdrawn = (" ".join(one.text_content().split()) for one in page.tree.xpath("//article"))
    assert "Go on <b>as planned</b>." in held and not page.tree.xpath("//article//b")
    lines = page.tree.xpath("//article[1]//dl/div")
    assert {one[0].text: one[1].text for one in lines} == {
        "Chaired by": "Sorrel Fictitious",
        "Came": "Children's social care, School or college",
        "Invited, and did not come": "Health visiting (did not come, and sent a report)",
        "Quorum": "Too few agencies came, and it went ahead",
        "Why": "The nurse's train was cancelled.",
        "Report shared": "5 November 2026, 4 days before",
        "The child": "The child was not asked: She is four weeks old.",
        "The parents": "A parent came",
        "Advocate": "Not offered",
        "Next meeting": "7 December 2026",
    }
    assert "did not go ahead" in not_held and "Quorum" not in not_held and "Snow." in not_held
    assert "withdrawn" in withdrawn and "It was another child’s." in withdrawn
    ways = page.tree.xpath("//article//a/@href")
    assert f"{LIST}/{WITHDRAWN.meeting_id}/withdraw" not in ways and len(ways) == 2


def test_a_meeting_is_written_down_with_what_each_agency_did(client: Fetch, source: MadeUp) -> None:
    assert not client(NEW).tree.xpath("//input[@checked]|//option[@selected]"), "nothing is pre-ticked"
    done = client(NEW, data=SAID)
    assert (done.status, done.headers["Location"]) == (302, LIST)
    (wanted,) = source.written
    assert wanted.invited == {"children's social care": "came", "school": "came", "police": "came"}
    assert (wanted.held, wanted.worker_id, wanted.next_on) == (True, ADEYEMI.worker_id, date(2026, 12, 18))
    assert (wanted.advocate_offered, wanted.advocate_came, wanted.enquiry) == (True, None, None)


def test_without_a_quorum_it_is_asked_why_and_what_was_typed_stays(client: Fetch, source: MadeUp) -> None:
    short = SAID | {AGENCY["police"]: "apologies"}
    wrong = client(NEW, data=short)
    assert wrong.status == 400 and wrong.tree.xpath("//div[@role='alert']//a/@href") == ["#why"]
    assert "Too few agencies came for a quorum" in wrong.words() and source.written == []
    assert wrong.tree.xpath("string(//textarea[@id='decision'])").strip() == "The plan goes on."
    assert client(NEW, data=short | {"why": "It could not wait."}).status == 302
    nobody = dict.fromkeys(AGENCY.values(), "")
    assert client(NEW, data=SAID | nobody).tree.xpath("//div[@role='alert']//a/@href") == ["#why", "#agency-1"]


def test_a_form_sent_again_with_other_words_is_shown_again_under_a_new_number(client: Fetch, source: MadeUp) -> None:
    source.sent_otherwise = True
    again = client(NEW, data=SAID)
    assert again.status == 400 and "says something else" in again.words()
    assert again.tree.xpath("//input[@name='number']/@value") != ["e" * 32]


def test_a_meeting_is_withdrawn_for_a_reason_and_once(client: Fetch, source: MadeUp) -> None:
    way = f"{LIST}/{CORE_GROUP.meeting_id}/withdraw"
    assert client(way, data={"why": ""}).status == 400
    assert client(way, data={"why": "It was a telephone call."}).headers["Location"] == LIST
    assert source.written == [(CORE_GROUP.meeting_id, "It was a telephone call.")]
    assert client(f"{LIST}/{WITHDRAWN.meeting_id}/withdraw").status == 404


def test_whoever_may_not_write_reads_it_and_where_it_is_not_kept_here_it_says_so(client: Fetch, source: MadeUp) -> None:
    source.may_decide = False
    assert not client(LIST).tree.xpath("//main//a[contains(@href, 'meetings/')]") and client(NEW).status == 403
    source.allocates_here, source.empty = False, True
    assert "Meetings are recorded in the case system" in client(LIST).words()
    assert "No meeting about Ashby Testwood is recorded here." in client(LIST).words()
