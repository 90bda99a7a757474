"""Where there is no signal: taking the forms of visits along, what a device shows then and sends afterwards."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keyworker.actions.drafts import WantedDraft
from keyworker.actions.questions.visits import Visitable
from keyworker.facts.visit_notes import VisitNote
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.web.drafting import match_of
from keyworker.web.form_numbers import is_number
from keyworker.web.presenters.device import (
    MOST_WORDS,
    STANDS_FOR,
    FromDevice,
    another_of,
    form_taken,
    kept_of,
    read_from_device,
    stands_same,
)
from keyworker.web.presenters.visits import LEFT_OUT, TypedVisit, left_out
from keyworker.web.signing.marks import account_mark
from keyworker.web.source import Record
from keyworker.web.views.showing import Asking, asking, show
from keyworker.web.words import spoken, spoken_instant

TAKING = "take the forms of visits along where there is no signal"
SENDING = "write down a visit that was caught where there was no signal"
HOURS = (4, 8, 12, 24, 48, 72)
SHELL = (
    "vendor/govuk.css",
    "vendor/moj.css",
    "vendor/sortable-table.mjs",
    "keyworker.css",
    "throughline.css",
    "keyworker.svg",
    "keyworker.js",
    "draft.js",
    "ending.js",
    "device/store.js",
    "device/sealing.js",
    "device/waiting.js",
    "device/form.js",
    "device/page.js",
)
"""What the worker keeps beside its own page: nothing of anybody's."""
OTHERS_FORM = "This form was sent before, and what stands since then says something else."

NOT_TAKEN = (
    "Keyworker cannot take this as it is: it is no visit of these pages, or an answer has more than"
    f" {MOST_WORDS:,} characters. It stays on this device and is not sent again until you change it."
)
UNWRITABLE = f"A character was typed that cannot be kept, and {STANDS_FOR} stands for it. Put it right, and send this."


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What is shown where there is no signal: the same for everybody, until a script opens what this device took."""
    return render(request, "on-this-device.html", {"council": settings.KEYWORKER_COUNCIL})


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the framework's signature
    """The script that keeps the pages' frame, with the list of what it keeps; another list is another worker."""
    return HttpResponse(_worker(settings.KEYWORKER_COUNCIL.colour), content_type="text/javascript; charset=utf-8")


@lru_cache(maxsize=2)
def _worker(colour: str) -> str:
    folder = Path(settings.STATIC_ROOT)
    digests = hashlib.sha256(colour.encode())
    for one in (*SHELL, "device/worker.js", "../templates/on-this-device.html", "../templates/base.html"):
        digests.update((folder / one).read_bytes())
    kept = [reverse("on-this-device"), reverse("theme"), *(f"{settings.STATIC_URL}{one}" for one in SHELL)]
    said = f'const KEPT = {json.dumps(kept)};\nconst NAME = "keyworker-{digests.hexdigest()[:16]}";\n'
    return said + (folder / "device/worker.js").read_text(encoding="utf-8")


@require_safe
def mark(request: HttpRequest) -> JsonResponse:
    """Who has signed in, as a mark that tells nobody who, and what a form must carry now: for a device that sends."""
    return JsonResponse({"account": account_mark(request.user.get_username()), "form": get_token(request)})


@require_http_methods(["GET", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """Choose the children whose forms are taken along; the script that asks for them seals them on the device."""
    ask = asking(request)
    with ask.record(TAKING) as record:
        may = record.writes_visits()
        mine = record.my_children(ask.asked.moment).every() if may else ()
        most, sources = record.most_hours_on_a_device(), record.sources()
        if request.method == "POST":
            return JsonResponse(_taken(ask, record, [one.handle for one in mine], most))
    context = {
        "answer": "Take the forms of today’s visits with you, for where there is no signal."
        if may
        else "Visits are not recorded here by you, so there is nothing to take with you.",
        "mine": mine,
        "hours": [one for one in HOURS if one <= most] or [most],
        "installs": True,
    }
    return show(
        ask, "take-with-me.html", "Take with me", "My work", context, here="needs me", sources=sources, moves=False
    )


def _taken(ask: Asking, record: Record, mine: list[str], most: int) -> dict[str, Any]:
    """The forms of those chosen, of one's own children alone; each child is logged as taken along."""
    request = ask.request
    chosen = [one for one in mine if one in request.POST.getlist("child")]
    said = request.POST.get("hours", "")
    hours = min(int(said) if len(said) <= 3 and said.isdecimal() else most, most)
    until = ask.asked.now + timedelta(hours=max(hours, 1))
    named = request.POST.get("named") == "yes"
    forms = [
        form_taken(record.visitable(one), reverse("visit-new", args=[one]), uuid4().hex, ask.asked.today, named=named)
        for one in chosen
    ]
    return {
        "account": account_mark(request.user.get_username()),
        "until": until.isoformat(),
        "says": spoken_instant(until),
        "point": base64.b64encode(record.device_point()).decode(),
        "forms": forms,
    }


@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Take one visit from a device: write it down, or keep it as a draft where a person must look first."""
    ask = asking(request)
    with ask.record(SENDING) as record:
        content = record.from_device(*(_bytes(request.POST.get(one, "")) for one in ("point", "nonce", "sealed")))
        found = read_from_device(content)
        match = match_of(found.address) if found else None
        if found is None or match is None or match.url_name != "visit-new" or not is_number(found.number):
            # Said so that the device knows that trying again is of no use.
            return JsonResponse({"state": "refused", "says": NOT_TAKEN}, status=400)
        handle = str(match.kwargs["handle"])
        if not found.is_finished:
            _keep(record, found, found.number, UNWRITABLE if found.is_changed else "")
            return JsonResponse({"state": "begun", "says": "What was typed is kept here now: see What you have begun."})
        why, number = _write(ask, record, handle, found)
        if why:
            _keep(record, found, number, why)
            return JsonResponse({"state": "waits", "says": f"Not written down yet, and not lost. {why}"})
        gone = [one.draft_id for one in record.drafts_of(found.address) if one.tab == found.number]
        record.forget_drafts(gone)
    return JsonResponse({"state": "written", "says": f"Written down on {spoken(ask.asked.today)}."})


def _write(ask: Asking, record: Record, handle: str, found: FromDevice) -> tuple[str, str]:
    """Write a visit down. Gives why a person must look first, empty once it stands; and the number to send it by."""
    today = ask.asked.today
    try:
        if found.is_changed:
            return UNWRITABLE, found.number
        children = record.visitable(handle)
        if left_out(found.said, children):
            return f"{LEFT_OUT}.", found.number
        typed = TypedVisit.of(found.said, children, found.number, today)
        if errors := typed.errors(today):
            return f"{next(iter(errors.values()))}.", found.number
        written = _written(record, children)
        if stands_same(typed.wanted, written):
            return "", found.number
        if one := another_of(typed.wanted, written):
            said = f"A visit on {spoken(one.happened_on)} was written down already, by {one.written_by}."
            return f"{said} If it was the same visit, throw this away; if there were two, send this.", found.number
        try:
            record.record_visit(handle, typed.wanted)
        except AlreadyRecorded:
            # Another window may have sent it since it was looked for.
            if stands_same(typed.wanted, _written(record, children)):
                return "", found.number
            return f"{OTHERS_FORM} Look at what stands; if both are to stand, send this.", uuid4().hex
    except KeyworkerError as error:
        return f"{error.what} {error.remedy}".strip(), found.number
    return "", found.number


def _written(record: Record, children: Sequence[Visitable]) -> list[VisitNote]:
    return [one for child in children for one in record.visits_written(child.handle)]


def _keep(record: Record, found: FromDevice, number: str, why: str = "") -> None:
    said = {**kept_of(found, why), "together_id": number}
    record.keep_draft(WantedDraft(found.address, said, tab=found.number))


def _bytes(said: str) -> bytes:
    with suppress(binascii.Error, ValueError):
        return base64.b64decode(said, validate=True)
    return b""
