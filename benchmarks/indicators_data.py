"""A made-up history for the benchmark of measures, twice: as few plain columns, and as the record's own tables.

2 million allocations, 10 million visits, 200,000 children, a quarter of them on a plan. Each child has one referral,
cut into allocations that follow one another, each to another worker of one of the five teams of the child's district;
a plan ends when the referral does. What is written plainly (`plain/`) is for opponents written by hand; `record/` holds
the same facts as tables of the record, with entries that were since replaced beside them, and whole numbers for
children, workers and teams, as the plain columns have them; `record_text/` is `record/` with text for them.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from keyworker.facts.dtypes import DUCKDB
from keyworker.facts.heap import GIVES_BACK, one_heap
from keyworker.facts.snapshot.columns import ENTRY_COLUMNS
from keyworker.measures.sources.extract import GROUND
from keyworker.vocabulary import TABLES, Type

FIRST = int(np.datetime64("2019-04-01", "D").astype(int))
LAST = int(np.datetime64("2026-03-31", "D").astype(int))
DISTRICTS, TEAMS, WORKERS = 20, 5, 150
NEVER = 2**30
REPLACED = 0.1
"""The share of allocations and plans of which the record first held something else."""
IDENTIFIERS = frozenset({"child_id", "worker_id", "team_id"})
Columns = dict[str, Any]


def make(folder: Path, *, scale: float = 1.0, seed: int = 1) -> dict[str, int]:
    """Write every form. Gives how many rows of each kind there are."""
    chance = np.random.default_rng(seed)
    held = _allocations(chance, int(200_000 * scale))
    visits = _visits(chance, held, int(10_000_000 * scale))
    plans = _plans(chance, held)
    _plainly(folder / "plain", held, visits, plans)
    _as_record(folder / "record", chance, held, visits, plans)
    return {
        "children": len(held["district"]),
        "allocations": len(held["child"]),
        "visits": len(visits["child"]),
        "plans": len(plans["child"]),
    }


def _allocations(chance: np.random.Generator, children: int) -> Columns:
    district = chance.integers(0, DISTRICTS, children).astype(np.int16)
    count = 1 + chance.poisson(10.4, children)
    child = np.repeat(np.arange(children, dtype=np.int32), count)
    length = np.maximum(5, chance.lognormal(np.log(45), 0.8, len(child))).astype(np.int64)
    first = np.concatenate(([0], np.cumsum(count)[:-1]))
    before = np.cumsum(length) - length
    opened = chance.integers(FIRST - 300, LAST, children)
    start = np.repeat(opened, count) + before - np.repeat(before[first], count)
    worker = chance.integers(0, WORKERS, len(child))
    follows = np.flatnonzero(child[1:] == child[:-1]) + 1
    while len(same := follows[worker[follows] == worker[follows - 1]]):  # a new allocation is to somebody else
        worker[same] = (worker[same] + chance.integers(1, WORKERS, len(same))) % WORKERS
    kept = start <= LAST
    child, start, end, worker = child[kept], start[kept], (start + length)[kept], worker[kept]
    closed = np.zeros(children, np.int64)
    np.maximum.at(closed, child, end)
    order = chance.permutation(len(child))
    return {
        "child": child[order],
        "worker": (district[child].astype(np.int32) * WORKERS + worker.astype(np.int32))[order],
        "start": start[order],
        "end": end[order],
        "district": district,
        "opened": opened,
        "closed": closed,
        "seen_until": np.minimum(closed, LAST),
    }


def _visits(chance: np.random.Generator, held: Columns, count: int) -> Columns:
    live = np.flatnonzero(held["seen_until"] > held["opened"])
    child = live[chance.integers(0, len(live), count)].astype(np.int32)
    span = held["seen_until"][child] - held["opened"][child]
    return {"child": child, "date": held["opened"][child] + (chance.random(count) * (span + 1)).astype(np.int64)}


def _plans(chance: np.random.Generator, held: Columns) -> Columns:
    live = np.flatnonzero(held["seen_until"] > held["opened"])
    child = live[chance.random(len(live)) < 0.25].astype(np.int32)
    span = held["seen_until"][child] - held["opened"][child]
    start = held["opened"][child] + (chance.random(len(child)) * 0.5 * span).astype(np.int64)
    end = start + np.maximum(20, chance.lognormal(np.log(230), 0.5, len(child))).astype(np.int64)
    return {"child": child, "start": start, "end": np.minimum(end, held["closed"][child])}


def _day(days: Any, empty: Any = None) -> pa.Array:
    return pa.array(days.astype(np.int32), pa.int32(), mask=empty).cast(pa.date32())


def _plainly(folder: Path, held: Columns, visits: Columns, plans: Columns) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    tables = {
        "children": {"child": np.arange(len(held["district"]), dtype=np.int32), "district": held["district"]},
        "allocations": {
            "child": held["child"],
            "worker": held["worker"],
            "start": _day(held["start"]),
            "end": _day(held["end"], held["end"] > LAST),
        },
        "visits": {"child": visits["child"], "date": _day(visits["date"])},
        "plans": {
            "child": plans["child"],
            "start": _day(plans["start"]),
            "end": _day(plans["end"], plans["end"] > LAST),
        },
    }
    for name, columns in tables.items():
        pq.write_table(pa.table(columns), folder / f"{name}.parquet")


# the record's own tables

_ARROW = {
    Type.TEXT: pa.string(),
    Type.DATE: pa.date32(),
    Type.TIME: pa.time64("us"),
    Type.INSTANT: pa.timestamp("us", "UTC"),
    Type.INTEGER: pa.int64(),
    Type.DECIMAL: pa.float64(),
    Type.FLAG: pa.bool_(),
}
_ENTRY = {"entry_id": pa.int64(), "act_id": pa.int64(), "source": pa.string(), "row_key": pa.string()} | {
    name: pa.timestamp("us", "UTC") for name in ("entered_at", "recorded_at", "superseded_at")
}


def _named(start: str, numbers: Any, width: int = 7) -> pa.Array:
    """Identifiers such as KC0000012, kept once each."""
    words = pl.Series(np.arange(int(numbers.max(initial=-1)) + 1)).cast(pl.String).str.zfill(width)
    return pa.DictionaryArray.from_arrays(
        pa.array(numbers.astype(np.int32)), (start + words).to_arrow().cast(pa.string())
    )


def _each(start: str, count: int) -> pa.Array:
    """Identifiers of rows, no two alike."""
    return (start + pl.Series(np.arange(count)).cast(pl.String).str.zfill(8)).to_arrow().cast(pa.string())


def _one(word: Any, count: int, kind: pa.DataType) -> pa.Array:
    if word is None or kind != pa.string():
        return pa.repeat(pa.scalar(word, kind), count)
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, np.int32)), pa.array([word], kind))


def _instant(days: Any, empty: Any = None) -> pa.Array:
    return pa.array(days.astype(np.int64) * 86_400_000_000, mask=empty).cast(pa.timestamp("us", "UTC"))


def _write(folder: Path, name: str, columns: Columns, recorded: Any, superseded: Any = None) -> None:
    """One table of the record; what is not given is empty."""
    count = len(recorded)
    entry = {
        "entry_id": np.arange(1, count + 1),
        "act_id": np.ones(count, np.int64),
        "source": _one("ssd", count, pa.string()),
        "row_key": _one(None, count, pa.string()),
        "standing": _one("reported", count, pa.string()),
        "entered_at": _one(None, count, _ENTRY["entered_at"]),
        "recorded_at": _instant(recorded),
        "superseded_at": (
            _one(None, count, _ENTRY["superseded_at"])
            if superseded is None
            else _instant(superseded, superseded == NEVER)
        ),
    }
    empty = {
        column.name: _one(None, count, _ARROW[column.type])
        for column in TABLES[name].columns
        if column.name not in columns
    }
    whole = {one: entry[one] for one in ENTRY_COLUMNS} | columns | empty
    numbers = {one: _number(values) if one in IDENTIFIERS else values for one, values in whole.items()}
    for place, held in ((folder.with_name(f"{folder.name}_text"), whole), (folder, numbers)):
        place.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.table(held), place / f"{name}.parquet")


def _number(identifiers: pa.Array) -> pa.Array:
    """The number that each identifier was made from."""
    named = isinstance(identifiers, pa.DictionaryArray) and identifiers.null_count < len(identifiers)
    return identifiers.indices if named else pa.nulls(len(identifiers), pa.int32())


def _since_replaced(chance: np.random.Generator, rows: Columns) -> tuple[Columns, Any, Any]:
    """A tenth of rows as they were first recorded, with another beginning, before the others."""
    count = len(rows["start"])
    some = np.flatnonzero(chance.random(count) < REPLACED)
    recorded = rows["start"] + 2
    mended = recorded[some] + chance.integers(1, 200, len(some))
    recorded = np.concatenate((recorded[some], recorded))
    recorded[len(some) :][some] = mended
    older = {name: values[some] for name, values in rows.items()}
    older["start"] = older["start"] - chance.integers(1, 4, len(some))
    superseded = np.concatenate((mended, np.full(count, NEVER)))
    return {name: np.concatenate((older[name], rows[name])) for name in rows}, recorded, superseded


def _as_record(folder: Path, chance: np.random.Generator, held: Columns, visits: Columns, plans: Columns) -> None:
    told = ("child", "worker", "start", "end")
    rows, recorded, superseded = _since_replaced(chance, {name: held[name] for name in told})
    _write(
        folder,
        "involvements",
        {
            "involvement_id": _each("KI", len(recorded)),
            "child_id": _named("KC", rows["child"]),
            "worker_id": _named("KW", rows["worker"], 5),
            "team_id": _named("KT", rows["worker"] // (WORKERS // TEAMS), 3),
            "role": _one("ALLOCATED CASE WORKER", len(recorded), pa.string()),
            "from_on": _day(rows["start"]),
            "to_on": _day(rows["end"], rows["end"] > LAST),
        },
        recorded,
        superseded,
    )
    children = np.unique(held["child"])
    _write(
        folder,
        "cin_episodes",
        {
            "referral_id": _named("KR", children),
            "child_id": _named("KC", children),
            "from_on": _day(held["opened"][children]),
            "to_on": _day(held["closed"][children], held["closed"][children] > LAST),
            "referral_nfa": _one(False, len(children), pa.bool_()),
        },
        held["opened"][children],
    )
    rows, recorded, superseded = _since_replaced(chance, plans)
    _write(
        folder,
        "cp_plans",
        {
            "cp_plan_id": _each("KP", len(recorded)),
            "child_id": _named("KC", rows["child"]),
            "from_on": _day(rows["start"]),
            "to_on": _day(rows["end"], rows["end"] > LAST),
        },
        recorded,
        superseded,
    )
    _write_visits(folder, visits, plans, len(held["district"]))
    _write_service(folder)
    for name in TABLES:
        if not (folder / f"{name}.parquet").exists():
            _write(folder, name, {}, np.zeros(0, np.int64))


def _write_visits(folder: Path, visits: Columns, plans: Columns, children: int) -> None:
    """Visits while on a plan are visits of the plan, all others of the child in need."""
    start, end = np.full(children, NEVER), np.zeros(children, np.int64)
    start[plans["child"]], end[plans["child"]] = plans["start"], plans["end"]
    on_plan = (visits["date"] >= start[visits["child"]]) & (visits["date"] < end[visits["child"]])
    for name, some in (("cp_visits", on_plan), ("cin_visits", ~on_plan)):
        child, day = visits["child"][some], visits["date"][some]
        columns = {
            f"{name[:-1]}_id": _each("KV", len(child)),
            "child_id": _named("KC", child),
            "happened_on": _day(day),
            "seen": _one(True, len(child), pa.bool_()),
        }
        _write(folder, name, columns, day + 2)


def _write_service(folder: Path) -> None:
    team = np.arange(DISTRICTS * TEAMS)
    always = np.full(len(team), FIRST - 3650)
    _write(
        folder,
        "team",
        {
            "team_id": _named("KT", team, 3),
            "district": _named("District ", team // TEAMS, 2),
            "from_on": _day(always),
        },
        always,
    )
    worker = np.arange(DISTRICTS * WORKERS)
    always = np.full(len(worker), FIRST - 3650)
    _write(
        folder,
        "appointment",
        {
            "appointment_id": _named("KA", worker),
            "worker_id": _named("KW", worker, 5),
            "team_id": _named("KT", worker // (WORKERS // TEAMS), 3),
            "agreed_capacity": np.full(len(worker), 16.0),
            "from_on": _day(always),
        },
        always,
    )


def opened(folder: Path, tables: Collection[str]) -> duckdb.DuckDBPyConnection:
    """Some of the record's tables in DuckDB, the others there and empty, as a council's folder is opened."""
    one_heap()
    connection = duckdb.connect()
    made = [GIVES_BACK, "set global timezone = 'UTC'", "create schema record"]
    for name, table in TABLES.items():
        path = str(folder / f"{name}.parquet").replace("'", "''")
        kinds = {**_KINDS, **{column.name: DUCKDB[column.type] for column in table.columns}}
        listed = ", ".join(f"{one} {kind}" for one, kind in kinds.items())
        read = f"create view record.{name} as select * from read_parquet('{path}')"
        made.append(read if name in {*tables, *GROUND} else f"create table record.{name} ({listed})")
    connection.execute(";".join(made))
    return connection


_KINDS = dict.fromkeys(("source", "standing"), "varchar") | dict.fromkeys(("entry_id", "act_id"), "bigint")
_KINDS |= dict.fromkeys(("entered_at", "recorded_at", "superseded_at"), "timestamptz")

KNOWN_AT = datetime(2025, 9, 30, 23, tzinfo=UTC)
