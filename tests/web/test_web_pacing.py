"""Nobody asks for pages faster than people read, and nobody who works is ever made to wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from lxml import html

from keyworker.web import pacing
from keyworker.web.pacing import ADDRESS, BROWSER, Allowance, Pace, Unhurried
from tests.web.conftest import Page, check_every_page
from tests.web.source import MadeUp

Fetch = Callable[..., Page]


class Watch:
    """Seconds, turned by hand."""

    at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def watch() -> Watch:
    return Watch()


def test_an_allowance_is_used_up_by_asking_and_fills_again_with_time(watch: Watch) -> None:
    pace = Pace(Allowance(3, 0.5), watch)
    assert [pace.ask("a") for _ in range(4)] == [0, 0, 0, 2], "one more comes every two seconds"
    assert pace.ask("b") == 0, "each has an allowance of their own"
    watch.at = 1.0
    assert pace.ask("a") == 1, "half of one has come"
    watch.at = 2.0
    assert pace.ask("a") == 0 and pace.ask("a") == 2
    watch.at = 1_000.0
    assert [pace.ask("a") for _ in range(4)] == [0, 0, 0, 2], "no more is ever saved up than at first"


def test_whoever_is_told_to_wait_loses_nothing_by_asking_on(watch: Watch) -> None:
    pace = Pace(Allowance(1, 1), watch)
    assert pace.ask("a") == 0
    assert {pace.ask("a") for _ in range(100)} == {1}
    watch.at = 1.0
    assert pace.ask("a") == 0


def test_no_more_are_remembered_than_there_is_room_for(watch: Watch) -> None:
    pace = Pace(Allowance(1, 0.001), watch, most=10)
    for number in range(1_000):
        assert pace.ask(f"nobody {number}") == 0
    assert len(pace._left) == 10


def test_five_hundred_people_at_one_address_who_each_act_every_15_seconds_never_wait(watch: Watch) -> None:
    browsers, address = Pace(BROWSER, watch), Pace(ADDRESS, watch)
    waited = 0
    for beat in range(20):  # five minutes, all 500 at the same instant each time, two requests an act
        watch.at = beat * 15.0
        for person in range(500):
            for _ in range(2):
                waited += address.ask("the office") + browsers.ask(f"person {person}")
    assert waited == 0


@pytest.fixture
def hurried(source: MadeUp, monkeypatch: pytest.MonkeyPatch) -> Iterator[Unhurried]:
    """The guard with small allowances, before a page that always answers."""
    monkeypatch.setattr(pacing, "BROWSER", Allowance(2, 0.1))
    monkeypatch.setattr(pacing, "ADDRESS", Allowance(5, 0.05))
    yield Unhurried(lambda request: HttpResponse("a page"))


def _asks(cookie: str = "", address: str = "192.0.2.7") -> HttpRequest:
    request = RequestFactory(SERVER_NAME="127.0.0.1").get("/my-children", REMOTE_ADDR=address)
    if cookie:
        request.COOKIES["keyworker-session"] = cookie
    return request


def test_a_browser_that_asks_too_fast_is_told_in_words_when_to_ask_again(hurried: Unhurried) -> None:
    assert [hurried(_asks("one")).status_code for _ in range(3)] == [200, 200, 429]
    answer = hurried(_asks("one"))
    assert answer.status_code == 429 and 1 <= int(answer["Retry-After"]) <= 10
    tree = html.fromstring(answer.content.decode())
    check_every_page(Page(429, answer.content.decode(), tree, {}))
    assert "Too many pages at once" in tree.text_content() and "reload the page" in tree.text_content()
    assert hurried(_asks("another")).status_code == 200, "nobody else waits for that"


def test_an_address_waits_too_whatever_cookies_it_makes_up(hurried: Unhurried) -> None:
    answers = [hurried(_asks(f"made up {number}")).status_code for number in range(7)]
    assert answers == [200] * 5 + [429] * 2
    assert hurried(_asks("made up", address="192.0.2.8")).status_code == 200


def test_the_pages_themselves_stand_behind_the_guard(client: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pace, "ask", lambda self, who: 7)
    answer = client("/my-children")
    assert answer.status == 429 and answer.headers["Retry-After"] == "7"
    assert answer.headers["Content-Security-Policy"] and answer.headers["Cache-Control"] == "no-store"
    assert client("/static/keyworker.css").status == 200, "the pages’ looks are not counted"
