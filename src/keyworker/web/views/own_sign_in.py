"""One's own sign-in: the password, second factors, the sessions that are open, what happened to it lately."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keyworker.web import bound
from keyworker.web.handed import is_handed
from keyworker.web.reminders.kept import chosen
from keyworker.web.shown import end_everywhere_else
from keyworker.web.signing import completing, factors, sessions
from keyworker.web.signing.happenings import latest, note
from keyworker.web.signing.passwords import SHORTEST
from keyworker.web.views.signing_app import WRONG_CODE, app_form, confirmed
from keyworker.web.views.signing_forms import TOO_OFTEN, ask, freshly_proved, too_often
from keyworker.web.views.signing_steps import change_password, new_password_errors
from keyworker.web.words import spoken_instant

UNFIT = "That did not fit. Check it and try again"


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """How somebody signs in, where they are signed in, and what happened lately."""
    from keyworker.web.signing.models import OpenSession, Passkey

    here = sessions.digest_of(request.session.session_key)
    held = OpenSession.objects.filter(user_id=request.user.pk, expire_date__gt=bound.now()).order_by("-seen_at")
    context = {
        "title": "Your sign-in",
        "account": request.user.get_username(),
        "has_password": request.user.has_usable_password(),
        "factors": factors.factors_of(request.user),
        "app_since": _said(factors.factors_of(request.user).app_since),
        "passkeys": [
            {"id": one.pk, "name": one.name, "made": _said(one.made_at), "used": _said(one.used_at)}
            for one in Passkey.objects.filter(user=request.user).order_by("pk")
        ],
        "sessions": [
            {
                "here": one.session_key == here,
                "which": one.session_key,
                "browser": one.browser,
                "way": one.way,
                "seen": _said(one.seen_at),
            }
            for one in held
        ],
        "happenings": [
            {"what": one.what, "at": _said(one.at), "by": one.by if one.by != one.account else "you"}
            for one in latest(request.user.get_username())
        ],
        "reminders": chosen(request.user.pk),
        "idle": int(settings.KEYWORKER_SIGN_IN.idle.total_seconds() // 60),
        "longest": int(settings.KEYWORKER_SIGN_IN.longest.total_seconds() // 3600),
    }
    return ask(request, "own-sign-in.html", context)


@require_safe
def stay(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - that it was asked for draws the session out
    """Nothing but an answer: like any page that is opened it draws the session out."""
    return HttpResponse(status=204)


@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; every other session of one's own is ended."""
    user: Any = request.user
    context = {"title": "Change your password", "shortest": SHORTEST, "first": False}
    if request.method == "GET" or not user.has_usable_password():
        return ask(request, "new-password.html", context) if user.has_usable_password() else redirect("my-sign-in")
    if until := too_often(request, user.get_username()):
        return ask(request, "new-password.html", context, {"now": TOO_OFTEN.format(until)}, 429)
    if not user.check_password(request.POST.get("now", "")):
        note(user.get_username(), "a wrong password at a change of it", bound.now())
        return ask(request, "new-password.html", context, {"now": "This is not your password now"})
    if errors := new_password_errors(request, user):
        return ask(request, "new-password.html", context, errors)
    change_password(request, user, request.POST["new"], request.session.session_key)
    update_session_auth_hash(request, user)
    completing.forgive_tries(request, 1)
    completing.prove(request)
    return redirect("my-sign-in")


@require_http_methods(["GET", "POST"])
@freshly_proved
def app(request: HttpRequest) -> HttpResponse:
    """Set an authenticator app up, or another in its place."""
    if not request.user.has_usable_password():
        return redirect("my-sign-in")
    if request.method == "GET":
        return app_form(request, request.user)
    if not confirmed(request, request.user):
        return app_form(request, request.user, {"code": WRONG_CODE})
    note(request.user.get_username(), "authenticator app set up", bound.now())
    return _codes(request)


@require_http_methods(["GET", "POST"])
@freshly_proved
def codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes in place of the old ones."""
    if not factors.factors_of(request.user).any or request.method == "GET":
        return redirect("my-sign-in")
    note(request.user.get_username(), "new recovery codes made", bound.now())
    return _codes(request)


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out of one of one's other sessions, or of all of them and of every command."""
    which = request.POST.get("which", "")
    ended = sessions.end(request.user.pk, request.session.session_key, which)
    if not which:
        end_everywhere_else(request, request.user.get_username())
    note(request.user.get_username(), f"signed out elsewhere: {ended}", bound.now())
    return redirect("my-sign-in")


@require_http_methods(["GET", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """Ask somebody who has signed in to show once more who they are, before how they sign in can be changed."""
    user: Any = request.user
    following = completing.safe_following(request, request.POST.get("next") or request.GET.get("next") or "")
    held = factors.factors_of(user)
    if held.passkeys and not held.app_since:
        return redirect(f"{reverse('passkey-sign-in')}?{urlencode({'next': following})}")
    asked = {"is_handed": is_handed(request), "has_app": held.app_since is not None}
    context = {"title": "Show that it is you", "following": following, **asked}
    if request.method == "GET":
        return ask(request, "prove.html", context)
    if until := too_often(request, user.get_username()):
        return ask(request, "prove.html", context, {"password": TOO_OFTEN.format(until)}, 429)
    if not user.check_password(request.POST.get("password", "")):
        return ask(request, "prove.html", context, {"password": UNFIT})
    if held.app_since and not factors.is_right(user, request.POST.get("code", "")[:40], bound.now()):
        return ask(request, "prove.html", context, {"code": WRONG_CODE})
    completing.forgive_tries(request, 1)
    completing.prove(request)
    return redirect(following or "my-sign-in")


def _codes(request: HttpRequest) -> HttpResponse:
    made = factors.new_codes(request.user)
    return ask(request, "recovery-codes.html", {"codes": made, "following": "/my-sign-in"})


def _said(at: Any) -> str:
    return spoken_instant(at) if at else ""
