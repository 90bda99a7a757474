"""Lawful erasure: asking for it, what waits for a second person, and answering."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from keyworker.record.writer import AlreadyRecorded, NotCurrent
from keyworker.web.form_numbers import number_or_new
from keyworker.web.presenters.by_hand import called
from keyworker.web.presenters.erasures import (
    GOES,
    STAYS,
    TypedErasure,
    answer_fields,
    told_answer,
    told_lines,
    waiting_table,
    wrong_answer,
)
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import asking, show
from keyworker.web.words import plural

ASKING = "ask that an entry be erased"
ANSWERING = "look at an erasure as the second person"


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, handle: str, table: str, entry: int) -> HttpResponse:
    """What an erasure takes away and what stays, and the form by which it is asked for."""
    ask = asking(request)
    posted = {name: str(value).strip() for name, value in request.POST.items()}
    number = posted.get("number", "")
    number = number_or_new(number)
    typed = TypedErasure(number, posted.get("reason", ""), posted.get("why", ""))
    errors: dict[str, str] = {}
    with ask.record(ASKING) as record:
        stands = record.may_ask_erasure(handle, table, entry)
        sources = record.sources()
        if request.method == "POST":
            errors = record.wrong_erasure(handle, table, entry, typed.wanted)
            if not errors:
                with suppress(AlreadyRecorded):
                    record.ask_erasure(handle, table, entry, typed.wanted)
                return redirect("hand-entry", handle, table, entry)
    context = {
        "answer": f"Ask that this be erased: {called(stands)}.",
        "says": "Nothing goes until a second person agrees. Then it is gone for good, and nobody can bring it back.",
        "goes": GOES,
        "stays": STAYS,
        "number": typed.erasure_id,
        "fields": typed.fields(errors),
        "button": "Ask a second person",
        "back": reverse("hand-entry", args=[handle, table, entry]),
        "back_to": "Back to the entry, without asking for anything",
    }
    return show_form(ask, "erasure.html", "Ask for an erasure", "Children", context, errors, sources)


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for a second person who may be whoever looks."""
    ask = asking(request)
    with ask.record(ANSWERING) as record:
        found, sources = record.erasures_waiting(), record.sources()
    answer = f"{plural(len(found), 'erasure')} {'waits' if len(found) == 1 else 'wait'} for you."
    context = {
        "answer": answer.capitalize() if found else "No erasure waits for you.",
        "table": waiting_table(found, lambda one: reverse("erasure", args=[one.handle, one.asked.erasure_id])),
    }
    title = "Erasures that wait"
    return show(ask, "erasures.html", title, "Children", context, here="erasures waiting", sources=sources, moves=False)


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, handle: str, erasure: str) -> HttpResponse:
    """What is to be erased, and the second person's answer."""
    ask = asking(request)
    answer, why = (str(request.POST.get(name, "")).strip() for name in ("answer", "why"))
    errors: dict[str, str] = {}
    with ask.record(ANSWERING) as record:
        told = record.erasure(handle, erasure)
        sources = record.sources()
        if request.method == "POST" and told.asked.is_waiting:
            errors = wrong_answer(answer, why)
            if not errors:
                try:
                    record.answer_erasure(handle, erasure, agreed=answer == "agreed", why=why, seen=_seen(request))
                    return redirect("erasure", handle, erasure)
                except NotCurrent as error:
                    errors = {"answer": f"{error.what} {error.remedy}"}
                    answer = ""
    is_open = told.asked.is_waiting
    context = {
        "answer": told_answer(told),
        "lines": told_lines(told),
        "goes": GOES if is_open else (),
        "stays": STAYS if is_open else (),
        "fields": answer_fields(answer, why, errors) if is_open else (),
        "seen": told.last_entry,
        "button": "Answer",
        "back": reverse("erasures"),
        "back_to": "Back to what waits for a second person",
    }
    return show_form(ask, "erasure.html", "An erasure", "Children", context, errors, sources)


def _seen(request: HttpRequest) -> int:
    """The last entry that the page showed: one that is no entry where the form does not say."""
    said = str(request.POST.get("seen", ""))
    return int(said) if said.isascii() and said.isdigit() and len(said) < 18 and int(said) else -1
