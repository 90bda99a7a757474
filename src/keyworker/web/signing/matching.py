"""From whom the council's service knows to one sign-in here: by its lasting word, and at first by the account."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from keyworker.access import BEFORE_LOADING
from keyworker.vocabulary.errors import Refused
from keyworker.web import bound
from keyworker.web.signing.factors import state_of
from keyworker.web.signing.happenings import note
from keyworker.web.signing.models import State
from keyworker.web.signing.openid import Known

ASK = "Ask the analyst who keeps the roles, or whoever looks after Keyworker here."


def matched(known: Known) -> Any:
    """The sign-in of somebody whom the service knows. At the first time it is bound to the service's word for them.

    An account's name may be given to somebody else later; the service's own word for a person may not.

    Raises  Refused when no role names the account, the sign-in is closed or has a password here, or was bound before
            to somebody else.
    """
    bound_before = State.objects.select_related("user").filter(issuer=known.issuer, subject=known.subject).first()
    user = bound_before.user if bound_before else _named(known.account)
    if not user.is_active:
        raise Refused("This sign-in has been closed.", remedy=ASK)
    # Raises where no role is held today.
    visitor = bound.source().visitor(user.get_username(), bound.now())
    if visitor.role == BEFORE_LOADING:
        raise Refused("Nothing is loaded here yet, so no role names this account.", remedy=ASK)
    if not bound_before:
        _bind(user, known)
    return user


def _named(account: str) -> Any:
    from django.contrib.auth.models import User

    found = User.objects.filter(username=account).first() or User.objects.filter(username=account.casefold()).first()
    if found is None:
        # Only an account that the list of roles has is made; for any other this raises.
        visitor = bound.source().visitor(account, bound.now())
        if visitor.role == BEFORE_LOADING:
            raise Refused("Nothing is loaded here yet, so no role names this account.", remedy=ASK)
        found = User.objects.create_user(account)
        note(account, "sign-in made at the first sign-in by the council's service", bound.now())
    if found.has_usable_password():
        raise Refused("This account signs in with a password here, not by the council’s sign-in service.", remedy=ASK)
    return found


def _bind(user: Any, known: Known) -> None:
    state = state_of(user)
    if state.subject:
        raise Refused(
            "This account was somebody else’s at the council’s sign-in service before.",
            remedy="Ask whoever looks after Keyworker here to make sure who you are and to reset the sign-in.",
        )
    try:
        with transaction.atomic():
            State.objects.filter(user=user, subject="").update(issuer=known.issuer, subject=known.subject)
    except IntegrityError:
        raise Refused("You have another sign-in here already.", remedy=ASK) from None
    note(user.get_username(), "bound to the council's sign-in service", bound.now())
