"""Sessions that end: after so long without a page, after so long whatever is done, and whenever their owner says so."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from keyworker.web import bound

BEFORE_SIGNING_IN = timedelta(minutes=30)
NOTED_EVERY = timedelta(minutes=1)
OPENED, WAY, BROWSER, USER = "opened_at", "way", "browser", "_auth_user_id"


def digest_of(key: str) -> str:
    """How a session's key is kept: a key is long and random, so a plain digest tells nothing of it."""
    return hashlib.sha256(key.encode()).hexdigest()


class SessionStore(DatabaseStore):
    """The framework's sessions, kept under digests, with limits of their own."""

    @classmethod
    def get_model_class(cls) -> Any:
        """The table of the open sessions."""
        from keyworker.web.signing.models import OpenSession

        return OpenSession

    def load(self) -> dict[str, Any]:
        """What the session holds. One that no completed sign-in opened signs nobody in."""
        held: dict[str, Any] = super().load()
        if USER in held and OPENED not in held:
            return {name: value for name, value in held.items() if not name.startswith("_auth_user")}
        return held

    def _get_session_from_db(self) -> Any:
        now, key = bound.now(), digest_of(self.session_key)
        found = self.model.objects.filter(session_key=key, expire_date__gt=now).first()
        if found is None or (found.user_id and found.seen_at + settings.KEYWORKER_SIGN_IN.idle <= now):
            self._session_key = None
            return None
        if found.user_id and found.seen_at + NOTED_EVERY <= now:
            self.model.objects.filter(session_key=key).update(seen_at=now)
        return found

    def exists(self, session_key: str) -> bool:
        """Whether there is such a session."""
        return bool(self.model.objects.filter(session_key=digest_of(session_key)).exists())

    def delete(self, session_key: str | None = None) -> None:
        """End a session."""
        if key := session_key or self.session_key:
            self.model.objects.filter(session_key=digest_of(key)).delete()

    def create_model_instance(self, data: Mapping[str, Any]) -> Any:
        """The row of a session."""
        now = bound.now()
        opened = datetime.fromisoformat(data[OPENED]) if data.get(OPENED) and data.get(USER) else None
        return self.model(
            session_key=digest_of(self._get_or_create_session_key()),
            session_data=self.encode(data),
            expire_date=opened + settings.KEYWORKER_SIGN_IN.longest if opened else now + BEFORE_SIGNING_IN,
            user_id=int(data[USER]) if opened else None,
            opened_at=opened,
            seen_at=now,
            way=data.get(WAY, "") if opened else "",
            browser=data.get(BROWSER, "") if opened else "",
        )


@dataclass(frozen=True)
class Ending:
    """In how many seconds a session ends: without a page, and whatever is done in it."""

    idle: int
    left: int


def ending_of(held: Mapping[str, Any]) -> Ending | None:
    """When a session ends; None for one that signs nobody in. Takes held, what the session holds.

    Pages are noted once in a while only, so that a session may end that much sooner after the last of them.
    """
    if not held.get(OPENED):
        return None
    policy = settings.KEYWORKER_SIGN_IN
    over = datetime.fromisoformat(held[OPENED]) + policy.longest
    return Ending(int((policy.idle - NOTED_EVERY).total_seconds()), max(0, int((over - bound.now()).total_seconds())))


def end(user_id: int, but: str | None = None, which: str = "") -> int:
    """End every session of somebody, or one of them. Gives how many were ended.

    Takes   but, the key of the one to keep; which, the digest of the one to end; all when empty.
    """
    held = SessionStore.get_model_class().objects.filter(user_id=user_id)
    held = held.filter(session_key=which) if which else held
    ended, _ = (held.exclude(session_key=digest_of(but)) if but else held).delete()
    return int(ended)


def forget_ended(now: datetime) -> None:
    """Remove what is left of sessions that have ended."""
    SessionStore.get_model_class().objects.filter(expire_date__lte=now).delete()
