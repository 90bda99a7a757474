"""Signing in by a password, and out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from keyworker.web import bound
from keyworker.web.signing import completing, steps
from keyworker.web.signing.factors import is_too_old, require_change
from keyworker.web.signing.happenings import note_failure
from keyworker.web.signing.passwords import fault_of
from keyworker.web.views.signing_forms import TOO_OFTEN, ask, go_on, too_often

TOO_LONG = 1_000
"""Nobody's password or name is as long as this: what is longer is not looked at."""
TOO_OLD = "This first password was not changed within a week, and works no more. Ask whoever gave it to you for another"
UNFIT = "The sign-in name and password do not fit together. Check both and try again"


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a name and a password; keep the name that was typed when they do not fit."""
    following = completing.safe_following(request, request.POST.get("next") or request.GET.get("next") or "")
    if request.method == "GET":
        return _form(request, following)
    account, password = request.POST.get("account", "").strip(), request.POST.get("password", "")
    errors = {}
    if not account:
        errors["account"] = "Enter your sign-in name"
    if not password:
        errors["password"] = "Enter your password"  # noqa: S105 - words for a person
    if errors:
        return _form(request, following, account[:TOO_LONG], errors)
    if len(account) > TOO_LONG or len(password) > TOO_LONG:
        return _form(request, following, "", {"account": UNFIT})
    if until := too_often(request, account):
        return _form(request, following, account, {"account": TOO_OFTEN.format(until)}, status=429)
    user = authenticate(request, username=account, password=password)
    if user is None:
        note_failure(account, bound.now())
        return _form(request, following, account, {"account": UNFIT})
    if fault_of(password, account, settings.KEYWORKER_COUNCIL.name):
        require_change(user, bound.now())
    if is_too_old(user, bound.now()):
        return _form(request, following, account, {"account": TOO_OLD})
    return go_on(request, steps.begin(request, user, following, 1), user)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out and say so."""
    completing.leave(request)
    return redirect("sign-in")


def _form(
    request: HttpRequest, following: str, account: str = "", errors: dict[str, str] | None = None, status: int = 400
) -> HttpResponse:
    # The web framework's people can be imported only once it has been set up.
    from django.contrib.auth.models import User

    context = {"following": following, "account": account, "nobody": not User.objects.exists()}
    return ask(request, "sign-in.html", context, errors, status)
