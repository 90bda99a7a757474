"""A screen that a worker handed to a child shows the child's own page alone, until the worker shows who they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from keyworker.web.signing import completing, factors

PAGE = "for-child"
WAYS_BACK = frozenset({"prove", "passkey-sign-in", "sign-out", "stay", "service-worker"})
"""What else opens meanwhile: showing who one is, and signing out."""
Handler = Callable[[HttpRequest], HttpResponse]


def hand_over(request: HttpRequest, handle: str) -> None:
    """Show nothing from now on but one child's own page, in this browser's session."""
    request.session[completing.HANDED] = handle


def is_handed(request: HttpRequest) -> bool:
    """Whether a child holds the screen."""
    return completing.HANDED in request.session


class HandedToAChild:
    """While a child holds the screen every other page asks who it is: by a link, an address or the browser's own way
    back."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Handler,  # noqa: ARG002 - the framework's signature
        args: object,  # noqa: ARG002
        kwargs: Mapping[str, object],
    ) -> HttpResponse | None:
        """The question who it is, or nothing for the child's own page and where nobody was handed the screen."""
        handle = request.session.get(completing.HANDED)
        name = request.resolver_match.url_name if request.resolver_match else None
        if handle is None or name in WAYS_BACK or (name == PAGE and kwargs.get("handle") == handle):
            return None
        if factors.can_prove(request.user):
            return redirect(f"{reverse('prove')}?{urlencode({'next': reverse('child', args=[handle])})}")
        # Who they are is known to the council's sign-in service alone: they sign in by it again.
        completing.leave(request)
        return redirect("sign-in")
