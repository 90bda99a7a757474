"""Opening a record in an emergency, and saying afterwards whether that was right."""

from __future__ import annotations

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from keyworker.actions.emergencies import WantedOpening, problems, review_problems
from keyworker.actions.questions.emergencies import EmergencyPage
from keyworker.actions.writing import LONGEST
from keyworker.facts.pictures import SourceAge
from keyworker.web.form_numbers import number_or_new
from keyworker.web.moments import day_typed
from keyworker.web.presenters.emergencies import (
    NOBODY,
    mine_table,
    outcomes,
    reviews_answer,
    reviews_table,
    rules_in_words,
)
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import Asking, asking, show
from keyworker.web.words import sentence

OPENING = "open a record in an emergency"
REVIEWING = "review what was opened in an emergency"


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The form, and what whoever asks opened before; once it is sent, the child's page or that nobody is known."""
    ask = asking(request)
    said = {name: str(value).strip() for name, value in request.POST.items()}
    errors: dict[str, str] = {}
    if request.method == "POST":
        wanted = _wanted(said)
        errors = problems(wanted)
        if not errors:
            with ask.record(OPENING) as record:
                found = record.break_glass(wanted)
            return redirect(reverse("child", args=[found]) if found else reverse("emergency") + "?nobody=yes")
    with ask.record(OPENING) as record:
        shown, sources = record.emergency(), record.sources()
    return _form(ask, shown, sources, said, errors)


def _wanted(said: dict[str, str]) -> WantedOpening:
    number = said.get("glass_id", "")
    return WantedOpening(
        number_or_new(number),
        said.get("reason", ""),
        said.get("handle", ""),
        said.get("number", ""),
        day_typed(said.get("born", "")),
    )


def _form(
    ask: Asking, shown: EmergencyPage, sources: tuple[SourceAge, ...], said: dict[str, str], errors: dict[str, str]
) -> HttpResponse:
    return show_form(
        ask,
        "emergency.html",
        "Open a record in an emergency",
        "Children",
        {
            "rules": rules_in_words(shown.rules, shown.left),
            "may_try": shown.left > 0,
            "nobody": sentence(NOBODY) if ask.request.GET.get("nobody") else "",
            "table": mine_table(
                shown.mine,
                lambda handle: reverse("child", args=[handle]),
                lambda one: one.opened_at <= ask.asked.now < one.until_at,
            ),
            "standing": [one for one in shown.mine if one.child and ask.asked.now < one.opening.until_at],
            "said": said,
            "number": uuid4().hex,
            "longest": LONGEST,
        },
        errors,
        sources,
        here="emergency",
    )


@require_http_methods(["POST"])
def close(request: HttpRequest, glass: str) -> HttpResponse:
    """Close a record that whoever asks opened, before its time is over."""
    ask = asking(request)
    with ask.record(OPENING) as record:
        record.close_emergency(glass)
    return redirect("emergency")


def reviews(request: HttpRequest) -> HttpResponse:
    """What was opened in an emergency and is to be reviewed, the oldest first; then what was."""
    ask = asking(request)
    with ask.record(REVIEWING) as record:
        rows, sources = record.emergencies(), record.sources()
    table = reviews_table(
        rows,
        ask.asked.today,
        lambda one: (
            reverse("emergency-review", args=[one.opening.glass_id]) if one.opening.waits and not one.is_own else ""
        ),
        ask.ways.child,
    )
    return show(
        ask,
        "records.html",
        "Reviews of emergencies",
        "Children",
        {"answer": reviews_answer(rows, ask.asked.today), "table": table},
        here="emergency reviews",
        sources=sources,
        moves=False,
    )


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, glass: str) -> HttpResponse:
    """Ask whether it was right to open a record, and write it down."""
    ask = asking(request)
    with ask.record(REVIEWING) as record:
        rows, sources = record.emergencies(), record.sources()
        one = next((one for one in rows if one.opening.glass_id == glass and one.opening.waits), None)
        if one is None:
            raise Http404
        said = {name: str(value).strip() for name, value in request.POST.items()}
        outcome, found = said.get("outcome", ""), said.get("found", "")
        errors = review_problems(outcome, found) if request.method == "POST" else {}
        if request.method == "POST" and not errors:
            record.review(glass, outcome, found)
            return redirect("emergency-reviews")
    return show_form(
        ask,
        "emergency-review.html",
        "Review an emergency",
        "Children",
        {
            "table": reviews_table([one], ask.asked.today, lambda _: "", ask.ways.child),
            "who": one.who,
            "outcomes": outcomes(),
            "said": said,
            "longest": LONGEST,
            "back": reverse("emergency-reviews"),
        },
        errors,
        sources,
    )
