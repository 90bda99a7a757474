"""Who has looked: at a child, at one's own figures; and the access log for those who keep watch over it."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from keyworker.access import who_may
from keyworker.access.scopes import Purpose
from keyworker.actions.questions.log import SHORTEST, LogPage, LogSearch
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import SourceAge
from keyworker.web.moments import day_typed
from keyworker.web.presenters.emergencies import reviews_table
from keyworker.web.presenters.looking import NEVER_FOR_PERFORMANCE, log_table, looks_answer, looks_table, what
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import Asking, asking, file, show, with_download
from keyworker.web.words import sentence, spoken

WATCHING = "keep watch over who looks"
WEEK = timedelta(days=6)
MOST = 10_000
FIELDS = ("from", "to", "child", "route", "for", "account", "reason", "page")
CHILDS = "this child’s record"
MINE = "the figures about you"


def child(request: HttpRequest, handle: str) -> HttpResponse:
    """Who has looked at a child: days, roles and purposes; and who opened the record in an emergency, for the named."""
    ask = asking(request)
    with ask.record("see who has looked at a child") as record:
        rows, opened = record.looked_at(handle), record.emergencies_of(handle)
        name, sources = record.name_of(handle, Moment(ask.asked.today)), record.sources()
    table = with_download(looks_table("looks", rows, CHILDS), reverse("looked-csv", args=[handle, "looks"]))
    emergencies = reviews_table(opened, ask.asked.today, lambda _: "", ask.ways.child) if opened else None
    return show(
        ask,
        "looked.html",
        f"Who has looked at the record of {name}",
        "Children",
        {
            "answer": looks_answer(rows, CHILDS),
            "table": table,
            "emergencies": emergencies,
            "back": reverse("child", args=[handle]),
            "of_child": True,
        },
        here="",
        called="A child",
        sources=sources,
        moves=False,
    )


def child_download(request: HttpRequest, handle: str, part: str) -> HttpResponse:
    """The same as a file, without any name."""
    ask = asking(request)
    with ask.record("download who has looked at a child") as record:
        table = looks_table("looks", record.looked_at(handle), CHILDS)
    return file(ask, "who-has-looked", table if part == table.id else None, identifying=False)


def mine(request: HttpRequest) -> HttpResponse:
    """Who has looked at the figures about whoever asks."""
    ask = asking(request)
    with ask.record("see who has looked at me") as record:
        rows, sources = record.looked_at_me(), record.sources()
    return show(
        ask,
        "looked.html",
        "Who has looked at me",
        "Workers",
        {
            "answer": looks_answer(rows, MINE, are=True),
            "table": looks_table("looks", rows, MINE),
            "back": reverse("my-work"),
            "of_child": False,
        },
        here="",
        sources=sources,
        moves=False,
    )


@require_http_methods(["GET", "POST"])
def log(request: HttpRequest) -> HttpResponse:
    """The access log, a page at a time. What is searched for is sent and not in the address: it may be a sign-in."""
    ask = asking(request)
    said = _said(ask)
    search, errors = _search(said, ask.asked.today)
    shown, sources = _log(ask, search, errors)
    return show_form(
        ask,
        "access-log.html",
        "Access log",
        "Access log",
        {
            "answer": _answer(search),
            "never": NEVER_FOR_PERFORMANCE,
            "said": said,
            "routes": [(route, sentence(what(route))) for row in who_may().values() for route in row.routes],
            "purposes": [one.value for one in Purpose],
            "table": log_table(shown),
            "number": search.page,
            "before": search.page - 1,
            "after": search.page + 1 if shown.has_more else 0,
        },
        errors,
        sources,
        here="access log",
    )


@require_http_methods(["GET", "POST"])
def log_download(request: HttpRequest, part: str) -> HttpResponse:
    """The lines of a search as a file, the first 10,000 of them. That it was taken is logged, and listed."""
    ask = asking(request)
    search, _ = _search(_said(ask) | {"page": ""}, ask.asked.today)
    with ask.record(f"download the access log: {WATCHING}") as record:
        table = log_table(record.access_log(search, a_page=MOST))
    return file(ask, "access-log", table if part == table.id else None)


def _said(ask: Asking) -> dict[str, str]:
    return {name: ask.request.POST.get(name, "").strip() for name in FIELDS}


def _log(ask: Asking, search: LogSearch, errors: dict[str, str]) -> tuple[LogPage, tuple[SourceAge, ...]]:
    with ask.record(WATCHING) as record:
        found = LogPage((), {}, has_more=False) if errors else record.access_log(search)
        return found, record.sources()


def _search(said: dict[str, str], today: date) -> tuple[LogSearch, dict[str, str]]:
    """What is searched for, and what is wrong with it."""
    errors: dict[str, str] = {}
    last = day_typed(said["to"]) if said["to"] else today
    first = day_typed(said["from"]) if said["from"] else (last or today) - WEEK
    if last is None:
        errors["to"] = "The last day must be a real day, such as 27 March 2026"
    if first is None:
        errors["from"] = "The first day must be a real day, such as 20 March 2026"
    elif last is not None and last < first:
        errors["to"] = "The last day must be on or after the first"
    if said["account"] and len(said["reason"]) < SHORTEST:
        errors["reason"] = "Enter in a sentence what a search by sign-in is for; whoever it is about can see it"
    page = int(said["page"]) if said["page"].isdecimal() and len(said["page"]) < 6 else 1
    handle = said["child"].rstrip("/").rsplit("/", 1)[-1]
    search = LogSearch(
        first or today, last or today, handle, said["account"], said["reason"], said["route"], said["for"], page
    )
    return search, errors


def _answer(search: LogSearch) -> str:
    return f"What was opened from {spoken(search.first_on)} to {spoken(search.last_on)}, the latest first."
