"""Over every page and every file that a page gives: what is never laid out by named worker is not.

The pages are found by following every link from the navigation on, so that a new page is looked at by itself.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from urllib.parse import urldefrag

import pytest
from lxml import html

from keyworker.web.tables import Heading
from tests.web.conftest import Page
from tests.web.made_duties import dues
from tests.web.test_web_pages import PAGES

Fetch = Callable[..., Page]
WORKERS = {"worker", "supervisor", "who", "held by", "by"}
"""The headings of a column that names workers."""
LOAD = {"worker", "children", "families", "agreed capacity"}
"""By what a list of workers may be put in an order: a load, which protects, or the name."""
KEPT = re.compile(
    r"\b(late|overdue|past|lag|hours|minutes|signed in|sign-ins|longest since|days over)\b", re.IGNORECASE
)


def _plain(heading: html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", heading.text_content()).strip()


def _crawled(client: Fetch) -> dict[str, Page]:
    """Every page that a link leads to, one of each kind of address."""
    found: dict[str, Page] = {}
    waiting, kinds = list(PAGES), dict[str, int]()
    while waiting:
        at = urldefrag(waiting.pop())[0]
        kind = re.sub(r"[a-z]{2}0{10,}\d+|[0-9a-f]{32}", "#", at.split("?")[0])
        if at in found or kinds.get(kind, 0) >= 1 or not at.startswith("/") or kind.startswith("/static"):
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        page = client(at)
        found[at] = page
        if page.tree is not None:
            waiting += [str(one) for one in page.tree.xpath("//a/@href") if str(one).startswith("/")]
    return found


_once: dict[str, Page] = {}


@pytest.fixture
def crawled(client: Fetch) -> dict[str, Page]:
    """The pages, looked for once."""
    if not _once:
        _once.update(_crawled(client))
    return _once


def test_no_list_of_workers_may_be_put_in_an_order_but_by_load(crawled: dict[str, Page]) -> None:
    looked, faults = 0, []
    for at, page in crawled.items():
        if page.tree is None:
            continue
        for table in page.tree.xpath("//table[thead]"):
            heads = table.xpath("./thead//th")
            if _plain(heads[0]).lower() not in WORKERS:
                continue
            looked += 1
            sortable = {_plain(one).lower() for one in heads if one.get("aria-sort") is not None}
            faults += [(at, one) for one in sortable - LOAD]
            last = table.xpath("./tbody/tr[last()]/*[1]")
            faults += [(at, "a total") for one in last if re.match(r"(total|all|sum)\b", _plain(one), re.IGNORECASE)]
    assert looked > 5, "the search finds too few lists of workers: it is broken"
    assert faults == []


def test_no_file_gives_what_is_kept_beside_a_named_worker(crawled: dict[str, Page]) -> None:
    looked, faults = 0, []
    for at, page in crawled.items():
        if not page.headers.get("Content-Type", "").startswith("text/csv") or at.startswith("/my-"):
            continue
        rows = list(csv.reader(io.StringIO(page.text)))
        heads = next((row for row in rows if len(row) > 1 and not row[0].startswith("As at")), [])
        if not {one.lower() for one in heads} & WORKERS and not at.startswith("/worker"):
            continue
        looked += 1
        faults += [(at, one) for one in heads if KEPT.search(one)]
    assert looked > 3, "the search finds too few files with workers: it is broken"
    assert faults == []


def test_what_is_due_to_workers_stands_by_name_and_is_no_file(client: Fetch) -> None:
    of_workers = [one for one in dues() if one.worker]
    assert of_workers, "the made-up worklist holds a duty to a worker"
    page = client("/due")
    (table,) = page.tree.xpath("//section[@id='workers']//table")
    assert not table.xpath(".//th[@aria-sort]")
    assert not page.tree.xpath("//section[@id='workers']//a[contains(@href, '.csv')]")
    assert client("/due/workers.csv").status == 404
    names = [one.worker.worker.name for one in of_workers if one.worker]
    assert not any(name in client("/due/overdue.csv").text for name in names)


def test_who_holds_each_child_stays_on_the_page_of_a_list_of_what_is_late(client: Fetch) -> None:
    for at, of in (("/due/overdue.csv", "Held by"), ("/nothing-recent.csv", "Worker"), ("/team/past.csv", "Worker")):
        page = client(at)
        assert page.status == 200
        assert f"Left out: {of}. The service is measured, not the person" in page.text


def test_a_workers_own_file_leaves_nothing_out(client: Fetch) -> None:
    assert "Left out" not in client("/my-work/months.csv").text
    assert "Protected time" in client("/my-work/months.csv").text
    of_another = client(f"/worker/wk{4:022}/months.csv").text
    assert "Left out: Away, Protected time." in of_another


def test_a_column_that_stays_cannot_be_put_in_an_order() -> None:
    with pytest.raises(ValueError, match="not put in an order"):
        Heading("Hours", sortable=True, stays=True)
