"""What happened to each sign-in, for its owner to read and for whoever looks into an attack."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

SHOWN = 20


def note(account: str, what: str, now: datetime, by: str = "", using: str = "default") -> None:
    """Write down what happened to a sign-in. Takes by, who did it; its owner when empty."""
    from keyworker.web.signing.models import Happening

    Happening.objects.using(using).create(at=now, account=account, what=what, by=by or account)


def note_failure(account: str, now: datetime) -> None:
    """Write down that a password was wrong. Of a name that nobody has only that: what was typed may be a password."""
    from django.contrib.auth.models import User

    is_known = User.objects.filter(username=account).exists()
    note(account if is_known else "", "a wrong password", now, by="" if is_known else "somebody unknown")


def latest(account: str) -> Sequence[Any]:
    """The latest that happened to a sign-in, newest first."""
    from keyworker.web.signing.models import Happening

    return list(Happening.objects.filter(account=account).order_by("-at", "-id")[:SHOWN])
