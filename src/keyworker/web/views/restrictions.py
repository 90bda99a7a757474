"""Who may see a child: restricting, naming, taking it back, lifting; and the list of restricted children."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from keyworker.actions.questions.restrictions import Restricting
from keyworker.actions.restrictions import WantedRestriction, naming_problems, problems
from keyworker.actions.writing import LONGEST
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import SourceAge
from keyworker.web.form_numbers import number_or_new
from keyworker.web.presenters.restrictions import answer, history_table, kinds, named_table, restricted_table
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import Asking, asking, show
from keyworker.web.views.withdrawing import ask_why, errors_in, typed_why

DECIDING = "decide who may see a child"
HINT = f"In {LONGEST} characters or fewer. Everybody who is named may read it."
_APART = re.compile(r"[\s,;]+")


@dataclass(frozen=True)
class _Read:
    name: str
    found: Restricting
    sources: tuple[SourceAge, ...]


def every(request: HttpRequest) -> HttpResponse:
    """The restricted children for whom whoever asks is named."""
    ask = asking(request)
    with ask.record("see which children are restricted") as record:
        rows, sources = record.restricted_children(), record.sources()

    def to(handle: str) -> str:
        return reverse("restriction", args=[handle])

    return show(
        ask,
        "records.html",
        "Restricted children",
        "Children",
        {
            "answer": "Only named people see these children. Those for whom you are not named do not exist for you "
            "either, nor for any other page, list or search of yours.",
            "table": restricted_table(rows, to),
        },
        here="restricted children",
        sources=sources,
        moves=False,
    )


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, handle: str) -> HttpResponse:
    """Who may see one child, and the form by which it is decided."""
    ask = asking(request)
    read = _read(ask, handle)
    said = {name: str(value).strip() for name, value in request.POST.items()}
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = _write(ask, handle, read, said)
        if not errors:
            return redirect(reverse("restriction", args=[handle]))
    return _form(ask, handle, read, said, errors)


def _write(ask: Asking, handle: str, read: _Read, said: dict[str, str]) -> dict[str, str]:
    """Write down what was typed, or give what is wrong with it."""
    now = read.found.now
    with ask.record(DECIDING) as record:
        if now is not None:
            account, reason = said.get("account", ""), said.get("reason", "")
            errors = naming_problems(now, account, reason, read.found.accounts)
            if not errors:
                record.name_for(handle, account, reason)
            return errors
        typed = _APART.split(said.get("accounts", ""))
        ticked = [account for one in read.found.holding if said.get(f"named-{(account := one.account)}")]
        number = said.get("restriction_id", "")
        wanted = WantedRestriction(
            number_or_new(number),
            said.get("kind", ""),
            said.get("reason", ""),
            (*ticked, *typed),
        )
        errors = problems(wanted, now, read.found.accounts)
        if not errors:
            record.restrict(handle, wanted)
        return errors


def _form(ask: Asking, handle: str, read: _Read, said: dict[str, str], errors: dict[str, str]) -> HttpResponse:
    now, accounts = read.found.now, read.found.accounts
    context = {
        "answer": answer(read.name, read.found),
        "is_restricted": now is not None,
        "named": now and named_table(now, accounts, lambda one: reverse("naming-end", args=[handle, one.named_id])),
        "before": history_table(read.found.history, accounts),
        "kinds": kinds(),
        "holding": [
            (f"named-{one.account}", one.in_words, one.account, not said or f"named-{one.account}" in said)
            for one in read.found.holding
        ],
        "said": said,
        "number": uuid4().hex,
        "reason_hint": HINT,
        "lift": reverse("restriction-lift", args=[handle]) if now else "",
        "child": reverse("child", args=[handle]),
    }
    return show_form(ask, "restriction.html", "Who may see this child", "Children", context, errors, read.sources)


@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, handle: str) -> HttpResponse:
    """Ask why a restriction is lifted, and lift it."""
    ask = asking(request)
    read = _read(ask, handle)
    now = read.found.now
    if now is None:
        raise Http404
    errors = errors_in(ask, "it is lifted")
    if request.method == "POST" and not errors:
        with ask.record(DECIDING) as record:
            record.lift(handle, typed_why(ask))
        return redirect(reverse("restriction", args=[handle]))
    says = {
        "answer": f"{read.name} will be seen again by everybody whom the table of who may see what lets in.",
        "says": f"The child was restricted because: {now.reason}",
    }
    return _ask_why(ask, handle, "Lift the restriction", says, errors, read)


@require_http_methods(["GET", "POST"])
def end_naming(request: HttpRequest, handle: str, naming: str) -> HttpResponse:
    """Ask why somebody is no longer named, and take it back."""
    ask = asking(request)
    read = _read(ask, handle)
    named = next((one for one in (read.found.now.may_see if read.found.now else ()) if one.named_id == naming), None)
    if named is None:
        raise Http404
    errors = errors_in(ask, "they no longer need to see the child")
    if request.method == "POST" and not errors:
        with ask.record(DECIDING) as record:
            record.name_no_longer(handle, named.account, typed_why(ask))
        return redirect(reverse("child" if named.account == ask.visitor.account else "restriction", args=[handle]))
    accounts = read.found.accounts
    who = accounts[named.account].in_words if named.account in accounts else named.account
    says = {
        "answer": f"To {who} there will be no such child from this moment on.",
        "says": f"They were named because: {named.reason}",
    }
    return _ask_why(ask, handle, "Take back a naming", says, errors, read)


def _ask_why(
    ask: Asking, handle: str, title: str, says: dict[str, str], errors: dict[str, str], read: _Read
) -> HttpResponse:
    says |= {"hint": HINT, "back": reverse("restriction", args=[handle]), "back_to": "Back, without changing anything"}
    return ask_why(ask, title, "Children", says, errors, read.sources)


def _read(ask: Asking, handle: str) -> _Read:
    with ask.record(DECIDING) as record:
        found = record.restricting(handle)
        return _Read(record.name_of(handle, Moment(ask.asked.today)), found, record.sources())
