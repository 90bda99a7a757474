"""Whether somebody wants reminders, and at which hour; and whose is due, for whoever sends to take one at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from keyworker.facts.days import LONDON
from keyworker.vocabulary.working_days import Calendar
from keyworker.web.signing.happenings import note

HOURS = range(6, 21)
USUAL = 8
TAKING = timedelta(minutes=5)
"""For how long whoever takes one up has it alone: longer than a reading and a sending together."""
WAITS = (timedelta(minutes=5), timedelta(minutes=30))
"""How long to wait after each try that failed; after the last it is given up until the next working day."""
LATEST = timedelta(hours=3)
"""A reminder that could not be sent for so long, as after a night without power, is not sent that day any more."""


@dataclass(frozen=True)
class Chosen:
    """What somebody has chosen. Takes sent_at, when the last was sent; said, what came of the last try, in a word."""

    is_on: bool = False
    hour: int = USUAL
    sent_at: datetime | None = None
    said: str = ""


def chosen(user_id: int) -> Chosen:
    """What somebody has chosen: none, unless they have said that they want them."""
    from keyworker.web.signing.models import Reminders

    row = Reminders.objects.filter(user_id=user_id).first()
    return Chosen(row.is_on, row.hour, row.sent_at, row.said) if row else Chosen()


def choose(user: Any, *, is_on: bool, hour: int, now: datetime) -> None:
    """Write down what somebody has chosen. Sent twice it changes nothing."""
    from keyworker.web.signing.models import Reminders

    before = chosen(user.pk)
    if (before.is_on, before.hour) == (is_on, hour):
        return
    day = now.astimezone(LONDON).date()
    had = before.sent_at is not None and before.sent_at.astimezone(LONDON).date() == day
    at = next_time(hour, _end_of(now) if had else now) if is_on else None
    row = {"is_on": is_on, "hour": hour, "next_at": at, "tries": 0}
    Reminders.objects.update_or_create(user_id=user.pk, defaults=row)
    note(user.get_username(), f"reminders by email: {f'at {hour}:00' if is_on else 'off'}", now)


def next_time(hour: int, after: datetime) -> datetime:
    """The next instant at which it is that hour of a working day in London, after an instant."""
    day, calendar = after.astimezone(LONDON).date(), Calendar()
    while True:
        at = datetime.combine(day, time(hour), LONDON)
        if at > after and calendar.is_working_day(day):
            return at
        day += timedelta(days=1)


def take(now: datetime) -> Any | None:
    """One reminder that is due, for whoever asks first; None where none is. What is too late waits for its next day."""
    from django.db import transaction

    from keyworker.web.signing.models import Reminders

    with transaction.atomic():
        due = Reminders.objects.filter(is_on=True, next_at__lte=now).select_related("user")
        row = due.select_for_update(skip_locked=True, of=("self",)).order_by("next_at", "pk").first()
        if row is not None:
            row.due_at = row.next_at
            Reminders.objects.filter(pk=row.pk).update(next_at=now + TAKING)
    return row


def done(row: Any, now: datetime, said: str, *, sent: bool = False) -> None:
    """One reminder was sent, or there was nothing to send: the next is due on the next working day."""
    _put(row, next_at=next_time(row.hour, _end_of(now)), tries=0, said=said, **({"sent_at": now} if sent else {}))


def failed(row: Any, now: datetime, said: str) -> None:
    """One reminder was not taken: it is tried again soon, a few times."""
    if row.tries >= len(WAITS):
        done(row, now, said)
    else:
        _put(row, next_at=now + WAITS[row.tries], tries=row.tries + 1, said=said)


def _end_of(now: datetime) -> datetime:
    """The last instant of a day in London: there is one reminder a day, whatever is chosen anew."""
    return datetime.combine(now.astimezone(LONDON).date(), time(23, 59, 59), LONDON)


def _put(row: Any, **changes: Any) -> None:
    from keyworker.web.signing.models import Reminders

    changes["said"] = changes["said"][:60]
    Reminders.objects.filter(pk=row.pk).update(**changes)
