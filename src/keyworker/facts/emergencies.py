"""Records that were opened in an emergency: by whom, why, until when, and what the review found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import psycopg

from keyworker.facts.ground import lens_at
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.remembered import remembered
from keyworker.facts.rows import fetch

_OPENED = """select g.entry_id, g.glass_id, g.child_id, g.account, g.role, g.reason, g.opened_at, g.until_at,
    g.review_by_on, g.reviewed_by, g.reviewed_at, g.outcome, g.found
from {broken_glass} g order by g.opened_at desc, g.entry_id desc"""


@dataclass(frozen=True, slots=True)
class Opening:
    """One record that was opened in an emergency, or an attempt that named nobody (then without a child_id).

    Takes   review_by_on, the last day on which its review is in time; reviewed_by, None while nobody has looked at it.
    """

    entry_id: int
    glass_id: str
    child_id: str | None
    account: str
    role: str
    reason: str
    opened_at: datetime
    until_at: datetime
    review_by_on: date
    reviewed_by: str | None
    reviewed_at: datetime | None
    outcome: str | None
    found: str | None

    @property
    def waits(self) -> bool:
        """Whether nobody has reviewed it yet."""
        return self.reviewed_by is None

    def is_overdue(self, today: date) -> bool:
        """Whether its review should have been written by the day before."""
        return self.waits and today > self.review_by_on


def openings(connection: psycopg.Connection, moment: Moment) -> Sequence[Opening]:
    """Everything that was opened up to a moment, the latest first; read anew after an act."""
    return remembered(connection, "emergencies", moment, lambda on: _read(on, lens_at(on, moment)), of={"broken_glass"})


def _read(connection: psycopg.Connection, lens: Lens) -> tuple[Opening, ...]:
    return tuple(Opening(*row) for row in fetch(connection, lens, _OPENED))
