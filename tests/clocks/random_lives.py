"""Many random lives in one record: each child's and worker's rows come, are corrected, end and vanish in a few weeks.

Everything touches, overlaps and collides. Seeded, so that a life that goes wrong can be made again.
"""

from __future__ import annotations

import io
import random
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import duckdb
import polars as pl
import psycopg

from keyworker.clocks.places import Place, PlaceKind
from keyworker.clocks.rules import Rulebook
from keyworker.facts.dtypes import INSTANT, schema_of
from keyworker.vocabulary import TABLES, Column, Kind, Table, Type

FIRST = date(2026, 3, 9)
SPAN = 60
ACTS = tuple(
    (number, datetime(2026, 4, 1, 9, tzinfo=UTC) + timedelta(days=5 * number, microseconds=number))
    for number in range(1, 5)
)
VISIT_TABLES = ("cin_visits", "cp_visits", "cla_visits", "other_visit")
Entry = dict[str, Any]
Entries = dict[str, list[Entry]]


class Lives:
    """A maker of random lives about the places of some rules.

    Takes   also, tables that spans and derived events read beside those that the rules' places name; values, what a
            column of a table may hold where the rules' conditions do not say; about_all, whether every life has rows
            of every table, not of a few.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        seed: int,
        *,
        also: Collection[str] = (),
        values: Mapping[tuple[str, str], Collection[Any]] | None = None,
        about_all: bool = False,
    ) -> None:
        self._about_all = about_all
        self._random = random.Random(seed)
        self._entry = 0
        self._values: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for key, given in (values or {}).items():
            self._values[key] += given
        places = [place for rule in rulebook for place in rule.binding.places]
        for place in places:
            self._learn(place)
        tables = {place.table for place in places if place.table} | set(also)
        tables |= set(VISIT_TABLES) if any(place.kind is PlaceKind.VISIT for place in places) else set()
        self.tables = sorted(tables)

    def _learn(self, place: Place) -> None:
        table = place.table
        if place.kind is PlaceKind.STEP:
            self._values["step", "kind"].append(place.what)
        if place.kind is PlaceKind.VISIT and place.what not in ("any", "cin", "cp", "cla"):
            self._values["other_visit", "visit_kind"].append(place.what.removeprefix("other/"))
        for name, values in place.only:
            self._values[table, name] += [*(value for value in values if value), None]

    def life(self, child: str, worker: str) -> Entries:
        """Everything ever entered about one child and one worker."""
        found: Entries = defaultdict(list)
        few = min(len(self.tables), self._random.randint(1, 5))
        about = self.tables if self._about_all else self._random.sample(self.tables, few)
        for name in about:
            many = 1 if TABLES[name].key in (("child_id",), ("worker_id",)) else self._random.randint(1, 4)
            for number in range(many):
                self._row(found, TABLES[name], f"{child}-{number}", child, worker)
        return found

    def _row(self, found: Entries, table: Table, key: str, child: str, worker: str) -> None:
        """One row of a source: told in one act, perhaps told otherwise, or no longer, in later ones."""
        acts = sorted(self._random.sample(ACTS, self._random.choice([1, 1, 1, 2, 3])))
        said = self._said(table, key, child, worker)
        for place, (act_id, recorded_at) in enumerate(acts):
            if place:
                said = said | {
                    name: self._value(table, table.column(name), child, worker)
                    for name in self._random.sample(table.column_names, 2)
                    if name not in table.key and not table.column(name).refers
                }
                said = _sensible(table, said)
            later = acts[place + 1][1] if place + 1 < len(acts) else None
            self._entry += 1
            found[table.name].append(
                {
                    "entry_id": self._entry,
                    "act_id": act_id,
                    "source": "ssd",
                    "row_key": uuid.uuid5(uuid.NAMESPACE_OID, f"{table.name} {key}"),
                    "digest": uuid.UUID(int=0),
                    "standing": "no longer reported" if place and self._random.random() < 0.1 else "reported",
                    "entered_at": self._random.choice([None, self._instant()]),
                    "recorded_at": recorded_at,
                    "superseded_at": later,
                    **said,
                }
            )

    def _said(self, table: Table, key: str, child: str, worker: str) -> Entry:
        said = {column.name: self._value(table, column, child, worker) for column in table.columns}
        if table.key[0] not in ("child_id", "worker_id"):
            said[table.key[0]] = key
        return _sensible(table, said)

    def _value(self, table: Table, column: Column, child: str, worker: str) -> Any:
        given = self._values.get((table.name, column.name))
        if column.name == "child_id":
            return child
        if column.name == "worker_id":
            return worker
        if given:
            found = self._random.choice([one for one in given if one is not None or not column.required])
            if column.type is Type.FLAG:
                return {"true": True, "false": False}.get(found, found)
            return found.replace("{child}", child) if isinstance(found, str) else found
        if column.type is Type.DATE:
            empty = not column.required and column.name not in ("from_on", "happened_on")
            return None if empty and self._random.random() < 0.3 else self._day()
        if column.type is Type.TIME:
            return self._random.choice([None, time(self._random.randrange(24), 30)])
        if column.type is Type.FLAG:
            return self._random.choice([None, True, False])
        if column.refers and column.refers.partition(".")[0] in self.tables:
            return f"{child}-{self._random.randrange(2)}"
        if column.name == "outcome" and table.name in VISIT_TABLES:
            return self._random.choice([None, None, "seen", "seen_alone", "not seen", "cancelled"])
        return "x" if column.required and column.type is Type.TEXT else None

    def _day(self) -> date:
        return FIRST + timedelta(days=3 * self._random.randrange(SPAN // 3) + self._random.choice([0, 0, 1]))

    def _instant(self) -> datetime:
        return datetime.combine(self._day(), time(self._random.randrange(24)), UTC)


def _sensible(table: Table, said: Entry) -> Entry:
    """A period ends after it begins: intake sets the others aside."""
    if table.kind is Kind.PERIOD and said["to_on"] is not None and said["to_on"] <= said["from_on"]:
        return said | {"to_on": said["from_on"] + timedelta(days=1)}
    return said


_ENTRY: dict[str, pl.DataType | type[pl.DataType]] = {
    "entry_id": pl.Int64,
    "act_id": pl.Int64,
    "source": pl.String,
    "row_key": pl.String,
    "digest": pl.String,
    "standing": pl.String,
    "entered_at": INSTANT,
    "recorded_at": INSTANT,
    "superseded_at": INSTANT,
}


def frames(lives: Collection[Entries]) -> Iterator[tuple[Table, pl.DataFrame]]:
    """Every described table with all the lives' entries, as columns; those that no life is about have none."""
    for table in TABLES.values():
        schema = {**_ENTRY, **schema_of(table.columns)}
        rows = [entry for life in lives for entry in life.get(table.name, ())]
        texts = [{**row, "row_key": str(row["row_key"]), "digest": str(row["digest"])} for row in rows]
        yield table, pl.DataFrame(texts, schema=schema, orient="row")


def put_in_postgresql(connection: psycopg.Connection, lives: Collection[Entries]) -> None:
    """Put lives into an empty record as they stand, guards set aside. Takes a superuser's connection."""
    with connection.transaction():
        connection.execute("set local session_replication_role = replica")
        for act_id, recorded_at in ACTS:
            connection.execute(
                """insert into record.act
                (act_id, kind, author, purpose, source, tables, recorded_at, first_entry, txid)
                overriding system value values (%s, 'load', 'test', 'test', 'ssd', %s, %s, 0, '1')""",
                (act_id, sorted(TABLES), recorded_at),
            )
        for table, frame in frames(lives):
            if len(frame):
                listed = ", ".join(f'"{name}"' for name in frame.columns)
                text = io.BytesIO()
                frame.write_csv(text, include_header=False, null_value="\\N")
                with (
                    connection.cursor() as cursor,
                    cursor.copy(
                        f"copy record.\"{table.name}\" ({listed}) from stdin (format csv, null '\\N')".encode()
                    ) as rows,
                ):
                    rows.write(text.getvalue())
    connection.execute("analyze")


def put_in_duckdb(connection: duckdb.DuckDBPyConnection, lives: Collection[Entries]) -> None:
    """Put lives into DuckDB under the names that a snapshot has."""
    connection.execute("set timezone = 'UTC'; create schema record")
    for table, frame in frames(lives):
        connection.register("frame", frame.to_arrow())
        connection.execute(f'create table record."{table.name}" as select * from frame')
        connection.unregister("frame")
