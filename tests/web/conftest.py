"""One site for all the pages' tests, on a database of its own, with made-up pictures."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from lxml import html

from keyworker.web import bound
from tests.servers.started import Database, Server
from tests.web import fictional as made_up
from tests.web.opened import opened_site
from tests.web.source import MadeUp

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.test import Client

FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="session")
def site(embedded_server: Server) -> Iterator[Database]:
    """The site, on a database of its own; its connections are closed before the server goes."""
    yield opened_site(embedded_server)
    from django.db import connections

    connections.close_all()


@pytest.fixture
def source(site: Database) -> Iterator[MadeUp]:
    """Made-up pictures, bound afresh, on a fixed day."""
    made = MadeUp()
    bound.bind(made, lambda: made_up.NOW)
    yield made


@dataclass
class Page:
    """One answer, as a person would meet it."""

    status: int
    text: str
    tree: html.HtmlElement
    headers: dict[str, str]
    body: bytes = b""

    def words(self) -> str:
        return re.sub(r"\s+", " ", self.tree.text_content())


@pytest.fixture
def client(source: MadeUp) -> Callable[..., Page]:
    """Fetch a page as a signed-in person; every page is checked in the same way."""
    from django.contrib.auth.models import User
    from django.test import Client

    clients: dict[str, Client] = {}

    def fetch(path: str, account: str = "sorrel", data: dict[str, Any] | None = None, **extra: str) -> Page:
        one = clients.setdefault(account, Client(raise_request_exception=False, SERVER_NAME="127.0.0.1"))
        if account and "_auth_user_id" not in one.session:
            sign_in(one, User.objects.get(username=account))
        answer = (
            one.post(path, urlencode(data, doseq=True), FORM, **extra) if data is not None else one.get(path, **extra)
        )
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = body.decode(errors="replace")
        is_page = answer.headers.get("Content-Type", "").startswith("text/html") and bool(text)
        page = Page(answer.status_code, text, html.fromstring(text) if is_page else None, dict(answer.headers), body)
        if is_page:
            check_every_page(page)
        return page

    return fetch


def sign_in(client: Client, user: User) -> None:
    """Sign somebody in as a completed sign-in does, without its form."""
    held = client.session
    held["opened_at"] = bound.now().isoformat()
    held.save()
    client.force_login(user)


def check_every_page(page: Page) -> None:
    """What must hold on each page whatever it shows."""
    headings = page.tree.xpath("//h1")
    assert len(headings) == 1, "a page needs exactly one main heading"
    title = page.tree.findtext(".//title")
    assert re.fullmatch(r".+ – .+ – Keyworker", title), f"title should read 'Page – Section – Keyworker', got {title!r}"
    first = title.removeprefix("Error: ").split(" – ")[0]
    heading = headings[0].text_content().strip()
    assert first in (heading, "A child", "A copy", "A cover sheet", "A worker", "What is due to a child"), (
        "the title should begin with the heading, unless that is a name"
    )
    repeated = {one: n for one, n in Counter(page.tree.xpath("//@id")).items() if n > 1}
    assert not repeated, f"ids used twice: {sorted(repeated)}"
    levels = [int(one.tag[1]) for one in page.tree.xpath("//h1|//h2|//h3|//h4")]
    jumps = [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1]
    assert not jumps, f"heading levels jump: {jumps}"
    assert not page.tree.xpath("//*[@style]|//style|//script[not(@src)]|//*[@onclick]"), "nothing may be inline"
    outside = [at for at in page.tree.xpath("//@src|//link/@href") if not at.startswith("/")]
    assert not outside, f"requests to elsewhere: {outside}"
    if "kw-sheet" in page.tree.xpath("//body/@class")[0]:
        assert "Inside the service only" not in page.words(), "a sheet that is made to leave says nothing of the kind"
    else:
        assert "One person’s machine, not for sharing" in page.words()
        assert "Inside the service only." in page.words(), "what is printed of a page must say that it stays inside"
    known = set(page.tree.xpath("//@id"))
    broken = [at for at in page.tree.xpath("//a/@href") if at.startswith("#") and at[1:] not in known]
    assert not broken, f"links within the page that lead nowhere: {broken}"
    for words in (r"None,", r"\bnan\b", r"\{\{", r"\{%"):
        assert not re.search(words, page.words()), f"{words!r} reached the page"
