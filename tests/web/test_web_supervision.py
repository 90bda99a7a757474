"""Notes of personal supervision on their page: reading, writing, answering, withdrawing, opening earlier ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from keyworker.actions.supervision_notes import WantedNote
from tests.web.conftest import Page
from tests.web.made_supervision import BRIAR, GONE, MINE, OPENING, SORREL, TEASEL, WAITS
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
PAGE = "/supervision"
NEW = f"{PAGE}/new?with={BRIAR.handle}&as=supervisor"
OWN = f"{PAGE}/new?with={TEASEL.handle}&as=worker"
FILLED = {"note_id": "e" * 32, "happened_on": "16 November 2026", "note": "We spoke of the load."}


def test_the_page_says_how_many_may_be_read_which_wait_and_to_whom_they_are_open(client: Fetch) -> None:
    said = client(PAGE).words()
    assert "3 notes of personal supervision are yours to read. 1 note of yours waits for you to say" in said
    assert "It opens to nobody else, however senior, nor to whoever keeps this system, nor to cover." in said
    assert "16 November 2026: You with Teasel Pretend" in said
    assert "Written by Teasel Pretend, 17 November 2026 at 9.05am. You have not yet said whether you agree." in said
    assert "16 November 2026: Briar Invented with you" in said
    assert "Briar Invented did not agree with all of it, on 18 November 2026." in said
    assert "I said Tuesdays." in said
    assert "Withdrawn on 2 November 2026: Of another worker." in said


def test_each_note_offers_what_its_reader_may_do_with_it(client: Fetch) -> None:
    links = client(PAGE).tree.xpath("//article//a/@href")
    assert links == [f"{PAGE}/{WAITS}/answer", f"{PAGE}/{MINE}/withdraw"]


def test_a_note_is_written_with_its_day_and_its_pair(client: Fetch, source: MadeUp) -> None:
    assert client(NEW, data=FILLED).status == 302
    assert client(OWN, data=FILLED).status == 302
    first, second = source.written
    day = date(2026, 11, 16)
    assert first == WantedNote("e" * 32, BRIAR.worker_id, SORREL.worker_id, day, FILLED["note"])
    assert (second.worker_id, second.supervisor_id) == (SORREL.worker_id, TEASEL.worker_id)


def test_what_was_typed_is_kept_whatever_is_wrong_with_it(client: Fetch, source: MadeUp) -> None:
    page = client(NEW, data=FILLED | {"happened_on": "24 November 2026"})
    assert page.status == 400
    assert "The day must be today or before" in page.words()
    assert FILLED["note"] in page.text
    assert source.written == []


@pytest.mark.parametrize("of", ["with=nobodyhasthis1&as=worker", f"with={BRIAR.handle}&as=worker", ""])
def test_there_is_no_form_for_a_supervision_of_others(client: Fetch, of: str) -> None:
    assert client(f"{PAGE}/new?{of}").status == 404


def test_the_worker_answers_and_says_what_they_do_not_agree_with(client: Fetch, source: MadeUp) -> None:
    at = f"{PAGE}/{WAITS}/answer"
    assert "A rest is planned for December." in client(at).words()
    assert client(at, data={"answer": ""}).status == 400
    assert "Enter what you do not agree with" in client(at, data={"agreed": "no"}).words()
    assert client(at, data={"agreed": "no", "answer": "It is heavier."}).status == 302
    assert client(at, data={"agreed": "yes"}).status == 302
    assert source.written == [(WAITS, False, "It is heavier."), (WAITS, True, "")]


def test_a_note_is_withdrawn_by_whoever_wrote_it_for_a_reason(client: Fetch, source: MadeUp) -> None:
    at = f"{PAGE}/{MINE}/withdraw"
    assert client(at, data={"why": ""}).status == 400
    assert client(at, data={"why": "It was of another day."}).status == 302
    assert source.written == [(MINE, "It was of another day.")]


@pytest.mark.parametrize(
    "at", [f"{WAITS}/withdraw", f"{MINE}/answer", f"{GONE}/answer", f"{GONE}/withdraw", "none-such/answer"]
)
def test_no_page_answers_or_withdraws_what_is_not_ones_own_to(client: Fetch, at: str) -> None:
    assert client(f"{PAGE}/{at}").status == 404


def test_earlier_notes_are_opened_to_a_supervisor_of_today_alone_and_closed_again(
    client: Fetch, source: MadeUp
) -> None:
    page = client(PAGE)
    assert page.tree.xpath("//form[contains(@action, 'open')]//input[@name='supervisor']/@value") == [TEASEL.handle]
    assert client(f"{PAGE}/open", data={"opening_id": OPENING, "supervisor": TEASEL.handle}).status == 302
    source.notes_opened = True
    page = client(PAGE)
    assert "Teasel Pretend also sees the notes of what others held, since 20 November 2026" in page.words()
    assert client(f"{PAGE}/{OPENING}/close", data={"opening": OPENING}).status == 302
    assert source.written == [(OPENING, TEASEL.handle), OPENING]


@pytest.mark.parametrize("at", ["open", f"{OPENING}/close"])
def test_a_look_alone_opens_and_closes_nothing(client: Fetch, source: MadeUp, at: str) -> None:
    assert client(f"{PAGE}/{at}").status == 405
    assert source.written == []


def test_without_notes_the_page_says_so(client: Fetch, source: MadeUp) -> None:
    source.empty = True
    assert "No note of a personal supervision is yours to read." in client(PAGE).words()
