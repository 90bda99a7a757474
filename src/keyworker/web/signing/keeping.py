"""What the keeper of the machine does to sign-ins, in the owner's role: make, list, reset, unlock, close.

Each is written down with who did it. None of it says what a person may see: that is in the record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from keyworker.vocabulary.errors import KeyworkerError
from keyworker.web.signing.happenings import note

NO_APP: dict[str, object] = {"totp": "", "totp_since": None, "totp_last_step": 0}
NO_COUNCIL: dict[str, object] = {"issuer": "", "subject": ""}
NOTHING_WAITS: dict[str, object] = {"reset_at": None, "reset_by": "", "reset_password": ""}
LONGEST_NOTE = 120


@dataclass(frozen=True)
class NewSignIn:
    """A sign-in to be made. Takes password, empty for whoever comes by the council's own sign-in service."""

    account: str
    password: str = ""
    change_first: bool = False


@dataclass(frozen=True)
class Listed:
    """How a sign-in stands, without anything secret."""

    account: str
    is_open: bool
    has_password: bool
    has_app: bool
    passkeys: int
    last_in: datetime | None


@dataclass(frozen=True)
class Keeping:
    """The sign-ins, as the keeper of the machine may change them.

    Takes   using, the way in of the owner's role; now, the instant that is written down; ending, which ends every
            session of the record that a sign-in has, those of the command line among them.
    """

    using: str
    now: datetime
    ending: Callable[[str], object]

    def make(self, new: Iterable[NewSignIn], by: str) -> int:
        """Make sign-ins that are not there yet; gives how many were made."""
        known = set(self._users().values_list("username", flat=True))
        wanted = {one.account: one for one in new if one.account not in known}
        for one in wanted.values():
            user = self._users().create_user(one.account, password=one.password or None)
            self._change(user, must_change_password=one.change_first, password_changed_at=self.now)
            self._note(one.account, "sign-in made", by)
        return len(wanted)

    def listed(self) -> list[Listed]:
        """Every sign-in, by its name."""
        from keyworker.web.signing.models import Passkey, State

        apps = set(State.objects.using(self.using).exclude(totp="").values_list("user_id", flat=True))
        keys = Counter(Passkey.objects.using(self.using).values_list("user_id", flat=True))
        return [
            Listed(one.username, one.is_active, one.has_usable_password(), one.pk in apps, keys[one.pk], one.last_login)
            for one in self._users().order_by("username")
        ]

    def knows(self, account: str) -> bool:
        """Whether there is a sign-in of that name."""
        return bool(self._users().filter(username=account).exists())

    def remark(self, account: str, says: str, by: str) -> None:
        """Write down how something of a sign-in came about. Takes by, who did it."""
        self._note(account, says, by)

    def require(self, account: str) -> None:
        """Raises KeyworkerError where there is no sign-in of that name."""
        self._known(account)

    def ask_reset(self, account: str, password: str, by: str) -> None:
        """Shut a sign-in whose factors or password were lost, and ask a second person to let it be set up anew.

        Takes   password, the first one that works once it is agreed; empty to make it one of the council's service.
        """
        from django.contrib.auth.hashers import make_password

        self._known(account)
        self._shut(account, keeps_council=not password)
        self._end_tokens(account, by)
        self._change(
            self._known(account),
            reset_at=self.now,
            reset_by=by,
            reset_password=make_password(password) if password else "",
        )
        self._note(account, "shut, and asked to be set up anew, which a second person must agree", by)

    def reset_alone(self, account: str, password: str, by: str, why: str) -> None:
        """Set a sign-in up anew by one person alone, where there is nobody who could agree. Takes why, written down."""
        self._shut(account)
        self._end_tokens(account, by)
        user = self._known(account)
        user.set_password(password or None)
        user.save(using=self.using)
        self._change(user, must_change_password=bool(password), password_changed_at=self.now, **NOTHING_WAITS)
        self._note(account, "set up anew by one person alone, since nobody else could agree", by)
        self._note(account, f"why: {why}"[:LONGEST_NOTE], by)

    def _shut(self, account: str, *, keeps_council: bool = False) -> None:
        """Take every way in away: password, factors and sessions. Takes keeps_council, whether the council's stays."""
        from keyworker.web.signing.models import Passkey, RecoveryCode

        user = self._known(account)
        user.set_password(None)
        user.save(using=self.using)
        self._change(user, **(NO_APP if keeps_council else NO_APP | NO_COUNCIL))
        for table in (RecoveryCode, Passkey):
            table.objects.using(self.using).filter(user_id=user.pk).delete()
        self._end_sessions(user)

    def unlock(self, account: str, by: str) -> None:
        """Let somebody try again at once, who had tried too often."""
        from keyworker.web.signing.models import Tries
        from keyworker.web.signing.tries import ACCOUNT, key_of

        self._known(account)
        Tries.objects.using(self.using).filter(key=key_of(ACCOUNT, account)).delete()
        self._note(account, "unlocked", by)

    def close(self, account: str, by: str) -> None:
        """Let nobody in by a sign-in any more, and end its sessions."""
        user = self._known(account)
        user.is_active = False
        user.save(using=self.using)
        self._end_sessions(user)
        self._end_tokens(account, by)
        self._note(account, "sign-in closed", by)

    def _end_tokens(self, account: str, by: str) -> None:
        """End every token that asks as somebody, or for which they answer."""
        from keyworker.web.api.tokens import end_of_account

        end_of_account(account, self.now, by, self.using)

    def _users(self) -> Any:
        from django.contrib.auth.models import User

        return User.objects.db_manager(self.using)

    def _known(self, account: str) -> Any:
        found = self._users().filter(username=account).first()
        if found is None:
            raise KeyworkerError(
                "There is no sign-in of that name.", remedy="`keyworker sign-ins list` lists those that there are."
            )
        return found

    def _change(self, user: Any, **to: object) -> None:
        from keyworker.web.signing.models import State

        State.objects.using(self.using).update_or_create(user_id=user.pk, defaults=to)

    def _end_sessions(self, user: Any) -> None:
        from keyworker.web.signing.models import OpenSession

        OpenSession.objects.using(self.using).filter(user_id=user.pk).delete()
        self.ending(user.get_username())

    def _note(self, account: str, what: str, by: str) -> None:
        note(account, what, self.now, by, self.using)
