"""What the keeper of the machine does to tokens, in the owner's role: make one for a system's account, list, end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import psycopg

from keyworker.facts.belonging import holdings
from keyworker.facts.days import london_day
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.web.api import tokens, urls
from keyworker.web.api.tokens import TokenKept, Wanted
from keyworker.web.api.uses import use_of


@dataclass(frozen=True)
class TokensKept:
    """The tokens, as the keeper of the machine may change them.

    Takes   using, the way in of the owner's role; now, the instant that is written down; service, a connection in the
            service's role, by which it is asked who holds a role.
    """

    using: str
    now: datetime
    service: psycopg.Connection

    def wanted(self, account: str, owner: str, name: str, uses: Iterable[str], lasts: timedelta) -> Wanted:
        """A token that somebody asks for, in words. Raises KeyworkerError for words that name no use."""
        return Wanted(account, owner, name.strip(), frozenset(map(use_of, uses)), lasts)

    def make(self, wanted: Wanted, by: str) -> tuple[str, TokenKept]:
        """Make a token for a system's account. Gives its secret, to be shown once, and what is kept.

        Raises  Refused for a person's account: whoever keeps the machine makes no secret that asks as somebody else;
                KeyworkerError for an account, an owner or a use that is none.
        """
        if self._is_persons(wanted.account):
            raise Refused(
                "That account is a person’s.",
                where="a token",
                remedy="Its owner makes a token on the page Your sign-in. A system has an account of its own in the "
                "list of roles, which belongs to no worker.",
            )
        self._require_role(wanted.account, "The system’s account")
        self._require_role(wanted.owner, "Whoever answers for the token")
        if not self._signs_in(wanted.owner):
            raise KeyworkerError("Whoever answers for the token has no sign-in.", remedy="Name somebody who has one.")
        if beyond := wanted.uses - set(urls.offered()):
            raise KeyworkerError(
                f"No token is for that: {', '.join(sorted(map(str, beyond)))}.",
                remedy=f"It may be for: {'; '.join(map(str, urls.offered()))}.",
            )
        return tokens.make(wanted, self.now, by, self.using)

    def listed(self) -> Sequence[TokenKept]:
        """Every token, the latest first."""
        return tokens.every(self.using)

    def end(self, ref: str, by: str) -> None:
        """End a token from now on. Raises KeyworkerError where none that is open is called so."""
        if not tokens.end([one for one in self.listed() if one.ref == ref], self.now, by, self.using):
            raise KeyworkerError("No open token is called so.", where=ref, remedy="`keyworker tokens list` has them.")

    def _is_persons(self, account: str) -> bool:
        held = holdings(self.service, account, london_day(self.now))
        return self._signs_in(account) or any(one.worker_id for one in held)

    def _signs_in(self, account: str) -> bool:
        from django.contrib.auth.models import User

        return User.objects.using(self.using).filter(username=account, is_active=True).exists()

    def _require_role(self, account: str, who: str) -> None:
        if not holdings(self.service, account, london_day(self.now)):
            raise KeyworkerError(
                f"{who} holds no role today.",
                where=account,
                remedy="Load a list of roles that gives it one; see the manual's page on who may see what.",
            )
