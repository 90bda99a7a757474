"""The chair's page: what needs whoever chairs, and the children whom they chair."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from keyworker.actions.questions.chairing import Chaired
from keyworker.web.presenters import chairing as shown
from keyworker.web.presenters.needs import needs_links
from keyworker.web.tables import Table, of_id
from keyworker.web.views.showing import Asking, asking, file, show, with_downloads

READING = "see the children whom I chair, and what moved"
CHAIRED = "chairing"


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The children whom this person chairs, beneath what else needs them."""
    ask = asking(request)
    with ask.page(READING) as record:
        found, needs, sources = record.children_i_chair(), record.needs_me(), record.sources()
    routes = ask.visitor.routes - ask.visitor.hidden - {CHAIRED}
    context = {
        "answer": shown.answer(found, ask.asked.today),
        "needs": [one for one in needs_links(needs, routes, reverse) if one.href],
        "tables": with_downloads([_table(found, ask)], "chairing-csv", "") if found else [],
    }
    return show(
        ask, "chairing.html", "Children I chair", "Children", context, here=CHAIRED, sources=sources, moves=False
    )


@require_safe
def download(request: HttpRequest, part: str) -> HttpResponse:
    """The same as a file."""
    ask = asking(request)
    with ask.record(f"{READING}, to download the list") as record:
        found = record.children_i_chair()
    return file(ask, "children-i-chair", of_id([_table(found, ask)], part))


def _table(found: Sequence[Chaired], ask: Asking) -> Table:
    return shown.table(found, ask.asked.today, lambda child: reverse("child", args=[child]))
