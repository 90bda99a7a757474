"""Writing a visit down for the children of one visit, looking at it, and withdrawing it."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keyworker.actions.writing import LONGEST
from keyworker.facts.moment import Moment
from keyworker.record.writer import AlreadyRecorded
from keyworker.web.drafting import said_in
from keyworker.web.form_numbers import drop_odd_number
from keyworker.web.presenters.own_words import not_agreed
from keyworker.web.presenters.planned_visits import as_planned, waiting_plans, when
from keyworker.web.presenters.visits import (
    LEFT_OUT,
    TypedVisit,
    left_out,
    pair_asked,
    pair_counted,
    to_match_answer,
    told_answer,
    told_lines,
)
from keyworker.web.presenters.warnings import before_the_door
from keyworker.web.views.forms import show_form
from keyworker.web.views.own_words import disagreeing_address
from keyworker.web.views.showing import Asking, asking, show
from keyworker.web.views.withdrawing import ask_why, errors_in, typed_why

WRITING = "write down a visit to a child"
READING = "read what was written of a visit to a child"
MATCHING = "say whether the case system tells of the same visit"
WITHDRAWING = "withdraw a visit that was written down"


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, handle: str) -> HttpResponse:
    """The form; once it says enough, the visit is written and shown."""
    ask = asking(request)
    today = ask.asked.today
    with ask.page(WRITING) as record:
        children = record.visitable(handle)
        warned = record.visit_warnings([one.handle for one in children])
        plans = waiting_plans(record.planned_visits(handle), today)
        sources = record.sources()
    said = said_in(ask) or as_planned(plans, request.GET.get("plan", ""), today)
    drop_odd_number(said, "together_id")
    typed = TypedVisit.of(said, children, uuid4().hex, today)
    if typed.planned not in {one.together_id for one in plans}:
        typed = replace(typed, planned="")
    errors = typed.errors(today) if request.method == "POST" else {}
    if left_out(said, children):
        errors["1-outcome"] = LEFT_OUT
    if request.method == "POST" and not errors:
        return _write(ask, handle, typed)
    also = ", and to brothers and sisters if it was to them too" if len(children) > 1 else ""
    context = {
        "answer": f"Record a visit to {children[0].name}{also}.",
        "typed": typed,
        "before_the_door": [before_the_door(one, today) for one in warned],
        "children": [one.form(errors) for one in typed.children],
        "about": typed.about(errors, today, {one.together_id: when(one) for one in plans}),
        "child": reverse("child", args=[handle]),
    }
    return show_form(ask, "visit.html", "Record a visit", "Children", context, errors, sources)


def _write(ask: Asking, handle: str, typed: TypedVisit) -> HttpResponse:
    with ask.record(WRITING) as record:
        try:
            numbers = record.record_visit(handle, typed.wanted)
        except AlreadyRecorded:
            return redirect(reverse("child", args=[handle]) + "#visits-here")
    shown = handle if handle in numbers else next(iter(numbers))
    return redirect("visit", shown, numbers[shown])


@require_safe
def one(request: HttpRequest, handle: str, visit: str) -> HttpResponse:
    """What was written of a visit to one child."""
    ask = asking(request)
    with ask.page(READING) as record:
        told = record.visit(handle, visit)
        said = record.own_words(handle)
        pair = record.visit_pair(handle, visit)
        may_write = record.refusal_to_write_words(handle) is None
        may_attach = record.refusal_to_attach(handle) is None and not told.note.is_withdrawn
        may_change = record.refusal_to_visit(handle) is None
        sources = record.sources()
    withdraws = may_change and not told.note.is_withdrawn and told.note.visit_entry_id is not None
    context = {
        "answer": told_answer(told),
        "lines": told_lines(told),
        "not_agreed": not_agreed(said.beside.entry(told.note.visit_entry_id)),
        "attach": reverse("direct-work-new", args=[handle, visit]) if may_attach else "",
        "disagree": disagreeing_address(handle, told.note.visit_entry_id) if may_write else "",
        "child": reverse("child", args=[handle]),
        "name": told.name,
        "asks": pair_asked(pair, told.name) if pair and may_change else "",
        "counted": pair_counted(pair) if pair else "",
        "match": reverse("visit-match", args=[handle, visit]),
        "duties": reverse("child-due", args=[handle]),
        "mine": reverse("my-children") if "my children" in ask.visitor.routes - ask.visitor.hidden else "",
        "withdraw": reverse("visit-withdraw", args=[handle, visit]) if withdraws else "",
    }
    return show(ask, "visit-told.html", "A visit", "Children", context, here="", sources=sources, moves=False)


@require_safe
def to_match(request: HttpRequest) -> HttpResponse:
    """The visits of which this person must say whether the case system tells of them too."""
    ask = asking(request)
    with ask.record(MATCHING) as record:
        found, sources = record.visits_to_match(), record.sources()
        asked = [
            (
                pair_asked(one.pair, record.name_of(one.handle, Moment(ask.asked.today))),
                reverse("visit", args=[one.handle, one.pair.visit_id]),
                pair_counted(one.pair),
            )
            for one in found
        ]
    context = {"answer": to_match_answer(len(asked)), "asked": asked}
    title = "Visits to match"
    return show(ask, "visits-to-match.html", title, "Children", context, here="", sources=sources, moves=False)


@require_POST
def match(request: HttpRequest, handle: str, visit: str) -> HttpResponse:
    """Say whether the visit of which an extract tells is this one."""
    ask = asking(request)
    said = request.POST.get("same", "")
    with ask.record(MATCHING) as record:
        record.may_visit(handle)
        if said in ("yes", "no"):
            record.match_visit(handle, visit, is_same=said == "yes")
    return redirect("visit", handle, visit)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, handle: str, visit: str) -> HttpResponse:
    """Ask why a visit is withdrawn, and withdraw it."""
    ask = asking(request)
    with ask.record(WITHDRAWING) as record:
        record.may_visit(handle)
        told = record.visit(handle, visit)
        sources = record.sources()
        errors = errors_in(ask, "it is withdrawn")
        if request.method == "POST" and not errors:
            record.withdraw_visit(handle, visit, typed_why(ask))
            return redirect("visit", handle, visit)
    says = {
        "answer": f"The visit to {told.name} will count as never made, and what it met is due again.",
        "says": "If it was made and something in it is wrong, withdraw it and record it again as it was.",
        "hint": f"In {LONGEST} characters or fewer. Whoever may see this child sees it.",
        "back": reverse("visit", args=[handle, visit]),
        "back_to": "Back to the visit, without changing anything",
    }
    return ask_why(ask, "Withdraw a visit", "Children", says, errors, sources)
