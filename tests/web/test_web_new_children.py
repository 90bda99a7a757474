"""Writing down a child whom nobody knows, as pages: what is asked, who is like them, and that it is written once."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.conftest import Page
from tests.web.source import MadeUp
from tests.web.source.new_children import LIKE

Fetch = Callable[..., Page]
SAID = {
    "number": "a" * 32,
    "forename": "Wren",
    "surname": "Unlike",
    "birth_on": "9 June 2019",
    "brought": "contact",
    "on": "19 November 2026",
    "source": "2A",
}
ALIKE = SAID | {"surname": "Fictitious"}


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(client: Fetch, source: MadeUp) -> None:
    page = client("/new-child", data={"surname": "Unlike", "nhs": "12", "birth_on": "soon"})
    assert page.status == 400 and source.written == []
    wrong = page.tree.xpath("//*[@role='alert']//a/@href")
    assert wrong == ["#forename", "#birth_on", "#nhs", "#brought", "#on", "#source"]
    assert page.tree.xpath("//input[@id='surname']/@value") == ["Unlike"]


def test_a_child_like_nobody_is_written_down_at_once(client: Fetch, source: MadeUp) -> None:
    page = client("/new-child", data=SAID)
    assert (page.status, page.headers["Location"]) == (302, f"/child/{LIKE.handle}/record")
    ((wanted, shown),) = source.written
    assert (wanted.who.forename, wanted.form.kind, wanted.entry.said["happened_on"], shown) == (
        "Wren", "contact", "2026-11-19", 0,
    )  # fmt: skip


def test_children_like_it_are_asked_about_first_and_none_is_chosen_beforehand(client: Fetch, source: MadeUp) -> None:
    page = client("/new-child", data=ALIKE)
    assert page.status == 200 and source.written == []
    assert "One child may be the one whom you mean" in page.words() and "born 1 March 2015" in page.words()
    assert not page.tree.xpath("//input[@name='like'][@checked]")
    asked = ALIKE | {"shown": LIKE.handle}
    assert client("/new-child", data=asked).status == 400
    assert "Say why it is none of these" in client("/new-child", data=asked | {"like": "none"}).words()
    assert source.written == []
    is_one = client("/new-child", data=asked | {"like": LIKE.handle})
    assert is_one.headers["Location"] == f"/child/{LIKE.handle}/record" and source.written == []
    client("/new-child", data=asked | {"like": "none", "why": "A cousin."})
    ((wanted, shown),) = source.written
    assert (wanted.why, shown) == ("A cousin.", 1)


def test_whoever_was_not_shown_is_asked_about_anew(client: Fetch, source: MadeUp) -> None:
    page = client("/new-child", data=ALIKE | {"shown": "b" * 22, "like": "none", "why": "A cousin."})
    assert page.status == 400 and source.written == []


def test_a_form_that_was_sent_and_said_something_else_writes_nothing(client: Fetch, source: MadeUp) -> None:
    source.sent_otherwise = True
    page = client("/new-child", data=SAID)
    assert page.status == 400 and "says something else" in page.words()
    assert page.tree.xpath("//input[@name='number']/@value") != ["a" * 32]


def test_it_is_open_to_whoever_takes_contacts_where_they_are_kept_here(client: Fetch, source: MadeUp) -> None:
    assert client("/find", data={"who": "Wren"}).tree.xpath("//a[@href='/new-child']")
    source.may_decide = False
    assert client("/new-child").status == 403 and client("/new-child", data=SAID).status == 403


def test_who_a_child_is_that_was_written_down_here_is_corrected_for_a_reason(client: Fetch, source: MadeUp) -> None:
    path = f"/child/{LIKE.handle}/name"
    assert path in client(f"/child/{LIKE.handle}/record").tree.xpath("//main//a/@href")
    assert client(path).tree.xpath("//input[@id='expected_on']/@value") == ["2026-12-24"]
    said = {"number": "a" * 32, "forename": "Robin", "surname": "Unbornly", "birth_on": "20 November 2026"}
    assert client(path, data=said).tree.xpath("//*[@role='alert']//a/@href") == ["#why"] and source.written == []
    assert client(path, data=said | {"why": "Born on Friday."}).status == 302
    assert source.written[-1].who.forename == "Robin"
    source.may_decide = False
    assert client(path).status == 403
