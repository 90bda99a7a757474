"""Saying that a duty cannot be done by its day, and answering: the forms, the lists and what they never say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from keyworker.actions.time_asked import WantedAnswer, WantedTime
from tests.web import fictional as made_up
from tests.web.conftest import Page
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
CHILD = f"/child/ch{1:022}"
ASK = f"{CHILD}/time/ask?rule=cp-visit&due=2026-11-20"
FORM = "7" * 32
WAITING, LATE, MINE, ANSWERED = (f"{CHILD}/time/{number * 32}" for number in "3456")


def test_from_what_is_due_one_says_that_one_cannot_and_why(client: Fetch, source: MadeUp) -> None:
    page = client(f"{CHILD}/due")
    assert ASK in page.tree.xpath("//a[text()='I cannot do this by then']/@href")
    asked = client(ASK, data={"asked_id": FORM, "reason": "Court all week."})
    assert (asked.status, asked.headers["Location"]) == (302, f"{CHILD}/time/{FORM}")
    assert source.written == [WantedTime(FORM, "cp-visit", date(2026, 11, 20), "Court all week.")]


def test_ones_own_worklist_leads_there_and_a_teams_does_not(client: Fetch) -> None:
    assert client("/due").tree.xpath("//a[text()='I cannot do this by then']")
    assert not client("/due?team=tm0000000000000000000001").tree.xpath("//a[text()='I cannot do this by then']")
    assert not client("/due?at=2026-11-20").tree.xpath("//a[text()='I cannot do this by then']")


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_a_reason_is_needed_and_nothing_typed_is_lost(client: Fetch, source: MadeUp, reason: str) -> None:
    page = client(ASK, data={"asked_id": FORM, "reason": reason})
    assert page.status == 400 and source.written == []
    assert page.tree.xpath("//div[@role='alert']//a/@href") == ["#reason"]
    assert (page.tree.xpath("string(//textarea[@id='reason'])")).strip() == reason.strip()


def test_a_duty_that_is_not_open_has_nothing_to_ask_for(client: Fetch, source: MadeUp) -> None:
    for query in ("rule=cp-visit&due=2020-01-01", "rule=none&due=2026-11-20", "due=soon", ""):
        assert client(f"{CHILD}/time/ask?{query}").status == 409
    assert source.written == []


def test_the_managers_list_says_what_waits_and_where_the_service_is_late_and_never_who_asked(client: Fetch) -> None:
    page = client("/time")
    assert "Two wait for an answer, 1 of them past the day: there the service is late." in page.words()
    assert page.tree.xpath("//section[@id='time-asked']//tbody//a/@href") == [LATE, WAITING]
    assert "Not answered by 19 November 2026: the service is late" in page.words()
    assert made_up.OKAFOR.name not in page.text and "ash" not in page.tree.xpath("//tbody")[0].text_content().split()
    assert not page.tree.xpath("//a[contains(@href, '.csv')]")


def test_a_list_with_nothing_in_it_says_so(client: Fetch, source: MadeUp) -> None:
    source.empty = True
    assert "Nobody who asked for time waits for you." in client("/time").words()
    assert "You have asked for no time that is still open." in client("/time/mine").words()


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({"answer": "given", "helper": f"wk{4:022}"}, WantedAnswer("given", None, "W0004", "Yes.")),
        ({"answer": "together", "helper": f"wk{1:022}"}, WantedAnswer("together", None, "W0001", "Yes.")),
        (
            {"answer": "accepted late", "until": "4 December 2026"},
            WantedAnswer("accepted late", date(2026, 12, 4), None, "Yes."),
        ),
        ({"answer": "later date", "until": "2026-12-04"}, WantedAnswer("later date", date(2026, 12, 4), None, "Yes.")),
    ],
)
def test_a_manager_answers_in_one_of_four_ways(
    client: Fetch, source: MadeUp, said: dict[str, str], wanted: WantedAnswer
) -> None:
    page = client(WAITING, data={**said, "says": "Yes."})
    assert (page.status, page.headers["Location"]) == (302, WAITING)
    assert source.written == [("3" * 32, wanted)]


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ({}, ["#answer", "#says"]),
        ({"answer": "given", "says": "Yes."}, ["#helper"]),
        ({"answer": "given", "says": "Yes.", "helper": "somebody-elsewhere"}, ["#helper"]),
        ({"answer": "accepted late", "says": "Yes."}, ["#until"]),
        ({"answer": "later date", "says": "Yes.", "until": "27 November 2026"}, ["#until"]),
        ({"answer": "later date", "says": "Yes.", "until": "1 December 2027"}, ["#until"]),
        ({"answer": "'; drop table", "says": "Yes."}, ["#answer"]),
        ({"answer": "accepted late", "until": "4 December 2026", "says": "x" * 501}, ["#says"]),
    ],
)
def test_what_is_wrong_with_an_answer_is_said_beside_its_field(
    client: Fetch, source: MadeUp, said: dict[str, str], fields: list[str]
) -> None:
    page = client(WAITING, data={"sent": "yes", **said})
    assert page.status == 400 and source.written == []
    assert page.tree.xpath("//div[@role='alert']//a/@href") == fields
    for field in fields:
        assert page.tree.xpath(f"//*[@id='{field[1:]}']") and page.tree.xpath(f"//*[@id='{field[1:]}-error']")


def test_who_may_not_answer_reads_and_has_no_form_and_who_asked_may_take_it_back(client: Fetch, source: MadeUp) -> None:
    mine = client(MINE)
    assert not mine.tree.xpath("//input[@name='answer']")
    assert client(f"{MINE}/take-back", data={"sent": "yes"}).headers["Location"] == MINE and source.written == [
        "5" * 32
    ]
    answered = client(ANSWERED).words()
    assert "Somebody else does it" in answered and "Sorrel is near there." in answered
    source.may_decide = False
    assert not client(WAITING).tree.xpath("//input[@name='answer']")
    assert client(ASK).status == 403


def test_what_was_typed_is_words_never_markup(client: Fetch) -> None:
    for path in ("/time", WAITING):
        page = client(path)
        assert not page.tree.xpath("//main//b") and "<b>Court</b> all week." in page.words()


def test_one_that_nobody_asked_for_is_said_in_words(client: Fetch) -> None:
    assert client(f"{CHILD}/time/{'9' * 32}").status in (400, 404, 409)
