"""Who works with a child: what stands, changing it, and handing a child over."""

from __future__ import annotations

import contextlib

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from keyworker.actions.allocations import Part
from keyworker.facts.handovers import Handover
from keyworker.record.writer import AlreadyRecorded
from keyworker.web.drafting import said_in
from keyworker.web.form_numbers import number_of
from keyworker.web.moments import day_typed
from keyworker.web.presenters import allocations as shown
from keyworker.web.presenters.fields import Choice, Field
from keyworker.web.source import Record
from keyworker.web.tables import of_id
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import Asking, asking, file, show, with_downloads

READING = "see who works with a child"
WRITING = "decide who works with a child"
ANSWERING = "hand a child over"
LISTING = "see which changes of worker wait"


@require_safe
def page(request: HttpRequest, handle: str) -> HttpResponse:
    """Who works with a child now, and every change of worker that was offered here."""
    ask = asking(request)
    with ask.record(READING) as record:
        found = record.worked_with(handle)
        sources = record.sources()

    def end(entry: int) -> str:
        return reverse("allocation-end", args=[handle, entry])

    context = {
        "answer": shown.answer_of(found),
        "not_here": "" if found.is_here else shown.NOT_HERE,
        "new": reverse("allocation-new", args=[handle]) if found.may_allocate else "",
        "has_worker": found.before.main is not None,
        "cover": reverse("cover-decide", args=[handle]) if found.may_allocate and found.before.main else "",
        "tables": [
            shown.working_table(found, end if found.may_allocate else None),
            shown.handovers_of_child(found, lambda one: reverse("handover", args=[handle, one])),
        ],
        "child": reverse("child", args=[handle]),
    }
    title = "Who works with the child"
    return show(ask, "workers.html", title, "Children", context, here="", sources=sources, moves=False)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, handle: str) -> HttpResponse:
    """The form; once it says enough, somebody works with the child, or is offered the child."""
    ask = asking(request)
    today = ask.asked.today
    wanted_team = request.GET.get("team", "")
    with ask.record(WRITING) as record:
        before = record.before_change(handle)
        teams, team, receivers = record.receivers(handle, wanted_team or None)
        name = record.worked_with(handle).name
        sources = record.sources()
    said = said_in(ask)
    is_sent = request.method == "POST"
    number = number_of(said)
    said.setdefault("starts_on", today.isoformat())
    if before.main is None and not is_sent:
        said.setdefault("part", Part.WORKER)
    typed = shown.TypedAllocation(number, said, receivers, team, before)
    errors = typed.errors(today) if is_sent else {}
    if is_sent and not errors:
        with ask.record(WRITING) as record, contextlib.suppress(AlreadyRecorded):
            record.allocate(handle, typed.wanted)
        return redirect("child-workers", handle)
    choices = tuple(Choice(one.handle, f"{one.name}, {one.district}", one == team) for one in teams if one.handle)
    context = {
        "answer": f"Say who is to work with {name}.",
        "warning": shown.warning(before),
        "typed": typed,
        "team": Field("team", "Workers of which team?", "select", choices=choices),
        "team_query": f"?team={team.handle}" if team else "",
        "fields": typed.fields(errors, today),
        "back": reverse("child-workers", args=[handle]),
    }
    title = "Change who works with the child" if before.main else "Allocate the child"
    return show_form(ask, "allocation.html", title, "Children", context, errors, sources)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, handle: str, entry: int) -> HttpResponse:
    """Ask from which day and why somebody works with the child no more, and end it."""
    ask = asking(request)
    today = ask.asked.today
    with ask.record(WRITING) as record:
        record.may_allocate(handle)
        found = record.worked_with(handle)
        sources = record.sources()
    one = next((row for row in found.before.working if row.entry_id == entry), None)
    if one is None:
        raise Http404
    said = {field: str(value) for field, value in request.POST.items()}
    errors = shown.ending_errors(said, one, today) if request.method == "POST" else {}
    day = day_typed(said.get("on", ""))
    if request.method == "POST" and not errors and day is not None:
        with ask.record(WRITING) as record:
            record.end_allocation(handle, entry, day, said["cause"])
        return redirect("child-workers", handle)
    leaves = one.is_main and sum(row.is_main for row in found.before.working) == 1
    context = {
        "answer": f"{found.workers[one.worker_id].name} will work with {found.name} no more.",
        "says": f"{found.name} will then have no worker. To give the child another, offer the child instead."
        if leaves
        else "",
        "fields": shown.ending_fields(said, errors, today),
        "button": "End it",
        "back": reverse("child-workers", args=[handle]),
    }
    return show_form(ask, "ending.html", "End it", "Children", context, errors, sources)


@require_http_methods(["GET", "POST"])
def handover(request: HttpRequest, handle: str, handover: str) -> HttpResponse:
    """One change of worker: answering it, withdrawing it, and the days on which its steps were taken."""
    ask = asking(request)
    with ask.record(ANSWERING) as record:
        found = record.worked_with(handle)
        sources = record.sources()
    one = next((one for one in found.handovers if one.handover_id == handover), None)
    if one is None:
        raise Http404
    said = said_in(ask)
    errors = _errors_in(said, ask) if request.method == "POST" else {}
    if request.method == "POST" and not errors:
        with ask.record(ANSWERING) as record:
            _do(record, handle, one, said)
        is_gone = said.get("do") == "refused"
        return redirect("handovers") if is_gone else redirect("handover", handle, handover)
    has_steps = found.is_here and (one.is_waiting or one.is_accepted)
    context = {
        "answer": shown.handover_answer(found, one),
        "lines": shown.handover_lines(found, one),
        "why": Field(
            "why", "Why is it refused or withdrawn?", "textarea", said.get("why", ""), "", errors.get("why", "")
        ),
        "may_answer": found.is_here and one.is_waiting and one.handover_id in found.may_answer,
        "may_withdraw": found.is_here and one.is_waiting and found.may_allocate,
        "steps": shown.steps_fields(said if "why" not in errors else {}, errors, one) if has_steps else (),
        "back": reverse("child-workers", args=[handle]),
        "child": reverse("child", args=[handle]),
    }
    return show_form(ask, "handover.html", "A change of worker", "Children", context, errors, sources)


def _errors_in(said: dict[str, str], ask: Asking) -> dict[str, str]:
    match said.get("do", ""):
        case "accepted":
            return {}
        case "refused" | "withdrawn":
            return {} if said.get("why", "").strip() else {"why": "Enter why"}
        case "steps":
            return shown.steps_errors(said, ask.asked.today)
        case _:
            return {"why": "Choose what is to be done"}


def _do(record: Record, handle: str, one: Handover, said: dict[str, str]) -> None:
    if said["do"] == "steps":
        steps = shown.typed_steps(said)
        if (steps.told_on, steps.introduced_on, steps.goodbye_on) != (one.told_on, one.introduced_on, one.goodbye_on):
            record.take_steps(handle, one.handover_id, steps)
    elif one.is_waiting:
        record.answer_offer(handle, one.handover_id, said["do"], said.get("why", ""))


@require_safe
def handovers(request: HttpRequest) -> HttpResponse:
    """The offers that wait for an answer, and the changes of worker that are not complete."""
    ask = asking(request)
    with ask.record(LISTING) as record:
        found = record.handovers()
        sources = record.sources()
    tables = shown.waiting_and_lacking(found, lambda child, one: reverse("handover", args=[child, one]))
    mine = sum(one.answers for one in found)
    context = {
        "answer": shown.list_answer(found, mine),
        "tables": with_downloads(tables, "handovers-csv", ""),
    }
    return show(ask, "handovers.html", "Changes of worker", "Children", context, here="", sources=sources, moves=False)


@require_safe
def download(request: HttpRequest, part: str) -> HttpResponse:
    """One of the lists as a file."""
    ask = asking(request)
    with ask.record(LISTING) as record:
        found = record.handovers()
    tables = shown.waiting_and_lacking(found, lambda child, one: reverse("handover", args=[child, one]))
    return file(ask, "handovers", of_id(tables, part))
