"""What needs whoever has signed in, in order, and nothing else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from keyworker.actions.questions.needs import Need
from keyworker.web.presenters.lone_visits import out
from keyworker.web.presenters.needs import needs_answer, needs_links
from keyworker.web.views.showing import asking, show

READING = "see what waits"


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What needs this person today."""
    ask = asking(request)
    with ask.page(READING) as record:
        found, sources = record.needs_me(), record.sources()
        waits = any(one.what is Need.ALONE for one in found)
        mine = [one for one in record.lone_visits().visits if one.is_own] if waits else []
    routes = ask.visitor.routes - ask.visitor.hidden
    context = {
        "answer": needs_answer(found),
        "out": out(mine, lambda lone: reverse("lone-visit-end", args=[lone]), named=False),
        "installs": True,
        "take": reverse("device-take") if "visits" in routes and ask.visitor.home else "",
        "needs": needs_links(found, routes, reverse),
    }
    return show(
        ask, "needs-me.html", "What needs me", "My work", context, here="needs me", sources=sources, moves=False
    )
