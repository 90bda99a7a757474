"""Letting the limits of a measure's chart start afresh from a month on, and withdrawing that."""

from __future__ import annotations

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from keyworker.actions.measures import MeasureEngine
from keyworker.actions.rebases import problems
from keyworker.actions.writing import LONGEST
from keyworker.facts.moment import Moment
from keyworker.measures.judged import month_ends
from keyworker.measures.passes.asked import Asked
from keyworker.measures.registry import shipped
from keyworker.measures.told_from import days_before
from keyworker.web.form_numbers import drop_odd_number
from keyworker.web.presenters.figures import Choice
from keyworker.web.presenters.measures import over_time
from keyworker.web.presenters.rebases import RULES, Typed, decided, rebases_table, with_one_more
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import asking
from keyworker.web.views.withdrawing import ask_why, errors_in, typed_why
from keyworker.web.words import spoken

REBASING = "let the limits of a chart start afresh"
WITHDRAWING = "withdraw the fresh limits of a chart"
CALLED = "Measures"
BACK = 36
"""So many months are drawn, and all but the first may begin a section."""


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, name: str) -> HttpResponse:
    """The form; once it is filled in, the chart as it would be; once that is agreed to, written down."""
    definition = shipped().definitions.get(name)
    if definition is None:
        raise Http404
    ask = asking(request)
    today = ask.asked.today
    days = month_ends(today, BACK)
    said = {key: str(value) for key, value in request.POST.items()}
    drop_odd_number(said, "rebase_id")
    typed = Typed.of(said, uuid4().hex, ask.visitor.role)
    wanted = typed.wanted(name)
    with ask.record(REBASING) as record:
        record.may_rebase()
        found = record.rebases(Moment(today), name)
        months = record.measure(name, Asked(days, ()), engine=MeasureEngine.DUCKDB)
        sources = record.sources()
        # What is not whole is not judged, so no limits of its own begin there.
        choices = [day for day in days if day not in days_before(months)][1:]
        errors = problems(wanted, found, today) if request.method == "POST" else {}
        if request.method == "POST" and not errors and wanted.from_on not in choices:
            errors = {"from_on": "Choose a month that is drawn and judged, after the first of them"}
        if request.method == "POST" and not errors and said.get("step") == "decide":
            record.rebase(wanted)
            return redirect(reverse("measure", args=[name]) + "#rebases")
    is_checked = request.method == "POST" and not errors and said.get("step") == "check"
    chart = over_time(definition, months, with_one_more(found, wanted, today) if is_checked else decided(found))
    return show_form(
        ask,
        "rebase.html",
        "Check the fresh limits" if is_checked else "Let limits start afresh",
        CALLED,
        {
            "measure": definition.title,
            "chart": chart,
            "typed": typed,
            "months": [
                Choice(day.isoformat(), f"{day:%B %Y}", day.isoformat() == typed.from_on) for day in reversed(choices)
            ],
            "from_on": spoken(wanted.from_on) if wanted.from_on else "",
            "is_checked": is_checked,
            "rules": RULES,
            "longest": LONGEST,
            "decisions": rebases_table(found, lambda _: ""),
            "back": reverse("measure", args=[name]),
        },
        errors,
        sources,
        here="measures",
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, name: str, rebase: str) -> HttpResponse:
    """Ask why fresh limits are withdrawn, and withdraw them."""
    definition = shipped().definitions.get(name)
    if definition is None:
        raise Http404
    ask = asking(request)
    with ask.record(WITHDRAWING) as record:
        record.may_rebase()
        one = next((one for one in record.rebases(Moment(ask.asked.today), name) if one.rebase_id == rebase), None)
        sources = record.sources()
        if one is None:
            raise Http404
        errors = errors_in(ask, "they are withdrawn")
        if request.method == "POST" and not errors:
            record.withdraw_rebase(name, rebase, typed_why(ask))
            return redirect(reverse("measure", args=[name]) + "#rebases")
    says = {
        "answer": f"From {spoken(one.from_on)} on, limits of “{definition.title}” will be what they were before.",
        "says": f"It was decided by {one.decided_by}: {one.why}",
        "hint": f"In {LONGEST} characters or fewer. Name nobody.",
        "back": reverse("measure", args=[name]),
        "back_to": "Back to the measure, without changing anything",
    }
    return ask_why(ask, "Withdraw fresh limits", CALLED, says, errors, sources, here="measures")
