"""The page of a form: what it asks, and what is wrong with what was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse

from keyworker.facts.pictures import SourceAge
from keyworker.web.views.showing import Asking, show


def show_form(
    ask: Asking,
    template: str,
    title: str,
    section: str,
    context: Mapping[str, Any],
    errors: Mapping[str, str],
    sources: Iterable[SourceAge],
    *,
    here: str = "",
) -> HttpResponse:
    """Render a form inside its frame. One that was sent and cannot stand is answered as a bad request."""
    whole = {**context, "errors": errors}
    response = show(ask, template, title, section, whole, here=here, sources=sources, moves=False)
    response.status_code = 400 if errors else 200
    return response
