"""Signing in in Chromium: by password and app, by passkey with a device that Chromium plays, by keyboard alone."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from keyworker.record.connect import DatabaseRole
from keyworker.web import bound, entry
from keyworker.web.signing import totp
from keyworker.web.signing.service import Service
from tests.browser.test_browser_every_page import violations
from tests.servers.started import Server
from tests.web import fictional as made_up
from tests.web import provided
from tests.web.opened import opened_site
from tests.web.signed import Clock
from tests.web.source import MadeUp

FIRST, OWN = "the-first-made-up-word", "badgers mend seven umbrellas"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
IN_MANUAL = ("sign-in", "your-sign-in")
Making = Callable[[str], str]


@pytest.fixture
def clock(source: MadeUp) -> Clock:
    made = Clock(made_up.NOW)
    bound.bind(source, made)
    return made


@pytest.fixture
def making(embedded_server: Server, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Making:
    """Make a sign-in of a council that lets nobody in by a password alone."""
    monkeypatch.setattr(settings, "KEYWORKER_SIGN_IN", replace(settings.KEYWORKER_SIGN_IN, second_factor=True))

    def made(account: str) -> str:
        owner = opened_site(embedded_server).conninfo(DatabaseRole.OWNER)
        new = [entry.SignIn(account, FIRST, change_first=True)]
        # In a thread of its own: the framework refuses its database where a loop runs, as the browser's driver does.
        thread = threading.Thread(target=entry.make_sign_ins, args=(owner, new))
        thread.start()
        thread.join()
        return account

    return made


@pytest.fixture
def page(browser: Browser, address: str, clock: Clock) -> Iterator[Page]:
    """A browser that nobody has signed in with, by the name of this machine, for which passkeys can be made."""
    context = browser.new_context(base_url=address.replace("127.0.0.1", "localhost"))
    one = context.new_page()
    elsewhere: list[str] = []
    one.on("request", lambda asked: elsewhere.append(asked.url) if "//localhost:" not in asked.url else None)
    yield one
    assert elsewhere == []
    context.close()


def _look(page: Page, shoot: Callable[..., None], name: str) -> None:
    """Nothing wrong for axe, wide or narrow; nothing sticks out on a phone; a picture, where the manual shows one."""
    shoot = shoot if name in IN_MANUAL else lambda *_: None
    page.wait_for_load_state("networkidle")  # a form that was sent is answered after a password's slow hash
    assert violations(page) == []
    shoot(page, name)
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []
    shoot(page, f"{name}-phone")
    page.set_viewport_size({"width": 1280, "height": 900})


def _sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url("**/sign-in*")


def _sign_in(page: Page, account: str, password: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("Sign-in name").fill(account)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def _own_password(page: Page) -> None:
    page.get_by_label("New password", exact=True).fill(OWN)
    page.get_by_label("New password again").fill(OWN)
    page.get_by_role("button", name="Change the password").click()


def _code(page: Page, clock: Clock, secret: str) -> None:
    page.get_by_label("Code", exact=True).fill(totp.code_at(secret, totp.step_at(clock.at)))


def test_a_person_sets_a_password_and_an_app_up_and_signs_in_with_both(
    page: Page, making: Making, clock: Clock, shoot: Callable[..., None]
) -> None:
    account = making("wren")
    page.goto("/sign-in")
    _look(page, shoot, "sign-in")
    _sign_in(page, account, FIRST)
    _look(page, shoot, "choose-a-password")
    _own_password(page)
    page.get_by_text("Type letters in place of the picture").click()
    secret = page.locator(".kw-letters").inner_text().replace(" ", "")
    _look(page, shoot, "set-up-an-authenticator-app")
    assert "rgb(0, 0, 0)" in page.evaluate(
        "[...document.querySelectorAll('.kw-square path')].map(one => getComputedStyle(one).stroke)"
    ), "the square is drawn without any style of its own"
    _code(page, clock, secret)
    page.get_by_role("button", name="Set it up").click()
    _look(page, shoot, "recovery-codes")
    page.get_by_role("button", name="I have kept them: go on").click()
    page.wait_for_url("**/needs-me")
    _sign_out(page)
    clock.turn(minutes=1)
    _sign_in(page, account, OWN)
    page.get_by_label("Code", exact=True).fill("000000")
    page.get_by_role("button", name="Go on").click()
    expect(page).to_have_title(re.compile("^Error: "))
    assert page.get_by_role("alert").is_visible()
    _look(page, shoot, "enter-a-code")
    _code(page, clock, secret)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/needs-me")
    page.locator("a.kw-header__who").click()
    _look(page, shoot, "your-sign-in")


def test_a_password_can_be_shown_while_it_is_typed_and_is_hidden_again(page: Page, clock: Clock) -> None:
    page.goto("/sign-in")
    page.get_by_label("Password").fill("made-up words")
    assert page.get_by_label("Password").get_attribute("type") == "password"
    page.get_by_role("button", name="Show what is typed").click()
    assert page.get_by_label("Password").get_attribute("type") == "text"
    page.get_by_role("button", name="Hide what is typed").click()
    assert page.get_by_label("Password").get_attribute("type") == "password"
    assert violations(page) == []


def test_a_person_signs_in_by_keyboard_alone(page: Page, making: Making, clock: Clock) -> None:
    account = making("heron")
    page.goto("/sign-in")
    page.get_by_label("Sign-in name").focus()
    for said, then in ((account, "Tab"), (FIRST, "Enter")):
        page.keyboard.type(said)
        page.keyboard.press(then)
    page.wait_for_url("**/sign-in/password")
    page.get_by_label("New password", exact=True).focus()
    page.keyboard.type(OWN)
    page.keyboard.press("Tab")  # to the button that shows what is typed
    page.keyboard.press("Tab")
    page.keyboard.type(OWN)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/authenticator-app")
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    secret = page.locator(".kw-letters").inner_text().replace(" ", "")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "code"
    page.keyboard.type(totp.code_at(secret, totp.step_at(clock.at)))
    page.keyboard.press("Enter")
    page.wait_for_selector(".kw-codes")


def test_a_person_makes_a_passkey_in_place_of_an_app_and_signs_in_by_it_alone(
    page: Page, making: Making, clock: Clock, shoot: Callable[..., None]
) -> None:
    account = making("kestrel")
    driver = page.context.new_cdp_session(page)
    driver.send("WebAuthn.enable")
    device = driver.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]
    _sign_in(page, account, FIRST)
    _own_password(page)
    page.get_by_role("link", name="Make a passkey on this device instead").click()
    _look(page, shoot, "make-a-passkey")
    page.get_by_label("Which device is this?").fill("made-up laptop")
    page.get_by_role("button", name="Make a passkey").click()
    page.wait_for_selector(".kw-codes")
    page.get_by_role("button", name="I have kept them: go on").click()
    page.wait_for_url("**/needs-me")
    _sign_out(page)
    page.get_by_role("link", name="Sign in with a passkey").click()
    _look(page, shoot, "use-a-passkey")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/needs-me")
    page.goto("/my-sign-in")
    assert page.get_by_text("made-up laptop, made").is_visible()
    _sign_out(page)
    # A person who is not the device's owner does not get past its lock.
    driver.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("link", name="Sign in with a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text("Your device did not answer").wait_for()
    assert "/needs-me" not in page.url


def test_a_passkey_stands_as_second_factor_beside_a_password(page: Page, making: Making, clock: Clock) -> None:
    account = making("dunlin")
    driver = page.context.new_cdp_session(page)
    driver.send("WebAuthn.enable")
    driver.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    _sign_in(page, account, FIRST)
    _own_password(page)
    page.get_by_role("link", name="Make a passkey on this device instead").click()
    page.get_by_label("Which device is this?").fill("made-up telephone")
    page.get_by_role("button", name="Make a passkey").click()
    page.wait_for_selector(".kw-codes")
    _sign_out(page)
    _sign_in(page, account, OWN)
    page.get_by_role("link", name="Use your passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/needs-me")
    page.goto("/my-sign-in")
    assert page.get_by_text("by password and passkey").first.is_visible()


def test_an_answer_that_was_used_works_no_second_time_and_one_for_another_question_not_at_all(
    page: Page, making: Making, clock: Clock
) -> None:
    account = making("avocet")
    driver = page.context.new_cdp_session(page)
    driver.send("WebAuthn.enable")
    driver.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    _sign_in(page, account, FIRST)
    _own_password(page)
    page.get_by_role("link", name="Make a passkey on this device instead").click()
    page.get_by_label("Which device is this?").fill("made-up laptop")
    page.get_by_role("button", name="Make a passkey").click()
    page.wait_for_selector(".kw-codes")
    _sign_out(page)
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.post_data or "") if one.method == "POST" else None)
    page.get_by_role("link", name="Sign in with a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/needs-me")
    _sign_out(page)
    (answer,) = (one for one in sent if "clientDataJSON" in one)
    page.goto("/sign-in/passkey")
    token = page.locator("main input[name=csrfmiddlewaretoken]").get_attribute("value")
    again = page.request.post(
        "/sign-in/passkey",
        data="&".join([f"csrfmiddlewaretoken={token}", *(p for p in answer.split("&") if p.startswith("answer="))]),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        max_redirects=0,
    )
    assert again.status == 400
    assert "was not taken" in again.text()


def test_a_person_signs_in_with_the_council_account_at_another_site_and_comes_back(
    browser: Browser, address: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = address.replace("127.0.0.1", "localhost")
    clock.at = datetime.now(UTC)  # the provider has a clock of its own
    with provided.provider([f"{here}/sign-in/council/back"]) as provider:
        service = Service(provider.issuer, provided.CLIENT, provided.SECRET)
        monkeypatch.setattr(settings, "KEYWORKER_OPENID", service)
        context = browser.new_context(base_url=here)
        page = context.new_page()
        page.goto("/quality")
        page.set_viewport_size({"width": 320, "height": 800})
        assert violations(page) == []
        page.get_by_role("button", name="Sign in with your council account").click()
        page.wait_for_url(f"{provider.issuer}/**")
        page.locator("input[name=login]").fill("s-100")
        page.locator("input[name=password]").fill("anything")
        page.get_by_role("button", name="Sign-in").click()
        page.get_by_role("button", name="Continue").click()
        # The strict cookie of the new session goes with the page that follows, though the way here began elsewhere.
        page.wait_for_url(f"{here}/quality")
        page.goto("/my-sign-in")
        assert page.get_by_text("are kept there, not here").is_visible()
        assert violations(page) == []
        context.close()
