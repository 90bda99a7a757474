"""The page of support by area."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from keyworker.web.presenters.areas import areas_page
from tests.web import made_areas
from tests.web.conftest import Page
from tests.web.fictional import TODAY
from tests.web.source import MadeUp

Fetch = Callable[..., Page]


def test_the_service_leads_to_support_by_area(client: Fetch) -> None:
    (door,) = client("/service").tree.xpath("//a[contains(., 'Support by area')]/@href")
    assert client(door).status == 200


def test_the_areas_stand_side_by_side_in_five_aspects_with_their_bases(client: Fetch) -> None:
    page = client("/service/areas")
    said = page.words()
    assert "Across 2 areas, the share of workers supervised in time lies between 55% and 60%." in said
    assert [one.get("id") for one in page.tree.xpath("//section[contains(@class, 'kw-list')]")] == [
        "supervision",
        "load",
        "cover",
        "learning",
        "vacancies",
    ]
    rows = page.tree.xpath("//section[@id='supervision']//tbody/tr")
    assert [row.xpath("string(*[1])").strip() for row in rows] == [
        "Fenwick",
        "Marlow Vale",
        "No area is known",
        "The whole service",
    ]
    assert "11 of 20" in " ".join(rows[0].itertext())
    assert "Cannot tell" in " ".join(rows[2].itertext())


def test_no_area_says_so(client: Fetch, source: MadeUp) -> None:
    source.empty = True
    assert "Nothing is known yet of the support" in client("/service/areas").words()


def test_one_area_alone_is_not_set_between_two_figures() -> None:
    areas = made_areas.areas(TODAY)
    page = areas_page(replace(areas, names=("Fenwick",)), areas.moment)
    # 11 of 20.
    assert page.answer == "In the one area of which it can be told here, 55% of workers were supervised in time."
