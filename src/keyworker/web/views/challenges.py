"""Challenges: those about a child, those that are open, raising one, answering, taking it further, ending it."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from functools import partial
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from keyworker.actions.challenges import AGENCY, AtAnotherStage, problems_of_answer, problems_of_end, problems_of_stage
from keyworker.actions.questions.challenges import OpenChallenges
from keyworker.actions.telling import ANSWERED, ENDED
from keyworker.facts.challenges import Challenge
from keyworker.record.writer import AlreadyRecorded
from keyworker.web.drafting import said_in
from keyworker.web.form_numbers import drop_odd_number, said_otherwise
from keyworker.web.moments import day_typed
from keyworker.web.presenters import challenges as shown
from keyworker.web.presenters.telling import Before
from keyworker.web.source import Record
from keyworker.web.tables import Table, of_id
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import Asking, asking, file, show, with_downloads
from keyworker.web.views.telling import before, seen_in

READING = "see what was challenged of what is planned or done for a child"
READING_OPEN = "see the open challenges"
WRITING = "challenge what is planned or done for a child"
ANSWERING = "answer a challenge"
_COUNT = re.compile(r"[0-9]{1,3}")


@require_safe
def page(request: HttpRequest, handle: str) -> HttpResponse:
    """The challenges about a child, stage by stage."""
    ask = asking(request)
    with ask.record(READING) as record:
        found, sources = record.challenged(handle), record.sources()
    context = {
        "answer": shown.answer(found, ask.asked.today),
        "officers": shown.OFFICERS,
        "new": reverse("challenge-new", args=[handle]) if found.may_raise else "",
        "told": shown.told(found, ask.asked.today),
        "handle": handle,
        "child": reverse("child", args=[handle]),
    }
    return show(ask, "challenges.html", "Challenges", "Children", context, here="", sources=sources, moves=False)


@require_safe
def open_ones(request: HttpRequest) -> HttpResponse:
    """Every open challenge about the children whom this person may see."""
    ask = asking(request)
    with ask.record(READING_OPEN) as record:
        found, sources = record.open_challenges(), record.sources()
    tables = with_downloads([_open_table(found, ask)], "challenges-csv", "")
    context = {"answer": shown.open_answer(found, ask.asked.today), "tables": tables}
    return show(
        ask, "plan-actions.html", "Challenges", "Children", context, here="challenges", sources=sources, moves=False
    )


@require_safe
def download(request: HttpRequest, part: str) -> HttpResponse:
    """The same as a file."""
    ask = asking(request)
    with ask.record(f"{READING_OPEN}, to download the list") as record:
        found = record.open_challenges()
    return file(ask, "challenges", of_id([_open_table(found, ask)], part))


def _open_table(found: OpenChallenges, ask: Asking) -> Table:
    return shown.open_table(found, ask.asked.today, lambda child: reverse("child-challenges", args=[child]))


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, handle: str) -> HttpResponse:
    """The form; once it says enough, the challenge stands."""
    ask = asking(request)
    today, is_sent = ask.asked.today, request.method == "POST"
    with ask.record(WRITING) as record:
        owners, sources = record.challenge_owners(handle), record.sources()
        name = record.challenged(handle).name
    said = said_in(ask)
    drop_odd_number(said)
    typed = shown.TypedChallenge.of(said, uuid4().hex, today.isoformat())
    errors = typed.errors(owners, today) if is_sent else {}
    if is_sent and not errors:
        with ask.record(WRITING) as record:
            otherwise = said_otherwise(partial(record.raise_challenge, handle, typed.wanted(owners)))
        if not otherwise:
            return redirect("child-challenges", handle)
        errors["what"] = otherwise
        typed = replace(typed, number=uuid4().hex)
    context = {
        "answer": f"Challenge what is planned or done for {name}, or write down that another agency does.",
        "says": shown.OFFICERS,
        "number": typed.number,
        "fields": typed.fields(owners, errors),
        "button": "Raise it",
        "back": reverse("child-challenges", args=[handle]),
    }
    return show_form(ask, "written.html", "Raise a challenge", "Children", context, errors, sources)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, handle: str, raised: str) -> HttpResponse:
    """Answer the stage at which a challenge is."""
    ask = asking(request)
    typed = _typed(ask, "answer")
    first: Before | None = None
    with ask.record(ANSWERING) as record:
        one, sources = _one(record, handle, raised, is_answer=True), record.sources()
        on = day_typed(typed["on"])
        errors = _errors(ask, problems_of_answer(one, typed["answer"], typed["says"], on, ask.asked.today))
        if request.method == "POST" and not errors:
            first = before(record, ask, handle, record.agency_behind(handle, one), {ANSWERED: typed["says"]})
            if first is None:
                record.answer_challenge(handle, raised, typed["answer"], typed["says"], on, seen_in(ask))
                return redirect("child-challenges", handle)
    says = "What will be done, or why nothing will"
    context = {
        "answer": f"Answer this: {one.what}",
        "says": shown.READ_OUTSIDE if one.raised_by == AGENCY else "",
        "before": first,
        "fields": shown.ending_fields("answer", "challenge_answer", "Do you agree?", says, typed, errors),
        "button": "Answer it",
        "back": reverse("child-challenges", args=[handle]),
    }
    return show_form(ask, "written.html", "Answer a challenge", "Children", context, errors, sources)


@require_http_methods(["GET", "POST"])
def next_stage(request: HttpRequest, handle: str, raised: str) -> HttpResponse:
    """Take a challenge to the next stage."""
    ask = asking(request)
    typed = shown.TypedChallenge.of({name: str(value) for name, value in request.POST.items()}, "", "")
    with ask.record(WRITING) as record:
        owners = record.challenge_owners(handle)
        one, sources = _one(record, handle, raised), record.sources()
        wanted = typed.wanted_stage(owners)
        number = typed.number if _COUNT.fullmatch(typed.number) else str(len(one.stages))
        errors = _errors(ask, problems_of_stage(wanted, ask.asked.today))
        if request.method == "POST" and not errors:
            try:
                with suppress(AlreadyRecorded):
                    record.take_challenge_further(handle, raised, wanted, int(number))
            except AtAnotherStage as error:
                errors["stage"], number = f"{error.what} {error.remedy}", str(len(one.stages))
            else:
                return redirect("child-challenges", handle)
    context = {
        "answer": f"Take this to the next stage: {one.what}",
        "number": number,
        "fields": typed.stage_fields(owners, errors),
        "button": "Take it further",
        "back": reverse("child-challenges", args=[handle]),
    }
    return show_form(ask, "written.html", "The next stage", "Children", context, errors, sources)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, handle: str, raised: str) -> HttpResponse:
    """Say that a challenge was resolved, or is withdrawn."""
    ask = asking(request)
    typed = _typed(ask, "outcome")
    first: Before | None = None
    with ask.record(WRITING) as record:
        record.may_challenge(handle)
        one, sources = _one(record, handle, raised), record.sources()
        on = day_typed(typed["on"])
        errors = _errors(ask, problems_of_end(one, typed["outcome"], typed["says"], on, ask.asked.today))
        if request.method == "POST" and not errors:
            first = before(record, ask, handle, record.agency_behind(handle, one), {ENDED: typed["says"]})
            if first is None:
                record.end_challenge(handle, raised, typed["outcome"], typed["says"], on, seen_in(ask))
                return redirect("child-challenges", handle)
    says = "What changed for the child; why, if it is withdrawn"
    context = {
        "answer": f"Say how this ended: {one.what}",
        "before": first,
        "fields": shown.ending_fields("outcome", "challenge_outcome", "How did it end?", says, typed, errors),
        "button": "End it",
        "back": reverse("child-challenges", args=[handle]),
    }
    return show_form(ask, "written.html", "End a challenge", "Children", context, errors, sources)


def _one(record: Record, handle: str, challenge: str, *, is_answer: bool = False) -> Challenge:
    """A challenge that this person may answer, or take further and end."""
    record.may_challenge(handle)
    found = record.challenged(handle)
    one = found.one(challenge)
    if one is None or challenge not in (found.may_answer if is_answer else found.may_end):
        raise Http404
    return one


def _typed(ask: Asking, name: str) -> dict[str, str]:
    post = ask.request.POST
    on = post.get("on", ask.asked.today.isoformat()).strip()
    return {name: post.get(name, "").strip(), "says": post.get("says", "").strip(), "on": on}


def _errors(ask: Asking, found: dict[str, str]) -> dict[str, str]:
    return found if ask.request.method == "POST" else {}
