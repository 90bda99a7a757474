"""A sign-in whose second factor or password was lost: one person asks to have it set up anew, a second agrees.

From the asking on the lost factors open nothing. The first password that was given works from the agreeing on.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.web.signing.factors import FIRST_PASSWORD_LASTS
from keyworker.web.signing.happenings import note
from keyworker.web.signing.models import Passkey, State

LASTS: timedelta = FIRST_PASSWORD_LASTS
"""An asking waits as long as the first password that was given with it works."""


@dataclass(frozen=True)
class Waiting:
    """A sign-in that one person has asked to have set up anew.

    Takes   account, whose; by, who asked; to_council, whether it is to be one of the council's sign-in service.
    """

    account: str
    asked_at: datetime
    by: str
    to_council: bool


def waiting(now: datetime) -> Sequence[Waiting]:
    """What waits for a second person, the oldest first. An asking that was left for a week waits no more."""
    held = State.objects.select_related("user").filter(reset_at__gt=now - LASTS, user__is_active=True)
    return [
        Waiting(one.user.get_username(), one.reset_at, one.reset_by, not one.reset_password)
        for one in held.order_by("reset_at")
        if one.reset_at is not None
    ]


def agree(account: str, by: str, now: datetime) -> None:
    """Let a sign-in be set up anew: its first password works from here on. Takes by, the second person's sign-in."""
    with transaction.atomic():
        state = _held(account, by, now)
        user = state.user
        user.password = state.reset_password or user.password
        user.save(update_fields=["password"])
        if not state.reset_password:
            state.issuer = state.subject = ""
        state.must_change_password, state.password_changed_at = bool(state.reset_password), state.reset_at
        said = f"set up anew, as {state.reset_by} had asked and {by} agreed"
        _close(state, "must_change_password", "password_changed_at", "issuer", "subject")
        note(account, said, now, by)


def say_no(account: str, by: str, now: datetime) -> None:
    """Refuse to let a sign-in be set up anew. It stays shut until somebody asks again."""
    with transaction.atomic():
        state = _held(account, by, now)
        _close(state)
        note(account, "setting it up anew was refused", now, by)


def able_to_agree(accounts: Collection[str], using: str, *, second_factor: bool) -> set[str]:
    """Of some accounts those with a way in that works. Takes second_factor, whether a password alone is none."""
    from django.contrib.auth.models import User

    users = list(User.objects.using(using).filter(username__in=list(accounts), is_active=True))
    proved = set(State.objects.using(using).exclude(totp="", subject="").values_list("user_id", flat=True))
    proved |= set(Passkey.objects.using(using).values_list("user_id", flat=True))
    alone = set() if second_factor else {one.pk for one in users if one.has_usable_password()}
    return {one.get_username() for one in users if one.pk in proved | alone}


def _held(account: str, by: str, now: datetime) -> Any:
    """The asking, for a second person. Raises Refused for whoever asked or whose sign-in it is."""
    if by == account:
        raise Refused("Nobody agrees to their own sign-in being set up anew.", remedy="Ask somebody else who may.")
    state = State.objects.select_for_update(of=("self",)).filter(user__username=account, reset_at__gt=now - LASTS)
    found = state.select_related("user").first()
    if found is None:
        raise KeyworkerError("This does not wait any more.", remedy="Look at the list again.")
    if found.reset_by == by:
        raise Refused(
            "You asked for this, so somebody else must agree.", remedy="Two people are needed, each as themselves."
        )
    return found


def _close(state: Any, *with_fields: str) -> None:
    state.reset_at, state.reset_by, state.reset_password = None, "", ""
    state.save(update_fields=["reset_at", "reset_by", "reset_password", *with_fields])
