"""The pages by which somebody comes to work with a child, and a child is handed over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from keyworker.actions.allocations import Part, Steps, WantedAllocation
from tests.web.conftest import Page
from tests.web.fictional import OKAFOR
from tests.web.made_allocations import COVERS, HELD, LACKING, WAITING
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
CHILD = f"/child/ch{1:022}"
WORKERS = f"{CHILD}/workers"
NEW = f"{WORKERS}/new"
FORM = "c" * 32
FILLED = {"number": FORM, "part": "worker", "worker": OKAFOR.handle, "starts_on": "2026-12-01", "cause": "resigned"}
OFFER = f"{CHILD}/handovers/{WAITING.handover_id}"
CHANGE = f"{CHILD}/handovers/{LACKING.handover_id}"


def test_the_childs_page_leads_to_who_works_with_the_child(client: Fetch) -> None:
    assert client(CHILD).tree.xpath(f"//a[@href='{WORKERS}']")
    page = client(WORKERS)
    assert "The child is offered to Bracken Okafor-Sample, who has not answered" in page.words()
    assert page.tree.xpath("//section[@id='handovers']//tbody//a/@href") == [OFFER, CHANGE]
    assert page.tree.xpath("//section[@id='working']//a/@href") == [
        f"{WORKERS}/{HELD.entry_id}/end",
        f"{WORKERS}/{COVERS.entry_id}/end",
    ]
    assert "Covers" in page.words()


def test_the_form_tells_what_each_worker_holds_by_name_and_in_no_order_of_load(client: Fetch) -> None:
    page = client(NEW)
    assert page.tree.xpath("//input[@name='worker']/@value") == [OKAFOR.handle, "wk" + f"{2:022}"]
    assert "Holds 14 children of 9 families; agreed capacity 16" in page.words()
    assert "What they hold is not told to you" in page.words()
    assert not page.tree.xpath("//form[@method='post']//input[@checked]"), "nothing is chosen beforehand"


def test_an_offer_is_written_as_it_was_typed(client: Fetch, source: MadeUp) -> None:
    page = client(NEW, data=FILLED)
    assert (page.status, page.headers["Location"]) == (302, WORKERS)
    assert source.written == [
        WantedAllocation(FORM, Part.WORKER, OKAFOR.worker_id, "T001", date(2026, 12, 1), "resigned")
    ]
    assert client(NEW, data=FILLED).status == 302 and len(source.written) == 1, "sent twice, it is written once"


def test_a_child_whose_worker_has_changed_twice_is_not_offered_again_without_a_reason(
    client: Fetch, source: MadeUp
) -> None:
    assert "has changed" not in client(NEW).words()
    source.changes = 2
    assert "has changed two times in the last 12 months" in client(NEW).words()
    page = client(NEW, data=FILLED)
    assert page.status == 400 and page.tree.xpath("//div[@role='alert']//a/@href") == ["#why"]
    assert client(NEW, data=FILLED | {"why": "She asked for him."}).status == 302


def test_every_error_leads_to_a_field_that_is_there_and_says_it_again(client: Fetch, source: MadeUp) -> None:
    said = {"part": "owner", "worker": "wk" + f"{3:022}", "starts_on": "soon", "until": "later", "cause": "none"}
    page = client(NEW, data=said)
    links = page.tree.xpath("//div[@role='alert']//a/@href")
    assert set(links) == {"#part", "#worker", "#starts_on", "#until", "#cause"} and source.written == []
    for link in links:
        assert page.tree.xpath(f"//*[@id='{link[1:]}']") and page.tree.xpath(f"//*[@id='{link[1:]}-error']")


def test_a_child_without_a_worker_is_allocated(client: Fetch, source: MadeUp) -> None:
    source.has_worker = False
    assert "has no worker" in client(WORKERS).words() and "Allocate the child" in client(WORKERS).words()
    assert client(NEW).tree.xpath("//input[@name='part'][@checked]/@value") == ["worker"]


def test_it_ends_with_a_day_and_a_cause(client: Fetch, source: MadeUp) -> None:
    address = f"{WORKERS}/{HELD.entry_id}/end"
    assert "will then have no worker" in client(address).words()
    assert "will then have no worker" not in client(f"{WORKERS}/{COVERS.entry_id}/end").words()
    page = client(address, data={"on": "2026-03-02", "cause": ""})
    assert page.status == 400 and page.tree.xpath("//div[@role='alert']//a/@href") == ["#on", "#cause"]
    assert client(address, data={"on": "2026-11-23", "cause": "retired"}).status == 302
    assert source.written == [(HELD.entry_id, date(2026, 11, 23), "retired")]
    assert client(f"{WORKERS}/99/end").status == 404


def test_an_offer_is_accepted_with_one_button_and_refused_with_a_reason(client: Fetch, source: MadeUp) -> None:
    page = client(OFFER)
    assert "Nothing changes until it is accepted" in page.words() and "They know each other already." in page.words()
    assert client(OFFER, data={"do": "refused", "why": " "}).status == 400 and source.written == []
    assert client(OFFER, data={"do": "something"}).status == 400
    assert client(OFFER, data={"do": "accepted"}).headers["Location"] == OFFER
    assert client(OFFER, data={"do": "refused", "why": "I am full."}).headers["Location"] == "/handovers"
    assert source.written == [(WAITING.handover_id, "accepted", ""), (WAITING.handover_id, "refused", "I am full.")]


def test_a_change_says_what_it_lacks_and_a_child_told_on_the_day_was_not_told_beforehand(
    client: Fetch, source: MadeUp
) -> None:
    page = client(CHANGE)
    assert "told of it only when it had happened and offered a goodbye" in page.words()
    assert not page.tree.xpath("//button[@value='refused']")
    assert page.tree.xpath("//input[@id='introduced_on']/@value") == ["2026-02-27"]
    steps = {"do": "steps", "told_on": "2026-02-20", "introduced_on": "2026-02-27", "goodbye_on": "2026-03-01"}
    assert client(CHANGE, data=steps | {"goodbye_on": "2026-11-24"}).status == 400
    assert client(CHANGE, data=steps | {"goodbye_on": "soon"}).status == 400 and source.written == []
    assert client(CHANGE, data=steps).status == 302
    taken = Steps(date(2026, 2, 20), date(2026, 2, 27), date(2026, 3, 1))
    assert source.written == [(LACKING.handover_id, taken)]


def test_the_list_parts_what_waits_from_what_is_not_complete_and_the_first_page_leads_to_it(client: Fetch) -> None:
    page = client("/handovers")
    assert "One offer waits for an answer, one of them for yours; one change is not complete." in page.words()
    assert page.tree.xpath("//section[@id='waiting']//tbody//a/@href") == [OFFER]
    assert page.tree.xpath("//section[@id='incomplete']//tbody//a/@href") == [CHANGE]
    assert client("/handovers/waiting.csv").status == 200 and client("/handovers/none.csv").status == 404
    assert client("/needs-me").tree.xpath("//a[@href='/handovers'][contains(., 'you may answer')]")


def test_where_the_case_system_is_the_home_the_page_says_so_and_asks_nobody_to_type(
    client: Fetch, source: MadeUp
) -> None:
    source.allocates_here = False
    page = client(WORKERS)
    assert "recorded in the case system" in page.words() and not page.tree.xpath("//main//a[contains(@href, '/end')]")
    assert client(NEW).status == 403 and client(NEW, data=FILLED).status == 403 and source.written == []
    assert not client(OFFER).tree.xpath("//main//form//button")


def test_a_child_with_no_worker_has_a_clock_and_a_named_manager_on_the_teams_page(
    client: Fetch, source: MadeUp
) -> None:
    page = client("/team")
    assert "One child has no worker, for 13 days. Hazel Notreal answers for the child until then." in page.words()
    # It was to be allocated by the working day after Wednesday 11 November.
    assert "To be allocated by 12 November 2026, 11 days ago" in page.words()
    doors = page.tree.xpath("//section[@id='unallocated']//a[text()='Allocate']/@href")
    assert doors == [f"/child/ch{11:022}/workers/new"]
    assert "Allocate" not in client("/team?at=2026-11-22").tree.xpath("//section[@id='unallocated']//a/text()")
    source.allocates_here = False
    assert "Allocate" not in client("/team").tree.xpath("//section[@id='unallocated']//a/text()")
