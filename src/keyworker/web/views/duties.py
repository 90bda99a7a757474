"""Everything that is due to one child, and why."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from keyworker.facts.pictures import SourceAge
from keyworker.web.presenters.duties import DutiesPage, duties_page
from keyworker.web.views.showing import Asking, asking, file, show, with_downloads


@dataclass(frozen=True)
class _Read:
    name: str
    page: DutiesPage
    sources: tuple[SourceAge, ...]


def page(request: HttpRequest, handle: str) -> HttpResponse:
    """Where every duty to a child stands, why, and what coincided where the child was not seen in time."""
    ask = asking(request)
    read = _page(ask, handle, "see why something is due to a child")
    query = ask.asked.query
    tables = with_downloads(read.page.tables, "child-due-csv", query, handle)
    return show(
        ask,
        "duties.html",
        f"What is due to {read.name}",
        "Children",
        {"page": read.page, "tables": tables, "child": reverse("child", args=[handle]) + query},
        here="",
        called="What is due to a child",
        sources=read.sources,
    )


def download(request: HttpRequest, handle: str, part: str) -> HttpResponse:
    """One of the lists as a file. Its name holds no child's name."""
    ask = asking(request)
    return file(ask, "duties", _page(ask, handle, "download what is due to a child").page.table(part))


def _page(ask: Asking, handle: str, purpose: str) -> _Read:
    moment = ask.asked.moment
    with ask.record(purpose) as record:
        name = record.name_of(handle, moment)
        readings = record.clocks(moment, child=handle)
        missed = record.missed(moment, child=handle)
        sources = record.sources()
    shown = duties_page(readings, missed, moment.at, lambda rule: reverse("rule", args=[rule]) + ask.asked.query)
    return _Read(name, shown, sources)
