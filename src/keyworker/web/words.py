"""Dates, days and counts as people say them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from keyworker.facts.days import LONDON

NOT_RECORDED = "Not recorded"
SMALL = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


@lru_cache(maxsize=20_000)  # a page says the same few thousand days again and again
def spoken(day: date) -> str:
    """A day as it is said: 5 January 2026."""
    return f"{day.day} {day:%B %Y}"


def spoken_short(day: date) -> str:
    """A day for a tight place: 5 Jan 2026."""
    return f"{day.day} {day:%b %Y}"


def spoken_instant(instant: datetime) -> str:
    """An instant in London's time: 5 January 2026 at 9.05am."""
    local = instant.astimezone(LONDON)
    hour = local.hour % 12 or 12
    return f"{spoken(local.date())} at {hour}.{local:%M}{'am' if local.hour < 12 else 'pm'}"


def spoken_or(day: date | None, otherwise: str = NOT_RECORDED) -> str:
    """A day as it is said, or what to say when it is not known."""
    return spoken(day) if day else otherwise


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun: 1 child, 2 children."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def in_words(count: int) -> str:
    """A count to open a sentence with: No, One, Two … Nine, 10."""
    return SMALL[count] if count < len(SMALL) else f"{count:,}"


def days(count: int) -> str:
    """A number of days: 1 day, 12 days."""
    return plural(count, "day")


def days_ago(day: date, at: date) -> str:
    """How long ago a day was: today, yesterday, 12 days ago; or how far ahead."""
    gone = (at - day).days
    if gone in (0, 1):
        return ("today", "yesterday")[gone]
    if gone == -1:
        return "tomorrow"
    return f"{days(gone)} ago" if gone > 0 else f"in {days(-gone)}"


def due(day: date, at: date) -> str:
    """When something is or was due: due today, due tomorrow, due in 4 days, due yesterday, 9 days past."""
    gone = (at - day).days
    if gone == 0:
        return "due today"
    if gone == 1:
        return "due yesterday"
    return f"{days(gone)} past" if gone > 0 else f"due {days_ago(day, at)}"


def length(from_on: date, to_on: date) -> str:
    """How long from one day to another, as people say it: 9 days, 7 weeks, 5 months, 2 years 3 months."""
    count = (to_on - from_on).days
    if count < 21:
        return days(count)
    if count < 90:
        return plural(count // 7, "week")
    months = round(count / 30.4375)
    if months < 24:
        return plural(months, "month")
    years, left = divmod(months, 12)
    return plural(years, "year") + (f" {plural(left, 'month')}" if left else "")


def listed(parts: Sequence[str]) -> str:
    """Things in a sentence: one, two and three."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def number(value: float | None, places: int = 1) -> str:
    """A number without needless noughts; the words when it is not known."""
    if value is None:
        return NOT_RECORDED
    return f"{value:,.{places}f}".rstrip("0").rstrip(".") if places else f"{value:,.0f}"


def of_full_time(fte: float) -> str:
    """A part of a full-time post: full time, 0.6 of full time."""
    return "full time" if fte == 1 else f"{number(fte, 2)} of full time"


def percent(share: float | None) -> str:
    """A share as a whole percentage, or that it cannot be told."""
    if share is None:
        return "cannot tell yet"
    return "under 1%" if 0 < share < 0.005 else f"{share * 100:.0f}%"


def inside(text: str) -> str:
    """A phrase without the capital that opens it, so that it can stand inside a sentence; LA stays LA."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def sentence(text: str) -> str:
    """A phrase with a capital to open it."""
    return text[:1].upper() + text[1:]
