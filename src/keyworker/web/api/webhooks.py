"""Webhooks: addresses that are told that something moved, so that they ask again, and no child's details."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from keyworker.actions.questions.moved import Moved
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.web.api.reaching import Target, Unreachable, fault_of, post, target_of
from keyworker.web.signing.sealed import seal, unseal

MOST = 10
"""How many a token may have."""
WAITS = (
    *(timedelta(minutes=one) for one in (1, 5, 30)),
    *(timedelta(hours=one) for one in (2, 8, 24)),
)
"""How long to wait after each try that failed; after the last a message is given up."""
KEPT = timedelta(days=30)
TAKING = timedelta(minutes=2)
"""For how long whoever sends a message has it to themselves."""
CHILD, CHILDREN = "child", "children"
_log = logging.getLogger("django.keyworker")
Send = Callable[[Target, bytes, dict[str, str]], int]


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


def send_due(now: datetime, most: int = 50, send: Send = post) -> int:
    """Send what is due, each message once. Gives how many were taken."""
    from keyworker.web.api.models import Message

    taken = 0
    for row in _claimed(now, most):
        secret = unseal(row.webhook.secret)
        said, is_taken = _tried(row, secret, now, send) if secret else ("its secret cannot be read", False)
        changes: dict[str, object] = {"tries": row.tries + 1, "said": said[:60]}
        if is_taken:
            changes |= {"next_at": None, "taken_at": now}
        elif row.tries < len(WAITS):
            changes |= {"next_at": now + WAITS[row.tries]}
        else:
            changes |= {"next_at": None, "given_up_at": now}
        Message.objects.filter(pk=row.pk).update(**changes)
        taken += is_taken
    return taken


def forget_old(now: datetime) -> None:
    """Forget messages that were taken or given up a month ago."""
    from keyworker.web.api.models import Message

    Message.objects.filter(next_at=None, at__lt=now - KEPT).delete()


def signature(secret: str, at: int, body: bytes) -> str:
    """What a message is signed with: HMAC with SHA-256 over the second, a full stop and the body."""
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


def _claimed(now: datetime, most: int) -> list[Any]:
    """The messages that are due, for whoever asks first: another process passes over them for some minutes."""
    from django.db import transaction

    from keyworker.web.api.models import Message

    with transaction.atomic():
        due = Message.objects.select_for_update(skip_locked=True, of=("self",)).filter(next_at__lte=now)
        due = due.filter(webhook__ended_at=None, webhook__token__ended_at=None, webhook__token__expires_at__gt=now)
        rows = list(due.select_related("webhook").order_by("next_at", "id")[:most])
        Message.objects.filter(pk__in=[row.pk for row in rows]).update(next_at=now + TAKING)
    return rows


def _tried(row: Any, secret: str, now: datetime, send: Send) -> tuple[str, bool]:
    """Send one message. Gives what came of it in a word, and whether it was taken."""
    body = json.dumps(
        {"message": row.ref, "kind": row.kind, "handle": row.handle or None, "at": row.at.isoformat()}
    ).encode()
    at = int(now.timestamp())
    signed = {"Keyworker-Signature": f"t={at},v1={signature(secret, at, body)}"}
    try:
        status = send(target_of(row.webhook.address), body, signed)
    except Unreachable as error:
        return str(error), False
    except Exception as error:
        # A fault of one message is that message's alone.
        _log.warning("a message of a webhook could not be sent: %s", type(error).__name__)
        return "could not be sent", False
    return f"answered {status}", 200 <= status < 300


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
