"""When something goes wrong: what happened, what is safe, what to do."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.web.api.problems import PREFIX, Kind, problem
from keyworker.web.presenters.frame import Link
from keyworker.web.source import AGAIN_IN, OutOfReach, out_of_reach
from keyworker.web.words import plural

SAFE = "Nothing in the record has changed."
STILL_SAFE = (
    "What a page told you was written down is kept. If you were sending a form, go back and send it again: nothing is "
    "written down twice."
)
"""Where the database did not answer, nobody can tell whether it still took what was sent to it last."""
SIGNED_IN = (200, 403, 404)  # with any other, who has signed in may be what cannot be told


def _problem(
    request: HttpRequest,
    status: int,
    title: str,
    what: str,
    todo: str,
    where: str = "",
    links: Sequence[Link] = (),
    safe: str = SAFE,
) -> HttpResponse:
    context = {
        "title": title,
        "what": what,
        "safe": safe if status != 200 else "",
        "todo": todo,
        "where": where,
        "links": links,
        "signed_in": status in SIGNED_IN and request.user.is_authenticated,
        "council": settings.KEYWORKER_COUNCIL,
    }
    return render(request, "problem.html", context, status=status)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """This person may not open this page: why, and whom to ask."""
    return _problem(request, 403, "You may not open this page", refusal.what, refusal.remedy)


def no_page(request: HttpRequest, opens_children: bool, links: Sequence[Link] = ()) -> HttpResponse:
    """Somebody has signed in whose roles open no page that a day's work begins on. Takes links, to what is open."""
    todo = (
        "A child’s page is open to you: use the address that the child’s worker or manager gives you."
        if opens_children
        else "Nothing for now. If you expected a page here, ask the analyst who keeps the roles which ones you hold."
    )
    return _problem(request, 200, "You are signed in", "No page here begins your work yet.", todo, links=links)


def mendable(request: HttpRequest, error: KeyworkerError) -> HttpResponse:
    """The page cannot be shown until something is mended, or until something else is asked for."""
    if isinstance(error, OutOfReach):
        title = "The record does not answer"
        response = _problem(request, 503, title, error.what, error.remedy, error.where, safe=STILL_SAFE)
        response["Retry-After"] = str(AGAIN_IN)
        return response
    return _problem(request, 404, "There is nothing to show here", error.what, error.remedy)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - the framework's signature
    """400: the request did not make sense, or came for another host. A program is told so as every other problem."""
    if request.path_info.startswith(PREFIX):
        return problem(
            400,
            Kind.MALFORMED,
            "That request did not make sense",
            detail="It could not be read, or it was meant for another machine’s addresses.",
            remedy="Send it to the address by which the pages are known, by TLS where others reach them.",
        )
    return _problem(
        request,
        400,
        "That request did not make sense",
        "The address or the form could not be read, or it was meant for another machine’s pages.",
        "Go back and try again, or start from the first page.",
    )


def unkeepable(request: HttpRequest) -> HttpResponse:
    """400: a text holds a character that nothing can keep, as a copied one may."""
    return _problem(
        request,
        400,
        "A character cannot be kept",
        "What was typed, or the address, holds a character that no page can show and the record cannot hold.",
        "Go back, take out what was copied from elsewhere or type it anew, and send it again.",
    )


def not_signed_in(request: HttpRequest, what: str, todo: str) -> HttpResponse:
    """403: the council's sign-in service, or what it says of somebody, signs nobody in."""
    return _problem(request, 403, "You are not signed in", what, todo)


def not_a_form(request: HttpRequest, status: int) -> HttpResponse:
    """405 or 415: neither a page to be read nor a form of these pages."""
    return _problem(
        request,
        status,
        "These pages take forms and nothing else",
        "What was sent is not a form of these pages. A file is taken only by the page that asks for one.",
        "Use the page’s own form. Files are loaded with `keyworker load`, on the machine.",
    )


def too_fast(request: HttpRequest, wait: int) -> HttpResponse:
    """429: this browser, or its address, asks faster than people read. Takes wait, in how many seconds to try again."""
    response = _problem(
        request,
        429,
        "Too many pages at once",
        "This browser, or the place that it asks from, asks for pages faster than anybody can read them.",
        f"Wait {plural(wait, 'second')}, then reload the page. If a program asks, let it ask more slowly.",
    )
    response["Retry-After"] = str(wait)
    return response


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - the framework's signature
    """403: not part of this person's work."""
    return _problem(
        request,
        403,
        "You may not open this page",
        "This page is not part of your work here.",
        "Ask the analyst who keeps the roles.",
    )


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - the framework's signature
    """403: a form that had been open too long, or came from elsewhere."""
    return _problem(
        request,
        403,
        "This form had been open too long",
        "For safety, a form works only while you are signed in and for the page it was on.",
        "Go back, reload the page and send it again.",
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - the framework's signature
    """404: nothing here, or nothing here for this person; the two look alike on purpose."""
    return _problem(
        request,
        404,
        "There is no such page",
        "The address may be mistyped or out of date, or what it showed may not be open to you.",
        "Check the address, or start from the first page.",
    )


def fault(request: HttpRequest) -> HttpResponse:
    """500: a fault of the program's own; 503 where the database did not answer, even when asked who has signed in."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return mendable(request, out_of_reach())
    return _problem(
        request,
        500,
        "Something went wrong on our side",
        "The page could not be made. It is a fault in Keyworker, not something that you did.",
        "Try again in a minute. If it goes on, tell whoever looks after Keyworker here what you were doing and when.",
    )
