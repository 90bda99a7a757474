"""Signing in and out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a name and a password; keep the name that was typed when they do not fit."""
    following = request.POST.get("next") or request.GET.get("next") or ""
    if not url_has_allowed_host_and_scheme(following, {request.get_host()}):
        following = ""
    if request.method == "GET":
        return _form(request, following)
    account, password = request.POST.get("account", "").strip(), request.POST.get("password", "")
    errors = {}
    if not account:
        errors["account"] = "Enter your sign-in name"
    if not password:
        errors["password"] = "Enter your password"  # noqa: S105 - words for a person
    user = authenticate(request, username=account, password=password) if not errors else None
    if user is None:
        errors = errors or {"account": "The sign-in name and password do not fit together. Check both and try again"}
        return _form(request, following, account, errors)
    login(request, user)
    return redirect(following or settings.LOGIN_REDIRECT_URL)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out and say so."""
    logout(request)
    return redirect("sign-in")


def _form(
    request: HttpRequest, following: str, account: str = "", errors: dict[str, str] | None = None
) -> HttpResponse:
    # The web framework's people can be imported only once it has been set up.
    from django.contrib.auth.models import User

    context = {
        "following": following,
        "account": account,
        "errors": errors or {},
        "nobody": not User.objects.exists(),
        "council": settings.KEYWORKER_COUNCIL,
    }
    return render(request, "sign-in.html", context, status=400 if errors else 200)
