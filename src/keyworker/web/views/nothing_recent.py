"""Children with neither a recent record nor recent case supervision."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from keyworker.actions.nothing_recent import NothingRecent
from keyworker.measures.nothing_recent import MEASURE
from keyworker.web.presenters.frame import Link
from keyworker.web.presenters.nothing_recent import MEANT, NothingRecentPage, nothing_recent_page
from keyworker.web.views.showing import Asking, asking, file, page_number, page_turns, show, with_download

WHOLE = "whole"


@dataclass(frozen=True)
class _Read:
    found: NothingRecent
    page: NothingRecentPage


def page(request: HttpRequest) -> HttpResponse:
    """The children of whom nothing is recent: mine, a team's or a district's."""
    ask = asking(request)
    named = _named(ask)
    read = _read(ask, "see of whom nothing is recent")
    query = ask.query(**named)
    return show(
        ask,
        "nothing-recent.html",
        "Nothing recent",
        "Children",
        {
            "page": read.page,
            "part_only": ask.part_only,
            "table": with_download(read.page.table, reverse("nothing-recent-csv") + query),
            "pages": page_turns(ask, "nothing-recent", read.page.number, read.page.pages, named),
            "choices": _choices(ask, read.found, named),
            "meant": MEANT,
            "measure": reverse("measure", args=[MEASURE]) + ask.asked.query if "measures" in ask.visitor.routes else "",
        },
        here="",
        sources=read.found.sources,
        absent=read.found.absent,
        kept=named,
    )


def download(request: HttpRequest) -> HttpResponse:
    """All of them as a file."""
    ask = asking(request)
    return file(ask, "nothing-recent", _read(ask, "download of whom nothing is recent").page.whole)


def address(ask: Asking, **place: str) -> str:
    """Where the list of a team or a district stands, at the same moment."""
    return reverse("nothing-recent") + ask.query(**place)


def _read(ask: Asking, purpose: str) -> _Read:
    named = _named(ask)
    with ask.page(purpose) as record:
        found = record.nothing_recent(
            ask.asked.moment,
            team=named.get("team"),
            district=named.get("district"),
            whole=WHOLE in named or _holds_nothing(ask, named),
        )
    shown = nothing_recent_page(found, _whose(ask, named), ask.asked.moment.at, ask.ways.child, page_number(ask))
    return _Read(found, shown)


def _named(ask: Asking) -> dict[str, str]:
    return {name: value for name in ("team", "district", WHOLE) if (value := ask.request.GET.get(name, "").strip())}


def _holds_nothing(ask: Asking, named: dict[str, str]) -> bool:
    """Whether somebody who leads the service and holds no child has named nobody: then everybody's are meant."""
    return not named and "due" in ask.visitor.hidden and "service" in ask.visitor.routes


def _whose(ask: Asking, named: dict[str, str]) -> str:
    if WHOLE in named or _holds_nothing(ask, named):
        return "in the whole service"
    if "district" in named:
        return f"in {named['district']}"
    return "of this team" if "team" in named else "of yours"


def _choices(ask: Asking, found: NothingRecent, named: dict[str, str]) -> list[Link]:
    """Whose list may be looked at instead."""
    links = []
    if "due" not in ask.visitor.hidden:
        links.append(Link("Mine", address(ask), not named))
    if "service" in ask.visitor.routes:
        links.append(Link("The whole service", address(ask, **{WHOLE: "yes"}), WHOLE in named))
        links += [Link(one, address(ask, district=one), named.get("district") == one) for one in found.districts]
    return links if len(links) > 1 else []
