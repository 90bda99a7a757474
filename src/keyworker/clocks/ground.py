"""What readings stand on at a moment: the rules as the council has them, and what its sources hold."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache

import duckdb
import psycopg

from keyworker.clocks.catalogue import rulebook as shipped
from keyworker.clocks.due import Local
from keyworker.clocks.held import Held, held_by
from keyworker.clocks.local import Ask, Rows, local_at, own_plan_rule, settled
from keyworker.clocks.rules import Rulebook
from keyworker.clocks.steps import kinds_held
from keyworker.facts.ground import lens_at
from keyworker.facts.last_acts import A_LOAD
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.remembered import remembered
from keyworker.facts.rows import fetch
from keyworker.vocabulary import TABLES

# A table that an extract held without a row was still supplied: nothing in it is an answer.
_SUPPLIED = """select distinct name from record.act a cross join lateral (
    select unnest(a.tables) union select jsonb_array_elements_text(a.scope -> 'tables')) held(name)
where a.act_id <= coalesce(%s, a.act_id)"""

STANDS_ON = frozenset({"setting", "child_plan", "timescale_exception", "step", A_LOAD})
"""The tables that readings stand on; which others any source tells changes with a load, or a table's first row."""


@dataclass(frozen=True)
class Ground:
    """What readings stand on at a moment: the rules as the council has them, its own numbers, what its sources hold."""

    rulebook: Rulebook
    local: Local
    held: Held

    @property
    def published(self) -> Ground:
        """The same without the council's own limits and without agreed exceptions."""
        return replace(self, rulebook=self.rulebook.published, local=replace(self.local, exceptions={}))


@cache
def every_rule() -> Rulebook:
    """The catalogue's rules, and the one that a child's own plan makes."""
    own = own_plan_rule()
    return Rulebook({**shipped().rules, own.id: own})


@cache
def _by_visit() -> frozenset[str]:
    return frozenset(rule.id for rule in every_rule() if any(one.is_visit for one in rule.binding.meets))


def is_by_visit(rule_id: str) -> bool:
    """Whether it is a visit to the child that meets a duty, so that it can be planned."""
    return rule_id in _by_visit()


def ground_at(connection: psycopg.Connection, moment: Moment, rulebook: Rulebook | None = None) -> Ground:
    """What readings stand on at a moment, from the record."""
    lens = lens_at(connection, moment)

    def read(on: psycopg.Connection) -> Ground:
        steps = None if moment.is_known_then else kinds_held(on)
        return ground_told(rulebook or every_rule(), moment, lambda query: fetch(on, lens, query), supplied(on), steps)

    return read(connection) if rulebook is not None else remembered(connection, "clocks", moment, read, of=STANDS_ON)


def counted_by(connection: psycopg.Connection, moment: Moment) -> tuple[Rulebook, Local]:
    """The rules as the council has them and its own numbers: enough to say when a duty is due, not where it stands."""
    return counted_through(connection, lens_at(connection, moment))


def counted_through(connection: psycopg.Connection, lens: Lens) -> tuple[Rulebook, Local]:
    """The same through a lens: on some children it tells of the plans and exceptions of these alone."""
    asked: dict[str, Rows] = {}

    def ask(query: str) -> Rows:
        if query not in asked:
            asked[query] = fetch(connection, lens, query)
        return asked[query]

    return settled(every_rule(), ask), local_at(lens.moment, ask)


def ground_told(
    rulebook: Rulebook, moment: Moment, ask: Ask, tables: Collection[str], steps: Collection[str] | None = None
) -> Ground:
    """What readings stand on at a moment.

    Takes   ask, for the rows of a query over named tables; tables, those that any source supplies; steps, the kinds of
            step that are held (None: they are asked for).
    """
    return Ground(settled(rulebook, ask), local_at(moment, ask), held_by(ask, tables, steps))


def supplied(connection: psycopg.Connection, up_to: int | None = None) -> list[str]:
    """The tables that any act, or any up to one, wrote or a source's extract held, even if empty."""
    return [row[0] for row in connection.execute(_SUPPLIED, (up_to,))]


def filled(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The tables of a snapshot in which anything stands."""
    names = [name for name, table in TABLES.items() if not table.stays]
    asked = " union all ".join(f"select '{name}' where exists (select 1 from record.{name})" for name in names)
    return [name for (name,) in connection.execute(asked).fetchall()]
