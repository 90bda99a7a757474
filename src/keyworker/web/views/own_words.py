"""What a child or a parent says: the list, writing it down for them, and that they take it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from keyworker.actions.own_words import problems_of_taking_back
from keyworker.facts.moment import Moment
from keyworker.facts.own_words import NOT_AGREED, OwnWords
from keyworker.facts.pictures import SourceAge
from keyworker.web.drafting import said_in
from keyworker.web.form_numbers import drop_odd_number, said_otherwise
from keyworker.web.moments import day_typed
from keyworker.web.presenters.own_words import (
    YES,
    TypedWords,
    answer,
    form_fields,
    taking_back_fields,
    what_was_said,
    words_table,
)
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import Asking, asking, show

READING = "read what a child or a parent said"
WRITING = "write down what a child or a parent says"


def disagreeing_address(handle: str, entry_id: int | None) -> str:
    """Where it is written down that somebody does not agree with an entry; empty where there is none."""
    return f"{reverse('own-words-new', args=[handle])}?{urlencode({'entry': entry_id})}" if entry_id else ""


@require_safe
def page(request: HttpRequest, handle: str) -> HttpResponse:
    """Everything that the child and the family said, also what they took back."""
    ask = asking(request)
    with ask.record(READING) as record:
        found = record.own_words(handle).words
        name, sources = record.name_of(handle, Moment(ask.asked.today)), record.sources()
        may_write = record.refusal_to_write_words(handle) is None

    def back(one: OwnWords) -> str:
        return reverse("own-words-take-back", args=[handle, one.words_id]) if may_write else ""

    context = {
        "answer": answer(name, found),
        "table": words_table(found, back),
        "new": reverse("own-words-new", args=[handle]) if may_write else "",
        "child": reverse("child", args=[handle]),
    }
    return _show(ask, "own-words.html", "What the child and the family say", context, sources)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, handle: str) -> HttpResponse:
    """The form; once it says enough, what they said stands in the record."""
    ask = asking(request)
    today = ask.asked.today
    with ask.record(WRITING) as record:
        record.may_write_words(handle)
        entries, sources = record.entries_of(handle), record.sources()
        name = record.name_of(handle, Moment(today))
    said = said_in(ask)
    drop_odd_number(said, "words_id")
    if request.method != "POST" and request.GET.get("entry"):
        said |= {"kind": NOT_AGREED, "entry": request.GET["entry"]}
    typed = TypedWords.of(said, uuid4().hex, today.isoformat())
    errors = typed.errors(entries, today) if request.method == "POST" else {}
    if request.method == "POST" and not errors:
        with ask.record(WRITING) as record:
            otherwise = said_otherwise(partial(record.write_words, handle, typed.wanted))
        if not otherwise:
            return redirect("child-own-words", handle)
        errors["kind"] = otherwise
        typed = replace(typed, words_id=uuid4().hex)
    context = {
        "answer": f"Write down what {name}, or somebody of the family, says. It stays; only they take it back.",
        "says": "Whoever may see this child sees it, beside the entry that it is about.",
        "typed": typed,
        "fields": form_fields(typed, entries, errors),
        "back": reverse("child-own-words", args=[handle]),
    }
    return show_form(ask, "own-words-new.html", "What they say", "Children", context, errors, sources)


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, handle: str, words: str) -> HttpResponse:
    """Write down that whoever said it took it back: it still stands in the record, with both days."""
    ask = asking(request)
    today, is_sent = ask.asked.today, request.method == "POST"
    on, typed = request.POST.get("on", today.isoformat()).strip(), request.POST.get("words", "").strip()
    is_theirs = request.POST.get("theirs") == YES
    with ask.record(WRITING) as record:
        record.may_write_words(handle)
        one = next((one for one in record.own_words(handle).words if one.words_id == words), None)
        sources = record.sources()
        if one is None or not one.stands:
            return redirect("child-own-words", handle)
        errors = problems_of_taking_back(one, day_typed(on), typed, today, is_theirs=is_theirs) if is_sent else {}
        if is_sent and not errors:
            record.take_words_back(handle, words, day_typed(on), typed, is_theirs=is_theirs)
            return redirect("child-own-words", handle)
    context = {
        "answer": what_was_said(one),
        "says": "Only whoever said it takes it back. It still stands in the record, with both days.",
        "fields": taking_back_fields(one, on, typed, errors, is_theirs=is_theirs),
        "back": reverse("child-own-words", args=[handle]),
    }
    return show_form(ask, "own-words-new.html", "They take it back", "Children", context, errors, sources)


def _show(
    ask: Asking, template: str, title: str, context: dict[str, Any], sources: Iterable[SourceAge]
) -> HttpResponse:
    return show(ask, template, title, "Children", context, here="", sources=sources, moves=False)
