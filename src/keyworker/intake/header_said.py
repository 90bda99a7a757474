"""What a statutory return's header says of the year that it speaks for and of when it was made."""

from __future__ import annotations

import re
from datetime import date, datetime

from keyworker.facts.days import LONDON

_FIRST, _LAST = 2005, 2100  # years for which such a return can be believed


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
