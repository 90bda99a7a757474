"""How much may be sent, decided before it is read: by the address, by who is signed in, by the length that is named."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from waitress.adjustments import Adjustments
from waitress.server import create_server

from keyworker.web import entry
from keyworker.web.bodies import MOST_OF_A_FORM, PLACES, SEEN, Measured, MeasuredChannel, SeenIn
from keyworker.web.site import MOST_SENT
from tests.web.conftest import Page

Fetch = Callable[..., Page]
TAKES_A_FILE = f"/child/ch{1:022}/visits/{'d' * 32}-1/direct-work"
OTHER = f"/child/ch{1:022}/own-words/new"


def begun(path: str, length: int, cookie: str) -> Measured:
    """A request of which the first lines have come."""
    parser = Measured(Adjustments(**entry.LIMITS))
    lines = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\nCookie: a=b; {cookie}\r\n\r\n"
    parser.received(lines.encode())
    return parser


def refused(path: str, length: int, cookie: str = "in") -> bool:
    """Whether a request is refused for its length, and of what it sends nothing is kept."""
    parser = begun(path, length, cookie)
    if not parser.completed:
        for _ in range(0, length, 1 << 20):
            parser.received(b"x" * min(1 << 20, length))
    kept, code = len(parser.body_rcv), parser.error.code if parser.error else 0
    parser.close()
    return code == 413 and kept == 0


def signed_in(cookie: str) -> str:
    from django.conf import settings

    SEEN.note(cookie, is_in=True)
    return f"{settings.SESSION_COOKIE_NAME}={cookie}"


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


def test_only_so_many_files_are_held_at_once_and_one_sign_in_never_takes_every_place(client: Fetch) -> None:
    one, two, three = (signed_in(f"made-up-{name}") for name in ("one", "two", "three"))
    held = [begun(TAKES_A_FILE, 1 << 20, whose) for whose in (one, one, two, two)]
    assert not any(parser.completed for parser in held)
    late = begun(TAKES_A_FILE, 1 << 20, three)
    assert not late.completed, "it is read to its end, so that the browser shows why"
    late.received(b"x" * (1 << 20))
    assert late.error.code == 503 and len(late.body_rcv) == 0
    status, headers, body = late.error.to_response("keyworker")
    assert status == "503 Service Unavailable" and dict(headers)["Retry-After"] == "20"
    assert b"Wait 20 seconds, go back and send it again" in body and dict(headers)["Cache-Control"] == "no-store"
    held.pop().close()
    held.append(begun(TAKES_A_FILE, 1 << 20, three))  # a place is free once a request is closed
    held.pop(0)  # or once it is forgotten: whoever sent it has gone
    again = begun(TAKES_A_FILE, 1 << 20, three)
    assert PLACES.taken == 4 and PLACES.take(b"another") is False
    held[0].close()
    assert begun(TAKES_A_FILE, 1 << 20, three).completed is False and PLACES.taken == 3, "no third for one sign-in"
    for parser in (*held, again):
        parser.close()
        parser.close()
    assert PLACES.taken == 0


def test_a_browser_reads_why_from_the_server_itself_and_a_sender_who_goes_leaves_the_place(client: Fetch) -> None:
    """On a real connection: two files begin and wait, a third is answered in words, and both places come back."""
    sockets: dict[int, object] = {}
    server = create_server(_says_done, map=sockets, host="127.0.0.1", port=0, threads=2, **entry.LIMITS)
    server.channel_class = MeasuredChannel
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    cookie = signed_in("made-up-sender")
    lines = f"POST {TAKES_A_FILE} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {1 << 20}\r\nCookie: {cookie}"
    lines += "\r\nConnection: close\r\n\r\n"
    try:
        waiting = [_connected(server.effective_port, lines.encode()) for _ in range(2)]
        _until(lambda: PLACES.taken == 2)
        assert b"503 Service Unavailable" in _answer(server.effective_port, lines.encode() + b"x" * (1 << 20))
        for one in waiting:
            one.close()
        _until(lambda: PLACES.taken == 0)
        assert b"200 OK" in _answer(server.effective_port, lines.encode() + b"x" * (1 << 20))
        _until(lambda: PLACES.taken == 0)
        large = lines.replace(str(1 << 20), str(9 << 20)).encode() + b"x" * (9 << 20)
        assert b"8 MB or smaller" in _answer(server.effective_port, large)
        program = b"POST /api/v1/webhooks HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9999999\r\n\r\n"
        said = _answer(server.effective_port, program)
        assert b"413 Request Entity Too Large" in said and b"application/problem+json" in said
        assert b"urn:keyworker:problem:too-large" in said
    finally:
        server.close()
        sockets.clear()
        serving.join(5)


def _says_done(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    start_response("200 OK", [("Content-Length", "4")])
    return [b"done"]


def _connected(port: int, said: bytes) -> socket.socket:
    one = socket.create_connection(("127.0.0.1", port), timeout=10)
    one.sendall(said)
    return one


def _answer(port: int, said: bytes) -> bytes:
    with _connected(port, said) as one:
        one.shutdown(socket.SHUT_WR)
        heard = b""
        while part := one.recv(1 << 16):
            heard += part
    return heard


def _until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


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
