"""One round of reminders: whose is due is read as themselves, under a session that ends with it, and sent to them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from keyworker.access import Door
from keyworker.actions import Keyworker
from keyworker.actions.questions.opened import SessionOver
from keyworker.actions.questions.reminders import ToRemind
from keyworker.facts.days import london_day
from keyworker.vocabulary.errors import Refused
from keyworker.web import bound
from keyworker.web.reminders import kept
from keyworker.web.reminders.machine import ByNotify, BySmtp, Machine
from keyworker.web.reminders.message import Reminder, says_of
from keyworker.web.reminders.post import NotSent, post
from keyworker.web.shown import showing

PURPOSE = "send the reminder that was asked for"
MOST = 500
"""How many are sent in a round: the next goes on with those that are left."""
_log = logging.getLogger("django.keyworker")
Send = Callable[[BySmtp | ByNotify, Reminder, datetime], None]


def remind(now: datetime, machine: Machine, link: str, send: Send = post) -> int:
    """Send what is due. Gives how many were sent.

    Takes   link, where the pages are; empty where no other machine reaches them.
    """
    sent = 0
    for _ in range(MOST):
        row = kept.take(now)
        if row is None:
            break
        try:
            sent += _one(row, now, machine, link, send)
        except Exception as error:  # a fault of one reminder is that one's alone
            _log.warning("a reminder could not be sent: %s", type(error).__name__)
            kept.failed(row, now, "could not be sent")
    return sent


def _one(row: Any, now: datetime, machine: Machine, link: str, send: Send) -> bool:
    account = row.user.get_username()
    to = machine.address_of(account)
    if now - row.due_at > kept.LATEST or not to or not _may(row.user):
        kept.done(row, now, "not sent: too late in the day" if to and _may(row.user) else "not sent: no way in")
        return False
    found = waiting(account, now)
    if found is None:
        kept.done(row, now, "nothing to send")
        return False
    try:
        send(machine.by, Reminder(to, says_of(found, london_day(now)), link), now)
    except NotSent as error:
        _log.warning("a reminder was not taken: %s", error)
        kept.failed(row, now, "the mail server did not take it")
        return False
    kept.done(row, now, "sent", sent=True)
    return True


def _may(user: Any) -> bool:
    """Whether a sign-in opens anything today: one that is closed, or waits to be set up anew, is told nothing."""
    state = getattr(user, "signing", None)
    return bool(user.is_active) and (state is None or state.reset_at is None)


def waiting(account: str, now: datetime) -> ToRemind | None:
    """What waits for somebody; None where nothing does, and for whoever is away, has left or holds no role."""
    source = bound.source()
    secret = source.signed_in(account, Door.COMMAND)
    try:
        with showing(secret), source.opened(account, PURPOSE, now, one_page=True, door=Door.COMMAND) as record:
            # What a reminder says is asked of the real record alone.
            return cast(Keyworker, record).to_remind()
    except (Refused, SessionOver):
        return None
    finally:
        source.signed_out(secret)
