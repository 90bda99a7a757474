"""Published figures by keyboard alone, and its charts as they are shown on the page itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import journeys
from tests.browser.test_browser_charts import OUTSIDE, TOUCHING

Open = Callable[..., Page]


def test_a_council_and_a_measure_are_chosen_by_keyboard_without_a_script(open_page: Open) -> None:
    page = open_page("/figures", java_script_enabled=False)
    page.get_by_label("Council").focus()
    page.keyboard.type("Cambridgeshire")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/figures?council=873")
    page.get_by_role("link", name="Children in need at 31 March, per 10,000").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/figures/cin-rate-31-march?council=873")
    assert page.locator(".kw-answer").inner_text().startswith("Cambridgeshire 232.5 per 10,000 at 31 March 2024")


@pytest.mark.parametrize("width", [1280, 320])
def test_no_word_of_a_chart_leaves_its_picture_or_lies_on_another(open_page: Open, width: int) -> None:
    page = open_page(journeys.PAGES["a-published-figure"], width=width)
    shown = [one for one in page.locator("svg.kw-chart").all() if one.is_visible()]
    assert len(shown) == 3
    for svg in shown:
        assert svg.evaluate(OUTSIDE) == []
        assert svg.evaluate(TOUCHING) == []
