"""Whose record each kind of entry is: the case system's, or Keyworker's own. The council sets it, with its dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Home(StrEnum):
    """Where a kind of entry is recorded."""

    KEYWORKER = "keyworker"
    CASE_SYSTEM = "case system"


class Kept(StrEnum):
    """The kinds of entry that have a home, by the name of the setting that says which."""

    VISITS = "home of visits"
    ALLOCATIONS = "home of allocations"
    SUPERVISION = "home of case supervision"
    PLAN_ACTIONS = "home of plan actions"
    NEED = "home of need and protection"
    MEETINGS = "home of meetings"
    PEOPLE = "home of people"
    NOTES = "home of case notes"
    WORKFORCE = "home of workforce"


HERE = "keyworker"
"""The source of what is entered by hand, on a page or by a command."""
TABLES_AT_HOME = {
    "involvements": Kept.ALLOCATIONS,
    "case_supervision": Kept.SUPERVISION,
    **dict.fromkeys(("contacts", "cin_episodes", "cin_assessments", "cin_plans", "cp_plans", "s47_enquiry"), Kept.NEED),
    **dict.fromkeys(("address", "communication", "legal_status"), Kept.PEOPLE),
}
"""The tables of which other sources are not read from the day after Keyworker became their home.

Of visits they are: one that was caught here is matched with the extract's copy, which is then believed.
"""


class AtHome(NamedTuple):
    """Days on which Keyworker was the home of a kind of entry. `to_on` is exclusive, None while it goes on."""

    from_on: date
    to_on: date | None


def at_home(said: Iterable[tuple[date, date | None, str]]) -> tuple[AtHome, ...]:
    """When Keyworker was the home of a kind of entry.

    Takes   said, the setting's rows by their first day: first day, end, home. A later one takes an earlier one's place.
    """
    rows = sorted(said, key=lambda row: row[0])
    found = []
    for place, (from_on, to_on, home) in enumerate(rows):
        until = min(filter(None, (to_on, rows[place + 1][0] if place + 1 < len(rows) else None)), default=None)
        if home.strip().lower() == Home.KEYWORKER and until != from_on:
            found.append(AtHome(from_on, until))
    return tuple(found)
