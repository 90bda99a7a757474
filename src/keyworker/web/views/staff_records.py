"""What is recorded of a worker with a form: the list of workers, one worker, a form, correcting an entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from keyworker.actions.new_workers import WantedWorker, problems
from keyworker.actions.staff_correcting import wrong_withdrawal
from keyworker.actions.writing import SentOtherwise
from keyworker.facts.pictures import SourceAge
from keyworker.record.writer import AlreadyRecorded, NotCurrent
from keyworker.vocabulary.forms import Form
from keyworker.vocabulary.staff_forms import staff_form
from keyworker.web.drafting import said_in
from keyworker.web.form_numbers import number_or_new
from keyworker.web.presenters.staff_records import (
    TypedStaffCorrection,
    TypedStaffEntry,
    correction_answer,
    learning_answer,
    learning_tables,
    offered,
    record_answer,
    record_tables,
    staff_answer,
    staff_tables,
    worker_fields,
)
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import Asking, asking, show

READING = "read what is recorded of a worker"
LEARNING = "see what workers learn"
WRITING = "record an entry of a worker"
CORRECTING = "correct an entry of a worker"
SECTION = "Staff"
NOT_HERE = (
    "This is kept in the workforce system, and read from its files here. Write it down there: it is shown here with the"
    " next files."
)


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Everybody whom the record knows as a worker, for whoever writes down of them."""
    ask = asking(request)
    with ask.page(READING) as record:
        rows, keeps, sources = record.staff(), record.keeps_staff(), record.sources()
    context = {
        "answer": staff_answer(rows),
        "tables": staff_tables(rows, lambda handle: reverse("staff-record", args=[handle])),
        "new": reverse("staff-new") if keeps else "",
    }
    return show(ask, "staff.html", "Staff", SECTION, context, here="staff", sources=sources, moves=False)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Somebody whom the record does not know yet; then the form of the post in which they begin."""
    ask = asking(request)
    said = {name: str(value).strip() for name, value in request.POST.items()}
    start = _form("start")
    with ask.record(WRITING) as record:
        record.may_record_staff(start)
        sources = record.sources()
        errors: dict[str, str] = {}
        if request.method == "POST":
            wanted = WantedWorker(said.get("worker_id", ""), said.get("name", ""), said.get("job_title", ""))
            errors = problems(wanted, is_known=False)
            if not errors:
                try:
                    return redirect("staff-entry-new", record.write_worker(wanted), start.slug)
                except SentOtherwise:
                    errors = problems(wanted, is_known=True)
    says = ("Write down who begins. The post comes next.", "", "Write it down")
    back = (reverse("staff"), "Staff")
    return _form_page(ask, "Somebody new", says, worker_fields(said, errors), errors, back, sources)


@require_safe
def page(request: HttpRequest, handle: str) -> HttpResponse:
    """What stands of a worker, and the forms that may be filled in."""
    return _record(asking(request), handle)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The same of whoever asks."""
    return _record(asking(request), None)


def _record(ask: Asking, handle: str | None) -> HttpResponse:
    with ask.page(READING) as record:
        told, sources = record.staff_record(handle), record.sources()
    own = told.worker.handle
    context = {
        "answer": record_answer(told),
        "not_here": "" if told.is_here else NOT_HERE,
        "forms": offered(told, lambda one: reverse("staff-entry-new", args=[own, one.slug])),
        "tables": record_tables(told, lambda one: reverse("staff-entry", args=[own, one.table, one.entry_id])),
        "back": reverse("staff") if told.forms else reverse("my-work") if told.is_own else ask.ways.worker(own),
        "back_to": "Staff" if told.forms else "My work" if told.is_own else "The worker’s page",
    }
    title = "What is kept of me" if told.is_own else f"What is kept of {told.worker.name}"
    return show(
        ask, "staff-record.html", title, SECTION, context, here="", sources=sources, moves=False, called="A worker"
    )


@require_safe
def learning(request: HttpRequest) -> HttpResponse:
    """What each worker in sight is to learn, was offered and attended; of whoever asks at least their own."""
    ask = asking(request)
    with ask.page(LEARNING) as record:
        rows, sources = record.learning(), record.sources()
    may = "recording learning" in ask.visitor.routes

    def way(handle: str) -> str:
        return reverse("staff-record", args=[handle]) if may else ""

    context = {"answer": learning_answer(rows), "tables": learning_tables(rows, way), "new": ""}
    return show(ask, "staff.html", "Learning", SECTION, context, here="learning", sources=sources, moves=False)


@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, handle: str, kind: str) -> HttpResponse:
    """A form about a worker; once it says enough, the entry is written."""
    ask, plain = asking(request), _form(kind)
    with ask.record(WRITING) as record:
        one = record.staff_form(plain)
        told, sources = record.staff_record(handle), record.sources()
    said = said_in(ask)
    typed = TypedStaffEntry(number_or_new(said.get("number", "")), one, said)
    errors: dict[str, str] = {}
    if request.method == "POST":
        wanted = typed.wanted
        stands = {row.entry_id for row in told.entries}
        errors = typed.errors(told.entries, ask.asked.today)
        is_again = wanted.of not in stands if one.ends else wanted.number in {row.number for row in told.entries}
        if not errors or is_again:
            try:
                with ask.record(WRITING) as record:
                    record.record_staff(handle, wanted)
                return redirect("staff-record", handle)
            except AlreadyRecorded:
                return redirect("staff-record", handle)
            except (SentOtherwise, NotCurrent) as error:
                errors = {one.asks[0].name: f"{error.what} {error.remedy}"}
                typed = TypedStaffEntry(uuid4().hex, one, said)
    says = (f"{one.title}, of {told.worker.name}.", one.says, "Write it down")
    back = (reverse("staff-record", args=[handle]), "Back, without writing anything down")
    fields = typed.fields(told.entries, errors)
    return _form_page(ask, one.title, says, fields, errors, back, sources, typed.number)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, handle: str, table: str, entry: int) -> HttpResponse:
    """What is right and why in the place of what was wrong, or that it was never so."""
    ask = asking(request)
    said = said_in(ask)
    number = number_or_new(said.get("number", ""))
    with ask.record(CORRECTING) as record:
        told, sources = record.staff_record(handle), record.sources()
        if any(one.change_id == number for one in told.changes):
            return redirect("staff-record", handle)
        stands = record.staff_entry(handle, table, entry)
    typed = TypedStaffCorrection.of(stands, said or None)
    errors: dict[str, str] = {}
    if request.method == "POST":
        wanted = typed.wanted
        errors = typed.errors(ask.asked.today) if wanted else wrong_withdrawal(stands, typed.why, told.entries)
        if not errors:
            try:
                with ask.record(CORRECTING) as record:
                    record.change_staff_entry(handle, table, entry, wanted, number, typed.why)
                return redirect("staff-record", handle)
            except AlreadyRecorded:
                return redirect("staff-record", handle)
            except NotCurrent as error:
                errors = {"why": f"{error.what} {error.remedy}"}
    says = (
        correction_answer(told, stands),
        "Nothing is rubbed out. That it was corrected, by whom and why, can still be seen.",
        "Correct it",
    )
    back = (reverse("staff-record", args=[handle]), "Back, without changing anything")
    return _form_page(ask, "Correct an entry", says, typed.fields(errors), errors, back, sources, number)


def _form(kind: str) -> Form:
    found = staff_form(kind)
    if found is None:
        raise Http404
    return found


def _form_page(
    ask: Asking,
    title: str,
    says: tuple[str, str, str],
    fields: tuple[object, ...],
    errors: Mapping[str, str],
    back: tuple[str, str],
    sources: Iterable[SourceAge],
    number: str = "",
) -> HttpResponse:
    """A form. Takes says, its first sentence, more of it, and the words of the button; back, where that leads."""
    context: dict[str, Any] = {
        "answer": says[0],
        "says": says[1],
        "button": says[2],
        "number": number,
        "fields": fields,
        "back": back[0],
        "back_to": back[1],
    }
    return show_form(ask, "by-hand-form.html", title, SECTION, context, errors, sources)
