"""A child's case supervision: what stands, writing one down, confirming and withdrawing it."""

from __future__ import annotations

from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from keyworker.actions.questions.case_supervision import MyActions
from keyworker.actions.writing import LONGEST
from keyworker.record.writer import AlreadyRecorded
from keyworker.web.drafting import said_in
from keyworker.web.form_numbers import number_of
from keyworker.web.presenters import case_supervision as shown
from keyworker.web.presenters.fields import Field, of_options
from keyworker.web.tables import Table, of_id
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import Asking, asking, file, show, with_downloads
from keyworker.web.views.withdrawing import ask_why, errors_in, typed_why

READING = "see what was decided in supervision of a child's case"
READING_MINE = "see my actions from supervision"
WRITING = "write down a supervision of a child's case"
ANSWERING = "say whether a supervision was so"
SO = {"yes": "Yes, it was so", "no": "No, something was otherwise"}


@require_safe
def page(request: HttpRequest, handle: str) -> HttpResponse:
    """What was decided, and what is open."""
    ask = asking(request)
    with ask.record(READING) as record:
        found = record.supervised(handle)
        sources = record.sources()
    context = {
        "answer": shown.answer_of(found, ask.asked.today),
        "not_here": "" if found.is_here else shown.NOT_HERE,
        "new": reverse("child-supervision-new", args=[handle]) if found.may_write else "",
        "table": shown.actions_table(found, ask.asked.today),
        "told": shown.told(found),
        "handle": handle,
        "child": reverse("child", args=[handle]),
    }
    return show(
        ask, "case-supervision.html", "Case supervision", "Children", context, here="", sources=sources, moves=False
    )


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What whoever has signed in undertook in supervision, and what they have not confirmed."""
    ask = asking(request)
    with ask.record(READING_MINE) as record:
        found, sources, talks = record.my_actions(), record.sources(), record.talks_over()
    context = {
        "meeting": reverse("unit-meeting") if talks else "",
        "answer": shown.my_answer(found, ask.asked.today),
        "out_of_sight": shown.out_of_sight(found),
        "tables": with_downloads(_my_tables(found, ask), "my-actions-csv", ""),
    }
    return show(
        ask, "my-actions.html", "My actions", "My work", context, here="case supervision", sources=sources, moves=False
    )


@require_safe
def download(request: HttpRequest, part: str) -> HttpResponse:
    """One of the two lists as a file."""
    ask = asking(request)
    with ask.record(f"{READING_MINE}, to download the list") as record:
        found = record.my_actions()
    return file(ask, "my-actions", of_id(_my_tables(found, ask), part))


def _my_tables(found: MyActions, ask: Asking) -> tuple[Table, Table]:
    return shown.my_tables(found, ask.asked.today, lambda child: reverse("child-supervision", args=[child]))


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, handle: str) -> HttpResponse:
    """The form; once it says enough, the supervision is written down."""
    ask = asking(request)
    today = ask.asked.today
    with ask.record(WRITING) as record:
        between = record.supervisable(handle)
        found = record.supervised(handle)
        sources = record.sources()
    said = said_in(ask)
    is_sent = request.method == "POST"
    number = number_of(said)
    said.setdefault("on", today.isoformat())
    typed = shown.TypedSupervision(number, said, between, list(found.open_actions.values()))
    errors = typed.errors(today) if is_sent else {}
    if is_sent and not errors:
        with ask.record(WRITING) as record, suppress(AlreadyRecorded):
            record.record_supervision(handle, typed.wanted)
        return redirect("child-supervision", handle)
    context = {
        "answer": f"Write down that {found.name}’s case was talked over in supervision, or that it was called off.",
        "typed": typed,
        "fields": typed.fields(errors, today),
        "carried": typed.carried_forms(errors, found.workers),
        "actions": typed.new_forms(errors),
        "back": reverse("child-supervision", args=[handle]),
    }
    title = "Record a supervision"
    return show_form(ask, "case-supervision-new.html", title, "Children", context, errors, sources)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, handle: str, supervision: str) -> HttpResponse:
    """Ask the worker whether a supervision was so, and write the answer down."""
    ask = asking(request)
    with ask.record(ANSWERING) as record:
        record.may_supervise(handle)
        found = record.supervised(handle)
        sources = record.sources()
    if supervision not in found.may_confirm:
        raise Http404
    said = said_in(ask)
    so, says = said.get("so", ""), said.get("says", "").strip()
    errors = _errors_in(so, says) if request.method == "POST" else {}
    if request.method == "POST" and not errors:
        with ask.record(ANSWERING) as record:
            record.answer_supervision(handle, supervision, so == "yes", says)
        return redirect("child-supervision", handle)
    choices = of_options(SO, so)
    context = {
        "answer": "Say whether the supervision was as it is written down.",
        "fields": (
            Field("so", "Was it so?", "radio", so, "", errors.get("so", ""), choices),
            Field("says", "What you add, or what was otherwise", "textarea", says, "", errors.get("says", "")),
        ),
        "button": "Save",
        "back": reverse("child-supervision", args=[handle]),
    }
    return show_form(ask, "ending.html", "Was it so?", "Children", context, errors, sources)


def _errors_in(so: str, says: str) -> dict[str, str]:
    found = {} if so in SO else {"so": "Choose whether it was so"}
    if (so == "no" and not says) or len(says) > LONGEST:
        found["says"] = f"Say what was otherwise, in {LONGEST} characters or fewer"
    return found


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, handle: str, supervision: str) -> HttpResponse:
    """Ask why a supervision is withdrawn, and withdraw it."""
    ask = asking(request)
    with ask.record(WRITING) as record:
        record.may_supervise(handle)
        found = record.supervised(handle)
        sources = record.sources()
        if supervision not in found.may_withdraw:
            raise Http404
        errors = errors_in(ask, "it is withdrawn")
        if request.method == "POST" and not errors:
            record.withdraw_supervision(handle, supervision, typed_why(ask))
            return redirect("child-supervision", handle)
    says = {
        "answer": "The supervision will count as never held, and what it met is due again.",
        "says": "Its actions stand until they are ended in another supervision.",
        "hint": f"In {LONGEST} characters or fewer. Whoever may see this child’s supervision sees it.",
        "back": reverse("child-supervision", args=[handle]),
        "back_to": "Back, without changing anything",
    }
    return ask_why(ask, "Withdraw a supervision", "Children", says, errors, sources)
