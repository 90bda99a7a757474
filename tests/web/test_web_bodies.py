"""How much may be sent, decided before it is read: by the address, by who is signed in, by the length that is named."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from waitress.adjustments import Adjustments

from keyworker.web import entry
from keyworker.web.bodies import MOST_OF_A_FORM, SEEN, Measured, SeenIn
from keyworker.web.site import MOST_SENT
from tests.web.conftest import Page

Fetch = Callable[..., Page]
TAKES_A_FILE = f"/child/ch{1:022}/visits/{'d' * 32}-1/direct-work"
OTHER = f"/child/ch{1:022}/own-words/new"


def refused(path: str, length: int, cookie: str = "in") -> bool:
    """Whether a request is broken off at its first lines."""
    parser = Measured(Adjustments(**entry.LIMITS))
    lines = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\nCookie: a=b; {cookie}\r\n\r\n"
    parser.received(lines.encode())
    return parser.error is not None and parser.error.code == 413


@pytest.mark.parametrize(
    ("path", "length", "is_in", "is_refused"),
    [
        (TAKES_A_FILE, MOST_OF_A_FORM, True, False),
        (TAKES_A_FILE, MOST_SENT - 1, True, False),
        (TAKES_A_FILE, MOST_SENT, True, True),
        (TAKES_A_FILE, MOST_OF_A_FORM, False, True),
        (OTHER, MOST_OF_A_FORM, True, True),
        ("/sign-in", MOST_OF_A_FORM, False, True),
        ("/no-such-page", MOST_OF_A_FORM, True, True),
        ("/sign-in", MOST_OF_A_FORM - 1, False, False),
    ],
)
def test_only_the_page_that_takes_a_file_may_be_sent_one_and_only_by_whoever_has_signed_in(
    client: Fetch, path: str, length: int, is_in: bool, is_refused: bool
) -> None:
    from django.conf import settings

    SEEN.note("made-up-cookie", is_in=is_in)
    assert refused(path, length, f"{settings.SESSION_COOKIE_NAME}=made-up-cookie") is is_refused


def test_what_names_no_length_is_broken_off_where_it_grows_beyond_a_form() -> None:
    parser = Measured(Adjustments(**entry.LIMITS))
    parser.received(f"POST {TAKES_A_FILE} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
    part = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    for _ in range(7):
        parser.received(part)
    assert parser.error is None
    parser.received(part)
    assert parser.error is not None and parser.error.code == 413


def test_whoever_opens_a_page_signed_in_is_known_and_no_longer_once_signed_out(client: Fetch) -> None:
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.test import Client

    from tests.web.conftest import sign_in

    browser = Client(SERVER_NAME="127.0.0.1")
    sign_in(browser, User.objects.get(username="sorrel"))
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME].value
    assert not SEEN.knows(cookie)
    browser.get("/who-may-see")
    assert SEEN.knows(cookie)
    browser.session.flush()
    browser.get("/who-may-see")
    assert not SEEN.knows(cookie)


def test_of_many_cookies_those_seen_longest_ago_are_forgotten() -> None:
    seen = SeenIn(most=2)
    for cookie in ("first", "second", "first", "third"):
        seen.note(cookie, is_in=True)
    assert [seen.knows(one) for one in ("first", "second", "third")] == [True, False, True]


def test_an_office_of_five_hundred_browsers_finds_room() -> None:
    """The server's own limit is a hundred connections, and its usual way of waiting holds 1,024 at most."""
    set_so = Adjustments(**entry.LIMITS)
    assert set_so.connection_limit >= 2 * 500 and set_so.asyncore_use_poll
