"""Whether somebody wants reminders by email, and at which hour: their own choice, to their own address."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from keyworker.web import bound
from keyworker.web.reminders.kept import HOURS, choose, chosen
from keyworker.web.reminders.machine import Machine
from keyworker.web.views.signing_forms import ask
from keyworker.web.words import spoken_instant

NOT_AN_HOUR = f"Choose an hour from {HOURS[0]} to {HOURS[-1]}"
NOT_CHOSEN = "Say whether you want reminders"


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """What is chosen now; once it is sent, what is chosen from now on."""
    user: Any = request.user
    machine: Machine | None = settings.KEYWORKER_REMINDERS
    address = machine.address_of(user.get_username()) if machine else ""
    before = chosen(user.pk)
    wanted, hour = request.POST.get("wanted", ""), request.POST.get("hour", "")
    errors: dict[str, str] = {}
    if request.method == "POST" and not (address or before.is_on):
        return redirect("my-reminders")  # there is nothing to choose, and the page says why
    if request.method == "POST":
        if wanted not in ("yes", "no"):
            errors["wanted"] = NOT_CHOSEN
        if hour not in map(str, HOURS):
            errors["hour"] = NOT_AN_HOUR
        # Whatever cannot be sent can still be stopped.
        if not errors and (address or wanted == "no"):
            choose(user, is_on=wanted == "yes", hour=int(hour), now=bound.now())
            return redirect("my-sign-in")
    context = {
        "title": "Reminders by email",
        "is_set_up": machine is not None,
        "domain": machine.domain if machine else "",
        "address": address,
        "is_on": before.is_on,
        "wanted": wanted or ("yes" if before.is_on else "no"),
        "hours": [{"value": one, "chosen": str(one) == (hour or str(before.hour))} for one in HOURS],
        "sent": spoken_instant(before.sent_at) if before.sent_at else "",
        "said": before.said,
    }
    return ask(request, "own-reminders.html", context, errors)
