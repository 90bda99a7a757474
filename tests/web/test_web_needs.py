"""What needs somebody, as a page: in order, each with the page that it opens, and an answer where nothing does."""

from __future__ import annotations

from collections.abc import Callable

from keyworker.actions.questions.needs import Need, Needing
from keyworker.web.presenters.needs import SAYS, needs_links
from tests.web.conftest import Page
from tests.web.source import MadeUp

Fetch = Callable[..., Page]


def test_it_says_first_what_comes_first_and_each_leads_on(client: Fetch, source: MadeUp) -> None:
    page = client("/needs-me")
    assert page.tree.xpath("string(//p[@class='kw-answer'])") == (
        "First: 1 worker who went alone is not back by the time they said: find out whether they are safe. "
        f"{len(Need) - 1} other kinds of thing wait after that."
    )
    lines = [one.strip() for one in page.tree.xpath("//main//ol/li/a/text()")]
    assert lines[2:4] == ["3 children have no worker", "4 children have a worker who has left, and need another"]
    assert len(lines) == len(Need)
    assert page.tree.xpath("//main//ol/li/a/@href") == [
        "/alone", "/alone", "/team", "/to-cover", "/to-cover", "/due", "/visits", "/time", "/loads-to-answer",
        "/emergency/reviews",
        "/emergency/reviews", "/visits", "/handovers", "/chairing", "/challenges", "/challenges", "/warnings", "/time",
        "/loads-to-answer", "/time/mine", "/my-actions", "/plan-actions", "/due", "/copies", "/erasures",
        "/team", "/first-years",
        "/my-load", "/supervision",
        "/my-load", "/my-actions", "/handovers", "/visits-to-match", "/posts", "/loads", "/begun",
    ]  # fmt: skip
    assert set(source.purposes) == {"see what waits", "see what waits on the first page"}
    (back,) = page.tree.xpath("//main//form[starts-with(@action, '/alone/')]")
    words = " ".join(back.getparent().text_content().split())
    assert "You: back by 17:30 on 23 November 2026" in words and "Testwood" not in words, "it names nobody"


def test_each_page_that_a_need_leads_to_opens(client: Fetch) -> None:
    for path in set(client("/needs-me").tree.xpath("//main//ol/li/a/@href")):
        assert client(path).status == 200, path


def test_where_nothing_waits_it_says_so(client: Fetch, source: MadeUp) -> None:
    source.empty = True
    words = client("/needs-me").words()
    assert "Nothing waits for you." in words and "is recorded for today" in words


def test_what_is_not_open_to_somebody_is_no_link() -> None:
    links = needs_links([Needing(what, 1) for what in Need], {"service"}, lambda name: f"/{name}")
    assert [one.href for one in links if one.href] == ["/service", "/service"]
    assert set(SAYS) == set(Need)
