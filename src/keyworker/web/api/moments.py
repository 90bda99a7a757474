"""The moment that a program asks about: a day, and the knowledge to look with."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from ninja import Query, Schema
from pydantic import Field

from keyworker.facts.days import london_day
from keyworker.facts.moment import Moment
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.web import bound
from keyworker.web.api.written import Day, Instant

EARLIEST = 1990


class Asked(Schema):
    """The day and the knowledge."""

    at: Annotated[Day | None, Field(description="A day; its end in London is meant. Today, if none.")] = None
    known_at: Annotated[
        Instant | None,
        Field(description="An instant with its zone: only what was known then. All that is known now, if none."),
    ] = None

    @property
    def moment(self) -> Moment:
        """The moment. Raises KeyworkerError for one that has not come, or lies before there were any records."""
        return moment_of(self.at, self.known_at, bound.now())


def moment_of(at: date | None, known_at: datetime | None, now: datetime) -> Moment:
    """The moment of a day and an instant. Raises KeyworkerError for one that has not come, or is too long ago."""
    today = london_day(now)
    day = at or today
    if day > today or (known_at is not None and known_at > now):
        raise KeyworkerError(
            "That has not come: what will have happened by then is not known.",
            where="at or known_at",
            remedy="Ask for today or an earlier day.",
        )
    if day.year < EARLIEST or (known_at is not None and known_at.year < EARLIEST):
        raise KeyworkerError("That is too long ago.", where="at or known_at", remedy=f"Ask for {EARLIEST} or later.")
    return Moment(day, known_at)


When = Query[Asked]
