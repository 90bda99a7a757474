"""Sign-ins and roles on a page, without a child and without how often anybody signs in; and what a chair is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from tests.web.conftest import Page
from tests.web.source import MadeUp

Fetch = Callable[..., Page]


def test_each_role_stands_with_its_sign_in_over_what_and_until_when(client: Fetch) -> None:
    page = client("/roles")
    assert "2 sign-ins hold a role today. 1 of them belongs to no worker of the record." in page.words()
    rows = [re.sub(r"\s+", " ", row.text_content()) for row in page.tree.xpath("//section[@id='roles']//tbody/tr")]
    assert len(rows) == 4
    assert "Team manager" in rows[2] and "as cover for teasel" in rows[2] and "30 November 2026" in rows[2]
    assert "Yarrow Past" in rows[3] and "not yet" in rows[3] and "4 December 2026" in rows[3]


def test_the_list_is_a_file(client: Fetch) -> None:
    page = client("/roles/roles.csv")
    assert "Sign-in,Role,Over,From,Until" in page.text
    assert client("/roles/none.csv").status == 404


def test_whoever_has_no_page_that_their_work_begins_on_is_told_so(client: Fetch, source: MadeUp) -> None:
    before = source.visitor
    source.visitor = lambda account, now: replace(before(account, now), home="")  # type: ignore[method-assign]
    said = client("/").words()
    assert "No page here begins your work yet." in said
    assert "A child’s page is open to you" in said
