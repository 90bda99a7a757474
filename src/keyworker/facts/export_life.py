"""How long a snapshot or an export lives: the council's own setting, or a month."""

from __future__ import annotations

from datetime import date, timedelta

import psycopg

from keyworker.facts.ground import lens_at
from keyworker.facts.moment import Moment
from keyworker.facts.relations import in_force
from keyworker.facts.rows import fetch
from keyworker.vocabulary.errors import KeyworkerError

USUAL = timedelta(days=30)
LONGEST = 365
_SAID = "select value, unit from {setting} s where lower(name) = 'export life' and lower(applies_to) = 'all'"


def export_life(connection: psycopg.Connection, on: date) -> timedelta:
    """How long what leaves the record on a day may lie about.

    Source  the council's setting named `export life` for `all`, a whole number of days up to a year.
    Raises  KeyworkerError when the setting says something else.
    """
    lens = lens_at(connection, Moment(on))
    said = fetch(connection, lens, f"{_SAID} and {in_force('s')} order by from_on desc, entry_id desc limit 1")
    if not said:
        return USUAL
    value, unit = said[0]
    if (unit or "days").strip().lower() != "days" or not value.isdecimal() or not 1 <= int(value) <= LONGEST:
        raise KeyworkerError(
            f"The setting does not say a number of days from 1 to {LONGEST}.",
            where="the setting export life",
            remedy="Correct its value and its unit, and load it again.",
        )
    return timedelta(days=int(value))
