"""Warnings before a visit that wait to be looked at again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from keyworker.actions.questions.warnings import WarningsToLookAt
from keyworker.web.presenters import warnings as shown
from keyworker.web.tables import Table, of_id
from keyworker.web.views.showing import Asking, asking, file, show, with_downloads

READING = "see which warnings before a visit are to be looked at again"


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The warnings that wait for this person."""
    ask = asking(request)
    with ask.record(READING) as record:
        found, sources = record.warnings_to_look_at(), record.sources()
    tables = with_downloads([_table(found, ask)], "warnings-csv", "")
    context = {"answer": shown.answer(found), "tables": tables}
    return show(
        ask, "plan-actions.html", "Warnings", "Children", context, here="warnings to look at", sources=sources,
        moves=False,
    )  # fmt: skip


@require_safe
def download(request: HttpRequest, part: str) -> HttpResponse:
    """The same as a file."""
    ask = asking(request)
    with ask.record(f"{READING}, to download the list") as record:
        found = record.warnings_to_look_at()
    return file(ask, "warnings", of_id([_table(found, ask)], part))


def _table(found: WarningsToLookAt, ask: Asking) -> Table:
    return shown.table(
        found,
        ask.asked.today,
        lambda child: reverse("child", args=[child]),
        lambda child: reverse("record-new", args=[child, "warning-review"]),
    )
