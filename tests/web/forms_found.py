"""The forms of the pages, found by asking for each as whoever is given it, and filled in as a person might."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urljoin

from django.test import Client
from django.urls import resolve
from lxml import html

from tests.web.crawled import Known, addresses, path_of, taking_forms
from tests.web.crawling import asks, is_closed

TYPED = "Made-up words, long enough to be a reason for anything."
DAY = "19 March 2026"
"""The day before the crawler asks."""
_DAYS = ("on", "born", "until", "from", "to")


def found(known: Known, roles: Sequence[str]) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """What each address's form asks for, filled in about the child nearest by; and a list of each address of a file."""
    browsers = {role: asks(role) for role in roles}
    forms: dict[str, dict[str, str]] = {}
    parts: dict[str, str] = {}
    for role in ("director", "performance analyst"):
        for _, path in addresses(known.of("own"), "own"):
            if not path.split("?")[0].endswith((".csv", ".ics", ".zip", ".xlsx")):
                tree = _tree(browsers[role], path)
                parts.update(_parts(tree))
                forms = dict(_forms(tree, path)) | forms
    for name, pattern in taking_forms().items():
        path = path_of(pattern, known.of("own"), "own")
        for role in roles:
            if name not in forms and not is_closed(role, name):
                forms = dict(_forms(_tree(browsers[role], path), path)) | forms
    return forms, parts


def _tree(browser: Client, path: str) -> Any:
    answer = browser.get(path)
    is_page = answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
    return html.fromstring(answer.content.decode()) if is_page else None


def _forms(tree: Any, path: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each form of a page, by the name of the address that it is sent to."""
    for form in tree.xpath("//main//form[@method='post']") if tree is not None else ():
        to = urljoin(path, form.get("action") or path).split("?")[0]
        yield str(resolve(to).url_name), dict(_filled(form))


def _filled(form: Any) -> Iterator[tuple[str, str]]:
    for one in form.xpath(".//select[@name] | .//textarea[@name] | .//input[@name] | .//button[@name]"):
        name, kind = one.get("name"), one.get("type", "text")
        if one.tag == "select":
            yield name, next((value for value in one.xpath("./option/@value") if value), "")
        elif kind in ("hidden", "radio", "checkbox", "submit") or one.tag == "button":
            if name != "csrfmiddlewaretoken":
                yield name, one.get("value", "on")
        else:
            yield name, one.get("value") or (DAY if name.endswith("_on") or name in _DAYS else TYPED)


def _parts(tree: Any) -> Mapping[str, str]:
    links = tree.xpath("//main//a/@href") if tree is not None else []
    led = [resolve(link.split("?")[0]) for link in links if link.split("?")[0].endswith(".csv")]
    return {str(one.url_name): str(one.kwargs["part"]) for one in led if "part" in one.kwargs}
