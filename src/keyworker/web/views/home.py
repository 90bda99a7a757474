"""The first page after signing in, and the council's colour."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from keyworker.web.presenters.frame import open_pages
from keyworker.web.views import problems
from keyworker.web.views.showing import asking


def home(request: HttpRequest) -> HttpResponse:
    """Lead a person to the page that their work begins on, or say that none is part of it yet."""
    visitor = asking(request).visitor
    if visitor.home:
        return redirect(visitor.home)
    return problems.no_page(request, "child" in visitor.routes, open_pages(visitor, reverse))


@login_not_required
def theme(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the framework's signature
    """The council's colour, as a stylesheet of one rule, so that no page needs inline style."""
    colour = settings.KEYWORKER_COUNCIL.colour
    response = HttpResponse(f":root {{ --kw-council: {colour}; }}\n", content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "max-age=3600"
    return response
