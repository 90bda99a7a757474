"""Sending what waits for webhooks: signed, once, again when it was not taken, and of nobody who is out of sight now."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from keyworker.web.api.reaching import TIMEOUT, Target, Unreachable, post, target_of
from keyworker.web.api.webhooks import CHILD
from keyworker.web.signing.sealed import unseal

WAITS = (
    *(timedelta(minutes=one) for one in (1, 5, 30)),
    *(timedelta(hours=one) for one in (2, 8, 24)),
)
"""How long to wait after each try that failed; after the last a message is given up."""
KEPT = timedelta(days=30)
MOST = 50
"""How many messages of one webhook are taken up together."""
SHARE = TIMEOUT
"""Seconds after which the next webhook has its turn, and what is left of this one waits for the next round."""
TAKING = timedelta(minutes=2)
"""For how long whoever sends the messages of a webhook has them to themselves: longer than a share, a look-up and an
answer together, so that none is sent twice meanwhile."""
HELD = timedelta(minutes=30)
"""How long messages wait whose account may be told nothing now."""
_log = logging.getLogger("django.keyworker")
Send = Callable[[Target, bytes, dict[str, str]], int]
Sight = Callable[[Any, Collection[str]], Collection[str] | None]
"""Whom of some children, by their handles, the account of a webhook may see now; None where it may be told nothing."""


@dataclass(frozen=True)
class Round:
    """One round of sending. Takes clock, which tells seconds and never goes back; began, what it told at `now`."""

    now: datetime
    seen: Sight
    send: Send
    clock: Callable[[], float]
    began: float


def send_due(now: datetime, seen: Sight, send: Send = post, clock: Callable[[], float] = time.monotonic) -> int:
    """Send what is due, webhook by webhook, each message once. Gives how many were taken.

    A webhook's turn is over at the first message that it does not take, and after its share of time.
    """
    this = Round(now, seen, send, clock, clock())
    taken = 0
    for webhook in _due_webhooks(now):
        try:
            taken += _turn(webhook, this)
        except Exception as error:  # a fault of one webhook is that webhook's alone
            _log.warning("a webhook could not be told: %s", type(error).__name__)
    return taken


def forget_old(now: datetime) -> None:
    """Give up what waits for a token that was ended or has expired; forget what was taken or given up a month ago."""
    from django.db.models import Q

    from keyworker.web.api.models import Message

    over = Q(webhook__token__ended_at__isnull=False) | Q(webhook__token__expires_at__lte=now)
    waits = Message.objects.filter(over, next_at__isnull=False)
    waits.update(next_at=None, given_up_at=now, said="the token was ended or has expired")
    Message.objects.filter(next_at=None, at__lt=now - KEPT).delete()


def signature(secret: str, at: int, body: bytes) -> str:
    """What a message is signed with: HMAC with SHA-256 over the second, a full stop and the body."""
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


def _due(now: datetime) -> Any:
    from keyworker.web.api.models import Message

    due = Message.objects.filter(next_at__lte=now, webhook__ended_at=None)
    return due.filter(webhook__token__ended_at=None, webhook__token__expires_at__gt=now)


def _due_webhooks(now: datetime) -> Sequence[Any]:
    """The webhooks for which something is due, each with its token, the longest waiting first."""
    from django.db.models import Min

    from keyworker.web.api.models import Webhook

    since = _due(now).order_by().values("webhook").annotate(since=Min("next_at")).values_list("webhook", "since")
    first = dict(since)
    rows = Webhook.objects.filter(pk__in=first).select_related("token")
    return sorted(rows, key=lambda one: (first[one.pk], one.pk))


def _turn(webhook: Any, this: Round) -> int:
    """Send what is due to one webhook, as far as its turn goes. Gives how many were taken."""
    rows = _still_told(webhook, _claimed(webhook, this), this)
    ends, taken = this.clock() + SHARE, 0
    for number, row in enumerate(rows):
        is_taken = _send_one(row, webhook, this)
        taken += is_taken
        if not is_taken or this.clock() >= ends:
            _put_off(rows[number + 1 :], this.now)
            break
    return taken


def _claimed(webhook: Any, this: Round) -> list[Any]:
    """The messages of a webhook that are due, for whoever asks first: another process passes over them for a while."""
    from django.db import transaction

    with transaction.atomic():
        due = _due(this.now).filter(webhook=webhook).select_for_update(skip_locked=True, of=("self",))
        rows = list(due.order_by("next_at", "id")[:MOST])
        _put_off(rows, this.now + timedelta(seconds=this.clock() - this.began) + TAKING)
    return rows


def _still_told(webhook: Any, rows: list[Any], this: Round) -> list[Any]:
    """Those messages that the webhook's account may be told still. Of children who are out of its sight none is kept;
    where it may be told nothing at all they wait, and are given up when they are old."""
    from keyworker.web.api.models import Message

    if not rows:
        return rows
    seen = this.seen(webhook, {row.handle for row in rows if row.kind == CHILD})
    if seen is None:
        _put_off(rows, this.now + HELD)
        old = Message.objects.filter(pk__in=[row.pk for row in rows], at__lt=this.now - KEPT)
        old.update(next_at=None, given_up_at=this.now, said="the account may not be told")
        return []
    beyond = [row.pk for row in rows if row.kind == CHILD and row.handle not in seen]
    Message.objects.filter(pk__in=beyond).delete()
    return [row for row in rows if row.pk not in beyond]


def _put_off(rows: Sequence[Any], until: datetime) -> None:
    from keyworker.web.api.models import Message

    Message.objects.filter(pk__in=[row.pk for row in rows]).update(next_at=until)


def _send_one(row: Any, webhook: Any, this: Round) -> bool:
    """Send one message and keep what came of it. Gives whether it was taken."""
    from keyworker.web.api.models import Message

    secret = unseal(webhook.secret)
    said, is_taken = _tried(row, webhook, secret, this) if secret else ("its secret cannot be read", False)
    changes: dict[str, object] = {"tries": row.tries + 1, "said": said[:60]}
    if is_taken:
        changes |= {"next_at": None, "taken_at": this.now}
    elif row.tries < len(WAITS):
        changes |= {"next_at": this.now + WAITS[row.tries]}
    else:
        changes |= {"next_at": None, "given_up_at": this.now}
    Message.objects.filter(pk=row.pk).update(**changes)
    return is_taken


def _tried(row: Any, webhook: Any, secret: str, this: Round) -> tuple[str, bool]:
    """Send one message. Gives what came of it in a word, and whether it was taken."""
    body = json.dumps(
        {"message": row.ref, "kind": row.kind, "handle": row.handle or None, "at": row.at.isoformat()}
    ).encode()
    at = int(this.now.timestamp())
    signed = {"Keyworker-Signature": f"t={at},v1={signature(secret, at, body)}"}
    try:
        status = this.send(target_of(webhook.address), body, signed)
    except Unreachable as error:
        return str(error), False
    except Exception as error:
        # A fault of one message is that message's alone.
        _log.warning("a message of a webhook could not be sent: %s", type(error).__name__)
        return "could not be sent", False
    return f"answered {status}", 200 <= status < 300
