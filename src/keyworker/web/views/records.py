"""For the analyst: loads, meanings, data quality."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from keyworker.web.presenters import records as presenter
from keyworker.web.tables import Table
from keyworker.web.views.showing import Asking, asking, file, show, with_download


def loads(request: HttpRequest) -> HttpResponse:
    """Every load, latest first."""
    ask = asking(request)
    found = ask.source.loads(ask.account)
    return _show(ask, "Loads", "loads", presenter.loads_answer(found), presenter.loads_table(found), moves=False)


def meanings(request: HttpRequest) -> HttpResponse:
    """What each source's own words mean."""
    ask = asking(request)
    found = ask.source.meanings(ask.account)
    answer, table = presenter.meanings_answer(found), presenter.meanings_table(found)
    return _show(ask, "Meanings", "meaning", answer, table, moves=False)


def quality(request: HttpRequest) -> HttpResponse:
    """What the data cannot support, and which figures that weakens."""
    ask = asking(request)
    found = ask.source.quality(ask.account, ask.asked.moment)
    return _show(ask, "Data quality", "quality", presenter.quality_answer(found), presenter.quality_table(found))


def download(request: HttpRequest, part: str) -> HttpResponse:
    """One of the three lists as a file."""
    ask = asking(request)
    match part:
        case "loads":
            table = presenter.loads_table(ask.source.loads(ask.account))
        case "meaning":
            table = presenter.meanings_table(ask.source.meanings(ask.account))
        case "quality":
            table = presenter.quality_table(ask.source.quality(ask.account, ask.asked.moment))
        case _:
            raise Http404
    return file(ask, "records", table)


def _show(ask: Asking, title: str, here: str, answer: str, table: Table, *, moves: bool = True) -> HttpResponse:
    shown = with_download(table, reverse("records-csv", args=[here]) + ask.asked.query)
    return show(
        ask,
        "records.html",
        title,
        "Records",
        {"answer": answer, "table": shown},
        here=here,
        sources=ask.source.sources(ask.account),
        moves=moves,
    )
