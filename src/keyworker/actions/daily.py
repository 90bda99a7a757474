"""How much one sign-in may carry away in a day: records of children opened one by one, and files taken.

It holds whoever would copy the service child by child. It is never a figure about anybody's work: it is counted only
when something is asked for, kept nowhere, and shown to nobody.
"""

from __future__ import annotations

from enum import StrEnum

import psycopg

from keyworker.facts.belonging import said_in_setting
from keyworker.facts.moment import Moment
from keyworker.vocabulary.errors import KeyworkerError, Refused


class Daily(StrEnum):
    """What is limited, by the name of the council's setting."""

    CHILDREN = "children opened in a day"
    FILES = "files taken in a day"


USUAL = {Daily.CHILDREN: 300, Daily.FILES: 100}
"""Where the council has set nothing: several times what a day's work needs, and a small part of a service."""
OF_ONE_CHILD = ("child", "clocks")
"""The routes by which one child's record is opened."""


def most(connection: psycopg.Connection, moment: Moment, what: Daily) -> int:
    """How many a sign-in may on a day.

    Source  the council's setting of that name for `all`, a whole number.
    Raises  KeyworkerError when the setting says something else.
    """
    said = said_in_setting(connection, moment, what)
    if said is None:
        return USUAL[what]
    if not said.strip().isdecimal() or int(said) < 1:
        raise KeyworkerError(
            "The setting does not say a whole number of at least 1.",
            where=f"the setting {what}",
            remedy="Correct its value, and load it again.",
        )
    return int(said)


def too_many(what: Daily, allowed: int) -> Refused:
    """Why nothing more is given today."""
    word = "the records of children" if what is Daily.CHILDREN else "files"
    verb = "opened" if what is Daily.CHILDREN else "taken"
    return Refused(
        f"By this sign-in {word} were {verb} as often today as one sign-in may in a day: {allowed}.",
        remedy=f"Go on tomorrow. If the work of today needs more, ask the analyst who keeps the data to raise the "
        f"setting “{what}”. Opening a record in an emergency is not counted.",
    )
