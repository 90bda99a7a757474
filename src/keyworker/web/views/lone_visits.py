"""Going alone to a visit: saying so, who is out now, and that somebody is back."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from keyworker.actions.lone_visits import BACK, NOT_GONE, REACHED, problems, problems_of_answer
from keyworker.record.writer import AlreadyRecorded, NotCurrent
from keyworker.web import bound
from keyworker.web.form_numbers import number_of, said_otherwise
from keyworker.web.presenters import lone_visits as shown
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import asking, show

GOING = "say that I go alone to a visit"
READING = "see who is out alone"
ENDING = "say that somebody who went alone is back or safe"


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, handle: str, planned: str) -> HttpResponse:
    """The form; once it says enough, it stands until somebody says how it ended."""
    ask = asking(request)
    with ask.record(GOING) as record:
        found, sources = record.going_alone(handle, planned), record.sources()
    said = {name: str(value) for name, value in request.POST.items()}
    number = number_of(said)
    wanted = shown.typed_alone(said, number, found)
    may_tell = {one.worker_id for one in found.may_tell}
    errors = problems(wanted, may_tell, found.plan.planned_on, bound.now()) if request.method == "POST" else {}
    if request.method == "POST" and not errors:
        with ask.record(GOING) as record:
            otherwise = said_otherwise(partial(record.say_alone, handle, planned, wanted))
        if not otherwise:
            return redirect("lone-visits")
        errors["back_by"], number = otherwise, number_of({})
    context = {
        "answer": shown.answer_new(found),
        "says": shown.NOT_TOLD if found.may_tell else shown.NOBODY,
        "number": number,
        "fields": shown.fields_new(said, found, errors),
        "button": "I go alone",
        "back": reverse("visit-planned", args=[handle, planned]),
    }
    return show_form(ask, "written.html", "I go alone", "Children", context, errors, sources)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Who is out alone: this person, or somebody for whom they wait."""
    ask = asking(request)
    with ask.record(READING) as record:
        found, sources = record.lone_visits().visits, record.sources()
    context = {
        "answer": shown.answer(found),
        "out": shown.out(found, lambda lone: reverse("lone-visit-end", args=[lone])),
        "not_told": shown.NOT_TOLD if any(one.is_own for one in found) else "",
    }
    return show(
        ask, "lone-visits.html", "Out alone", "My work", context, here="going alone", sources=sources, moves=False
    )


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, lone: str) -> HttpResponse:
    """Whoever went says that they are back; whoever waits for them, that they are safe and how they know."""
    ask = asking(request)
    with ask.record(ENDING) as record:
        found, sources = record.lone_visits().visits, record.sources()
        one = next((one for one in found if one.visit.lone_id == lone), None)
        if one is None:
            return redirect("lone-visits")
        says = request.POST.get("says", "").strip()
        answer = request.POST.get("answer", BACK) if one.is_own else REACHED
        if answer not in (BACK, NOT_GONE, REACHED):
            raise Http404
        errors = problems_of_answer(answer, says, is_own=one.is_own) if request.method == "POST" else {}
        if request.method == "POST" and not errors:
            with suppress(AlreadyRecorded, NotCurrent):
                record.say_how_it_ended(lone, answer, says)
            return redirect("lone-visits")
    who = one.who.name if one.who else "somebody"
    context = {
        "answer": "Say that you are back." if one.is_own else f"Say that {who} is safe.",
        "fields": () if one.is_own else shown.fields_reached(says, errors),
        "button": "I am back" if one.is_own else "They are safe",
        "back": reverse("lone-visits"),
    }
    title = "I am back" if one.is_own else "They are safe"
    return show_form(ask, "written.html", title, "My work", context, errors, sources)
