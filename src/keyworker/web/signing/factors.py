"""A person's second factors: an authenticator app, codes kept on paper for when it is lost, passkeys."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from keyworker.web.signing import totp
from keyworker.web.signing.models import Passkey, RecoveryCode, State
from keyworker.web.signing.sealed import digest, seal, unseal

FIRST_PASSWORD_LASTS = timedelta(days=7)
CODES, LETTERS = 10, "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Factors:
    """Which second factors a person has.

    Takes   app_since, when the authenticator app was set up; passkeys, how many; codes, how many recovery codes are
            not used yet.
    """

    app_since: datetime | None
    passkeys: int
    codes: int

    @property
    def any(self) -> bool:
        """Whether a password need not stand alone."""
        return bool(self.app_since or self.passkeys)


def state_of(user: Any) -> State:
    """How a person's sign-in stands."""
    return State.objects.get_or_create(user=user)[0]


def is_too_old(user: Any, now: datetime) -> bool:
    """Whether a first password, which somebody else knows, was left unchanged for too long."""
    state = state_of(user)
    given = state.password_changed_at
    return bool(state.must_change_password and given and given + FIRST_PASSWORD_LASTS <= now)


def require_change(user: Any, now: datetime) -> None:
    """Have a password changed at this sign-in that would not be taken today: it is short, or has become common."""
    state_of(user)
    State.objects.filter(user=user, must_change_password=False).update(
        must_change_password=True, password_changed_at=now
    )


def factors_of(user: Any) -> Factors:
    """Which second factors a person has."""
    state = state_of(user)
    return Factors(
        state.totp_since if state.totp else None,
        Passkey.objects.filter(user=user).count(),
        RecoveryCode.objects.filter(user=user, used_at=None).count(),
    )


def can_prove(user: Any) -> bool:
    """Whether somebody can show again who they are here, and not only at the council's sign-in service."""
    return bool(user.has_usable_password()) or factors_of(user).passkeys > 0


def is_right(user: Any, said: str, now: datetime) -> bool:
    """Whether a code is one of the person's app, or a recovery code not used before. It is used up by being right."""
    plain = re.sub(r"[\s-]", "", said).lower()
    if re.fullmatch(r"[0-9]{6}", plain):
        return _use_app(user, plain, now)
    key = digest("recovery code", f"{user.pk} {plain}")
    return bool(RecoveryCode.objects.filter(user=user, digest=key, used_at=None).update(used_at=now))


def keep_app(user: Any, secret: str, said: str, now: datetime) -> bool:
    """Take an authenticator app into use, once it has shown that it makes the right codes."""
    step = totp.step_of(secret, re.sub(r"\s", "", said), now)
    if step is None:
        return False
    state_of(user)
    State.objects.filter(user=user).update(totp=seal(secret), totp_since=now, totp_last_step=step)
    return True


def new_codes(user: Any) -> list[str]:
    """New recovery codes, shown once; the old ones stop working."""
    made = ["".join(secrets.choice(LETTERS) for _ in range(12)) for _ in range(CODES)]
    with transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(user=user, digest=digest("recovery code", f"{user.pk} {one}")) for one in made
        )
    return ["-".join(one[at : at + 4] for at in (0, 4, 8)) for one in made]


def _use_app(user: Any, code: str, now: datetime) -> bool:
    state = state_of(user)
    secret = unseal(state.totp) if state.totp else None
    step = totp.step_of(secret, code, now) if secret else None
    # The step moves on in one statement, so that one code seen over a shoulder, or sent twice at once, works once.
    moved = step and State.objects.filter(user=user, totp_last_step__lt=step).update(totp_last_step=step)
    return bool(moved)
