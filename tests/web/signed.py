"""What the tests of signing in share: a clock that they turn, a sign-in of their own, a browser that sends forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from lxml import html

from tests.web.conftest import FORM, Page, check_every_page


@dataclass
class Clock:
    """The pages' clock, turned by hand."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at

    def turn(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class Browser:
    """Somebody's browser, that fetches pages and sends forms, and keeps its cookies."""

    client: Any
    headers: Mapping[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Page:
        return self._page(self.client.get(path, **self.headers))

    def send(self, path: str, **fields: str) -> Page:
        return self._page(self.client.post(path, urlencode({"sent": "yes", **fields}), FORM, **self.headers))

    def is_signed_in(self) -> bool:
        return self.get("/my-sign-in").status == 200

    def _page(self, answer: Any) -> Page:
        text = answer.content.decode() if not answer.streaming else ""
        is_page = answer.headers.get("Content-Type", "").startswith("text/html") and bool(text)
        page = Page(answer.status_code, text, html.fromstring(text) if is_page else None, dict(answer.headers))
        if is_page:
            check_every_page(page)
        return page


def letters_of(page: Page) -> str:
    """The secret that a page offers to an authenticator app."""
    (shown,) = page.tree.xpath("//p[@class='kw-letters']")
    return re.sub(r"\s", "", shown.text_content())


def codes_of(page: Page) -> list[str]:
    """The recovery codes that a page shows."""
    return [one.text_content() for one in page.tree.xpath("//ul[contains(@class, 'kw-codes')]/li")]
