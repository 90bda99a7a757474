"""What is typed is kept while it is typed: the window closed, two windows, and a button pressed twice."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_browser_every_page import violations
from tests.web.made_visits import NOTE
from tests.web.source import MadeUp

NEW = f"/child/ch{1:022}/visits/new"
Open = Callable[..., Page]


def test_what_is_typed_outlives_its_window_and_of_two_windows_the_later_one_shows_both(
    open_page: Open, source: MadeUp
) -> None:
    page = open_page(NEW)
    # The made-up pictures have a page of the visit of this number alone.
    page.locator("input[name='together_id']").evaluate("(one, number) => { one.value = number }", NOTE.together_id)
    page.get_by_text("What Child 1 Testwood said or showed, and more").click()
    page.locator("textarea[name='1-words']").fill("Wants to swim.")
    expect(page.locator("[data-draft-says]")).to_contain_text("Kept on 23 November 2026", timeout=8_000)
    page.close()

    page = open_page(NEW, width=320)
    page.get_by_role("link", name="Go on with it").click()
    words = page.locator("textarea[name='1-words']")
    expect(words).to_have_value("Wants to swim.")

    other = page.context.new_page()
    other.goto(page.url)
    other.locator("textarea[name='1-words']").fill("Wants to swim, and to see Nan.")
    expect(other.locator("[data-draft-says]")).to_contain_text("Kept on", timeout=8_000)
    words.fill("Wants to swim on Fridays.")
    told = page.locator("[data-draft-others]")
    expect(told).to_contain_text("Another window kept this form too", timeout=8_000)
    expect(told).to_contain_text("Here: Wants to swim on Fridays.")
    expect(told).to_contain_text("There: Wants to swim, and to see Nan.")
    assert violations(page) == []
    told.get_by_role("button", name="Take what is there").click()
    expect(words).to_have_value("Wants to swim, and to see Nan.")

    page.locator("input[name='1-outcome'][value='seen alone']").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Save the visit").dblclick()
    assert len(source.written) == 1, "pressed twice, it is sent once"
    assert source.begun == {}
