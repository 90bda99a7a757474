"""What is recorded of a child with a form: the list, a form, one entry, correcting and withdrawing it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from keyworker.actions.shared_notes import KIND as SHARED
from keyworker.actions.writing import LONGEST, SentOtherwise
from keyworker.facts.by_hand import HandEntry
from keyworker.facts.moment import Moment
from keyworker.record.writer import AlreadyRecorded, NotCurrent
from keyworker.vocabulary.forms import Form, form
from keyworker.web.drafting import said_in
from keyworker.web.form_numbers import number_or_new
from keyworker.web.presenters.by_hand import (
    TypedCorrection,
    TypedEntry,
    called,
    entries_table,
    entry_answer,
    history_table,
    lines_of,
    list_answer,
    notes_answer,
    notes_shown,
    offered,
    title_of,
    turned_lines,
)
from keyworker.web.presenters.markers import warnings
from keyworker.web.presenters.own_words import not_agreed
from keyworker.web.presenters.shared_notes import errors_of as errors_of_shared
from keyworker.web.presenters.shared_notes import shared_fields, wanted_note
from keyworker.web.views.forms import show_form
from keyworker.web.views.own_words import disagreeing_address
from keyworker.web.views.showing import Asking, asking, show
from keyworker.web.views.withdrawing import ask_why, errors_in, typed_why

READING = "read what is recorded of a child"
WRITING = "record an entry of a child"
CORRECTING = "correct an entry of a child"
WITHDRAWING = "withdraw an entry of a child"
_NOT_WRITTEN = (
    "This was not written down: such an entry stands, or one of this form was withdrawn."
    " Look at what is recorded; if this is to be recorded too, send it again."
)
_NOT_CORRECTED = (
    "This was not written down: somebody else has corrected this entry since you opened it."
    " Open it again, and make your change to what stands there now."
)


@require_safe
def page(request: HttpRequest, handle: str) -> HttpResponse:
    """What is recorded of a child, and what may be recorded."""
    ask = asking(request)
    with ask.record(READING) as record:
        found = record.on_record(handle)
        renames = record.refusal_to_rename(handle) is None
        name, sources = record.name_of(handle, Moment(ask.asked.today)), record.sources()
    context = {
        "answer": list_answer(name, found.entries),
        "forms": offered(found, lambda one: reverse("record-new", args=[handle, one.slug])),
        "may": bool(found.forms),
        "table": entries_table(
            found.entries, lambda one: reverse("hand-entry", args=[handle, one.table, one.entry_id])
        ),
        "child": reverse("child", args=[handle]),
        "rename": reverse("child-name", args=[handle]) if renames else "",
        "notes": reverse("child-case-notes", args=[handle]),
    }
    return show(ask, "by-hand.html", "Record an entry", "Children", context, here="", sources=sources, moves=False)


@require_http_methods(["GET", "POST"])
def notes(request: HttpRequest, handle: str) -> HttpResponse:
    """The case notes of one child; once words are typed, those that hold them."""
    ask = asking(request)
    typed = str(request.POST.get("words", "")).strip()[:200]
    with ask.record(READING) as record:
        found = record.case_notes(handle, typed)
        may = any(one.kind == "case note" for one in record.on_record(handle).forms)
        name, sources = record.name_of(handle, Moment(ask.asked.today)), record.sources()
    context = {
        "answer": notes_answer(name, found, typed),
        "notes": notes_shown(found, lambda one: reverse("hand-entry", args=[handle, one.table, one.entry_id])),
        "typed": typed,
        "new": reverse("record-new", args=[handle, "case-note"]) if may else "",
        "record": reverse("child-record", args=[handle]),
        "child": reverse("child", args=[handle]),
        "name": name,
    }
    return show(ask, "case-notes.html", "Case notes", "Children", context, here="", sources=sources, moves=False)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, handle: str, kind: str) -> HttpResponse:
    """A form; once it says enough, the entry is written and shown with what is due from it."""
    ask, one = asking(request), _form(kind)
    today = ask.asked.today
    with ask.record(WRITING) as record:
        record.may_record(handle, one)
        standing, sources = record.on_record(handle).entries, record.sources()
        name = record.name_of(handle, Moment(today))
        kin = record.noted_too(handle) if one.kind == SHARED else []
    said = said_in(ask)
    typed = TypedEntry(_number(said), one, said)
    errors: dict[str, str] = {}
    together = wanted_note(typed.wanted, said, kin)
    if request.method == "POST" and together.of:
        errors = typed.errors(standing, today) or errors_of_shared(together)
        if not errors:
            try:
                with ask.record(WRITING) as record:
                    return _shown(handle, *record.note_together(handle, together))
            except AlreadyRecorded:
                if sent := _sent_beside(ask, handle, typed):
                    return _shown(handle, sent.table, sent.entry_id)
                errors = {one.day: _NOT_WRITTEN}
            except SentOtherwise as error:
                errors = {one.day: f"{error.what} {error.remedy}"}
            typed = TypedEntry(uuid4().hex, one, typed.said)
    elif request.method == "POST":
        with ask.record(WRITING) as record:
            sent = record.sent_before(handle, typed.wanted)
        errors = {} if sent else typed.errors(standing, today)
        if not errors:
            try:
                with ask.record(WRITING) as record:
                    return _shown(handle, *record.record_entry(handle, typed.wanted))
            except AlreadyRecorded:
                sent = sent or _sent_beside(ask, handle, typed)
                if sent:
                    return _shown(handle, sent.table, sent.entry_id)
                errors = {one.day or one.asks[0].name: _NOT_WRITTEN}
                typed = TypedEntry(uuid4().hex, one, typed.said)
            except (SentOtherwise, NotCurrent) as error:
                errors = {one.day: f"{error.what} {error.remedy}"}
                typed = TypedEntry(uuid4().hex, one, typed.said)
    context = {
        "answer": f"{one.title}, of {name}.",
        "says": one.says,
        "number": typed.number,
        "fields": (*typed.fields(standing, errors), *shared_fields(name, said, kin)),
        "button": "Write it down",
        "back": reverse("child-record", args=[handle]),
        "back_to": "Back to what is recorded, without writing anything down",
    }
    return show_form(ask, "by-hand-form.html", one.title, "Children", context, errors, sources)


def _sent_beside(ask: Asking, handle: str, typed: TypedEntry) -> HandEntry | None:
    """What the same form wrote at the same moment, pressed twice."""
    with ask.record(WRITING) as record:
        return record.sent_before(handle, typed.wanted)


def _shown(handle: str, table: str, entry: int) -> HttpResponse:
    return redirect("hand-entry", handle, table, entry)


def _form(kind: str) -> Form:
    found = form(kind)
    if found is None:
        raise Http404
    return found


def _number(said: Mapping[str, str]) -> str:
    """The form's own number: what it was given when it was first shown, so that sent twice it writes once."""
    typed = said.get("number", "")
    return number_or_new(typed)


@require_safe
def one(request: HttpRequest, handle: str, table: str, entry: int) -> HttpResponse:
    """One entry: what it says, what is due from it, and how it came to say this."""
    ask = asking(request)
    with ask.record(READING) as record:
        told = record.entry(handle, table, entry)
        name, sources = record.name_of(handle, Moment(ask.asked.today)), record.sources()
        said = record.own_words(handle)
        may_write = record.refusal_to_write_words(handle) is None
        marked = warnings(record.warnings(handle))
        may_erase = record.refusal_to_ask_erasure(handle) is None
    stands = told.entry
    way = [handle, table, told.last.entry_id]
    context = {
        "answer": entry_answer(told, name),
        "lines": lines_of(told),
        "warnings": marked if table in ("address", "relationship") else (),
        "turned": turned_lines(told),
        "table": history_table(told),
        "belongs": [
            (called(row), reverse("hand-entry", args=[handle, row.table, row.entry_id])) for row in told.belongs
        ],
        "not_agreed": not_agreed(said.beside.entry(stands.entry_id)) if stands else (),
        "disagree": disagreeing_address(handle, stands.entry_id) if stands and may_write else "",
        "correct": reverse("hand-entry-correct", args=way) if told.may_change else "",
        "withdraw": reverse("hand-entry-withdraw", args=way) if told.may_change and told.last.is_ours else "",
        "erase": reverse("erasure-new", args=way) if may_erase else "",
        "record": reverse("child-record", args=[handle]),
        "duties": reverse("child-due", args=[handle]),
        "child": reverse("child", args=[handle]),
        "name": name,
    }
    return show(ask, "hand-entry.html", "An entry", "Children", context, here="", sources=sources, moves=False)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, handle: str, table: str, entry: int) -> HttpResponse:
    """Ask what is right and why, and put it in the place of what was wrong."""
    ask = asking(request)
    with ask.record(CORRECTING) as record:
        stands = record.may_change(handle, table, entry)
        sources, name = record.sources(), record.name_of(handle, Moment(ask.asked.today))
    said = said_in(ask)
    typed = TypedCorrection.of(stands, _number(said), said or None)
    is_sent = request.method == "POST"
    errors: dict[str, str] = {}
    if is_sent:
        try:
            now = _corrected_before(ask, handle, table, entry, typed)
            errors = {} if now else typed.errors(ask.asked.today)
            if not now and not errors:
                now = _corrected(ask, handle, table, entry, typed)
            if now:
                return _shown(handle, table, now)
        except AlreadyRecorded:
            errors = {"why": _NOT_CORRECTED}
            typed = TypedCorrection(uuid4().hex, stands, typed.said)
        except (NotCurrent, SentOtherwise) as error:
            errors = {"why": f"{error.what} {error.remedy}"}
            typed = TypedCorrection(uuid4().hex, stands, typed.said)
    context = {
        "answer": f"Correct this: {called(stands)}, of {name}.",
        "says": "Nothing is rubbed out. What it said before can still be seen, with who corrected it and why.",
        "number": typed.number,
        "fields": typed.fields(errors),
        "button": "Correct it",
        "back": reverse("hand-entry", args=[handle, table, entry]),
        "back_to": "Back to the entry, without changing anything",
    }
    return show_form(ask, "by-hand-form.html", "Correct an entry", "Children", context, errors, sources)


def _corrected_before(ask: Asking, handle: str, table: str, entry: int, typed: TypedCorrection) -> int | None:
    with ask.record(CORRECTING) as record:
        return record.corrected_before(handle, table, entry, typed.wanted, typed.number)


def _corrected(ask: Asking, handle: str, table: str, entry: int, typed: TypedCorrection) -> int:
    """Correct the entry; pressed twice at one moment, the entry that the other press wrote."""
    try:
        with ask.record(CORRECTING) as record:
            return record.correct_entry(handle, table, entry, typed.wanted, typed.number)
    except (AlreadyRecorded, NotCurrent):
        if now := _corrected_before(ask, handle, table, entry, typed):
            return now
        raise


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, handle: str, table: str, entry: int) -> HttpResponse:
    """Ask why an entry is withdrawn, and withdraw it."""
    ask = asking(request)
    with ask.record(WITHDRAWING) as record:
        stands = record.may_change(handle, table, entry)
        sources = record.sources()
        errors = errors_in(ask, "it is withdrawn")
        if request.method == "POST" and not errors:
            with suppress(AlreadyRecorded):
                record.withdraw_entry(handle, table, entry, typed_why(ask), uuid4().hex)
            return redirect("hand-entry", handle, table, entry)
    says = {
        "answer": f"{title_of(stands)}: it will count as never so, and what it met is due again.",
        "says": "If it was so and something in it is wrong, correct it.",
        "hint": f"In {LONGEST} characters or fewer. Whoever may see this child sees it.",
        "back": reverse("hand-entry", args=[handle, table, entry]),
        "back_to": "Back to the entry, without changing anything",
    }
    return ask_why(ask, "Withdraw an entry", "Children", says, errors, sources)
