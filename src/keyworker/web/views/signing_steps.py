"""What is asked after a right password: a second factor, a password of one's own, a second factor to be set up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from keyworker.web import bound
from keyworker.web.shown import end_everywhere_else
from keyworker.web.signing import completing, factors, sessions, steps
from keyworker.web.signing.happenings import note
from keyworker.web.signing.passwords import SHORTEST, fault_of
from keyworker.web.signing.steps import Pending
from keyworker.web.views.signing_app import WRONG_CODE, app_form, confirmed
from keyworker.web.views.signing_forms import TOO_OFTEN, ask, go_on, on_the_way, too_often


@login_not_required
@require_http_methods(["GET", "POST"])
@on_the_way
def second_step(request: HttpRequest, pending: Pending, user: Any) -> HttpResponse:
    """Ask for a code of the authenticator app, or a recovery code in its place."""
    held = factors.factors_of(user)
    context = {"has_app": held.app_since is not None, "has_keys": held.passkeys > 0, "title": "Show that it is you"}
    if request.method == "GET":
        return ask(request, "second-step.html", context)
    said = request.POST.get("code", "").strip()
    if not said:
        return ask(request, "second-step.html", context, {"code": "Enter the code"})
    if until := too_often(request, user.get_username()):
        return ask(request, "second-step.html", context, {"code": TOO_OFTEN.format(until)}, 429)
    pending = steps.tried(request, pending)
    if not factors.is_right(user, said[:40], bound.now()):
        note(user.get_username(), "a wrong code after a right password", bound.now())
        return ask(request, "second-step.html", context, {"code": WRONG_CODE})
    is_app = said.replace(" ", "").isdigit()
    return go_on(
        request, steps.keep(request, replace(pending, proved="authenticator app" if is_app else "recovery code")), user
    )


@login_not_required
@require_http_methods(["GET", "POST"])
@on_the_way
def first_password(request: HttpRequest, pending: Pending, user: Any) -> HttpResponse:
    """Ask for a password of one's own, in place of one that somebody else knows."""
    context = {"title": "Choose your own password", "shortest": SHORTEST, "first": True}
    if request.method == "GET":
        return ask(request, "new-password.html", context)
    errors = new_password_errors(request, user)
    if errors:
        return ask(request, "new-password.html", context, errors)
    change_password(request, user, request.POST["new"])
    return go_on(request, pending, user)


@login_not_required
@require_http_methods(["GET", "POST"])
@on_the_way
def first_factor(request: HttpRequest, pending: Pending, user: Any) -> HttpResponse:
    """Have an authenticator app set up, without which the council lets nobody in by password."""
    if request.method == "GET":
        return app_form(request, user, first=True)
    if not confirmed(request, user):
        return app_form(request, user, {"code": WRONG_CODE}, first=True)
    codes = factors.new_codes(user)
    completing.complete(request, user, "password and authenticator app", tried=pending.tries)
    note(user.get_username(), "authenticator app set up", bound.now())
    return ask(request, "recovery-codes.html", {"codes": codes, "following": pending.following or "/"})


def new_password_errors(request: HttpRequest, user: Any) -> dict[str, str]:
    """What is wrong with a new password that was sent twice; nothing where it will do."""
    new, again = request.POST.get("new", ""), request.POST.get("again", "")
    if fault := fault_of(new, user.get_username(), settings.KEYWORKER_COUNCIL.name):
        return {"new": fault}
    if user.check_password(new):
        return {"new": "Choose another password than the one you have now"}
    return {} if new == again else {"again": "The two do not match. Type the new password again"}


def change_password(request: HttpRequest, user: Any, new: str, but: str | None = None) -> None:
    """Change a person's password and end their sessions, of commands too. Takes but, the key of the one to keep."""
    now = bound.now()
    user.set_password(new)
    user.save(update_fields=["password"])
    state = factors.state_of(user)
    state.must_change_password, state.password_changed_at = False, now
    state.save(update_fields=["must_change_password", "password_changed_at"])
    sessions.end(user.pk, but)
    end_everywhere_else(request, user.get_username())
    note(user.get_username(), "password changed", now)
