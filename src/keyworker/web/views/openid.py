"""To the council's own sign-in service, and back."""

from __future__ import annotations

from dataclasses import asdict

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from keyworker.vocabulary.errors import Refused
from keyworker.web import bound
from keyworker.web.signing import completing, openid, tries
from keyworker.web.signing.matching import matched
from keyworker.web.signing.service import Service
from keyworker.web.views import problems
from keyworker.web.views.signing_forms import TOO_OFTEN, ask, until_words

SALT, LASTS = "keyworker going to the council's sign-in service", 600
AGAIN = "Try again from the sign-in page. If it goes on, tell whoever looks after Keyworker here."


@login_not_required
@require_GET
def go(request: HttpRequest) -> HttpResponse:
    """Send a browser to the council's sign-in service, with secrets that it must come back with."""
    sent = openid.going(completing.safe_following(request, request.GET.get("next", "")))
    try:
        response = redirect(openid.address_to(_service(), _back(request), sent))
    except openid.NotAnswered as error:
        return problems.not_signed_in(request, error.what, AGAIN)
    # Lax, and not the session's strict cookie: the way back begins on the service's own pages.
    response.set_cookie(
        _cookie(),
        signing.dumps(asdict(sent), salt=SALT),
        max_age=LASTS,
        secure=settings.KEYWORKER_SIGN_IN.is_shared,
        httponly=True,
        samesite="Lax",
    )
    return response


@login_not_required
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """Take a browser back that the service has sent, and sign in whom it knows where a role names the account."""
    service = _service()
    try:
        sent = openid.Going(**signing.loads(request.COOKIES.get(_cookie(), ""), salt=SALT, max_age=LASTS))
    except signing.BadSignature:
        return problems.not_signed_in(request, "This browser did not set out from here, or too long ago.", AGAIN)
    if until := tries.charge(tries.ADDRESS, completing.address_of(request), bound.now()):
        return _done(problems.not_signed_in(request, TOO_OFTEN.format(until_words(until)), AGAIN))
    try:
        user = matched(openid.known(service, _back(request), sent, request.GET.dict(), bound.now()))
    except openid.NotAnswered as error:
        return _done(problems.not_signed_in(request, error.what, AGAIN))
    except Refused as refusal:
        what = f"The council’s sign-in service knows you, and Keyworker lets you in no further. {refusal.what}"
        return _done(problems.not_signed_in(request, what, refusal.remedy or AGAIN))
    completing.complete(request, user, "the council's sign-in service", tried=1)
    # A redirect would still be of the service's journey, and strict cookies would not go with it: a page begins anew.
    return _done(ask(request, "signed-in.html", {"following": sent.following or reverse("home")}))


def _service() -> Service:
    service: Service | None = settings.KEYWORKER_OPENID
    if service is None:
        raise Http404
    return service


def _back(request: HttpRequest) -> str:
    base = settings.KEYWORKER_SIGN_IN.address or f"http://{request.get_host()}"
    return f"{base}{reverse('council-back')}"


def _cookie() -> str:
    return "__Host-keyworker-going" if settings.KEYWORKER_SIGN_IN.is_shared else "keyworker-going"


def _done(response: HttpResponse) -> HttpResponse:
    response.set_cookie(
        _cookie(), "", max_age=0, secure=settings.KEYWORKER_SIGN_IN.is_shared, httponly=True, samesite="Lax"
    )
    return response
