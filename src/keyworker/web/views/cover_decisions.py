"""Children whose worker is away or has left, and deciding who covers for one."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from keyworker.actions.writing import SentOtherwise
from keyworker.record.writer import AlreadyRecorded
from keyworker.web.drafting import said_in
from keyworker.web.form_numbers import number_of
from keyworker.web.presenters import cover_decisions as shown
from keyworker.web.presenters.fields import Choice, Field
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import asking, show

LISTING = "see whose worker is away or has left"
DECIDING = "decide who covers for a child"
SECTION = "Children"


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """The children for whom the asker decides, whose worker has left, or is away with nothing decided."""
    ask = asking(request)
    with ask.page(LISTING) as record:
        found, sources = record.to_cover(), record.sources()
    context = {
        "answer": shown.list_answer(found),
        "tables": shown.list_tables(
            found,
            ask.asked.today,
            lambda handle: reverse("child-workers", args=[handle]),
            lambda handle: reverse("cover-decide", args=[handle]),
        ),
    }
    return show(ask, "staff.html", "Workers away or gone", SECTION, context, here="", sources=sources, moves=False)


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, handle: str) -> HttpResponse:
    """The form of a decision for one child; once it says enough, whoever covers works with the child."""
    ask = asking(request)
    today = ask.asked.today
    with ask.record(DECIDING) as record:
        told = record.cover_told(handle)
        teams, team, receivers = record.receivers(handle, request.GET.get("team") or None)
        sources = record.sources()
    said = said_in(ask)
    number = number_of(said)
    if told.away and not said.get("from_on"):
        last = told.away.back_on - timedelta(days=1) if told.away.back_on else None
        said |= {"from_on": max(told.away.from_on, today).isoformat()}
        said.setdefault("until_on", last.isoformat() if last and last >= today else "")
    typed = shown.TypedCover(number, said, receivers, team, told)
    errors: dict[str, str] = {}
    if request.method == "POST" and told.away:
        is_again = any(before.decision_id == number for before in told.decisions)
        errors = {} if is_again else typed.errors(told.away, today)
        if not errors:
            try:
                with ask.record(DECIDING) as record:
                    record.decide_cover(handle, typed.wanted)
                return redirect("cover-decide", handle)
            except AlreadyRecorded:
                return redirect("cover-decide", handle)
            except SentOtherwise as error:
                errors = {"covered_by": f"{error.what} {error.remedy}"}
    choices = tuple(Choice(each.handle, f"{each.name}, {each.district}", each == team) for each in teams if each.handle)
    context = {
        "answer": shown.told_answer(told, today),
        "table": shown.decisions_table(told),
        "team": Field("team", "Workers of which team?", "select", choices=choices),
        "team_query": f"?team={team.handle}" if team else "",
        "number": number,
        "fields": typed.fields(errors) if told.away else (),
        "back": reverse("to-cover"),
        "workers": reverse("child-workers", args=[handle]),
    }
    return show_form(ask, "cover-decision.html", "Who covers", SECTION, context, errors, sources)
