"""What a person has begun to write and not sent: for how long it is kept, and how much of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import psycopg

from keyworker.facts.belonging import said_in_setting
from keyworker.facts.moment import Moment
from keyworker.record.drafts import Draft
from keyworker.vocabulary.errors import KeyworkerError

SETTING = "days a draft is kept"
USUAL = 7
"""Where the council has set nothing: what was begun before a weekend, or a week away, is there after it."""
HOURS_SETTING = "hours on a device"
USUAL_HOURS = 12
"""Where the council has set nothing: a working day with its ways."""
MOST = 50
"""How many one person may have at once."""
LONGEST = 60_000
"""The bytes that one may have: each form asks for far less."""


@dataclass(frozen=True)
class WantedDraft:
    """What somebody means to have kept.

    Takes   draft_id, what the window knows it by, empty for a new one; tab, a random word of the window, empty without
            script; seen_at, when the window was last shown what is kept of this page; said, what was typed, by field.
    """

    address: str
    said: Mapping[str, str] = field(repr=False)
    draft_id: str = ""
    tab: str = ""
    seen_at: datetime | None = None


@dataclass(frozen=True)
class KeptDraft:
    """What is kept now. Takes others, what was kept of the same page elsewhere since this window was last shown it."""

    draft: Draft
    others: tuple[Draft, ...] = ()


def lasting(connection: psycopg.Connection, moment: Moment) -> timedelta:
    """How long a draft is kept after it was last typed in.

    Source  the council's setting of that name for `all`, a whole number of days.
    Raises  KeyworkerError when the setting says something else.
    """
    said = said_in_setting(connection, moment, SETTING)
    if said is None:
        return timedelta(days=USUAL)
    if not said.strip().isdecimal() or not 1 <= int(said) <= 90:
        raise KeyworkerError(
            "The setting does not say a whole number of days, from 1 to 90.",
            where=f"the setting {SETTING}",
            remedy="Correct its value, and load it again.",
        )
    return timedelta(days=int(said))


def most_hours(connection: psycopg.Connection, moment: Moment) -> int:
    """For how many hours at the most the forms of visits are taken along where there is no signal.

    Source  the council's setting of that name for `all`, a whole number from 1 to 72.
    Raises  KeyworkerError when the setting says something else.
    """
    said = said_in_setting(connection, moment, HOURS_SETTING)
    if said is None:
        return USUAL_HOURS
    if not said.strip().isdecimal() or not 1 <= int(said) <= 72:
        raise KeyworkerError(
            "The setting does not say a whole number of hours, from 1 to 72.",
            where=f"the setting {HOURS_SETTING}",
            remedy="Correct its value, and load it again.",
        )
    return int(said)


def require_small(wanted: WantedDraft) -> None:
    """Refuse what no form asks for. Raises KeyworkerError."""
    size = sum(len(name.encode()) + len(said.encode()) for name, said in wanted.said.items())
    if size > LONGEST:
        raise KeyworkerError(
            "This is too long to be kept while it is not sent.", remedy="Shorten it, or send what is whole."
        )


def too_many() -> KeyworkerError:
    """Why nothing more is kept."""
    return KeyworkerError(
        f"You have begun {MOST} forms and sent none of them, as many as are kept.",
        remedy="Send one or throw one away: they are listed on What you have begun.",
    )
