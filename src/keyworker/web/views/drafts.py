"""What somebody has begun to write: keeping it while it is typed, listing it, throwing it away."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from keyworker.actions.drafts import KeptDraft, WantedDraft
from keyworker.facts.moment import Moment
from keyworker.record.drafts import Draft
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.web.doors import is_open
from keyworker.web.drafting import KEPT, instant_said, match_of, said_of
from keyworker.web.presenters.device import WHY, shown_of
from keyworker.web.presenters.drafts import BegunForm, begun_answer, begun_form
from keyworker.web.source import Record
from keyworker.web.views.showing import Asking, asking, show
from keyworker.web.words import spoken, spoken_instant

READING = "see what one has begun to write"
KEEPING = "keep what one has begun to write"
THROWING = "throw away what one has begun to write"


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Everything that this person has begun and not sent."""
    ask = asking(request)
    with ask.record(READING) as record:
        found, sources = record.drafts(), record.sources()
        begun = list(_begun(ask, record, found))
    context = {"answer": begun_answer(found), "begun": begun}
    return show(
        ask, "drafts.html", "What you have begun", "My work", context, here="needs me", sources=sources, moves=False
    )


def _begun(ask: Asking, record: Record, found: Iterable[Draft]) -> Iterable[BegunForm]:
    for draft in found:
        match = match_of(draft.address)
        if match is None:
            continue
        about = ""
        if "handle" in match.kwargs:
            # Whoever may no longer see the child is told no name, and the form will not open to them either.
            with suppress(KeyworkerError):
                about = record.name_of(match.kwargs["handle"], Moment(ask.asked.today))
        yield begun_form(draft, KEPT[str(match.url_name)].title, about, _throw_away)


@require_safe
def read(request: HttpRequest, draft: str) -> HttpResponse:
    """What was typed into one, word for word: also where its form no longer opens to whoever began it."""
    ask = asking(request)
    with ask.record(READING) as record:
        found = next((one for one in record.drafts() if one.draft_id == draft), None)
        sources = record.sources()
    if found is None:
        raise Http404
    context = {
        "answer": found.said.get(WHY) or "This is what you typed. Only you see it.",
        "lines": shown_of(found.said),
        "draft": begun_form(found, "", "", _throw_away),
    }
    return show(ask, "draft.html", "What you typed", "My work", context, here="needs me", sources=sources, moves=False)


def _throw_away(draft: str) -> str:
    return reverse("draft-throw-away", args=[draft])


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what is typed: the script is told when, and what another window kept; whoever has none sees the list."""
    ask = asking(request)
    address, by_script = request.POST.get("draft_address", ""), request.POST.get("draft_by") == "script"
    match = match_of(address)
    if match is None or not is_open(match.url_name, ask.visitor.routes):
        raise KeyworkerError("That form is not one that keeps what is typed.", remedy="Open it again from its page.")
    wanted = WantedDraft(
        address,
        said_of(request.POST),
        request.POST.get("draft", "")[:32],
        request.POST.get("draft_tab", "")[:64],
        instant_said(request.POST.get("draft_seen", "")),
    )
    with ask.record(KEEPING) as record:
        kept = record.keep_draft(wanted)
    return JsonResponse(_told(kept)) if by_script else redirect("drafts")


def _told(kept: KeptDraft) -> dict[str, object]:
    draft = kept.draft
    return {
        "draft": draft.draft_id,
        "seen": draft.saved_at.isoformat(),
        "says": f"Kept on {spoken_instant(draft.saved_at)}, for you alone, until {spoken(draft.until.date())}.",
        "others": [
            {
                "at": spoken_instant(one.saved_at),
                "said": {n: v for n, v in one.said.items() if not n.startswith("draft")},
            }
            for one in kept.others
        ],
    }


@require_POST
def throw_away(request: HttpRequest, draft: str) -> HttpResponse:
    """Throw one away, and lead back to where it was begun, or to the list."""
    ask = asking(request)
    with ask.record(THROWING) as record:
        record.forget_drafts([draft])
    back = request.POST.get("back", "")
    return redirect(back) if match_of(back) else redirect("drafts")
