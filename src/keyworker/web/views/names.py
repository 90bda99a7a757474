"""Names for a reason: whoever's role opens them for a reason alone types it, and sees them for the rest of the day."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from keyworker.web import reasons
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import asking

TITLE = "See names, for a reason"


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The form; the reason is kept in the access log, now and with all that is opened under it."""
    ask = asking(request)
    if not ask.visitor.needs_reason:
        raise Http404
    today, typed = ask.asked.today, request.POST.get("reason", "").strip()
    if request.method == "POST" and request.POST.get("step") == "stop":
        reasons.stop(request)
        return redirect("names")
    wrong = reasons.problem(typed) if request.method == "POST" else ""
    with ask.record(f"see names: {typed}" if typed and not wrong else "ask to see names") as record:
        record.may("children")
        sources = record.sources()
    if request.method == "POST" and not wrong:
        reasons.keep(request, typed, today)
        return redirect("names")
    context = {
        "kept": reasons.reason_of(request, today),
        "typed": typed,
        "shortest": reasons.SHORTEST,
        "longest": reasons.LONGEST,
    }
    errors = {"reason": wrong} if wrong else {}
    return show_form(ask, "names.html", TITLE, "Children", context, errors, sources)
