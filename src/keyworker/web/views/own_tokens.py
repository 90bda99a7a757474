"""One's own tokens: which there are, making one, which is shown once, and ending one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from keyworker.access import Thing, who_may
from keyworker.vocabulary.errors import Refused
from keyworker.web import bound
from keyworker.web.api import tokens, urls, webhooks
from keyworker.web.api.tokens import TokenKept, Wanted
from keyworker.web.api.uses import Use
from keyworker.web.signing import completing, factors
from keyworker.web.views.signing_forms import ask
from keyworker.web.words import spoken, spoken_instant

TITLE = "Tokens for other systems"
DAYS = (30, 90, 180, 366)
USUAL = 90
AGAIN = "Sign out and in again first: it is more than 15 minutes since you showed who you are"


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The tokens that ask as somebody or for which they answer; one that was just made, with its secret."""
    account = request.user.get_username()
    held = tokens.of_person(account)
    if request.POST.get("step") == "end":
        tokens.end([one for one in held if one.ref == request.POST.get("token")], bound.now(), account)
        return redirect("my-tokens")
    offered = open_to(account)
    if request.POST.get("step") != "make":
        return _shown(request, held, offered)
    if not completing.is_fresh(request):
        if factors.can_prove(request.user):
            return redirect(f"{reverse('prove')}?{urlencode({'next': request.path})}")
        return _shown(request, held, offered, {"name": AGAIN})
    wanted = _wanted(request, account, offered)
    if errors := tokens.problems(wanted):
        return _shown(request, held, offered, errors)
    secret, made = tokens.make(wanted, bound.now(), account)
    return _shown(request, [made, *held], offered, secret=secret)


def open_to(account: str) -> list[Use]:
    """What a token of somebody's may be for: the things that the table opens to their roles today, even in part."""
    try:
        routes = bound.source().visitor(account, bound.now()).routes
    except Refused:
        return []
    return [one for one in urls.offered() if not routes.isdisjoint(_routes(one.thing))]


def _routes(thing: Thing) -> tuple[str, ...]:
    """The routes by which a thing is asked for; of one that is shown within a child's record, those of the record."""
    table = who_may()
    return table[thing].routes or (*table[Thing.CHILD].routes, *table[Thing.CHILDREN].routes)


def _wanted(request: HttpRequest, account: str, offered: list[Use]) -> Wanted:
    chosen = request.POST.getlist("uses")
    days = request.POST.get("days", "")
    lasts = timedelta(days=int(days)) if days in map(str, DAYS) else timedelta()
    uses = frozenset(one for one in offered if str(one) in chosen)
    return Wanted(account, account, request.POST.get("name", "").strip(), uses, lasts)


def _shown(
    request: HttpRequest,
    held: list[TokenKept] | Any,
    offered: list[Use],
    errors: dict[str, str] | None = None,
    secret: str = "",
) -> HttpResponse:
    chosen = request.POST.getlist("uses") if errors else []
    context = {
        "title": TITLE,
        "secret": secret,
        "tokens": [_line(one) for one in held],
        "offered": [{"value": str(one), "chosen": str(one) in chosen} for one in offered],
        "name": request.POST.get("name", "") if errors else "",
        "days": [{"value": one, "chosen": one == USUAL} for one in DAYS],
    }
    return ask(request, "own-tokens.html", context, errors)


def _line(one: TokenKept) -> dict[str, Any]:
    is_open = one.is_open(bound.now())
    until = f"until {spoken_instant(one.expires_at)}" if is_open else "no longer open"
    used = f"last used on {spoken(one.used_on)}" if one.used_on else "not used yet"
    asks = f"asks as {one.account}, " if one.account != one.owner else ""
    return {
        "ref": one.ref,
        "name": one.name,
        "says": f"Made by {one.made_by}, {asks}{until}, {used}",
        "uses": "; ".join(sorted(map(str, one.uses))),
        "is_open": is_open,
        "webhooks": [
            f"{hook.address}: {hook.taken} taken, {hook.waiting} waiting, {hook.given_up} given up"
            + (f"; the last try: {hook.said}" if hook.said else "")
            for hook in webhooks.of_token(one.ref)
            if hook.ended_at is None
        ],
    }
