"""What the pages of signing in share: a form with its errors, a limit on tries, and the way on to the next step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from keyworker.web import bound
from keyworker.web.signing import completing, passkeys, steps, tries
from keyworker.web.signing.steps import Pending
from keyworker.web.words import spoken_instant

TOO_OFTEN = "There have been too many tries. Wait until {}, then try again"
View = Callable[..., HttpResponse]


def ask(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    errors: dict[str, str] | None = None,
    status: int = 400,
) -> HttpResponse:
    """A form, with what was wrong with what was sent."""
    said = {
        **context,
        "errors": errors or {},
        "council": settings.KEYWORKER_COUNCIL,
        "policy": settings.KEYWORKER_SIGN_IN,
        "has_service": settings.KEYWORKER_OPENID is not None,
        "has_passkeys": bool(passkeys.origin_of(request)),
        "signed_in": request.user.is_authenticated,
    }
    return render(request, template, said, status=status if errors else 200)


def too_often(request: HttpRequest, account: str) -> str:
    """Count a try to sign in. Gives until when to wait, in words, where there have been too many."""
    now = bound.now()
    until = tries.charge(tries.ADDRESS, completing.address_of(request), now)
    until = until or tries.charge(tries.ACCOUNT, account, now)
    return until_words(until) if until else ""


def until_words(until: datetime) -> str:
    """Until when to wait, to the minute, and never too soon."""
    return spoken_instant(until + timedelta(seconds=59))


def go_on(request: HttpRequest, pending: Pending, user: Any) -> HttpResponse:
    """Ask the next thing of somebody on the way to being signed in, or sign them in where nothing more is asked."""
    if step := steps.next_step(pending, user):
        return redirect(step)
    way = f"password and {pending.proved}" if pending.proved else "password"
    completing.complete(request, user, way, tried=pending.tries)
    return redirect(pending.following or settings.LOGIN_REDIRECT_URL)


def on_the_way(view: View) -> View:
    """Open a page only to somebody whose password was right a little while ago, at the step that comes next."""

    @wraps(view)
    def opened(request: HttpRequest) -> HttpResponse:
        found = steps.pending_of(request)
        if found is None:
            return redirect("sign-in")
        if request.resolver_match.url_name not in steps.PAGES.get(steps.next_step(*found), set()):
            return go_on(request, *found)
        return view(request, *found)

    return opened


def freshly_proved(view: View) -> View:
    """Open a page only to somebody who showed a little while ago who they are: it changes how they sign in."""

    @wraps(view)
    def opened(request: HttpRequest) -> HttpResponse:
        if not completing.is_fresh(request):
            return redirect(f"{reverse('prove')}?{urlencode({'next': request.path})}")
        return view(request)

    return opened
