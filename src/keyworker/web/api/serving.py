"""What stands before every operation: no cookie and no form is looked at, and every answer is JSON."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from keyworker.web.api.kept_back import without_marked
from keyworker.web.api.problems import PREFIX, Kind, fault, no_address, of_error, problem, too_fast
from keyworker.web.pacing import ADDRESS, Pace
from keyworker.web.source import out_of_reach

ADDRESSES = "keyworker.web.api.urls"
JSON = "application/json"
METHODS = ("GET", "POST")
Handler = Callable[[HttpRequest], HttpResponse]
_log = logging.getLogger("django.request")


class Programs:
    """Requests of other systems are answered here and go no further: pages, their sessions and forms never see them."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.addresses = Pace(ADDRESS)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a program, or let whoever asks for a page pass."""
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        wait = self.addresses.ask(str(request.META.get("REMOTE_ADDR", "")))
        if wait:
            return too_fast(wait)
        if request.method not in METHODS:
            return not_a_method(", ".join(METHODS))
        if request.method == "POST" and request.content_type != JSON:
            return not_json()
        return answered(request)


def answered(request: HttpRequest) -> HttpResponse:
    """The answer of the operation that an address names."""
    try:
        match = resolve(request.path_info, ADDRESSES)
    except Resolver404:
        return no_address()
    request.resolver_match = match
    try:
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    except RequestDataTooBig:
        return problem(413, Kind.TOO_LARGE, "That is too large", remedy="Send less at once.")
    except SuspiciousOperation:
        return problem(400, Kind.MALFORMED, "That request did not make sense")
    except (OperationalError, InterfaceError):
        # The database did not even say whose token it is.
        return of_error(out_of_reach())
    except Exception:
        _log.exception("fault", extra={"request": request, "status_code": 500})
        return fault()
    return not_a_method(response["Allow"]) if response.status_code == 405 else without_marked(request, response)


def not_a_method(allowed: str) -> HttpResponse:
    """405: the address takes other kinds of request."""
    response = problem(405, Kind.METHOD, "This address takes another kind of request", remedy=f"Use {allowed}.")
    response["Allow"] = allowed
    return response


def not_json() -> HttpResponse:
    """415: what is sent must be JSON."""
    return problem(415, Kind.NOT_JSON, "What is sent must be JSON", remedy=f"Send it as {JSON}.")
