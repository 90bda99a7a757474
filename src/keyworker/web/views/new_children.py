"""A child whom nobody knows: who is like them is shown first; then the child is written down, once."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from keyworker.actions.new_children import WantedName, problems_of_name
from keyworker.actions.questions.new_children import Like
from keyworker.actions.writing import SentOtherwise
from keyworker.record.writer import AlreadyRecorded, NotCurrent
from keyworker.web.drafting import said_in
from keyworker.web.form_numbers import number_of
from keyworker.web.presenters.new_children import (
    answer_of_like,
    child_fields,
    described,
    errors_of,
    like_answer,
    like_fields,
    name_fields,
    said_of,
    unread_days,
    wanted_child,
)
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import asking

WRITING = "write a new child down"
CORRECTING = "correct who a child is"


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The form; children like it once it says enough; the child's record once it is said to be none of them."""
    ask = asking(request)
    said = said_in(ask)
    number = number_of(said)
    wanted = wanted_child(said, number)
    errors: dict[str, str] = {}
    found: list[Like] = []
    with ask.record(WRITING) as record:
        record.may_take_in()
        of_people, sources = record.writes_people(), record.sources()
        if request.method == "POST":
            errors = errors_of(said, wanted, ask.asked.today)
            if not errors:
                found = record.like(wanted.who)
                is_one, errors = answer_of_like(said, found)
                if is_one:
                    return redirect("child-record", is_one)
            is_first = bool(found) and not said.get("shown")
            errors = {} if is_first else errors
            if not errors and not is_first:
                try:
                    return redirect("child-record", record.take_in(wanted, found))
                except (AlreadyRecorded, SentOtherwise) as error:
                    errors, number = {"surname": f"{error.what} {error.remedy}"}, uuid4().hex
    context = {
        "answer": like_answer(found),
        "number": number,
        "shown": " ".join(one.handle for one in found),
        "like": like_fields(said, found, errors),
        "fields": child_fields(said, errors, of_people=of_people),
        "find": reverse("find") if "find" in ask.visitor.routes else "",
    }
    return show_form(ask, "new-child.html", "A new child", "Children", context, errors, sources)


@require_http_methods(["GET", "POST"])
def name(request: HttpRequest, handle: str) -> HttpResponse:
    """Ask who a child is that was written down here, and why that changes, and put it in place."""
    ask = asking(request)
    said = said_in(ask)
    number = number_of(said)
    with ask.record(CORRECTING) as record:
        stands, sources = record.named_here(handle), record.sources()
        errors: dict[str, str] = {}
        if request.method == "POST":
            wanted = WantedName(number, described(said), " ".join(said.get("why", "").split()))
            errors = problems_of_name(wanted, ask.asked.today) | unread_days(said, wanted.who)
            if not errors:
                try:
                    record.correct_name(handle, wanted)
                    return redirect("child-record", handle)
                except (AlreadyRecorded, NotCurrent) as error:
                    errors, number = {"why": f"{error.what} {error.remedy}"}, uuid4().hex
    context = {
        "answer": "Correct who the child is, or write down that the child was born.",
        "says": "Nothing is rubbed out. What it said before can still be asked, with who corrected it and why.",
        "number": number,
        "fields": name_fields(said or said_of(stands.who), errors),
        "button": "Correct it",
        "back": reverse("child-record", args=[handle]),
        "back_to": "Back to what is recorded, without changing anything",
    }
    return show_form(ask, "by-hand-form.html", "Who the child is", "Children", context, errors, sources)
