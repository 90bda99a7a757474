"""The pages of children whose worker is away or has left, and the decision who covers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.web.conftest import Page
from tests.web.fictional import OKAFOR
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
PAGE = f"/child/ch{1:022}/cover"
FORM = "7" * 32
NOBODY = {"number": FORM, "covered_by": "nobody", "from_on": "2026-11-23", "until_on": "2026-12-11"}


def test_the_list_parts_those_whose_worker_left_from_those_whose_worker_is_away_and_says_never_why(
    client: Fetch, source: MadeUp
) -> None:
    page = client("/to-cover")
    assert "1 child has a worker who has left; 1 child waits for a decision who covers." in page.words()
    assert "Away until 14 December 2026" in page.words()
    assert page.tree.xpath("//section[@id='left']//tbody//a/@href")[0].endswith("/workers")
    assert page.tree.xpath("//section[@id='away']//tbody//a/@href")[0].endswith("/cover")
    source.empty = True
    nothing = "Every child whose worker is away, or soon will be, has a decision, and no child’s worker has left."
    assert nothing in client("/to-cover").words()


def test_a_worker_is_chosen_by_what_they_hold_or_nobody_for_a_reason(client: Fetch, source: MadeUp) -> None:
    form = client(PAGE)
    assert "Holds 14 children of 9 families" in form.words() and not form.tree.xpath("//main//td//b")
    assert form.tree.xpath("string(//input[@id='until_on']/@value)") == "2026-12-13"
    assert client(PAGE, data=NOBODY).tree.xpath("//div[@role='alert']//a/@href") == ["#why"]
    assert source.written == []
    client(PAGE, data=NOBODY | {"why": "Nothing is due."})
    again = client(PAGE, data=NOBODY | {"covered_by": OKAFOR.handle})
    assert again.status == 302
    assert [(one.covered_by, one.until_on, one.why) for one in source.written] == [
        (None, date(2026, 12, 11), "Nothing is due."),
        (OKAFOR.worker_id, date(2026, 12, 11), ""),
    ]


def test_where_nobody_is_away_nothing_is_asked(client: Fetch, source: MadeUp) -> None:
    source.has_worker = False
    page = client(PAGE)
    assert "is not away, nor" in page.words() and not page.tree.xpath("//input[@id='until_on']")
    client(PAGE, data=NOBODY | {"why": "Nothing is due."})
    assert source.written == []
