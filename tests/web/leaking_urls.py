"""The pages with addresses beside them that each leak in a way of its own: what a crawler must find."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from keyworker.access import Thing
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.web import urls
from tests.access.made import NOW
from tests.clocks.made import involvement
from tests.servers.started import Database
from tests.web.crawled import NAME, NOTE

TEXT = "text/plain"
record: list[Database] = []
"""The record that leaks."""


def _child(handle: str) -> str | None:
    with record[0].connect(DatabaseRole.OWNER, autocommit=True) as owner:
        found = owner.execute("select id from record.handle where handle = %s", [handle]).fetchone()
    return str(found[0]) if found else None


def name(request: HttpRequest, handle: str) -> HttpResponse:
    """A child's name, whoever asks."""
    return HttpResponse(NAME if _child(handle) == "all" else "", TEXT, 200 if _child(handle) else 404)


def count(request: HttpRequest, handle: str) -> HttpResponse:
    """No name, but a number: how many visits a child had."""
    return HttpResponse(f"{1 if _child(handle) else 0} visits", TEXT, 404)


def words(request: HttpRequest, handle: str) -> HttpResponse:
    """A refusal that says whom it is about."""
    raise KeyworkerError(f"{NAME} is not with you.") if _child(handle) == "all" else Http404


def status(request: HttpRequest, handle: str) -> HttpResponse:
    """Nothing but another status for a child who exists."""
    return HttpResponse("", TEXT, 403 if _child(handle) else 404)


def fault(request: HttpRequest) -> HttpResponse:
    """A fault of the program's own."""
    raise RuntimeError("made up for a test")


def note(request: HttpRequest) -> HttpResponse:
    """What was written of a supervision of others."""
    return HttpResponse(NOTE, TEXT)


def leads(request: HttpRequest) -> HttpResponse:
    """Leads to the restricted child."""
    with record[0].connect(DatabaseRole.OWNER, autocommit=True) as owner:
        (found,) = owner.execute("select handle from record.handle where id = 'hid'").fetchall()
    return HttpResponse(status=302, headers={"Location": f"/child/{found[0]}"})


def writes(request: HttpRequest, handle: str) -> HttpResponse:
    """A form that is written down without asking whose child it is about."""
    child = _child(handle)
    if request.method == "POST" and child == "hid":
        row = involvement(99, "pat", "Lead", NOW.date(), None, child_id=child)
        with record[0].connect(DatabaseRole.LOADER) as loader:
            append(loader, Act("entry", "pat", "test", "keyworker"), NOW, {"involvements": [row]})
    raise Http404


def _everybody() -> int:
    with record[0].connect(DatabaseRole.OWNER, autocommit=True) as owner:
        ((found,),) = owner.execute("select count(distinct child_id) from record.cin_episodes").fetchall()
    return int(found)


def total(request: HttpRequest) -> HttpResponse:
    """How many children are open, those among them whom nobody here may see."""
    return HttpResponse(f"{_everybody()} children are open.", TEXT)


def of_all(request: HttpRequest) -> HttpResponse:
    """The first rows of a list, and how many the whole list has: also of those who are not shown."""
    return HttpResponse(json.dumps({"items": [], "of": _everybody()}), "application/json")


COUNTS = {"leaks-total": total, "leaks-of": of_all}
OF_CHILD = {"leaks-name": name, "leaks-count": count, "leaks-words": words, "leaks-status": status}
FORMS = {"leaks-writes": writes}
OF_NOBODY = {"leaks-fault": fault, "leaks-note": note, "leaks-leads": leads}
DOORS = {Thing.CHILD: (*OF_CHILD, *FORMS), Thing.NEEDS: tuple(OF_NOBODY), Thing.CHILDREN: tuple(COUNTS)}
urlpatterns = [
    *(path(f"leaks/<handle:handle>/{one}", view, name=one) for one, view in {**OF_CHILD, **FORMS}.items()),
    *(path(f"leaks/{one}", view, name=one) for one, view in {**OF_NOBODY, **COUNTS}.items()),
    *urls.urlpatterns,
]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
