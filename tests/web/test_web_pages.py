"""Each page renders, answers in its first sentence, and passes the checks that every page passes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.web.conftest import Page
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
CHILD = f"/child/ch{1:022}"
PAGES = [
    "/my-children",
    CHILD,
    "/team",
    "/service",
    "/service?by=team&then=365",
    "/service/children/past?district=Fenwick",
    "/service/children/changed",
    "/loads",
    "/meaning",
    "/quality",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_renders_and_is_sound(client: Fetch, path: str) -> None:
    assert client(path).status == 200


@pytest.mark.parametrize("path", PAGES)
def test_every_page_without_data_says_so_and_is_sound(client: Fetch, source: MadeUp, path: str) -> None:
    source.empty = True
    page = client(path)
    assert page.status == 200
    assert "Nothing has been loaded yet" in page.words()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_as_at_when_and_as_known_when(client: Fetch, path: str) -> None:
    page = client(path)
    assert "As at 23 November 2026, as best known now" in page.words()


@pytest.mark.parametrize("path", [CHILD, "/my-children", "/team", "/service", "/quality"])
def test_a_page_about_another_moment_says_so_and_changes_its_edge(client: Fetch, path: str) -> None:
    page = client(f"{path}?at=2026-03-01&known=2026-03-05")
    assert "As at 1 March 2026, as it was known at the end of 5 March 2026" in page.words()
    assert page.tree.xpath("//body[contains(@class, 'kw-then')]")
    assert page.tree.xpath("//a[text()='Back to now']/@href") == [path]
