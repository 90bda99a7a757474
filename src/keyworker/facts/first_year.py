"""Who is in the assessed and supported year on a day, and what the council's settings promise them in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch

FULL_LOAD, PROTECTED_LOAD, PROTECTED_TIME = "full load", "protected load", "protected time"
FIRST_YEAR, ALL = "first year", "all"

_IN_YEAR = """select y.worker_id, coalesce(min(s.happened_on), min(y.from_on)), max(y.to_on)
from {assessed_year} y
left join {step} s on s.worker_id = y.worker_id and s.kind = 'assessed year began'
where y.from_on <= %(at)s and (y.to_on is null or y.to_on > %(at)s)
    and (%(worker)s::text is null or y.worker_id = %(worker)s)
group by y.worker_id order by y.worker_id"""

_SETTINGS = """select lower(name), lower(applies_to), value, lower(unit), set_by, written_in, from_on
from {setting:in_force} s where lower(name) in ('full load', 'protected load', 'protected time')
order by from_on, entry_id"""


@dataclass(frozen=True, slots=True)
class InFirstYear:
    """A worker in the assessed and supported year. Takes to_on, the first day after it as far as it is known."""

    worker_id: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class PromiseSet:
    """A number that the council has set, with its unit, since when, by whom and where it is written."""

    number: float
    unit: str
    set_by: str
    written_in: str
    from_on: date


def in_first_year(connection: psycopg.Connection, lens: Lens, worker_id: str | None = None) -> list[InFirstYear]:
    """Whoever is in the assessed year at the lens's moment, or one worker alone."""
    return [InFirstYear(*row) for row in fetch(connection, lens, _IN_YEAR, worker=worker_id)]


def promises_set(connection: psycopg.Connection, lens: Lens) -> dict[tuple[str, str], PromiseSet]:
    """The settings in force by name and by what they are for; one that is no number promises nothing."""
    found: dict[tuple[str, str], PromiseSet] = {}
    for name, applies_to, value, unit, set_by, written_in, from_on in fetch(connection, lens, _SETTINGS):
        try:
            number = float(value)
        except ValueError:
            continue
        if 0 <= number < 1_000:  # neither what is no number nor what is endless
            found[name, applies_to] = PromiseSet(number, unit or "", set_by or "", written_in or "", from_on)
    return found
