"""Words for another agency: looked at by whoever writes them, before they stand, and by a second person."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from keyworker.actions.writing import LONGEST
from keyworker.facts.told_to_agency import ACTION, ANSWER, OUTCOME
from keyworker.record.writer import AlreadyRecorded
from keyworker.web.form_numbers import number_or_new
from keyworker.web.presenters import telling as shown
from keyworker.web.source import Record
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import Asking, asking

ANSWERING = "look at words for another agency that somebody else wrote"


def seen_in(ask: Asking) -> str:
    """The digest of what somebody looked at before they sent a form."""
    return str(ask.request.POST.get("seen", ""))[:64]


def before(record: Record, ask: Asking, handle: str, account: str, said: Mapping[str, str]) -> shown.Before | None:
    """What whoever sent a form is to look at before its words are written; None where nothing is, or they did.

    Takes   account, the sign-in of the agency that would read them; empty where none would.
    """
    if not account.strip() or not any(said.values()):
        return None
    found = record.look_outside(handle, account, said)
    return shown.before(found) if found.needs_second and found.contents != seen_in(ask) else None


@require_http_methods(["GET", "POST"])
def action(request: HttpRequest, handle: str, action: str) -> HttpResponse:
    """Whether another agency is told an action of a plan that was given to it."""
    return _answer(request, handle, ACTION, action)


@require_http_methods(["GET", "POST"])
def stage(request: HttpRequest, handle: str, stage: str) -> HttpResponse:
    """Whether another agency is told the answer to a challenge of its own."""
    return _answer(request, handle, ANSWER, stage)


@require_http_methods(["GET", "POST"])
def outcome(request: HttpRequest, handle: str, raised: str) -> HttpResponse:
    """Whether another agency is told how a challenge of its own ended."""
    return _answer(request, handle, OUTCOME, raised)


def _answer(request: HttpRequest, handle: str, table: str, row: str) -> HttpResponse:
    """The second person looks at the words as the agency would read them, and agrees or says no, with a reason."""
    ask = asking(request)
    why, says = request.POST.get("why", "").strip(), request.POST.get("step", "")
    is_answered = request.method == "POST" and says in ("agree", "refuse")
    is_said = bool(why) and len(why) <= LONGEST
    errors = {"why": f"Enter why, in {LONGEST} characters or fewer"} if is_answered and not is_said else {}
    with ask.record(ANSWERING) as record:
        found = record.look_told(handle, table, row)
        refusal = record.refusal_to_tell(handle, found.message)
        if refusal is not None:
            raise refusal
        if is_answered and not errors:
            number, contents = number_or_new(request.POST.get("number", "")), request.POST.get("contents", "")
            with suppress(AlreadyRecorded):
                record.answer_told(handle, found, contents, number, why, agrees=says == "agree")
            return redirect("copies")
        sources = record.sources()
    context = {
        "answer": shown.looked_answer(found),
        "found": found,
        "cautions": found.leaves.let_out.cautions,
        "left_out": shown.left_out_table(found.leaves.let_out.left_out),
        "number": uuid4().hex,
        "why": why,
        "longest": LONGEST,
        "back": reverse("copies"),
    }
    title = "Look at words for another agency"
    return show_form(ask, "telling-answer.html", title, "Children", context, errors, sources)
