"""The one place through which every completed sign-in passes, and the one through which every sign-out does."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from keyworker.web import bound
from keyworker.web.signing import sessions, tries
from keyworker.web.signing.happenings import note

PROVED = "proved_at"
HANDED = "handed_to_a_child"
"""The child to whom the screen was handed, by handle."""
FRESH = timedelta(minutes=15)
BACKEND = "django.contrib.auth.backends.ModelBackend"
BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome or Chromium"), ("Safari/", "Safari"))
MACHINES = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "a Mac"),
    ("Linux", "Linux"),
)


def complete(request: HttpRequest, user: Any, way: str, *, tried: int = 0) -> None:
    """Sign somebody in: everything that was asked of them was right. Nothing else signs anybody in.

    Takes   way, how they showed who they are, in words for their own list of sessions; tried, how many tries were
            counted on the way, which are forgiven.
    """
    now = bound.now()
    request.session.flush()
    request.session[sessions.OPENED] = request.session[PROVED] = now.isoformat()
    request.session[sessions.WAY] = way
    request.session[sessions.BROWSER] = browser_of(request)
    login(request, user, backend=BACKEND)
    forgive_tries(request, tried)
    sessions.forget_ended(now)
    note(user.get_username(), f"signed in by {way}", now)


def forgive_tries(request: HttpRequest, tried: int) -> None:
    """Forget the failed tries of whoever has signed in, and as many of the address as were theirs."""
    tries.forgive(tries.ACCOUNT, request.user.get_username())
    tries.forgive(tries.ADDRESS, address_of(request), tried)


def leave(request: HttpRequest) -> None:
    """Sign somebody out, here and nowhere else."""
    if request.user.is_authenticated:
        note(request.user.get_username(), "signed out", bound.now())
    logout(request)


def prove(request: HttpRequest) -> None:
    """Note that whoever has signed in has shown once more who they are: the screen is theirs again."""
    request.session.pop(HANDED, None)
    request.session[PROVED] = bound.now().isoformat()


def is_fresh(request: HttpRequest) -> bool:
    """Whether whoever has signed in showed who they are a little while ago."""
    said = request.session.get(PROVED)
    return bool(said) and datetime.fromisoformat(said) + FRESH > bound.now()


def address_of(request: HttpRequest) -> str:
    """From where somebody asks: this machine, or the one that the proxy in front of the pages names."""
    return str(request.META.get("REMOTE_ADDR", ""))


def safe_following(request: HttpRequest, said: str) -> str:
    """A page of these pages to go on to; empty for anything that leads elsewhere."""
    secure = settings.KEYWORKER_SIGN_IN.is_shared
    # What begins with no stroke would be taken for the name of an address, or for one beside the page that is shown.
    return (
        said
        if said.startswith("/") and url_has_allowed_host_and_scheme(said, {request.get_host()}, require_https=secure)
        else ""
    )


def browser_of(request: HttpRequest) -> str:
    """A browser in a few words, so that its owner knows it again."""
    said = request.headers.get("User-Agent", "")
    browser = next((name for mark, name in BROWSERS if mark in said), "a browser")
    machine = next((name for mark, name in MACHINES if re.search(mark, said)), "an unknown machine")
    return f"{browser} on {machine}"
