"""Where a webhook's address may lead: to a public number by TLS, never inside, and to no answer without end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from time import sleep

import pytest

from keyworker.web.api.reaching import Target, Unreachable, fault_of, post, target_of


@contextmanager
def _served(answering: type[BaseHTTPRequestHandler]) -> Iterator[Target]:
    """Somebody on this machine who is told, until it is over."""
    server = HTTPServer(("127.0.0.1", 0), answering)
    Thread(target=partial(server.serve_forever, 0.05), daemon=True).start()
    try:
        yield target_of(f"http://127.0.0.1:{server.server_port}/moved", to_this_machine=True)
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    "address",
    [
        *("http://name.example/moved", "ftp://name.example", "https://", "https://user:word@name.example/", "nothing"),
        *(
            "https://name.example/#part",
            "https://10.0.0.1/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://[::1]/",
        ),
        *("http://127.0.0.1/", "https://127.0.0.1/", "https://localhost/", "https://name.example:99999/"),
        *("https://a..b.example/x", "https://.example.com/", f"https://{'a' * 64}.example/"),
    ],
)
def test_an_address_that_is_not_a_name_reached_by_tls_is_refused_before_it_is_kept(address: str) -> None:
    assert fault_of(address, to_this_machine=False)


@pytest.mark.parametrize(
    "number",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
        ),
        *("255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1"),
        *("2002:a00:1::", "2001:0:1::1", "198.51.100.7"),
    ],
)
def test_a_name_that_leads_to_a_private_number_is_not_told_even_beside_a_public_one(number: str) -> None:
    for found in ([number], ["93.184.216.34", number]):
        with pytest.raises(Unreachable):
            target_of("https://name.example/moved", lambda name, port: found, to_this_machine=False)  # noqa: B023


def test_a_name_that_cannot_be_written_for_a_look_up_is_not_known() -> None:
    """As `https://a..b.example/` was, before it was refused: it may be kept from then."""

    def look(name: str, port: int) -> list[str]:
        raise UnicodeError("label empty or too long")

    with pytest.raises(Unreachable, match="not known"):
        target_of("https://name.example/moved", look, to_this_machine=False)


def test_a_message_goes_to_the_number_that_was_looked_up_under_the_name_of_its_certificate() -> None:
    """So that a name that leads elsewhere at the second look-up leads nowhere."""
    target = target_of("https://name.example:8443/moved?a=b", lambda *_: ["93.184.216.34"], to_this_machine=False)
    assert target == Target("https://93.184.216.34:8443/moved?a=b", "name.example:8443", "name.example")


def test_a_redirect_is_an_answer_and_is_not_followed_and_a_long_answer_is_not_read() -> None:
    asked: list[str] = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(302)
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/inside")  # type: ignore[attr-defined]
            self.send_header("Content-Length", "1000000000")
            self.end_headers()
            self.wfile.write(b"x")

        do_GET = do_POST  # noqa: N815 - the library's name

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with _served(Elsewhere) as target:
        assert post(target, b"{}", {}) == 302
    assert asked == ["/moved"]
    with pytest.raises(Unreachable):
        post(target, b"{}", {})


def test_an_answer_that_drips_in_is_broken_off_at_the_one_deadline() -> None:
    """A header each fiftieth of a second for two seconds, each soon enough for itself; there is half a second."""

    class Dripping(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            with suppress(OSError):
                self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                for number in range(100):
                    self.wfile.write(f"X-{number}: drip\r\n".encode())
                    sleep(0.02)
                self.wfile.write(b"Content-Length: 0\r\n\r\n")

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with _served(Dripping) as target, pytest.raises(Unreachable, match="ReadTimeout"):
        post(target, b"{}", {}, seconds=0.5)
