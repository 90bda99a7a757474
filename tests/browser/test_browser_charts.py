"""Drawn charts in Chromium: readable at 320 points, in forced colours, under a policy that refuses all style."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.measures.made_charts import ALL

AT = "http://charts.example/"
POLICY = "default-src 'none'; style-src 'none'"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of nothing but charts, and whatever the browser complains of."""
    context = browser.new_context(viewport={"width": 320, "height": 900})
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda one: said.append(one.text))
    yield opened
    context.close()
    assert not said


def show(page: Page, *pictures: str) -> None:
    body = f"<!doctype html><html lang=en><meta charset=utf-8><title>Charts</title>{''.join(pictures)}"
    headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
    page.route(AT, lambda route: route.fulfill(body=body, headers=headers))
    page.goto(AT)


OUTSIDE = """
svg => {
  const whole = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(one => {
    const box = one.getBoundingClientRect();
    return box.left < whole.left - 1 || box.right > whole.right + 1 || box.top < whole.top - 1
      || box.bottom > whole.bottom + 1;
  }).map(one => one.textContent);
}
"""
TOUCHING = """
svg => {
  const boxes = [...svg.querySelectorAll('text')].map(one => [one.textContent, one.getBoundingClientRect()]);
  const found = [];
  boxes.forEach(([says, a], at) => boxes.slice(at + 1).forEach(([other, b]) => {
    if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 5) found.push([says, other]);
  }));
  return found;
}
"""


@pytest.mark.parametrize("name", sorted(ALL))
def test_no_word_of_a_chart_leaves_its_picture_or_lies_on_another(name: str, page: Page):
    drawn = ALL[name]()
    show(page, drawn.narrow, drawn.wide)
    narrow, wide = page.locator("svg").all()
    for svg in (narrow, wide):
        assert svg.evaluate(OUTSIDE) == []
        assert svg.evaluate(TOUCHING) == []
    box = narrow.bounding_box()
    assert box is not None
    assert box["width"] == 320


def test_in_forced_colours_lines_and_words_take_the_readers_own(page: Page):
    page.emulate_media(forced_colors="active", color_scheme="dark")
    show(page, ALL["decided"]().narrow)
    seen = page.locator("svg").evaluate(
        """svg => [...svg.querySelectorAll('.figures, .centre, .upper, .rebase, .title')].map(one => {
             const style = getComputedStyle(one);
             return one.tagName === 'text' ? style.fill : style.stroke;
           })"""
    )
    words = page.locator("body").evaluate("body => getComputedStyle(body).color")
    assert set(seen) == {words}
    assert words == "rgb(255, 255, 255)"


def test_a_chart_is_named_to_assistive_technology_by_its_finding(page: Page):
    drawn = ALL["risen"]()
    show(page, drawn.narrow)
    image = page.get_by_role("img", name=drawn.title)
    assert image.count() == 1
