"""A table of a source beside what the record holds of it: what is new, changed, unchanged, gone, or in conflict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
import polars as pl
import psycopg

from keyworker.intake.contract import Scope
from keyworker.intake.identity import CONTENT, KEY, uuid_of
from keyworker.intake.waiting import Waiting
from keyworker.record.writer import current
from keyworker.vocabulary import Kind, Table

PACKED = np.dtype([*((name, "<u8") for name in (*KEY, *CONTENT)), ("reported", ">i4")])


@dataclass(frozen=True)
class Compared:
    """The outcome for one table.

    Takes   staged, a flag for each good row that is new or changed; clashing, one for each that shares its key with
            a row that differs; counts of rows; vanished, keys that the file no longer holds though it should;
            reported, how many rows of this source the record holds now; outdone, how many rows say otherwise than an
            extract that was cut later: what the later one says stands.
    """

    staged: pl.Series
    clashing: pl.Series
    added: int
    changed: int
    unchanged: int
    vanished: Sequence[UUID]
    reported: int
    outdone: int = 0


def compared(
    connection: psycopg.Connection, source: str, waiting: Waiting, scope: Scope, *, older: bool = False
) -> Compared:
    """Compare one table, by keys and digests alone.

    Takes   older, whether a later extract of the table is recorded: then only rows that the record never held are new.
    """
    held = _held(connection, waiting.table, source)
    rows = waiting.numbers()
    found = rows.join(
        held.rename({"digest_1": "held_1", "digest_2": "held_2"}),
        on=KEY,
        how="left",
        maintain_order="left",
    )
    first, clashing = within_file(rows)
    same = (found["digest_1"] == found["held_1"]) & (found["digest_2"] == found["held_2"]) & found["reported"]
    same, known = same.fill_null(False), found["reported"].is_not_null()
    differing = first & ~clashing & ~same
    outdone = int((differing & known).sum()) if older else 0
    staged = differing & ~known if older else differing
    added, changed = int((staged & ~known).sum()), int((staged & known).sum())
    reported = held.filter("reported")
    all_there = int((first & found["reported"]).sum()) == reported.height
    return Compared(
        staged=staged,
        clashing=clashing,
        added=added,
        changed=changed,
        unchanged=rows.height - added - changed - int(clashing.sum()),
        vanished=[] if all_there or older else _vanished(connection, source, waiting, scope, reported),
        reported=reported.height,
        outdone=outdone,
    )


def within_file(rows: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """Which rows are the first of their key, and which share a key with a row that differs."""
    first = rows.select(pl.struct(KEY).is_first_distinct()).to_series()
    if first.all():
        return first, ~first
    repeated = rows.filter(~first).select(KEY).unique()
    among = rows.with_row_index("place").join(repeated, on=KEY, how="semi")
    differing = among.group_by(KEY).agg(pl.struct(CONTENT).n_unique().alias("n"), "place").filter(pl.col("n") > 1)
    clashing = pl.repeat(False, rows.height, eager=True).scatter(differing["place"].explode(), True)
    return first, clashing


def _vanished(
    connection: psycopg.Connection, source: str, waiting: Waiting, scope: Scope, reported: pl.DataFrame
) -> list[UUID]:
    table = waiting.table
    has_period = scope.from_on is not None or scope.to_on is not None
    if not scope.whole or table.name not in scope.tables or (has_period and table.kind is Kind.STATE):
        return []
    within = _held(connection, table, source, *_in_period(table, scope)) if has_period else reported
    present = pl.concat([waiting.numbers().select(KEY), waiting.bad_keys()])
    gone = within.join(present, on=KEY, how="anti")
    return [uuid_of(*key) for key in gone.select(KEY).iter_rows()]


def _in_period(table: Table, scope: Scope) -> tuple[str, dict[str, Any]]:
    """The rows that a file with a period would hold: events in it, periods that touch it."""
    begins = "happened_on" if table.kind is Kind.EVENT else "from_on"
    conditions = ["standing = 'reported'", f"{begins} is not null"]
    if scope.to_on:
        conditions.append(f"{begins} < %(until)s")
    if scope.from_on:
        ends = f"{begins} >= %(since)s" if table.kind is Kind.EVENT else "(to_on is null or to_on > %(since)s)"
        conditions.append(ends)
    return " and " + " and ".join(conditions), {"since": scope.from_on, "until": scope.to_on}


def _held(
    connection: psycopg.Connection, table: Table, source: str, condition: str = "", values: dict[str, Any] | None = None
) -> pl.DataFrame:
    """The keys and digests that the record holds of a source, and whether each row is still reported.

    They come packed, many rows to a value: a row at a time they would take five times as long.
    """
    held = current(table.name).replace("%s", "%(source)s") + condition
    packed = (
        f"uuid_send(row_key) || uuid_send(coalesce(digest, '{UUID(int=0)}')) || int4send((digest is not null)::int)"
    )
    query = f"select string_agg({packed}, ''::bytea) from ({held}) as held group by get_byte(uuid_send(row_key), 0)"
    with connection.transaction(), connection.cursor(binary=True) as cursor:
        cursor.execute(query.encode(), {"source": source, **(values or {})})
        rows = np.frombuffer(b"".join(row[0] for row in cursor), dtype=PACKED)
    numbers = {name: rows[name].astype(np.uint64) for name in (*KEY, *CONTENT)}
    return pl.DataFrame({**numbers, "reported": rows["reported"].astype(bool)})
