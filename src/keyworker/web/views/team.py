"""My team."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from keyworker.measures.pictures import TeamPicture
from keyworker.web.moments import end_of_day, moment_query
from keyworker.web.presenters.team import TeamPage, team_page
from keyworker.web.source import Record
from keyworker.web.views.showing import Asking, asking, file, show, with_download
from keyworker.web.words import london_day


def page(request: HttpRequest, handle: str | None = None) -> HttpResponse:
    """One team; the signed-in person's own when no team is named."""
    ask = asking(request)
    team, shown = _page(ask, handle, "see how a team stands")
    query = ask.asked.query
    tables = [with_download(one, reverse("team-csv", args=[team.team.handle, one.id]) + query) for one in shown.tables]
    every = reverse("service") + moment_query(ask.asked.moment, ask.asked.today, by="team")
    return show(
        ask,
        "team.html",
        shown.title,
        "Teams",
        {"page": shown, "tables": tables, "every_team": every if "service" in ask.visitor.routes else ""},
        here="team" if handle is None else "",
        sources=team.sources,
        absent=team.absent,
    )


def download(request: HttpRequest, part: str, handle: str | None = None) -> HttpResponse:
    """One of the lists as a file."""
    ask = asking(request)
    return file(ask, "team", _page(ask, handle, "download a list of a team")[1].table(part))


def _page(ask: Asking, handle: str | None, purpose: str) -> tuple[TeamPicture, TeamPage]:
    with ask.record(purpose) as record:
        looked = _looked(ask, record) if handle is None else None
        team = record.team(handle, ask.asked.moment, looked)
    return team, team_page(team, ask.child_address, looked)


def _looked(ask: Asking, record: Record) -> date | None:
    """The day before today on which this person last opened it; not asked when the page looks at the past."""
    if not ask.asked.is_now:
        return None
    instant = record.last_looked("team", end_of_day(ask.asked.today - timedelta(days=1)))
    return london_day(instant) if instant else None
