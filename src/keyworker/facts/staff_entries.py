"""What may be recorded by hand of a worker: the rows of the tables that take forms, and why they were changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import psycopg

from keyworker.facts.by_hand import HandEntry
from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.staff_forms import form_of_row

_CHANGES = """select c.change_id, c.in_table, c.row_number, c.what, c.why, a.author, a.recorded_at
from {staff_change} c join record.act a on a.act_id = c.act_id
where c.worker_id = %(worker)s order by a.recorded_at desc, c.entry_id desc"""
_STAFF = """select p.worker_id from {professionals} p
union select a.worker_id from {appointment} a"""
_STATED = """select p.entry_id, p.registration_no from {professionals} p
where p.worker_id = %(worker)s order by p.entry_id desc limit 1"""
_IS_KNOWN = """select 1 from record.professionals where worker_id = %(worker)s
union all select 1 from record.appointment where worker_id = %(worker)s limit 1"""


@dataclass(frozen=True, slots=True)
class StaffChange:
    """One change that was made here. Takes what, a code of `staff_change`; author, a sign-in name."""

    change_id: str
    in_table: str
    row_number: str
    what: str
    why: str
    author: str
    recorded_at: datetime


def staff_entries(
    connection: psycopg.Connection, lens: Lens, worker_id: str | None, tables: Iterable[str]
) -> list[HandEntry]:
    """The rows of some tables about a worker that stand and that some form could have written, the latest day first.

    Takes   worker_id, None for every worker in sight.
    """
    found: list[HandEntry] = []
    for name in tables:
        columns = TABLES[name].column_names
        listed = ", ".join(f"t.{column}" for column in columns)
        query = (
            f"select t.entry_id, t.source, t.act_id, a.author, t.recorded_at, {listed}"
            f" from {{{name}}} t join record.act a on a.act_id = t.act_id"
            " where %(worker)s::text is null or t.worker_id = %(worker)s"
        )
        rows = [(row[:5], dict(zip(columns, row[5:], strict=True))) for row in fetch(
            connection, lens, query, worker=worker_id
        )]  # fmt: skip
        found += [
            HandEntry(number, name, source, act, author, at, values)
            for (number, source, act, author, at), values in rows
            if form_of_row(name, values)
        ]
    return sorted(found, key=lambda one: (one.on or date.min, one.entry_id), reverse=True)


def staff_changes(connection: psycopg.Connection, lens: Lens, worker_id: str) -> list[StaffChange]:
    """What was corrected or withdrawn here of a worker, the latest first."""
    return [StaffChange(*row) for row in fetch(connection, lens, _CHANGES, worker=worker_id)]


def stated_number(connection: psycopg.Connection, lens: Lens, worker_id: str) -> tuple[int, str | None] | None:
    """The entry that says who a worker is, with the number in the register that it gives; None where there is none."""
    rows = fetch(connection, lens, _STATED, worker=worker_id)
    return (rows[0][0], rows[0][1]) if rows else None


def every_worker(connection: psycopg.Connection, lens: Lens) -> list[str]:
    """Everybody whom the record knows as a worker."""
    return [row[0] for row in fetch(connection, lens, _STAFF)]


def is_worker_known(connection: psycopg.Connection, worker_id: str) -> bool:
    """Whether any entry was ever made of a worker by that number."""
    return connection.execute(_IS_KNOWN, {"worker": worker_id}).fetchone() is not None
