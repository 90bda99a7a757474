"""The pages of a child's case supervision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from keyworker.actions.case_supervision import EndedAction, NewAction
from tests.web.conftest import Page
from tests.web.fictional import ADEYEMI, MANAGER
from tests.web.made_case_supervision import HELD, LATE
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
CHILD = f"/child/ch{1:022}"
PAGE = f"{CHILD}/supervision"
NEW = f"{PAGE}/new"
FILLED = {
    "number": "d" * 32,
    "on": "2026-11-23",
    "outcome": "held",
    "form": "group",
    "worker": ADEYEMI.handle,
    "supervisor": MANAGER.handle,
    "decision": "The plan goes on.",
}


def test_the_page_says_what_is_open_what_was_decided_and_who_says_that_it_was_so(client: Fetch) -> None:
    assert client(CHILD).tree.xpath(f"//a[@href='{PAGE}']")
    page = client(PAGE).words()
    assert "was last talked over in supervision 14 days ago" in page
    assert "One action is open, one past the day by which it was to be done" in page
    for said in (
        "The worker has not said whether it was so.",
        "called off, by whoever was to hold it",
        "The worker says that it was otherwise: I was there.",
        "It was another child.",
        "It came with an extract.",
        "Done 20 November 2026",
    ):
        assert said in page
    assert len(client(PAGE).tree.xpath("//a[contains(@href, '/answer') or contains(@href, '/withdraw')]")) == 2


def test_a_supervision_is_written_with_what_it_undertook_and_what_became_of_earlier_actions(
    client: Fetch, source: MadeUp
) -> None:
    form = client(NEW)
    assert "Call the school. Sorrel Fictitious, by 16 November 2026." in form.words()
    # Only that an open action is carried on stands there beforehand, which changes nothing.
    assert form.tree.xpath("//input[@checked]/@name") == ["end-1"]
    said = FILLED | {
        "end-1": "done",
        "outcome-1": "They will ring.",
        "what-2": "See the aunt.",
        "owner-2": MANAGER.handle,
        "due-2": "2026-12-01",
    }
    assert client(NEW, data=said).headers["Location"] == PAGE
    (wanted,) = source.written
    assert (wanted.worker_id, wanted.supervisor_id, wanted.form) == (ADEYEMI.worker_id, MANAGER.worker_id, "group")
    assert wanted.new == (NewAction("See the aunt.", MANAGER.worker_id, date(2026, 12, 1)),)
    assert wanted.ended == (EndedAction(LATE.action_id, True, "They will ring."),)
    assert client(NEW, data=said).status == 302 and len(source.written) == 1, "sent twice, it is written once"


def test_every_error_leads_to_a_field_that_is_there_and_nothing_typed_is_lost(client: Fetch, source: MadeUp) -> None:
    said = {
        "on": "soon",
        "outcome": "",
        "end-1": "given up",
        "what-2": "See the aunt.",
        "why": "Because <b>.",
        "form": "x",
    }
    page = client(NEW, data=said)
    links = page.tree.xpath("//div[@role='alert']//a/@href")
    assert set(links) == {
        "#on", "#worker", "#supervisor", "#form", "#outcome", "#outcome-1", "#owner-2", "#due-2",
    } and source.written == []  # fmt: skip
    for link in links:
        assert page.tree.xpath(f"//*[@id='{link[1:]}']") and page.tree.xpath(f"//*[@id='{link[1:]}-error']"), link
    assert page.tree.xpath("//input[@id='what-2']/@value") == ["See the aunt."] and "Because <b>." in page.words()


def test_one_that_was_called_off_says_by_whom(client: Fetch, source: MadeUp) -> None:
    said = FILLED | {"outcome": "cancelled", "decision": ""}
    assert client(NEW, data=said).tree.xpath("//div[@role='alert']//a/@href") == ["#cancelled_by"]
    assert client(NEW, data=said | {"cancelled_by": "worker"}).status == 302
    assert source.written[0].cancelled_by == "worker"


def test_the_worker_says_whether_it_was_so(client: Fetch, source: MadeUp) -> None:
    address = f"{PAGE}/{HELD.supervision_id}/answer"
    assert client(address, data={}).tree is not None and client(address, data={"so": "no"}).status == 400
    assert client(address, data={"so": "maybe"}).status == 400 and source.written == []
    assert client(address, data={"so": "no", "says": "We did not speak of it."}).headers["Location"] == PAGE
    assert source.written == [(HELD.supervision_id, False, "We did not speak of it.")]
    assert client(f"{PAGE}/{'b' * 32}/answer").status == 404


def test_it_is_withdrawn_with_a_reason(client: Fetch, source: MadeUp) -> None:
    address = f"{PAGE}/{HELD.supervision_id}/withdraw"
    assert client(address).status == 200 and client(address, data={"why": " "}).status == 400
    assert client(address, data={"why": "It was another child."}).headers["Location"] == PAGE
    assert source.written == [(HELD.supervision_id, "It was another child.")]


def test_where_the_case_system_is_its_home_nobody_is_asked_to_type_it(client: Fetch, source: MadeUp) -> None:
    source.allocates_here = False
    page = client(PAGE)
    assert "recorded in the case system" in page.words() and "Record a supervision" not in page.words()
    assert client(NEW).status == 403 and client(NEW, data=FILLED).status == 403 and source.written == []


def test_my_actions_are_one_list_of_every_child_with_what_waits_for_my_word(client: Fetch, source: MadeUp) -> None:
    page = client("/my-actions")
    assert (
        "1 action of yours is open, 1 past its day; 1 supervision waits for you to say that it was so." in page.words()
    )
    assert "Call the school." in page.words() and "1 more open action of yours is for children whose" in page.words()
    assert {str(one) for one in page.tree.xpath("//main//tbody//a/@href")} == {PAGE}
    assert "Call the school." in client("/my-actions/actions.csv").text
    assert client("/my-actions/none.csv").status == 404
    source.empty = True
    assert "Nothing that you undertook in supervision is open" in client("/my-actions").words()


def test_a_unit_meeting_is_written_once_for_each_family_that_was_talked_over(client: Fetch, source: MadeUp) -> None:
    assert client("/my-actions").tree.xpath("//a[@href='/my-actions/meeting']")
    choose = client("/my-actions/meeting")
    assert not choose.tree.xpath("//input[@checked]"), "nobody is chosen beforehand"
    first, second = choose.tree.xpath("//input[@name='family']/@value")
    address = f"/my-actions/meeting?family={first}&family={second}"
    assert "Ashby Testwood and Birch Testwood" in client(address).words()
    said = {
        "number": "e" * 32, "on": "2026-11-23", "form": "unit meeting", "supervisor": MANAGER.handle,
        "present": "Made-up unit", f"decision-{first}": "Goes on.", f"why-{first}": "Safer.",
    }  # fmt: skip
    page = client(address, data=said)
    assert page.status == 400 and source.written == []
    assert page.tree.xpath(f"//*[@id='decision-{second}-error']") and "Safer." in page.words()
    assert client(address, data=said | {f"decision-{second}": "Ends."}).headers["Location"].endswith("/supervision")
    (wanted,) = source.written
    assert [(family.decision, [child for child, _ in family.children]) for family in wanted.families] == [
        ("Goes on.", ["C00001", "C00002"]), ("Ends.", ["C00003"]),
    ]  # fmt: skip
    source.empty = True
    assert "No open child of whom you may write" in client("/my-actions/meeting").words()
