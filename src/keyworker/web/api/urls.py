"""Every address of the interface, and what is answered when something goes wrong."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from keyworker.vocabulary.errors import KeyworkerError
from keyworker.web.api.declaring import OFFERED
from keyworker.web.api.document import TITLE, VERSION, document_view, queries
from keyworker.web.api.operations import (
    allocations,
    alone,
    case_supervision,
    challenges,
    children,
    copies,
    cover,
    duties,
    entering,
    entries,
    forms,
    itself,
    loads,
    looking,
    meetings,
    new_children,
    own_challenges,
    own_words,
    plan_actions,
    planned_visits,
    posts,
    service,
    shared_notes,
    staff,
    time_asked,
    visits,
    waiting,
    webhooks,
)
from keyworker.web.api.problems import Kind, Stopped, malformed, no_token, of_error, problem
from keyworker.web.api.uses import Use

ROUTERS = (
    itself.router,
    children.router,
    new_children.router,
    waiting.router,
    duties.router,
    time_asked.router,
    allocations.router,
    cover.router,
    case_supervision.router,
    visits.router,
    planned_visits.router,
    alone.router,
    forms.router,
    entries.router,
    entering.router,
    shared_notes.router,
    plan_actions.router,
    meetings.router,
    challenges.router,
    own_challenges.router,
    own_words.router,
    copies.router,
    loads.router,
    posts.router,
    staff.router,
    looking.router,
    service.router,
    webhooks.router,
)

# No page of documentation: its scripts come from elsewhere. The manual has one.
api = NinjaAPI(title=TITLE, version=VERSION, docs_url=None, openapi_url=None, urls_namespace="api")
for router in ROUTERS:
    api.add_router("", router)


@api.exception_handler(Stopped)
def _stopped(_: HttpRequest, stopped: Stopped) -> HttpResponse:
    return stopped.response


@api.exception_handler(KeyworkerError)
def _in_words(_: HttpRequest, error: KeyworkerError) -> HttpResponse:
    return of_error(error)


@api.exception_handler(AuthenticationError)
def _nobody(_: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001 - the library's signature
    return no_token("No token was sent.")


@api.exception_handler(ValidationError)
def _unfit(_: HttpRequest, error: ValidationError) -> HttpResponse:
    return malformed([{"where": _where(one), "what": one.get("msg", "")} for one in error.errors])


@api.exception_handler(HttpError)
def _unread(_: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(
        error.status_code, Kind.MALFORMED, "That could not be read", remedy="Send JSON as the document says."
    )


def _where(error: dict[str, Any]) -> str:
    """Which field: never what stood in it, nor the name of one that nobody knows, which was sent too."""
    parts = tuple(error.get("loc", ()))
    known = parts[:-1] if error.get("type") == "extra_forbidden" else parts
    return ".".join(one for one in known if isinstance(one, str))


def asked_for(request: HttpRequest) -> frozenset[str]:
    """The words that the operation of a request asks for in its address."""
    route = request.resolver_match.route if request.resolver_match else ""
    path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)
    return queries(api).get((str(request.method), path), frozenset())


def offered() -> list[Use]:
    """What a token may be for: names, and whatever some operation here needs."""
    return list(OFFERED)


urlpatterns = [
    path("api/v1/openapi.json", lambda request: document_view(request, api), name="openapi"),
    path("api/v1/", include((api.urls[0], "api"))),
]
