"""District and service."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from keyworker.facts.moment import Moment
from keyworker.measures.pictures import ServicePicture
from keyworker.web.presenters.frame import Link
from keyworker.web.presenters.service import ServicePage, service_page
from keyworker.web.views import counted, nothing_recent, posts
from keyworker.web.views.showing import Asking, asking, file, show, with_downloads

AGO = (("", "Now only"), ("91", "Three months before"), ("365", "A year before"), ("1096", "Three years before"))


def page(request: HttpRequest) -> HttpResponse:
    """The whole service, by district or by team, beside an earlier day."""
    ask = asking(request)
    service, shown = _page(ask, "see how the service stands")
    query = _query(ask)
    tables = with_downloads(shown.tables, "service-csv", query)
    context = {
        "page": shown,
        "tables": tables,
        "areas": reverse("areas") + ask.asked.query,
        "first_years": reverse("first-years") + ask.asked.query if "first year" in ask.visitor.routes else "",
        "missed": reverse("missed") + ask.asked.query,
        "nothing_recent": nothing_recent.address(ask, whole="yes") if "due" in ask.visitor.routes else "",
        "groupings": [
            Link(text, _address(ask, by=by), by == _by(ask))
            for by, text in (("district", "By district"), ("team", "By team"))
        ],
        "thens": [Link(text, _address(ask, then=days), days == _then_days(ask)) for days, text in AGO],
    }
    return show(
        ask,
        "service.html",
        "District and service",
        "Service",
        context,
        here="service",
        sources=service.sources,
        absent=service.absent,
        kept={"by": _by(ask), "then": _then_days(ask)},
    )


def download(request: HttpRequest, part: str) -> HttpResponse:
    """One of the tables as a file."""
    ask = asking(request)
    return file(ask, "service", _page(ask, "download figures of the service")[1].table(part), identifying=False)


def _page(ask: Asking, purpose: str) -> tuple[ServicePicture, ServicePage]:
    with ask.page(purpose) as record:
        service = record.service(ask.asked.moment, by=_by(ask), then=_then(ask))
        door = (lambda what, place: counted.address(ask, what, **place)) if "children" in ask.visitor.routes else None
        listed = (lambda place: posts.address(ask, **place)) if "posts" in ask.visitor.routes else None
    return service, service_page(service, ask.ways.team, door, listed)


def _by(ask: Asking) -> str:
    return "team" if ask.request.GET.get("by") == "team" else "district"


def _then_days(ask: Asking) -> str:
    days = ask.request.GET.get("then", "")
    return days if days in dict(AGO) else ""


def _then(ask: Asking) -> Moment | None:
    days = _then_days(ask)
    at: date = ask.asked.moment.at
    return Moment(at - timedelta(days=int(days)), ask.asked.moment.known_at) if days else None


def _query(ask: Asking, **changed: str) -> str:
    parts = {"by": _by(ask), "then": _then_days(ask)} | changed
    return ask.query(by="" if parts["by"] == "district" else "team", then=parts["then"])


def _address(ask: Asking, **changed: str) -> str:
    return reverse("service") + _query(ask, **changed)
