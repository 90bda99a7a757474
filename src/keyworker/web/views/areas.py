"""Support by area."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from keyworker.web.presenters.areas import areas_page
from keyworker.web.views.showing import asking, file, show, with_downloads


def page(request: HttpRequest) -> HttpResponse:
    """Supervision, load, cover, learning and vacancies in each area, side by side."""
    ask = asking(request)
    with ask.record("see what support each area gives") as record:
        shown = areas_page(record.areas(ask.asked.moment), ask.asked.moment)
        sources = record.sources()
    tables = with_downloads(shown.tables, "areas-csv", ask.asked.query)
    return show(
        ask,
        "areas.html",
        "Support by area",
        "Service",
        {
            "answer": shown.answer,
            "other_day": shown.other_day,
            "tables": tables,
            "service": reverse("service") + ask.asked.query,
        },
        here="service",
        sources=sources,
    )


def download(request: HttpRequest, part: str) -> HttpResponse:
    """One of the tables as a file."""
    ask = asking(request)
    with ask.record("download what support each area gives") as record:
        shown = areas_page(record.areas(ask.asked.moment), ask.asked.moment)
    return file(ask, "areas", shown.table(part), identifying=False)
