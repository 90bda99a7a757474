"""Finding anyone. What is typed is sent in a form, so that no name stands in an address, a log or a history."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from keyworker.actions.finding import Found
from keyworker.actions.questions.finding import is_enough
from keyworker.facts.name_words import LONGEST_ASKED
from keyworker.web.presenters.finding import TOO_SHORT, TRY, found_answer, found_tables
from keyworker.web.views.showing import asking, show

FINDING = "find somebody"


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The form; once something is typed, whoever answers, or at once the page of the one child who can be meant."""
    ask = asking(request)
    typed = str(request.POST.get("who", "")).strip()[:LONGEST_ASKED]
    is_asked = request.method == "POST"
    errors = {"who": TOO_SHORT} if is_asked and not is_enough(typed) else {}
    found = Found()
    with ask.record(FINDING) as record:
        if is_asked and not errors:
            found = record.find(typed)
        sources = record.sources()
    way = ask.ways.child(found.only.handle) if found.only else ""
    if way:
        return redirect(way)
    is_told = is_asked and not errors
    tables = found_tables(found, ask.ways) if is_told else []
    context = {
        "answer": found_answer(found) if is_told else "",
        "advice": TRY if is_told and not tables else "",
        "tables": tables,
        "typed": typed,
        "errors": errors,
        "longest": LONGEST_ASKED,
        "on_finding": True,
        "new": reverse("new-child") if is_told and "new child" in ask.visitor.routes else "",
    }
    response = show(ask, "find.html", "Find anyone", "Find", context, here="", sources=sources, moves=False)
    response.status_code = 400 if errors else response.status_code
    return response
