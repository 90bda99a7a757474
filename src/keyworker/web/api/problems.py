"""When something goes wrong: what happened, where, and what to do, as RFC 9457 writes problems down."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum

from django.http import HttpResponse

from keyworker.actions.challenges import AtAnotherStage
from keyworker.actions.questions.naming import NotKnown
from keyworker.actions.questions.opened import SessionOver
from keyworker.actions.writing import SentOtherwise
from keyworker.record.writer import AlreadyRecorded, NotCurrent
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.web.source import AGAIN_IN, OutOfReach

PREFIX = "/api/"
"""What every address of an operation begins with."""
TYPE = "application/problem+json"


class Kind(StrEnum):
    """What kind of problem it is: a word that a program may act on. It does not change within a version."""

    NO_TOKEN = "no-token"  # noqa: S105 - a word of the document
    NOT_FOR_THIS = "token-not-for-this"
    PURPOSE = "purpose"
    REFUSED = "refused"
    NOT_KNOWN = "not-known"
    NO_ADDRESS = "no-such-address"
    METHOD = "method"
    MALFORMED = "malformed"
    NOT_JSON = "not-json"
    TOO_LARGE = "too-large"
    CANNOT = "cannot-be-answered"
    RECORDED = "already-recorded"
    SENT_OTHERWISE = "sent-otherwise"
    CHANGED = "changed-since"
    ALIKE = "may-be-known"
    TOO_FAST = "too-fast"
    OUT_OF_REACH = "record-out-of-reach"
    FAULT = "fault"


class Stopped(Exception):
    """A request that goes no further. Takes the problem to answer with."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.response = response


def problem(
    status: int, kind: Kind, title: str, *, detail: str = "", remedy: str = "", errors: object = None
) -> HttpResponse:
    """A problem as an answer. Takes errors, what is wrong by field, without what was sent."""
    said: Mapping[str, object] = {
        "type": f"urn:keyworker:problem:{kind}",
        "title": title,
        "status": status,
        "detail": detail,
        "remedy": remedy,
        "errors": errors,
    }
    return HttpResponse(json.dumps({k: v for k, v in said.items() if v}), content_type=TYPE, status=status)


def of_error(error: KeyworkerError) -> HttpResponse:
    """What a room below says has gone wrong, in its own words."""
    if isinstance(error, OutOfReach):
        response = problem(503, Kind.OUT_OF_REACH, "The record does not answer", detail=error.what, remedy=error.remedy)
        response["Retry-After"] = str(AGAIN_IN)
        return response
    if isinstance(error, SessionOver):
        return no_token("The account of this token can open no session of the record.")
    if isinstance(error, Refused):
        return problem(403, Kind.REFUSED, "This may not be done", detail=error.what, remedy=error.remedy)
    if isinstance(error, NotKnown):
        return problem(
            404, Kind.NOT_KNOWN, "There is nothing to give", detail=_by_handle(error.what), remedy=error.remedy
        )
    if isinstance(error, AlreadyRecorded):
        return problem(409, Kind.RECORDED, "It is recorded already", detail=error.what, remedy=error.remedy)
    if isinstance(error, SentOtherwise):
        return problem(
            409,
            Kind.SENT_OTHERWISE,
            "This number said something else before",
            detail="Something was written down under this number before, and it does not say what was sent now.",
            remedy="Nothing was written down. If both are to stand, send this with a number of its own.",
        )
    if isinstance(error, NotCurrent | AtAnotherStage):
        return problem(409, Kind.CHANGED, "It was changed since", detail=error.what, remedy=error.remedy)
    return problem(422, Kind.CANNOT, "This cannot be answered as asked", detail=error.what, remedy=error.remedy)


def no_token(detail: str) -> HttpResponse:
    """401: no token, or one that opens nothing."""
    response = problem(
        401,
        Kind.NO_TOKEN,
        "No token that opens anything",
        detail=detail,
        remedy="Send `Authorization: Bearer` and a token that was neither ended nor has expired.",
    )
    response["WWW-Authenticate"] = 'Bearer realm="keyworker"'
    return response


def too_fast(wait: int) -> HttpResponse:
    """429: faster than a program may ask. Takes wait, in how many seconds to ask again."""
    response = problem(
        429,
        Kind.TOO_FAST,
        "Too many requests at once",
        detail="This token, or the place from which it asks, asks faster than it may.",
        remedy=f"Ask again in {wait} seconds, and more slowly after that.",
    )
    response["Retry-After"] = str(wait)
    return response


def malformed(errors: object) -> HttpResponse:
    """422: what was sent does not fit the document."""
    return problem(
        422,
        Kind.MALFORMED,
        "What was sent does not fit",
        detail="A parameter or a field is missing or is not of its kind.",
        remedy="Compare it with /api/v1/openapi.json.",
        errors=errors,
    )


def unfit(wrong: Mapping[str, str]) -> HttpResponse:
    """422: what was sent fits the document, and says too little or what cannot be. Takes wrong, by field."""
    return problem(
        422,
        Kind.CANNOT,
        "This cannot be written down as it was sent",
        detail=f"{next(iter(wrong.values()))}.",
        remedy="Mend it and send it again, with the same number.",
        errors=[{"where": where, "what": what} for where, what in wrong.items()],
    )


def no_address() -> HttpResponse:
    """404: no such address."""
    return problem(404, Kind.NO_ADDRESS, "There is no such address", remedy="Compare it with /api/v1/openapi.json.")


def fault() -> HttpResponse:
    """500: a fault of the program's own."""
    return problem(
        500,
        Kind.FAULT,
        "Something went wrong on our side",
        detail="It is a fault in Keyworker, not something that was sent.",
        remedy="Try again in a minute. If it goes on, tell whoever looks after Keyworker what was asked for and when.",
    )


def _by_handle(what: str) -> str:
    """Who is not known, in words for a program: it names children, workers and teams by handle alone."""
    return what.replace("is known by that name at", "is known by that handle at")
