"""My team."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from keyworker.measures.pictures import TeamPicture
from keyworker.web.presenters.team import TeamPage, team_page
from keyworker.web.views.showing import Asking, asking, file, show, with_download
from keyworker.web.views.sign_in import LOOKED


def page(request: HttpRequest, handle: str | None = None) -> HttpResponse:
    """One team; the signed-in person's own when no team is named."""
    ask = asking(request)
    team, shown = _page(ask, handle)
    tables = [
        with_download(one, reverse("team-csv", args=[team.team.handle, one.id]) + ask.asked.query)
        for one in shown.tables
    ]
    return show(
        ask,
        "team.html",
        shown.title,
        "Teams",
        {"page": shown, "tables": tables},
        here="team" if handle is None else "",
        sources=team.sources,
        absent=team.absent,
    )


def choose(request: HttpRequest) -> HttpResponse:
    """The teams that this person may open, by district."""
    ask = asking(request)
    districts: dict[str, list[tuple[str, str]]] = {}
    for handle, name, district in ask.source.teams(ask.account, ask.asked.moment):
        districts.setdefault(district, []).append((ask.team_address(handle), name))
    return show(
        ask,
        "teams.html",
        "Teams",
        "Teams",
        {"districts": sorted(districts.items())},
        here="",
        sources=ask.source.sources(ask.account),
    )


def download(request: HttpRequest, part: str, handle: str | None = None) -> HttpResponse:
    """One of the lists as a file."""
    ask = asking(request)
    return file(ask, "team", _page(ask, handle)[1].table(part))


def _page(ask: Asking, handle: str | None) -> tuple[TeamPicture, TeamPage]:
    team = ask.source.team(ask.account, handle, ask.asked.moment, _since(ask))
    return team, team_page(team, ask.child_address)


def _since(ask: Asking) -> date | None:
    """The day on which this person last signed in before now; nothing is compared when the page looks at the past."""
    looked = ask.request.session.get(LOOKED, "")
    return date.fromisoformat(looked) if looked and ask.asked.is_now else None
