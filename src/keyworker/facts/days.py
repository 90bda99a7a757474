"""Days as people in England reckon them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from keyworker.vocabulary.working_days import LONDON

__all__ = ["LONDON", "end_of", "london_day", "year_before"]


def london_day(instant: datetime) -> date:
    """The day on which an instant falls in Europe/London."""
    return instant.astimezone(LONDON).date()


def end_of(day: date) -> datetime:
    """The instant at which a day ends in Europe/London."""
    return datetime.combine(day + timedelta(days=1), time(), LONDON)


def year_before(day: date) -> date:
    """The same day a year earlier; 28 February for 29 February."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
