"""The page that asks why something that was written down is withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse

from keyworker.actions.writing import LONGEST
from keyworker.facts.pictures import SourceAge
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import Asking


def typed_why(ask: Asking) -> str:
    """The reason that was typed."""
    return ask.request.POST.get("why", "").strip()


def errors_in(ask: Asking, what: str) -> dict[str, str]:
    """What is wrong with the reason that was typed; nothing on a first look. Takes what, as in `it is withdrawn`."""
    why = typed_why(ask)
    if ask.request.method != "POST" or (why and len(why) <= LONGEST):
        return {}
    return {"why": f"Enter why {what}, in {LONGEST} characters or fewer"}


def ask_why(
    ask: Asking,
    title: str,
    section: str,
    says: dict[str, Any],
    errors: dict[str, str],
    sources: Iterable[SourceAge],
    *,
    here: str = "",
) -> HttpResponse:
    """The form. Takes says, the words of what is withdrawn and where to go back to."""
    context = {**says, "why": typed_why(ask)}
    return show_form(ask, "withdraw.html", title, section, context, errors, sources, here=here)
