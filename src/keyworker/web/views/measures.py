"""Every measure, and one of them over months and by group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from keyworker.actions.measures import MeasureEngine
from keyworker.facts.pictures import SourceAge
from keyworker.measures.catalogue import listed
from keyworker.measures.judged import month_ends
from keyworker.measures.passes.asked import Asked, chains
from keyworker.measures.rebased import Rebased
from keyworker.measures.registry import Definition, shipped
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.web.presenters.figures import Choice
from keyworker.web.presenters.measures import MeasurePage, MeasuresPage, measure_page, measures_page
from keyworker.web.presenters.rebases import decided, rebases_table
from keyworker.web.views.showing import Asking, asking, file, show, with_download, with_downloads
from keyworker.web.words import plural

CALLED = "Measures"
MONTHS = (12, 24, 36, 60)
USUAL = 24


@dataclass(frozen=True)
class _Read:
    definition: Definition
    by: str
    offered: Sequence[str]
    months: int
    page: MeasurePage
    rebases: Sequence[Rebased]
    may_rebase: bool
    sources: tuple[SourceAge, ...]

    @property
    def parts(self) -> dict[str, str]:
        """What the address keeps beside the moment."""
        return {"by": self.by, "months": str(self.months)}


def page(request: HttpRequest) -> HttpResponse:
    """Every measure, by its subject."""
    ask = asking(request)
    with ask.record("see what is measured") as record:
        record.may("measures")
        sources = record.sources()
    shown = _listed(ask)
    tables = with_downloads(shown.tables, "measures-csv", ask.asked.query)
    context = {"answer": shown.answer, "tables": tables}
    return show(ask, "measures.html", CALLED, CALLED, context, here="measures", sources=sources, moves=False)


def download(request: HttpRequest, part: str) -> HttpResponse:
    """One of the lists as a file."""
    ask = asking(request)
    with ask.record("download what is measured") as record:
        record.may("measures")
    return file(ask, "measures", _listed(ask).table(part), identifying=False)


def _listed(ask: Asking) -> MeasuresPage:
    return measures_page(listed(), lambda name: reverse("measure", args=[name]) + ask.asked.query)


def one(request: HttpRequest, name: str) -> HttpResponse:
    """One measure: its last number, its months, its groups, its definition and its SQL."""
    ask = asking(request)
    read = _read(ask, name, "see a measure")
    query = ask.query(**read.parts)

    def linked(id: str) -> str:
        return reverse("measure-csv", args=[name, id]) + query

    groups = [Choice("", "Everybody", not read.by)]
    groups += [Choice(one, one, one == read.by) for one in read.offered]
    page = read.page

    def withdrawing(one: Rebased) -> str:
        return reverse("rebase-withdraw", args=[name, one.rebase_id]) if read.may_rebase else ""

    context = {
        "page": page,
        "rebases": rebases_table(read.rebases, withdrawing) if page.over_time.drawn else None,
        "rebase": reverse("rebase", args=[name]) if read.may_rebase else "",
        "months": with_download(page.months, linked("months")),
        "groups": with_download(page.groups, linked("groups")) if page.groups else None,
        "by": groups,
        "many": [Choice(str(one), plural(one, "month"), one == read.months) for one in MONTHS],
        "kept": ask.still_typed,
        "every": reverse("measures") + ask.asked.query,
        "command": _command(ask, read),
        "address": request.build_absolute_uri(reverse("measure", args=[name]) + query),
    }
    kept = read.parts
    return show(ask, "measure.html", page.title, CALLED, context, here="measures", sources=read.sources, kept=kept)


def one_download(request: HttpRequest, name: str, part: str) -> HttpResponse:
    """One of a measure's tables as a file."""
    ask = asking(request)
    return file(ask, f"measure-{name}", _read(ask, name, "download a measure").page.table(part), identifying=False)


def _read(ask: Asking, name: str, purpose: str) -> _Read:
    definition = shipped().definitions.get(name)
    if definition is None:
        raise Http404
    by, many = _by(ask, definition), _many(ask)
    days = month_ends(ask.asked.moment.at, many)
    known_at = ask.asked.moment.known_at
    with ask.record(purpose) as record:
        months = record.measure(name, Asked(days, (), known_at), engine=MeasureEngine.DUCKDB)
        asked = Asked(days[-1:], (by,), known_at)
        groups = record.measure(name, asked, engine=MeasureEngine.DUCKDB) if by else []
        found = record.rebases(ask.asked.moment, name)
        offered = record.groups_offered(definition, _reachable(definition))
        # What was known on another day is looked at, not changed.
        may_rebase = ask.asked.is_now and record.refusal_to_rebase() is None
        sources = record.sources()
    page = measure_page(definition, months, by, groups, decided(found))
    return _Read(definition, by, offered, many, page, found, may_rebase and page.over_time.drawn is not None, sources)


def _reachable(definition: Definition) -> list[str]:
    found = []
    for name in sorted(shipped().groups):
        try:
            chains(shipped(), definition, [name])
        except KeyworkerError:
            continue
        found.append(name)
    return found


def _by(ask: Asking, definition: Definition) -> str:
    said = ask.request.GET.get("by", "").strip()
    return said if said in _reachable(definition) else ""


def _many(ask: Asking) -> int:
    said = ask.request.GET.get("months", "")
    return int(said) if said.isdecimal() and int(said) in MONTHS else USUAL


def _command(ask: Asking, read: _Read) -> str:
    days = month_ends(ask.asked.moment.at, read.months)
    by = f' --by "{read.by}"' if read.by else ""
    known = f" --known-at {ask.asked.typed['known']}" if ask.asked.typed.get("known") else ""
    return f"keyworker measure {read.definition.name} --at {days[-1].isoformat()}{known}{by}"
