"""The cover sheet as a page: from the child's page, on one sheet, with nothing that must not be told."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.conftest import Page
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
CHILD = f"/child/ch{1:022}"
SHEET = f"{CHILD}/cover-sheet"


def test_the_childs_page_leads_to_it_today_and_not_on_another_day(client: Fetch) -> None:
    assert SHEET in client(CHILD).tree.xpath("//a/@href")
    assert SHEET not in client(f"{CHILD}?at=2026-11-20").tree.xpath("//a/@href")


def test_it_says_first_what_protects_a_visitor_and_then_who_where_why_and_when(client: Fetch, source: MadeUp) -> None:
    page = client(SHEET)
    assert set(source.purposes) == {"read a child's cover sheet"}
    titles = [one.strip() for one in page.tree.xpath("//main//h2/text()")]
    assert titles == [
        "Before you visit",
        "Who the child is",
        "Where the child lives",
        "Why we are involved",
        "Who works with the child",
        "Seen, and what comes next",
        "Family",
    ]
    assert "9, Imaginary Way, ZZ1 1ZZ" in page.words()
    assert not page.tree.xpath("//main//b") and "See the <b>risk</b> note." in page.words()
    assert "to be looked at again by 1 September 2026 and was not" in page.words()


def test_its_name_in_the_browser_names_nobody(client: Fetch) -> None:
    assert (client(SHEET).tree.findtext(".//title") or "").startswith("A cover sheet – Children")


def test_what_is_marked_is_not_on_it(client: Fetch, source: MadeUp) -> None:
    source.marked = True
    page = client(SHEET)
    assert "Imaginary Way, ZZ1" not in page.words()
    assert "so it does not stand on paper" in page.words() and "Not to be told" in page.words()


def test_of_a_child_of_whom_nothing_is_known_it_says_so(client: Fetch, source: MadeUp) -> None:
    source.empty = True
    words = client(SHEET).words()
    assert "is not open to the service today." in words
    assert "That is not the same as there being none. Ask before you go." in words


def test_the_warnings_that_wait_say_who_does_not_agree_and_lead_to_the_form(client: Fetch, source: MadeUp) -> None:
    page = client("/warnings")
    assert (
        "2 warnings before a visit wait to be looked at again. Somebody does not agree with 1 of them." in page.words()
    )
    first, second = (
        " ".join(row.text_content().split()) for row in page.tree.xpath("//section[@id='warnings']//tbody/tr")
    )
    assert "Mother does not agree (said 18 November 2026, and nobody has answered yet)" in first
    assert "How it is known: A neighbour <i>rang</i>." in first and not page.tree.xpath("//tbody//i")
    assert "Nobody has said otherwise" in second
    assert f"/child/ch{1:022}/record/warning-review" in page.tree.xpath("//tbody//a/@href")
    assert "A neighbour" in client("/warnings/warnings.csv").body.decode()
    source.empty = True
    assert "No warning before a visit waits to be looked at again." in client("/warnings").words()


def test_a_warning_stands_on_the_childs_page_and_leads_to_how_it_is_known(client: Fetch) -> None:
    page = client(f"/child/ch{1:022}")
    assert page.tree.xpath("//section[@aria-labelledby='before-the-door-title']//li/a/@href") == [
        f"/child/ch{1:022}/entries/visit_warning/{number}" for number in (0, 0)
    ]
    assert "A dog that must be shut away first (since 4 May 2026)." in page.words()
    assert "Before you visit" not in client(f"/child/ch{1:022}?at=2026-05-05").words()
