"""Days, times of day and instants as councils' scripts write them, whole columns at a time.

A day written with a time is that day, and the time where it is not midnight; midnight means that no time is known.
A time with an offset is brought to Europe/London; one without is Europe/London's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import polars as pl

LONDON = "Europe/London"
FIRST_YEAR, LAST_YEAR = 1900, 2200
DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%d-%b-%Y", "%d %b %Y", "%d %B %Y")
SHAPE = r"^(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}[- ][A-Za-z]{3,9}[- ]\d{4}|\d{8})(?:(?:T|\s+)(.+))?$"
OFFSET = r"(?:[Zz]|[+-]\d{2}:?\d{2})$"


@dataclass(frozen=True)
class Read:
    """A column of days as read.

    Takes   days; times (None where no row has one), canonical text; wrong, rows that hold text that is no day;
            early and late, rows whose day cannot be meant.
    """

    days: pl.Series
    times: pl.Series | None
    wrong: pl.Series
    early: pl.Series
    late: pl.Series


def read_days(text: pl.Series, latest: date) -> Read:
    """Read a column of days. Takes text without blanks around it; the latest day that can be meant."""
    head = text.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    clocks: pl.Series | None = None
    if (text.str.len_bytes() > 10).any():
        clocks = text.str.slice(10).replace("", None)
    times = read_times(clocks.str.slice(1)) if clocks is not None else None
    unread = text.is_not_null() & head.is_null()
    if times is not None and clocks is not None:
        unread |= clocks.is_not_null() & (times.is_null() | ~clocks.str.contains("^[T ]"))
    if unread.any():
        head, times = _with_others(text, head, times, unread)
    wrong = text.is_not_null() & head.is_null()
    early = (head < date(FIRST_YEAR, 1, 1)).fill_null(False)
    late = (head > latest).fill_null(False)
    return Read(head, _unless_midnight(times), wrong, early, late)


def _with_others(
    text: pl.Series, days: pl.Series, times: pl.Series | None, unread: pl.Series
) -> tuple[pl.Series, pl.Series | None]:
    """Read, the slow way, the rows that are not plain ISO days, and put them in their places."""
    places = unread.arg_true()
    other_days, other_times = _any_shape(text.gather(places))
    days = days.scatter(places, other_days)
    if times is None and other_times.is_not_null().any():
        times = pl.repeat(None, len(text), dtype=pl.String, eager=True)
    if times is not None:
        times = times.scatter(places, other_times)
    return days, times


def _any_shape(text: pl.Series) -> tuple[pl.Series, pl.Series]:
    parts = text.str.extract_groups(SHAPE).struct.unnest()
    day, clock = parts.to_series(0), parts.to_series(1)
    days = pl.select(
        pl.coalesce(
            *(pl.lit(day).str.to_date(one, strict=False) for one in DAY_FORMATS),
            pl.when(pl.lit(day).str.len_bytes() == 8).then(pl.lit(day)).str.to_date("%Y%m%d", strict=False),
        )
    ).to_series()
    times = read_times(clock)
    moved = clock.str.contains(OFFSET).fill_null(False)
    if moved.any():
        at = instants(text)
        local = at.dt.convert_time_zone(LONDON)
        days = days.zip_with(~moved, local.dt.date())
        times = times.zip_with(~moved, local.dt.strftime("%H:%M:%S.%6f"))
    readable = clock.is_null() | times.is_not_null()
    return days.zip_with(readable, pl.repeat(None, len(days), dtype=pl.Date, eager=True)), times


def read_times(text: pl.Series) -> pl.Series:
    """Times of day in canonical text; null where the text is none."""
    clock = pl.lit(text.str.strip_chars())
    return pl.select(
        pl.coalesce(
            clock.str.to_time("%H:%M:%S%.f", strict=False),
            clock.str.to_time("%H:%M", strict=False),
            clock.str.to_time("%I:%M:%S %p", strict=False),
            clock.str.to_time("%I:%M %p", strict=False),
        ).dt.strftime("%H:%M:%S.%6f")
    ).to_series()


def _unless_midnight(times: pl.Series | None) -> pl.Series | None:
    if times is None:
        return None
    known = times.set(times == "00:00:00.000000", None)
    return known if known.is_not_null().any() else None


def instants(text: pl.Series) -> pl.Series:
    """Instants in UTC; null where the text is none. A day alone is its first moment in Europe/London."""
    plain = text.str.replace(r"^(\S+)\s+", "${1}T")
    moved = plain.str.contains(r"T.*" + OFFSET)
    zoned = plain.str.replace("[Zz]$", "+00:00")
    with_zone = pl.lit(zoned.set(~moved.fill_null(False), None))
    naive = pl.lit(plain.set(moved.fill_null(False), None))
    local = pl.coalesce(
        naive.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f", strict=False, time_unit="us"),
        naive.str.to_datetime("%Y-%m-%dT%H:%M", strict=False, time_unit="us"),
        naive.str.to_datetime("%d/%m/%YT%H:%M:%S%.f", strict=False, time_unit="us"),
        naive.str.to_datetime("%d/%m/%YT%H:%M", strict=False, time_unit="us"),
        naive.str.to_date("%Y-%m-%d", strict=False).cast(pl.Datetime("us")),
        naive.str.to_date("%d/%m/%Y", strict=False).cast(pl.Datetime("us")),
    )
    in_london = local.dt.replace_time_zone(LONDON, ambiguous="earliest", non_existent="null")
    return pl.select(
        pl.coalesce(
            with_zone.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%z", strict=False, time_unit="us", time_zone="UTC"),
            with_zone.str.to_datetime("%Y-%m-%dT%H:%M%z", strict=False, time_unit="us", time_zone="UTC"),
            in_london.dt.convert_time_zone("UTC"),
            local.dt.replace_time_zone("UTC"),  # an hour that the clocks passed over in spring
        )
    ).to_series()


def instant_text(at: pl.Series) -> pl.Series:
    """The canonical text of instants in UTC."""
    return at.dt.strftime("%Y-%m-%dT%H:%M:%S.%6fZ")


@cache
def _texts() -> pl.Series:
    days = pl.date_range(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31), eager=True)
    return days.dt.strftime("%Y-%m-%d")


def day_text(days: pl.Series) -> pl.Series:
    """The canonical text of days; null outside the years that can be meant."""
    place = days.to_physical() - (date(FIRST_YEAR, 1, 1) - date(1970, 1, 1)).days
    place = place.set((place < 0) | (place >= len(_texts())), None)
    return _texts().gather(place)
