"""Signing in with a passkey, and keeping one's own: make, remove."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from keyworker.web import bound
from keyworker.web.signing import completing, factors, passkeys, steps, tries
from keyworker.web.signing.happenings import note
from keyworker.web.signing.steps import Pending
from keyworker.web.views.signing_forms import TOO_OFTEN, ask, freshly_proved, go_on, on_the_way, until_words

UNFIT = "That passkey was not taken. Try again, or sign in another way"
UNMADE = "The passkey was not made. Try again"
SHORT_NAME = 60


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a passkey: to sign in with it, to add it to a right password, or to show once more who one is."""
    following = completing.safe_following(request, request.POST.get("next") or request.GET.get("next") or "")
    user: Any = request.user if request.user.is_authenticated else None
    found = None if user else steps.pending_of(request)
    asked_of = user or (found[1] if found else None)
    if not passkeys.origin_of(request):
        return redirect("my-sign-in" if user else "sign-in")
    if request.method == "GET":
        return _form(request, asked_of, following)
    if until := tries.charge(tries.ADDRESS, completing.address_of(request), bound.now()):
        return _form(request, asked_of, following, {"use": TOO_OFTEN.format(until_words(until))}, 429)
    owner = passkeys.owner_of(request, request.POST.get("answer", ""), asked_of)
    if owner is None:
        return _form(request, asked_of, following, {"use": UNFIT})
    if user:
        completing.prove(request)
        return redirect(following or "my-sign-in")
    if found:
        pending = replace(found[0], tries=found[0].tries + 1, proved="passkey")
        return go_on(request, steps.keep(request, pending), owner)
    completing.complete(request, owner, "passkey", tried=1)
    return redirect(following or settings.LOGIN_REDIRECT_URL)


@login_not_required
@require_http_methods(["GET", "POST"])
@on_the_way
def first(request: HttpRequest, pending: Pending, user: Any) -> HttpResponse:
    """Have a passkey made, in place of an authenticator app, before somebody is let in for the first time."""
    if not passkeys.origin_of(request):
        return redirect(steps.FACTOR)
    if request.method == "GET":
        return _making(request, user, is_first=True)
    if errors := _made(request, user):
        return _making(request, user, errors, is_first=True)
    codes = factors.new_codes(user)
    completing.complete(request, user, "password and passkey", tried=pending.tries)
    return ask(request, "recovery-codes.html", {"codes": codes, "following": pending.following or "/"})


@require_http_methods(["GET", "POST"])
@freshly_proved
def add(request: HttpRequest) -> HttpResponse:
    """Make a passkey on the device at hand."""
    if not passkeys.origin_of(request) or not request.user.has_usable_password():
        return redirect("my-sign-in")
    if request.method == "GET":
        return _making(request, request.user)
    had_codes = factors.factors_of(request.user).codes
    if errors := _made(request, request.user):
        return _making(request, request.user, errors)
    if had_codes:
        return redirect("my-sign-in")
    made = factors.new_codes(request.user)
    return ask(request, "recovery-codes.html", {"codes": made, "following": "/my-sign-in"})


@require_POST
@freshly_proved
def remove(request: HttpRequest) -> HttpResponse:
    """Remove a passkey; the last second factor stays where the council asks everybody for one."""
    from keyworker.web.signing.models import Passkey

    held, which = factors.factors_of(request.user), request.POST.get("passkey", "")
    is_needed = settings.KEYWORKER_SIGN_IN.second_factor and held.passkeys == 1 and not held.app_since
    if is_needed or not (which.isascii() and which.isdigit() and len(which) < 19):
        return redirect("my-sign-in")
    removed, _ = Passkey.objects.filter(user=request.user, pk=int(which)).delete()
    if removed:
        note(request.user.get_username(), "passkey removed", bound.now())
    return redirect("my-sign-in")


def _form(
    request: HttpRequest, user: Any, following: str, errors: dict[str, str] | None = None, status: int = 400
) -> HttpResponse:
    context = {"title": "Use your passkey", "options": passkeys.ask_for(request, user), "following": following}
    return ask(request, "passkey.html", context, errors, status)


def _making(
    request: HttpRequest, user: Any, errors: dict[str, str] | None = None, *, is_first: bool = False
) -> HttpResponse:
    context = {
        "title": "Make a passkey",
        "options": passkeys.ask_to_make(request, user),
        "name": request.POST.get("name", "")[:SHORT_NAME],
        "first": is_first,
    }
    return ask(request, "new-passkey.html", context, errors)


def _made(request: HttpRequest, user: Any) -> dict[str, str]:
    name = request.POST.get("name", "").strip()[:SHORT_NAME]
    if not name:
        return {"name": "Say in a word or two which device this is"}
    return {} if passkeys.keep(request, user, request.POST.get("answer", ""), name) else {"name": UNMADE}
