"""Notes of personal supervision: reading, writing, answering and withdrawing them, opening them to a new supervisor."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from keyworker.actions.questions.supervision import SupervisionNotes
from keyworker.actions.supervision_notes import LONGEST_ANSWER, LONGEST_NOTE, problems, problems_of_answer
from keyworker.actions.writing import LONGEST
from keyworker.facts.supervision_notes import Note, Pair
from keyworker.web.drafting import said_in
from keyworker.web.form_numbers import drop_odd_number, number_or_new
from keyworker.web.presenters.supervision import NOT_HERE, TypedNote, supervision_page
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import Asking, asking, show
from keyworker.web.views.withdrawing import ask_why, errors_in, typed_why
from keyworker.web.words import spoken

READING = "read notes of personal supervision"
WRITING = "write a note of a personal supervision"
SECTION = "Supervision"
_AGREED = {"yes": True, "no": False}


def page(request: HttpRequest) -> HttpResponse:
    """The notes that the signed-in worker may read."""
    ask = asking(request)
    with ask.record(READING) as record:
        found, sources = record.supervision_notes(), record.sources()
    context = {"page": supervision_page(found), "new_id": uuid4().hex}
    return show(
        ask, "supervision.html", SECTION, SECTION, context, here="supervision notes", sources=sources, moves=False
    )


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form of one note; once it is filled in, written down."""
    ask = asking(request)
    said = said_in(ask)
    drop_odd_number(said, "note_id")
    typed = TypedNote.of(said, uuid4().hex)
    with ask.record(WRITING) as record:
        found, sources = record.supervision_notes(), record.sources()
        pair = _pair(ask, found)
        wanted = typed.wanted(pair)
        errors = problems(wanted, ask.asked.today) if request.method == "POST" else {}
        if request.method == "POST" and not errors:
            record.write_supervision_note(wanted)
            return redirect("supervision")
    is_own = pair.worker.worker_id == found.me
    context = {
        "answer": f"A note of your own supervision with {pair.supervisor.name}."
        if is_own
        else f"A note of the supervision of {pair.worker.name} by you.",
        "says": "You agree with what you write yourself."
        if is_own
        else f"{pair.worker.name} will be asked whether they agree, and may add their own words.",
        "typed": typed,
        "longest": f"{LONGEST_NOTE:,}",
        "not_here": NOT_HERE,
    }
    return _form(ask, "supervision-new.html", "Write a note", context, errors, sources)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, note: str) -> HttpResponse:
    """Whether the worker agrees with a note, and what they add."""
    ask = asking(request)
    said = said_in(ask)
    agreed, words = _AGREED.get(said.get("agreed", "")), said.get("answer", "").strip()
    with ask.record("answer a note of a personal supervision") as record:
        found, sources = record.supervision_notes(), record.sources()
        one = _one(found, note)
        if one.worker.worker_id != found.me:
            raise Http404
        errors = problems_of_answer(one, agreed, words) if request.method == "POST" else {}
        if request.method == "POST" and not errors:
            record.answer_supervision_note(note, agreed, words)
            return redirect("supervision")
    context = {
        "answer": f"The note of {spoken(one.happened_on)}, written by {one.written_by.name}.",
        "paragraphs": [line for line in one.note.splitlines() if line.strip()],
        "agreed": said.get("agreed", ""),
        "words": words,
        "longest": f"{LONGEST_ANSWER:,}",
    }
    return _form(ask, "supervision-answer.html", "Do you agree with it?", context, errors, sources)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, note: str) -> HttpResponse:
    """Ask why a note is withdrawn, and withdraw it."""
    ask = asking(request)
    with ask.record("withdraw a note of a personal supervision") as record:
        found, sources = record.supervision_notes(), record.sources()
        one = _one(found, note)
        if one.written_by.worker_id != found.me:
            raise Http404
        errors = errors_in(ask, "it is withdrawn")
        if request.method == "POST" and not errors:
            record.withdraw_supervision_note(note, typed_why(ask))
            return redirect("supervision")
    says = {
        "answer": f"The words of your note of {spoken(one.happened_on)} will be shown no more.",
        "says": "That there was a note, and why it was withdrawn, stays to be read by whoever may read it now.",
        "hint": f"In {LONGEST} characters or fewer.",
        "back": reverse("supervision"),
        "back_to": "Back to the notes, without changing anything",
    }
    return ask_why(ask, "Withdraw a note", SECTION, says, errors, sources, here="supervision notes")


@require_POST
def open_to(request: HttpRequest) -> HttpResponse:
    """Let a supervisor read the notes of supervisions that others held."""
    ask = asking(request)
    number = request.POST.get("opening_id", "")
    with ask.record("open earlier notes of personal supervision") as record:
        record.open_supervision_notes(number_or_new(number), request.POST.get("supervisor", ""))
    return redirect(reverse("supervision") + "#earlier")


@require_POST
def close(request: HttpRequest, opening: str) -> HttpResponse:
    """Close them again."""
    ask = asking(request)
    with ask.record("close earlier notes of personal supervision") as record:
        record.close_supervision_notes(opening)
    return redirect(reverse("supervision") + "#earlier")


def _pair(ask: Asking, found: SupervisionNotes) -> Pair:
    """The two whose supervision it was, as the address says."""
    handle, as_worker = ask.request.GET.get("with", ""), ask.request.GET.get("as", "") == "worker"
    for one in found.pairs:
        other = one.supervisor if as_worker else one.worker
        mine = one.worker if as_worker else one.supervisor
        if other.handle == handle and mine.worker_id == found.me:
            return one
    raise Http404


def _one(found: SupervisionNotes, note: str) -> Note:
    one = next((one for one in found.notes if one.note_id == note), None)
    if one is None or one.withdrawn_on is not None:
        raise Http404
    return one


def _form(
    ask: Asking, template: str, title: str, context: dict[str, Any], errors: dict[str, str], sources: Any
) -> HttpResponse:
    whole = context | {"back": reverse("supervision")}
    return show_form(ask, template, title, SECTION, whole, errors, sources, here="supervision notes")
