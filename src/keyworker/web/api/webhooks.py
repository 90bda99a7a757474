"""Webhooks: addresses that are told that something moved, so that they ask again, and no child's details."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from keyworker.actions.questions.moved import Moved
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.web.api.reaching import fault_of
from keyworker.web.signing.sealed import seal

MOST = 10
"""How many a token may have."""
CHILD, CHILDREN = "child", "children"


@dataclass(frozen=True)
class WebhookKept:
    """A webhook, without its secret. Takes waiting, taken and given_up, how many of its messages are so."""

    ref: str
    token: str
    address: str
    made_at: datetime
    ended_at: datetime | None
    waiting: int
    taken: int
    given_up: int
    said: str


def make(token_ref: str, address: str, purpose: str, now: datetime, last_act: int) -> tuple[str, str]:
    """Register an address. Gives the webhook's short name, and the secret by which its messages are signed.

    Raises  KeyworkerError for an address that may not be told, and where a token has too many.
    """
    from keyworker.web.api.models import Token, Webhook

    if fault := fault_of(address):
        raise KeyworkerError(f"{fault}.", where="address", remedy="Write it as https://name.example/path.")
    token = Token.objects.get(ref=token_ref)
    if Webhook.objects.filter(token=token, ended_at=None).count() >= MOST:
        raise KeyworkerError(f"A token has {MOST} webhooks at most.", where="a webhook", remedy="End one first.")
    secret = secrets.token_urlsafe(32)
    row = Webhook.objects.create(
        ref=secrets.token_hex(4),
        token=token,
        address=address,
        secret=seal(secret),
        purpose=purpose,
        made_at=now,
        told_to=last_act,
    )
    return str(row.ref), secret


def of_token(token_ref: str) -> list[WebhookKept]:
    """The webhooks of a token, the latest first."""
    from keyworker.web.api.models import Webhook

    rows = Webhook.objects.filter(token__ref=token_ref).select_related("token").order_by("-made_at", "-id")
    return [_kept(row) for row in rows]


def end(token_ref: str, ref: str, now: datetime) -> bool:
    """End a webhook of a token from now on: what waits is not sent. Gives whether it was open."""
    from keyworker.web.api.models import Message, Webhook

    ended = bool(Webhook.objects.filter(ref=ref, token__ref=token_ref, ended_at=None).update(ended_at=now))
    if ended:
        waits = Message.objects.filter(webhook__ref=ref, next_at__isnull=False)
        waits.update(next_at=None, given_up_at=now, said="the webhook was ended")
    return ended


def open_webhooks(now: datetime) -> Sequence[Any]:
    """The rows of the webhooks that are open, each with its token's."""
    from keyworker.web.api.models import Webhook

    rows = Webhook.objects.filter(ended_at=None, token__ended_at=None, token__expires_at__gt=now)
    return list(rows.select_related("token").order_by("id"))


def write(webhook: Any, moved: Sequence[Moved], now: datetime) -> bool:
    """Write a message for each child that moved, or one for all where they are many.

    Gives   whether they were written here: another process may have written of the same acts meanwhile.
    """
    from django.db import transaction

    from keyworker.web.api.models import Message, Webhook

    told = {(CHILD, handle): one.at for one in moved for handle in one.children or ()}
    if everybody := [one.at for one in moved if one.children is None]:
        told[CHILDREN, ""] = everybody[-1]
    told_to = moved[-1].act_id
    with transaction.atomic():
        if not Webhook.objects.filter(pk=webhook.pk, told_to=webhook.told_to).update(told_to=told_to):
            return False
        Message.objects.bulk_create(
            Message(ref=uuid4().hex, webhook=webhook, kind=kind, handle=handle, at=at, next_at=now)
            for (kind, handle), at in told.items()
        )
    webhook.told_to = told_to
    return True


def _kept(row: Any) -> WebhookKept:
    messages = row.messages
    last = messages.exclude(said="").order_by("-id").values_list("said", flat=True).first()
    return WebhookKept(
        row.ref,
        row.token.ref,
        row.address,
        row.made_at,
        row.ended_at,
        messages.filter(next_at__isnull=False).count(),
        messages.filter(taken_at__isnull=False).count(),
        messages.filter(given_up_at__isnull=False).count(),
        last or "",
    )
