"""Direct work with a child: the list, attaching to a visit, opening as the child agrees, and what is not attached."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from keyworker.actions.direct_work import may_write_down, problems_of_agreement
from keyworker.actions.questions.direct_work import Lacking
from keyworker.actions.writing import SentOtherwise
from keyworker.facts.direct_work import DirectWork
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import SourceAge
from keyworker.intake.attached import MOST_BYTES, Unclean
from keyworker.record.writer import AlreadyRecorded
from keyworker.web.drafting import said_in
from keyworker.web.form_numbers import drop_odd_number
from keyworker.web.moments import day_typed
from keyworker.web.presenters.direct_work import (
    SUFFIXES,
    TypedWork,
    agreement_fields,
    answer,
    form_fields,
    lacking_answer,
    lacking_table,
    work_table,
)
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import Asking, asking, show
from keyworker.web.words import spoken

READING, ATTACHING = "read of direct work with a child", "attach direct work with a child"
OPENING, AGREEING = "open direct work as the child agrees", "write down what a child agrees to"
LACKING = "see where direct work is mentioned and nothing is attached"
SEALED_OFF = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"


@require_safe
def page(request: HttpRequest, handle: str) -> HttpResponse:
    """The direct work with a child that was written down."""
    ask = asking(request)
    with ask.record(READING) as record:
        record.may_attach(handle)
        found, name = record.direct_work(handle), record.name_of(handle, Moment(ask.asked.today))
        sources = record.sources()

    def to_open(one: DirectWork) -> str:
        return reverse("direct-work-open", args=[handle, one.work_id])

    def to_agree(one: DirectWork) -> str:
        return reverse("direct-work-agreement", args=[handle, one.work_id])

    context = {
        "answer": answer(name, found),
        "table": work_table(found, ask.visitor.account, to_open, to_agree),
        "lacking": reverse("nothing-attached"),
        "back": reverse("child", args=[handle]),
        "back_to": "Back to the child",
    }
    return _show(ask, "direct-work.html", "Direct work", context, sources)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, handle: str, visit: str) -> HttpResponse:
    """The form; once it says enough, direct work is written down, and the file written anew and sealed."""
    ask = asking(request)
    today = ask.asked.today
    with ask.record(ATTACHING) as record:
        record.may_attach(handle)
        at = record.visit_of_work(handle, visit)
        name, sources = record.name_of(handle, Moment(today)), record.sources()
    said = said_in(ask)
    drop_odd_number(said, "work_id")
    typed = TypedWork.of(said, uuid4().hex, at.happened_on)
    errors = typed.errors(today) if request.method == "POST" else {}
    content = _file(request)
    if request.method == "POST" and _is_too_large(request, content):
        errors["file"] = f"The file must be {MOST_BYTES // 1024 // 1024} MB or smaller"
    if request.method == "POST" and not errors:
        try:
            with ask.record(ATTACHING) as record, suppress(AlreadyRecorded):
                record.attach(handle, visit, typed.wanted(content))
        except Unclean as error:
            errors["file"] = f"{error.what} {error.remedy}"
        except SentOtherwise as error:
            errors["file" if content else "kind"] = f"{error.what} {error.remedy}"
            typed = replace(typed, work_id=uuid4().hex)
        else:
            return redirect("child-direct-work", handle)
    context = {
        "answer": f"Direct work with {name} at the visit of {spoken(at.happened_on)}.",
        "number": typed.work_id,
        "fields": form_fields(typed, errors),
        "has_file": True,
        "back": reverse("visit", args=[handle, visit]),
        "back_to": "Back to the visit, without attaching anything",
    }
    return show_form(ask, "direct-work-new.html", "Attach direct work", "Children", context, errors, sources)


def _file(request: HttpRequest) -> bytes | None:
    """The file that was chosen."""
    sent = request.FILES.get("file") if request.method == "POST" else None
    return sent.read() if isinstance(sent, UploadedFile) else None


def _is_too_large(request: HttpRequest, content: bytes | None) -> bool:
    """Whether the form brought more than is taken: then the file is not there at all."""
    said = str(request.META.get("CONTENT_LENGTH") or "0")
    return content is None and said.isdigit() and int(said) > MOST_BYTES


@require_safe
def opened(request: HttpRequest, handle: str, work: str) -> HttpResponse:
    """What is attached, where the child agrees: alone in a page of its own, from which nothing runs or is loaded."""
    ask = asking(request)
    with ask.record(OPENING) as record:
        record.may_attach(handle)
        found = record.open_work(handle, work)
    response = HttpResponse(found.content, content_type=found.media)
    response["Content-Disposition"] = f'inline; filename="direct-work.{SUFFIXES.get(found.media, "bin")}"'
    response["Content-Security-Policy"] = SEALED_OFF
    return response


@require_http_methods(["GET", "POST"])
def agreement(request: HttpRequest, handle: str, work: str) -> HttpResponse:
    """Write down what the child now agrees to."""
    ask = asking(request)
    today, is_sent = ask.asked.today, request.method == "POST"
    on = request.POST.get("agreed_on", today.isoformat()).strip()
    with ask.record(AGREEING) as record:
        record.may_attach(handle)
        one = next((one for one in record.direct_work(handle) if one.work_id == work), None)
        sources = record.sources()
        if one is None:
            return redirect("child-direct-work", handle)
        says = request.POST.get("agreement", "" if is_sent else one.agreement)
        errors = problems_of_agreement(one, ask.visitor.account, says, day_typed(on), today) if is_sent else {}
        if is_sent and not errors:
            if (says, day_typed(on)) != (one.agreement, one.agreed_on):
                record.agree_work(handle, work, says, day_typed(on))
            return redirect("child-direct-work", handle)
    context = {
        "answer": f"What the child agrees to of the direct work of {spoken(one.happened_on)}.",
        "fields": agreement_fields(may_write_down(one, ask.visitor.account), says, on, errors),
        "back": reverse("child-direct-work", args=[handle]),
        "back_to": "Back to the direct work, without changing anything",
    }
    return show_form(ask, "direct-work-new.html", "What the child agrees to", "Children", context, errors, sources)


@require_safe
def lacking(request: HttpRequest) -> HttpResponse:
    """The visits of late at which direct work is mentioned and nothing is attached."""
    ask = asking(request)
    with ask.record(LACKING) as record:
        found, sources = record.nothing_attached(), record.sources()

    def visit(one: Lacking) -> str:
        return reverse("visit", args=[one.handle, one.one.visit_id])

    context = {"answer": lacking_answer(found), "table": lacking_table(found, visit)}
    return _show(ask, "direct-work.html", "Mentioned, and nothing attached", context, sources)


def _show(
    ask: Asking, template: str, title: str, context: dict[str, Any], sources: Iterable[SourceAge]
) -> HttpResponse:
    return show(ask, template, title, "Children", context, here="", sources=sources, moves=False)
