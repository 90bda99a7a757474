"""The pages of published figures: whole before any child is loaded, by name and never by figure."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest

from keyworker.measures.published.areas import councils
from keyworker.measures.published.series import every
from keyworker.web.presenters.figures import council_named
from tests.web.conftest import Page
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
CIN = "/figures/cin-rate-31-march?council=873"


def cells(page: Page, table: str) -> list[list[str]]:
    rows = page.tree.xpath(f"//section[@id='{table}']//tbody/tr")
    body = "*[contains(@class, 'kw-cell')]//span[contains(@class, 'kw-cell__body')]"
    return [[one.text_content().strip() for one in row.xpath(body)] for row in rows]


def test_the_list_is_whole_with_an_empty_record_and_without_a_council(client: Fetch, source: MadeUp):
    source.empty = True
    page = client("/figures")
    assert "72 measures are published of every council. Choose a council" in page.words()
    assert len(page.tree.xpath("//select[@id='council']/option")) == len(councils())
    assert len(page.tree.xpath("//a[starts-with(@href, '/figures/') and not(contains(@href, '.csv'))]")) == len(every())


def test_a_council_stands_beside_england_and_where_its_neighbours_lie(client: Fetch):
    rows = {row[0].split("  ")[0]: row for row in cells(client("/figures?council=873"), "child-in-need-demand")}
    found = next(row for name, row in rows.items() if name.startswith("Children in need at 31 March"))
    assert found[1:3] == ["232.5", "332.9"]
    assert found[3] == "198.8 to 341.1 9 of 10 have a figure"


def test_a_measure_answers_first_then_the_table_then_the_chart(client: Fetch, source: MadeUp):
    source.empty = True
    page = client(CIN)
    assert page.tree.xpath("//p[@class='kw-answer']")[0].text_content().startswith("Cambridgeshire 232.5 per 10,000 at")
    assert cells(page, "years")[0][:4] == ["2024", "232.5", "332.9", "237.4"]
    assert page.text.index('id="years"') < page.text.index("kw-figure__wide")
    assert [row[0] for row in cells(page, "neighbours")] == sorted(row[0] for row in cells(page, "neighbours"))
    assert cells(page, "neighbours")[3][:3] == ["Hampshire", "Very close", "Not published: low reliability"]


def test_the_funnel_lists_every_council_by_name_and_offers_no_sorting(client: Fetch):
    page = client(CIN + "&year=2023")
    names = [row[0] for row in cells(page, "councils-2023")]
    assert names == sorted(names)
    assert len(names) > 140
    assert not page.tree.xpath("//table[@data-module='moj-sortable-table']")
    assert "it is no verdict, and neither side is called better" in page.words()


def test_a_chart_that_the_figures_do_not_allow_says_why(client: Fetch):
    words = client("/figures/sw-average-caseload?council=873").words()
    assert "No funnel is drawn: an average is no count of people" in words
    assert "No XmR chart is drawn: 9 yearly points set no firm limits; it takes 12." in words


def test_a_measure_without_a_council_asks_for_one_and_puts_none_in_its_place(client: Fetch):
    page = client("/figures/cin-rate-31-march")
    assert "Choose a council" in page.words()
    assert not page.tree.xpath("//svg")


def test_the_source_the_licence_and_the_address_that_brings_it_back_are_said(client: Fetch):
    page = client(CIN + "&year=2020")
    words = page.words()
    assert (
        "Characteristics of children in need, 2013 to 2024 (Department for Education), published October 2024." in words
    )
    assert "Open Government Licence v3.0" in words
    assert "keyworker figures cin-rate-31-march --council 873" in words
    again = page.tree.xpath("//span[@class='kw-address']")[0].text_content()
    assert again.endswith("/figures/cin-rate-31-march?council=873&year=2020")
    assert cells(client(again.removeprefix("http://127.0.0.1")), "councils-2020") == cells(page, "councils-2020")


def test_every_table_can_be_downloaded_and_every_figure_behind_the_lines(client: Fetch, source: MadeUp):
    page = client(CIN)
    for at in page.tree.xpath("//a[contains(@href, '.csv')]/@href"):
        assert client(at).status == 200
    rows = list(csv.DictReader(io.StringIO(client("/figures/cin-rate-31-march/every-figure.csv?council=873").text)))
    assert len(rows) == 13 * 12
    hampshire = next(row for row in rows if row["area"] == "Hampshire" and row["year"] == "2024")
    assert (hampshire["value"], hampshire["symbol"]) == ("", "u")
    assert ("page: published figures, cin-rate-31-march", "published-cin-rate-31-march.csv", False) in source.downloads


def test_the_records_own_count_stands_beside_the_published_one_with_what_lies_between(client: Fetch, source: MadeUp):
    assert not cells(client(CIN), "own")
    assert "Count this record’s own figure" in client(CIN).words()
    rows = cells(client(CIN + "&own=1"), "own")
    # The made-up record counts 2,724, 2,615 and 2,760; 3,388, 2,724 and 2,615 were published.
    assert rows[0][:4] == ["31 March 2019", "3,388", "2,724", "-664"]
    assert rows[1][:4] == ["31 March 2020", "2,724", "2,615", "-109"]
    assert "Of another council" in rows[0][4]
    source.empty = True
    assert "Cannot tell: nothing has been loaded yet." in client(CIN + "&own=1").words()


@pytest.mark.parametrize(
    ("name", "code", "found"),
    [
        ("Cambridgeshire County Council", "", "873"),
        ("London Borough of Nowhere", "204", "204"),
        ("Testshire County Council", "", ""),
        ("Dorset Council", "", "838"),
    ],
)
def test_the_council_is_known_by_its_name_or_its_code_or_not_at_all(name: str, code: str, found: str):
    assert council_named(name, code) == found


@pytest.mark.parametrize("path", ["/figures?council=nowhere", "/figures/made-up?council=873", CIN + "&band=made-up"])
def test_what_is_not_published_is_said_in_words(client: Fetch, path: str):
    page = client(path)
    assert page.status >= 400
    assert "Keyworker" in page.words()


def test_whoever_may_not_see_pages_may_not_see_these(client: Fetch):
    assert client("/figures", account="refused").status == 403
