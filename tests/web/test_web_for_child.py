"""The page for the child on a worker's screen: a page of its own, by age, and the way to give it on paper."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from tests.web.conftest import Page
from tests.web.opened import PASSWORD
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
CHILD = f"/child/ch{1:022}"
PAGE = f"{CHILD}/for-child"
ASKED = [
    "Who is my worker?",
    "Who was it before, and why did it change?",
    "Did they come when they said?",
    "What have I said?",
    "When is somebody to come next?",
    "Who else can help me?",
]


def test_the_childs_record_leads_to_it_today_for_whoever_may_give_it(client: Fetch, source: MadeUp) -> None:
    assert PAGE in client(CHILD).tree.xpath("//main//a/@href")
    assert PAGE not in client(f"{CHILD}?at=2026-11-20").tree.xpath("//main//a/@href")
    source.may_decide = False
    assert PAGE not in client(CHILD).tree.xpath("//main//a/@href")


def test_it_answers_what_a_child_asks_in_words_for_their_age_and_holds_nothing_else(
    client: Fetch, source: MadeUp
) -> None:
    page = client(PAGE)  # nine years old
    assert page.tree.xpath("//h2/text()") == ASKED and "kw-for-child--young" in page.tree.find("body").get("class")
    assert "Their team is" not in page.words()
    assert set(source.purposes) == {"show a child their own page"}
    for other in ("Inside the service only", "Sign out", "How old each source is", "Left out"):
        assert other not in page.words()
    assert page.tree.xpath("//form/@action") == ["/hand-over"] and not page.tree.xpath("//script")
    ways = page.tree.xpath("//nav//a/@href")
    assert ways == [f"{PAGE}?words=teenager", f"{CHILD}/copies/new?words=young+child", CHILD]
    fuller = client(ways[0])
    assert "Their team is" in fuller.words() and not fuller.tree.xpath("//body[contains(@class, '--young')]")


def test_what_must_not_be_told_is_not_on_it_and_that_it_was_left_out_stands_shut_for_the_worker_alone(
    client: Fetch, source: MadeUp
) -> None:
    source.marked = True
    page = client(f"{PAGE}?words=teenager")
    assert "Their team is" not in page.words() and "must not be told" not in page.words()
    (main,), (shut,) = page.tree.xpath("//main"), page.tree.xpath("//nav/details[not(@open)]")
    for says in ("1 line is left out of this page.", "Is it safe to name?", "on paper, a second person must look"):
        assert says in shut.text_content() and says not in main.text_content()


def test_where_nothing_is_marked_the_worker_reads_that_nothing_is_left_out(client: Fetch) -> None:
    (shut,) = client(PAGE).tree.xpath("//nav/details")
    assert "Nothing is left out of this page." in shut.text_content() and "second person" not in shut.text_content()


@pytest.mark.parametrize("said", ["", "grown-up", "young child' or 1=1"])
def test_words_that_are_none_go_by_age(client: Fetch, said: str) -> None:
    page = client(f"{PAGE}?words={said}")
    assert page.status == 200 and page.tree.xpath("//body[contains(@class, '--young')]")


def test_given_on_paper_it_is_a_copy_for_the_child_in_the_same_words(client: Fetch, source: MadeUp) -> None:
    form = client(f"{CHILD}/copies/new?words=teenager")
    chosen = {
        "relation": form.tree.xpath("//select[@name='relation']/option[@selected]/@value")[0],
        "person": form.tree.xpath("//input[@name='person']/@value")[0],
        "purpose": form.tree.xpath("//input[@name='purpose']/@value")[0],
        "words": form.tree.xpath("//input[@name='words'][@checked]/@value")[0],
    }
    assert chosen["relation"] == "child" and chosen["words"] == "teenager"
    looked = client(f"{CHILD}/copies/new", data=chosen | {"copy_id": "c" * 32, "step": "look"})
    assert looked.status == 200
    assert looked.tree.xpath("//section[@class='kw-copy']/h3/text()") == ASKED
    (contents,) = looked.tree.xpath("//input[@name='contents']/@value")
    client(f"{CHILD}/copies/new", data=chosen | {"copy_id": "c" * 32, "step": "ask", "contents": contents})
    ((wanted, _),) = source.written
    assert (wanted.relation, wanted.words) == ("child", "teenager")


def test_its_name_in_the_browser_names_nobody(client: Fetch) -> None:
    assert client(PAGE).tree.findtext(".//title") == "Your workers – Children – Keyworker"


def test_a_screen_that_was_handed_to_a_child_shows_that_page_alone_until_the_worker_shows_who_they_are(
    client: Fetch, source: MadeUp
) -> None:
    source.marked = True
    sent = {"child": f"ch{1:022}", "words": "teenager"}
    given = client("/hand-over", data=sent)
    assert (given.status, given.headers["Location"]) == (302, f"{PAGE}?words=teenager")
    page = client(PAGE)
    assert page.tree.xpath("//h2/text()") == ASKED and client(f"{PAGE}?words=teenager").status == 200
    assert not page.tree.xpath("//details|//form"), "what the worker alone is to read is not on it"
    back = f"/my-sign-in/prove?{urlencode({'next': CHILD})}"
    for path in (CHILD, "/", "/my-children", "/my-sign-in", f"/child/ch{2:022}/for-child", f"{CHILD}/copies/new"):
        assert (client(path).status, client(path).headers["Location"]) == (302, back), path
    assert client("/hand-over", data=sent).headers["Location"] == back
    asked = client(back)
    assert "This screen was handed to a child" in asked.words() and not asked.tree.xpath("//main//a")
    next_ = {"next": CHILD}
    assert client("/my-sign-in/prove", data={"password": "wrong", **next_}).status == 400
    assert client(CHILD).status == 302
    assert client("/my-sign-in/prove", data={"password": PASSWORD, **next_}).headers["Location"] == CHILD
    assert client(CHILD).status == 200 and client("/my-children").status == 200


def test_nobody_is_handed_the_screen_for_a_page_that_the_worker_may_not_open(client: Fetch, source: MadeUp) -> None:
    source.may_decide = False
    assert client("/hand-over", data={"child": f"ch{1:022}"}).status == 403
    assert client("/my-children").status == 200 and client("/hand-over").status == 405
