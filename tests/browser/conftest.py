"""The pages in Debian's Chromium, served on this machine with made-up pictures."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from keyworker.web import bound, entry
from tests.servers.started import Server
from tests.web import fictional as made_up
from tests.web.opened import PASSWORD, opened_site
from tests.web.source import MadeUp

CHROMIUM = "/usr/bin/chromium-headless-shell"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SHOTS = Path(__file__).resolve().parents[2] / "docs" / "manual" / "screenshots"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here drives Chromium; one worker takes them all, so that it is started once."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def address(embedded_server: Server) -> str:
    """Where the pages are served."""
    opened_site(embedded_server)
    found: list[str] = []
    ready = threading.Event()

    def told(at: str) -> None:
        found.append(at.rstrip("/"))
        ready.set()

    threading.Thread(target=lambda: entry.serve(0, ready=told), daemon=True).start()
    assert ready.wait(30), "the pages were not served within 30 seconds"
    return found[0]


@pytest.fixture
def source(address: str) -> MadeUp:
    """Made-up pictures, bound afresh, on a fixed day."""
    made = MadeUp(marked=True)
    bound.bind(made, lambda: made_up.NOW)
    return made


@pytest.fixture(scope="package")
def browser(address: str) -> Iterator[Browser]:
    """Chromium, started after the site is open and ended with these tests: the web framework's own tests need a
    thread in which nothing runs a loop."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def signed_in(browser: Browser, address: str) -> dict[str, object]:
    """The cookies of somebody who has signed in."""
    bound.bind(MadeUp(), lambda: made_up.NOW)
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.get_by_label("Sign-in name").fill("sorrel")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/needs-me")
    state = context.storage_state()
    context.close()
    return dict(state)


@pytest.fixture
def open_page(
    browser: Browser, signed_in: dict[str, object], source: MadeUp, address: str
) -> Iterator[Callable[..., Page]]:
    """Open a page as somebody who has signed in; nothing may go elsewhere, and nothing may be said on the console."""
    contexts: list[BrowserContext] = []
    elsewhere: list[str] = []
    said: list[str] = []

    def opened(path: str, width: int = 1280, **more: object) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, storage_state=signed_in, base_url=address, **more
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda one: elsewhere.append(one.url) if not one.url.startswith(address) else None)
        page.on("console", lambda one: said.append(one.text))
        page.on("pageerror", lambda one: said.append(str(one)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not elsewhere, f"the page asked for things from elsewhere: {elsewhere}"
    assert not [one for one in said if "the server responded with a status of 400" not in one], said


@pytest.fixture
def shoot() -> Callable[..., None]:
    """Take a picture for the manual, when the manual's pictures are being taken."""

    def taken(page: Page, name: str, of: str = "") -> None:
        if os.environ.get("KEYWORKER_SCREENSHOTS") == "1":
            SHOTS.mkdir(parents=True, exist_ok=True)
            if of:
                page.locator(of).screenshot(path=SHOTS / f"{name}.png")
            else:
                page.screenshot(path=SHOTS / f"{name}.png", full_page=True, clip=_top_of(page))

    return taken


def _top_of(page: Page) -> dict[str, float]:
    """The part of a page that a manual needs: its width, and no more than two screens of it."""
    high = page.evaluate("document.documentElement.scrollHeight")
    wide = page.viewport_size["width"] if page.viewport_size else 1280
    return {"x": 0, "y": 0, "width": wide, "height": min(high, 1500)}
