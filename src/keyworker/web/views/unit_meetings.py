"""A group supervision or a unit's meeting about several families: choosing them, and writing it down."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from keyworker.web.drafting import said_in
from keyworker.web.form_numbers import number_of, said_otherwise
from keyworker.web.presenters import unit_meetings as shown
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import asking, show

WRITING = "write down a group supervision or a meeting of a unit"
TITLE = "A group supervision or unit meeting"


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Which families were talked over; then the form, and once it says enough, it is written down."""
    ask = asking(request)
    today = ask.asked.today
    with ask.record(WRITING) as record:
        found, sources = record.to_talk_over(), record.sources()
    named = set(request.GET.getlist("family"))
    families = [one for one in found.families if one.handle in named]
    if not families:
        context = {"answer": shown.choose_answer(found), "field": shown.chooses(found), "is_any": bool(found.families)}
        return show(ask, "unit-choose.html", TITLE, "My work", context, here="", sources=sources, moves=False)
    said = said_in(ask)
    said.setdefault("on", today.isoformat())
    typed = shown.TypedMeeting(number_of(said), said, found, families)
    errors = typed.errors(today) if request.method == "POST" else {}
    if request.method == "POST" and not errors:
        with ask.record(WRITING) as record:
            otherwise = said_otherwise(lambda: record.record_meeting_of_unit(typed.wanted))
        if not otherwise:
            return redirect("child-supervision", families[0].handle)
        errors = {"form": otherwise}
    context = {
        "answer": "What was decided for each family, and why. It goes to the record of each child.",
        "number": typed.number,
        "about": typed.about(errors, today),
        "families": typed.of_families(errors),
    }
    return show_form(ask, "unit-meeting.html", TITLE, "My work", context, errors, sources)
