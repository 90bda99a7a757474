"""A few made-up things that must not be told, and a copy that waits for a second person, for the demonstration."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from keyworker.actions import Keyworker
from keyworker.actions.copies import WantedCopy
from keyworker.actions.marking import WantedMarker
from keyworker.facts.days import london_day
from keyworker.facts.marked import ANYONE_OUTSIDE, NAMED_PERSON
from keyworker.facts.moment import Moment

PURPOSE = "demonstration"
HOLDS = "social.worker"
FATHER, GRANDMOTHER = "Fred Madeup-Father", "Gail Madeup-Grandmother"
SCHOOL = "Fernbank Imaginary Primary School"
COURT, MANAGER = "Made-up family court", "Team manager (made up)"
ASKED = "Made up: she asked who the worker is, and who it was before."
NOTE = "Made up: we can talk at the family hub.\nThe school is Fernbank, as you know."


def mark_some(home: Path | None, now: datetime) -> None:
    """Mark today's address of one child and the school of another, and ask for a copy, as the social worker may.

    All of it goes through the same door as a page: who may, what is looked at and what is logged are real.
    """
    with Keyworker.open_as(HOLDS, purpose=PURPOSE, now=now, home=home) as door:
        mine = sorted(door.my_children(Moment(london_day(now))).lead, key=lambda row: row.child_id)
        if not mine:
            return
        # Where the social worker leads one child alone, both are of that child.
        first, second = mine[-1].handle, mine[-2:][0].handle
        door.mark(first, _address(door, first, 1))
        door.mark(second, _school(2))
        wanted = WantedCopy(f"{1:032x}", "grandparent", GRANDMOTHER, ASKED, NOTE)
        door.ask_copy(second, wanted, door.look(second, wanted).copy.contents)


def _address(door: Keyworker, handle: str, number: int) -> WantedMarker:
    """Where the child lives now, not to be told to the father."""
    home = next(one for one in door.markables(handle) if one.in_table == "address" and one.to_on is None)
    row = (home.in_table, home.in_row)
    return WantedMarker(f"{number:032x}", row, "", "", NAMED_PERSON, "father", FATHER, "safe address", COURT)


def _school(number: int) -> WantedMarker:
    return WantedMarker(f"{number:032x}", None, "school", SCHOOL, ANYONE_OUTSIDE, "", "", "other danger", MANAGER)
