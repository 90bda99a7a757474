"""The rulebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from keyworker.web.presenters.rules import RulesPage, rule_page, rules_page
from keyworker.web.views.showing import Asking, asking, file, show, with_download


def page(request: HttpRequest) -> HttpResponse:
    """Every timescale."""
    ask = asking(request)
    with ask.record("see the rulebook") as record:
        shown = _page(ask, record.rules(ask.asked.moment))
        sources = record.sources()
    tables = [with_download(one, reverse("rules-csv", args=[one.id]) + ask.asked.query) for one in shown.tables]
    return show(
        ask, "rules.html", "Timescales", "Timescales", {"page": shown, "tables": tables}, here="rules", sources=sources
    )


def download(request: HttpRequest, part: str) -> HttpResponse:
    """One of the lists as a file."""
    ask = asking(request)
    with ask.record("download the rulebook") as record:
        return file(ask, "timescales", _page(ask, record.rules(ask.asked.moment)).table(part), identifying=False)


def one(request: HttpRequest, rule: str) -> HttpResponse:
    """One timescale in plain words."""
    ask = asking(request)
    with ask.record("see a timescale") as record:
        rows = [row for row in record.rules(ask.asked.moment) if row["rule"] == rule]
        sources = record.sources()
    if not rows:
        raise Http404
    shown = rule_page(rows, ask.asked.moment.at)
    every = reverse("rules") + ask.asked.query
    return show(
        ask,
        "rule.html",
        shown.title,
        "Timescales",
        {"page": shown, "tables": [shown.editions], "every": every},
        here="rules",
        sources=sources,
    )


def _page(ask: Asking, rows: Sequence[Mapping[str, Any]]) -> RulesPage:
    return rules_page(rows, lambda rule: reverse("rule", args=[rule]) + ask.asked.query)
