"""What is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from keyworker.access import INSIDE
from keyworker.actions.due import Due
from keyworker.actions.exceptions import OPEN, is_asked
from keyworker.clocks.ground import is_by_visit
from keyworker.web.presenters.due import DuePage, calendar, due_page
from keyworker.web.presenters.pace import ahead_page
from keyworker.web.presenters.planned_visits import planned_for
from keyworker.web.source import Record
from keyworker.web.views.showing import Asking, asking, attached, file, show, with_download, with_downloads
from keyworker.web.views.time_asked import asking_address

MOST = 500
"""So many lines of a list are shown: a district has thousands, which no browser shows well and nobody reads through."""


def page(request: HttpRequest) -> HttpResponse:
    """What is due to the signed-in person's children; to a team's or a district's, where one is named."""
    ask = asking(request)
    named = _named(ask)
    with ask.page("see what is due") as record:
        dues = record.due(ask.asked.moment, **named)
        may_look_ahead = record.refusal_to_look_ahead(named.get("district")) is None
        planned = _planned(ask, record, dues)
        sources = record.sources()
    shown = due_page(
        dues,
        ask.asked.moment.at,
        ask.child_address,
        ask.rule_address,
        whose=_whose(named),
        most=MOST,
        time=_time(ask, named),
        planned=planned,
    )
    query = ask.query(**named)
    tables = with_downloads(shown.tables, "due-csv", query)
    return show(
        ask,
        "due.html",
        "What is due",
        "Due",
        {
            "page": shown,
            "part_only": ask.part_only if named else "",
            "tables": tables,
            "calendar": reverse("due-calendar") + query,
            "rules": reverse("rules"),
            "ahead": reverse("ahead") + query if may_look_ahead else "",
        },
        here="due",
        sources=sources,
        kept=named,
    )


def ahead(request: HttpRequest) -> HttpResponse:
    """What falls due in the next ten working days, and how much of it will pass its day at this pace."""
    ask = asking(request)
    named = _named(ask)
    with ask.page("look ten working days ahead") as record:
        found = record.ahead(ask.asked.moment, **named)
        sources = record.sources()
    shown = ahead_page(found, ask.rule_address)
    query = ask.query(**named)
    return show(
        ask,
        "ahead.html",
        "The next ten working days",
        "Due",
        {
            "page": shown,
            "tables": [with_download(shown.table, reverse("ahead-csv") + query)],
            "due": reverse("due") + query,
        },
        here="due",
        sources=sources,
        kept=named,
    )


def ahead_download(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    ask = asking(request)
    with ask.record("download what is ten working days ahead") as record:
        found = record.ahead(ask.asked.moment, **_named(ask))
    return file(ask, "due", ahead_page(found, ask.rule_address).table, identifying=False)


def download(request: HttpRequest, part: str) -> HttpResponse:
    """One of the lists as a file."""
    ask = asking(request)
    return file(ask, "due", _page(ask).table(part))


def feed(request: HttpRequest) -> HttpResponse:
    """What is due as a calendar, with how many of each duty on each day and nothing of any child."""
    ask = asking(request)
    with ask.record("put what is due into a calendar") as record:
        dues = record.due(ask.asked.moment, **_named(ask))
        mine = not _named(ask) and "visits" in ask.visitor.routes - ask.visitor.hidden
        plans = [one.plan for one in record.visits_of_mine()] if mine else []
        content = calendar(dues, ask.asked.now, plans).encode()
        record.downloaded("page: due, calendar", "due.ics", content, identifying=False, for_whom=INSIDE)
    return attached(content, "text/calendar; charset=utf-8", "due.ics")


def _page(ask: Asking) -> DuePage:
    named = _named(ask)
    with ask.record("download what is due") as record:
        dues = record.due(ask.asked.moment, **named)
    return due_page(dues, ask.asked.moment.at, ask.child_address, ask.rule_address, whose=_whose(named))


def _time(ask: Asking, named: dict[str, str]) -> Callable[[Due], str] | None:
    """Where time is asked for one's own duties, today, by whoever may ask; nowhere for a list of a team or district."""
    if named or not ask.asked.is_now or "time asked" not in ask.visitor.routes - ask.visitor.hidden:
        return None

    def way(one: Due) -> str:
        reading = one.reading
        is_open = one.child is not None and reading.state in OPEN and not reading.agreed and is_asked(reading)
        return asking_address(one.child.handle, reading) if one.child and is_open else ""

    return way


def _planned(ask: Asking, record: Record, dues: Sequence[Due]) -> Callable[[Due], str] | None:
    """Whether a visit is planned for what is due today; nothing is said of another day."""
    if not ask.asked.is_now:
        return None
    visits = [one for one in dues[:MOST] if one.child and is_by_visit(one.reading.rule)]
    found = record.next_visits(dict.fromkeys(one.child.handle for one in visits if one.child), "due")

    def said(one: Due) -> str:
        is_visit = one.child is not None and is_by_visit(one.reading.rule)
        return planned_for(one.reading.due_on, found.get(one.child.handle)) if one.child and is_visit else ""

    return said


def _named(ask: Asking) -> dict[str, str]:
    return {name: value for name in ("team", "district") if (value := ask.request.GET.get(name, "").strip())}


def _whose(named: dict[str, str]) -> str:
    if "district" in named:
        return named["district"]
    return "this team" if "team" in named else "mine"
