"""The page of children with neither a recent record nor recent case supervision."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.web.conftest import Page
from tests.web.source import MadeUp

Fetch = Callable[..., Page]


def test_the_list_says_of_how_many_and_when_each_child_was_last_heard_of(client: Fetch) -> None:
    page = client("/nothing-recent")
    assert (
        "Three of 13 open children of yours have neither a recent record nor recent case supervision." in page.words()
    )
    rows = page.tree.xpath("//section[@id='children']//tbody/tr")
    assert "Nothing ever recorded" in rows[0].text_content() and "None recorded" in rows[0].text_content()
    # 42 days before 23 November 2026.
    assert "12 October 2026" in rows[1].text_content() and "42 days ago" in rows[1].text_content()
    assert "Nothing recorded is not the same as not done" in page.words()


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("/nothing-recent", "nothing recent of mine"),
        ("/nothing-recent?team=tm0000000000000000000001", "nothing recent of tm0000000000000000000001"),
        ("/nothing-recent?district=Fenwick", "nothing recent of Fenwick"),
        ("/nothing-recent?whole=yes", "nothing recent of everybody"),
    ],
)
def test_it_can_be_asked_of_me_a_team_a_district_and_everybody(
    client: Fetch, source: MadeUp, address: str, asked: str
) -> None:
    assert client(address).status == 200
    assert asked in [what for what, _ in source.calls]


def test_whoever_may_see_the_service_chooses_between_districts_and_the_choice_is_marked(client: Fetch) -> None:
    page = client("/nothing-recent?district=Fenwick&at=2026-11-01")
    links = {one.text_content(): one for one in page.tree.xpath("//nav[@aria-label='Whose children']//a")}
    assert list(links) == ["Mine", "The whole service", "Fenwick", "Marlow Vale"]
    assert links["Fenwick"].get("aria-current") == "true"
    assert links["Marlow Vale"].get("href") == "/nothing-recent?at=2026-11-01&district=Marlow+Vale"


def test_a_list_of_thousands_is_turned_page_by_page_and_downloads_whole(client: Fetch, source: MadeUp) -> None:
    source.many = 450
    page = client("/nothing-recent?district=Fenwick&page=3")
    assert len(page.tree.xpath("//section[@id='children']//tbody/tr")) == 50
    assert "Here are the 401 to 450 of 450; the download holds all." in page.words()
    before = page.tree.xpath("//nav[@aria-label='Pages of this list']//a/@href")
    assert before == ["/nothing-recent?district=Fenwick&page=2"]
    rows = client("/nothing-recent.csv?district=Fenwick").text.splitlines()
    assert len([row for row in rows if "Testwood" in row]) == 450


def test_where_everything_is_recent_that_is_the_answer(client: Fetch, source: MadeUp) -> None:
    source.empty = True
    assert "No child of yours is open at this moment." in client("/nothing-recent").words()


@pytest.mark.parametrize("page", ["/my-children", "/team", "/service"])
def test_my_children_my_team_and_the_service_lead_to_it(client: Fetch, page: str) -> None:
    doors = [at for at in client(page).tree.xpath("//a/@href") if at.startswith("/nothing-recent")]
    assert len(doors) == 1
    assert client(doors[0]).status == 200
