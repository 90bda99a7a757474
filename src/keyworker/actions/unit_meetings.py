"""A group supervision or a unit's meeting about several families: one entry, carried to each child's own record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.actions.case_supervision import HELD, WantedSupervision, problems, rows_of
from keyworker.actions.writing import act_of, written_down
from keyworker.record.writer import append
from keyworker.vocabulary.errors import KeyworkerError

FORMS = ("group", "unit meeting")
"""The forms of supervision in which several families are talked over."""
MOST = 30
"""The families of one entry: a meeting that speaks of more is written in two."""


@dataclass(frozen=True)
class SpokenOf:
    """What was decided for one family. Takes children, each with whoever leads the work with the child."""

    children: tuple[tuple[str, str], ...]
    decision: str
    why: str


@dataclass(frozen=True)
class WantedMeeting:
    """A meeting that somebody means to write down.

    Takes   number, a random word of the form's, so that a form sent twice writes once; supervisor_id, who held it;
            form, one of `FORMS`; present, who came.
    """

    number: str
    happened_on: date | None
    supervisor_id: str
    form: str
    present: str
    families: tuple[SpokenOf, ...]

    def of_each(self) -> list[tuple[int, str, WantedSupervision]]:
        """What it says of each child, as the supervision of the child's case, with the place of the family."""
        return [
            (place, child_id, self._of(worker_id, family))
            for place, family in enumerate(self.families, 1)
            for child_id, worker_id in family.children
        ]

    def _of(self, worker_id: str, family: SpokenOf) -> WantedSupervision:
        return WantedSupervision(
            self.number, self.happened_on, worker_id, self.supervisor_id, HELD, self.form, family.decision, family.why,
            self.present,
        )  # fmt: skip


def problems_of(wanted: WantedMeeting, today: date) -> dict[str, str]:
    """What is wrong with it, by the field in which it was typed: of a family with its place."""
    found: dict[str, str] = {}
    if not wanted.families or len(wanted.families) > MOST:
        found["family"] = f"Choose the families that were talked over, {MOST} at the most"
    if wanted.form not in FORMS:
        found["form"] = "Choose in which form it was held"
    if not wanted.present.strip():
        found["present"] = "Say who came"
    for place, _, one in wanted.of_each():
        for name, says in problems(one, today).items():
            if name == "supervisor" and one.supervisor_id:
                says = "Nobody supervises their own work: choose who else held it, or leave out their own families"
            found.setdefault(f"{name}-{place}" if name in ("decision", "why") else name, says)
    return found


def record(
    connection: psycopg.Connection, asker: Asker, now: datetime, wanted: WantedMeeting, today: date
) -> None:  # fmt: skip
    """Write it down in one act: for each child the decision and why, on the child's own record.

    Raises  KeyworkerError for one that says too little; AlreadyRecorded when the same form was sent before.
    """
    if wrong := problems_of(wanted, today):
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where="a meeting", remedy="Mend it and try again.")
    rows: dict[str, list[dict[str, Any]]] = {}
    for _, child_id, one in wanted.of_each():
        for table, told in rows_of(asker, child_id, one, today).items():
            rows.setdefault(table, []).extend(told)
    kept: Mapping[str, Sequence[Mapping[str, Any]]] = {table: told for table, told in rows.items() if told}
    written_down(connection, lambda: append(connection, act_of(asker, "entry"), now, kept))
