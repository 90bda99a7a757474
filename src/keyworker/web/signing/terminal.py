"""Showing who one is where there is no page: by password and code, with the same limits and the same words."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import authenticate

from keyworker.vocabulary.errors import Refused
from keyworker.web.signing import factors, tries
from keyworker.web.signing.happenings import note
from keyworker.web.words import spoken_instant

MACHINE = "this machine"


def needs_code(account: str) -> bool:
    """Whether a code is asked for beside the password: of whoever has an app, and alike for a name that nobody has."""
    from django.contrib.auth.models import User

    user = User.objects.filter(username=account).first()
    return user is None or factors.factors_of(user).app_since is not None


def prove(account: str, password: str, code: str, now: datetime, *, second_factor: bool) -> None:
    """Check a password and a code that were typed on the machine.

    Takes   second_factor, whether one is asked of everybody.
    Raises  Refused after too many tries, when they do not fit, and when something must first be set up on the pages.
    """
    for limit, of in ((tries.ADDRESS, MACHINE), (tries.ACCOUNT, account)):
        if until := tries.charge(limit, of, now):
            raise Refused(
                "There have been too many tries.", remedy=f"Wait until {spoken_instant(until)}, then try again."
            )
    user = authenticate(None, username=account, password=password)
    if user is None:
        raise Refused("The sign-in name and password do not fit together.", remedy="Check both and try again.")
    held = factors.factors_of(user)
    if factors.state_of(user).must_change_password or (second_factor and not held.any):
        raise Refused(
            "This sign-in is not set up yet.", remedy="Sign in to the pages first: they say what is to be done."
        )
    if held.any and not factors.is_right(user, code[:40], now):
        note(account, "a wrong code after a right password, on the machine", now)
        raise Refused("The code is not right.", remedy="Enter the one that your authenticator app shows now.")
    tries.forgive(tries.ACCOUNT, account)
    tries.forgive(tries.ADDRESS, MACHINE, 1)
    note(account, "signed in on the machine", now)
