"""What a statutory return's header says of the year that it speaks for and of when it was made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from keyworker.facts.days import LONDON

_FIRST, _LAST = 2005, 2100  # years for which such a return can be believed


@dataclass(frozen=True)
class CollectionYear:
    """1 April to 31 March, named by the year in which it ends."""

    ends: int

    @property
    def first(self) -> date:
        """1 April."""
        return date(self.ends - 1, 4, 1)

    @property
    def last(self) -> date:
        """31 March."""
        return date(self.ends, 3, 31)

    @property
    def after(self) -> date:
        """The first day that it no longer holds."""
        return date(self.ends, 4, 1)


def year_said(text: str | None) -> int | None:
    """A year that a header gives, if it can be believed."""
    if text and re.fullmatch(r"\d{4}", text) and _FIRST <= int(text) <= _LAST:
        return int(text)
    return None


def day_said(text: str | None) -> date | None:
    """A day that a header gives as year-month-day or day/month/year, if it is one."""
    said = (text or "")[:10]
    if slashed := re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", said):
        said = "-".join(reversed(slashed.groups()))
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def instant_said(text: str | None) -> datetime | None:
    """The instant that a header gives; one without a zone is London's."""
    try:
        said = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return said if said.tzinfo else said.replace(tzinfo=LONDON)


def year_of(day: date) -> CollectionYear:
    """The year, 1 April to 31 March, in which a day lies."""
    return CollectionYear(day.year + (1 if (day.month, day.day) >= (4, 1) else 0))
