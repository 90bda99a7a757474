"""Setting an authenticator app up: a square picture to hold a telephone to, the same in letters, and a first code."""

from __future__ import annotations

from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe

from keyworker.web import bound
from keyworker.web.signing import factors, totp
from keyworker.web.signing.sealed import seal, unseal
from keyworker.web.views.signing_forms import ask

OFFERED = "offered_app"
WRONG_CODE = "That code is not right. Codes change every 30 seconds: enter the one that the app shows now"


def app_form(
    request: HttpRequest, user: Any, errors: dict[str, str] | None = None, *, first: bool = False
) -> HttpResponse:
    """The page on which an app is set up; the secret stays the same until a code of it was right."""
    kept = request.session.get(OFFERED)
    secret = (unseal(kept) if kept else None) or totp.new_secret()
    request.session[OFFERED] = seal(secret)
    context = {
        "title": "Set up an authenticator app",
        "picture": _picture(totp.address_of(secret, user.get_username(), settings.KEYWORKER_COUNCIL.name)),
        "letters": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "first": first,
    }
    return ask(request, "authenticator-app.html", context, errors)


def confirmed(request: HttpRequest, user: Any) -> bool:
    """Whether the code that was sent is one of the app that was offered, which is then kept."""
    kept = request.session.get(OFFERED)
    secret = unseal(kept) if kept else None
    if secret is None or not factors.keep_app(user, secret, request.POST.get("code", "")[:40], bound.now()):
        return False
    del request.session[OFFERED]
    return True


def _picture(said: str) -> str:
    made = segno.make(said, error="m", micro=False)
    svg = made.svg_inline(
        scale=4, border=4, dark="#000", light="#fff", omitsize=True, svgclass="kw-square", lineclass=None
    )
    named = svg.replace("<svg ", '<svg role="img" aria-label="A square code for an authenticator app" ', 1)
    # Made of our own words and letters of a fixed alphabet, percent-encoded: nothing in it can be markup.
    return str(mark_safe(named))  # noqa: S308
