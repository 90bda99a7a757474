"""Who is let in: a token that may be used for what is asked, at a pace, for a purpose of the table."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from ninja.security import HttpBearer

from keyworker.access import Thing, who_may
from keyworker.access.scopes import Purpose
from keyworker.vocabulary.forms import Form
from keyworker.web import bound
from keyworker.web.api import tokens
from keyworker.web.api.problems import Kind, Stopped, malformed, no_token, problem, too_fast
from keyworker.web.api.tokens import TokenKept
from keyworker.web.api.uses import NAMES, Doing, Use
from keyworker.web.pacing import Allowance, Pace
from keyworker.web.reasons import problem as problem_of_reason

PURPOSE, REASON = "Keyworker-Purpose", "Keyworker-Reason"
TOKEN = Allowance(120, 4)
"""A program that fetches pages of a hundred children may have 9,700 of them in half a minute."""


@dataclass(frozen=True)
class Program:
    """Another system that was let in.

    Takes   use, what it does now; purpose, what for, a word of the table; reason, what was written where a role opens
            names only for one.
    """

    token: TokenKept
    use: Use
    purpose: Purpose
    reason: str = ""

    @property
    def names(self) -> bool:
        """Whether the token may be used for names."""
        return NAMES in self.token.uses

    @property
    def logged_as(self) -> str:
        """The purpose, as the access log keeps it."""
        return f"{self.purpose}; token {self.token.ref}"


class Bearer(HttpBearer):
    """The lock of one operation. Takes use, without which no token opens it."""

    def __init__(self, use: Use) -> None:
        super().__init__()
        self.use = use

    def authenticate(self, request: HttpRequest, token: str) -> Program:
        """Let a program in. Raises Stopped with what is missing; it says nothing of the record."""
        kept = known(token)
        require_asked(request)
        return _admitted(request, kept, self.use)


class FormBearer(HttpBearer):
    """The lock of what writes with the form that its address names: a token opens it that is for the form's thing.

    Takes   called, which finds a form by its name.
    """

    def __init__(self, called: Callable[[str], Form | None]) -> None:
        super().__init__()
        self.called = called

    def authenticate(self, request: HttpRequest, token: str) -> Program:
        """Let a program in. Raises Stopped with what is missing, or where no form is called so."""
        kept = known(token)
        require_asked(request)
        one = self.called(str(request.resolver_match.kwargs["form"])) if request.resolver_match else None
        if one is None:
            raise Stopped(no_form())
        return _admitted(request, kept, use_of_form(one))


class AnyBearer(HttpBearer):
    """The lock of what tells a token about itself: any that is open."""

    def authenticate(self, request: HttpRequest, token: str) -> TokenKept:  # noqa: ARG002 - the library's signature
        """Let a program in. Raises Stopped."""
        return known(token)


_pace = Pace(TOKEN)


def _admitted(request: HttpRequest, kept: TokenKept, use: Use) -> Program:
    """A program whose token is for what it does, for a purpose. Raises Stopped."""
    if use not in kept.uses:
        raise Stopped(not_for_this(use))
    return Program(kept, use, purpose_of(request, use), reason_of(request))


def use_of_form(one: Form) -> Use:
    """What a token must be for to write with a form."""
    return Use(Doing.WRITE, Thing(one.thing))


def no_form() -> HttpResponse:
    """404: no form is called so."""
    return problem(
        404,
        Kind.NOT_KNOWN,
        "No form is called so",
        remedy="Ask /api/v1/forms, or /api/v1/staff-forms, which there are.",
    )


def known(secret: str) -> TokenKept:
    """The token of a secret, if it may ask now. Raises Stopped."""
    kept = tokens.found(secret, bound.now())
    if kept is None:
        raise Stopped(no_token("The token is not known, was ended or has expired."))
    if wait := _pace.ask(kept.ref):
        raise Stopped(too_fast(wait))
    return kept


def require_asked(request: HttpRequest) -> None:
    """Raises Stopped for a word in the address that the operation does not ask for: mistyped, it would be lost."""
    from keyworker.web.api.urls import asked_for

    if beyond := set(request.GET) - asked_for(request):
        raise Stopped(malformed([{"where": "query", "what": "not asked for here"} for _ in beyond]))


def refill(clock: Callable[[], float] = time.monotonic) -> None:
    """Give every token its whole allowance again, as a restart does. Takes clock, as `Pace` does."""
    global _pace
    _pace = Pace(TOKEN, clock)


def not_for_this(use: Use) -> HttpResponse:
    """403: the token may not be used for this."""
    return problem(
        403,
        Kind.NOT_FOR_THIS,
        "This token is not for that",
        detail=f"It may not be used to {str(use).replace(':', '')}.",
        remedy="Make a token that is for it, and end this one.",
    )


def purpose_of(request: HttpRequest, use: Use) -> Purpose:
    """The purpose that was sent. Raises Stopped for none, and for a word that the table does not have for the thing."""
    possible = purposes(use)
    try:
        found = Purpose(request.headers.get(PURPOSE, "").strip())
    except ValueError:
        found = None
    if found not in possible:
        raise Stopped(
            problem(
                400,
                Kind.PURPOSE,
                "What for?",
                detail=f"The header {PURPOSE} holds no purpose for which anybody may {str(use).replace(':', '')}.",
                remedy=f"Send one of: {', '.join(possible)}.",
            )
        )
    return found


def purposes(use: Use) -> tuple[Purpose, ...]:
    """The purposes for which any role may look at a thing, in the table's order."""
    found = (cell.purpose for cell in who_may()[use.thing].cells.values())
    return tuple(dict.fromkeys(one for one in found if one is not None))


def reason_of(request: HttpRequest) -> str:
    """The reason that was sent; empty where none was. Raises Stopped for one that says too little or holds what no
    header may."""
    sent = request.headers.get(REASON)
    if sent is None:
        return ""
    if not sent.isascii() or not sent.isprintable():
        raise Stopped(malformed([{"where": f"header {REASON}", "what": "a character that a header cannot hold"}]))
    said = " ".join(sent.split())
    if wrong := problem_of_reason(said):
        raise Stopped(problem(400, Kind.PURPOSE, "What for?", detail=f"{wrong}: the header {REASON}."))
    return said
