"""Journeys in English: by keyboard alone, on a phone, into the past and back, on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.journeys import CHILD, PAGES
from tests.browser.test_browser_every_page import violations
from tests.web.made_direct_work import picture
from tests.web.source import MadeUp

Open = Callable[..., Page]


def focused(page: Page) -> str:
    """What the keyboard is on, in words."""
    return str(
        page.evaluate(
            "(document.activeElement.getAttribute('aria-label') || document.activeElement.textContent).trim()"
        )
    )


def tab_to(page: Page, words: str, limit: int = 80) -> None:
    """Press Tab until the keyboard is on something that begins with these words."""
    seen = []
    for _ in range(limit):
        page.keyboard.press("Tab")
        seen.append(focused(page))
        if seen[-1].startswith(words):
            return
    raise AssertionError(f"the keyboard never reached {words!r}; it passed {seen}")


def test_a_worker_reaches_a_child_and_why_they_are_due_by_keyboard_alone(open_page: Open) -> None:
    page = open_page("/my-children")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the answer"
    page.keyboard.press("Enter")
    tab_to(page, "Gorse Testwood")
    tab_to(page, "Why")
    page.keyboard.press("Enter")
    expect(page.get_by_text("the council’s visiting policy").first).to_be_visible()
    tab_to(page, "Ashby Testwood")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ashby Testwood")


def test_the_throughline_has_keyboard_stops_that_lead_to_the_table(open_page: Open) -> None:
    page = open_page(CHILD)
    tab_to(page, "Bracken Okafor-Sample, lead, from 4 March 2025, 8 weeks, ended 30 April 2025, planned transfer")
    tab_to(page, "Maple Reid-Invented, lead")
    tab_to(page, "No worker for 34 days, from 2 October 2025")
    page.keyboard.press("Enter")
    row = page.locator("tr:target")
    expect(row).to_contain_text("No worker")
    expect(row).to_contain_text("34 days")
    expect(row).to_be_in_viewport()


def test_the_throughline_stands_upright_on_a_phone_and_only_one_is_read(
    open_page: Open, shoot: Callable[..., None]
) -> None:
    wide, phone = open_page(CHILD), open_page(CHILD, width=320)
    expect(wide.locator("svg:not(.kw-lanes).kw-line--lying")).to_be_visible()
    expect(wide.locator("svg:not(.kw-lanes).kw-line--upright")).to_be_hidden()
    expect(phone.locator("svg:not(.kw-lanes).kw-line--upright")).to_be_visible()
    expect(phone.locator("svg:not(.kw-lanes).kw-line--lying")).to_be_hidden()
    box = phone.locator("svg:not(.kw-lanes).kw-line--upright").bounding_box()
    assert box and box["height"] > box["width"]
    shoot(phone, "a-child-phone", of=".kw-throughline >> nth=0")


def test_words_in_the_throughline_stay_at_least_ten_points_high(open_page: Open) -> None:
    smallest = """Math.min(...[...document.querySelectorAll('svg.kw-line--%s text')]
        .map(t => parseFloat(getComputedStyle(t).fontSize) * t.ownerSVGElement.getScreenCTM().a))"""
    assert open_page(CHILD).evaluate(smallest % "lying") >= 10
    assert open_page(CHILD, width=320).evaluate(smallest % "upright") >= 9.5


def test_a_moment_is_chosen_by_form_and_left_again(open_page: Open) -> None:
    page = open_page(CHILD)
    page.get_by_text("Look at another day").click()
    page.get_by_label("Day to look at").fill("20 February 2026")
    page.get_by_label("Known by the end of").fill("10 October 2025")
    page.get_by_role("button", name="Show that moment").click()
    expect(page.locator("body.kw-then")).to_be_visible()
    expect(page.get_by_text("as it was known at the end of 10 October 2025").first).to_be_visible()
    expect(page.locator("svg.kw-line--lying .is-hatched").first).to_be_visible()
    page.get_by_role("link", name="Back to now").click()
    expect(page.locator("body.kw-then")).to_have_count(0)


def test_a_moment_that_is_none_is_said_beside_what_was_typed(open_page: Open) -> None:
    page = open_page(PAGES["a-moment-that-is-none"])
    expect(page.get_by_role("alert")).to_contain_text("Day to look at must be a real day")
    expect(page.get_by_label("Day to look at")).to_have_value("31 February 2026")


def test_a_list_can_be_sorted_where_scripts_run(open_page: Open) -> None:
    page = open_page("/my-children")
    table = page.locator("#lead table").first
    first = table.locator("tbody tr").first
    expect(first).to_contain_text("Gorse Testwood")
    table.get_by_role("button", name="Child").click()
    expect(first).to_contain_text("Ashby Testwood")


def test_paper_shows_the_picture_and_what_is_folded_on_screen(open_page: Open) -> None:
    page = open_page(CHILD)
    page.emulate_media(media="print")
    expect(page.locator("svg:not(.kw-lanes).kw-line--lying")).to_be_visible()
    expect(page.locator("svg.kw-lanes.kw-line--lying")).to_be_visible()
    expect(page.locator("nav.kw-navigation")).to_be_hidden()
    expect(page.locator("#visits table")).to_be_visible()
    assert len(page.pdf(prefer_css_page_size=True)) > 10_000


def test_each_sister_picture_has_keyboard_stops_that_lead_to_the_table(open_page: Open) -> None:
    for name, stop, row in (
        ("a-worker", "2026: at most 22 children", "22"),
        ("a-post", "Full time empty from 1 March 2023", "Uncovered"),
        ("a-team-over-time", "Fenwick unit 3: at most 31 children", "Merged into Fenwick 2"),
    ):
        page = open_page(PAGES[name])
        tab_to(page, stop)
        page.keyboard.press("Enter")
        expect(page.locator("tr:target")).to_contain_text(row)
        expect(page.locator("tr:target")).to_be_in_viewport()


def test_a_brother_is_reached_from_his_strip_by_keyboard_alone(open_page: Open, shoot: Callable[..., None]) -> None:
    page = open_page(CHILD)
    shoot(page, "brothers-and-sisters", of="section[aria-labelledby=kin-title]")
    tab_to(page, "Birch Testwood, child in need", limit=120)
    page.keyboard.press("Enter")
    expect(page.locator("tr:target")).to_contain_text("another worker")
    tab_to(page, "Birch Testwood")
    page.keyboard.press("Enter")
    page.wait_for_url("**/child/ch0000000000000000000002")


def test_the_sister_pictures_fit_a_phone_with_words_that_can_be_read(
    open_page: Open, shoot: Callable[..., None]
) -> None:
    smallest = """Math.min(...[...document.querySelectorAll('svg.kw-line--upright text')]
        .map(t => parseFloat(getComputedStyle(t).fontSize) * t.ownerSVGElement.getScreenCTM().a))"""
    for name in ("a-worker", "a-post", "a-team-over-time", "a-child"):
        page = open_page(PAGES[name], width=320)
        expect(page.locator("svg.kw-lanes.kw-line--upright")).to_be_visible()
        expect(page.locator("svg.kw-lanes.kw-line--lying")).to_be_hidden()
        assert page.evaluate(smallest) >= 9.5
    page = open_page(PAGES["a-worker"], width=320)
    shoot(page, "a-worker-phone", of=".kw-throughline")


def test_a_worker_is_reached_from_the_team_and_the_post_from_the_worker(open_page: Open) -> None:
    page = open_page(PAGES["my-team"])
    page.locator("#workers a[href^='/worker/']").first.click()
    page.wait_for_url("**/worker/*")
    page.locator(".kw-facts").get_by_role("link", name="Social worker").click()
    page.wait_for_url("**/post/*")
    expect(page.get_by_role("heading", level=1)).to_have_text("Social worker")


def test_paper_shows_a_sister_picture_and_every_month(open_page: Open) -> None:
    page = open_page(PAGES["a-worker"])
    page.emulate_media(media="print")
    expect(page.locator("svg.kw-line--lying").first).to_be_visible()
    expect(page.locator("#months table")).to_be_visible()
    assert len(page.pdf(prefer_css_page_size=True)) > 10_000


BROKEN = """() => [...document.querySelectorAll('.kw-facts .govuk-summary-list__key')].flatMap(key => {
  const text = document.createTreeWalker(key, NodeFilter.SHOW_TEXT).nextNode(), found = [];
  for (const word of text.nodeValue.matchAll(/\\S+/g)) {
    const range = document.createRange();
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    if (new Set([...range.getClientRects()].map(one => one.top)).size > 1) found.push(word[0]);
  }
  return found;
})"""


@pytest.mark.parametrize("name", ["a-child", "a-worker", "a-post", "a-team-over-time"])
def test_no_word_of_a_fact_is_broken_on_a_phone_of_320_points(open_page: Open, name: str) -> None:
    page = open_page(PAGES[name], width=320)
    assert page.locator(".kw-facts .govuk-summary-list__key").count()
    assert page.evaluate(BROKEN) == []


def test_on_paper_no_address_of_a_child_or_worker_stands_beside_a_name(open_page: Open) -> None:
    page = open_page(CHILD)
    page.emulate_media(media="print")
    said = page.eval_on_selector_all(
        "main a[href^='/']", "links => links.map(one => getComputedStyle(one, '::after').content)"
    )
    assert said and set(said) == {"none"}


@pytest.mark.parametrize("width", [1280, 320])
def test_anybody_is_found_from_any_page_by_keyboard_alone(open_page: Open, width: int) -> None:
    page = open_page("/due", width=width)
    page.keyboard.press("Tab")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "find-anyone":
            break
    page.keyboard.type("some")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 children, 2 workers and 1 team answer to that.")).to_be_visible()
    assert "some" not in page.url
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    tab_to(page, "Ashby Testwood")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ashby Testwood")


@pytest.mark.parametrize("width", [1280, 320])
def test_a_worker_says_by_keyboard_alone_that_they_cannot_and_a_manager_answers(
    open_page: Open, source: MadeUp, width: int
) -> None:
    page = open_page(PAGES["ask-for-time"], width=width)
    page.get_by_label("Why can you not do it by then?").focus()
    page.keyboard.type("In court all week.")
    tab_to(page, "Ask")
    assert violations(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/time/*")
    page = open_page(PAGES["who-asks-for-time"], width=width)
    assert violations(page) == []
    page.get_by_role("link", name="Ashby Testwood").last.focus()
    page.keyboard.press("Enter")
    page.get_by_label("It may be late, until a day").focus()
    page.keyboard.press("Space")
    tab_to(page, "Answer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Enter a real day")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [type(one).__name__ for one in source.written] == ["WantedTime"]


@pytest.mark.parametrize("width", [1280, 320])
def test_a_child_is_offered_to_another_worker_by_keyboard_alone(open_page: Open, source: MadeUp, width: int) -> None:
    page = open_page(PAGES["who-works-with-a-child"], width=width)
    tab_to(page, "Offer the child to another worker")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Change who works with the child")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_label("From which day?").fill("2026-11-23")
    page.get_by_role("radio", name="The child’s worker Holds").focus()
    page.keyboard.press("Space")
    page.get_by_role("radio", name="Bracken Okafor-Sample").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")
    # The cause was not chosen: the error leads to it, and what was chosen is still there.
    expect(page.get_by_role("alert")).to_be_visible()
    tab_to(page, "Choose the cause")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "cause"
    assert violations(page) == []
    page.keyboard.type("The worker resigned")
    page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who works with the child")
    (wanted,) = source.written
    assert (wanted.part, wanted.worker_id, wanted.cause) == ("worker", "W0001", "resigned")


@pytest.mark.parametrize("width", [1280, 320])
def test_a_supervision_is_recorded_by_keyboard_alone_and_carries_its_action_on(
    open_page: Open, source: MadeUp, width: int
) -> None:
    page = open_page(PAGES["case-supervision"], width=width)
    assert violations(page) == []
    tab_to(page, "Record a supervision")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Record a supervision")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    groups = ("Was it held?", "In which form?", "Whose work was supervised?")
    for name in (*groups, "Who held it?"):
        last = name == "Who held it?"
        radios = page.get_by_role("group", name=name).get_by_role("radio")
        (radios.last if last else radios.first).focus()
        page.keyboard.press("Space")
    page.get_by_label("What was decided for the child").focus()
    page.keyboard.type("The plan goes on.")
    page.get_by_role("button", name="Save the supervision").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Case supervision")
    (wanted,) = source.written
    assert (wanted.outcome, wanted.form, wanted.decision, wanted.ended) == (
        "held",
        "one to one",
        "The plan goes on.",
        (),
    )


def test_the_cover_sheet_is_reached_from_the_child_and_prints_on_one_side_of_a4(open_page: Open) -> None:
    page = open_page(CHILD)
    tab_to(page, "Cover sheet")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Before you visit")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("nav.kw-navigation")).to_be_hidden()
    margin = {"top": "10mm", "bottom": "10mm", "left": "12mm", "right": "12mm"}
    assert page.pdf(format="A4", margin=margin).count(b"/Type /Page\n") == 1


@pytest.mark.parametrize("width", [1280, 320])
def test_a_child_does_not_agree_and_a_drawing_is_attached_by_keyboard_alone_from_the_page_of_a_visit(
    open_page: Open, source: MadeUp, width: int
) -> None:
    visit = f"{CHILD}/visits/{'d' * 32}-1"
    page = open_page(visit, width=width)
    tab_to(page, "The child or a parent does not agree")
    page.keyboard.press("Enter")
    page.get_by_label("Who said it?").focus()
    page.keyboard.type("Child")
    page.get_by_label("What they said, in their own words").focus()
    page.keyboard.type("Nobody came.")
    tab_to(page, "Write it down")
    page.keyboard.press("Enter")
    page.wait_for_url("**/own-words")
    page.goto(visit)
    tab_to(page, "Attach direct work")
    page.keyboard.press("Enter")
    page.get_by_label("A drawing, painting or something made").focus()
    page.keyboard.press("Space")
    page.get_by_label("What was it for?").focus()
    page.keyboard.type("To say what home is like.")
    page.get_by_label("The photo, drawing or recording").set_input_files(
        {"name": "drawing.png", "mimeType": "image/png", "buffer": picture()}
    )
    tab_to(page, "Write it down")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Ask the child.")
    assert violations(page) == [] and page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_label("The child agrees that it is kept, and opened by whoever works with the child").focus()
    page.keyboard.press("Space")
    page.get_by_label("The photo, drawing or recording").set_input_files(
        {"name": "drawing.png", "mimeType": "image/png", "buffer": picture()}
    )
    tab_to(page, "Write it down")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Direct work")
    said, (_, attached) = source.written
    assert (said.kind, said.said_by, said.words, said.entry_id) == ("not agreed", "child", "Nobody came.", 12)
    assert attached.content == picture()
