"""The pages of visits that were not made in time: shares by place, and the visits behind a share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.web.conftest import Page
from tests.web.source import MadeUp

Fetch = Callable[..., Page]


def cells(page: Page, table: str) -> list[list[str]]:
    rows = page.tree.xpath(f"//section[@id='{table}']//tbody/tr")
    return [[" ".join(cell.xpath("string(.//*[@class='kw-cell__body'])").split()) for cell in row] for row in rows]


def test_each_thing_that_coincided_is_told_with_its_share_of_how_many_were_missed(client: Fetch) -> None:
    page = client("/service/missed")
    # Of the whole 240: nothing recorded 8 * 6 = 48 (20%), not seen 7 * 6 = 42 (17.5%, said as 18%), no access 36.
    assert (
        "240 visits were not made in time since 23 November 2025. What coincided most often: nothing recorded "
        "(48, 20%); visited and not seen (42, 18%); no access (36, 15%)." in page.words()
    )
    assert cells(page, "nobody")[1] == ["Fenwick", "80", "2 (2%)", "4 (5%)", "6 (8%)", "8 (10%)"]
    assert cells(page, "agreed")[-1] == ["The whole service", "240", "0", "48 (20%)"]
    assert "not who is to blame" in page.words()


def test_places_stand_by_name_with_children_who_are_with_no_team_first(client: Fetch) -> None:
    assert [row[0] for row in cells(client("/service/missed"), "tried")] == [
        "No team",
        "Fenwick",
        "Marlow Vale",
        "The whole service",
    ]
    assert cells(client("/service/missed?by=team"), "tried")[1][0] == "Fenwick 2 Fenwick"


def test_whoever_answers_for_one_place_sees_that_place_alone_and_no_total(client: Fetch, source: MadeUp) -> None:
    source.answers_for_all = False
    page = client("/service/missed")
    assert [row[0] for row in cells(page, "nobody")] == ["Fenwick"]
    assert "Two districts for which you do not answer are not shown, nor any total" in page.words()
    assert "240" not in page.words()


def test_a_share_opens_onto_its_visits_at_the_same_moment(client: Fetch, source: MadeUp) -> None:
    page = client("/service/missed?back=91&at=2026-11-01")
    row = page.tree.xpath("//section[@id='nobody']//tbody/tr")[1]
    door = row.xpath(".//a/@href")[1]
    assert door == "/service/missed/visits?at=2026-11-01&district=Fenwick&what=no-worker&back=91"
    assert client(door).status == 200
    assert [what for what, _ in source.calls][-1] == "missed visits in Fenwick with no worker"
    nowhere = page.tree.xpath("//section[@id='nobody']//tbody/tr")[0].xpath(".//a/@href")[0]
    assert client(nowhere).status == 200
    assert [what for what, _ in source.calls][-1] == "missed visits in  with None"


def test_each_visit_says_what_coincided_and_leads_to_why_it_was_due(client: Fetch) -> None:
    page = client("/service/missed/visits?district=Fenwick")
    assert "Three visits in Fenwick were not made in time since 23 November 2025." in page.words()
    rows = cells(page, "visits")
    assert [row[-1] for row in rows[1:2]] == ["Nothing recorded"]
    assert rows[0][-1] == (
        "No worker, post vacant No worker held the child for 6 days of the interval. "
        "The post of the worker before was vacant."
    )
    assert rows[0][3] == "None recorded since"
    (first, *_) = page.tree.xpath("//section[@id='visits']//tbody//th//a/@href")
    assert first.endswith("/due") and client(first).status == 200


def test_thousands_of_visits_are_turned_page_by_page_and_download_whole(client: Fetch, source: MadeUp) -> None:
    source.many = 1000
    page = client("/service/missed/visits?page=5")
    assert "Here are the 801 to 1,000 of 1,000" in page.words()
    assert len(cells(page, "visits")) == 200
    assert client("/service/missed/visits.csv").text.count("Social work visit") == 1000


def test_the_address_and_the_command_bring_the_same_again(client: Fetch) -> None:
    page = client("/service/missed?by=team&back=182&at=2026-11-01")
    assert "keyworker missed --by team --since 2026-05-03 --at 2026-11-01" in page.words()
    (csv, *_) = [at for at in page.tree.xpath("//a/@href") if at.endswith(".csv?at=2026-11-01&by=team&back=182")]
    assert "As at 1 November 2026" in client(csv).text


@pytest.mark.parametrize("said", ["?by=handsome&back=7", "?back=x", ""])
def test_what_cannot_be_chosen_gives_the_usual(client: Fetch, source: MadeUp, said: str) -> None:
    client(f"/service/missed{said}")
    assert [what for what, _ in source.calls][-1] == "missed by district since 2025-11-23"


def test_where_no_visit_was_missed_that_is_the_answer(client: Fetch, source: MadeUp) -> None:
    source.empty = True
    assert (
        "No visit that was due from 23 November 2025 on is known to have been missed."
        in client("/service/missed").words()
    )
    assert "No visit is counted here." in client("/service/missed/visits").words()


def test_the_service_leads_to_it(client: Fetch) -> None:
    (door,) = client("/service").tree.xpath("//a[contains(., 'Visits not made in time')]/@href")
    assert client(door).status == 200
