"""Agreeing an exception from one duty to a child, and withdrawing one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from keyworker.actions.writing import LONGEST
from keyworker.clocks.engine import Reading
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import SourceAge
from keyworker.web.drafting import said_in
from keyworker.web.form_numbers import drop_odd_number
from keyworker.web.moments import day_typed
from keyworker.web.presenters.exceptions import BY_LAW, UNNAMED, Typed, checked, duty_of
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import Asking, asking, show
from keyworker.web.views.withdrawing import ask_why, errors_in, typed_why

AGREEING = "agree an exception from a timescale"
WITHDRAWING = "withdraw an exception from a timescale"


@dataclass(frozen=True)
class _Read:
    name: str
    readings: list[Reading]
    sources: tuple[SourceAge, ...]


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, handle: str) -> HttpResponse:
    """The form; once it is filled in, what will be written down; once that is agreed to, written."""
    ask = asking(request)
    rule, due_on = request.GET.get("rule", ""), day_typed(request.GET.get("due", ""))
    read = _read(ask, handle)
    duty = duty_of(read.readings, rule, due_on)
    if duty is None or due_on is None:
        return _gone(ask, handle, read)
    said = said_in(ask)
    drop_odd_number(said, "exception_id")
    typed = Typed.of(said, uuid4().hex, ask.visitor.role)
    errors = typed.errors(rule, due_on, read.readings) if request.method == "POST" else {}
    wanted = typed.wanted(rule, due_on)
    if request.method == "POST" and not errors and said.get("step") == "agree":
        with ask.record(AGREEING) as record:
            record.agree(handle, wanted)
        return redirect(reverse("child-due", args=[handle]) + "#exceptions")
    is_checked = request.method == "POST" and not errors and said.get("step") == "check"
    return _form(ask, handle, read, duty, typed, errors, is_checked=is_checked, due_on=due_on)


def _form(
    ask: Asking,
    handle: str,
    read: _Read,
    duty: Reading,
    typed: Typed,
    errors: dict[str, str],
    *,
    is_checked: bool,
    due_on: date,
) -> HttpResponse:
    lines = checked(typed, duty, typed.wanted(duty.rule, due_on), read.readings, ask.asked.today) if is_checked else []
    return show_form(
        ask,
        "exception.html",
        "Check what will be written down" if is_checked else "Agree an exception",
        "Children",
        {
            "name": read.name,
            "duty": duty,
            "source": duty.source.rstrip("."),
            "due": due_on,
            "typed": typed,
            "checked": lines,
            "law": BY_LAW if duty.basis == "statutory" else "",
            "unnamed": UNNAMED,
            "longest": LONGEST,
            "child": reverse("child-due", args=[handle]),
        },
        errors,
        read.sources,
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, handle: str, exception: str) -> HttpResponse:
    """Ask why an exception is withdrawn, and withdraw it."""
    ask = asking(request)
    with ask.record(WITHDRAWING) as record:
        record.may_agree(handle)
        now = Moment(ask.asked.today)
        name = record.name_of(handle, now)
        one = next((one for one in record.exceptions(now, handle) if one.exception_id == exception), None)
        sources = record.sources()
        if one is None:
            raise Http404
        errors = errors_in(ask, "it is withdrawn")
        if request.method == "POST" and not errors:
            record.withdraw(handle, exception, typed_why(ask))
            return redirect(reverse("child-due", args=[handle]) + "#exceptions")
    says = {
        "answer": f"The exception for {name} will no longer hold, and the duty stands by its own date again.",
        "says": f"It was agreed by {one.granted_by}: {one.reason}",
        "hint": UNNAMED,
        "back": reverse("child-due", args=[handle]),
        "back_to": "Back to what is due to the child, without changing anything",
    }
    return ask_why(ask, "Withdraw an exception", "Children", says, errors, sources)


def _read(ask: Asking, handle: str) -> _Read:
    now = Moment(ask.asked.today)
    with ask.record(AGREEING) as record:
        record.may_agree(handle)
        return _Read(record.name_of(handle, now), list(record.clocks(now, child=handle)), record.sources())


def _gone(ask: Asking, handle: str, read: _Read) -> HttpResponse:
    """The duty is no longer open, or something was agreed about it: a form sent twice ends here too."""
    response = show(
        ask,
        "exception-gone.html",
        "There is nothing to agree",
        "Children",
        {"name": read.name, "child": reverse("child-due", args=[handle]) + "#exceptions"},
        here="",
        sources=read.sources,
        moves=False,
    )
    response.status_code = 409
    return response
