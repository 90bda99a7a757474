"""What one question reads, taken out of the record by column: the rows that it sees, and of them the columns it names.

Nothing outlives the question, so nothing need be kept in step; what identifies somebody may be read as in the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property

import duckdb
import psycopg

from keyworker.facts.arrow import Question, columns_of_each
from keyworker.facts.columns.kept import ENTRY, SQL
from keyworker.facts.columns.seen import Columns
from keyworker.facts.columns.told import CARRIED, CARRYING, columns_read
from keyworker.facts.columns.worked_out import WorkedOut
from keyworker.facts.lens import Lens
from keyworker.facts.relations import render
from keyworker.vocabulary import TABLES, Table, Type

MEMORY = "2GiB"
"""What a question and what was taken for it may hold: over twice what ten thousand open children take. None of it is
written to a disk."""

NONE = "false"
_LATEST = ("entry_id", "happened_on", "entered_at")
"""What is told of rows that are alike beside what they are alike in: the greatest of each."""


@dataclass(frozen=True)
class Last:
    """Which of a table's happenings are read: of those that are alike in some columns only the last day's.

    Takes   columns, in which they must be alike; whole, a condition on `t` of the rows that are read whatever their
            day: of the others no column is read but these, their day and whether they were written up; among, a
            condition on the others of which any is read.
    """

    columns: frozenset[str]
    whole: str = NONE
    among: str = "true"


@contextmanager
def taken(
    connection: psycopg.Connection, lens: Lens, *texts: str, last: Mapping[str, Last] | None = None
) -> Iterator[Columns]:
    """What queries over named tables see through a lens, to be asked through `lens.taken`.

    Takes   last, of some tables which rows are read.
    Raises  duckdb.OutOfMemoryException where it is more than the memory that it may hold.
    """
    # Hundreds of small steps: more threads than one wait for each other for longer than they work.
    with duckdb.connect(config={"temp_directory": "", "threads": 1, "memory_limit": MEMORY}) as found:
        found.execute("set global timezone = 'UTC'; set enable_external_access = false")
        found.execute("create schema record; create schema taken")
        tables = [
            _Wanted(TABLES[name], columns, (last or {}).get(name)) for name, columns in columns_read(*texts).items()
        ]
        parts = [(wanted, part) for wanted in tables for part in wanted.parts(lens)]
        for wanted in tables:
            found.execute(wanted.made)
        with closing(columns_of_each(connection, (part for _, part in parts))) as read:
            for (wanted, part), rows in zip(parts, read, strict=True):
                found.register("part", rows)
                listed = ", ".join(_held(name, kind) for name, kind in part.types.items())
                found.execute(f"insert into {wanted.name} by name select {listed} from part")
                found.unregister("part")
        there = [set(wanted.columns) & CARRIED for wanted in tables if wanted.table.name in CARRYING]
        yield WorkedOut(found, sorted(set.intersection(*there)) if there else ())


@dataclass(frozen=True)
class _Wanted:
    """What is wanted of a table. Takes last, which rows; None for all."""

    table: Table
    columns: Sequence[str]
    last: Last | None

    @property
    def name(self) -> str:
        """Where its rows are put."""
        return f'{"taken" if self._carried else "record"}."{self.table.name}"'

    @property
    def made(self) -> str:
        """What makes it, empty: where a relation carries columns along that were not taken, under a view."""
        described = ", ".join(f'"{name}" {SQL[kind]}' for name, kind in self._types.items())
        made = f"create table {self.name} ({described})"
        if not self._carried:
            return made
        shown = ", ".join(["*", *self._carried])
        return f'{made}; create view record."{self.table.name}" as select {shown} from {self.name}'

    def parts(self, lens: Lens) -> Iterator[Question]:
        """The questions that give its rows."""
        for query, types in _parts(self.table, self._types, self.last):
            asked = render(query, lens)
            yield Question(asked.sql, types, asked.parameters)

    @cached_property
    def _types(self) -> Mapping[str, Type]:
        return {name: self._every[name] for name in self.columns if name not in ("standing", "superseded_at")}

    @cached_property
    def _every(self) -> Mapping[str, Type]:
        return ENTRY | {column.name: column.type for column in self.table.columns}

    @cached_property
    def _carried(self) -> list[str]:
        if self.table.name not in CARRYING:
            return []
        return [_never(name, self._every[name]) for name in sorted(CARRIED & self._every.keys() - self._types.keys())]


def _parts(table: Table, types: Mapping[str, Type], last: Last | None) -> Iterator[tuple[str, Mapping[str, Type]]]:
    """The queries of a table's rows, and the columns of each."""
    listed = ", ".join(f"t.{name}" for name in types)
    if last is None or last.whole != NONE:
        where = f" where {last.whole}" if last is not None else ""
        yield f"select {listed} from {{{table.name}}} t{where}", types
    if last is not None:
        told = {name: kind for name, kind in types.items() if name in last.columns or name in _LATEST}
        listed = ", ".join(f"t.{name}" if name in last.columns else f"max(t.{name}) as {name}" for name in told)
        alike = ", ".join(f"t.{name}" for name in told if name in last.columns)
        others = f"{last.among} and ({last.whole}) is not true"
        yield f"select {listed} from {{{table.name}}} t where {others} group by {alike}", told


def _held(name: str, kind: Type) -> str:
    return f'cast("{name}" as {SQL[kind]}) as "{name}"' if kind is Type.DECIMAL else f'"{name}"'


def _never(name: str, kind: Type) -> str:
    """A column that a derived relation carries along and nobody reads: whoever reads it fails."""
    never = f"case when entry_id is not null then error('{name} is not taken') end"
    return f'cast({never} as {SQL[kind]}) as "{name}"'
