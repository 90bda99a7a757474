"""The chair's page: the children whom somebody chairs, what is next, and what moved since the last."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.conftest import Page
from tests.web.source import MadeUp

Fetch = Callable[..., Page]


def test_it_says_first_who_is_past_their_day_and_of_each_what_moved_and_what_waits(client: Fetch) -> None:
    page = client("/chairing")
    assert page.tree.xpath("string(//p[@class='kw-answer'])") == (
        "Of 2 children whom you chair, one is past its conference or review."
    )
    first, second = (
        [" ".join(cell.text_content().split()) for cell in row.xpath("./*")]
        for row in page.tree.xpath("//section[@id='chaired']//tbody/tr")
    )
    assert "Ashby Testwood" in first[0] and "Conference by 13 November 2026" in first[1]
    assert "Conference on 14 September 2026" in first[2] and "Papers shared 9 September 2026, 5 days before" in first[2]
    for said in (
        "Since 14 September 2026", "2 changes of worker", "New placement 5 October 2026", "New legal status",
        "Seen at 3 visits, and 2 visits at which the child was not", "4 actions of the plan done", "1 action of the",
    ):  # fmt: skip
        assert said in first[3], said
    assert "The child has no worker" in first[4] and "2 actions of the plan past their day" in first[4]
    assert "A challenge raised 2 November 2026 waits, due 17 November 2026" in first[4]
    assert "None is recorded" in second[2] and "No visit is recorded" in second[3] and "Nothing" in second[4]
    assert page.tree.xpath("//section[@id='chaired']//tbody//a/@href") == [f"/child/ch{n:022}" for n in (1, 2)]
    assert "/challenges" in page.tree.xpath("//main//ol//a/@href"), "what else needs whoever chairs"
    assert "/chairing" not in page.tree.xpath("//main//ol//a/@href")


def test_the_list_is_a_file_and_without_a_child_it_says_how_one_comes_onto_it(client: Fetch, source: MadeUp) -> None:
    assert "Papers shared 9 September 2026" in client("/chairing/chaired.csv").body.decode()
    source.empty = True
    assert "Nothing recorded says that you chair a child. Open a child" in client("/chairing").words()
