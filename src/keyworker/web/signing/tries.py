"""How often somebody may try: a failed try costs, first nothing, then a wait that doubles. The same for every name.

A try is counted before the password is looked at, so that a hundred at once are counted as a hundred. A name that
nobody has is counted like any other, so that a wait says nothing of whether there is such a sign-in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from keyworker.web.signing.sealed import digest

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
FORGOTTEN = timedelta(hours=24)


@dataclass(frozen=True)
class Limit:
    """How many failed tries are free, of one account or from one address."""

    of: str
    free: int

    def wait_after(self, failures: int) -> timedelta:
        """How long to wait after so many failed tries."""
        over = failures - self.free
        return timedelta() if over < 0 else min(FIRST_WAIT * 2 ** min(over, 20), LONGEST_WAIT)


ACCOUNT = Limit("account", 6)
ADDRESS = Limit("address", 60)
"""One address may be a whole office's, so it has more than an account."""


def key_of(limit: Limit, of: str) -> str:
    """Under what the tries of an account or an address are counted: neither is kept."""
    return digest(f"tries of {limit.of}", of.strip().casefold())


def charge(limit: Limit, of: str, now: datetime) -> datetime | None:
    """Count a try before it is looked at. Gives until when to wait, where it may not be made; it then costs nothing."""
    from keyworker.web.signing.models import Tries

    key = key_of(limit, of)
    with transaction.atomic():
        Tries.objects.get_or_create(key=key, defaults={"last_at": now})
        held = Tries.objects.select_for_update().get(key=key)
        if held.until and held.until > now:
            return held.until
        held.failures = 1 if held.last_at + FORGOTTEN <= now else held.failures + 1
        wait = limit.wait_after(held.failures)
        held.last_at, held.until = now, now + wait if wait else None
        held.save()
    return None


def forgive(limit: Limit, of: str, tries: int | None = None) -> None:
    """Forget failed tries. Takes tries, how many; all of them when absent."""
    from keyworker.web.signing.models import Tries

    key = key_of(limit, of)
    with transaction.atomic():
        held = Tries.objects.select_for_update().filter(key=key).first()
        if held is None:
            return
        held.failures = 0 if tries is None else max(0, held.failures - tries)
        if held.failures < limit.free:
            held.until = None
        held.save()
