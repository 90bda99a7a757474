"""Whom an act touches: the children, and the workers named beside them, whose duties it can have changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache

import psycopg

from keyworker.clocks.duties import tables_read
from keyworker.clocks.events import owner_of
from keyworker.clocks.ground import every_rule
from keyworker.clocks.rules import Subject
from keyworker.facts.lens import FAR, FEW, Lens
from keyworker.facts.moment import Moment
from keyworker.facts.relations import render
from keyworker.vocabulary import TABLES

# What decides how the other tables are looked at, whether or not a rule reads it.
_DECIDING = frozenset({"identity_link", "setting", "meaning", "timescale_exception", "child_plan"})


def touched_by(
    connection: psycopg.Connection, act_id: int, beside: Collection[str] = ()
) -> tuple[list[str], list[str]] | None:
    """The children and workers whose rows an act wrote or replaced.

    Takes   beside, tables about a child that change no duty and count all the same.
    Gives   None where they are more than a few, or where a row is about no child: such a row, a setting or a step of
            the council, can change the duties of everybody.
    """
    row = connection.execute(
        "select tables, first_entry, recorded_at from record.act where act_id = %s", (act_id,)
    ).fetchone()
    if row is None:
        return None
    bound = {"first": row[1], "at": row[2], "most": FEW + 1}
    children: set[str] = set()
    workers: set[str] = set()
    for name in row[0]:
        if name not in _that_matter() and name not in beside:
            continue
        query = _query(name)
        if query is None:
            return None
        asked = render(query, Lens(Moment(FAR)), parameters=bound)
        found = connection.execute(asked.sql.encode(), asked.parameters).fetchall()
        if any(child is None for child, _, _ in found):
            return None
        children.update(one for child, other, _ in found for one in (child, other) if one is not None)
        if name in _that_matter_to_workers():
            workers.update(worker for _, _, worker in found if worker is not None)
        if len(children) + len(workers) > FEW:
            return None
    return sorted(children), sorted(workers)


def touched_since(connection: psycopg.Connection, act_id: int) -> tuple[list[str], list[str]] | None:
    """The same of all acts after one together. Gives None also where an erasure took away what stood before."""
    acts = connection.execute(
        "select act_id, kind from record.act where act_id > %s order by act_id limit %s", (act_id, FEW + 1)
    ).fetchall()
    if len(acts) > FEW:
        return None
    children: set[str] = set()
    workers: set[str] = set()
    for one, kind in acts:
        found = None if kind == "erasure" else touched_by(connection, one)
        if found is None:
            return None
        children.update(found[0])
        workers.update(found[1])
        if len(children) + len(workers) > FEW:
            return None
    return sorted(children), sorted(workers)


def acts_since(connection: psycopg.Connection, act_id: int, most: int) -> list[tuple[int, datetime]]:
    """The next acts after one, with when each was recorded."""
    return connection.execute(
        "select act_id, recorded_at from record.act where act_id > %s order by act_id limit %s", (act_id, most)
    ).fetchall()


@cache
def _that_matter() -> frozenset[str]:
    return tables_read(every_rule()) | _DECIDING


@cache
def _that_matter_to_workers() -> frozenset[str]:
    """The tables whose rows can change what a worker owes: a visit names who made it, and changes nothing of that."""
    return tables_read(every_rule().of(Subject.WORKER)) | _DECIDING


@cache
def _query(name: str) -> str | None:
    """The children (two, where a row joins two) and the worker of each row of a table that an act wrote or replaced."""
    table = TABLES[name]
    whose, joined = "t.child_id", ""
    if not table.has("child_id"):
        try:
            owner, link = owner_of(table, "child_id")
        except KeyError:
            return None
        whose, joined = "o.child_id", f" left join (\n{owner}\n) o on o.link = t.{link}"
    other = "t.same_as" if table.has("same_as") else "cast(null as text)"
    worker = "t.worker_id" if table.has("worker_id") else "cast(null as text)"
    return (
        f"select distinct {whose}, {other}, {worker} from record.{name} t{joined}"
        " where t.entry_id >= %(first)s or t.superseded_at = %(at)s limit %(most)s"
    )
