"""The rulebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from keyworker.web.presenters.pace import SpreadShown, spread_shown
from keyworker.web.presenters.rules import RulesPage, rule_page, rules_page
from keyworker.web.presenters.self_check import questions
from keyworker.web.views.showing import Asking, asking, file, show, with_download, with_downloads
from keyworker.web.words import in_words


def page(request: HttpRequest) -> HttpResponse:
    """Every timescale."""
    ask = asking(request)
    with ask.record("see the rulebook") as record:
        shown = _page(ask, record.rules(ask.asked.moment))
        sources = record.sources()
    tables = with_downloads(shown.tables, "rules-csv", ask.asked.query)
    return show(
        ask,
        "rules.html",
        "Timescales",
        "Timescales",
        {"page": shown, "tables": tables, "self_check": reverse("self-check") + ask.asked.query},
        here="rules",
        sources=sources,
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
        {
            "page": shown,
            "tables": [shown.editions],
            "every": every,
            "pace": reverse("rule-pace", args=[rule]) + ask.asked.query,
        },
        here="rules",
        sources=sources,
    )


def pace(request: HttpRequest, rule: str) -> HttpResponse:
    """When the duties of one timescale were done, against their day."""
    ask = asking(request)
    title, spread = _spread(ask, rule, "see when a timescale was kept")
    with ask.record("see the rulebook") as record:
        sources = record.sources()
    table = with_download(spread.table, reverse("rule-pace-csv", args=[rule]) + ask.asked.query) if spread else None
    return show(
        ask,
        "pace.html",
        title,
        "Timescales",
        {
            "answer": spread.answer if spread else "Nothing of the kind fell due in the year before.",
            "spread": spread,
            "tables": [table] if table else [],
            "rule": ask.rule_address(rule),
        },
        here="rules",
        sources=sources,
    )


def pace_download(request: HttpRequest, rule: str) -> HttpResponse:
    """The same as a file."""
    ask = asking(request)
    _, spread = _spread(ask, rule, "download when a timescale was kept")
    return file(ask, rule, spread.table if spread else None, identifying=False)


def _spread(ask: Asking, rule: str, purpose: str) -> tuple[str, SpreadShown | None]:
    with ask.record(purpose) as record:
        titles = [row["title"] for row in record.rules(ask.asked.moment) if row["rule"] == rule]
        if not titles:
            raise Http404
        found = record.pace(ask.asked.moment, rule)
    return titles[0], spread_shown(found) if found else None


def self_check(request: HttpRequest) -> HttpResponse:
    """Questions on how days are counted. What is chosen is answered and forgotten: it is never logged or kept."""
    ask = asking(request)
    with ask.record("see the rulebook") as record:
        rows = record.rules(ask.asked.moment)
        sources = record.sources()
    asked = questions(rows, ask.asked.moment.at, {name: str(value) for name, value in request.POST.items()})
    return show(
        ask,
        "self-check.html",
        "Try it yourself",
        "Timescales",
        {
            "answer": f"{in_words(len(asked))} questions on how days are counted, where it is easily got wrong.",
            "questions": asked,
            "action": reverse("self-check") + ask.asked.query,
            "every": reverse("rules") + ask.asked.query,
        },
        here="rules",
        sources=sources,
    )


def _page(ask: Asking, rows: Sequence[Mapping[str, Any]]) -> RulesPage:
    return rules_page(rows, ask.rule_address)
