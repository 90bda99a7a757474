"""Visits not made in time: shares of what coincided, by district or team, and the visits behind a share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from keyworker.actions.missed import MissedIn
from keyworker.clocks.missed import Coincided
from keyworker.facts.pictures import SourceAge
from keyworker.web.presenters.frame import Link
from keyworker.web.presenters.missed import MEANT, MissedPage, MissedVisitsPage, missed_page, missed_visits_page
from keyworker.web.views.counted import NOWHERE
from keyworker.web.views.showing import Asking, asking, file, page_number, page_turns, show, with_download

BACK = (("91", "Three months"), ("182", "Six months"), ("365", "A year"))
USUAL = "365"
SLUGS = {what.value.replace(",", "").replace(" ", "-"): what for what in Coincided}
"""What coincided, as an address says it."""
CALLED = "Visits not made in time"


@dataclass(frozen=True)
class _Read:
    page: MissedPage
    sources: tuple[SourceAge, ...]


@dataclass(frozen=True)
class _Behind:
    page: MissedVisitsPage
    sources: tuple[SourceAge, ...]


def page(request: HttpRequest) -> HttpResponse:
    """With how many of the visits that were not made in time each thing coincided, by district or by team."""
    ask = asking(request)
    read = _shares(ask, "see why visits were not made in time")
    query = _query(ask)
    return show(
        ask,
        "missed.html",
        CALLED,
        "Service",
        {
            "page": read.page,
            "tables": [with_download(one, reverse("missed-csv", args=[one.id]) + query) for one in read.page.tables],
            "groupings": [
                Link(text, reverse("missed") + _query(ask, by=by), by == _by(ask))
                for by, text in (("district", "By district"), ("team", "By team"))
            ],
            "backs": [
                Link(text, reverse("missed") + _query(ask, back=days), days == _back(ask)) for days, text in BACK
            ],
            "meant": MEANT,
            "command": _command(ask),
            "service": reverse("service") + ask.asked.query,
        },
        here="service",
        sources=read.sources,
        kept={"by": _by(ask), "back": _back(ask)},
    )


def download(request: HttpRequest, part: str) -> HttpResponse:
    """One of the tables as a file."""
    ask = asking(request)
    shown = _shares(ask, "download why visits were not made in time").page
    return file(ask, "missed", shown.table(part), identifying=False)


def visits(request: HttpRequest) -> HttpResponse:
    """The visits that one share counts."""
    ask = asking(request)
    read = _visits(ask, "see the visits that were not made in time")
    kept = _kept(ask)
    query = ask.query(**kept)
    return show(
        ask,
        "missed-visits.html",
        CALLED,
        "Service",
        {
            "page": read.page,
            "table": with_download(read.page.table, reverse("missed-visits-csv") + query),
            "pages": page_turns(ask, "missed-visits", read.page.number, read.page.pages, kept),
            "back": reverse("missed") + _query(ask),
        },
        here="service",
        sources=read.sources,
        kept=kept,
    )


def visits_download(request: HttpRequest) -> HttpResponse:
    """All of them as a file."""
    ask = asking(request)
    return file(ask, "missed-visits", _visits(ask, "download the visits that were not made in time").page.whole)


def _shares(ask: Asking, purpose: str) -> _Read:
    with ask.page(purpose) as record:
        found = record.missed_shares(ask.asked.moment, _since(ask), by=_by(ask))
    opens = {"child", "children"} & ask.visitor.routes

    def door(place: MissedIn, what: Coincided | None) -> str:
        return _address(ask, place, what) if opens else ""

    return _Read(missed_page(found, door), found.sources)


def _visits(ask: Asking, purpose: str) -> _Behind:
    kept = _kept(ask)
    district, team, what = kept.get("district"), kept.get("team"), SLUGS.get(kept.get("what", ""))
    with ask.page(purpose) as record:
        found = record.missed_visits(
            ask.asked.moment,
            _since(ask),
            district="" if district == NOWHERE else district,
            team=team,
            what=what,
        )
        sources = record.sources()
    where = ""
    if team:
        where = "of " + next((one.child.team.name for one in found if one.child.team), "this team")
    elif district:
        where = "to children with no team" if district == NOWHERE else f"in {district}"
    duties = (lambda handle: reverse("child-due", args=[handle]) + ask.asked.query) if _opens(ask) else (lambda _: "")
    return _Behind(missed_visits_page(found, where, what, _since(ask), duties, page_number(ask)), sources)


def _opens(ask: Asking) -> bool:
    return "child" in ask.visitor.routes


def _address(ask: Asking, place: MissedIn, what: Coincided | None) -> str:
    named = {
        "district": "" if place.team or place.district is None else place.district or NOWHERE,
        "team": place.team.handle if place.team else "",
        "what": next((slug for slug, one in SLUGS.items() if one is what), ""),
        "back": "" if _back(ask) == USUAL else _back(ask),
    }
    return reverse("missed-visits") + ask.query(**named)


def _kept(ask: Asking) -> dict[str, str]:
    """What the address of the visits names, beside the moment."""
    said = {name: ask.request.GET.get(name, "").strip() for name in ("district", "team", "what", "back")}
    known = said | {
        "what": said["what"] if said["what"] in SLUGS else "",
        "back": "" if _back(ask) == USUAL else _back(ask),
    }
    return {name: value for name, value in known.items() if value}


def _by(ask: Asking) -> str:
    return "team" if ask.request.GET.get("by") == "team" else "district"


def _back(ask: Asking) -> str:
    said = ask.request.GET.get("back", "")
    return said if said in dict(BACK) else USUAL


def _since(ask: Asking) -> date:
    at: date = ask.asked.moment.at
    return at - timedelta(days=int(_back(ask)))


def _query(ask: Asking, **changed: str) -> str:
    parts = {"by": _by(ask), "back": _back(ask)} | changed
    return ask.query(
        by="" if parts["by"] == "district" else parts["by"],
        back="" if parts["back"] == USUAL else parts["back"],
    )


def _command(ask: Asking) -> str:
    return f"keyworker missed --by {_by(ask)} --since {_since(ask).isoformat()} --at {ask.asked.moment.at.isoformat()}"
