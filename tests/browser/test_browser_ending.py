"""That a page warns before its session ends, and lets it be drawn out. A session ends after half an hour without one.

Pages are noted once a minute, so a page counts on 29 minutes, and warns after 27.
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.journeys import PAGES
from tests.browser.test_browser_every_page import violations

Open = Callable[..., Page]


def test_a_page_warns_before_its_session_ends_and_one_press_draws_it_out(open_page: Open) -> None:
    page = open_page(PAGES["ask-for-time"], width=320)
    page.clock.install()
    page.reload()
    box = page.get_by_role("dialog")
    page.get_by_label("Why can you not do it by then?").fill("In court all week.")
    page.clock.fast_forward("26:50")
    expect(box).to_be_hidden()
    page.clock.fast_forward("00:15")
    expect(box).to_contain_text("You will be signed out in two minutes")
    stay = page.get_by_role("button", name="Stay signed in")
    expect(stay).to_be_focused()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.keyboard.press("Enter")
    expect(box).to_be_hidden()
    page.clock.fast_forward("26:50")
    expect(box).to_be_hidden()
    page.clock.fast_forward("00:15")
    expect(box).to_be_visible()
    page.clock.fast_forward("02:05")
    expect(box).to_contain_text("You have been signed out")
    expect(page.get_by_role("button", name="Sign in again")).to_be_visible()
    expect(page.get_by_label("Why can you not do it by then?")).to_have_value("In court all week.")
