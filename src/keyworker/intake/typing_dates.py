"""Days, times of day and instants as councils' scripts write them, whole columns at a time.

A day written with a time is that day, and the time where it is not midnight; midnight means that no time is known.
A year of two digits, as a spreadsheet writes it, is of the century that does not lie too far ahead.
A time with an offset is brought to Europe/London; one without is Europe/London's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

import polars as pl

LONDON = "Europe/London"
FIRST_YEAR, LAST_YEAR = 1900, 2200
OTHER_DAYS = (
    "%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y%m%d",
    "%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y",
)  # fmt: skip
SHAPE = (
    r"^(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}[- ][A-Za-z]{3,9}[- ]\d{2}(?:\d{2})?"
    r"|[A-Za-z]{3,9} +\d{1,2},? +\d{4}|\d{8})"
    r"(?:(?:T|\s+)(.+))?$"
)
SHORT_YEARS = {"%d/%m/%y": r"^\d{1,2}/\d{1,2}/\d{2}$", "%d-%b-%y": r"^\d{1,2}-[A-Za-z]{3}-\d{2}$"}
OFFSET = r"(?:[Zz]|[+-]\d{2}:?\d{2})$"
MIDNIGHT = [f"{mark}00:00{rest}" for mark in " T" for rest in ("", ":00", ":00.000", ":00.000000", ":00.0000000")]
CLOCK = r"^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$"
OTHER_CLOCKS = ("%H:%M:%S%.f", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%I:%M:%S%p", "%I:%M%p")
WITH_OFFSET = ("%Y-%m-%dT%H:%M:%S%.f%z", "%Y-%m-%dT%H:%M%z")
WITHOUT = ("%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%d/%m/%YT%H:%M:%S%.f", "%d/%m/%YT%H:%M")


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
    days = text.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    unread = text.is_not_null() & days.is_null()
    times: pl.Series | None = None
    if (text.str.len_bytes() > 10).any():
        clocks = text.str.slice(10)
        clocks = clocks.set((clocks == "") | clocks.is_in(MIDNIGHT), None)
        if clocks.is_not_null().any():
            times = read_times(clocks.str.slice(1))
            unread |= clocks.is_not_null() & (times.is_null() | ~clocks.str.contains("^[T ]"))
    if unread.any():
        days, times = _with_others(text, days, times, unread, latest)
    wrong = text.is_not_null() & days.is_null()
    early = (days < date(FIRST_YEAR, 1, 1)).fill_null(False)
    late = (days > latest).fill_null(False)
    return Read(days, _unless_midnight(times), wrong, early, late)


def _with_others(
    text: pl.Series, days: pl.Series, times: pl.Series | None, unread: pl.Series, latest: date
) -> tuple[pl.Series, pl.Series | None]:
    """Read, the slow way, the rows that are not plain ISO days, and put them in their places."""
    places = unread.arg_true()
    other_days, other_times = _any_shape(text.gather(places), latest)
    days = days.scatter(places, other_days)
    if times is None and other_times.is_not_null().any():
        times = pl.repeat(None, len(text), dtype=pl.String, eager=True)
    if times is not None:
        times = times.scatter(places, other_times)
    return days, times


def _any_shape(text: pl.Series, latest: date) -> tuple[pl.Series, pl.Series]:
    days, times, clock = _apart(text, latest)
    moved = clock.str.contains(OFFSET).fill_null(False)
    if moved.any():
        local = instants(text).dt.convert_time_zone(LONDON)
        days = days.zip_with(~moved, local.dt.date())
        times = times.zip_with(~moved, local.dt.strftime("%H:%M:%S.%6f"))
    readable = clock.is_null() | times.is_not_null()
    return days.set(~readable, None), times


def _apart(text: pl.Series, latest: date) -> tuple[pl.Series, pl.Series, pl.Series]:
    """Days, times, and the text in which the times were told."""
    parts = text.str.extract_groups(SHAPE).struct.unnest()
    day, clock = parts.to_series(0).str.replace_all(r",? +", " "), parts.to_series(1)
    short = (partial(_short_year, form=form, latest=latest) for form in SHORT_YEARS)
    return (
        _first_that_reads(day, [*short, *(partial(_day, form=form) for form in OTHER_DAYS)]),
        read_times(clock),
        clock,
    )


def _first_that_reads(text: pl.Series, ways: Sequence[Callable[[pl.Series], pl.Series]]) -> pl.Series:
    """Read each text the first way that can; later ways see only what the earlier ones could not read."""
    found = ways[0](text)
    for way in ways[1:]:
        left = (text.is_not_null() & found.is_null()).arg_true()
        if not len(left):
            break
        found = found.scatter(left, way(text.gather(left)))
    return found


def _day(text: pl.Series, form: str) -> pl.Series:
    days = text.str.to_date(form, strict=False)
    return days if form != "%Y%m%d" else days.set(text.str.len_bytes() != 8, None)


def _short_year(text: pl.Series, form: str, latest: date) -> pl.Series:
    days = text.set(~text.str.contains(SHORT_YEARS[form]).fill_null(False), None).str.to_date(form, strict=False)
    return days.zip_with((days <= latest).fill_null(True), days.dt.offset_by("-100y"))


def read_times(text: pl.Series) -> pl.Series:
    """Times of day in canonical text; null where the text is none."""
    return _first_that_reads(text.str.strip_chars(), [_clock, *(partial(_time, form=form) for form in OTHER_CLOCKS)])


def _clock(text: pl.Series) -> pl.Series:
    plain = pl.lit(text)
    return pl.select(pl.when(plain.str.contains(CLOCK)).then(plain + ".000000")).to_series()


def _time(text: pl.Series, form: str) -> pl.Series:
    return text.str.to_time(form, strict=False).dt.strftime("%H:%M:%S.%6f")


def _unless_midnight(times: pl.Series | None) -> pl.Series | None:
    if times is None:
        return None
    known = times.set(times == "00:00:00.000000", None)
    return known if known.is_not_null().any() else None


def instants(text: pl.Series) -> pl.Series:
    """Instants in UTC; null where the text is none. A day alone is its first moment in Europe/London."""
    ways = [
        partial(_as_utc, form="%Y-%m-%dT%H:%M:%SZ"),
        *(partial(_with_offset, form=form) for form in WITH_OFFSET),
        *(partial(_in_london, form=form) for form in WITHOUT),
        *(partial(_day_in_london, form=form) for form in ("%Y-%m-%d", "%d/%m/%Y")),
    ]
    found = _first_that_reads(text.str.replace(r"^(\S+)\s+", "${1}T"), ways)
    left = (text.is_not_null() & found.is_null()).arg_true()
    return found.scatter(left, _in_other_shapes(text.gather(left))) if len(left) else found


def _in_other_shapes(text: pl.Series) -> pl.Series:
    """Instants told by a day in any shape and Europe/London's clock."""
    days, times, clock = _apart(text, date(LAST_YEAR, 12, 31))
    told = days.dt.to_string("%Y-%m-%d") + "T" + times.fill_null("00:00:00.000000")
    return _in_london(told.set(clock.is_not_null() & times.is_null(), None), "%Y-%m-%dT%H:%M:%S%.f")


def _as_utc(text: pl.Series, form: str) -> pl.Series:
    return text.str.to_datetime(form, strict=False, time_unit="us").dt.replace_time_zone("UTC")


def _with_offset(text: pl.Series, form: str) -> pl.Series:
    said = text.str.replace("[Zz]$", "+00:00")
    return said.str.to_datetime(form, strict=False, time_unit="us", time_zone="UTC")


def _in_london(text: pl.Series, form: str) -> pl.Series:
    return _from_local(text.str.to_datetime(form, strict=False, time_unit="us"))


def _day_in_london(text: pl.Series, form: str) -> pl.Series:
    return _from_local(text.str.to_date(form, strict=False).cast(pl.Datetime("us")))


def _from_local(local: pl.Series) -> pl.Series:
    """Europe/London's clock as an instant. An hour that the clocks passed over in spring is taken as it stands."""
    there = local.dt.replace_time_zone(LONDON, ambiguous="earliest", non_existent="null").dt.convert_time_zone("UTC")
    return there.zip_with(there.is_not_null(), local.dt.replace_time_zone("UTC"))


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
