"""What must hold on every page in a real browser: no axe violation, no sideways scroll at 320 px, no script needed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from keyworker.facts.pictures import Role
from tests.browser import journeys
from tests.web import fictional as made_up
from tests.web.source import MadeUp

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
Open = Callable[..., Page]
EVERY_WORD_LONG = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), words = [];
    while (walker.nextNode()) words.push(walker.currentNode);
    for (const one of words)
        if (one.nodeValue.trim() && !one.parentElement.closest('svg, thead, .kw-label'))
            one.nodeValue = 'Northnorthwesternfamilysafeguardingandassessmentunitnumberten';
}"""
PAGES = journeys.PAGES
SHAPES = ["my-children", "a-child", "district-and-service", "a-worker", "a-post", "posts", "a-team-over-time"]
SHAPES += ["published-figures", "a-published-figure"]


WIDER_APART = """* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; line-height: 1.5 !important; }
p { margin-bottom: 2em !important; }"""
"""As wide apart as WCAG 1.4.12 lets a reader set words and lines."""
SPACED = "said => { const one = new CSSStyleSheet(); one.replaceSync(said); document.adoptedStyleSheets = [one]; }"
"""A page's own policy lets no style be written into it; a reader's settings are none of the page's."""
RULES = "{resultTypes: ['violations'], rules: {'target-size': {enabled: true}}}"
"""Whatever axe finds unasked, and WCAG 2.5.8: what is pressed is 24 points high and wide, or stands free."""


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate(f"axe.run(document, {RULES})")
    return [
        f"{one['id']}: {one['help']}: {[node['html'][:120] for node in one['nodes'][:3]]}"
        for one in found["violations"]
    ]


def width_needed(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_neither_a_phone_nor_words_wide_apart_need_sideways_scroll(
    open_page: Open, shoot: Callable[[Page, str], None], name: str
) -> None:
    page = open_page(PAGES[name])
    shoot(page, name)
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 900})
    if name == "my-children":
        shoot(page, f"{name}-phone")
    assert width_needed(page) <= 320
    # A name, a team or a title may be longer than the screen is wide.
    page.evaluate(EVERY_WORD_LONG)
    assert width_needed(page) <= 320
    page.evaluate(SPACED, WIDER_APART)
    assert page.evaluate("getComputedStyle(document.body).letterSpacing") != "normal"
    assert width_needed(page) <= 320


def test_many_pages_stand_in_groups_that_open_by_keyboard_and_without_script(open_page: Open) -> None:
    page = open_page("/my-children", width=320, java_script_enabled=False)
    group = page.locator(".kw-group").first
    page.get_by_role("link", name="Due", exact=True).wait_for(state="hidden")
    group.locator("summary").press("Enter")
    assert page.get_by_role("link", name="Due", exact=True).is_visible() and width_needed(page) <= 320
    with_script = open_page("/my-children", width=320)
    with_script.locator(".kw-group summary").first.press("Enter")
    assert violations(with_script) == []


@pytest.mark.parametrize("name", SHAPES)
def test_axe_finds_nothing_on_a_phone(open_page: Open, name: str) -> None:
    assert violations(open_page(PAGES[name], width=320)) == []


@pytest.mark.parametrize("name", SHAPES)
def test_axe_finds_nothing_where_there_is_no_data(open_page: Open, source: MadeUp, name: str) -> None:
    source.empty = True
    assert violations(open_page(PAGES[name])) == []


@pytest.mark.parametrize("name", [*SHAPES, "my-team"])
def test_a_page_is_whole_without_javascript(open_page: Open, name: str) -> None:
    with_script = open_page(PAGES[name]).inner_text("main").split()
    without = open_page(PAGES[name], java_script_enabled=False).inner_text("main").split()
    # A script only says that a list can be sorted; it brings nothing that is not there already.
    assert set(with_script) - set(without) <= {"(column", "headers", "with", "buttons", "are", "sortable)."}
    assert set(without) <= set(with_script)


def test_the_sign_in_page_has_no_violation_and_keeps_what_was_typed(open_page: Open) -> None:
    page = open_page("/sign-in")
    page.get_by_label("Sign-in name").fill("sorrel")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    assert page.get_by_label("Sign-in name").input_value() == "sorrel"
    assert violations(page) == []


@pytest.mark.parametrize("name", ["a-child", "a-worker", "a-post", "a-team-over-time", "a-published-figure"])
def test_forced_colours_keep_every_word_readable(open_page: Open, name: str) -> None:
    page = open_page(PAGES[name], forced_colors="active")
    assert violations(page) == []
    # Nothing checks the contrast of words in a picture, and a ribbon's are white on a colour that is now gone.
    fills = page.evaluate("[...document.querySelectorAll('svg text')].map(one => getComputedStyle(one).fill)")
    assert fills and set(fills) == {page.evaluate("getComputedStyle(document.querySelector('h1')).color")}


def test_a_name_too_long_for_a_phone_is_in_the_key_beside_its_initials_and_is_what_the_ribbon_is_called(
    open_page: Open, source: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = made_up.worker("Bartholomew Featherstonehaugh-Invented", 41)
    held = made_up.ribbon(long, Role.LEAD, made_up.ago(300), None, None)
    monkeypatch.setattr(source, "child", lambda named, moment: made_up.story(ribbons=(held,), gaps=()))
    page = open_page(PAGES["a-child"], width=320)
    assert page.locator(".kw-line--upright text:visible", has_text=re.compile("^BF$")).count() == 1
    key = page.get_by_role("list", name="What the shapes mean").first.get_by_text(long.name)
    assert key.is_visible()
    assert page.get_by_role("link", name=re.compile(long.name)).first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []
