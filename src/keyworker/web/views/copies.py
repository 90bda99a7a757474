"""Copies for the child, the family or somebody else outside: asking, looking, answering, giving."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from keyworker.actions.copies import CHILD
from keyworker.actions.questions.copies import Looked
from keyworker.actions.writing import LONGEST
from keyworker.facts.copies import CopyAsked
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import SourceAge
from keyworker.vocabulary.codes import codes
from keyworker.web.drafting import said_in
from keyworker.web.form_numbers import drop_odd_number
from keyworker.web.presenters.copies import (
    TypedCopy,
    copies_table,
    form_fields,
    left_out_table,
    list_answer,
    looked_answer,
    waiting_answer,
)
from keyworker.web.presenters.markers import asked_table
from keyworker.web.presenters.telling import NAMES, waiting_table
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import Asking, asking, show

LOOKING, ASKING = "look at a copy for somebody outside", "make a copy for somebody outside"
ANSWERING, GIVING = "look at a copy that somebody else asked for", "give a copy to somebody outside"
FOR_CHILD = "The page for the child, to keep."
"""What the child's own page is for, as the form says until somebody writes otherwise."""


def page(request: HttpRequest, handle: str) -> HttpResponse:
    """The copies that were asked for of a child, and the way to a new one."""
    ask = asking(request)
    with ask.record(LOOKING) as record:
        record.may_copy(handle)
        found, name = record.copies(handle), record.name_of(handle, Moment(ask.asked.today))
        sources = record.sources()

    def to(one: CopyAsked) -> str:
        return reverse("child-copy", args=[handle, one.copy_id])

    empty = "No copy was asked for."
    context = {
        "answer": list_answer(name, found),
        "table": copies_table(found, to, "Copies that were asked for", empty),
        "new": reverse("child-copy-new", args=[handle]),
        "child": reverse("child", args=[handle]),
    }
    return _show(ask, "copies.html", "Copies for people outside", context, sources)


def waiting(request: HttpRequest) -> HttpResponse:
    """The copies, and the words for another agency, that wait for this person as the second."""
    ask = asking(request)
    with ask.record(ANSWERING) as record:
        found, sources = record.waiting(), record.sources()
        outside, markers = record.waiting_outside(), record.markers_to_withdraw()

    def to(one: CopyAsked) -> str:
        return reverse("child-copy-answer", args=[one.handle, one.copy_id])

    empty = "Where anything is marked as not to be told, a second person looks at a copy before it goes."
    context = {
        "answer": waiting_answer(found, len(outside), len(markers)),
        "table": copies_table(found, to, "Copies that wait for you", empty),
        "outside": waiting_table(
            outside, lambda one: reverse(NAMES[one.message.in_table], args=[one.handle, one.message.in_row])
        ),
        "markers": asked_table(
            markers, lambda one: reverse("child-not-to-be-told-withdraw", args=[one.handle, one.marker.marker_id])
        ),
    }
    return _show(ask, "copies.html", "Copies that wait", context, sources, here="copies waiting")


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, handle: str) -> HttpResponse:
    """The form; once it is filled in, what the copy would say; once that is agreed to, asked for."""
    ask = asking(request)
    said = said_in(ask)
    drop_odd_number(said, "copy_id")
    words = request.GET.get("words", "")
    is_for_child = request.method != "POST" and words in codes("child_words")
    if is_for_child:
        said |= {"words": words, "relation": CHILD, "purpose": FOR_CHILD}
    typed = TypedCopy.of(said, uuid4().hex)
    errors = typed.errors() if request.method == "POST" else {}
    is_filled = request.method == "POST" and not errors
    with ask.record(ASKING) as record:
        record.may_copy(handle)
        name, sources = record.name_of(handle, Moment(ask.asked.today)), record.sources()
        typed = replace(typed, person=name) if is_for_child else typed
        if is_filled and said.get("step") == "ask":
            record.ask_copy(handle, typed.wanted(), said.get("contents", ""))
            return redirect(reverse("child-copy", args=[handle, typed.copy_id]))
        looked = record.look(handle, typed.wanted()) if is_filled and said.get("step") == "look" else None
    context = {
        "name": name,
        "typed": typed,
        "fields": form_fields(typed, errors),
        "back": reverse("child-copies", args=[handle]),
        **(_looked(looked, typed) if looked else {}),
    }
    title = "Look at the copy before it goes" if looked else "Make a copy for somebody outside"
    return show_form(ask, "copy-new.html", title, "Children", context, errors, sources)


def one(request: HttpRequest, handle: str, copy: str) -> HttpResponse:
    """A copy that was asked for: what it says, how it stands, and the way to the sheet that leaves."""
    ask = asking(request)
    with ask.record(LOOKING) as record:
        record.may_copy(handle)
        asked, looked, why = record.look_again(handle, copy)
        may_answer = record.refusal_to_answer(handle, asked) is None
        sources = record.sources()
    context = {
        **_looked(looked, asked),
        "why_not": why,
        "sheet": "" if why else reverse("child-copy-sheet", args=[handle, copy]),
        "answering": reverse("child-copy-answer", args=[handle, copy]) if may_answer and asked.state == "asked" else "",
        "back": reverse("child-copies", args=[handle]),
    }
    return _show(ask, "copy.html", "A copy for somebody outside", context, sources)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, handle: str, copy: str) -> HttpResponse:
    """The second person looks at the same copy afresh, and agrees or says no, with a reason."""
    ask = asking(request)
    why, says = request.POST.get("why", "").strip(), request.POST.get("step", "")
    is_answered = request.method == "POST" and says in ("agree", "refuse")
    errors = (
        {}
        if not is_answered or (why and len(why) <= LONGEST)
        else {"why": f"Enter why, in {LONGEST} characters or fewer"}
    )
    with ask.record(ANSWERING) as record:
        asked, looked, _ = record.look_again(handle, copy)
        refusal = record.refusal_to_answer(handle, asked)
        if refusal is not None:
            raise refusal
        if is_answered and not errors:
            record.answer_copy(handle, copy, request.POST.get("contents", ""), why, agrees=says == "agree")
            return redirect(reverse("child-copy", args=[handle, copy]))
        sources = record.sources()
    context = {
        **_looked(looked, asked),
        "asked": asked,
        "why": why,
        "longest": LONGEST,
        "back": reverse("copies"),
    }
    return show_form(ask, "copy-answer.html", "Look at a copy before it goes", "Children", context, errors, sources)


def sheet(request: HttpRequest, handle: str, copy: str) -> HttpResponse:
    """The copy as it leaves, on a sheet of its own: nothing else of the pages stands on it."""
    ask = asking(request)
    with ask.record(GIVING) as record:
        given = record.give_copy(handle, copy)
    context = {"copy": given, "council": settings.KEYWORKER_COUNCIL}
    return render(request, "copy-sheet.html", context)


def _looked(looked: Looked, whom: TypedCopy | CopyAsked) -> dict[str, Any]:
    return {
        "looked": looked,
        "answer": looked_answer(looked, whom),
        "left_out": left_out_table(looked.let_out.left_out),
    }


def _show(
    ask: Asking, template: str, title: str, context: Mapping[str, Any], sources: Iterable[SourceAge], here: str = ""
) -> HttpResponse:
    return show(ask, template, title, "Children", dict(context), here=here, sources=sources, moves=False)
