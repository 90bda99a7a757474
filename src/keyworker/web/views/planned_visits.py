"""Planning a visit, looking at it, moving it, calling it off, and the visits that somebody is to make."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from keyworker.actions.planned_visits import is_open, problems_of_end
from keyworker.actions.questions.planned_visits import PlanTold
from keyworker.facts.pictures import SourceAge
from keyworker.facts.planned_visits import CANCELLED, MOVED, PlannedVisit
from keyworker.record.writer import AlreadyRecorded
from keyworker.web.form_numbers import drop_odd_number
from keyworker.web.presenters.planned_visits import (
    NOT_SEEN_YET,
    TypedPlan,
    end_fields,
    mine_answer,
    mine_table,
    of_plan,
    planned_answer,
    planned_lines,
)
from keyworker.web.presenters.warnings import before_the_door
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import Asking, asking, show
from keyworker.web.words import spoken

PLANNING = "plan a visit to a child"
READING = "read what visit is planned to a child"
MINE = "see which visits I am to make"


def planned_address(one: PlannedVisit) -> str:
    """The page of a planned visit."""
    return reverse("visit-planned", args=[one.handle, one.planned_id])


def recording_address(one: PlannedVisit) -> str:
    """Where a planned visit is written down as made."""
    return f"{reverse('visit-new', args=[one.handle])}?{urlencode({'plan': one.together_id})}"


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, handle: str) -> HttpResponse:
    """The form; once it says enough, the visit is planned and shown."""
    ask = asking(request)
    today = ask.asked.today
    with ask.record(PLANNING) as record:
        children, workers = record.plannable(handle)
        warned = record.visit_warnings([one.handle for one in children])
        sources = record.sources()
    typed = _typed(ask, ["1"], {"who": workers[0].handle if workers else ""})
    if len(children) == 1:  # whom it is to is not asked where there is one child
        typed = replace(typed, children=frozenset({"1"}))
    wanted = typed.wanted(children, workers)
    errors = typed.errors(wanted, today) if request.method == "POST" else {}
    if request.method == "POST" and not errors:
        with ask.record(PLANNING) as record, suppress(AlreadyRecorded):
            numbers = record.plan_visit(handle, wanted)
            return _shown(handle, numbers)
        return redirect(reverse("child", args=[handle]) + "#planned")
    context = {
        "answer": f"Plan a visit to {children[0].name}.",
        "says": NOT_SEEN_YET,
        "before_the_door": [before_the_door(one, today) for one in warned],
        "fields": typed.fields(children, workers, errors, f"Today is {spoken(today)}."),
        "button": "Plan the visit",
    }
    return _form(ask, handle, "Plan a visit", typed, errors, context, sources)


@require_safe
def one(request: HttpRequest, handle: str, planned: str) -> HttpResponse:
    """One planned visit: when, who goes, how it stands."""
    ask = asking(request)
    with ask.page(READING) as record:
        told = record.planned_visit(handle, planned)
        warned = record.visit_warnings([handle, *(other.handle for other in told.others)])
        may_record = record.refusal_to_visit(handle) is None
        sources = record.sources()
    waits = is_open(told.plan, ask.asked.today)
    changes = told.may_change and waits
    context = {
        "answer": planned_answer(told, ask.asked.today),
        "lines": planned_lines(told),
        "before_the_door": [before_the_door(one, ask.asked.today) for one in warned] if waits else [],
        "record": recording_address(told.plan) if waits and may_record and _is_due(told, ask.asked.today) else "",
        "visit": reverse("visit", args=[handle, told.plan.visit_id]) if told.plan.visit_id else "",
        "alone": reverse("visit-alone", args=[handle, planned]) if changes and told.is_mine else "",
        "move": reverse("visit-move", args=[handle, planned]) if changes else "",
        "call_off": reverse("visit-call-off", args=[handle, planned]) if changes else "",
        "child": reverse("child", args=[handle]),
    }
    return show(
        ask, "visit-planned.html", "A planned visit", "Children", context, here="", sources=sources, moves=False
    )


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, handle: str, planned: str) -> HttpResponse:
    """Ask for when, by whom and why a visit is moved, and move it."""
    ask = asking(request)
    today = ask.asked.today
    with ask.record(PLANNING) as record:
        children, workers = record.plannable(handle)
        told = record.planned_visit(handle, planned)
        sources = record.sources()
    goers = [*workers, *([told.worker] if told.worker and told.worker not in workers else [])]
    typed = replace(_typed(ask, [], of_plan(told.plan, told.worker)), children=frozenset({"1"}))
    wanted = typed.wanted(children, goers)
    errors = typed.errors(wanted, today, moves=True) if request.method == "POST" else {}
    if request.method == "POST" and not errors:
        with ask.record(PLANNING) as record:
            numbers = record.move_visit(handle, planned, wanted, typed.end)
        return _shown(handle, numbers)
    if not is_open(told.plan, today) and told.plan.ended != MOVED:
        return redirect("visit-planned", handle, planned)
    context = {
        "answer": planned_answer(told, today),
        "says": "It stays as it was planned, with who moved it and why; another is planned in its place.",
        "fields": typed.fields(children, goers, errors, f"Today is {spoken(today)}.", moves=True),
        "button": "Move the visit",
    }
    return _form(ask, handle, "Move a planned visit", typed, errors, context, sources)


@require_http_methods(["GET", "POST"])
def call_off(request: HttpRequest, handle: str, planned: str) -> HttpResponse:
    """Ask by whom and why a visit is called off, and write that down."""
    ask = asking(request)
    with ask.record(PLANNING) as record:
        record.plannable(handle)
        told = record.planned_visit(handle, planned)
        sources = record.sources()
    typed = _typed(ask, [], {})
    errors = problems_of_end(typed.end) if request.method == "POST" else {}
    if request.method == "POST" and not errors:
        with ask.record(PLANNING) as record:
            record.call_visit_off(handle, planned, typed.end)
        return redirect("visit-planned", handle, planned)
    if not is_open(told.plan, ask.asked.today) and told.plan.ended != CANCELLED:
        return redirect("visit-planned", handle, planned)
    context = {
        "answer": planned_answer(told, ask.asked.today),
        "says": "It is kept that it was planned and called off. The child is still to be seen.",
        "fields": end_fields(typed, errors, "Who called it off?"),
        "button": "Call the visit off",
    }
    return _form(ask, handle, "Call a planned visit off", typed, errors, context, sources)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The visits that whoever asks is to make, and those whose day passed without a record."""
    ask = asking(request)
    today = ask.asked.today
    with ask.record(MINE) as record:
        found, sources = record.visits_of_mine(), record.sources()
        writes = record.writes_visits()
    table = mine_table(found, today, planned_address, recording_address if writes else lambda _: "")
    context = {"answer": mine_answer(found, today), "says": "", "tables": [table]}
    return show(
        ask, "time-list.html", "Planned visits", "Children", context, here="visits", sources=sources, moves=False
    )


def _is_due(told: PlanTold, today: date) -> bool:
    return told.plan.planned_on <= today


def _said(request: HttpRequest) -> dict[str, str]:
    return {name: str(value) for name, value in request.POST.items()}


def _typed(ask: Asking, chosen: list[str], start: Mapping[str, str]) -> TypedPlan:
    """What was typed; before anything was, what the form begins with. Takes chosen, the children it begins with."""
    is_sent = ask.request.method == "POST"
    said = _said(ask.request) if is_sent else dict(start)
    drop_odd_number(said, "together_id")
    children = [str(one) for one in ask.request.POST.getlist("children")] if is_sent else chosen
    return TypedPlan.of(said, children, uuid4().hex)


def _shown(handle: str, numbers: Mapping[str, str]) -> HttpResponse:
    """To the page of what was planned: to this child, where it is to this child too."""
    whose = handle if handle in numbers else next(iter(numbers))
    return redirect("visit-planned", whose, numbers[whose])


def _form(
    ask: Asking,
    handle: str,
    title: str,
    typed: TypedPlan,
    errors: dict[str, str],
    context: dict[str, Any],
    sources: tuple[SourceAge, ...],
) -> HttpResponse:
    whole = {**context, "number": typed.together_id, "child": reverse("child", args=[handle])}
    return show_form(ask, "visit-plan.html", title, "Children", whole, errors, sources)
