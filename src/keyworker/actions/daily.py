"""How many children's records one sign-in may open in a day, one by one.

It holds whoever would copy the service child by child. It is never a figure about anybody's work: it is counted only
when a record is asked for, kept nowhere, and shown to nobody.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import psycopg

from keyworker.facts.belonging import said_in_setting
from keyworker.facts.days import end_of
from keyworker.facts.moment import Moment
from keyworker.record.log import opened_since
from keyworker.vocabulary.errors import KeyworkerError, Refused

SETTING = "children opened in a day"
USUAL = 300
"""Where the council has set nothing: several times what a day's work needs, and a small part of a service."""
OF_ONE_CHILD = (
    "child",
    "clocks",
    "copies",
    "words outside",
    "visits",
    "own words",
    "plan actions",
    "meetings",
    "challenges",
    "direct work",
    "open direct work",
    "not to be told",
)
"""The routes by which one child's record is opened."""


def allowed_in_a_day(connection: psycopg.Connection, moment: Moment, account: str, name: str, usual: int) -> int:
    """How many of something a sign-in may have on a day.

    Takes   name, of the council's setting, for the sign-in or for `all`, a whole number; usual, where nothing is set.
    Raises  KeyworkerError when the setting says something else.
    """
    said = said_in_setting(connection, moment, name, account)
    if said is None:
        return usual
    if not said.strip().isdecimal() or int(said) < 1:
        raise KeyworkerError(
            "The setting does not say a whole number of at least 1.",
            where=f"the setting {name}",
            remedy="Correct its value, and load it again.",
        )
    return int(said)


def start_of(today: Moment) -> datetime:
    """The instant at which a day began, from which its readings count."""
    return end_of(today.at - timedelta(days=1))


def too_many(allowed: int) -> Refused:
    """Why no other record is opened today."""
    return Refused(
        f"This sign-in has opened the records of {allowed} children today, as many as one may in a day.",
        remedy=f"Those stay open. If today's work needs more, ask the analyst who keeps the data to raise the setting "
        f"“{SETTING}”. Opening a record in an emergency is not counted.",
    )


def over_the_day(
    own: psycopg.Connection, connection: psycopg.Connection, account: str, today: Moment, child: str
) -> Refused | None:
    """Why a sign-in may not open one more child's record today; None where it may.

    Takes   own and connection, in the application's role and in the service's; child, its handle.
    """
    opened, is_among = opened_since(own, account, start_of(today), OF_ONE_CHILD, child)
    allowed = allowed_in_a_day(connection, today, account, SETTING, USUAL)
    return too_many(allowed) if opened >= allowed and not is_among else None
