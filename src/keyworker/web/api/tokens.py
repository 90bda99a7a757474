"""Tokens of other systems: made once and shown once, found by their digest, ended by a person or by their day."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from keyworker.vocabulary.errors import KeyworkerError
from keyworker.web.api.uses import Use, use_of
from keyworker.web.signing.happenings import note

MARK = "kw_"
"""How every token begins, so that one that was left in a file by mistake can be searched for."""
LONGEST = timedelta(days=366)
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .,()-]{2,59}")


@dataclass(frozen=True)
class TokenKept:
    """A token as it is kept, without its secret.

    Takes   ref, by which people and the access log name it; account, as whom it asks; owner, who answers for it.
    """

    ref: str
    account: str
    owner: str
    name: str
    uses: frozenset[Use]
    made_at: datetime
    made_by: str
    expires_at: datetime
    used_on: date | None
    ended_at: datetime | None
    ended_by: str

    def is_open(self, now: datetime) -> bool:
        """Whether it still opens anything at an instant."""
        return self.ended_at is None and now < self.expires_at


@dataclass(frozen=True)
class Wanted:
    """A token that somebody wants made."""

    account: str
    owner: str
    name: str
    uses: frozenset[Use]
    lasts: timedelta


def problems(wanted: Wanted) -> dict[str, str]:
    """What is wrong with what was asked for, by field."""
    found: dict[str, str] = {}
    if not NAME.fullmatch(wanted.name):
        found["name"] = "Say in 3 to 60 letters and digits which system it is for; it names no child and no secret"
    if not wanted.uses:
        found["uses"] = "Choose at least one thing that it is for"
    if not timedelta(days=1) <= wanted.lasts <= LONGEST:
        found["days"] = f"It must last 1 to {LONGEST.days} days"
    return found


def make(wanted: Wanted, now: datetime, by: str, using: str = "default") -> tuple[str, TokenKept]:
    """Make a token. Gives its secret, which is kept nowhere and can be shown only now, and what is kept.

    Raises  KeyworkerError for a token that cannot be made so.
    """
    from keyworker.web.api.models import Token

    for wrong in problems(wanted).values():
        raise KeyworkerError(f"{wrong}.", where="a token", remedy="Mend it and try again.")
    secret = MARK + secrets.token_urlsafe(32)
    row = Token.objects.using(using).create(
        ref=secrets.token_hex(4),
        digest=digest_of(secret),
        account=wanted.account,
        owner=wanted.owner,
        name=wanted.name,
        uses="\n".join(sorted(map(str, wanted.uses))),
        made_at=now,
        made_by=by,
        expires_at=now + wanted.lasts,
    )
    note(wanted.account, f"a token was made: {row.ref}", now, by, using)
    return secret, kept_of(row)


def found(secret: str, now: datetime) -> TokenKept | None:
    """The token of a secret; None for one that is not known, was ended or has expired. Notes the day of its use."""
    from keyworker.web.api.models import Token

    row = Token.objects.filter(digest=digest_of(secret), ended_at=None, expires_at__gt=now).first()
    if row is None:
        return None
    if row.used_on != now.date():
        Token.objects.filter(pk=row.pk).update(used_on=now.date())
    return kept_of(row)


def of_person(account: str) -> Sequence[TokenKept]:
    """The tokens that ask as somebody, or for which they answer; the latest first."""
    from django.db.models import Q

    from keyworker.web.api.models import Token

    rows = Token.objects.filter(Q(account=account) | Q(owner=account)).order_by("-made_at", "-id")
    return [kept_of(row) for row in rows]


def every(using: str = "default") -> Sequence[TokenKept]:
    """Every token, the latest first."""
    from keyworker.web.api.models import Token

    return [kept_of(row) for row in Token.objects.using(using).order_by("-made_at", "-id")]


def end(tokens: Iterable[TokenKept], now: datetime, by: str, using: str = "default") -> int:
    """End tokens from now on; gives how many were open."""
    from keyworker.web.api.models import Token

    ended = 0
    for one in tokens:
        open_still = Token.objects.using(using).filter(ref=one.ref, ended_at=None)
        if open_still.update(ended_at=now, ended_by=by):
            note(one.account, f"a token was ended: {one.ref}", now, by, using)
            ended += 1
    return ended


def end_of_account(account: str, now: datetime, by: str, using: str = "default") -> int:
    """End every token that asks as somebody, or for which they answer: their sign-in was shut."""
    return end((one for one in every(using) if account in (one.account, one.owner)), now, by, using)


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def kept_of(row: Any) -> TokenKept:
    """A token as it is kept, from its row."""
    return TokenKept(
        row.ref,
        row.account,
        row.owner,
        row.name,
        frozenset(map(use_of, row.uses.splitlines())),
        row.made_at,
        row.made_by,
        row.expires_at,
        row.used_on,
        row.ended_at,
        row.ended_by,
    )
