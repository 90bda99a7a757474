"""A worker's own load; saying that it is not right, what waits for an answer, and the answer."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keyworker.actions.load_challenges import Standing, WantedChallenge, problems, problems_of_answer
from keyworker.web.form_numbers import number_or_new
from keyworker.web.presenters.first_year import PROMISES, first_years_answer, first_years_tables
from keyworker.web.presenters.frame import Link
from keyworker.web.presenters.own_load import (
    THE_SERVICE,
    answer_fields,
    challenges_table,
    load_page,
    new_fields,
    told_answer,
    told_lines,
    waiting_answer,
)
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import Asking, asking, show

READING = "see how a worker's load is worked out"
CHALLENGING = "say that my own load is not right"
ANSWERING = "answer a worker about their load"
SECTION = "Workers"


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The signed-in worker's own load."""
    return _page(asking(request), None)


@require_safe
def other(request: HttpRequest, handle: str) -> HttpResponse:
    """One worker's load, for the line of responsibility."""
    return _page(asking(request), handle)


def _page(ask: Asking, handle: str | None) -> HttpResponse:
    with ask.page(READING) as record:
        told = record.own_load(handle, ask.asked.moment)
    page = load_page(told, ask.ways, _address, ask.asked.today)
    worker = told.load.row.worker
    links = [Link("My work", reverse("my-work")), Link("Who has looked at the figures about me", _looked())]
    context = {
        "page": page,
        "tables": page.tables,
        "challenge": reverse("load-challenge-new") if told.is_own and told.may_challenge and ask.asked.is_now else "",
        "links": links if told.is_own else [Link(worker.name, reverse("worker", args=[worker.handle]))],
    }
    title = "My load" if told.is_own else f"The load of {worker.name}"
    called = "" if told.is_own else "A worker"
    return show(ask, "own-load.html", title, SECTION, context, here="", called=called, sources=told.sources)


def _looked() -> str:
    return reverse("my-work-looked")


def _address(challenge: str) -> str:
    return reverse("load-challenge", args=[challenge])


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form; once it says what and why, it is written down and shown."""
    ask = asking(request)
    said = {name: str(value).strip() for name, value in request.POST.items()}
    number = said.get("challenge_id", "")
    number = number_or_new(number)
    wanted = WantedChallenge(number, said.get("part", ""), said.get("reason", ""))
    with ask.record(CHALLENGING) as record:
        told = record.own_load(None, ask.asked.moment)
        before = [one.said for one in told.challenges]
        sent = any(one.challenge_id == number for one in before)
        errors = problems(wanted, before) if request.method == "POST" and not sent else {}
        if request.method == "POST" and not errors:
            record.challenge_load(wanted)
            return redirect("load-challenge", number)
    context = {
        "answer": f"Your load as it stands: {load_page(told, ask.ways, _address, ask.asked.today).answer}",
        "says": "Whoever manages you must answer by a set day. You are counted by it nowhere.",
        "number": number,
        "fields": new_fields(said, errors),
        "button": "Say that it is not right",
        "back": reverse("my-load"),
        "back_to": "Back to your load, without saying anything",
    }
    return show_form(ask, "load-challenge.html", "This is not right", SECTION, context, errors, told.sources)


@require_safe
def first_years(request: HttpRequest) -> HttpResponse:
    """What is promised to each worker in their first year, district by district."""
    ask = asking(request)
    with ask.page("see whether first-year promises are kept") as record:
        found, sources = record.first_years(ask.asked.moment), record.sources()
    tables = first_years_tables(found, _load_address(ask))
    context = {"answer": first_years_answer(found), "says": PROMISES, "tables": tables}
    return show(ask, "time-list.html", "First-year promises", SECTION, context, here="", sources=sources)


def _load_address(ask: Asking) -> Callable[[str], str]:
    return lambda handle: reverse("worker-load", args=[handle]) + ask.asked.query if handle else ""


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The load challenges that wait for an answer of this manager's."""
    ask = asking(request)
    with ask.page(ANSWERING) as record:
        found, sources = record.loads_to_answer(), record.sources()
    table = challenges_table(found, ask.asked.today, _address, who=True)
    context = {"answer": waiting_answer(found), "says": "", "tables": [table]}
    return show(
        ask,
        "time-list.html",
        "Loads to answer",
        SECTION,
        context,
        here="loads to answer",
        sources=sources,
        moves=False,
    )


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, challenge: str) -> HttpResponse:
    """What was said and answered; the form of the answer, for whoever may answer."""
    ask = asking(request)
    said = {name: str(value).strip() for name, value in request.POST.items()}
    with ask.record(ANSWERING if request.method == "POST" else READING) as record:
        told, sources = record.load_challenge(challenge), record.sources()
        errors: dict[str, str] = {}
        if request.method == "POST":
            answers = said.get("answer", ""), said.get("says", "")
            errors = problems_of_answer(*answers) if told.may_answer else {}
            if not errors:
                record.answer_load(challenge, *answers)
                return redirect("load-challenge", challenge)
    worker = told.worker.handle
    context = {
        "answer": told_answer(told),
        "says": THE_SERVICE if told.standing is Standing.UNANSWERED else "",
        "lines": told_lines(told),
        "fields": answer_fields(said, errors) if told.may_answer else (),
        "button": "Answer",
        "take_back": _to("load-challenge-take-back", challenge, told.is_own and told.said.answer is None),
        "settle": _to("load-challenge-settle", challenge, told.is_own and told.said.waits_for_worker),
        "back": reverse("my-load") if told.is_own else reverse("worker-load", args=[worker]),
        "back_to": "Your load" if told.is_own else "The load that it is about",
    }
    return show_form(ask, "load-challenge.html", "A load challenge", SECTION, context, errors, sources)


def _to(name: str, challenge: str, leads: bool) -> str:
    return reverse(name, args=[challenge]) if leads else ""


@require_POST
def take_back(request: HttpRequest, challenge: str) -> HttpResponse:
    """Take a load challenge back."""
    ask = asking(request)
    with ask.record(CHALLENGING) as record:
        record.take_load_back(challenge)
    return redirect("load-challenge", challenge)


@require_POST
def settle(request: HttpRequest, challenge: str) -> HttpResponse:
    """Say whether the answer settles it."""
    ask = asking(request)
    with ask.record(CHALLENGING) as record:
        record.settle_load(challenge, is_settled=request.POST.get("settled") == "yes")
    return redirect("load-challenge", challenge)
