"""What second people said of words that another agency would be shown, and who wrote those words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch
from keyworker.record.signing import TOLD

ACTION, ANSWER, OUTCOME = "plan_action", "challenge_stage", "challenge"
"""The tables in whose rows stand words that another agency may be shown."""
_SAID = """select t.in_table, t.in_row, t.contents, t.account, t.happened_on, t.agrees, t.why
from {told_to_agency} t order by t.entry_id"""
_WROTE = {
    table: f"select distinct a.author from record.{table} e join record.act a on a.act_id = e.act_id"
    f" where e.{number} = %s"
    for table, number in TOLD.items()
}


@dataclass(frozen=True, slots=True)
class Looked:
    """That somebody looked at some words. Takes contents, their digest; agrees, whether they may be told."""

    in_table: str
    in_row: str
    contents: str
    account: str
    happened_on: date
    agrees: bool
    why: str


def looked_at(connection: psycopg.Connection, lens: Lens) -> dict[tuple[str, str, str], Looked]:
    """What was last said of each words about the lens's children, by the table, the row and the digest."""
    found = [Looked(*row) for row in fetch(connection, lens, _SAID)]
    return {(one.in_table, one.in_row, one.contents): one for one in found}


def wrote(connection: psycopg.Connection, in_table: str, in_row: str) -> list[str]:
    """The sign-ins that ever wrote of a row."""
    return [author for (author,) in connection.execute(_WROTE[in_table], (in_row,))]
