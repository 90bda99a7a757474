"""Saying that a duty cannot be done by its day, what waits for an answer, and the answer."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keyworker.actions.questions.time_asked import Answerable, TimeTold
from keyworker.actions.time_asked import WantedTime, problems, problems_of_answer
from keyworker.actions.writing import LONGEST
from keyworker.clocks.engine import Reading
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import SourceAge
from keyworker.record.writer import AlreadyRecorded
from keyworker.web.drafting import said_in
from keyworker.web.form_numbers import number_of
from keyworker.web.moments import day_typed
from keyworker.web.presenters.exceptions import BY_LAW, duty_of
from keyworker.web.presenters.fields import Field
from keyworker.web.presenters.time_asked import (
    THE_SERVICE,
    TypedAnswer,
    mine_table,
    to_answer_answer,
    told_answer,
    told_lines,
    waiting_table,
)
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import Asking, asking, show
from keyworker.web.words import spoken

ASKING = "ask for time for a duty to a child"
ANSWERING = "answer who asks for time"
READING = "read what was asked and answered of a duty to a child"


def asking_address(handle: str, reading: Reading) -> str:
    """Where time is asked for a duty to a child; empty where the duty has no day."""
    if reading.due_on is None:
        return ""
    return (
        f"{reverse('time-ask', args=[handle])}?{urlencode({'rule': reading.rule, 'due': reading.due_on.isoformat()})}"
    )


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, handle: str) -> HttpResponse:
    """The form; once it says why, time is asked for and what was asked is shown."""
    ask = asking(request)
    rule, due_on = request.GET.get("rule", ""), day_typed(request.GET.get("due", ""))
    now = Moment(ask.asked.today)
    with ask.record(ASKING) as record:
        record.may_ask_time(handle)
        name, readings = record.name_of(handle, now), list(record.clocks(now, child=handle))
        before, sources = record.time_asked(handle), record.sources()
    duty = duty_of(readings, rule, due_on)
    if duty is None or due_on is None:
        return _gone(ask, handle, name, sources)
    said = said_in(ask)
    number = number_of(said, "asked_id")
    reason = said.get("reason", "").strip()
    wanted = WantedTime(number, rule, due_on, reason)
    if request.method == "POST" and any(one.asked_id == number for one in before):
        return redirect("time-asked", handle, number)
    errors = problems(wanted, duty, list(before)) if request.method == "POST" else {}
    if request.method == "POST" and not errors:
        with ask.record(ASKING) as record, suppress(AlreadyRecorded):
            record.ask_time(handle, wanted)
        return redirect("time-asked", handle, number)
    hint = f"In {LONGEST} characters or fewer. Whoever may see this child sees it."
    context = {
        "answer": f"{duty.title}, due {spoken(due_on)}, for {name}.",
        "says": "A manager must answer by a set day. Until then, and after it, this is not counted against you.",
        "law": BY_LAW if duty.basis == "statutory" else "",
        "number": number,
        "fields": [
            Field("reason", "Why can you not do it by then?", "textarea", reason, hint, errors.get("reason", ""))
        ],
        "button": "Ask",
        "back": reverse("child-due", args=[handle]),
        "back_to": "Back to what is due to the child, without asking",
    }
    return show_form(ask, "time-asked.html", "I cannot do this by then", "Due", context, errors, sources)


def _gone(ask: Asking, handle: str, name: str, sources: tuple[SourceAge, ...]) -> HttpResponse:
    context = {"name": name, "child": reverse("child-due", args=[handle])}
    title = "There is nothing to ask for"
    response = show(ask, "exception-gone.html", title, "Due", context, here="", sources=sources, moves=False)
    response.status_code = 409
    return response


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for an answer of this manager's, and what nobody answered in time."""
    ask = asking(request)
    with ask.record(ANSWERING) as record:
        found, sources = record.time_to_answer(), record.sources()
    table = waiting_table(found, ask.asked.today, _address)
    context = {"answer": to_answer_answer(found), "says": THE_SERVICE, "tables": [table]}
    return show(
        ask,
        "time-list.html",
        "Who asks for time",
        "Due",
        context,
        here="time to answer",
        sources=sources,
        moves=False,
    )


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What this worker asked, and what was given to them."""
    ask = asking(request)
    with ask.record(ASKING) as record:
        found, sources = record.time_of_mine(), record.sources()
    table = mine_table(found, ask.asked.today, _address)
    context = {
        "answer": f"{len(found)} of what you asked, or was given to you, is still open." if found else table.empty,
        "says": "",
        "tables": [table] if found else [],
    }
    return show(
        ask,
        "time-list.html",
        "Time you asked for",
        "Due",
        context,
        here="time asked",
        sources=sources,
        moves=False,
    )


def _address(one: TimeTold) -> str:
    return reverse("time-asked", args=[one.asked.handle, one.asked.asked_id])


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, handle: str, asked: str) -> HttpResponse:
    """What was asked and answered; the form of the answer, for whoever may answer."""
    ask = asking(request)
    with ask.record(ANSWERING if request.method == "POST" else READING) as record:
        found = record.answerable(handle, asked)
        sources = record.sources()
    told, today = found.told, ask.asked.today
    answers = found.may_answer and not told.asked.is_answered
    typed = TypedAnswer.of(said_in(ask))
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = problems_of_answer(typed.wanted(found.helpers), told.asked, today) if answers else {}
        if not errors:
            with ask.record(ANSWERING) as record:
                record.answer_time(handle, asked, typed.wanted(found.helpers))
            return redirect("time-asked", handle, asked)
    return _told(ask, handle, found, typed, errors, sources, answers=answers)


def _told(
    ask: Asking,
    handle: str,
    found: Answerable,
    typed: TypedAnswer,
    errors: dict[str, str],
    sources: tuple[SourceAge, ...],
    *,
    answers: bool,
) -> HttpResponse:
    told = found.told
    own = told.is_own and not told.asked.is_answered
    context = {
        "answer": told_answer(told, ask.asked.today),
        "says": THE_SERVICE if told.asked.is_unanswered_on(ask.asked.today) else "",
        "law": BY_LAW if answers and found.duty and found.duty.basis == "statutory" else "",
        "lines": told_lines(told),
        "fields": typed.fields(found, errors) if answers else (),
        "button": "Answer",
        "take_back": reverse("time-take-back", args=[handle, told.asked.asked_id]) if own else "",
        "back": reverse("child-due", args=[handle]),
        "back_to": "What is due to the child",
    }
    return show_form(ask, "time-asked.html", "Time asked for", "Due", context, errors, sources)


@require_POST
def take_back(request: HttpRequest, handle: str, asked: str) -> HttpResponse:
    """Take back that time was asked for."""
    ask = asking(request)
    with ask.record(ASKING) as record:
        record.take_time_back(handle, asked)
    return redirect("time-asked", handle, asked)
