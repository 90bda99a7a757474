"""Erasures that were asked for, and what a second person answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch

_ASKED = """select erasure_id, child_id, happened_on, in_table, entry, reason, why, asked_by, answer, answered_by,
    answered_on, answered_why, entry_id
from {erasure_asked} e order by happened_on desc, entry_id desc"""


@dataclass(frozen=True, slots=True)
class ErasureAsked:
    """That an entry be erased.

    Takes   reason, a code of the vocabulary; asked_by and answered_by, sign-in names; answer, None while it waits;
            entry_id, the entry of this itself.
    """

    erasure_id: str
    child_id: str
    happened_on: date
    in_table: str
    entry: int
    reason: str
    why: str
    asked_by: str
    answer: str | None
    answered_by: str | None
    answered_on: date | None
    answered_why: str | None
    entry_id: int

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has answered."""
        return self.answer is None


def erasures_asked(connection: psycopg.Connection, lens: Lens) -> list[ErasureAsked]:
    """The erasures that were asked for of the lens's children, the latest first."""
    return [ErasureAsked(*row) for row in fetch(connection, lens, _ASKED)]
