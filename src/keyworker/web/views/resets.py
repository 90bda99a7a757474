"""Sign-ins to be set up anew: one person asked for it on the machine, a second looks and agrees, or says no."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from keyworker.facts.accounts import RoleHeldBy
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.web import bound
from keyworker.web.presenters.roles import is_one_person
from keyworker.web.signing import completing, factors, resets
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import asking
from keyworker.web.words import plural, spoken_instant

TITLE = "Sign-ins to be set up anew"
AGAIN = "Sign out and in again first: it is more than 15 minutes since you showed who you are"
UNSURE = "Say that you have made sure who it is"
OWN = "This is your own sign-in, or you asked for it: somebody else must answer"


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, with a form for each."""
    ask = asking(request)
    with ask.record("see which sign-ins wait to be set up anew") as record:
        held, sources = record.roles_held(), record.sources()
    errors: dict[str, str] = {}
    if request.method == "POST":
        if not completing.is_fresh(request) and factors.can_prove(request.user):
            return redirect(f"{reverse('prove')}?{urlencode({'next': request.path})}")
        errors = _answered(request, held)
        if not errors:
            return redirect("resets")
    waits = resets.waiting(bound.now())
    context = {
        "waits": [
            {"account": one.account, "by": one.by, "at": spoken_instant(one.asked_at), "to_council": one.to_council}
            for one in waits
        ],
        "answer": f"{plural(len(waits), 'sign-in')} {'waits' if len(waits) == 1 else 'wait'} for a second person."
        if waits
        else "No sign-in waits for a second person.",
    }
    return show_form(ask, "resets.html", TITLE, "Records", context, errors, sources, here="roles")


def _answered(request: HttpRequest, held: Sequence[RoleHeldBy]) -> dict[str, str]:
    """Do what was sent. Gives what was wrong with it, by field."""
    account, by = request.POST.get("account", ""), request.user.get_username()
    agrees = request.POST.get("step") == "agree"
    asked = next((one for one in resets.waiting(bound.now()) if one.account == account), None)
    if not completing.is_fresh(request):
        return {"waits": AGAIN}
    if asked and (is_one_person(held, by, asked.by) or is_one_person(held, by, account)):
        return {"waits": OWN}
    if agrees and request.POST.get("sure") != "yes":
        return {"waits": UNSURE}
    try:
        (resets.agree if agrees else resets.say_no)(account, by, bound.now())
    except KeyworkerError as error:
        return {"waits": error.what}
    return {}
