"""My team."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from keyworker.facts.days import end_of, london_day
from keyworker.measures.pictures import TeamPicture
from keyworker.web.presenters.frame import Link
from keyworker.web.presenters.team import TeamPage, team_page
from keyworker.web.source import Record
from keyworker.web.views import nothing_recent, posts
from keyworker.web.views.showing import Asking, asking, file, show, with_downloads


def page(request: HttpRequest, handle: str | None = None) -> HttpResponse:
    """One team; the signed-in person's own when no team is named."""
    ask = asking(request)
    team, shown, untold = _page(ask, handle, "see how a team stands", handing=True)
    query = ask.asked.query
    tables = with_downloads(shown.tables, "team-csv", query, team.team.handle)
    return show(
        ask,
        "team.html",
        shown.title,
        "Teams",
        {"page": shown, "tables": tables, "elsewhere": _elsewhere(ask, team.team.handle), "untold": untold},
        here="team" if handle is None else "",
        sources=team.sources,
        absent=team.absent,
    )


def _elsewhere(ask: Asking, handle: str) -> list[Link]:
    """Where one may go on from a team's page."""
    links = [Link("This team over time", reverse("team-over-time", args=[handle]) + ask.asked.query)] if handle else []
    if "posts" in ask.visitor.routes and handle:
        links.append(Link("This team’s posts", posts.address(ask, team=handle)))
    if "due" in ask.visitor.routes and handle:
        due = ask.query(team=handle)
        links.append(Link("What is due to this team’s children", reverse("due") + due))
        links.append(Link("This team’s children of whom nothing is recent", nothing_recent.address(ask, team=handle)))
    if "handovers" in ask.visitor.routes:
        links.append(Link("Changes of worker that wait or are not complete", reverse("handovers")))
    if "first year" in ask.visitor.routes:
        links.append(Link("First-year promises", reverse("first-years") + ask.asked.query))
    if "service" in ask.visitor.routes:
        every = ask.query(by="team")
        links.append(Link("Every team", reverse("service") + every))
    return links


def download(request: HttpRequest, part: str, handle: str | None = None) -> HttpResponse:
    """One of the lists as a file."""
    ask = asking(request)
    return file(ask, "team", _page(ask, handle, "download a list of a team")[1].table(part))


def _page(ask: Asking, handle: str | None, purpose: str, *, handing: bool = False) -> tuple[TeamPicture, TeamPage, str]:
    """Takes handing, whether the list leads to where a child is allocated, where that may be."""
    with ask.page(purpose) as record:
        looked = _looked(ask, record) if handle is None else None
        team = record.team(handle, ask.asked.moment, looked)
        untold = ask.untold(record)
        allocate = _allocate if handing and ask.asked.is_now and record.allocates() else None
    return team, team_page(team, ask.child_address, looked, ask.ways.worker, allocate), untold


def _allocate(handle: str) -> str:
    return reverse("allocation-new", args=[handle])


def _looked(ask: Asking, record: Record) -> date | None:
    """The day before today on which this person last opened it; not asked when the page looks at the past."""
    if not ask.asked.is_now:
        return None
    instant = record.last_looked("team", end_of(ask.asked.today - timedelta(days=1)))
    return london_day(instant) if instant else None
