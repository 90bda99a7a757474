"""What must not be told of a child: the list, marking something, and withdrawing that."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from keyworker.facts.marked import Markable, Marker
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import SourceAge
from keyworker.web.drafting import said_in
from keyworker.web.form_numbers import drop_odd_number
from keyworker.web.presenters.markers import (
    AGREE,
    ASK,
    KEEP,
    UNNAMED,
    TypedMarker,
    answer,
    checked,
    form_fields,
    markers_table,
    withdrawing_words,
)
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import Asking, asking, show
from keyworker.web.views.withdrawing import ask_why, errors_in, typed_why

TITLE = "What must not be told"
LOOKING, MARKING = "see what must not be told of a child", "mark what must not be told"
WITHDRAWING = "withdraw what must not be told"


@dataclass(frozen=True)
class _Read:
    name: str
    found: list[Marker]
    rows: list[Markable]
    sources: tuple[SourceAge, ...]


def page(request: HttpRequest, handle: str) -> HttpResponse:
    """Everything that is or was marked of a child, with the things themselves. There is no file of it."""
    ask = asking(request)
    read = _read(ask, handle, LOOKING)
    today = ask.asked.today

    def withdrawing(one: Marker) -> str:
        return reverse("child-not-to-be-told-withdraw", args=[handle, one.marker_id])

    return show(
        ask,
        "markers.html",
        TITLE,
        "Children",
        {
            "answer": answer(read.name, read.found, today),
            "table": markers_table(read.found, withdrawing, today),
            "new": reverse("child-not-to-be-told-new", args=[handle]),
            "child": reverse("child", args=[handle]),
        },
        here="",
        sources=read.sources,
        moves=False,
    )


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, handle: str) -> HttpResponse:
    """The form; once it is filled in, what will be written down; once that is agreed to, written."""
    ask = asking(request)
    read = _read(ask, handle, MARKING)
    said = said_in(ask)
    drop_odd_number(said, "marker_id")
    typed = TypedMarker.of(said, uuid4().hex)
    errors = typed.errors(read.rows, ask.asked.today) if request.method == "POST" else {}
    if request.method == "POST" and not errors and said.get("step") == "mark":
        with ask.record(MARKING) as record:
            record.mark(handle, typed.wanted())
        return redirect(reverse("child-not-to-be-told", args=[handle]))
    is_checked = request.method == "POST" and not errors and said.get("step") == "check"
    shown = form_fields(typed, read.rows, errors)
    return show_form(
        ask,
        "marker.html",
        "Check what will be written down" if is_checked else "Mark what must not be told",
        "Children",
        {
            "name": read.name,
            "typed": typed,
            "fields": shown,
            "checked": checked(typed, shown) if is_checked else [],
            "back": reverse("child-not-to-be-told", args=[handle]),
        },
        errors,
        read.sources,
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, handle: str, marker: str) -> HttpResponse:
    """Ask why something may be told again. One person asks; it holds until a second one agrees."""
    ask = asking(request)
    read = _read(ask, handle, WITHDRAWING)
    one = next((one for one in read.found if one.marker_id == marker), None)
    if one is None:
        raise Http404
    errors = errors_in(ask, "it is withdrawn" if one.asked is None else "it may be told again, or stands")
    with ask.record(WITHDRAWING) as record:
        refused = record.refusal_to_withdraw(handle, one) if one.asked else None
        if request.method == "POST" and not errors:
            step = request.POST.get("step", ASK)
            if step in (AGREE, KEEP):
                record.answer_withdrawal(handle, marker, typed_why(ask), agrees=step == AGREE)
            elif one.asked is None:
                record.ask_to_withdraw(handle, marker, typed_why(ask))
            return redirect(reverse("child-not-to-be-told", args=[handle]))
    says = {
        **withdrawing_words(read.name, one, refused),
        "hint": UNNAMED,
        "back": reverse("child-not-to-be-told", args=[handle]),
        "back_to": "Back to what must not be told, without changing anything",
    }
    return ask_why(ask, "Withdraw what was marked", "Children", says, errors, read.sources)


def _read(ask: Asking, handle: str, purpose: str) -> _Read:
    now = Moment(ask.asked.today)
    with ask.record(purpose) as record:
        record.may_mark(handle)
        found, rows = list(record.markers(now, handle)), list(record.markables(handle))
        return _Read(record.name_of(handle, now), found, rows, record.sources())
