"""From a right password to a completed sign-in: what is still asked, kept in a session that signs nobody in."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from keyworker.web import bound
from keyworker.web.signing.factors import factors_of, state_of

PENDING = "pending"
PATIENCE = timedelta(minutes=10)
SECOND, PASSWORD, FACTOR = "second-step", "first-password", "first-factor"
PAGES = {SECOND: {SECOND}, PASSWORD: {PASSWORD}, FACTOR: {FACTOR, "first-passkey"}}
"""The pages by which each step can be taken."""


@dataclass(frozen=True)
class Pending:
    """Somebody on the way to being signed in.

    Takes   user, whose sign-in; at, when the first step was right; following, the page that was asked for; tries, how
            many tries were counted on the way; proved, the second factor that was right, empty while none was.
    """

    user: int
    at: str
    following: str = ""
    tries: int = 0
    proved: str = ""


def begin(request: HttpRequest, user: Any, following: str, tries: int) -> Pending:
    """Note that a password was right; whatever this browser held before is gone."""
    request.session.flush()
    return keep(request, Pending(int(user.pk), bound.now().isoformat(), following, tries))


def keep(request: HttpRequest, pending: Pending) -> Pending:
    """Keep how far somebody has come."""
    request.session[PENDING] = asdict(pending)
    return pending


def tried(request: HttpRequest, pending: Pending) -> Pending:
    """Keep that one more try was counted."""
    return keep(request, replace(pending, tries=pending.tries + 1))


def pending_of(request: HttpRequest) -> tuple[Pending, Any] | None:
    """Who is on the way to being signed in, and how far; nobody where the first step was too long ago."""
    from django.contrib.auth.models import User

    held = request.session.get(PENDING)
    if not held:
        return None
    pending = Pending(**held)
    user = User.objects.filter(pk=pending.user, is_active=True).first()
    if user is None or datetime.fromisoformat(pending.at) + PATIENCE <= bound.now():
        return None
    return pending, user


def next_step(pending: Pending, user: Any) -> str:
    """The name of the page on which the next thing is asked; empty where nothing more is."""
    factors = factors_of(user)
    if factors.any and not pending.proved:
        return SECOND
    if state_of(user).must_change_password:
        return PASSWORD
    if settings.KEYWORKER_SIGN_IN.second_factor and not factors.any:
        return FACTOR
    return ""
