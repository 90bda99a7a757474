"""The pages of measures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from keyworker.measures.judged import month_ends
from keyworker.measures.registry import shipped
from tests.web.conftest import Page
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
SHARE = "/measures/cp-seen-20-working-days"


def test_every_measure_is_listed_with_what_answers_it_or_why_not(client: Fetch) -> None:
    page = client("/measures")
    linked = {at.removeprefix("/measures/") for at in page.tree.xpath("//table//a/@href")}
    assert linked == set(shipped().definitions)
    assert "Of 138 published and usual measures the record can answer" in page.words()


@pytest.mark.parametrize("name", sorted(shipped().definitions))
def test_every_measure_has_a_page_with_its_definition_and_its_sql(client: Fetch, name: str) -> None:
    page = client(f"/measures/{name}")
    assert page.status == 200
    assert "What it is" in page.words() and "select" in page.words()


def test_a_share_is_drawn_against_its_own_past_with_its_interval(client: Fetch) -> None:
    page = client(SHARE)
    said = page.words()
    # The last of 24 months: 60 + (23 * 7) % 11 = 67 of 100.
    assert "On 31 October 2026: 67%, 67 of 100; it may lie between" in said
    assert page.tree.xpath("//figure//*[local-name()='svg']")
    assert len(page.tree.xpath("//section[@id='months']//tbody/tr")) == 24


def test_a_page_says_from_when_the_record_is_whole_and_marks_the_months_before(client: Fetch) -> None:
    page = client(SHARE)
    # 24 months to October 2026 begin in November 2024; six of them end before 1 May 2025.
    said = "The record is whole for this measure from 1 May 2025. 6 of the days here are earlier and count only what"
    assert said in page.words()
    months = [
        " ".join(row.xpath("string(*[1])").split()) for row in page.tree.xpath("//section[@id='months']//tbody/tr")
    ]
    assert [one for one in months if "not whole" in one] == months[-6:]
    assert "6 earlier points are not whole, up to and with 30 April 2025" in page.words()
    file = client(f"{SHARE}/months.csv").body.decode()
    assert file.count("not whole") == 6


def test_places_stand_by_name_in_a_funnel_and_what_is_too_small_is_not_shown(client: Fetch) -> None:
    page = client(f"{SHARE}?by=district")
    rows = page.tree.xpath("//section[@id='groups']//tbody/tr")
    assert [row.xpath("string(*[1])").strip() for row in rows] == ["Fenwick", "Marlow Vale", "Oakshott", "Tidewell"]
    assert "too few to show" in " ".join(rows[3].itertext())
    assert "Tidewell" not in "".join(page.tree.xpath("//figure//text()"))
    assert len(page.tree.xpath("//figure")) == 2


def test_a_figure_of_twelve_months_is_not_judged_against_the_month_before(client: Fetch) -> None:
    page = client("/measures/changes-of-worker-12-months")
    assert "No XmR chart is drawn: each figure looks back" in page.words()


def test_the_page_says_how_to_have_the_same_again(client: Fetch) -> None:
    said = client(f"{SHARE}?by=district&months=12").words()
    assert "by=district" in said and "months=12" in said
    assert 'keyworker measure cp-seen-20-working-days --at 2026-10-31 --by "district"' in said


def test_a_measure_that_is_none_has_no_page_and_an_unknown_group_is_nobodys(client: Fetch) -> None:
    assert client("/measures/handsome").status == 404
    assert client(f"{SHARE}?by=handsome&months=x").status == 200


def test_a_record_without_anything_cannot_tell(client: Fetch, source: MadeUp) -> None:
    source.empty = True
    said = client(SHARE).words()
    assert "cannot tell: nothing is held" in said and "No XmR chart is drawn" in said


def test_month_ends_are_last_days_up_to_the_day_itself() -> None:
    assert month_ends(date(2024, 3, 30), 2) == (date(2024, 1, 31), date(2024, 2, 29))
    assert month_ends(date(2024, 3, 31), 2) == (date(2024, 2, 29), date(2024, 3, 31))
