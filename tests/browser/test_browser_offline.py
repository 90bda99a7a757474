"""A visit where there is no signal: the network cut, the browser killed in the middle, and nothing of it lost."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from keyworker.web import bound
from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.test_browser_every_page import violations, width_needed
from tests.web.opened import PASSWORD
from tests.web.source import MadeUp

PASSCODE = "made up heron"
WORDS = "Wants to swim, and to see Nan."
CACHED = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const kept = await caches.open(name);
    for (const request of await kept.keys()) found.push([request.url, await (await kept.match(request)).text()]);
  }
  return found;
}"""

HELD = """async () => {
  const { taken, waiting } = await import("/static/device/store.js");
  return [(await taken()) ? 1 : 0, (await waiting()).map((one) => one.own)];
}"""
"""What a device holds of the forms, and what of all that waits its writer could open."""


@contextmanager
def phone(browser: Browser, profile: Path, address: str) -> Iterator[Page]:
    """A browser with a profile of its own, 320 points wide, as it is started anew."""
    context = browser.browser_type.launch_persistent_context(
        profile, executable_path=CHROMIUM, headless=True, args=QUIET, base_url=address,
        viewport={"width": 320, "height": 800},
    )  # fmt: skip
    try:
        yield context.pages[0]
    finally:
        with suppress(Error):  # one that was killed may be gone already
            context.close()


def killed(profile: Path) -> None:
    """Kill the browser of a profile, the process of this test's own making, without a word of warning."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            said = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if f"--user-data-dir={profile}".encode() in said and b"--type=" not in said:
            os.kill(int(folder.name), signal.SIGKILL)
            return
    pytest.fail("the browser was not found")


def sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("Sign-in name").fill("sorrel")
    page.locator("input[type='password']").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/needs-me")


def cut(context: BrowserContext) -> None:
    context.set_offline(True)


def open_forms(page: Page) -> None:
    page.get_by_label("The passcode of these forms").fill(PASSCODE)
    page.get_by_role("button", name="Open them").click()
    expect(page.get_by_role("heading", name="Write a visit down")).to_be_visible(timeout=10_000)


def on_the_disk(profile: Path, said: str) -> list[str]:
    """The files of a profile's own stores that hold a text, in either width of letters."""
    stores = [one for name in ("IndexedDB", "Service Worker", "Local Storage") for one in profile.rglob(name)]
    files = [file for store in stores for file in store.rglob("*") if file.is_file()]
    assert files
    return [
        str(one) for one in files if said.encode() in (held := one.read_bytes()) or said.encode("utf-16-le") in held
    ]


def test_a_visit_typed_with_the_network_cut_outlives_a_killed_browser_and_is_written_down_once(
    browser: Browser, source: MadeUp, address: str, tmp_path: Path
) -> None:
    source.visited = False
    bound.bind(source)  # the device has a clock of its own, so the pages go by the real one too
    profile = tmp_path / "profile"
    with phone(browser, profile, address) as page:
        sign_in(page)
        page.evaluate("async () => { await navigator.serviceWorker.ready }")
        page.goto("/take-with-me")
        assert violations(page) == []
        page.locator("input[name='child']").first.check()
        page.get_by_label("A passcode for these forms").fill(PASSCODE)
        page.get_by_role("button", name="Take these with me").click()
        expect(page.locator("[data-take-says]")).to_contain_text("1 form is on this device until", timeout=10_000)

        cut(page.context)
        page.goto("/my-children")
        expect(page.get_by_role("heading", name="On this device", exact=True)).to_be_visible()
        for url, text in page.evaluate(CACHED):
            assert "Testwood" not in text, f"{url} keeps a name"
            assert url.startswith((f"{address}/static/", f"{address}/theme.css", f"{address}/on-this-device")), url
        open_forms(page)
        page.get_by_role("button", name="A visit to CT (1)").click()
        page.locator("textarea[name='1-words']").fill(WORDS)
        expect(page.get_by_text("Kept on this device at")).to_be_visible()
        assert violations(page) == [] and width_needed(page) <= 320
        # In the middle of the next save.
        page.locator("input[name='1-outcome'][value='seen alone']").check()
        time.sleep(0.81)
        killed(profile)
    assert on_the_disk(profile, "swim") == [] and on_the_disk(profile, "Testwood") == []

    with phone(browser, profile, address) as page:
        cut(page.context)
        page.goto("/on-this-device")
        open_forms(page)
        page.get_by_role("button", name="Go on with CT (1)").click()
        expect(page.locator("textarea[name='1-words']")).to_have_value(WORDS)
        page.locator("input[name='1-outcome'][value='seen alone']").check()
        page.get_by_role("button", name="Finish: send it when there is a signal").dblclick()
        expect(page.get_by_text("1 waits on this device to be sent, sealed.")).to_be_visible()
        assert source.written == []

        # There is a signal again, and the sign-in has ended meanwhile.
        page.context.set_offline(False)
        page.get_by_role("link", name="Sign in").click(timeout=10_000)
        sign_in(page)
        expect(page.get_by_text("Written down on")).to_be_visible(timeout=10_000)
        (wanted,) = source.written
        assert [(one.child_id, one.words) for one in wanted.children] == [("c1", WORDS)]
        page.goto("/on-this-device")
        expect(page.get_by_text("Nothing waits.")).to_be_visible()

        # Another window has the forms open, and something half typed, while this one signs out.
        other = page.context.new_page()
        other.goto("/on-this-device")
        open_forms(other)
        other.get_by_role("button", name="A visit to CT (1)").click()
        other.locator("textarea[name='1-words']").fill("Half a sentence.")
        page.goto("/needs-me")
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/sign-in*")
        expect(other.get_by_text("You took no forms with you, or their time has ended.")).to_be_visible()
        assert "CT (1)" not in other.locator("main").inner_text()
        expect(other.get_by_text("A visit that you began")).to_be_visible()
        assert other.evaluate(HELD) == [0, [None]], "a key or a name of it stays on the device"
        other.close()
        page.goto("/on-this-device")
        expect(page.get_by_text("You took no forms with you, or their time has ended.")).to_be_visible()


def test_signing_out_works_where_the_browser_opens_no_store(browser: Browser, source: MadeUp, address: str) -> None:
    context = browser.new_context(base_url=address)
    try:
        page = context.new_page()
        page.add_init_script("indexedDB.databases = () => Promise.reject(new Error('no store here'))")
        sign_in(page)
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/sign-in*", timeout=5_000)
    finally:
        context.close()
