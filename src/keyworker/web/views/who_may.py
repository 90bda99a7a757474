"""Who may see what."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from keyworker.access import permission_records
from keyworker.facts.pictures import SourceAge
from keyworker.web.presenters.who_may import WhoMayPage, who_may_page
from keyworker.web.views.showing import Asking, asking, file, show, with_downloads


def page(request: HttpRequest) -> HttpResponse:
    """The table of who may see what, one's own part first."""
    ask = asking(request)
    shown, sources = _page(ask, "see who may see what")
    return show(
        ask,
        "who-may.html",
        "Who may see what",
        "Who may see what",
        {"page": shown, "tables": with_downloads(shown.tables, "who-may-csv", "")},
        here="who may",
        sources=sources,
        moves=False,
    )


def download(request: HttpRequest, part: str) -> HttpResponse:
    """One role's list as a file."""
    ask = asking(request)
    return file(ask, "who-may-see-what", _page(ask, "download who may see what")[0].table(part), identifying=False)


def _page(ask: Asking, purpose: str) -> tuple[WhoMayPage, tuple[SourceAge, ...]]:
    with ask.record(purpose) as record:
        return who_may_page(permission_records(), record.who_may()), record.sources()
