"""The children behind a number of the service's page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from keyworker.facts.pictures import SourceAge
from keyworker.measures.counted import Counted
from keyworker.web.presenters.counted import CountedPage, counted_page
from keyworker.web.views.showing import Asking, asking, file, page_number, page_turns, show, with_download

NOWHERE = "no team"


@dataclass(frozen=True)
class _Read:
    page: CountedPage
    sources: tuple[SourceAge, ...]


def page(request: HttpRequest, what: str) -> HttpResponse:
    """The children whom one number counts, the most pressing first."""
    ask = asking(request)
    read = _read(ask, what, "see the children behind a number of the service")
    place = _place(ask)
    address = reverse("counted-csv", args=[what]) + ask.query(**place)
    return show(
        ask,
        "my-children.html",
        read.page.title,
        "Service",
        {
            "page": {"answer": read.page.answer, "more": [read.page.more] if read.page.more else []},
            "part_only": ask.part_only,
            "tables": [with_download(read.page.table, address)],
            "pages": page_turns(ask, "counted", read.page.number, read.page.pages, place, [what]),
            "back": reverse("service") + ask.asked.query,
        },
        here="",
        sources=read.sources,
        kept=place,
    )


def download(request: HttpRequest, what: str) -> HttpResponse:
    """All of them as a file."""
    ask = asking(request)
    return file(ask, what, _read(ask, what, "download the children behind a number of the service").page.whole)


def address(ask: Asking, what: Counted, **place: str) -> str:
    """Where the children of a number stand, at the same moment."""
    return reverse("counted", args=[what.value]) + ask.query(**place)


def _read(ask: Asking, what: str, purpose: str) -> _Read:
    try:
        counted = Counted(what)
    except ValueError as error:
        raise Http404 from error
    place = _place(ask)
    district = place.get("district")
    with ask.page(purpose) as record:
        rows, sources = record.counted(
            ask.asked.moment,
            counted,
            district="" if district == NOWHERE else district,
            team=place.get("team"),
        )
    where = district or next((row.team.name for row in rows if row.team and place.get("team")), "")
    opens = "child" in ask.visitor.routes
    shown = counted_page(
        rows, counted, where, ask.asked.moment.at, ask.child_address if opens else lambda _: "", page_number(ask)
    )
    return _Read(shown, sources)


def _place(ask: Asking) -> dict[str, str]:
    return {name: ask.request.GET[name] for name in ("district", "team") if ask.request.GET.get(name)}
