"""Writing posts and the steps of their recruitment down, changing and correcting them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from keyworker.actions.kept_posts import problems, problems_of_change, problems_of_step, wrong_step
from keyworker.actions.questions.kept_posts import step_of
from keyworker.facts.pictures import SourceAge
from keyworker.web.form_numbers import number_or_new
from keyworker.web.presenters.fields import Field
from keyworker.web.presenters.kept_posts import (
    change_fields,
    kept_answer,
    kept_tables,
    post_fields,
    said_of,
    said_of_step,
    step_fields,
    wanted_change,
    wanted_post,
    wanted_step,
)
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import Asking, asking, show

WRITING = "write posts and recruitment down"
SECTION = "Posts"


@require_safe
def page(request: HttpRequest, handle: str) -> HttpResponse:
    """One post as it is kept, with where it is changed and where a step is written down."""
    ask = asking(request)
    with ask.page(WRITING) as record:
        told, sources = record.kept_post(handle), record.sources()
    context = {
        "answer": kept_answer(told),
        "tables": kept_tables(told, lambda entry: reverse("post-step", args=[handle, entry])),
        "change": "" if told.kept.standing.to_on else reverse("post-change", args=[handle]),
        "step": reverse("post-step-new", args=[handle]),
        "back": reverse("post", args=[handle]),
    }
    return show(ask, "kept-post.html", "Keep this post", SECTION, context, here="", sources=sources, moves=False)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form of a new post; once it says enough, the post is written down."""
    ask = asking(request)
    said = _said(request)
    with ask.record(WRITING) as record:
        teams, sources = record.teams_for_posts(), record.sources()
        errors: dict[str, str] = {}
        if request.method == "POST":
            wanted = wanted_post(said, teams)
            errors = problems(wanted, ask.asked.today)
            if not errors:
                return redirect("post-keep", record.write_post(wanted))
    fields = post_fields(said or {"from": ask.asked.today.isoformat()}, teams, errors, is_new=True)
    answer = "Write down a post of the establishment, from the day on which it is so."
    return _form(ask, "A new post", (answer, "Write it down"), fields, errors, (reverse("posts"), "Posts"), sources)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, handle: str) -> HttpResponse:
    """What a post is from a day on, or that it is closed; from its own first day it is a correction."""
    ask = asking(request)
    said = _said(request)
    with ask.record(WRITING) as record:
        told, sources = record.kept_post(handle), record.sources()
        wanted = wanted_change(said, told, _number(said))
        sent = any(one.change_id == wanted.change_id for one in told.kept.changes)
        errors: dict[str, str] = {}
        if request.method == "POST":
            errors = {} if sent else problems_of_change(wanted, told.kept.standing, ask.asked.today)
            if not errors:
                record.change_post(handle, wanted)
                return redirect("post-keep", handle)
    shown = said if request.method == "POST" else said_of(told.kept.standing, told.teams)
    answer = f"{kept_answer(told)} From a later day it is another; from its own first day, a correction."
    fields, back = change_fields(shown, told, errors), (reverse("post-keep", args=[handle]), "Back to the post")
    return _form(ask, "Change a post", (answer, "Change it"), fields, errors, back, sources, wanted.change_id)


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, handle: str) -> HttpResponse:
    """A step in filling a post."""
    ask = asking(request)
    said = _said(request)
    with ask.record(WRITING) as record:
        told, sources = record.kept_post(handle), record.sources()
        errors: dict[str, str] = {}
        if request.method == "POST":
            wanted = wanted_step(said)
            errors = problems_of_step(wanted, ask.asked.today)
            if not errors:
                record.write_post_step(handle, wanted)
                return redirect("post-keep", handle)
    fields = step_fields(said or {"on": ask.asked.today.isoformat()}, errors)
    back = (reverse("post-keep", args=[handle]), "Back to the post")
    return _form(ask, "A step in filling a post", (kept_answer(told), "Write it down"), fields, errors, back, sources)


@require_http_methods(["GET", "POST"])
def correct_step(request: HttpRequest, handle: str, entry: int) -> HttpResponse:
    """A step as it stands, to be corrected or withdrawn for a reason."""
    ask = asking(request)
    said = _said(request)
    with ask.record(WRITING) as record:
        told, sources = record.kept_post(handle), record.sources()
        number, why = _number(said), said.get("why", "")
        if any(one.change_id == number for one in told.kept.changes):
            return redirect("post-keep", handle)
        stands = step_of(told.kept, entry)
        errors: dict[str, str] = {}
        if request.method == "POST":
            wanted = None if said.get("withdraw") == "yes" else wanted_step(said)
            errors = wrong_step(told.kept, stands, wanted, why, ask.asked.today)
            if not errors:
                record.correct_post_step(handle, entry, wanted, number, why)
                return redirect("post-keep", handle)
    fields = step_fields(said if request.method == "POST" else said_of_step(stands), errors, corrects=True)
    back = (reverse("post-keep", args=[handle]), "Back to the post, without changing anything")
    return _form(ask, "Correct a step", (kept_answer(told), "Correct it"), fields, errors, back, sources, number)


def _said(request: HttpRequest) -> dict[str, str]:
    return {name: str(value).strip() for name, value in request.POST.items()}


def _number(said: dict[str, str]) -> str:
    number = said.get("number", "")
    return number_or_new(number)


def _form(
    ask: Asking,
    title: str,
    says: tuple[str, str],
    fields: tuple[Field, ...],
    errors: dict[str, str],
    back: tuple[str, str],
    sources: Iterable[SourceAge],
    number: str = "",
) -> HttpResponse:
    """The form. Takes says, what stands and the words of the button; back, where back leads and its words."""
    names = {"from_on": "from", "last_on": "last"}
    context: dict[str, Any] = {
        "answer": says[0],
        "says": "",
        "number": number,
        "fields": fields,
        "button": says[1],
        "back": back[0],
        "back_to": back[1],
    }
    said = {names.get(name, name): words for name, words in errors.items()}
    return show_form(ask, "by-hand-form.html", title, SECTION, context, said, sources)
