"""What children and parents say, on the pages: the list, the forms, and beside the entries that they are about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from keyworker.actions.own_words import WantedWords
from tests.web.conftest import Page
from tests.web.made_own_words import CHILDS, MOTHERS, TAKEN_BACK
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
CHILD = f"/child/ch{1:022}"
LIST = f"{CHILD}/own-words"
NEW = f"{LIST}/new"
VISIT = f"{CHILD}/visits/{'d' * 32}-1"
FORM = "e" * 32


def test_the_list_says_who_said_what_when_it_was_written_down_and_what_was_taken_back(client: Fetch) -> None:
    assert LIST in client(CHILD).tree.xpath("//main//a/@href")
    page = client(LIST)
    rows = [" ".join(row.text_content().split()) for row in page.tree.xpath("//section[@id='own-words']//tbody/tr")]
    assert "that Ashby Testwood or the family said are written down. They do not agree with 1 entry." in page.words()
    assert "“I want <b>Maple</b> back.”" in rows[0] and "The child" in rows[0] and not page.tree.xpath("//tbody//b")
    assert "Nan Testwood, my nan" in rows[1]
    assert "Mary Unreal (mother)" in rows[2] and "Child protection plan, 1 May 2025" in rows[2]
    assert "They took it back on 22 November 2026: “She did come.”" in rows[3]
    ways = page.tree.xpath("//section[@id='own-words']//tbody//a/@href")
    assert f"{LIST}/{MOTHERS.words_id}/take-back" in ways and f"{LIST}/{TAKEN_BACK.words_id}/take-back" not in ways


def test_that_somebody_does_not_agree_stands_beside_the_entry_wherever_it_is_shown(client: Fetch) -> None:
    says = "Mary Unreal (mother) does not agree: “It was never neglect.” (said on 20 November 2026, written down on 21"
    child = client(CHILD)
    for part in ("//section[@id='marks']//tbody/tr", "//section[@class='kw-chronology']//li"):
        told = [" ".join(line.text_content().split()) for line in child.tree.xpath(part)]
        beside = [line for line in told if says in line]
        assert beside and all("hild protection plan" in line for line in beside), part
    visit = client(VISIT)
    assert "They took it back on 22 November 2026: “She did come.”." in visit.words()
    assert visit.tree.xpath("//a[contains(@href, 'own-words/new')]/@href") == [f"{NEW}?entry=12"]


def test_from_an_entry_the_form_knows_which_one_is_meant(client: Fetch) -> None:
    page = client(f"{NEW}?entry=502")
    assert page.tree.xpath("//select[@name='entry']/option[@selected]/text()") == ["Child protection plan, 1 May 2025"]
    assert page.tree.xpath("//input[@name='kind'][@checked]/@value") == ["not agreed"]
    plain = client(NEW)
    assert not plain.tree.xpath("//input[@name='kind'][@checked]|//select/option[@selected]"), "nothing is pre-ticked"


def test_what_they_say_is_written_down_and_a_form_that_says_too_little_keeps_what_was_typed(
    client: Fetch, source: MadeUp
) -> None:
    said = {"words_id": FORM, "kind": "words", "said_by": "mother", "on": "2026-11-20", "words": "Come on Mondays."}
    wrong = client(NEW, data=said)
    assert wrong.status == 400 and wrong.tree.xpath("//div[@role='alert']//a/@href") == ["#person"]
    assert wrong.tree.xpath("string(//textarea[@id='words'])").strip() == "Come on Mondays." and source.written == []
    done = client(NEW, data=said | {"person": "Mary Unreal"})
    assert (done.status, done.headers["Location"]) == (302, LIST)
    wanted = WantedWords(FORM, date(2026, 11, 20), "words", "mother", "Mary Unreal", "Come on Mondays.", "", None)
    assert source.written == [wanted]


def test_a_form_sent_again_with_other_words_is_shown_again_under_a_new_number_and_says_so(
    client: Fetch, source: MadeUp
) -> None:
    source.sent_otherwise = True
    again = client(
        NEW, data={"words_id": FORM, "kind": "words", "said_by": "child", "on": "2026-11-20", "words": "No."}
    )
    assert again.status == 400 and "says something else" in again.words()
    assert again.tree.xpath("string(//textarea[@id='words'])").strip() == "No."
    (number,) = again.tree.xpath("//input[@name='words_id']/@value")
    assert number != FORM and len(number) == 32


def test_it_is_taken_back_only_where_whoever_said_it_asked_for_that(client: Fetch, source: MadeUp) -> None:
    way = f"{LIST}/{CHILDS.words_id}/take-back"
    assert "Only whoever said it takes it back." in client(way).words()
    refused = client(way, data={"on": "2026-11-22", "words": ""})
    assert refused.status == 400 and refused.tree.xpath("//div[@role='alert']//a/@href") == ["#theirs"]
    done = client(way, data={"on": "2026-11-22", "words": "I said it in anger.", "theirs": "yes"})
    assert done.headers["Location"] == LIST
    assert source.written == [(CHILDS.words_id, date(2026, 11, 22), "I said it in anger.", True)]


@pytest.mark.parametrize("words", [TAKEN_BACK.words_id, "none-such"])
def test_what_was_taken_back_or_never_said_is_not_taken_back_again(client: Fetch, source: MadeUp, words: str) -> None:
    page = client(f"{LIST}/{words}/take-back", data={"on": "2026-11-22", "theirs": "yes"})
    assert (page.status, page.headers["Location"], source.written) == (302, LIST, [])


def test_whoever_may_not_write_reads_it_and_is_led_nowhere(client: Fetch, source: MadeUp) -> None:
    source.may_decide = False
    assert not client(LIST).tree.xpath("//main//a[contains(@href, 'own-words/')]")
    assert {client(path).status for path in (NEW, f"{LIST}/{CHILDS.words_id}/take-back")} == {403}


def test_where_nothing_was_said_it_says_so(client: Fetch, source: MadeUp) -> None:
    source.empty = True
    assert "the family said is written down" in client(LIST).words()
