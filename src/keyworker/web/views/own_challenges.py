"""What another agency challenges itself, from its own page: raising, taking further, saying how it ended."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from keyworker.actions.challenges import AGENCY, AtAnotherStage, problems, problems_of_end, problems_of_stage
from keyworker.actions.questions.own_challenges import FIRST_STAGE
from keyworker.facts.challenges import Challenge
from keyworker.facts.pictures import SourceAge
from keyworker.record.writer import AlreadyRecorded
from keyworker.web.form_numbers import drop_odd_number, said_otherwise
from keyworker.web.moments import day_typed
from keyworker.web.presenters import own_challenges as shown
from keyworker.web.presenters.challenges import TypedChallenge, ending_fields
from keyworker.web.source import Record
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import Asking, asking

RAISING = "challenge what is planned for the child of an action of mine"
_COUNT = re.compile(r"[0-9]{1,3}")


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, action: str) -> HttpResponse:
    """The form; once it says enough, the challenge stands before whoever manages the team."""
    ask = asking(request)
    today, is_sent = ask.asked.today, request.method == "POST"
    with ask.record(RAISING) as record:
        one, sources = record.challengeable(action), record.sources()
    said = {name: str(value) for name, value in request.POST.items()}
    drop_odd_number(said)
    fixed = {"raised_by": AGENCY, "agency": one.agency or "other", "stage": FIRST_STAGE, "on": today.isoformat()}
    typed = TypedChallenge.of(said | fixed, uuid4().hex, today.isoformat())
    errors = problems(typed.wanted(()), today) if is_sent else {}
    if is_sent and not errors:
        with ask.record(RAISING) as record:
            otherwise = said_otherwise(partial(record.raise_own_challenge, action, typed.wanted(())))
        if not otherwise:
            return redirect("own-actions")
        errors["what"], typed = otherwise, replace(typed, number=uuid4().hex)
    context = {
        "answer": f"Challenge what is planned or done for {one.told_as or 'this child'}.",
        "says": shown.TOLD,
        "number": typed.number,
        "fields": shown.new_fields(typed, errors),
        "button": "Raise it",
    }
    return _form(ask, "Raise a challenge", context, errors, sources)


@require_http_methods(["GET", "POST"])
def next_stage(request: HttpRequest, raised: str) -> HttpResponse:
    """Take a challenge of one's own to the next stage."""
    ask = asking(request)
    typed = TypedChallenge.of({name: str(value) for name, value in request.POST.items()}, "", "")
    with ask.record(RAISING) as record:
        one, sources = _open_one(record, raised), record.sources()
        wanted = typed.wanted_stage(())
        number = typed.number if _COUNT.fullmatch(typed.number) else str(len(one.stages))
        errors = problems_of_stage(wanted, ask.asked.today) if request.method == "POST" else {}
        if request.method == "POST" and not errors:
            try:
                with suppress(AlreadyRecorded):
                    record.take_own_further(raised, wanted, int(number))
            except AtAnotherStage as error:
                errors["stage"], number = f"{error.what} {error.remedy}", str(len(one.stages))
            else:
                return redirect("own-actions")
    context = {
        "answer": f"Take this further: {one.what}",
        "number": number,
        "fields": shown.next_fields(typed, errors),
        "button": "Take it further",
    }
    return _form(ask, "The next stage", context, errors, sources)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, raised: str) -> HttpResponse:
    """Say that a challenge of one's own was resolved, or is withdrawn."""
    ask = asking(request)
    post = request.POST
    typed = {name: post.get(name, "").strip() for name in ("outcome", "says")}
    typed["on"] = post.get("on", ask.asked.today.isoformat()).strip()
    with ask.record(RAISING) as record:
        one, sources = _open_one(record, raised), record.sources()
        on = day_typed(typed["on"])
        wrong = problems_of_end(one, typed["outcome"], typed["says"], on, ask.asked.today)
        errors = wrong if request.method == "POST" else {}
        if request.method == "POST" and not errors:
            record.end_own_challenge(raised, typed["outcome"], typed["says"], on)
            return redirect("own-actions")
    says = "What changed for the child; why, if it is withdrawn"
    context = {
        "answer": f"Say how this ended: {one.what}",
        "fields": ending_fields("outcome", "challenge_outcome", "How did it end?", says, typed, errors),
        "button": "End it",
    }
    return _form(ask, "End a challenge", context, errors, sources)


def _open_one(record: Record, raised: str) -> Challenge:
    one = record.own_challenges().one(raised)
    if one is None or not one.is_open:
        raise Http404
    return one


def _form(
    ask: Asking, title: str, context: dict[str, Any], errors: dict[str, str], sources: Iterable[SourceAge]
) -> HttpResponse:
    whole = context | {"back": reverse("own-actions")}
    return show_form(ask, "written.html", title, "My work", whole, errors, sources)
