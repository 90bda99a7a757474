"""What one question reads, taken out of the record by column: the rows that it sees, and of them the columns it names.

Nothing outlives the question, so nothing need be kept in step; what identifies somebody may be read as in the record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property

import duckdb
import polars as pl
import psycopg
import pyarrow as pa
import pyarrow.compute as pc

from keyworker.facts.arrow import Question, columns_of_each
from keyworker.facts.columns.kept import ENTRY, SQL
from keyworker.facts.columns.seen import Columns
from keyworker.facts.columns.told import CARRIED, CARRYING, columns_read
from keyworker.facts.columns.worked_out import WorkedOut
from keyworker.facts.lens import Lens
from keyworker.facts.relations import render, tables_named
from keyworker.vocabulary import TABLES, Table, Type

MEMORY = "2GiB"
"""What a question and what was taken for it may hold: over twice what ten thousand open children take. None of it is
written to a disk."""

NONE = "false"
CHILD = "child_id"
_LATEST = ("entry_id", "happened_on", "entered_at")
"""What is told of rows that are alike beside what they are alike in: the greatest of each."""


@dataclass(frozen=True)
class Last:
    """Which of a table's happenings are read: of those that are alike in some columns only the last day's.

    Takes   columns, in which they must be alike; whole, a condition on `t` of the rows that are read whatever their
            day: of the others no column is read but these, their day and whether they were written up; among, a
            condition on the others of which any is read; are_few, whether those read whole are so few that the record
            goes through its rows once for both.
    """

    columns: frozenset[str]
    whole: str = NONE
    among: str = "true"
    are_few: bool = False


@contextmanager
def taken(
    connection: psycopg.Connection,
    lens: Lens,
    *texts: str,
    last: Mapping[str, Last] | None = None,
    then: Callable[[], None] | None = None,
    children: pl.Series | None = None,
) -> Iterator[Columns]:
    """What queries over named tables see through a lens, to be asked through `lens.taken`.

    Tables come in the order in which the queries name them, and a query waits for no other table than it reads: asked
    in that order, they are answered while the database reads what later ones need.
    Takes   last, of some tables which rows are read; then, what is asked of the connection when all were read, while
            queries are still answered. The connection is not to be used for anything else; children, every child
            whom the lens can show: `child_id` is then the place of one among them, for a number is compared and moved
            in a fraction of the time that a word takes.
    Raises  duckdb.OutOfMemoryException where it is more than the memory that it may hold.
    """
    # Hundreds of small steps: more threads than one wait for each other for longer than they work.
    with duckdb.connect(config={"temp_directory": "", "threads": 1, "memory_limit": MEMORY}) as found:
        found.execute("set global timezone = 'UTC'; set enable_external_access = false")
        found.execute("create schema record; create schema taken")
        read = columns_read(*texts)
        is_numbered = children is not None
        tables = [_Wanted(TABLES[name], read[name], (last or {}).get(name), is_numbered) for name in _in_order(texts)]
        found.execute(";".join(wanted.made for wanted in tables))
        parts = [(wanted, part) for wanted in tables for part in wanted.parts(lens)]
        there = [set(wanted.columns) & CARRIED for wanted in tables if wanted.table.name in CARRYING]
        with closing(columns_of_each(connection, (part for _, part in parts), then)) as rows:
            coming = _Coming(found, parts, rows, children)
            yield WorkedOut(found, sorted(set.intersection(*there)) if there else (), coming.until, children)
            coming.until_all()


def _in_order(texts: Sequence[str]) -> list[str]:
    """The tables that some queries read, each when the first of them reads it."""
    return list(dict.fromkeys(name for text in texts for name in sorted(tables_named(text))))


class _Coming:
    """Tables that the record still gives one after another."""

    def __init__(
        self,
        found: duckdb.DuckDBPyConnection,
        parts: Sequence[tuple[_Wanted, Question]],
        rows: Generator[pa.Table, None, None],
        children: pl.Series | None,
    ) -> None:
        self._found, self._rows, self._parts = found, rows, iter(parts)
        self._children = None if children is None else pa.array(children.to_list(), pa.string())
        self._left = Counter(wanted.table.name for wanted, _ in parts)

    def until(self, tables: Collection[str]) -> None:
        """Put in what comes until some tables are whole."""
        while any(self._left[name] for name in tables):
            self._put_in(*next(self._parts), next(self._rows))

    def until_all(self) -> None:
        """Put in what is left, and wait for whatever was asked after it."""
        self.until(list(self._left))
        next(self._rows, None)

    def _put_in(self, wanted: _Wanted, part: Question, rows: pa.Table) -> None:
        self._found.register("part", rows if self._children is None else _numbered(rows, self._children))
        listed = ", ".join(_held(name, kind) for name, kind in part.types.items())
        self._found.execute(f"insert into {wanted.name} by name select {listed} from part")
        self._found.unregister("part")
        self._left[wanted.table.name] -= 1


@dataclass(frozen=True)
class _Wanted:
    """What is wanted of a table. Takes last, which rows; None for all; is_numbered, whether a child is a number."""

    table: Table
    columns: Sequence[str]
    last: Last | None
    is_numbered: bool

    @property
    def name(self) -> str:
        """Where its rows are put."""
        return f'{"taken" if self._carried else "record"}."{self.table.name}"'

    @property
    def made(self) -> str:
        """What makes it, empty: where a relation carries columns along that were not taken, under a view."""
        described = ", ".join(f'"{name}" {self._kind(name, kind)}' for name, kind in self._types.items())
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

    def _kind(self, name: str, kind: Type) -> str:
        return "integer" if self.is_numbered and name == CHILD else SQL[kind]

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
    if last is not None and last.are_few:
        yield _at_once(table, types, last), types
        return
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


def _at_once(table: Table, types: Mapping[str, Type], last: Last) -> str:
    """Of alike rows the last day's, and each of those that are wanted whole by itself."""
    greatest = {name: "bool_or" if kind is Type.FLAG else "max" for name, kind in types.items()}
    listed = ", ".join(
        f"t.{name}" if name in last.columns else f"{greatest[name]}(t.{name}) as {name}" for name in types
    )
    alike = ", ".join(f"t.{name}" for name in types if name in last.columns)
    return (
        f"select {listed} from {{{table.name}}} t where {last.among} or {last.whole}"
        f" group by {alike}, case when {last.whole} then t.entry_id end"
    )


def _numbered(rows: pa.Table, children: pa.Array) -> pa.Table:
    """Rows in which each child is a number. Raises KeyError where one is not among the children."""
    if CHILD not in rows.column_names:
        return rows
    place, said = rows.column_names.index(CHILD), rows.column(CHILD)
    numbers = pc.index_in(said, value_set=children)
    if numbers.null_count > said.null_count:
        raise KeyError("a child whom the lens does not show")
    return rows.set_column(place, CHILD, numbers)


def _held(name: str, kind: Type) -> str:
    return f'cast("{name}" as {SQL[kind]}) as "{name}"' if kind is Type.DECIMAL else f'"{name}"'


def _never(name: str, kind: Type) -> str:
    """A column that a derived relation carries along and nobody reads: whoever reads it fails."""
    never = f"case when entry_id is not null then error('{name} is not taken') end"
    return f'cast({never} as {SQL[kind]}) as "{name}"'
