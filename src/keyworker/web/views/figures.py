"""Published figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from keyworker.access import INSIDE
from keyworker.facts.pictures import SourceAge
from keyworker.measures.about import CannotTell
from keyworker.measures.published.areas import Area, council
from keyworker.measures.published.beside import Beside
from keyworker.measures.published.own import Own
from keyworker.measures.published.rows import frame_of, rows_of
from keyworker.measures.published.series import Series, series
from keyworker.web.presenters.figure import FigurePage, facts_of, figure_page
from keyworker.web.presenters.figures import Choice, FiguresPage, choices, council_named, figures_page
from keyworker.web.tables import Table
from keyworker.web.views.showing import Asking, asking, attached, file, show, with_download, with_downloads

CALLED = "Published figures"
EVERY = "every-figure"


@dataclass(frozen=True)
class Chosen:
    """What a measure's page is asked for, and what was read for it."""

    ask: Asking
    beside: Beside
    page: FigurePage
    sources: tuple[SourceAge, ...]

    @property
    def place(self) -> Area:
        """The council itself, also where a joint return speaks for it."""
        return self.beside.council.stands_for or self.beside.council.area

    @property
    def parts(self) -> dict[str, str]:
        """What the address keeps beside the moment."""
        year = _year(self.ask, self.beside)
        return {"council": self.place.code, "band": self.beside.band, "year": str(year), "own": _own(self.ask)}

    def address(self, **more: str) -> str:
        """The page's own address, which brings the same again."""
        measure = self.beside.series.id
        return reverse("figure", args=[measure]) + self.ask.query(**{**self.parts, **more})

    def linked(self, table: Table | None) -> Table | None:
        """A table with the address of its file."""
        if table is None:
            return None
        at = reverse("figure-csv", args=[self.beside.series.id, table.id])
        return with_download(table, at + self.ask.query(**self.parts))


def page(request: HttpRequest) -> HttpResponse:
    """Every measure that is published."""
    ask = asking(request)
    shown, chosen, sources = _listed(ask, "see published figures")
    query = ask.query(council=chosen.code if chosen else "")
    context = {
        "page": shown,
        "tables": with_downloads(shown.tables, "figures-csv", query),
        "councils": choices(chosen.code if chosen else ""),
    }
    return show(ask, "figures.html", CALLED, CALLED, context, here="figures", sources=sources, moves=False)


def download(request: HttpRequest, part: str) -> HttpResponse:
    """One of the lists as a file."""
    ask = asking(request)
    shown, _, _ = _listed(ask, "download published figures")
    return file(ask, "published-figures", shown.table(part), identifying=False)


def one(request: HttpRequest, measure: str) -> HttpResponse:
    """One measure, a council beside others."""
    ask = asking(request)
    asked = series(measure)
    if not _code(ask):
        return _to_choose(ask, asked)
    chosen = _read(ask, asked, "see a published figure")
    page, beside = chosen.page, chosen.beside
    context = {
        "page": page,
        "years": chosen.linked(page.years),
        "neighbours": chosen.linked(page.neighbours),
        "own": chosen.linked(page.own),
        "own_address": chosen.address(own="1") if page.own is None and "measures" in ask.visitor.routes else "",
        "sections": [(section, chosen.linked(section.table)) for section in (page.funnel, page.over_time)],
        "councils": choices(chosen.place.code),
        "bands": [Choice(band, band, band == beside.band) for band in beside.series.bands],
        "years_to_choose": [Choice(str(year), str(year), year == page.year) for year in reversed(beside.years)],
        "kept": ask.still_typed,
        "whole": reverse("figure-csv", args=[measure, EVERY]) + ask.query(**chosen.parts),
        "every": reverse("figures") + ask.query(council=chosen.place.code),
        "command": _command(chosen),
        "address": request.build_absolute_uri(chosen.address()),
    }
    kept = chosen.parts
    return show(ask, "figure.html", page.title, CALLED, context, here="figures", sources=chosen.sources, kept=kept)


def one_download(request: HttpRequest, measure: str, part: str) -> HttpResponse:
    """One of a measure's tables as a file, or every figure of the lines that it draws."""
    ask = asking(request)
    chosen = _read(ask, series(measure), "download a published figure")
    if part != EVERY:
        return file(ask, f"published-{measure}", chosen.page.table(part), identifying=False)
    content, called = frame_of(rows_of(chosen.beside)).write_csv().encode(), f"published-{measure}.csv"
    with ask.record("download a published figure") as record:
        record.downloaded(f"page: published figures, {measure}", called, content, identifying=False, for_whom=INSIDE)
    return attached(content, "text/csv; charset=utf-8", called)


def _to_choose(ask: Asking, asked: Series) -> HttpResponse:
    """The measure in words, and a council to be chosen: no council stands in for one that was not named."""
    with ask.record("see a published figure") as record:
        sources = record.sources()
    context = {"facts": facts_of(asked), "councils": choices(""), "every": reverse("figures") + ask.asked.query}
    return show(ask, "figure-choose.html", asked.title, CALLED, context, here="figures", sources=sources, moves=False)


def _listed(ask: Asking, purpose: str) -> tuple[FiguresPage, Area | None, tuple[SourceAge, ...]]:
    code = _code(ask)
    with ask.record(purpose) as record:
        chosen = council(code) if code else None
        rows: Sequence[Beside] = record.figures(chosen.code) if chosen else ()
        sources = record.sources()

    def address(measure: str) -> str:
        return reverse("figure", args=[measure]) + ask.query(council=chosen.code if chosen else "")

    return figures_page(rows, chosen, address), chosen, sources


def _read(ask: Asking, asked: Series, purpose: str) -> Chosen:
    with ask.record(purpose) as record:
        beside = record.figures_of(asked.id, _code(ask), ask.request.GET.get("band", "").strip())
        own: Sequence[Own] | CannotTell | None = None
        if _own(ask):
            place = beside.council.stands_for or beside.council.area
            own = record.own_figures(beside, ask.asked.moment, same_council=place.code == _mine())
        sources = record.sources()
    page = figure_page(beside, _year(ask, beside), own, settings.KEYWORKER_COUNCIL.name)
    return Chosen(ask, beside, page, sources)


def _mine() -> str:
    """The code of the council whose pages these are, empty where none is known."""
    return council_named(settings.KEYWORKER_COUNCIL.name, settings.KEYWORKER_COUNCIL.code)


def _code(ask: Asking) -> str:
    return ask.request.GET.get("council", "").strip() or _mine()


def _own(ask: Asking) -> str:
    return "1" if ask.request.GET.get("own") == "1" else ""


def _year(ask: Asking, beside: Beside) -> int:
    said = ask.request.GET.get("year", "")
    return int(said) if said.isdecimal() and int(said) in beside.years else beside.latest


def _command(chosen: Chosen) -> str:
    band = f' --band "{chosen.beside.band}"' if chosen.beside.band else ""
    return f"keyworker figures {chosen.beside.series.id} --council {chosen.place.code}{band}"
