"""Forms that keep what is typed before it is sent: which they are, what was kept, and that it goes once it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve

from keyworker.record.drafts import Draft
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.web import bound

if TYPE_CHECKING:
    from keyworker.web.views.showing import Asking

ROUTE = "drafts"
SENDING = "take away what was begun, now that it is sent"
GOING_ON = "go on with what one has begun to write"
OF_DRAFT = ("draft", "draft_tab", "draft_seen", "draft_address", "draft_by")
"""What a form says of its draft; none of it was typed."""
NOT_KEPT = frozenset({"csrfmiddlewaretoken", *OF_DRAFT})


@dataclass(frozen=True)
class KeptForm:
    """A form that keeps what is typed. Takes number, the field that tells one sent twice, empty where it needs none."""

    title: str
    number: str = ""


KEPT: Mapping[str, KeptForm] = {
    "visit-new": KeptForm("A visit", "together_id"),
    "supervision-new": KeptForm("A note of personal supervision", "note_id"),
    "supervision-answer": KeptForm("An answer to a note of supervision"),
    "child-supervision-new": KeptForm("A supervision of a child’s case", "number"),
    "unit-meeting": KeptForm("A group supervision or unit meeting", "number"),
    "child-supervision-answer": KeptForm("Whether a supervision was so"),
    "handover": KeptForm("A change of worker"),
    "allocation-new": KeptForm("Who is to work with a child", "number"),
    "own-words-new": KeptForm("What they say", "words_id"),
    "direct-work-new": KeptForm("Direct work", "work_id"),
    "child-copy-new": KeptForm("A copy for somebody outside", "copy_id"),
    "child-not-to-be-told-new": KeptForm("What must not be told", "marker_id"),
    "new-child": KeptForm("A new child", "number"),
    "child-name": KeptForm("Who a child is", "number"),
    "record-new": KeptForm("An entry of a child", "number"),
    "hand-entry-correct": KeptForm("A correction of an entry", "number"),
    "staff-entry-new": KeptForm("An entry of a worker", "number"),
    "plan-action-new": KeptForm("An action of a plan", "number"),
    "challenge-new": KeptForm("A challenge", "number"),
    "meeting-new": KeptForm("A meeting about a child", "number"),
    "time-ask": KeptForm("Asking for time", "asked_id"),
    "time-asked": KeptForm("An answer to whoever asks for time"),
    "exception-new": KeptForm("An exception from a timescale", "exception_id"),
}
"""The forms that ask for more than a line, by the name of their address."""


@dataclass(frozen=True)
class DraftForm:
    """What a form knows of its drafts.

    Takes   draft_id, the one that is gone on with, empty for a form begun anew; seen_at, when the window was shown what
            is kept; begun, what else was begun on this page; is_gone, whether what was to be gone on with has ended;
            was_sent, whether it was sent and not taken, so that what was typed last is kept at once.
    """

    address: str
    seen_at: str
    draft_id: str = ""
    begun: tuple[Draft, ...] = ()
    is_gone: bool = False
    was_sent: bool = False


def match_of(address: str) -> ResolverMatch | None:
    """The form that an address of these pages asks for, where it is one that keeps what is typed."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or len(address) > 300:
        return None
    try:
        found = resolve(parts.path)
    except Resolver404:
        return None
    return found if found.url_name in KEPT else None


def own_address(request: HttpRequest) -> str:
    """Where a form stands, without which draft is gone on with."""
    query = request.GET.copy()
    query.pop("draft", None)
    return request.path + (f"?{query.urlencode()}" if query else "")


def said_of(form: QueryDict) -> dict[str, str]:
    """What was typed, without what the form says of itself."""
    return {name: str(value) for name, value in form.items() if name not in NOT_KEPT}


def said_in(ask: Asking) -> dict[str, str]:
    """What was typed into a form: what is sent now or, where a draft is gone on with, what was kept of it."""
    if ask.request.method == "POST":
        return said_of(ask.request.POST)
    draft = _going_on(ask)
    return dict(draft.said) if draft else {}


def draft_form(ask: Asking) -> DraftForm | None:
    """What the form of this page knows of its drafts; None for a page without such a form."""
    match = ask.request.resolver_match
    if match is None or match.url_name not in KEPT or ROUTE not in ask.visitor.routes:
        return None
    request, here = ask.request, own_address(ask.request)
    if request.method == "POST":
        said = {name: request.POST.get(name, "") for name in OF_DRAFT}
        return DraftForm(here, said["draft_seen"] or ask.asked.now.isoformat(), said["draft"], was_sent=True)
    found, wanted = _found(ask), request.GET.get("draft", "")
    others = tuple(one for one in found if one.draft_id != wanted)
    is_there = len(others) < len(found)
    seen_at = max([ask.asked.now, *(one.saved_at for one in found)])
    return DraftForm(here, seen_at.isoformat(), wanted if is_there else "", others, bool(wanted) and not is_there)


def instant_said(text: str) -> datetime | None:
    """An instant that a form carries; None for what is none."""
    with suppress(ValueError):
        found = datetime.fromisoformat(text)
        return found if found.tzinfo else None
    return None


def _going_on(ask: Asking) -> Draft | None:
    wanted = ask.request.GET.get("draft", "")
    return next((one for one in _found(ask) if one.draft_id == wanted), None) if wanted else None


def _found(ask: Asking) -> list[Draft]:
    """One's own drafts of this page, asked for once in a request."""
    found: list[Draft] | None = getattr(ask.request, "keyworker_drafts", None)
    if found is None:
        with ask.record(GOING_ON) as record:
            found = list(record.drafts_of(own_address(ask.request)))
        ask.request.keyworker_drafts = found
    return found


class DraftsThatWereSent:
    """What was begun goes once its form was sent and taken; of two windows, what both kept of the same form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        response = self.get_response(request)
        match = request.resolver_match
        is_sent = request.method == "POST" and response.status_code == 302
        if is_sent and match is not None and match.url_name in KEPT and "draft_address" in request.POST:
            # What was sent stands. A draft that stays is offered again, and its number writes nothing twice.
            with suppress(KeyworkerError):
                _forget(request, KEPT[str(match.url_name)].number)
        return response


def _forget(request: HttpRequest, field: str) -> None:
    account, now = request.user.get_username(), bound.now()
    number, tab = request.POST.get(field, "") if field else "", request.POST.get("draft_tab", "")
    with bound.source().opened(account, SENDING, now) as record:
        gone = [
            one.draft_id
            for one in record.drafts_of(own_address(request))
            if one.draft_id == request.POST.get("draft")
            or (tab and one.tab == tab)
            or (number and one.said.get(field) == number)
        ]
        if gone:
            record.forget_drafts(gone)
