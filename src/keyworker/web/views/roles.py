"""Sign-ins and roles, for whoever keeps them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from keyworker.web.presenters.roles import roles_answer, roles_table, waiting_steps
from keyworker.web.signing import resets
from keyworker.web.views.showing import asking, file, show, with_download


def page(request: HttpRequest) -> HttpResponse:
    """Who may sign in as what."""
    ask = asking(request)
    with ask.record("see who holds which role") as record:
        rows, sources = record.roles_held(), record.sources()
    table = with_download(roles_table(rows, ask.asked.today), reverse("roles-csv", args=["roles"]))
    steps = waiting_steps(len(resets.waiting(ask.asked.now)), reverse("resets"))
    context = {"answer": roles_answer(rows, ask.asked.today), "table": table, "steps": steps, "others": []}
    return show(
        ask, "records.html", "Sign-ins and roles", "Records", context, here="roles", sources=sources, moves=False
    )


def download(request: HttpRequest, part: str) -> HttpResponse:
    """The list as a file."""
    ask = asking(request)
    with ask.record("download who holds which role") as record:
        table = roles_table(record.roles_held(), ask.asked.today)
    return file(ask, "records", table if part == table.id else None)
