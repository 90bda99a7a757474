"""Meetings about a child: what stands, writing one down, withdrawing it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from keyworker.actions.writing import LONGEST
from keyworker.web.drafting import said_in
from keyworker.web.form_numbers import number_of, said_otherwise
from keyworker.web.presenters import meetings as shown
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import asking, show
from keyworker.web.views.withdrawing import ask_why, errors_in, typed_why

READING = "see the meetings about a child"
WRITING = "write down a meeting about a child"


@require_safe
def page(request: HttpRequest, handle: str) -> HttpResponse:
    """The meetings about a child, who came and what was decided."""
    ask = asking(request)
    with ask.record(READING) as record:
        found, sources = record.meetings(handle), record.sources()
    context = {
        "answer": shown.answer(found, ask.asked.today),
        "not_here": "" if found.is_here else shown.NOT_HERE,
        "new": reverse("meeting-new", args=[handle]) if found.may_write else "",
        "told": shown.told(found),
        "handle": handle,
        "child": reverse("child", args=[handle]),
    }
    title = "Meetings about this child"
    return show(ask, "meetings.html", title, "Children", context, here="", sources=sources, moves=False)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, handle: str) -> HttpResponse:
    """The form; once it says enough, the meeting stands in the record."""
    ask = asking(request)
    today, is_sent = ask.asked.today, request.method == "POST"
    with ask.record(WRITING) as record:
        needs, sources = record.meetable(handle), record.sources()
        name = record.meetings(handle).name
    said = said_in(ask)
    said.setdefault("on", today.isoformat())
    number = number_of(said)
    typed = shown.TypedMeeting(number, said, needs)
    errors = typed.errors(today) if is_sent else {}
    if is_sent and not errors:
        with ask.record(WRITING) as record:
            otherwise = said_otherwise(partial(record.record_meeting, handle, typed.wanted))
        if not otherwise:
            return redirect("child-meetings", handle)
        errors["kind"] = otherwise
        typed = replace(typed, number=uuid4().hex)
    context = {
        "answer": f"Write down a meeting about {name}: who was invited, who came, what was decided.",
        "says": "For each agency that was invited say what it did; leave the others empty.",
        "number": typed.number,
        "fields": typed.fields(errors),
        "button": "Save the meeting",
        "back": reverse("child-meetings", args=[handle]),
    }
    title = "Write down a meeting"
    return show_form(ask, "written.html", title, "Children", context, errors, sources)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, handle: str, meeting: str) -> HttpResponse:
    """Ask why a meeting is withdrawn, and withdraw it."""
    ask = asking(request)
    with ask.record(WRITING) as record:
        record.may_minute(handle)
        found, sources = record.meetings(handle), record.sources()
        if not any(one.meeting_id == meeting and not one.is_withdrawn for one in found.meetings):
            raise Http404
        errors = errors_in(ask, "it is withdrawn")
        if request.method == "POST" and not errors:
            record.withdraw_meeting(handle, meeting, typed_why(ask))
            return redirect("child-meetings", handle)
    says = {
        "answer": "The meeting will count as never held, and what it met is due again.",
        "says": "Withdraw it only where it was never held or meant, or was written down of another child.",
        "hint": f"In {LONGEST} characters or fewer. Whoever may see this child sees it.",
        "back": reverse("child-meetings", args=[handle]),
        "back_to": "Back, without changing anything",
    }
    return ask_why(ask, "Withdraw a meeting", "Children", says, errors, sources)
