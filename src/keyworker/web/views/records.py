"""For the analyst: loads, meanings, data quality."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from keyworker.facts.pictures import SourceAge
from keyworker.web.presenters import records as presenter
from keyworker.web.tables import Table
from keyworker.web.views.showing import Asking, asking, file, show, with_download


@dataclass(frozen=True)
class _Read:
    title: str
    answer: str
    table: Table
    sources: tuple[SourceAge, ...]


def loads(request: HttpRequest) -> HttpResponse:
    """Every load, latest first."""
    return _show(asking(request), "loads")


def meanings(request: HttpRequest) -> HttpResponse:
    """What each source's own words mean."""
    return _show(asking(request), "meaning")


def quality(request: HttpRequest) -> HttpResponse:
    """What the data cannot support, and which figures that weakens."""
    return _show(asking(request), "quality")


def download(request: HttpRequest, part: str) -> HttpResponse:
    """One of the three lists as a file."""
    ask = asking(request)
    return file(ask, "records", _read(ask, part, f"download the list: {part}").table)


def _show(ask: Asking, part: str) -> HttpResponse:
    read = _read(ask, part, f"see the list: {part}")
    table = with_download(read.table, reverse("records-csv", args=[part]) + ask.asked.query)
    context = {"answer": read.answer, "table": table}
    return show(
        ask, "records.html", read.title, "Records", context, here=part, sources=read.sources, moves=part != "loads"
    )


def _read(ask: Asking, part: str, purpose: str) -> _Read:
    moment = ask.asked.moment
    with ask.record(purpose) as record:
        match part:
            case "loads":
                lines = record.loads()
                return _Read("Loads", presenter.loads_answer(lines), presenter.loads_table(lines), record.sources())
            case "meaning":
                words = record.meanings(moment.at)
                table = presenter.meanings_table(words)
                return _Read("Meanings", presenter.meanings_answer(words), table, record.sources())
            case "quality":
                found = record.quality(moment)
                table = presenter.quality_table(found)
                return _Read("Data quality", presenter.quality_answer(found), table, record.sources())
    raise Http404
